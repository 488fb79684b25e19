"""The filters beside one list: what lies around a region, beside an industry, and where the two meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from chamberbook.derive import Directory, derive_place
from chamberbook.formats import short_place
from chamberbook.pages.facets import Choice, Filter, Outline, group, industry_choice, region_choice
from chamberbook.pages.links import Link
from chamberbook.problems import Translate
from chamberbook.records import Industry, Region


@dataclass(frozen=True, slots=True)
class Lists:
    """What every list needs: the directory, its outline, all groups of the whole directory, those that all lists share,
    the language.
    """

    directory: Directory
    outline: Outline
    federations: Mapping[str, Link]
    facets: tuple[Filter, ...]
    ratings: Filter
    kinds: Filter
    translate: Translate


def provinces(lists: Lists) -> Filter:
    """The provinces with chambers."""
    _ = lists.translate
    choices = (
        region_choice(lists.directory, lists.outline, region, deep=False)
        for region in lists.outline.regions.get("", ())
    )
    return group("region", _("地区"), choices)


def places(lists: Lists, region: Region) -> Filter:
    """The regions around a region: those above it, itself, those in it."""
    _, directory, plan = lists.translate, lists.directory, lists.outline
    above = derive_place(region.code, directory.regions).chain[:-1]
    below = (region_choice(directory, plan, r, deep=False) for r in plan.regions.get(region.code, ()))
    itself = replace(
        region_choice(directory, plan, region, deep=False), current=True, open=True, children=tuple(below)
    )
    choices = [region_choice(directory, plan, r, deep=False) for r in above]
    return group("region", _("地区"), (*choices, itself))


def industries_of(lists: Lists, region: Region) -> tuple[Filter, ...]:
    """The industries of a region: their lists within it where it has such lists, else their own lists."""
    _ = lists.translate
    crossed = lists.outline.crossed(lists.directory, region.code)
    found = group("industry", _("行业") if crossed else _("行业（各地）"), industry_choices(lists, region))
    return (found,) if found.options else ()


def industry_choices(lists: Lists, region: Region) -> tuple[Choice, ...]:
    """Sections with the divisions that the region has."""
    directory, plan = lists.directory, lists.outline
    crossed = plan.crossed(directory, region.code)
    sections: dict[str, Choice] = {}
    divisions: defaultdict[str, list[Choice]] = defaultdict(list)
    for industry in plan.industries_of_region.get(region.code, ()):
        choice = industry_choice(directory, plan, industry, deep=False)
        if crossed:
            count = len(directory.by_region_industry[region.code, industry.code])
            choice = replace(choice, count=count, url=f"regions/{region.code}/{industry.code}/")
        if len(industry.code) == 1:
            sections[industry.code] = choice
        else:
            divisions[industry.code[0]].append(choice)
    return tuple(replace(choice, children=tuple(divisions[code])) for code, choice in sections.items())


def marked(choices: tuple[Choice, ...], current: str) -> tuple[Choice, ...]:
    """The same choices with the current one marked and in view."""
    return tuple(
        replace(choice, current=choice.value == current, open=True, children=marked(choice.children, current))
        if current.startswith(choice.value)
        else choice
        for choice in choices
    )


def industries_beside(lists: Lists, industry: Industry) -> Filter:
    """The section of an industry with its divisions, the current one marked."""
    _ = lists.translate
    section = industry_choice(lists.directory, lists.outline, lists.directory.industries[industry.code[0]])
    divisions = tuple(replace(c, current=c.value == industry.code) for c in section.children)
    section = replace(section, current=section.value == industry.code, open=True, children=divisions)
    return group("industry", _("行业"), (section,))


def places_with(lists: Lists, region: Region, industry: Industry) -> Filter:
    """The lists of an industry around a region: in those above it, in itself, in those directly below it."""
    _, directory, plan = lists.translate, lists.directory, lists.outline

    def choice(place: Region) -> Choice:
        count = len(directory.by_region_industry[place.code, industry.code])
        return Choice(short_place(place.name), count, f"regions/{place.code}/{industry.code}/", place.code)

    above = derive_place(region.code, directory.regions).chain[:-1]
    below = (
        choice(place)
        for place in plan.regions.get(region.code, ())
        if (place.code, industry.code) in directory.by_region_industry and plan.crossed(directory, place.code)
    )
    itself = replace(choice(region), current=True, open=True, children=tuple(below))
    return group("region", _("地区"), (*map(choice, above), itself))


def regions_of(lists: Lists, industry: Industry) -> tuple[Filter, ...]:
    """Regions with a list of an industry, nested; then the provinces without one, with all they have."""
    _, directory, plan = lists.translate, lists.directory, lists.outline
    found = plan.regions_of_industry.get(industry.code, ())
    crossed = [
        Choice(
            short_place(r.name),
            len(directory.by_region_industry[r.code, industry.code]),
            f"regions/{r.code}/{industry.code}/",
            r.code,
        )
        for r in found
        if plan.crossed(directory, r.code)
    ]
    others = (
        region_choice(directory, plan, r, deep=False)
        for r in found
        if r.level == "province" and not plan.crossed(directory, r.code)
    )
    filters = (
        group("region", _("地区"), _within(crossed, {r.code: r.parent or "" for r in found})),
        group("region", _("这些地区的全部商会"), others, open=False),
    )
    return tuple(found for found in filters if found.options)


def _within(choices: Sequence[Choice], parents: Mapping[str, str]) -> tuple[Choice, ...]:
    """Choices of regions nested by what lies in what; provinces stand open."""
    inner: defaultdict[str, list[Choice]] = defaultdict(list)
    for choice in choices:
        inner[parents[choice.value]].append(choice)

    def nested(above: str) -> tuple[Choice, ...]:
        return tuple(
            replace(choice, open=not above, children=nested(choice.value)) for choice in inner.get(above, ())
        )

    return nested("")
