"""The home page: search, what is held, and the ways into the directory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest

from chamberbook.derive import ChamberEntry, Directory
from chamberbook.formats import short_place
from chamberbook.pages.facets import Outline, outline
from chamberbook.pages.feeds import URL, feed_folders
from chamberbook.pages.links import Counted, counted_industry, counted_region, counted_topics
from chamberbook.pages.model import Page
from chamberbook.pages.tiles import TileMap, tile_map
from chamberbook.pages.views import RatingView, level_view
from chamberbook.problems import Translate
from chamberbook.records import PartialDate, Region, Scheme, SchemeLevel, SchemeResult
from chamberbook.settings import Settings

#: Longest title of an industry that reads as a query, in characters and in letters, and what makes it a list.
SHORT, SHORT_LATIN = 6, 16
_LIST = re.compile("、|,| and ")
PROVINCES, INDUSTRIES, TOPICS, SCHEMES, RECENT = 10, 7, 12, 5, 5


@dataclass(frozen=True, slots=True)
class Area:
    """The province with the most chambers: its map, or its regions as a list; and the other provinces.

    `own` counts the chambers of the province itself, which lie in none of its prefectures.
    """

    name: str
    url: str
    tiles: TileMap | None
    regions: tuple[Counted, ...]
    own: int
    others: tuple[Counted, ...]
    provinces: int


@dataclass(frozen=True, slots=True)
class LevelCount:
    """A level and how many hold or held it; titles have no mark of their own."""

    mark: RatingView | None
    text: str


@dataclass(frozen=True, slots=True)
class SchemeLine:
    """A scheme with its levels as the home page shows them."""

    title: str
    url: str
    levels: tuple[LevelCount, ...]


@dataclass(frozen=True, slots=True)
class Recent:
    """A record compared with recent material, and that material."""

    name: str
    url: str
    verified: PartialDate
    title: str
    publisher: str


def pages(directory: Directory, settings: Settings, _: Translate) -> Iterator[Page]:
    """The one page at the root."""
    plan = outline(directory)
    schemes = _schemes(directory, _)
    counted = _divisions(directory, plan)
    yield Page(
        url="",
        title=settings.name,
        headline=_("{name}：按地区和行业查商会、等级与称号、行规行约").format(name=settings.name),
        description=_(
            "一份公开的商会名录：收录各地商会、等级与称号、行规行约，每条事实都注明来源，人人可以更正。"
        ),
        template="home.html",
        data={
            "totals": directory.totals,
            "examples": examples(directory),
            "area": _area(directory, plan),
            "industries": tuple(counted[:INDUSTRIES]),
            "schemes": schemes[:SCHEMES],
            "more_schemes": len(schemes) - SCHEMES if len(schemes) > SCHEMES else 0,
            "topics": counted_topics(directory)[:TOPICS],
            "recent": _recent(directory),
        },
        feed=URL if feed_folders(directory, settings) else None,
    )


def examples(directory: Directory) -> tuple[str, ...]:
    """Queries that surely find something: a large industry with a short title, the same in its largest place, topics."""
    plan = outline(directory)
    longest = SHORT_LATIN if directory.source else SHORT
    topics = tuple(topic.title for topic in counted_topics(directory)[:2])
    short = [i for i in _divisions(directory, plan) if len(i.title) <= longest and not _LIST.search(i.title)]
    if not short:
        return topics
    trade, code = short[0].title.removesuffix("业"), short[0].url.split("/")[1]
    places = [place for place in plan.regions_of_industry.get(code, ()) if place.level == "prefecture"]
    return (trade, *(f"{short_place(place.name)} {trade}" for place in places[:1]), *topics)


def _divisions(directory: Directory, plan: Outline) -> list[Counted]:
    """Divisions with chambers, most chambers first."""
    found = [i for section in plan.industries.get("", ()) for i in plan.industries.get(section.code, ())]
    return sorted((counted_industry(directory, i) for i in found), key=lambda i: (-i.count, i.url))


def _area(directory: Directory, plan: Outline) -> Area | None:
    provinces = plan.regions.get("", ())
    if not provinces:
        return None
    top, others = provinces[0], provinces[1:]
    held = directory.by_region[top.code]
    return Area(
        name=top.name,
        url=f"regions/{top.code}/",
        tiles=tile_map(directory, top),
        regions=tuple(counted_region(directory, region) for region in _inner(plan, top)),
        own=sum(entry.place.region == top for entry in held),
        others=tuple(counted_region(directory, region) for region in others[:PROVINCES]),
        provinces=len(provinces),
    )


def _inner(plan: Outline, province: Region) -> tuple[Region, ...]:
    return plan.regions.get(province.code, ())


def _schemes(directory: Directory, _: Translate) -> tuple[SchemeLine, ...]:
    """Schemes with chambers, most first; one with published totals and no list stands before the last that fits."""
    held = sorted(directory.by_scheme, key=lambda id_: (-len(directory.by_scheme[id_]), id_))
    unlisted = [id_ for id_, s in directory.schemes.items() if id_ not in directory.by_scheme and _totals(s)]
    unlisted.sort(key=lambda id_: (directory.schemes[id_].levels[0].form != "stars", id_))
    order = (*held[: SCHEMES - 1], *unlisted[:1], *held[SCHEMES - 1 :], *unlisted[1:])
    return tuple(
        SchemeLine(
            directory.schemes[id_].name,
            f"ratings/{id_}/",
            _held_levels(directory, id_, _)
            if id_ in directory.by_scheme
            else _published_levels(directory, id_, _),
        )
        for id_ in order
    )


def _held_levels(directory: Directory, id_: str, _: Translate) -> tuple[LevelCount, ...]:
    scheme = directory.schemes[id_]
    levels = [level for level in _from_the_highest(scheme) if (id_, level.id) in directory.by_level]
    marked = [level for level in levels if level.form != "title"]
    if not marked:
        return (LevelCount(None, _held_text(directory, id_, _)),)
    return tuple(
        LevelCount(level_view(level, id_), _("{n}家").format(n=len(directory.by_level[id_, level.id])))
        for level in marked
    )


def _held_text(directory: Directory, id_: str, _: Translate) -> str:
    """35家，2017–2023年，共4届."""
    entries = directory.by_scheme[id_]
    periods = {a.rating.period for e in entries for a in e.awards if a.scheme_id == id_ and a.rating.period}
    count = _("{n}家").format(n=len(entries))
    if not periods:
        return count
    first, last = min(periods)[:4], max(period[-4:] for period in periods)
    years = _("{year}年").format(year=first if first == last else f"{first}–{last}")
    rounds = _("，共{n}届").format(n=len(periods)) if len(periods) > 1 else ""
    return _("{count}，{years}{rounds}").format(count=count, years=years, rounds=rounds)


def _published_levels(directory: Directory, id_: str, _: Translate) -> tuple[LevelCount, ...]:
    """Totals that were published without names, the first one of each level."""
    scheme = directory.schemes[id_]
    totals = _totals(scheme)
    found = [
        LevelCount(
            level_view(level, id_) if level.form != "title" else None,
            _published(totals[level.id], _),
        )
        for level in _from_the_highest(scheme)
        if level.id in totals
    ]
    last = found[-1]
    return (*found[:-1], LevelCount(last.mark, _("{text}，名单未公布").format(text=last.text)))


def _published(total: SchemeResult, _: Translate) -> str:
    # The word that counts chambers is one of the interface, any other is the source's.
    text = _("{n}家") if total.unit == "家" else _("{n}{unit}")
    return text.format(n=total.count, unit=total.unit)


def _totals(scheme: Scheme) -> dict[str, SchemeResult]:
    levels = {level.id for level in scheme.levels}
    unlisted = [r for r in scheme.results if r.level in levels and r.count is not None and not r.listed]
    return {r.level: r for r in reversed(unlisted) if r.level is not None}


def _from_the_highest(scheme: Scheme) -> list[SchemeLevel]:
    return sorted(scheme.levels, key=lambda level: (-level.rank, level.id))


def _recent(directory: Directory) -> tuple[Recent, ...]:
    """The records with the newest material, newest first."""

    def newest(entry: ChamberEntry) -> tuple[int, tuple[str, ...], str]:
        assert entry.chamber.verified is not None
        return -entry.chamber.verified.last_day.toordinal(), entry.pinyin, entry.slug

    dated = (entry for entry in directory.chambers if entry.chamber.verified is not None)
    return tuple(found for entry in nsmallest(RECENT, dated, key=newest) if (found := _recent_entry(entry)))


def _recent_entry(entry: ChamberEntry) -> Recent | None:
    verified = entry.chamber.verified
    sources = [source for _id, source in sorted(entry.chamber.sources.items())]
    if verified is None:
        return None
    same = next((s for s in sources if s.date == verified), sources[0])
    return Recent(entry.chamber.name, entry.url, verified, same.title, same.publisher)
