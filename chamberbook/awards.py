"""What a rating is worth on a day: its end, its state, the history of a chamber, how long a level was held.

The day is an argument and the only clock. A record often tells no more than the month or the year of an award; then
its end is the last day on which it can end, and the award says so.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from chamberbook.records import Rating, Scheme, SchemeLevel

#: The notice period before an award ends; issue of the field: federations renew in the last quarter.
EXPIRING_DAYS = 90

AwardState = Literal["in_force", "expiring", "expired", "superseded", "revoked", "undated", "by_period"]
#: In lists the awards that hold today come first.
_STATE_ORDER: tuple[AwardState, ...] = (
    "in_force", "expiring", "by_period", "undated", "expired", "superseded", "revoked",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class End:
    """The last day of an award. `stated`: the record gives it itself. `latest`: it is the last possible one,
    because what it follows from is only known to the month or the year.
    """

    day: date
    stated: bool
    latest: bool


@dataclass(frozen=True, slots=True)
class Award:
    """A rating with its scheme and level, and what they mean on the as-of date.

    `ends` is the last day on which it holds, None when that cannot be told; see `End` for `ends_stated` and
    `ends_latest`.
    """

    rating: Rating
    scheme_id: str
    scheme: Scheme
    level: SchemeLevel
    state: AwardState
    ends: date | None
    ends_stated: bool
    ends_latest: bool

    @property
    def holds(self) -> bool:
        """Whether the level holds on the as-of date; awards by period never do by themselves."""
        return self.state in ("in_force", "expiring")


@dataclass(frozen=True, slots=True)
class Held:
    """How long a level had been held without a gap: since when, in full calendar years and in days."""

    since: date | None = None
    years: int = 0
    days: int = 0


def derive_awards(ratings: Iterable[Rating], schemes: Mapping[str, Scheme], as_of: date) -> tuple[Award, ...]:
    """The awards of one chamber: those that hold first, then the newest; see `award_state` for the states.

    An award that a later one of the same scheme replaced before its end stays superseded for good.
    """
    ratings = tuple(ratings)
    awards = []
    for rating in ratings:
        scheme = schemes[rating.scheme]
        end = award_end(rating, scheme)
        state = award_state(rating, scheme, end, as_of)
        if state not in ("revoked", "by_period") and _is_replaced(rating, end, ratings, as_of):
            state = "superseded"
        day, stated, latest = (end.day, end.stated, end.latest) if end else (None, False, False)
        awards.append(
            Award(rating, rating.scheme, scheme, level_of(rating, scheme), state, day, stated, latest)
        )
    return tuple(sorted(awards, key=_award_order))


def level_of(rating: Rating, scheme: Scheme) -> SchemeLevel:
    """The level that a rating names. StopIteration means that check let a mistake by."""
    return next(level for level in scheme.levels if level.id == rating.level)


def award_end(rating: Rating, scheme: Scheme) -> End | None:
    """The last day on which an award can hold: the date on the certificate, else what the scheme allows."""
    if rating.valid_until is not None:
        return End(rating.valid_until.last_day, True, rating.valid_until.day is None)
    return allowed_end(rating, scheme)


def allowed_end(rating: Rating, scheme: Scheme) -> End | None:
    """The end that the scheme sets: a fixed day, or award date + validity; what a level says goes before the scheme.

    A date known only to the month or the year counts to its last day, so the result is the last possible day.
    29 February plus N years is 28 February where the year has no 29th.
    """
    level = level_of(rating, scheme)
    fixed = level.valid_until or (None if level.validity_years else scheme.valid_until)
    if fixed is not None:
        return End(fixed.last_day, False, fixed.day is None)
    years = level.validity_years or scheme.validity_years
    if rating.awarded is None or years is None:
        return None
    if scheme.ends_on is not None:
        month, day = (int(part) for part in scheme.ends_on.split("-"))
        return End(_on(rating.awarded.year + years, month, day), False, False)
    return End(plus_years(rating.awarded.last_day, years), False, rating.awarded.day is None)


def plus_years(day: date, years: int) -> date:
    """The same day of a later year; 29 February becomes the 28th where there is no 29th."""
    return _on(day.year + years, day.month, day.day)


def award_state(rating: Rating, scheme: Scheme, end: End | None, as_of: date) -> AwardState:
    """What an award is worth on a day, by its own dates alone (a later award may still supersede it).

    `by_period`: the scheme recognises by year or round and sets no term. `undated`: a term is set but no award
    date is known. `expiring`: ends within 90 days. An award holds through its last day.
    """
    if rating.revoked is not None and rating.revoked.first_day <= as_of:
        return "revoked"
    if end is None:
        return "undated" if level_of(rating, scheme).validity_years or scheme.validity_years else "by_period"
    if as_of > end.day:
        return "expired"
    return "expiring" if (end.day - as_of).days <= EXPIRING_DAYS else "in_force"


def history(awards: Iterable[Award]) -> tuple[Award, ...]:
    """The awards in order of time, the first one first; those without any date come last, as nobody can place them."""

    def key(award: Award) -> tuple[date, date, str, int]:
        first, last = when_awarded(award.rating) or (date.max, date.max)
        return last, first, award.scheme_id, award.level.rank

    return tuple(sorted(awards, key=key))


def when_awarded(rating: Rating) -> tuple[date, date] | None:
    """The first and the last day on which a rating can have been awarded; None when the record gives no date.

    The awards of a round are given in its last year or in the year after.
    """
    if rating.awarded is not None:
        return rating.awarded.first_day, rating.awarded.last_day
    if rating.period is not None:
        year = int(rating.period[-4:])
        return date(year, 1, 1), date(year + 1, 12, 31)
    return None


def held_for(
    awards: Iterable[Award], scheme_id: str, level_id: str, day: date, *, at_most: bool = False
) -> Held:
    """How long, up to a day, the awards show a level or a higher one of its scheme to have been held without a gap.

    Renewals join when one begins at the latest the day after the other ends. An award without an end shows nothing,
    and one that is replaced or revoked counts until the day before. A date known only to the month or the year counts
    from its last day, with `at_most` from its first: less and more than this the record cannot mean.
    """
    spells = sorted(_spells(awards, scheme_id, level_id, at_most=at_most))
    since, until = None, date.min
    for start, end in spells:
        if start > day:
            break
        if since is None or start > until + timedelta(days=1):
            since = start
        until = max(until, end)
    if since is None or until < day:
        return Held()
    years = day.year - since.year
    return Held(since, years - (plus_years(since, years) > day), (day - since).days)


def _spells(
    awards: Iterable[Award], scheme_id: str, level_id: str, *, at_most: bool
) -> Iterator[tuple[date, date]]:
    """From when to when each award that counts for the level was held; the first and the last day both count."""
    dated = []
    for award in awards:
        if award.scheme_id == scheme_id and award.rating.awarded and award.ends:
            start = award.rating.awarded.first_day if at_most else award.rating.awarded.last_day
            dated.append((start, award))
    dated.sort(key=lambda one: (one[0], one[1].level.rank))
    starts = [*(start for start, _ in dated[1:]), date.max]
    for (start, award), following in zip(dated, starts, strict=False):
        needed = next(level.rank for level in award.scheme.levels if level.id == level_id)
        end = min(award.ends or start, following - timedelta(days=1))
        if award.rating.revoked is not None:
            end = min(end, award.rating.revoked.first_day - timedelta(days=1))
        if award.level.rank >= needed and start <= end:
            yield start, end


def _on(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _is_replaced(rating: Rating, end: End | None, ratings: Iterable[Rating], as_of: date) -> bool:
    """Whether a later award of the same scheme came before this one had ended."""
    mine = when_awarded(rating)
    if mine is None:
        return False
    later = (other.awarded.first_day for other in ratings if other.scheme == rating.scheme and other.awarded)
    return any(mine[1] < day <= as_of and (end is None or day <= end.day) for day in later)


def _award_order(award: Award) -> tuple[int, int, str, str]:
    newest = award.rating.awarded.last_day.toordinal() if award.rating.awarded else 0
    if not newest and award.rating.period:
        newest = date(int(award.rating.period[-4:]), 12, 31).toordinal()
    return _STATE_ORDER.index(award.state), -newest, award.scheme_id, award.level.id
