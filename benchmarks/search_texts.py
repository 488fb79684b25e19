"""The texts of records as a person would search them, how they sound, and how near two texts are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

import opencc
from pypinyin import Style, lazy_pinyin

from chamberbook.derive import ChamberEntry, CharterEntry, Directory
from chamberbook.search.generic import BODIES, bare_place

HAN = re.compile("[\u3400-\u9fff]+")
BODY = re.compile("|".join(sorted(BODIES, key=len, reverse=True)))
simple = opencc.OpenCC("t2s").convert


@dataclass(frozen=True)
class Query:
    """A query, what must be found, and what may be found."""

    kind: str
    text: str
    wanted: frozenset[str]
    allowed: frozenset[str]


@dataclass
class Texts:
    """What is written in one record: names, their short forms, and everything that a person would search it by."""

    url: str
    names: list[str]
    bare: list[str]
    about: str
    charter: str
    prose: str
    english: list[str] = field(default_factory=list)
    code: str = ""

    @property
    def all(self) -> str:
        return "\n".join([*self.names, *self.bare, self.about, self.charter, self.prose])


def bare(name: str, entry: ChamberEntry) -> str:
    """The name without 市省区县 of its places and without the words for a body."""
    for region in entry.place.chain:
        name = name.replace(region.name, bare_place(region.name))
    return BODY.sub("", name)


def texts_of(found: Directory) -> list[Texts]:
    """The texts of all chambers, then of all charters, in Simplified characters."""
    result = []
    for entry in found.chambers:
        chamber = entry.chamber
        names = [simple(n) for n in (chamber.name, *chamber.aliases, *(f.name for f in chamber.former_names))]
        places = [r.name for r in entry.place.chain] or ["全国"]
        about = [*places, *(i.title for i in entry.industries), chamber.trade or "", entry.kind.title]
        charter = [part for one in entry.charters for part in _titles(one)]
        ratings = [part for a in entry.awards for part in (a.level.label, a.scheme.short_name)]
        english = re.findall("[a-z0-9]+", (chamber.name_en or "").lower())
        result.append(
            Texts(
                entry.url, names, [bare(n, entry) for n in names], "\n".join(about), "\n".join(charter),
                "\n".join(ratings), english, chamber.uscc or "",
            )
        )  # fmt: skip
    chambers = {one.url: one for one in result}
    for charter in found.charters:
        own = chambers[f"chambers/{charter.slug}/"]
        prose = f"{charter.charter.summary or ''}\n{charter.text or ''}"
        about = "\n".join([*own.names, *own.bare, own.about])
        result.append(Texts(charter.url, [], [], about, simple("\n".join(_titles(charter))), simple(prose)))
    return result


def _titles(charter: CharterEntry) -> list[str]:
    return [
        charter.charter.title or charter.type.title,
        charter.type.title,
        *(t.title for t in charter.topics),
    ]


@cache
def syllables(text: str) -> tuple[str, ...]:
    """One toneless syllable for each Han character."""
    return tuple(lazy_pinyin(text, style=Style.NORMAL, v_to_u=False))


@cache
def spoken(text: str) -> str:
    """The pinyin of every stretch of Han characters, with a mark before each syllable."""
    return "|".join("'" + "'".join(syllables(run)) + "'" for run in HAN.findall(text))


@cache
def letters(text: str) -> str:
    """The first letters of the syllables of each stretch."""
    return "|".join("".join(part[0] for part in syllables(run)) for run in HAN.findall(text))


def within_one(text: str, name: str) -> bool:
    """Whether a part of the name differs from the text in one character at most."""
    size = len(text)
    for start in range(len(name) - size + 1):
        wrong = 0
        for a, b in zip(text, name[start : start + size], strict=True):
            wrong += a != b
            if wrong > 1:
                break
        else:
            return True
    return False


def sound_within(text: str, sound: str) -> bool:
    """The same for letters, of which one may also be missing or too many."""
    half = len(text) // 2
    if text[:half] not in sound and text[half:] not in sound:
        return False
    return any(
        re.search(f"{re.escape(text[:at])}.{{0,2}}{re.escape(text[at + 1 :])}", sound) is not None
        for at in range(len(text))
    )
