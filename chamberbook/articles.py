"""The full text of a charter cut into its chapters and numbered articles, each with a stable anchor.

An anchor comes from the number that the charter itself gives, never from the place in the file, so that a link to
an article still leads there when another article is rewritten: 第三条 is `a3`, 第十条之一 `a10-1`, the item （二） of
第三条 `a3.2`, 第二章 `c2`, its 第一节 `c2-1`. A number that comes twice gets `_2`, `_3`, ... in order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

#: Longer numerals are no numbers of articles.
_NUMERAL = r"[一二三四五六七八九十百千零〇两\d]{1,9}"
_ARTICLE = re.compile(
    rf"^\s{{0,3}}(?:#{{1,6}}\s*)?(\**)(第\s?({_NUMERAL})\s?条(?:之({_NUMERAL}))?)(\**)([\s　、.．：:]*)(.*)$"
)
_CHAPTER = re.compile(rf"^第\s?({_NUMERAL})\s?([编章节])(?=[\s　、：:]|$|[^\s条款项])")
_HEADING = re.compile(
    r"^\s{0,3}(?:#{1,6}\s*(.+?)\s*#*|\**(第\s?[^\s。；，]{1,9}\s?[编章节][^。；]{0,40}?)\**)$"
)
#: What follows 第三条 when a sentence only speaks of it.
_MENTION = re.compile(r"规定|所(?!有)|的|第|和|与|或|至|到|及|中(?!国)|项|款|内容")
#: The ways to number what stands below 第…条, or everything in a charter without 第…条, outermost first.
_MARKS = tuple(
    re.compile(rf"^\s{{0,3}}{mark}[\s　]*(?=\S)(.*)$")
    for mark in (
        rf"(({_NUMERAL})[、．])(?<!\d[、．])",
        rf"([（(]({_NUMERAL})[）)])(?<!\d[）)])",
        r"((\d{1,4})[.、．](?!\d))",
        r"([（(](\d{1,4})[）)])",
    )
)
_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_UNITS = {"十": 10, "百": 100, "千": 1000}
#: A short line above the first article of a part, such as 一、总则.
_PART_TITLE = 20


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered piece of an article: （一） below 第一条, 1. below （一）. `depth` counts from 0."""

    label: str
    text: str
    anchor: str
    depth: int


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a charter: a heading, an article, or prose outside the articles.

    `text` is Markdown: for an article all of it but the label. An article that is cut further has its `items`, and
    `lead` is what stands above them. A heading without a number has no anchor; `level` is 1 for 章, 2 for 节.
    """

    kind: Literal["article", "heading", "prose"]
    text: str
    label: str = ""
    anchor: str = ""
    lead: str = ""
    items: tuple[Item, ...] = ()
    level: int = 1


def blocks(text: str) -> tuple[Block, ...]:
    """The pieces of a charter in order; empty ones are left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(_built(list(_pieces(lines)), Counter()))


def articles(text: str) -> tuple[Block, ...]:
    """Only the articles."""
    return tuple(block for block in blocks(text) if block.kind == "article")


def count_articles(text: str) -> int:
    """How many articles there are, without cutting them up."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return sum(piece.kind == "article" for piece in _pieces(lines))


def numeral(text: str) -> int:
    """十二 -> 12, 一百零三 -> 103, 二〇 -> 20, 12 -> 12."""
    if text.isdecimal():
        return int(text)
    if not any(unit in text for unit in _UNITS):
        return int("".join(str(_digit(char)) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _digit(char)
    return total + digit


def _digit(char: str) -> int:
    return _DIGITS[char] if char in _DIGITS else int(char)


@dataclass(slots=True)
class _Piece:
    """A block while its lines are gathered; `number` is its part of the anchor."""

    kind: Literal["article", "heading", "prose"]
    lines: list[str] = field(default_factory=list)
    label: str = ""
    number: str = ""
    level: int = 1


def _pieces(lines: Sequence[str]) -> Iterator[_Piece]:
    mark = None if any(_article(line, 0) for line in lines) else _outermost(lines)
    piece, last = _Piece("prose"), 0
    for index, line in enumerate(lines):
        heading = None if mark and mark.match(line) else _heading(line)
        if found := _numbered(line, mark) if mark else _article(line, last):
            yield piece
            piece, last = found
        elif heading or (not mark and _titles_a_part(lines, index)):
            yield piece
            yield heading or _Piece("heading", [line.strip()], number=_first_number(line))
            piece = _Piece("prose")
        else:
            piece.lines.append(line)
    yield piece


def _article(line: str, last: int) -> tuple[_Piece, int] | None:
    """The article that a line begins. Without a blank after 第三条 it must be the one that is due."""
    match = _ARTICLE.match(line)
    if match is None:
        return None
    opened, label, number, after, closed, gap, rest = match.groups()
    value = numeral(number)
    set_apart = bool(closed or not rest or gap) and not (gap == "、" and rest.startswith("第"))
    due = value == last + 1 or (value == last and after is not None)
    if not set_apart and (not due or _MENTION.match(rest)):
        return None
    # **第二条 题目** opens its emphasis before the label and closes it in the text.
    text = rest if closed or not opened else opened + rest
    anchor = f"a{value}" + (f"-{numeral(after)}" if after else "")
    return _Piece("article", [text], "".join(label.split()), anchor), value


def _outermost(lines: Sequence[str]) -> re.Pattern[str] | None:
    """How a charter without 第…条 numbers its articles: 一、 before （一） before 1."""
    return next((mark for mark in _MARKS if sum(bool(mark.match(line)) for line in lines) > 1), None)


def _numbered(line: str, mark: re.Pattern[str]) -> tuple[_Piece, int] | None:
    match = mark.match(line)
    if match is None:
        return None
    value = numeral(match[2])
    return _Piece("article", [match[3]], match[1], f"a{value}"), value


def _heading(line: str) -> _Piece | None:
    match = _HEADING.match(line)
    if match is None:
        return None
    title = match[1] or match[2]
    chapter = _CHAPTER.match(title.strip("*"))
    if chapter is None:
        return _Piece("heading", [title]) if match[1] else None
    letter = {"编": "p", "章": "c", "节": "s"}[chapter[2]]
    level = 2 if chapter[2] == "节" else 1
    return _Piece("heading", [title], number=f"{letter}{numeral(chapter[1])}", level=level)


def _titles_a_part(lines: Sequence[str], index: int) -> bool:
    """Whether a line such as 一、总则 stands right above an article."""
    line = lines[index].strip()
    if len(line) > _PART_TITLE or not _MARKS[0].match(line) or re.search("[。；，：]", line):
        return False
    below = next((other for other in lines[index + 1 :] if other.strip()), "")
    match = _ARTICLE.match(below)
    return bool(match and (match[5] or match[6] or not match[7]))


def _first_number(line: str) -> str:
    match = _MARKS[0].match(line)
    return f"c{numeral(match[2])}" if match else ""


def _built(pieces: Sequence[_Piece], used: Counter[str]) -> Iterator[Block]:
    chapter = ""
    for piece in pieces:
        text = "\n".join(piece.lines).strip()
        if not text and not piece.label:
            continue
        anchor = piece.number
        if anchor.startswith("s"):
            # Never `s1` alone: sources have that.
            anchor = f"{chapter or 'c0'}-{anchor[1:]}"
        anchor = _unique(anchor, used)
        if piece.kind == "heading" and piece.level == 1:
            chapter = anchor
        if piece.kind == "article":
            lead, items = _items(text, anchor, used)
            yield Block("article", text, piece.label, anchor, lead, items)
        else:
            yield Block(piece.kind, text, anchor=anchor, level=piece.level)


def _items(text: str, anchor: str, used: Counter[str]) -> tuple[str, tuple[Item, ...]]:
    """What stands above the first numbered piece, and the pieces. One lone number is no list."""
    lines = text.split("\n")
    marked = [(index, *found) for index, line in enumerate(lines) if index and (found := _mark(line))]
    if len(marked) < 2:
        return text, ()
    items: list[Item] = []
    open_: list[tuple[int, int]] = []  # the style and the number of each list that is open
    for position, (index, style, label, number, rest) in enumerate(marked):
        while open_ and open_[-1][0] != style and any(other == style for other, _number in open_):
            open_.pop()
        if open_ and open_[-1][0] == style:
            open_.pop()
        open_.append((style, number))
        end = marked[position + 1][0] if position + 1 < len(marked) else len(lines)
        own = _unique(anchor + "".join(f".{value}" for _style, value in open_), used)
        body = "\n".join([rest, *lines[index + 1 : end]]).strip()
        items.append(Item(label, body, own, len(open_) - 1))
    return "\n".join(lines[: marked[0][0]]).strip(), tuple(items)


def _mark(line: str) -> tuple[int, str, int, str] | None:
    for style, mark in enumerate(_MARKS):
        if match := mark.match(line):
            return style, match[1], numeral(match[2]), match[3]
    return None


def _unique(anchor: str, used: Counter[str]) -> str:
    if not anchor:
        return ""
    used[anchor] += 1
    return anchor if used[anchor] == 1 else f"{anchor}_{used[anchor]}"
