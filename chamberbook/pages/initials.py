"""The index of a long list by the initials of its names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chamberbook.derive import ChamberEntry

#: Lists of more pages than this have an index by the initials of their names.
INDEXED = 4


@dataclass(frozen=True, slots=True)
class Initial:
    """A letter of pinyin, or # for names that begin otherwise: the page where its names begin, and from which page
    to which they go.
    """

    letter: str
    url: str
    first: int
    last: int


def initials(entries: Sequence[ChamberEntry], size: int) -> tuple[tuple[str, int, int], ...]:
    """Each initial with the first and the last page of its names in a list ordered by pinyin; nothing for few pages."""
    if len(entries) <= size * INDEXED:
        return ()
    spans: dict[str, tuple[int, int]] = {}
    for position, entry in enumerate(entries):
        page = position // size + 1
        letter = initial(entry.pinyin)
        spans[letter] = (spans.get(letter, (page, page))[0], page)
    return tuple((letter, first, last) for letter, (first, last) in spans.items())


def initial(pinyin: tuple[str, ...]) -> str:
    """The capital letter under which a name is found."""
    letter = pinyin[0][:1].upper() if pinyin else ""
    return letter if letter.isascii() and letter.isalpha() else "#"
