"""The full text of a charter cut into its chapters and articles (第…条), each with a stable anchor."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

_NUMERAL = r"[一二三四五六七八九十百千零〇两\d]+"
_ARTICLE = re.compile(rf"^\s{{0,3}}(?:#+\s*)?\**(第({_NUMERAL})条(?:之({_NUMERAL}))?)\**[\s　、.：:]*(.*)$")
_HEADING = re.compile(rf"^\s{{0,3}}(?:#+\s*(.+?)\s*#*|\**(第{_NUMERAL}[章节][^。；]{{0,40}}?)\**)$")
_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_UNITS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a charter: an article with its label and anchor, a heading, or prose. `text` is Markdown."""

    kind: Literal["article", "heading", "prose"]
    text: str
    label: str = ""
    anchor: str = ""


def blocks(text: str) -> tuple[Block, ...]:
    """The pieces in order. The article 第三条 has the anchor `a3`; a second one of that number `a3-2`."""
    used: Counter[str] = Counter()
    found = []
    for block in _pieces(text):
        used[block.anchor] += 1
        again = f"-{used[block.anchor]}" if block.anchor and used[block.anchor] > 1 else ""
        if block.text or block.label:
            found.append(replace(block, anchor=block.anchor + again))
    return tuple(found)


def _pieces(text: str) -> Iterator[Block]:
    label, anchor, lines = "", "", list[str]()

    def finished() -> Block:
        return Block("article" if label else "prose", "\n".join(lines).strip(), label, anchor)

    for line in text.splitlines():
        article, heading = _ARTICLE.match(line), _HEADING.match(line)
        if article:
            yield finished()
            label, anchor = article[1], _anchor(article[2], article[3])
            lines = [article[4]]
        elif heading:
            yield finished()
            yield Block("heading", heading[1] or heading[2])
            label, anchor, lines = "", "", []
        else:
            lines.append(line)
    yield finished()


def _anchor(number: str, after: str | None) -> str:
    return f"a{numeral(number)}" + (f".{numeral(after)}" if after else "")


def numeral(text: str) -> int:
    """十二 -> 12, 一百零三 -> 103, 二〇 -> 20, 12 -> 12."""
    if text.isdecimal():
        return int(text)
    if not any(unit in text for unit in _UNITS):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _DIGITS[char] if char in _DIGITS else int(char)
    return total + digit
