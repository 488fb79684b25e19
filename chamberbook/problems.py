"""A problem is an address, a fact and a next step; the exceptions that carry problems; how they print."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "hint"]
#: Turns a Chinese message id into the language of the reader (gettext).
Translate = Callable[[str], str]


#: A mobile number, also with the country code, behind "tel", with blanks, dots or dashes in it; not a sum or an amount.
MOBILE = re.compile(
    r"(?:(?<![0-9A-Za-z])|(?<=[Tt][Ee][Ll]|[Oo][Nn][Ee]|[Ii][Ll][Ee]))(?:(?:\+|00)?86[- ]?)?"
    r"(1[3-9]\d)([-. \u00a0\u2010-\u2015\uff0d]?)(\d{4})(?:\2|[- ]?)(\d{4})(?![0-9A-Za-z]| ?[元万亿吨人户家件米%％])"
)
#: The shape of a resident identity number, also with blanks in it: region, a birthday of 1900-2099, sequence, check
#: character.
ID_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])[1-8]\d{5}([- ]?)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\1\d{3}[0-9Xx](?![0-9A-Za-z])"
)
_HALF_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
_SHOWN_LENGTH = 40


def half_width(text: str) -> str:
    """The text with ASCII digits, each at its own index."""
    return text.translate(_HALF_WIDTH)


def masked(text: str) -> str:
    """The text without the middle of mobile and identity numbers: reports end up in public logs."""
    text = half_width(text)
    text = ID_NUMBER.sub(lambda m: m[0][:6] + "*" * 11 + m[0][-1], text)
    return MOBILE.sub(lambda m: f"{m[1]}****{m[4]}", text)


def masked_in_place(text: str) -> str:
    """The text with stars in personal numbers, every other character at its own index: carets still point right."""
    plain = half_width(text)
    stars = list(text)
    for match in ID_NUMBER.finditer(plain):
        stars[match.start() + 6 : match.end() - 1] = "*" * (len(match[0]) - 7)
    for match in MOBILE.finditer(plain):
        stars[match.start(3) : match.end(3)] = "****"
    return "".join(stars)


def shown(value: object) -> str:
    """A value of a file as a message may print it: on one line, short, masked, nothing invisible."""
    text = "".join(c if c.isprintable() else "\ufffd" for c in " ".join(masked(str(value)).split()))
    return text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1] + "…"


def N_(message: str) -> str:
    """Mark a message for the catalogs without translating it yet."""
    return message


@dataclass(frozen=True, slots=True)
class Message:
    """A catalog message and its values: `Message(N_("没有地区代码 {code}"), {"code": "3205"})`."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, translate: Translate = str) -> str:
        """The message in the reader's language. A value can be a Message too, or a tuple: an enumeration."""
        values = {key: _value_text(value, translate) for key, value in self.values.items()}
        return translate(self.template).format_map(values)


def _value_text(value: object, translate: Translate) -> object:
    if isinstance(value, Message):
        return value.text(translate)
    if isinstance(value, tuple):
        return translate(N_("、")).join(str(_value_text(item, translate)) for item in value)
    return value


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a file: path from the root with `/`, line and column counted from 1 in characters."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Fix:
    """A certain correction on the problem's line: `length` characters from `column` (from 1) become `text`."""

    column: int
    length: int
    text: str


SEVERITIES: Mapping[Severity, str] = {"error": N_("错误"), "warning": N_("提醒"), "hint": N_("建议")}


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in the input. `rule` is a stable id such as `REGION-001`; it never changes its meaning."""

    place: Place
    rule: str
    message: Message
    hint: Message | None = None
    severity: Severity = "error"
    fix: Fix | None = None

    def line(self, translate: Translate = str) -> str:
        """`path:line:column: severity rule: what is wrong; what to write instead`."""
        severity = translate(SEVERITIES[self.severity])
        text = f"{self.place}: {severity} {self.rule}: {self.message.text(translate)}"
        separator = translate(N_("；"))
        return f"{text}{separator}{self.hint.text(translate)}" if self.hint else text


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """By place, then by rule."""
    return sorted(problems, key=lambda p: (p.place, p.rule))


def report(problems: Iterable[Problem], translate: Translate = str) -> str:
    """All problems, a line each, and a last line that counts them."""
    found = in_order(problems)
    return "\n".join([*(problem.line(translate) for problem in found), summary(found, translate)])


_COUNTS: Mapping[Severity, str] = {
    "error": N_("{n} 处错误"),
    "warning": N_("{n} 处提醒"),
    "hint": N_("{n} 处建议"),
}


def summary(problems: list[Problem], translate: Translate, files: int | None = None) -> str:
    """How many of which severity, in how many files, and how many of all `files` are clean."""
    if not problems:
        passed = (
            N_("检查通过，没有发现问题。") if files is None else N_("检查通过，{files} 个文件都没有问题。")
        )
        return Message(passed, {"files": files}).text(translate)
    found = Counter(problem.severity for problem in problems)
    counts = tuple(Message(_COUNTS[name], {"n": found[name]}) for name in _COUNTS if found[name])
    hit = len({problem.place.path for problem in problems})
    values = {"counts": counts, "files": hit, "clean": (files or hit) - hit}
    fine = N_("没有错误，可以发布；共 {counts}，涉及 {files} 个文件。")
    text = Message(N_("共 {counts}，涉及 {files} 个文件。") if found["error"] else fine, values).text(
        translate
    )
    if files is None:
        return text
    return text + Message(N_("没有问题的有 {clean} 个文件。"), values).text(translate)


def as_values(problem: Problem, translate: Translate) -> dict[str, object]:
    """A problem for other programs: its address, rule and severity, and its words in the reader's language."""
    return {
        "path": problem.place.path,
        "line": problem.place.line,
        "column": problem.place.column,
        "severity": problem.severity,
        "rule": problem.rule,
        "message": problem.message.text(translate),
        "hint": problem.hint.text(translate) if problem.hint else None,
    }


class ChamberbookError(Exception):
    """The base of the errors that a command prints without a traceback."""


class BadInput(ChamberbookError):
    """The records hold mistakes; carries every one of them, in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(in_order(problems))
        super().__init__(f"{len(self.problems)} problems")


class WrongUse(ChamberbookError):
    """A command was given something that it cannot work with, or a tool is missing; carries the message."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.text())
