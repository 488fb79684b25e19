"""The quick way through a record that is written plainly: one field a line, simple lists and mappings in brackets.

Nearly every file is; libyaml's events cost five times as much. Whatever is out of the ordinary here (a tag, an anchor,
a block of text, a field given twice, a slip, a tab ...) is left to `events`, which knows what to say about it. A test
holds both ways equal: this one gives the very same values, or none.
"""

from __future__ import annotations

import re
from typing import Any

from chamberbook.source.events import MAX_KEYS, PLAIN, Value

_KEY = r"[A-Za-z_][A-Za-z0-9_-]{0,99}"
_QUOTED = r"\"[^\"\\\n]*\"|'[^'\n]*'"
#: What a word without quotes may begin with: no sign that YAML gives a meaning to, no wide quote.
_FIRST = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`“‘＂＇]"
_WORDS = rf"{_FIRST}[^\n:#]*(?:(?::(?=[^ \n])|(?<=[^ ])#)[^\n:#]*)*(?<! )"
#: Indent, dash, key, value; comments and empty lines match too, with neither of the last three.
_LINE = re.compile(
    rf"^( *)(?:#[^\n]*|(- )?(?:({_KEY}):(?: (?=[^ \n])|$))?({_QUOTED}|\[[^\n]*\]|\{{[^\n]*\}}|{_WORDS})?)$",
    re.MULTILINE,
)
_ITEM = rf"{_QUOTED}|{_FIRST}(?:[^\n:#,?\[\]{{}}]*[^ \n:#,?\[\]{{}}])?"
_LIST = rf"\[(?:{_ITEM})(?:, (?:{_ITEM}))*\]"
_ITEMS = re.compile(_ITEM)
_PAIRS = re.compile(rf"(({_KEY}): (?:({_ITEM})|({_LIST})))")
#: Brackets longer than this could hold too many keys.
_MOST_IN_BRACKETS = 2000
_MOST_LEVELS = 8
#: What a value that is more than its own words begins with.
_SIGNS = frozenset("\"'[{")


class _Unusual(Exception):
    """The text needs the full way."""


def read_plain_text(text: str) -> dict[str, Value] | list[Value] | None:
    """The value of a text that is written plainly from end to end, else None: then nothing is said about it."""
    # No tab, no other blank, nothing invisible: all that the full way replaces or refuses by its characters.
    if not text.replace("\n", "").isprintable() or "\ufffc" in text or "\ufffd" in text:
        return None
    lines = _LINE.findall(text)
    if len(lines) <= text.count("\n"):
        return None
    try:
        return _build(lines)
    except _Unusual:
        return None


def _build(lines: list[tuple[str, str, str, str]]) -> dict[str, Value] | list[Value] | None:
    """The value of lines of four parts each. The hot loop: 60 rounds a record."""
    outline = _Outline()
    box: Any = None
    level = -1  # the column of the fields of `box`; -1 when it is a list
    open_key: str | None = None  # the field on the line before, when what it holds is still to come
    for indent, dash, key, value in lines:
        if dash or len(indent) != level or open_key is not None:
            if not (dash or key or value):
                continue
            level, box = outline.enter(len(indent), bool(dash), open_key)
            open_key = None
            if dash and not key:
                box.append(_value(value))
                level = -1
                continue
            if dash:
                level, box = outline.open(level + 2)
        if not key:
            if value:
                raise _Unusual
            continue
        if key in box or key in PLAIN or len(box) >= MAX_KEYS:
            raise _Unusual
        if value:
            box[key] = value if value[0] not in _SIGNS and value not in PLAIN else _value(value)
        else:
            box[key] = None
            open_key = key
    root: dict[str, Value] | list[Value] | None = outline.root
    return root


class _Outline:
    """The collections that are open, the innermost last, each with the column of its entries."""

    def __init__(self) -> None:
        self.root: Any = None
        self._open: list[tuple[int, Any]] = []

    def enter(self, column: int, dash: bool, key: str | None) -> tuple[int, Any]:
        """The column and the collection that a line belongs to; `key` is the field that waits for its value."""
        if not self._open:
            if self.root is not None or column:
                raise _Unusual
            self.root = [] if dash else {}
            self._open.append((0, self.root))
        elif key is not None and (column > self._open[-1][0] or (dash and column == self._open[-1][0])):
            inner: Any = [] if dash else {}
            self._open[-1][1][key] = inner
            self._open.append((column, inner))
            if len(self._open) > _MOST_LEVELS:
                raise _Unusual
        level, box = self._open[-1]
        while column < level or (column == level and not dash and box.__class__ is list):
            self._open.pop()
            if not self._open:
                raise _Unusual
            level, box = self._open[-1]
        if column != level or dash != (box.__class__ is list):
            raise _Unusual
        return level, box

    def open(self, column: int) -> tuple[int, Any]:
        """A new mapping as the next item of the innermost list."""
        item: dict[str, Value] = {}
        self._open[-1][1].append(item)
        self._open.append((column, item))
        return column, item


def _value(written: str) -> Value:
    """A scalar, or what stands in brackets on one line with one blank after each comma."""
    if written[:1] not in ("[", "{"):
        return _scalar(written)
    if written == "[]":
        return []
    if len(written) > _MOST_IN_BRACKETS:
        raise _Unusual
    if written[0] == "[":
        items = _ITEMS.findall(written)
        if "[" + ", ".join(items) + "]" != written:
            raise _Unusual
        return [_scalar(item) for item in items]
    pairs = _PAIRS.findall(written)
    if "{" + ", ".join([pair[0] for pair in pairs]) + "}" != written:
        raise _Unusual
    found: dict[str, Value] = {key: _value(items) if items else _scalar(one) for _, key, one, items in pairs}
    if len(found) != len(pairs) or not found.keys().isdisjoint(PLAIN):
        raise _Unusual
    return found


def _scalar(written: str) -> bool | str | None:
    if not written:
        raise _Unusual
    if written in PLAIN:
        return PLAIN[written]
    return written[1:-1] if written[0] in "\"'" else written
