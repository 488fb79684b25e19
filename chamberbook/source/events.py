"""libyaml's events -> plain values, and the index of every value.

Events and not nodes: nothing recurses (200,000 open brackets cost what 21 do), anchors and tags are seen before they
act, and a record of 1.1 KB takes 0.15 ms where `CSafeLoader` takes 0.28 ms.
"""

from __future__ import annotations

import contextlib
from functools import lru_cache
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs forget it

from chamberbook.problems import N_, Message, shown
from chamberbook.source.faults import INVISIBLE, Edit, Fault, readable
from chamberbook.source.syntax import explain, swallowed_item

Value = None | bool | str | list["Value"] | dict[str, "Value"]
Loc = tuple[str | int, ...]

MAX_DEPTH = 20
MAX_KEYS = 500
MAX_FAULTS = 100

#: Everything else stays text: `02134`, `no`, `5E3` and `2008-06` mean what is written; the models read numbers.
PLAIN: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_WIDE = {"“": "”", "‘": "’", "＂": "＂", "＇": "＇"}


def read_plain(text: str) -> bool | str | None:
    """What a word without quotes means: `true`, `false`, nothing, or the text that it is."""
    return PLAIN.get(text, text)


def compose(text: str) -> tuple[Value, list[Fault], bool]:
    """The value of the text, its faults, and whether one of them ended the reading (then there is no value)."""
    seen = readable(text)
    builder = _Builder(seen)
    try:
        return builder.build(CParser(seen)), builder.faults, False
    except yaml.YAMLError as error:
        return None, [*builder.faults, explain(text, error)], True
    except _Stop as stop:
        return None, [*builder.faults, stop.fault], True


@lru_cache(maxsize=8)
def positions(text: str) -> tuple[dict[Loc, int], dict[Loc, int]]:
    """The index of every value and of every key, as far as the text can be read. Only problems ask for it."""
    places = _Places(CParser(readable(text)))
    with contextlib.suppress(yaml.YAMLError, _Stop):
        places.walk()
    return places.values, places.keys


class _Stop(Exception):
    """Reading on is no use: too deep, too many values, a second document."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


_NO_KEY = object()
_STARTS = frozenset({yaml.MappingStartEvent, yaml.SequenceStartEvent})
_ENDS = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})


class _Builder:
    """Builds values with a stack of its own. A faulty value is kept where it can be, so that more faults are found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.faults: list[Fault] = []

    def build(self, parser: Any) -> Value:
        """Read every event; only faults that end the reading are raised. The hot loop: 150 rounds a record."""
        next_event, scalar, starts, ends, plain = parser.get_event, yaml.ScalarEvent, _STARTS, _ENDS, PLAIN
        root: list[Value] = []
        stack: list[tuple[Any, Any, Any]] = []
        box: Any = root
        key: Any = _NO_KEY
        value: Any
        while (event := next_event()) is not None:
            kind = event.__class__
            if kind is scalar:
                value = event.value
                if event.style or event.tag or event.anchor or value[:1] in _WIDE or " - " in value:
                    self._check_scalar(event)
                elif value in plain:
                    value = plain[value]
            elif kind in starts:
                self._check_start(event, len(stack))
                stack.append((box, key, event))
                box, key = ({} if kind is yaml.MappingStartEvent else []), _NO_KEY
                continue
            elif kind in ends:
                value = box
                box, key, event = stack.pop()
            elif kind is yaml.AliasEvent:
                self._refuse_marks(event)
                value = None
            elif kind is yaml.DocumentStartEvent and root:
                raise _Stop(_second_document(event))
            else:
                continue
            if box.__class__ is list:
                box.append(value)
            elif key is _NO_KEY:
                key = self._checked_key(box, value, event)
            else:
                if key is not None:
                    box[key] = value
                key = _NO_KEY
        return root[0] if root else None

    def _check_scalar(self, event: yaml.ScalarEvent) -> None:
        self._refuse_marks(event)
        if not event.style and event.value[:1] in _WIDE:
            self._refuse_wide_quotes(event)
        elif not event.style:
            self._refuse_items(event)
        elif event.style == '"' and (match := INVISIBLE.search(event.value)):
            message = Message(N_("引号里的转义写出了看不见的字符 {code}"), {"code": f"U+{ord(match[0]):04X}"})
            self._fault(event, "YAML-015", message, Message(N_("删掉这个转义")))

    def _refuse_items(self, event: yaml.ScalarEvent) -> None:
        fault = swallowed_item(self.text, _index(event), _index(event, end=True))
        if fault:
            self._add(fault, event)

    def _check_start(self, event: yaml.CollectionStartEvent, depth: int) -> None:
        if event.tag is not None or event.anchor is not None:
            self._refuse_marks(event)
        if depth >= MAX_DEPTH:
            raise _Stop(_too_deep(event))

    def _checked_key(self, box: dict[str, Value], value: Value, event: yaml.NodeEvent) -> str | None:
        """The key, or None when what belongs to it must be dropped."""
        if not isinstance(value, str):
            self._fault(event, "YAML-010", Message(N_("栏目名应当是文字")), Message(N_("写成“栏目: 内容”")))
        elif value == "<<":
            hint = Message(N_("把要合并的内容原样写出来"))
            self._fault(event, "YAML-009", Message(N_("不能用合并键 <<")), hint)
        elif value in box:
            hint = Message(N_("只留一处；两处都要的，合在一起写"))
            self._fault(event, "YAML-006", Message(N_("栏目“{key}”写了两次"), {"key": shown(value)}), hint)
        elif len(box) >= MAX_KEYS:
            raise _Stop(_too_many_keys(event))
        else:
            return value
        return None

    def _refuse_marks(self, event: yaml.AliasEvent | yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            sign = "*" if event.__class__ is yaml.AliasEvent else "&"
            message = Message(
                N_("不能用 YAML 的锚点和引用（{sign}{name}）"), {"sign": sign, "name": shown(event.anchor)}
            )
            hint = Message(N_("把内容原样写出来；文字本身以 {sign} 开头的，整个加英文引号"), {"sign": sign})
            self._fault(event, "YAML-007", message, hint)
        if not isinstance(event, yaml.AliasEvent) and event.tag is not None:
            hint = Message(N_("删掉标签；文字本身以 ! 开头的，整个加英文引号"))
            self._fault(
                event,
                "YAML-008",
                Message(N_("不能用 YAML 的类型标签（{tag}）"), {"tag": shown(event.tag)}),
                hint,
            )

    def _refuse_wide_quotes(self, event: yaml.ScalarEvent) -> None:
        """A value in wide quotes from end to end means ASCII quotes, unless ASCII quotes stand around it too."""
        value: str = event.value
        close = _WIDE[value[0]]
        if len(value) > 1 and value.find(close, 1) == len(value) - 1:
            hint = Message(
                N_('改用英文引号 "{text}"；引号本来是名称的一部分，就在外面再加一对英文引号'),
                {"text": shown(value[1:-1])},
            )
            message = Message(N_("引号用了全角的 {quotes}"), {"quotes": value[0] + close})
            edit = None
            if _index(event, end=True) == _index(event) + len(value) and not set(value) & set('"\\'):
                edit = Edit(_index(event), len(value), f'"{value[1:-1]}"')
            self._fault(event, "YAML-004", message, hint, edit)

    def _fault(
        self, event: yaml.NodeEvent, rule: str, message: Message, hint: Message, edit: Edit | None = None
    ) -> None:
        self._add(Fault(_index(event), rule, message, hint, edit), event)

    def _add(self, fault: Fault, event: yaml.NodeEvent) -> None:
        if len(self.faults) >= MAX_FAULTS:
            raise _Stop(_too_faulty(event))
        self.faults.append(fault)


def _index(event: yaml.Event | None, *, end: bool = False) -> int:
    """Where an event begins, or ends; libyaml marks every event."""
    assert event is not None
    mark = event.end_mark if end else event.start_mark
    assert mark is not None
    return mark.index


def _second_document(event: yaml.Event) -> Fault:
    hint = Message(N_("一个文件只写一份资料；删掉中间的 ---"))
    return Fault(_index(event), "YAML-011", Message(N_("一个文件里写了两份资料")), hint)


def _too_deep(event: yaml.Event) -> Fault:
    message = Message(N_("嵌套超过 {limit} 层"), {"limit": MAX_DEPTH})
    return Fault(_index(event), "YAML-017", message, Message(N_("删去多余的括号或缩进")))


def _too_many_keys(event: yaml.Event) -> Fault:
    message = Message(N_("一处写了超过 {limit} 个栏目"), {"limit": MAX_KEYS})
    return Fault(_index(event), "YAML-018", message, Message(N_("只写资料需要的栏目")))


def _too_faulty(event: yaml.Event) -> Fault:
    message = Message(N_("前面已有 {limit} 处错误，后面没有再读"), {"limit": MAX_FAULTS})
    return Fault(_index(event), "YAML-023", message, Message(N_("先改前面的")))


class _Places:
    """Notes where each value and key begins. The first of two equal keys counts, as it does for the values."""

    def __init__(self, parser: Any) -> None:
        self.next_event = parser.get_event
        self.values: dict[Loc, int] = {}
        self.keys: dict[Loc, int] = {}

    def walk(self) -> None:
        """Read the first document, as far as `compose` reads it."""
        while (event := self.next_event()) is not None:
            if isinstance(event, yaml.NodeEvent):
                self._note(event, ())
                return

    def _note(self, event: yaml.Event | None, loc: Loc) -> None:
        assert event is not None
        if len(loc) > MAX_DEPTH:
            raise _Stop(_too_deep(event))
        self.values.setdefault(loc, _index(event))
        if isinstance(event, yaml.SequenceStartEvent):
            item = 0
            while not isinstance(child := self.next_event(), yaml.SequenceEndEvent):
                self._note(child, (*loc, item))
                item += 1
        elif isinstance(event, yaml.MappingStartEvent):
            while not isinstance(key := self.next_event(), yaml.MappingEndEvent):
                step = key.value if isinstance(key, yaml.ScalarEvent) else ""
                if isinstance(key, yaml.CollectionStartEvent):
                    self._note(key, (*loc, step))
                self.keys.setdefault((*loc, step), _index(key))
                self._note(self.next_event(), (*loc, step))
