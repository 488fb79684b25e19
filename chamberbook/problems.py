"""A problem is an address, a fact and a next step; the exceptions that carry problems; how they print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Severity = Literal["error", "warning", "hint"]
#: Turns a Chinese message id into the language of the reader (gettext).
Translate = Callable[[str], str]


def N_(message: str) -> str:
    """Mark a message for the catalogs without translating it yet."""
    return message


@dataclass(frozen=True, slots=True)
class Message:
    """A catalog message and its values: `Message(N_("没有地区代码 {code}"), {"code": "3205"})`."""

    template: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def text(self, translate: Translate = str) -> str:
        """The message in the reader's language. A value that is itself a Message is translated too."""
        values = {key: v.text(translate) if isinstance(v, Message) else v for key, v in self.values.items()}
        return translate(self.template).format_map(values)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a file: path from the root with `/`, line and column counted from 1 in characters."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in the input. `rule` is a stable id such as `REGION-001`; it never changes its meaning."""

    place: Place
    rule: str
    message: Message
    hint: Message | None = None
    severity: Severity = "error"

    def line(self, translate: Translate = str) -> str:
        """`path:line:column: rule: what is wrong; what to write instead`."""
        text = f"{self.place}: {self.rule}: {self.message.text(translate)}"
        return f"{text}{translate(N_('；'))}{self.hint.text(translate)}" if self.hint else text


class ChamberbookError(Exception):
    """The base of the errors that a command prints without a traceback."""


class BadInput(ChamberbookError):
    """The records hold mistakes; carries every one of them, in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.place, p.rule)))
        super().__init__(f"{len(self.problems)} problems")


class WrongUse(ChamberbookError):
    """A command was given something that it cannot work with, or a tool is missing; carries the message."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.text())
