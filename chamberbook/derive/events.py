"""What happened, in order of time: what the commits brought and what the calendar did, by where and to whom it happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from chamberbook.awards import EXPIRING_DAYS, Award
from chamberbook.cache import digest
from chamberbook.derive.model import ChamberEntry, Events
from chamberbook.history import Event, Facts, History

#: A day of the directory begins in Beijing.
_BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Keys:
    """Under what a chamber's events are found: the codes of its region's chain, its industries, its federation."""

    regions: Sequence[str]
    industries: Sequence[str]
    federation: str


def derive_events(
    history: History,
    entries: Sequence[ChamberEntry],
    keys_of: Callable[[Event], Keys],
    known: Callable[[str, str], bool],
) -> Events:
    """Every event, newest first, with its indexes; nothing when the past is not known.

    `known` tells which keys have a page: an event of a place that has none is under no key of that kind.
    """
    if history.missing or not history.created:
        return Events()
    found = [*history.events, *(event for entry in entries for event in _calendar(entry))]
    # The sort is stable: of one moment the later commit comes first.
    found.sort(key=_when, reverse=True)
    indexes: dict[str, defaultdict[str, list[Event]]] = {
        kind: defaultdict(list) for kind in ("region", "industry", "federation")
    }
    for event in found:
        keys = keys_of(event)
        for kind, some in (
            ("region", keys.regions),
            ("industry", keys.industries),
            ("federation", (keys.federation,)),
        ):
            for key in some:
                if known(kind, key):
                    indexes[kind][key].append(event)
    return Events(
        tuple(found), _frozen(indexes["region"]), _frozen(indexes["industry"]), _frozen(indexes["federation"])
    )


def _when(event: Event) -> datetime:
    assert event.when is not None
    return event.when


def _frozen(index: Mapping[str, Iterable[Event]]) -> dict[str, tuple[Event, ...]]:
    return {key: tuple(index[key]) for key in sorted(index)}


def _calendar(entry: ChamberEntry) -> Iterator[Event]:
    """Levels that ended or soon will while the record was in the directory; of what was over before, nothing happened."""
    if entry.created is None:
        return
    for award in entry.awards:
        if award.ends is None:
            continue
        if award.state == "expired" and award.ends >= entry.created:
            yield _ended(entry, award, award.ends + timedelta(days=1))
        elif award.state == "expiring":
            yield _ended(entry, award, max(award.ends - timedelta(days=EXPIRING_DAYS), entry.created))


def _ended(entry: ChamberEntry, award: Award, day: date) -> Event:
    assert award.ends is not None
    facts: Facts = {"scheme": award.scheme_id, "level": award.level.id, "ends": award.ends.isoformat()}
    return Event(
        "level_expired" if award.state == "expired" else "level_expiring",
        entry.slug,
        facts,
        (),
        entry.federation_id,
        entry.chamber.region or "",
        entry.chamber.industries,
        datetime.combine(day, time(), _BEIJING),
    )


def events_digest(events: Iterable[Event]) -> bytes:
    """Stands for some events in their order."""
    return digest(*(f"{event.when} {event.id}" for event in events))
