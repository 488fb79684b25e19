"""What a rule is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from chamberbook.load import Loaded, LoadedChamber
from chamberbook.nearest import nearest
from chamberbook.problems import N_, Fix, Message, Place, Severity, shown
from chamberbook.records import (
    Chamber,
    Federation,
    Industry,
    Rating,
    Region,
    Scheme,
    SchemeLevel,
    Source,
    Tombstone,
)

__all__ = [
    "VOCABULARY", "Cited", "Context", "Finding", "Rated", "Rule", "doubted", "federation_path", "meant_chamber", "nearest",
    "positions", "ratings_of", "scheme_path", "tombstone_path",
]  # fmt: skip

VOCABULARY = "chambers/_vocabulary"


class Finding(NamedTuple):
    """A broken rule at one place; the table of rules adds the id and the severity."""

    place: Place
    message: Message
    hint: Message
    fix: Fix | None = None


class Rule(NamedTuple):
    """A row of the table of rules. The function's docstring says the rule in one sentence."""

    id: str
    severity: Severity
    find: Callable[[Context], Iterator[Finding]]
    #: Whether it can judge a chamber by itself, beside the vocabularies, the schemes and the federations.
    alone: bool = True


class Cited(NamedTuple):
    """A file that names sources: a chamber, a federation or a scheme."""

    path: str
    record: LoadedChamber | Federation | Scheme
    sources: Mapping[str, Source]


@dataclass(frozen=True)
class Context:
    """Everything read, the day to judge by, and the vocabularies by code."""

    loaded: Loaded
    as_of: date
    regions: Mapping[str, Region]
    industries: Mapping[str, Industry]
    #: The federations and schemes that are judged too, not only looked up; none in a share of the chambers.
    federations: Mapping[str, Federation]
    schemes: Mapping[str, Scheme]
    tombstones: Mapping[str, Tombstone]

    @classmethod
    def of(cls, loaded: Loaded, as_of: date) -> Context:
        """Build the indexes once."""
        vocabulary = loaded.vocabulary
        return cls(
            loaded,
            as_of,
            {region.code: region for region in vocabulary.regions},
            {industry.code: industry for industry in vocabulary.industries},
            loaded.federations,
            loaded.schemes,
            loaded.tombstones,
        )

    def share(self, chambers: Iterable[LoadedChamber]) -> Context:
        """For some of the chambers and nothing else: what the rules that judge each alone need."""
        mine = replace(self.loaded, chambers={loaded.slug: loaded for loaded in chambers})
        return replace(self, loaded=mine, federations={}, schemes={}, tombstones={})

    def rest(self) -> Context:
        """For everything but the chambers."""
        return replace(self, loaded=replace(self.loaded, chambers={}))

    @property
    def chambers(self) -> Iterable[LoadedChamber]:
        return self.loaded.chambers.values()

    @cached_property
    def rated(self) -> tuple[Rated, ...]:
        """See `ratings_of`; a dozen rules ask for them."""
        return tuple(_rated(self))

    def at(self, path: str, *loc: str | int, key: bool = False) -> Place:
        """The place of a value (or its key) in a file."""
        return self.loaded.place(path, loc, key=key)

    def fix(self, place: Place, old: str, new: str) -> Fix | None:
        """The correction of a value that is written on the line of `place`, quotes around it staying."""
        line = self._line(place)
        start = line.find(old, max(place.column - 1 - len(old), 0))
        return Fix(start + 1, len(old), new) if start >= 0 else None

    def inside(self, place: Place, text: str, offset: int) -> Place:
        """The place of one character of a value that is written on one line; else of the value."""
        start = self._line(place).find(text, place.column - 1)
        return replace(place, column=start + offset + 1) if start >= 0 else place

    def _line(self, place: Place) -> str:
        """The line of a place; empty when the file has changed meanwhile and has no such line."""
        return next(iter(self.loaded.files[place.path].split("\n")[place.line - 1 : place.line]), "")

    def lists_read(self, *names: str) -> bool:
        """Whether vocabularies could be read; else every word would seem unknown."""
        return not any(f"{VOCABULARY}/{name}.yml" in self.loaded.unread for name in names)

    def exists(self, path: str) -> bool:
        """Whether a file is there, even one that could not be read."""
        return path in self.loaded.files

    def files(self) -> Iterator[Cited]:
        """Every file with sources, in order of path."""
        for chamber in self.chambers:
            yield Cited(chamber.path, chamber, chamber.chamber.sources)
        for slug, federation in self.federations.items():
            yield Cited(federation_path(slug), federation, federation.sources)
        for slug, scheme in self.schemes.items():
            yield Cited(scheme_path(slug), scheme, scheme.sources)


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating whose scheme and level are known, with its chamber and its place in the list."""

    path: str
    chamber: Chamber
    index: int
    rating: Rating
    scheme: Scheme
    level: SchemeLevel

    def at(self, ctx: Context, field: str) -> Place:
        """The place of one of its fields."""
        return ctx.at(self.path, "ratings", self.index, field)


def ratings_of(ctx: Context) -> tuple[Rated, ...]:
    """Every rating that can be compared with its scheme; the others have their own rules."""
    return ctx.rated


def _rated(ctx: Context) -> Iterator[Rated]:
    for loaded in ctx.chambers:
        for index, rating in enumerate(loaded.chamber.ratings):
            scheme = ctx.loaded.schemes.get(rating.scheme)
            for level in scheme.levels if scheme else ():
                if scheme and level.id == rating.level:
                    yield Rated(loaded.path, loaded.chamber, index, rating, scheme, level)
                    break


def doubted(chamber: Chamber, *fields: str) -> bool:
    """Whether the record itself says that one of the fields is in doubt; then a reminder would tell nothing new."""
    return any(doubt.about in fields for doubt in chamber.doubts)


def federation_path(slug: str) -> str:
    """The file of a federation."""
    return f"chambers/{slug}/federation.yml"


def meant_chamber(ctx: Context, slug: str) -> Message | None:
    """The chambers whose ids are nearest to one that nobody has; None when none is near."""
    near = nearest(slug, ctx.loaded.chambers)
    names = tuple(f"{one}（{shown(ctx.loaded.chambers[one].chamber.name)}）" for one in near)
    return Message(N_("是不是 {choices}"), {"choices": names}) if names else None


def tombstone_path(slug: str) -> str:
    """The file of what stays of a record."""
    return f"chambers/_tombstones/{slug}.yml"


def scheme_path(slug: str) -> str:
    """The file of a scheme."""
    return f"chambers/_schemes/{slug}.yml"


def positions(items: Iterable[str]) -> Iterator[tuple[int, str, int]]:
    """Each item that stood before: its index, itself, the index of the first."""
    first: dict[str, int] = {}
    for index, item in enumerate(items):
        if item in first:
            yield index, item, first[item]
        else:
            first[item] = index
