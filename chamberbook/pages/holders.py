"""Who holds the levels of a scheme, by what the award is worth on the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from chamberbook.awards import Award, AwardState
from chamberbook.derive import ChamberEntry, Directory
from chamberbook.pages.links import Counted
from chamberbook.pages.views import RatingView, level_view, rating_view, short_place_of
from chamberbook.records import Scheme

#: The order of the parts of a level's page.
STATES: tuple[AwardState, ...] = (
    "in_force", "expiring", "expired", "superseded", "undated", "by_period", "revoked",
)  # fmt: skip
#: The parts of a scheme's list of holders.
PARTS: tuple[tuple[Literal["now", "expiring", "past", "other"], tuple[AwardState, ...]], ...] = (
    ("now", ("in_force",)),
    ("expiring", ("expiring",)),
    ("past", ("expired", "superseded", "revoked")),
    ("other", ("by_period", "undated")),
)
#: Holders that a part of a scheme's page names; the pages of the levels name all.
NAMED = 10


@dataclass(frozen=True, slots=True)
class Holder:
    """A chamber that holds a level, with the award that counts."""

    name: str
    url: str
    place: str
    view: RatingView
    awarded_by: str | None


@dataclass(frozen=True, slots=True)
class StateGroup:
    """The holders in one state; `total` counts all of them, `holders` are those of this page."""

    state: AwardState
    total: int
    holders: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class SchemePart:
    """The holders of a scheme's levels in one part. Where not all are named, `levels` lead to the lists that do."""

    part: Literal["now", "expiring", "past", "other"]
    total: int
    holders: tuple[Holder, ...]
    levels: tuple[Counted, ...]


def best_awards(scheme_id: str, level_id: str, directory: Directory) -> list[tuple[ChamberEntry, Award]]:
    """Each chamber that ever got a level, once, with the award of it that counts most today."""
    return [
        (entry, next(a for a in entry.awards if (a.scheme_id, a.level.id) == (scheme_id, level_id)))
        for entry in directory.by_level.get((scheme_id, level_id), ())
    ]


def used_states(id_: str, scheme: Scheme, directory: Directory) -> tuple[AwardState, ...]:
    """The states that occur among the holders of a scheme, in the order of the page."""
    used = {award.state for level in scheme.levels for _entry, award in best_awards(id_, level.id, directory)}
    return tuple(state for state in STATES if state in used)


def state_groups(
    awards: Sequence[tuple[ChamberEntry, Award]], totals: Mapping[AwardState, int], directory: Directory
) -> Iterator[StateGroup]:
    """The holders of one page, cut where the state changes."""
    for state, group in groupby(awards, lambda one: one[1].state):
        holders = tuple(_holder(entry, award, directory) for entry, award in group)
        yield StateGroup(state, totals[state], holders)


def scheme_groups(id_: str, scheme: Scheme, directory: Directory) -> Iterator[SchemePart]:
    """The holders of all levels, highest level first; a chamber stands once for each level that it got."""
    levels = sorted(scheme.levels, key=lambda level: (-level.rank, level.id))
    awards = [one for level in levels for one in best_awards(id_, level.id, directory)]
    for part, states in PARTS:
        found = sorted(
            (one for one in awards if one[1].state in states), key=lambda one: states.index(one[1].state)
        )
        counts = Counter(award.level.id for _entry, award in found)
        if found:
            yield SchemePart(
                part,
                len(found),
                tuple(_holder(entry, award, directory) for entry, award in found[:NAMED]),
                tuple(
                    Counted(level.label, level_view(level, id_).url, counts[level.id])
                    for level in levels
                    if counts[level.id] and len(found) > NAMED
                ),
            )


def _holder(entry: ChamberEntry, award: Award, directory: Directory) -> Holder:
    return Holder(
        name=entry.chamber.name,
        url=entry.url,
        place=short_place_of(entry.place),
        view=rating_view(award, directory.as_of),
        awarded_by=award.rating.awarded_by,
    )
