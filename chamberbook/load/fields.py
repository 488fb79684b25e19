"""A file's values -> a typed record; pydantic's errors in the words of the people who write records."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from chamberbook.load.fixes import (
    as_choice,
    as_date,
    as_flag,
    as_pattern,
    as_whole,
    narrow,
    replaced,
    unquoted,
)
from chamberbook.nearest import nearest
from chamberbook.problems import N_, Fix, Message, Place, Problem, shown
from chamberbook.source import Document, Loc

MAX_PROBLEMS = 50

#: What each pattern of the models asks for; a test keeps the table complete.
PATTERNS: Mapping[str, Message] = MappingProxyType({
    r"^[a-z0-9]+(-[a-z0-9]+)*$": Message(N_("编号用小写字母和数字，中间用减号，如 zilv-gongyue")),
    r"^[a-z][a-z0-9-]*$": Message(N_("来源编号以小写字母开头，如 r1")),
    r"^[1-8][0-9]{5}$": Message(N_('地区代码是六位数字，加英文引号，如 "320282"')),
    r"^[A-T]([0-9]{2})?$": Message(N_("行业代码是一个大写字母，或再加两位数字，如 C 或 C30")),
    r"^[0-9]{4}(-[0-9]{4})?$": Message(N_("年度写成 2023，跨年的写成 2021-2022")),
    r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$": Message(N_("月日写成 12-31，月和日都是两位")),
    r"^https?://[^\s<>\"]+$": Message(N_("网址以 https:// 或 http:// 开头，中间没有空格")),
    r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$": Message(N_("邮箱写成 office@example.org 的样子")),
    r"^[0-9a-f]{64}$": Message(N_("SHA-256 校验值是 64 位小写十六进制数字")),
    r"^[a-z0-9][a-z0-9.-]*\.md$": Message(N_("只写同一文件夹里的文件名，用小写字母、数字和减号，以 .md 结尾")),
})  # fmt: skip


class _Kind:
    """What a field wants in the words of a message, and what to write instead."""

    def __init__(self, message: str, hint: str) -> None:
        self.message, self.hint = message, hint


_TEXT = _Kind(N_("{field}应当是文字"), N_("直接写内容；没有就写 null 或删掉这一行"))
_WHOLE = _Kind(N_("{field}应当是整数，不是“{value}”"), N_("只写数字，如 193；单位和“约”字写到别的栏目"))
_NUMBER = _Kind(N_("{field}应当是数，不是“{value}”"), N_("只写数字，如 92.5；单位写到别的栏目"))
_YES_NO = _Kind(N_("{field}只能是 true 或 false，不是“{value}”"), N_("是写 true，不是写 false"))
_LIST = _Kind(N_("{field}应当是一张表"), N_("写成 [甲, 乙]，或一项一行、以“- ”开头；没有就写 []"))
_RECORD = _Kind(N_("{field}应当分栏写"), N_("下一行起缩进两格，一行一栏，写成“栏目: 内容”；没有就删掉这一行"))
_DATE = _Kind(N_("{field}不是日期：“{value}”"), N_("写成 2008、2008-06 或 2008-06-30，月和日都是两位"))
_NO_DAY = _Kind(N_("{field}的“{value}”不在日历上"), N_("核对月份和日子；记不准的写到月或年"))
_KINDS: Mapping[str, _Kind] = MappingProxyType({
    "string_type": _TEXT, "int_type": _WHOLE, "int_parsing": _WHOLE, "int_from_float": _WHOLE,
    "int_parsing_size": _WHOLE, "float_type": _NUMBER, "float_parsing": _NUMBER, "finite_number": _NUMBER,
    "bool_type": _YES_NO, "bool_parsing": _YES_NO, "tuple_type": _LIST, "list_type": _LIST,
    "dict_type": _RECORD, "model_type": _RECORD, "model_attributes_type": _RECORD,
    "date_shape": _DATE, "date_calendar": _NO_DAY,
})  # fmt: skip
_LIMITS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "string_too_short": ("min_length", N_("{field}太短，至少 {limit} 个字")),
    "string_too_long": ("max_length", N_("{field}太长，有 {length} 个字，最多 {limit} 个")),
    "too_short": ("min_length", N_("{field}至少要有 {limit} 项")),
    "too_long": ("max_length", N_("{field}最多 {limit} 项")),
    "greater_than_equal": ("ge", N_("{field}不能小于 {limit}")),
    "less_than_equal": ("le", N_("{field}不能大于 {limit}")),
})  # fmt: skip


def valid(model: type[BaseModel] | TypeAdapter[Any], value: object) -> Any:
    """The record of a value, or None when it cannot be one."""
    try:
        return model.validate_python(value) if isinstance(model, TypeAdapter) else model.model_validate(value)
    except ValidationError:
        return None


def validate(model: type[BaseModel] | TypeAdapter[Any], document: Document) -> tuple[Any, list[Problem]]:
    """The record of a document (None when it cannot be one) and all its problems, those of the writing included."""
    problems = list(document.problems)
    if document.value is None:
        return None, problems
    try:
        if isinstance(model, TypeAdapter):
            return model.validate_python(document.value), problems
        return model.model_validate(document.value), problems
    except ValidationError as error:
        errors = error.errors(include_url=False)
    annotation = model._type if isinstance(model, TypeAdapter) else model
    errors = _without_misspelt(annotation, errors)
    # A value whose writing is wrong already has its problem; what follows from it is not worth a second one.
    known = {problem.place for problem in problems}
    found = (_problem(annotation, document, details) for details in errors[:MAX_PROBLEMS])
    problems += [problem for problem in found if problem.place not in known]
    if len(errors) > MAX_PROBLEMS:
        message = Message(N_("从这里起还有 {count} 处错误没有列出"), {"count": len(errors) - MAX_PROBLEMS})
        place = document.place(errors[MAX_PROBLEMS]["loc"])
        problems.append(Problem(place, "FIELD-011", message, Message(N_("先改前面的"))))
    return None, problems


def _without_misspelt(annotation: Any, errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Without the missing keys that are there under a misspelt name: one mistake, one problem."""
    meant = set()
    for details in errors:
        if details["type"] == "extra_forbidden":
            loc = details["loc"]
            names, _ = _meant(_keys_of(_at(annotation, loc[:-1])), str(loc[-1]))
            meant.add((*loc[:-1], names[0] if names else ""))
    return [details for details in errors if details["type"] != "missing" or details["loc"] not in meant]


def _problem(annotation: Any, document: Document, details: ErrorDetails) -> Problem:
    loc: Loc = details["loc"]
    kind = details["type"]
    is_key = kind == "extra_forbidden" or (bool(loc) and loc[-1] == "[key]")
    if is_key and loc[-1] == "[key]":
        loc = loc[:-1]
    rule, message, hint = _words(annotation, loc, details)
    place = document.place(loc, key=is_key)
    return Problem(place, rule, message, hint, fix=_fix(annotation, document, place, details))


def _fix(annotation: Any, document: Document, place: Place, details: ErrorDetails) -> Fix | None:
    """The corrected value or key, where there is no doubt about it."""
    loc, kind, value = details["loc"], details["type"], details["input"]
    if kind == "extra_forbidden":
        key, titles = str(loc[-1]), _keys_of(_at(annotation, loc[:-1]))
        return replaced(document, place, key, _surely_meant(titles, key))
    if not isinstance(value, str):
        return None
    new = None
    if kind == "literal_error":
        choices = [str(choice) for choice in _literals_in(_at(annotation, loc))]
        new = as_choice(value, choices, _description(annotation, loc))
    elif kind == "string_pattern_mismatch":
        new = as_pattern(value, str(details.get("ctx", {})["pattern"]))
    elif wanted := _KINDS.get(kind):
        if wanted is _YES_NO:
            return unquoted(document, place, value, as_flag(value))
        new = {_DATE: as_date, _WHOLE: as_whole}.get(wanted, _nothing)(value)
    return replaced(document, place, value, new)


def _nothing(_: str) -> None:
    return None


def _description(annotation: Any, loc: Loc) -> str:
    record = _record_in(_at(annotation, loc[:-1]))
    field = record.model_fields.get(str(loc[-1])) if record else None
    return (field.description if field else None) or ""


def _words(annotation: Any, loc: Loc, details: ErrorDetails) -> tuple[str, Message, Message]:
    """The rule, what is wrong and what to write instead."""
    kind, value, limits = details["type"], details["input"], details.get("ctx", {})
    values: dict[str, object] = {
        "field": _field(annotation, loc),
        "value": _written(value),
        "length": len(str(value)),
    }
    if kind == "extra_forbidden":
        return _unknown_key(_at(annotation, loc[:-1]), str(loc[-1]))
    if kind == "missing":
        message = Message(N_("缺少{field}"), values)
        if details["loc"][-1] == "source":
            return "FIELD-002", message, Message(N_("写上 sources 里的编号，如 source: r1；没有来源的不收"))
        return "FIELD-002", message, Message(N_("补上一行“{key}: ……”"), {"key": loc[-1]})
    if kind == "literal_error":
        return (
            "FIELD-003",
            Message(N_("{field}不能写“{value}”"), values),
            _choices(_at(annotation, loc), value),
        )
    if details["loc"][-1:] == ("[key]",) and "pattern" in limits:
        message = Message(N_("“{value}”不能作这里的名字"), values)
        return "FIELD-006", message, _pattern_hint(str(limits["pattern"]), str(value))
    if kind == "string_pattern_mismatch":
        message = Message(N_("{field}的“{value}”写法不对"), values)
        return "FIELD-006", message, _pattern_hint(str(limits["pattern"]), str(value))
    if value is None and _KINDS.get(kind) is _TEXT:
        return "FIELD-004", Message(N_("{field}没有填"), values), Message(N_("写上内容；不知道的不要猜"))
    if kind in _LIMITS:
        return _limit_words(loc, kind, limits, values)
    if kind in _KINDS:
        rule = {_DATE: "FIELD-007", _NO_DAY: "FIELD-007"}.get(_KINDS[kind], "FIELD-004")
        if _KINDS[kind] is _YES_NO and value in ("true", "false"):
            return rule, Message(N_("{field}的 {value} 不加引号"), values), Message(N_("去掉引号"))
        return rule, Message(_KINDS[kind].message, values), _slip(str(value)) or Message(_KINDS[kind].hint)
    return "FIELD-010", Message(N_("{field}写得不对"), values), Message(N_("对照别的资料文件里的这一栏"))


def _limit_words(
    loc: Loc, kind: str, limits: Mapping[str, Any], values: dict[str, object]
) -> tuple[str, Message, Message]:
    name, template = _LIMITS[kind]
    limit = limits[name]
    message = Message(template, values | {"limit": int(limit) if limit == int(limit) else limit})
    if name in ("ge", "le"):
        return "FIELD-008", message, Message(N_("核对这个数"))
    if loc[-1:] == ("uscc",):
        return "FIELD-005", message, Message(N_("代码是 18 位，中间没有空格；照登记证书写全"))
    return "FIELD-005", message, Message(N_("照来源写全；写不下的分开写"))


def _written(value: object) -> str:
    """A value as its file writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "null"
    return "……" if isinstance(value, list | dict) else shown(value)


def _unknown_key(annotation: Any, key: str) -> tuple[str, Message, Message]:
    titles = _keys_of(annotation)
    names, hint = _meant(titles, key)
    values = {"choices": names or tuple(titles), "key": names[0] if names else ""}
    if not names and (owner := _owner_of(annotation, key)):
        hint, values = N_("这一栏写在 {owner} 里面，缩进两格"), {"owner": owner}
    return "FIELD-001", Message(N_("没有“{key}”这一栏"), {"key": shown(key)}), Message(hint, values)


def _owner_of(annotation: Any, key: str) -> str | None:
    """The field whose own fields one that is written a level too high belongs to, such as phone to contact."""
    record = _record_in(annotation)
    fields = record.model_fields.items() if record else ()
    owners = [
        name
        for name, field in fields
        if _is_record(part := _bare(field.annotation)) and key in part.model_fields
    ]
    return owners[0] if owners else None


def _keys_of(annotation: Any) -> dict[str, str]:
    """The fields that can be written, with their Chinese titles."""
    record = _record_in(annotation)
    return {name: str(field.title) for name, field in record.model_fields.items()} if record else {}


def _meant(titles: Mapping[str, str], key: str) -> tuple[tuple[str, ...], str]:
    """The fields that an unknown key may mean, best first, and the hint that says so."""
    for colon, hint in (
        (":", N_("冒号后面加一个空格：“{key}: ……”")),
        ("：", N_("改成英文冒号加一个空格：“{key}: ……”")),
    ):
        before = key.partition(colon)[0].strip()
        if colon in key and before in titles:
            return (before,), hint
    if named := tuple(name for name, title in titles.items() if title == key):
        return named, N_("写成 {choices}")
    # Letters are easily confused with their full-width twins, underscores with other separators.
    near = nearest(_plain(key), titles, 0.6) or _by_title(titles, key)
    return near, N_("是不是 {choices}") if near else N_("可以写的有：{choices}")


def _plain(key: str) -> str:
    return re.sub(r"[\s-]+", "_", narrow(key).lower())


def _by_title(titles: Mapping[str, str], key: str) -> tuple[str, ...]:
    """The fields whose Chinese titles look or sound like the key."""
    near = nearest(key, titles.values(), 0.6)
    return tuple(name for title in near for name, own in titles.items() if own == title)[:3]


def _surely_meant(titles: Mapping[str, str], key: str) -> str | None:
    """The field that an unknown key is for certain: its own Chinese title, or its name in another case or width."""
    named = [name for name, title in titles.items() if title == key]
    return named[0] if len(named) == 1 else _plain(key) if _plain(key) in titles else None


def _choices(annotation: Any, value: object) -> Message:
    """The allowed words, nearest first."""
    choices = [str(choice) for choice in _literals_in(annotation)]
    near = list(nearest(str(value).lower(), choices, 0.6))
    ordered = near + [choice for choice in choices if choice not in near]
    return Message(N_("可以写的有：{choices}"), {"choices": tuple(ordered)})


def _pattern_hint(pattern: str, value: str) -> Message:
    plain = narrow(value)
    if plain != value and re.fullmatch(pattern, plain):
        return Message(N_("改成半角：{text}"), {"text": shown(plain)})
    return PATTERNS[pattern]


def _slip(value: str) -> Message | None:
    """A line such as `phone：1` that became the text of the field above it."""
    if match := re.match(r"([A-Za-z_]+)(?:：|:(?=\S))", value):
        return Message(N_("“{key}”后面要写英文冒号加一个空格"), {"key": match[1]})
    return None


def _field(annotation: Any, loc: Loc) -> Message | str:
    """The name of a field as messages give it: key, Chinese title, number of the item."""
    names = [step for step in loc if isinstance(step, str)]
    if not names:
        return Message(N_("第 {item} 项"), {"item": int(loc[0]) + 1}) if loc else Message(N_("整个文件"))
    key, title = names[-1], None
    last = len(loc) - 1 - loc[::-1].index(key)
    owner = _at(annotation, loc[:last])
    if get_origin(owner) is not dict and (record := _record_in(owner)) and key in record.model_fields:
        title = record.model_fields[key].title
    name = (
        Message(N_("“{key}”（{title}）"), {"key": shown(key), "title": Message(title)})
        if title
        else f"“{shown(key)}”"
    )
    if isinstance(loc[-1], int):
        return Message(N_("{field}第 {item} 项"), {"field": name, "item": loc[-1] + 1})
    return name


def _at(annotation: Any, loc: Loc) -> Any:
    """The annotation of the value at `loc`."""
    for step in loc:
        annotation = _bare(annotation)
        if get_origin(annotation) is dict:
            annotation = get_args(annotation)[1]
        elif isinstance(step, int):
            annotation = next(iter(get_args(annotation)), annotation)
        else:
            record = _record_in(annotation)
            known = record is not None and step in record.model_fields
            annotation = record.model_fields[str(step)].annotation if record is not None and known else None
    return _bare(annotation)


def _bare(annotation: Any) -> Any:
    """Without `Annotated` and `| None`."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, UnionType):
            annotation = next((arg for arg in get_args(annotation) if arg is not type(None)), None)
        else:
            return annotation


def _record_in(annotation: Any) -> type[BaseModel] | None:
    found = _first(annotation, lambda part: part if _is_record(part) else None)
    return cast("type[BaseModel] | None", found)


def _is_record(part: Any) -> bool:
    return isinstance(part, type) and get_origin(part) is None and issubclass(part, BaseModel)


def _literals_in(annotation: Any) -> tuple[Any, ...]:
    found = _first(annotation, lambda part: get_args(part) if get_origin(part) is Literal else None)
    return found or ()


def _first(annotation: Any, wanted: Callable[[Any], Any]) -> Any:
    """The first part of an annotation, from the outside inward, that is wanted."""
    if found := wanted(annotation):
        return found
    for part in get_args(annotation):
        if found := _first(part, wanted):
            return found
    return None
