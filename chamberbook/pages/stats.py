"""The statistics: what the records add up to, every chart with the same figures as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chamberbook.derive import Directory
from chamberbook.pages.charts import Bar, Part, bars, columns, share
from chamberbook.pages.facets import Outline, outline
from chamberbook.pages.levels_by_region import level_link, province_link, province_rows
from chamberbook.pages.links import Link, counted_industry, counted_region, counted_topics
from chamberbook.pages.model import Page
from chamberbook.problems import Translate
from chamberbook.records import SchemeResult
from chamberbook.settings import Settings
from chamberbook.statistics import STATES, LevelCount, Statistics, fact_titles, statistics

#: Where the tables of the charts lie as CSV, below the site.
TABLES = "data/v1/stats/"
#: Rows of the chart of ratings; the table under it has all of them.
CHARTED = 8
#: Rows of a bar chart beyond which the rest is one row.
ROWS = 12
#: The four parts of a bar in the chart of ratings.
_PARTS = (
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


@dataclass(frozen=True, slots=True)
class CompleteRow:
    """A province (None: national chambers): its chambers, how many have each fact, and how many facts each has."""

    place: Link | None
    chambers: int
    counts: tuple[int, ...]
    mean: float


def pages(directory: Directory, _settings: Settings, _: Translate) -> Iterator[Page]:
    """The charts on one page; what takes long tables on pages of its own."""
    found = statistics(directory)
    yield _overview(directory, found, _)
    yield Page(
        url="stats/levels/",
        title=_("各地的等级与称号"),
        description=_("各省（区、市）的商会得过哪些等级与称号，现在还有多少有效，逐项列出。"),
        template="stats_levels.html",
        dated=True,
        data={**_places(directory, found), "tables": TABLES, "as_of": directory.as_of},
        tab="stats",
    )
    yield Page(
        url="stats/completeness/",
        title=_("资料完整度"),
        description=_(
            "名录的资料有多全、有多新：每一项有多少家写了，各省（区、市）差在哪里，材料是哪一年的。"
        ),
        template="stats_completeness.html",
        dated=True,
        data={
            "totals": directory.totals,
            "tables": TABLES,
            "facts": _facts(found, _),
            "titles": tuple(fact_titles(_).values()),
            "mean": found.complete.mean,
            "places": _complete_rows(directory, found),
            "sourced": columns(found.sourced),
            "dated": sum(found.sourced.values()),
            "changed": columns(found.changed),
            "known": sum(found.changed.values()),
            "missing": directory.history.missing,
            **_ages(directory, found),
        },
        tab="stats",
    )


def _overview(directory: Directory, found: Statistics, _: Translate) -> Page:
    plan = outline(directory)
    ratings = _ratings(directory, found)
    return Page(
        url="stats/",
        title=_("统计"),
        description=_("名录里的商会、等级与称号、行业、成立年份、地区和公约主题，每张图都附表格。"),
        template="stats.html",
        dated=True,
        data={
            "totals": directory.totals,
            "tables": TABLES,
            "as_of": directory.as_of,
            "ratings": ratings,
            "charted": ratings[:CHARTED],
            "uncharted": (len(ratings[CHARTED:]), sum(row.total for row in ratings[CHARTED:])),
            "unlisted": _unlisted(directory, _),
            **_places(directory, found),
            "industries": _sections(directory, plan, _),
            "without_industry": sum(not entry.industries for entry in directory.chambers),
            "founded": columns(found.founded),
            "kinds": _kinds(directory),
            "regions": _provinces(directory, plan, _),
            "national": len(directory.national),
            "topics": _topics(directory),
            "with_charters": len({charter.slug for charter in directory.charters}),
            "more_topics": max(0, len(directory.charters_by_topic) - ROWS),
            **_ages(directory, found),
            "facts": _facts(found, _),
            "mean": found.complete.mean,
        },
        tab="stats",
    )


def _ages(directory: Directory, found: Statistics) -> dict[str, object]:
    verified = sum(found.verified.values())
    return {
        "ages": columns(found.verified),
        "undated": len(directory.chambers) - verified,
        "stale": found.stale,
    }


def _facts(found: Statistics, _: Translate) -> tuple[Bar, ...]:
    """How many chambers have each fact; a full bar is all of them."""
    whole = found.complete
    return tuple(
        Bar(title, None, count, share(count, whole.chambers))
        for title, count in zip(fact_titles(_).values(), whole.counts, strict=True)
    )


def _complete_rows(directory: Directory, found: Statistics) -> tuple[CompleteRow, ...]:
    return tuple(
        CompleteRow(province_link(directory, code), of.chambers, of.counts, of.mean)
        for code, of in found.by_place.items()
    )


def _ratings(directory: Directory, found: Statistics) -> tuple[RatingRow, ...]:
    """Rows by number of chambers; each chamber counts once in a row, with its award that holds or is newest."""
    largest = max((level.total for level in found.levels), default=0)
    return tuple(_rating_row(directory, level, largest) for level in found.levels)


def _rating_row(directory: Directory, level: LevelCount, largest: int) -> RatingRow:
    states = dict(zip(STATES, level.counts, strict=True))
    drawn, left = [], 0.0
    for style, of in _PARTS:
        count = sum(states[state] for state in STATES if state in of)
        if count:
            width = share(count, largest)
            drawn.append(Part(style, count, left, width))
            left += width
    link = level_link(directory, level.scheme_id, level.level_id)
    single = len(directory.schemes[level.scheme_id].levels) == 1
    return RatingRow(
        label=link.title,
        url=f"ratings/{level.scheme_id}/" if single else link.url,
        counts=level.counts,
        total=level.total,
        parts=tuple(drawn),
    )


def _places(directory: Directory, found: Statistics) -> dict[str, object]:
    rows = province_rows(directory, found)
    return {
        "rated": directory.totals.rated,
        "places": rows,
        "located": tuple(row for row in rows if row.place),
        "rated_located": sum(row.total for row in rows if row.place),
        "rated_national": sum(row.total for row in rows if row.place is None),
    }


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
    notes = _("，").join(part for part in (period, result.scope) if part)
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
