"""Questions on a terminal: asked again until the answer can be used, with numbered proposals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from chamberbook.problems import N_, Message, Translate


class Choice(NamedTuple):
    """A proposal: the value that it stands for, and how it is shown."""

    value: str
    shown: str


class Unclear(Exception):
    """An answer that cannot be used: why, and what may have been meant."""

    def __init__(self, message: Message, choices: Sequence[Choice] = ()) -> None:
        super().__init__(message.template)
        self.message, self.choices = message, tuple(choices)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, how an answer is read (raising Unclear), what an empty answer means (None: it cannot be)."""

    text: Message
    read: Callable[[str], str]
    default: str | None = None
    choices: tuple[Choice, ...] = ()


def ask(question: Question, translate: Translate) -> str:
    """Ask until the answer can be used. EOFError and KeyboardInterrupt go to the caller."""
    choices = question.choices
    _show(choices)
    while True:
        hint = f" [{question.default}]" if question.default else ""
        prompt = Message(N_("{question}{default}："), {"question": question.text, "default": hint})
        typed = input(prompt.text(translate)).strip()
        if not typed and question.default is not None:
            return question.default
        if typed.isdecimal() and 0 < int(typed) <= len(choices):
            return choices[int(typed) - 1].value
        try:
            if not typed:
                raise Unclear(Message(N_("这一项要填")))
            return question.read(typed)
        except Unclear as unclear:
            print(unclear.message.text(translate))
            choices = unclear.choices or question.choices
            _show(unclear.choices)


def _show(choices: Sequence[Choice]) -> None:
    for number, choice in enumerate(choices, 1):
        print(f"  {number}  {choice.shown}")
