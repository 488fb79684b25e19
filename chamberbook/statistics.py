"""What the records add up to: levels and where they are, founding years, how complete the records are and how old.

The numbers alone, for the page and for the tables that go with its charts. What is a count of one index of `Directory`
(regions, industries, kinds, topics) is read off there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from chamberbook.awards import AwardState
from chamberbook.derive import ChamberEntry, Directory
from chamberbook.problems import Translate
from chamberbook.records import Scheme, SchemeLevel

#: The states of an award in the order in which tables have them.
STATES: Final[tuple[AwardState, ...]] = (
    "in_force", "expiring", "by_period", "undated", "expired", "superseded", "revoked",
)  # fmt: skip
#: What a record may tell, and whether one does. What every record has (name, kind, region, a source) is not asked.
FACTS: Final[Mapping[str, Callable[[ChamberEntry], bool]]] = {
    "founded": lambda e: e.chamber.founded is not None,
    "industries": lambda e: bool(e.industries),
    "members": lambda e: bool(e.chamber.members),
    "uscc": lambda e: e.chamber.uscc is not None,
    "address": lambda e: e.chamber.contact.address is not None,
    "phone": lambda e: e.chamber.contact.phone is not None,
    "online": lambda e: bool(e.chamber.contact.website or e.chamber.contact.wechat),
    "status": lambda e: e.chamber.status != "unknown",
    "ratings": lambda e: bool(e.awards),
    "charters": lambda e: bool(e.charters),
    "charter_text": lambda e: any(charter.text is not None for charter in e.charters),
    "activities": lambda e: bool(e.chamber.activities),
    "dated_source": lambda e: newest_source(e) is not None,
    "linked_source": lambda e: any(source.url for source in e.chamber.sources.values()),
    "verified": lambda e: e.chamber.verified is not None,
}


def fact_titles(_: Translate) -> dict[str, str]:
    """What a person calls each of `FACTS`, in their order."""
    return {
        "founded": _("成立时间"),
        "industries": _("行业代码"),
        "members": _("会员规模"),
        "uscc": _("统一社会信用代码"),
        "address": _("地址"),
        "phone": _("办公电话"),
        "online": _("网站或公众号"),
        "status": _("现在的状态"),
        "ratings": _("等级与称号"),
        "charters": _("行规行约"),
        "charter_text": _("公约全文"),
        "activities": _("活动与服务"),
        "dated_source": _("有日期的来源"),
        "linked_source": _("附网址的来源"),
        "verified": _("核对到哪一天"),
    }


@dataclass(frozen=True, slots=True)
class LevelCount:
    """A level of a scheme: its chambers by the state of their best award of it, in the order of `STATES`."""

    scheme_id: str
    level_id: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class PlaceLevel:
    """A level in a province: the chambers that hold it today, and all that ever got it."""

    scheme_id: str
    level_id: str
    holding: int
    total: int


@dataclass(frozen=True, slots=True)
class RatedPlace:
    """A province (`code`; empty for national chambers): the chambers with any award, and those of them that hold one.

    The levels of different schemes are counted side by side and never added up.
    """

    code: str
    holding: int
    total: int
    levels: tuple[PlaceLevel, ...]


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of some chambers have each of `FACTS`, in their order."""

    chambers: int
    counts: tuple[int, ...]

    @property
    def mean(self) -> float:
        """Facts that a record has on average, to a tenth."""
        return round(sum(self.counts) / self.chambers, 1) if self.chambers else 0.0


@dataclass(frozen=True, slots=True)
class Statistics:
    """The numbers of the whole directory. Years map to chambers, in order; chambers without a date are in none.

    `places` has the provinces with most rated chambers first, `by_place` those with most chambers, national chambers
    (an empty code) last in both. `changed` is empty where the history of the records is not known for certain.
    """

    levels: tuple[LevelCount, ...]
    places: tuple[RatedPlace, ...]
    founded: Mapping[int, int]
    verified: Mapping[int, int]
    sourced: Mapping[int, int]
    changed: Mapping[int, int]
    complete: Completeness
    by_place: Mapping[str, Completeness]
    stale: int


def statistics(directory: Directory) -> Statistics:
    """Count everything, each chamber a fixed number of times."""
    chambers = directory.chambers
    by_place: dict[str, list[ChamberEntry]] = {}
    for entry in chambers:
        by_place.setdefault(_province(entry), []).append(entry)
    order = sorted(by_place, key=lambda code: (not code, -len(by_place[code]), code))
    return Statistics(
        levels=_levels(chambers),
        places=_rated_places(by_place),
        founded=_years(e.chamber.founded.year for e in chambers if e.chamber.founded),
        verified=_years(e.chamber.verified.year for e in chambers if e.chamber.verified),
        sourced=_years(year for e in chambers if (year := newest_source(e)) is not None),
        changed=_years(e.changed.year for e in chambers if e.changed),
        complete=_completeness(chambers),
        by_place={code: _completeness(by_place[code]) for code in order},
        stale=sum(entry.stale for entry in chambers),
    )


def newest_source(entry: ChamberEntry) -> int | None:
    """The year of the newest of its sources that has a date."""
    return max((s.date.year for s in entry.chamber.sources.values() if s.date), default=None)


def level_of(directory: Directory, scheme_id: str, level_id: str) -> tuple[Scheme, SchemeLevel]:
    """A level with its scheme."""
    scheme = directory.schemes[scheme_id]
    return scheme, next(level for level in scheme.levels if level.id == level_id)


def _province(entry: ChamberEntry) -> str:
    return entry.place.chain[0].code if entry.place.chain else ""


def _levels(chambers: Iterable[ChamberEntry]) -> tuple[LevelCount, ...]:
    """Most chambers first; each counts once for a level, with its award that holds or is newest."""
    found: dict[tuple[str, str], Counter[AwardState]] = {}
    for entry in chambers:
        seen: set[tuple[str, str]] = set()
        for award in entry.awards:
            key = award.scheme_id, award.level.id
            if key not in seen:
                seen.add(key)
                found.setdefault(key, Counter())[award.state] += 1
    rows = (LevelCount(*key, tuple(states[state] for state in STATES)) for key, states in found.items())
    return tuple(sorted(rows, key=lambda row: (-row.total, row.scheme_id, row.level_id)))


def _rated_places(by_place: Mapping[str, list[ChamberEntry]]) -> tuple[RatedPlace, ...]:
    rated = {code: [e for e in entries if e.awards] for code, entries in by_place.items()}
    places = (_rated_place(code, entries) for code, entries in rated.items() if entries)
    return tuple(sorted(places, key=lambda place: (not place.code, -place.total, place.code)))


def _rated_place(code: str, entries: list[ChamberEntry]) -> RatedPlace:
    held: Counter[tuple[str, str]] = Counter()
    ever: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        ever.update({(award.scheme_id, award.level.id) for award in entry.awards})
        held.update({(award.scheme_id, award.level.id) for award in entry.awards if award.holds})
    return RatedPlace(
        code,
        sum(any(award.holds for award in entry.awards) for entry in entries),
        len(entries),
        tuple(PlaceLevel(*key, held[key], ever[key]) for key in sorted(ever)),
    )


def _completeness(entries: Iterable[ChamberEntry]) -> Completeness:
    entries = tuple(entries)
    return Completeness(len(entries), tuple(sum(map(has, entries)) for has in FACTS.values()))


def _years(years: Iterable[int]) -> dict[int, int]:
    return dict(sorted(Counter(years).items()))
