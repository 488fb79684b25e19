"""Records and an as-of date -> `Directory`: what follows from the records, and every index, built once.

Nothing here reads a clock, a file or a template. The sort order of every tuple is fixed: chambers by the
pinyin of their name (then name, then slug), so that two builds give the same lists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from chamberbook.awards import derive_awards
from chamberbook.cache import digest
from chamberbook.derive.events import Keys, derive_events
from chamberbook.derive.model import (
    ChamberEntry,
    CharterEntry,
    Directory,
    Events,
    FederationEntry,
    Place,
    TombstoneEntry,
    Totals,
)
from chamberbook.history import Days, Event, History
from chamberbook.load import Loaded, LoadedChamber
from chamberbook.nearest import syllables
from chamberbook.records import (
    Chamber,
    Federation,
    Industry,
    KindTerm,
    PartialDate,
    Region,
    Scheme,
    Term,
    Tombstone,
    Vocabulary,
)

#: A record whose newest checked material is older than this is shown as "not verified lately".
STALE_YEARS = 5

#: Nothing is known of the past.
_UNTOLD = History()

T = TypeVar("T")


def directory(
    loaded: Loaded, as_of: date, before: Directory | None = None, history: History = _UNTOLD
) -> Directory:
    """Work out everything that follows from checked records on a day. KeyError means that check let a mistake by.
    Entries are taken from the directory of `before` where nothing that they follow from has changed."""
    words, whole = loaded.vocabulary, _digest(loaded)
    same = before is not None and (before.digest, before.as_of) == (whole, as_of)
    terms, known = _Terms.of(words), before.by_slug if before and same else {}
    entries = _entries(loaded, terms, as_of, history, known)
    charters = tuple(charter for e in entries for charter in e.charters)
    return Directory(
        as_of=as_of,
        chambers=tuple(entries),
        federations=_federations(loaded.federations, terms.regions),
        schemes=loaded.schemes,
        regions=terms.regions,
        retired_regions={region.code: region for region in words.regions if region.retired is not None},
        industries=terms.industries,
        kinds=terms.kinds,
        topics={term.id: term for term in words.charter_topics},
        charter_types={term.id: term for term in words.charter_types},
        activity_topics={term.id: term for term in words.activity_topics},
        by_slug={e.slug: e for e in entries},
        by_region=_index(entries, lambda e: [r.code for r in e.place.chain]),
        by_industry=_index(entries, lambda e: industry_codes(e.industries)),
        by_region_industry=_index(entries, _region_industries),
        by_kind=_index(entries, lambda e: [e.kind.id]),
        by_federation=_index(entries, lambda e: [e.federation_id]),
        by_scheme=_index(entries, lambda e: [a.scheme_id for a in e.awards]),
        by_level=_index(entries, lambda e: [(a.scheme_id, a.level.id) for a in e.awards]),
        national=tuple(e for e in entries if e.place.region is None),
        **_charter_indexes(charters),
        redirects={old: e.slug for e in entries for old in e.chamber.former_slugs},
        tombstones=_tombstones(loaded.tombstones, {e.slug: e for e in entries}),
        totals=_totals(entries, charters, loaded),
        history=history,
        events=_events(history, entries, terms.regions, loaded.federations),
        digest=whole,
    )


def _events(
    history: History,
    entries: list[ChamberEntry],
    regions: Mapping[str, Region],
    federations: Mapping[str, Federation],
) -> Events:
    by_slug = {entry.slug: entry for entry in entries}
    lists = {
        "region": {region.code for entry in entries for region in entry.place.chain},
        "industry": {code for entry in entries for code in industry_codes(entry.industries)},
        "federation": federations.keys(),
    }

    def keys_of(event: Event) -> Keys:
        if entry := by_slug.get(event.slug):
            codes = [region.code for region in entry.place.chain]
            return Keys(codes, industry_codes(entry.industries), entry.federation_id)
        place = derive_place(event.region if event.region in regions else None, regions)
        trades = sorted({code for full in event.industries for code in (full[0], full)})
        return Keys([region.code for region in place.chain], trades, event.federation)

    return derive_events(history, entries, keys_of, lambda kind, key: key in lists[kind])


def _charter_indexes(charters: tuple[CharterEntry, ...]) -> dict[str, Any]:
    return {
        "charters": charters,
        "charters_by_topic": _index(charters, lambda c: [t.id for t in c.topics]),
        "charters_by_type": _index(charters, lambda c: [c.type.id]),
        "charters_by_industry": _index(charters, lambda c: industry_codes(c.industries)),
    }


@dataclass(frozen=True, slots=True)
class _Terms:
    """The vocabularies by what records write: codes, ids, and for charters the titles."""

    regions: Mapping[str, Region]
    industries: Mapping[str, Industry]
    kinds: Mapping[str, KindTerm]
    types: Mapping[str, Term]
    topics: Mapping[str, Term]

    @classmethod
    def of(cls, words: Vocabulary) -> _Terms:
        return cls(
            {region.code: region for region in words.regions if region.retired is None},
            {industry.code: industry for industry in words.industries},
            {kind.id: kind for kind in words.kinds},
            {term.title: term for term in words.charter_types},
            {term.title: term for term in words.charter_topics},
        )


def _entries(
    loaded: Loaded,
    terms: _Terms,
    as_of: date,
    history: History,
    known: Mapping[str, ChamberEntry],
) -> list[ChamberEntry]:
    found = (
        _known(one, history.days(one.slug), known)
        or _entry(one, loaded.schemes, terms, as_of, history.days(one.slug))
        for one in loaded.chambers.values()
    )
    return sorted(found, key=lambda e: (e.pinyin, e.chamber.name, e.slug))


def _known(one: LoadedChamber, days: Days, known: Mapping[str, ChamberEntry]) -> ChamberEntry | None:
    """The entry of before when the record is as it was then."""
    entry = known.get(one.slug)
    return entry if entry is not None and entry.digest == _own_digest(one, days) else None


def _entry(
    one: LoadedChamber, schemes: Mapping[str, Scheme], terms: _Terms, as_of: date, days: Days
) -> ChamberEntry:
    chamber = one.chamber
    place = derive_place(chamber.region, terms.regions)
    trades = tuple(terms.industries[code] for code in chamber.industries)
    return ChamberEntry(
        slug=one.slug,
        path=one.path,
        federation_id=one.federation,
        chamber=chamber,
        kind=terms.kinds[chamber.kind],
        place=place,
        industries=trades,
        awards=derive_awards(chamber.ratings, schemes, as_of),
        charters=tuple(
            CharterEntry(
                slug=one.slug,
                chamber=chamber,
                place=place,
                industries=trades,
                charter=charter,
                type=terms.types[charter.type],
                topics=tuple(terms.topics[topic] for topic in charter.topics),
                text=one.texts.get(charter.text) if charter.text else None,
            )
            for charter in chamber.charters
        ),
        pinyin=derive_pinyin(chamber.name),
        stale=is_stale(chamber.verified, as_of),
        digest=_own_digest(one, days),
        created=days[0],
        changed=days[1],
    )


def _tombstones(
    stones: Mapping[str, Tombstone], by_slug: Mapping[str, ChamberEntry]
) -> tuple[TombstoneEntry, ...]:
    return tuple(
        TombstoneEntry(
            slug,
            f"chambers/_tombstones/{slug}.yml",
            stone,
            by_slug[stone.successor] if stone.successor else None,
        )
        for slug, stone in sorted(stones.items())
    )


def _own_digest(one: LoadedChamber, days: Days) -> bytes:
    if one.digest:
        return digest(one.path, f"{days}", one.digest)
    texts = (part for text in one.texts.items() for part in text)
    return digest(one.path, f"{days}", one.chamber.model_dump_json(), *texts)


def _digest(loaded: Loaded) -> bytes:
    parts: list[bytes | str] = [loaded.vocabulary.model_dump_json()]
    for records in (loaded.schemes, loaded.federations, loaded.tombstones):
        for id_, record in records.items():
            parts += [id_, record.model_dump_json()]
    return digest(*parts)


def _region_industries(entry: ChamberEntry) -> list[tuple[str, str]]:
    codes = industry_codes(entry.industries)
    return [(r.code, code) for r in entry.place.chain for code in codes]


def derive_place(code: str | None, regions: Mapping[str, Region]) -> Place:
    """The chain from province down for a current code; an empty place for None (national)."""
    if code is None:
        return Place()
    found: dict[str, Region] = {}
    region: Region | None = regions[code]
    while region is not None:
        found[region.level] = region
        region = regions[region.parent] if region.parent else None
    return Place(regions[code], found.get("province"), found.get("prefecture"), found.get("county"))


def derive_pinyin(text: str) -> tuple[str, ...]:
    """Toneless syllables of the Han characters, other runs lower-cased; ü is v. The sort key of names."""
    return syllables(text)


def is_stale(verified: PartialDate | None, as_of: date) -> bool:
    """Whether nobody compared the record with material of the last five years (or no date is known)."""
    return verified is None or verified.last_day.year < as_of.year - STALE_YEARS


def industry_codes(industries: Iterable[Industry]) -> list[str]:
    """Sections and divisions, each once: C30 stands for C and C30."""
    return sorted({code for industry in industries for code in (industry.code[0], industry.code)})


def _federations(
    federations: Mapping[str, Federation], regions: Mapping[str, Region]
) -> dict[str, FederationEntry]:
    by_region = {f.region: id_ for id_, f in sorted(federations.items()) if f.region is not None}
    national = next((id_ for id_, f in sorted(federations.items()) if f.level == "national"), None)
    places = {id_: derive_place(f.region, regions) for id_, f in federations.items()}

    def parent(id_: str) -> str | None:
        above = [r.code for r in places[id_].chain][:-1]
        nearest = next((by_region[code] for code in reversed(above) if code in by_region), None)
        return nearest or (national if id_ != national else None)

    parents = {id_: parent(id_) for id_ in federations}
    return {
        id_: FederationEntry(
            id_,
            federation,
            places[id_],
            parents[id_],
            tuple(sorted(c for c, p in parents.items() if p == id_)),
        )
        for id_, federation in sorted(federations.items())
    }


def _totals(entries: list[ChamberEntry], charters: tuple[CharterEntry, ...], loaded: Loaded) -> Totals:
    records = [e.chamber for e in entries]
    cited: list[Chamber | Federation | Scheme] = [
        *records, *loaded.federations.values(), *loaded.schemes.values()
    ]  # fmt: skip
    sources = {(s.title, s.publisher, s.url) for record in cited for s in record.sources.values()}
    return Totals(
        chambers=len(entries),
        charters=len(charters),
        provinces=len({e.place.province.code for e in entries if e.place.province}),
        sources=len(sources),
        federations=len(loaded.federations),
        founded=sum(record.founded is not None for record in records),
        rated=sum(bool(record.ratings) for record in records),
    )


K = TypeVar("K")


def _index(entries: Iterable[T], keys: Callable[[T], Iterable[K]]) -> dict[K, tuple[T, ...]]:
    found: defaultdict[K, list[T]] = defaultdict(list)
    for entry in entries:
        for key in dict.fromkeys(keys(entry)):
            found[key].append(entry)
    return {key: tuple(found[key]) for key in sorted(found, key=repr)}
