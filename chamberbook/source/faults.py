"""A fault is a problem that does not know its file yet: a character's index, a rule, the words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chamberbook.problems import Message

#: Control characters, and what nobody sees: soft hyphens, zero-width and direction marks, odd line ends.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\U000e0000-\U000e007f]|\r(?!\n)"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """A certain correction on the fault's line: `length` characters from `index` become `text`."""

    index: int
    length: int
    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one character of a text."""

    index: int
    rule: str
    message: Message
    hint: Message | None = None
    edit: Edit | None = None


def readable(text: str) -> str:
    """The text with a mark for each invisible character: libyaml refuses a whole text for one of them."""
    return INVISIBLE.sub("\ufffd", text) if INVISIBLE.search(text) else text
