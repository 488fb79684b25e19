"""Bytes of a file -> a Document: its values, what is wrong with its writing, and the place of every value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from chamberbook.problems import N_, Fix, Message, Place, Problem
from chamberbook.source.events import Loc, Value, compose, positions
from chamberbook.source.faults import INVISIBLE, Edit, Fault
from chamberbook.source.plain import read_plain_text
from chamberbook.source.syntax import misspelt_line

MAX_BYTES = 512 * 1024

_WIDE_INDENT_RULE = "YAML-021"
_WIDE_INDENT = re.compile(r"^ *([\u00a0\u3000])[ \u00a0\u3000]*(?:- +)?[A-Za-z_]+ *[:：]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file. `value` is None when the text could not be read; then `problems` says why."""

    path: str
    text: str
    value: Value
    problems: tuple[Problem, ...]

    def place(self, loc: Loc, *, key: bool = False) -> Place:
        """Where the value at `loc` stands (its key with `key`); of something missing, the mapping that lacks it."""
        values, keys = positions(self.text)
        if key and loc in keys:
            return place_at(self.path, self.text, keys[loc])
        while loc and loc not in values:
            loc = loc[:-1]
        return place_at(self.path, self.text, values.get(loc, 0))


def place_at(path: str, text: str, index: int) -> Place:
    """The place of a character; past the end means just after the last visible one."""
    index = min(index, len(text.rstrip()))
    return Place(path, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def parse_yaml(data: bytes, path: str, *, top: Literal["mapping", "list"] = "mapping") -> Document:
    """Read one YAML file; whatever is wrong becomes a Problem and nothing is raised."""
    text, fault = decode(data)
    if fault is not None:
        return Document(path, text, None, (_problem(path, text, fault),))
    quickly = read_plain_text(text)
    if quickly is not None and isinstance(quickly, list) == (top == "list"):
        return Document(path, text, quickly, ())
    value, faults, ended = compose(text)
    unseen = list(_unseen(text))
    if any(fault.rule == _WIDE_INDENT_RULE for fault in unseen):
        # What is indented with other blanks belongs to the wrong field; judging the fields would mislead.
        value, ended = None, True
    if not ended and (fault := _wrong_top(text, value, top)) is not None:
        value, faults = None, [*faults, fault]
    found = sorted([*unseen, *faults], key=lambda fault: fault.index)
    return Document(path, text, value, tuple(_problem(path, text, fault) for fault in found))


def parse_text(data: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    """Read a text file such as a charter's Markdown: line ends become `\\n`; whatever is wrong becomes a Problem."""
    text, fault = decode(data)
    faults = [fault] if fault else list(_unseen(text))
    if not fault and not text.strip():
        faults = [Fault(0, "YAML-012", Message(N_("文件是空的")), Message(N_("写上内容，或删掉这个文件")))]
    return text.replace("\r\n", "\n"), tuple(_problem(path, text, fault) for fault in faults)


def decode(data: bytes) -> tuple[str, Fault | None]:
    """UTF-8 text without its byte order mark, or the fault: too large, or another encoding, named when known."""
    if len(data) > MAX_BYTES:
        hint = Message(N_("把它拆成几个文件，或删去不属于资料的内容"))
        message = Message(N_("文件超过上限 {limit} KB"), {"limit": MAX_BYTES // 1024})
        return "", Fault(0, "YAML-016", message, hint)
    try:
        # Windows' Notepad writes a byte order mark; it harms nobody.
        return data.decode("utf-8").removeprefix("\ufeff"), None
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        hint = Message(N_("用编辑器的“另存为”选 UTF-8 再保存一次"))
        message = Message(N_("文件不是 UTF-8 编码，像是 {encoding}"), {"encoding": _encoding(data)})
        return before, Fault(len(before), "YAML-014", message, hint)


def _encoding(data: bytes) -> str | Message:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data.count(0) * 4 > len(data):
        return "UTF-16"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return Message(N_("别的编码"))
    return "GBK"


def _problem(path: str, text: str, fault: Fault) -> Problem:
    place = place_at(path, text, fault.index)
    fix = None
    if fault.edit is not None:
        column = place.column + fault.edit.index - fault.index
        fix = Fix(column, fault.edit.length, fault.edit.text)
    return Problem(place, fault.rule, fault.message, fault.hint, fix=fix)


def _unseen(text: str) -> Iterator[Fault]:
    """The first invisible character and the first wide indent; one of each is enough to find the rest."""
    if match := INVISIBLE.search(text):
        code = {"code": f"U+{ord(match[0]):04X}"}
        message = Message(N_("这里有一个看不见的字符 {code}"), code)
        hint = Message(N_("多半是从网页或文档里复制来的，删掉它"))
        edit: Edit | None = Edit(match.start(), 1, "")
        if match[0] == "\r":
            hint, edit = Message(N_("这是老式的换行；用编辑器另存一次，换行选 LF 或 CRLF")), None
        yield Fault(match.start(), "YAML-015", message, hint, edit)
    if ("\u3000" in text or "\u00a0" in text) and (match := _WIDE_INDENT.search(text)):
        hint = Message(N_("行首缩进一律用英文半角空格"))
        yield Fault(match.start(1), _WIDE_INDENT_RULE, Message(N_("行首用了全角空格或不换行空格")), hint)


def _wrong_top(text: str, value: Value, top: str) -> Fault | None:
    if value is None:
        return Fault(0, "YAML-012", Message(N_("文件是空的")), Message(N_("写上内容，或删掉这个文件")))
    if top == "list" and not isinstance(value, list):
        hint = Message(N_("从行首写起，每一项以“- ”开头"))
        return Fault(0, "YAML-013", Message(N_("整个文件应当是一张表")), hint)
    if top == "mapping" and not isinstance(value, dict):
        hint = Message(N_("从行首写起，一行一栏，写成“栏目: 内容”"))
        general = Fault(0, "YAML-013", Message(N_("整个文件应当是一栏一栏的资料")), hint)
        return misspelt_line(text, 0, text.count("\n")) or general
    return None
