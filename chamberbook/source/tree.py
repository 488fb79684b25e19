"""YAML text -> a tree that knows its comments: what a rewriting of the file needs and reading it does not.

libyaml's events carry no comments, but they say where each value stands; what begins with `#` between two of them is
one. A comment on a line of its own belongs to what follows, unless it is indented deeper; one behind a value belongs to
that value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs forget it

from chamberbook.source.events import read_plain

_COMMENT = re.compile(r"#[^\n]*")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


@dataclass(slots=True, eq=False)
class Entry:
    """An item of a list (no key) or a field of a mapping, with its comments before it, behind it and after it."""

    key: str | None
    column: int
    parent: Entry | None
    value: Collection | str | bool | None = None
    above: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Collection:
    """A mapping or a list as it is written."""

    mapping: bool
    flow: bool
    column: int
    owner: Entry | None
    entries: list[Entry] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Tree:
    """A file: comments that belong to all of it (with `""` between paragraphs), its values, comments at the end."""

    root: Collection
    head: list[str]
    tail: list[str]


def parse_tree(text: str) -> Tree:
    """The tree of a text in which `parse_yaml` found nothing wrong; its top is a mapping or a list."""
    return _Grower(text).grow()


class _Grower:
    """Walks the events; comments wait in `pending` until it is known what follows them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.seen = 0  # up to where comments have been taken
        self.token = 0  # where the last token that has any text ends
        self.pending: list[tuple[int, int, str]] = []  # index, column, comment
        self.stack: list[Collection] = []
        self.root: Collection | None = None
        self.key: Entry | None = None  # a field that waits for its value
        self.last: Entry | None = None  # what a comment on the same line belongs to
        self.head: list[str] = []

    def grow(self) -> Tree:
        parser: Any = CParser(self.text)
        while (event := parser.get_event()) is not None:
            start, end = event.start_mark.index, event.end_mark.index
            self._gather(start)
            if isinstance(event, yaml.NodeEvent):
                self._node(event)
            elif isinstance(event, _ENDS):
                self._close()
            if isinstance(event, (yaml.NodeEvent, *_ENDS)) and end > start:
                self.seen = self.token = end
        self._gather(len(self.text))
        assert self.root is not None
        deep = self._below(self.root.entries[-1] if self.root.entries else None, 0)
        return Tree(self.root, self.head, [comment for _, _, comment in self.pending[deep:]])

    def _gather(self, until: int) -> None:
        """Take the comments between the last token and the next."""
        for match in _COMMENT.finditer(self.text, self.seen, max(until, self.seen)):
            start = self.text.rfind("\n", 0, match.start()) + 1
            comment = match[0].rstrip()
            if start < self.token and self.last is not None:
                self.last.beside.append(comment)
            else:
                alone = not self.text[start : match.start()].strip()
                self.pending.append((match.start(), match.start() - start if alone else -1, comment))
        self.seen = max(self.seen, until)

    def _node(self, event: Any) -> None:
        if self.stack and self.key is None and self.stack[-1].mapping:
            self.key = self._enter(event, event.value, event.start_mark.column)
            return
        owner, column = self.key, event.start_mark.column
        if owner is None and self.stack:
            owner = self._enter(event, None, self.stack[-1].column)
        self.key = None
        if isinstance(event, _STARTS):
            mapping = isinstance(event, yaml.MappingStartEvent)
            made = Collection(mapping, bool(event.flow_style), column, owner)
            self.root = self.root or made
            self.stack.append(made)
            if owner is not None:
                owner.value = made
        elif owner is not None:
            owner.value = event.value if event.style else read_plain(event.value)
            if event.end_mark.index > event.start_mark.index:
                self._take(owner)
            if event.style in ("|", ">") and (match := _COMMENT.search(self._header(event))):
                owner.beside.append(match[0].rstrip())

    def _header(self, event: Any) -> str:
        """The line of `|` or `>`, up to its end."""
        line: str = self.text[event.start_mark.index : event.end_mark.index].partition("\n")[0]
        return line

    def _enter(self, event: Any, key: str | None, column: int) -> Entry:
        """Begin an item or a field; comments that wait go to it or to what they are indented with."""
        box = self.stack[-1]
        if box is self.root and not box.entries:
            self._split_head(event.start_mark.index)
        entry = self.last = Entry(key, column, box.owner)
        if not box.flow:
            self.pending = self.pending[self._below(box.entries[-1] if box.entries else None, column) :]
        self._take(entry)
        box.entries.append(entry)
        return entry

    def _take(self, entry: Entry) -> None:
        entry.above += [comment for _, _, comment in self.pending]
        self.pending = []

    def _below(self, before: Entry | None, column: int) -> int:
        """Give the waiting comments that stand deeper than `column` to what they close; how many those are."""
        given, deepest = 0, 10**6
        for _, indent, comment in self.pending:
            deepest = min(indent, deepest)
            target = _last_within(before) if before else None
            while target is not None and target is not before and target.column > deepest:
                target = target.parent
            if deepest <= column or target is None or target is before:
                break
            target.below.append(comment)
            given += 1
        return given

    def _close(self) -> None:
        box = self.stack.pop()
        if not box.flow:
            return
        owner = box.owner
        if self.pending and box.entries:
            box.entries[-1].below += [comment for _, _, comment in self.pending]
            self.pending = []
        elif self.pending and owner is not None:
            self._take(owner)
        self.last = owner

    def _split_head(self, start: int) -> None:
        """Comments before the first value belong to the whole file when a blank line follows them."""
        starts = [index for index, _, _ in self.pending] + [start]
        ends = [index + len(comment) for index, _, comment in self.pending]
        blank = [
            bool(_BLANK_LINE.search(self.text, end, starts[number + 1])) for number, end in enumerate(ends)
        ]
        count = len(blank) - blank[::-1].index(True) if True in blank else 0
        for (_, _, comment), gap in zip(self.pending[:count], blank[:count], strict=True):
            self.head += [comment, ""] if gap else [comment]
        self.pending = self.pending[count:]


def _last_within(entry: Entry) -> Entry:
    """The deepest of the last entries inside an entry, through blocks alone: columns inside brackets say nothing."""
    while isinstance(entry.value, Collection) and not entry.value.flow and entry.value.entries:
        entry = entry.value.entries[-1]
    return entry
