"""The statistics: what the records add up to, every chart with the same figures as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Iterator as Iter
from dataclasses import dataclass

from chamberbook.awards import AwardState
from chamberbook.derive import Directory
from chamberbook.pages.charts import Bar, Columns, Part, bars, columns, share
from chamberbook.pages.facets import Outline, outline
from chamberbook.pages.levels_by_region import province_rows
from chamberbook.pages.links import counted_industry, counted_region, counted_topics
from chamberbook.pages.model import Page
from chamberbook.problems import Translate
from chamberbook.records import SchemeResult
from chamberbook.settings import Settings

#: Rows of the chart of ratings; the table under it has all of them.
CHARTED = 8
#: Rows of a bar chart beyond which the rest is one row.
ROWS = 12
#: Columns of the table of ratings, in the order of the states.
STATES: tuple[AwardState, ...] = (
    "in_force", "expiring", "by_period", "undated", "expired", "superseded", "revoked",
)  # fmt: skip
#: The four parts of a bar in the chart of ratings.
_PARTS: tuple[tuple[str, tuple[AwardState, ...]], ...] = (
    ("c5", ("in_force",)),
    ("c4", ("expiring",)),
    ("c3", ("by_period",)),
    ("cx", ("undated", "expired", "superseded", "revoked")),
)


@dataclass(frozen=True, slots=True)
class RatingRow:
    """A level of a scheme: how many chambers have it, by the state of their best award of that level."""

    label: str
    url: str
    counts: tuple[int, ...]
    total: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Totals that a scheme published without naming anybody; they are in no chart."""

    scheme: str
    url: str
    results: tuple[str, ...]


def pages(directory: Directory, _settings: Settings, _: Translate) -> Iter[Page]:
    """One page."""
    plan = outline(directory)
    ratings = _ratings(directory)
    charted = ratings[:CHARTED]
    yield Page(
        url="stats/",
        title=_("统计"),
        description=_("名录里的商会、等级与称号、行业、成立年份、地区和公约主题，每张图都附表格。"),
        template="stats.html",
        data={
            "totals": directory.totals,
            "as_of": directory.as_of,
            "ratings": ratings,
            "charted": charted,
            "uncharted": (len(ratings) - len(charted), sum(row.total for row in ratings[CHARTED:])),
            "unlisted": _unlisted(directory, _),
            **_by_region(directory),
            "industries": _sections(directory, plan, _),
            "without_industry": sum(not entry.industries for entry in directory.chambers),
            "founded": _founded(directory),
            "kinds": _kinds(directory),
            "regions": _provinces(directory, plan, _),
            "national": len(directory.national),
            "topics": _topics(directory),
            "with_charters": len({charter.slug for charter in directory.charters}),
            "more_topics": max(0, len(directory.charters_by_topic) - ROWS),
            "ages": columns(
                _years(e.chamber.verified.year for e in directory.chambers if e.chamber.verified)
            ),
            "undated": sum(entry.chamber.verified is None for entry in directory.chambers),
            "stale": sum(entry.stale for entry in directory.chambers),
        },
        tab="stats",
    )


def _ratings(directory: Directory) -> tuple[RatingRow, ...]:
    """Rows by number of chambers; each chamber counts once in a row, with its award that holds or is newest."""
    found: dict[tuple[str, str], Counter[AwardState]] = {}
    for entry in directory.chambers:
        seen: set[tuple[str, str]] = set()
        for award in entry.awards:
            key = award.scheme_id, award.level.id
            if key not in seen:
                seen.add(key)
                found.setdefault(key, Counter())[award.state] += 1
    largest = max((sum(states.values()) for states in found.values()), default=0)
    keys = sorted(found, key=lambda key: (-sum(found[key].values()), key))
    return tuple(_rating_row(directory, key, found[key], largest) for key in keys)


def _rating_row(
    directory: Directory, key: tuple[str, str], states: Mapping[AwardState, int], largest: int
) -> RatingRow:
    scheme = directory.schemes[key[0]]
    level = next(level for level in scheme.levels if level.id == key[1])
    single = len(scheme.levels) == 1
    drawn, left = [], 0.0
    for style, of in _PARTS:
        count = sum(states[state] for state in of if state in states)
        if count:
            width = share(count, largest)
            drawn.append(Part(style, count, left, width))
            left += width
    return RatingRow(
        label=scheme.short_name if single else f"{scheme.short_name} {level.label}",
        url=f"ratings/{key[0]}/" if single else f"ratings/{key[0]}/{key[1]}/",
        counts=tuple(states.get(state, 0) for state in STATES),
        total=sum(states.values()),
        parts=tuple(drawn),
    )


def _by_region(directory: Directory) -> dict[str, object]:
    rows = province_rows(directory)
    return {"rated_places": rows, "rated_national": sum(row.total for row in rows if row.place is None)}


def _unlisted(directory: Directory, _: Translate) -> tuple[Unlisted, ...]:
    found = []
    for id_, scheme in sorted(directory.schemes.items()):
        levels = {level.id: level.label for level in scheme.levels}
        results = tuple(
            _unlisted_text(result, levels[result.level], _)
            for result in scheme.results
            if not result.listed and result.level in levels and result.count is not None
        )
        if results:
            found.append(Unlisted(scheme.name, f"ratings/{id_}/", results))
    return tuple(found)


def _unlisted_text(result: SchemeResult, level: str, _: Translate) -> str:
    """五星级 30家（两年累计）."""
    told = _("{level} {n}{unit}").format(level=level, n=result.count, unit=result.unit)
    period = result.period.replace("-", "–") if result.period else ""
    notes = "，".join(part for part in (period, result.scope) if part)
    return _("{text}（{notes}）").format(text=told, notes=notes) if notes else told


def _sections(directory: Directory, plan: Outline, _: Translate) -> tuple[Bar, ...]:
    counted = (counted_industry(directory, section) for section in plan.industries.get("", ()))
    return bars(((c.title, c.url, c.count) for c in counted), ROWS, _)


def _provinces(directory: Directory, plan: Outline, _: Translate) -> tuple[Bar, ...]:
    counted = (counted_region(directory, region) for region in plan.regions.get("", ()))
    return bars(((c.title, c.url, c.count) for c in counted), ROWS, _)


def _topics(directory: Directory) -> tuple[Bar, ...]:
    """The most frequent ones only: a charter has several topics, so the rest does not add up to a number."""
    return bars((c.title, c.url, c.count) for c in counted_topics(directory)[:ROWS])


def _kinds(directory: Directory) -> tuple[Bar, ...]:
    found = sorted(directory.by_kind, key=lambda id_: (-len(directory.by_kind[id_]), id_))
    return bars((directory.kinds[id_].title, f"kinds/{id_}/", len(directory.by_kind[id_])) for id_ in found)


def _founded(directory: Directory) -> Columns | None:
    return columns(
        _years(entry.chamber.founded.year for entry in directory.chambers if entry.chamber.founded)
    )


def _years(years: Iterable[int]) -> dict[int, int]:
    return dict(sorted(Counter(years).items()))
