"""The indexes of regions, industries and kinds: every place on the list, those without a chamber too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chamberbook.derive import Directory
from chamberbook.formats import short_place
from chamberbook.pages.facets import Outline, outline
from chamberbook.pages.links import Counted, counted_industry, counted_region
from chamberbook.pages.model import Page
from chamberbook.pages.tiles import tile_map
from chamberbook.problems import Translate
from chamberbook.records import Industry, Region
from chamberbook.settings import Settings


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A region in an index. `own` counts chambers in none of the regions below it; `empty` names those without any.

    `inner` are the regions below it, each with the regions below that one.
    """

    anchor: str
    place: Counted
    own: int
    city: bool
    inner: tuple[tuple[Counted, tuple[Counted, ...]], ...]
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """A section of the classification with its divisions; `own` counts chambers known to the section only."""

    code: str
    section: Counted
    divisions: tuple[tuple[str, Counted], ...]
    own: int
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind with its description."""

    kind: Counted
    description: str


def pages(directory: Directory, _settings: Settings, _: Translate) -> Iterator[Page]:
    """Three pages."""
    plan = outline(directory)
    yield _regions(directory, plan, _)
    yield _industries(directory, _)
    yield _kinds(directory, _)


def _regions(directory: Directory, plan: Outline, _: Translate) -> Page:
    below: defaultdict[str, list[Region]] = defaultdict(list)
    for region in directory.regions.values():
        below[region.parent or ""].append(region)
    held = plan.regions.get("", ())
    top = held[0] if held else None
    prefectures = below[top.code] if top else ()
    return Page(
        url="regions/",
        title=_("全部地区"),
        description=_("按省、设区市、县（市、区）浏览{n}个省（区、市）的商会。").format(n=len(held)),
        template="regions.html",
        data={
            "national": Counted(_("全国性商会"), "regions/national/", len(directory.national)),
            "tiles": tile_map(directory, top) if top else None,
            "top": _place_line(directory, plan, top) if top else None,
            "prefectures": tuple(_prefecture_line(directory, region, below) for region in prefectures),
            "others": tuple(_place_line(directory, plan, region) for region in held[1:]),
            "empty": tuple(short_place(r.name) for r in below[""] if r.code not in directory.by_region),
        },
        tab="chambers",
    )


def _prefecture_line(directory: Directory, region: Region, below: Mapping[str, list[Region]]) -> PlaceLine:
    """A prefecture of the province with the most chambers, with all its counties in the order of their codes."""
    counties = below.get(region.code, ())
    return PlaceLine(
        anchor=f"r{region.code}",
        place=counted_region(directory, region),
        own=_own(directory, region),
        city=True,
        inner=tuple((counted_region(directory, c), ()) for c in counties if c.code in directory.by_region),
        empty=tuple(short_place(c.name) for c in counties if c.code not in directory.by_region),
    )


def _place_line(directory: Directory, plan: Outline, region: Region) -> PlaceLine:
    """A province with the regions that have chambers, most first."""

    def inside(code: str) -> tuple[Counted, ...]:
        return tuple(counted_region(directory, r) for r in plan.regions.get(code, ()))

    return PlaceLine(
        anchor=f"r{region.code}",
        place=counted_region(directory, region),
        own=_own(directory, region),
        city=region.name.endswith("市"),
        inner=tuple(
            (counted_region(directory, r), inside(r.code)) for r in plan.regions.get(region.code, ())
        ),
        empty=(),
    )


def _own(directory: Directory, region: Region) -> int:
    return sum(entry.place.region == region for entry in directory.by_region.get(region.code, ()))


def _industries(directory: Directory, _: Translate) -> Page:
    below: defaultdict[str, list[Industry]] = defaultdict(list)
    for industry in directory.industries.values():
        below[industry.code[0] if len(industry.code) > 1 else ""].append(industry)
    blocks = (_section_block(directory, s, below) for s in below[""] if s.code in directory.by_industry)
    divisions = sum(len(found) for code, found in below.items() if code)
    return Page(
        url="industries/",
        title=_("全部行业"),
        description=_("按国民经济行业分类（GB/T 4754—2017）的门类和大类浏览商会。"),
        template="industries.html",
        data={
            "sections": len(below[""]),
            "divisions": divisions,
            "without": sum(not entry.industries for entry in directory.chambers),
            "blocks": tuple(blocks),
            "empty": tuple(f"{s.code} {s.title}" for s in below[""] if s.code not in directory.by_industry),
        },
        tab="chambers",
    )


def _section_block(
    directory: Directory, section: Industry, below: Mapping[str, list[Industry]]
) -> SectionBlock:
    divisions = below.get(section.code, ())
    return SectionBlock(
        code=section.code,
        section=counted_industry(directory, section),
        divisions=tuple(
            (d.code, counted_industry(directory, d)) for d in divisions if d.code in directory.by_industry
        ),
        own=sum(section in entry.industries for entry in directory.by_industry[section.code]),
        empty=tuple(d.title for d in divisions if d.code not in directory.by_industry),
    )


def _kinds(directory: Directory, _: Translate) -> Page:
    lines = (
        KindLine(Counted(kind.title, f"kinds/{id_}/", len(directory.by_kind.get(id_, ()))), kind.description)
        for id_, kind in directory.kinds.items()
    )
    return Page(
        url="kinds/",
        title=_("全部类型"),
        description=_("按商会的组成方式浏览：行业、乡镇街道、市场、园区、异地等。"),
        template="kinds.html",
        data={"kinds": tuple(lines)},
        tab="chambers",
    )
