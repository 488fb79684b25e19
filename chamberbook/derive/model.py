"""What follows from the records: the entries, and the directory with its indexes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from chamberbook.awards import Award
from chamberbook.cache import digest
from chamberbook.history import Event, History
from chamberbook.records import (
    Chamber,
    Charter,
    Federation,
    Industry,
    KindTerm,
    Region,
    Scheme,
    Term,
    Tombstone,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A region and what it lies in. `region` is the most precise one known; all None for a national chamber."""

    region: Region | None = None
    province: Region | None = None
    prefecture: Region | None = None
    county: Region | None = None

    @property
    def chain(self) -> tuple[Region, ...]:
        """From the province down."""
        return tuple(r for r in (self.province, self.prefecture, self.county) if r is not None)


@dataclass(frozen=True, slots=True)
class CharterEntry:
    """A charter with its chamber, vocabulary terms, address and full text (None when not held)."""

    slug: str
    chamber: Chamber
    place: Place
    industries: tuple[Industry, ...]
    charter: Charter
    type: Term
    topics: tuple[Term, ...]
    text: str | None

    @property
    def url(self) -> str:
        return f"charters/{self.slug}/{self.charter.id}/"


@dataclass(frozen=True, slots=True)
class ChamberEntry:
    """A chamber with everything that follows from its record."""

    slug: str
    path: str
    federation_id: str
    chamber: Chamber
    kind: KindTerm
    place: Place
    industries: tuple[Industry, ...]
    awards: tuple[Award, ...]
    charters: tuple[CharterEntry, ...]
    pinyin: tuple[str, ...]
    stale: bool
    #: Stands for the record, the texts of its charters, where they lie, and the two days.
    digest: bytes
    #: Since when the record is in the directory, and when it last changed; None where that is not known for certain.
    created: date | None = None
    changed: date | None = None
    #: How the name is read, for pages in a language that does not read its characters; else empty.
    reading: str = ""

    @property
    def url(self) -> str:
        return f"chambers/{self.slug}/"


@dataclass(frozen=True, slots=True)
class FederationEntry:
    """A federation with its place, its parent federation and the federations below it."""

    id: str
    federation: Federation
    place: Place
    parent: str | None
    children: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"federations/{self.id}/"


@dataclass(frozen=True, slots=True)
class TombstoneEntry:
    """What stays of a removed record: its slug, its file, and the record that took its place, if any."""

    slug: str
    path: str
    tombstone: Tombstone
    successor: ChamberEntry | None

    @property
    def url(self) -> str:
        return f"chambers/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of the whole directory; `sources` counts distinct sources by title, publisher and address."""

    chambers: int
    charters: int
    provinces: int
    sources: int
    federations: int
    founded: int
    rated: int


@dataclass(frozen=True, slots=True)
class Events:
    """What happened, newest first, all of it and by region (its whole chain), industry and federation."""

    all: tuple[Event, ...] = ()
    by_region: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    by_industry: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    by_federation: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Directory:
    """All records with their indexes. Every index holds only keys that have at least one entry."""

    as_of: date
    chambers: tuple[ChamberEntry, ...]
    charters: tuple[CharterEntry, ...]
    federations: Mapping[str, FederationEntry]
    schemes: Mapping[str, Scheme]
    regions: Mapping[str, Region]
    retired_regions: Mapping[str, Region]
    industries: Mapping[str, Industry]
    kinds: Mapping[str, KindTerm]
    topics: Mapping[str, Term]
    charter_types: Mapping[str, Term]
    activity_topics: Mapping[str, Term]
    by_slug: Mapping[str, ChamberEntry]
    by_region: Mapping[str, tuple[ChamberEntry, ...]]
    by_industry: Mapping[str, tuple[ChamberEntry, ...]]
    by_region_industry: Mapping[tuple[str, str], tuple[ChamberEntry, ...]]
    by_kind: Mapping[str, tuple[ChamberEntry, ...]]
    by_federation: Mapping[str, tuple[ChamberEntry, ...]]
    by_scheme: Mapping[str, tuple[ChamberEntry, ...]]
    by_level: Mapping[tuple[str, str], tuple[ChamberEntry, ...]]
    national: tuple[ChamberEntry, ...]
    charters_by_topic: Mapping[str, tuple[CharterEntry, ...]]
    charters_by_type: Mapping[str, tuple[CharterEntry, ...]]
    charters_by_industry: Mapping[str, tuple[CharterEntry, ...]]
    redirects: Mapping[str, str]
    tombstones: tuple[TombstoneEntry, ...]
    totals: Totals
    history: History
    events: Events
    #: Stands for everything but the chambers and the history: the vocabularies, schemes, federations, tombstones.
    digest: bytes
    #: What this is a view of in another language; its words are what records write.
    source: Directory | None = None

    def all_digest(self) -> bytes:
        """Stands for the whole directory."""
        day = self.as_of.isoformat()
        return digest(self.digest, day, self.history.digest, *(entry.digest for entry in self.chambers))

    def day_on(self, entries: Iterable[ChamberEntry]) -> str:
        """What of the day shows on a page that shows these chambers: all of it beside an award, which holds or has ended;
        elsewhere the year alone, by which material is old.
        """
        return self.as_of.isoformat() if any(entry.awards for entry in entries) else f"{self.as_of.year}"
