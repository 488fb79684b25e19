"""The filters beside a list: groups of options, each a link to a static page with the number it lists.

Everything is counted once for a directory (`Outline`), so that the cost of a list page does not grow with the
number of pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from chamberbook.derive import Directory
from chamberbook.formats import short_place
from chamberbook.pages.holders import best_awards
from chamberbook.pages.views import ShownStatus, shown_status
from chamberbook.problems import Translate
from chamberbook.records import Industry, Region, SchemeLevel

#: A region with more chambers than this has a list for each of its industries.
CROSS_FROM = 20
#: The list of chambers that belong to no province.
NATIONAL = "regions/national/"
#: Options of a group that are shown at once; the others are one press away.
SHOWN = 10
#: Options of an open group that a page holds; a large country has hundreds of schemes. A closed group holds the first.
HELD = 30

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """One option. `value` is what the search script filters by; options without a page of their own need it.

    `lazy`: it holds others that the page leaves out and the search script can fetch.
    """

    label: str
    count: int
    url: str
    value: str = ""
    current: bool = False
    js_only: bool = False
    open: bool = False
    lazy: bool = False
    children: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """A group of options; `rest` are those beyond the first ten. The page at `index` has the `beyond` that are left out."""

    name: str
    title: str
    options: tuple[Choice, ...]
    rest: tuple[Choice, ...] = ()
    open: bool = True
    js_only: bool = False
    index: str = ""
    beyond: int = 0

    @property
    def deep(self) -> bool:
        """Whether some option holds others."""
        return any(choice.children or choice.lazy for choice in (*self.options, *self.rest))


@dataclass(frozen=True, slots=True)
class Outline:
    """Regions and industries that have chambers, most chambers first; the key "" holds the topmost ones."""

    regions: Mapping[str, tuple[Region, ...]]
    industries: Mapping[str, tuple[Industry, ...]]
    industries_of_region: Mapping[str, tuple[Industry, ...]]
    regions_of_industry: Mapping[str, tuple[Region, ...]]

    def crossed(self, directory: Directory, region: str) -> bool:
        """Whether the region has lists for its industries."""
        return len(directory.by_region[region]) > CROSS_FROM


def outline(directory: Directory) -> Outline:
    """One pass over the indexes of a directory."""
    regions: defaultdict[str, list[Region]] = defaultdict(list)
    for code in directory.by_region:
        region = directory.regions[code]
        regions[region.parent or ""].append(region)
    industries: defaultdict[str, list[Industry]] = defaultdict(list)
    for code in directory.by_industry:
        industries[code[0] if len(code) > 1 else ""].append(directory.industries[code])
    of_region: defaultdict[str, list[Industry]] = defaultdict(list)
    of_industry: defaultdict[str, list[Region]] = defaultdict(list)
    for region_code, code in directory.by_region_industry:
        of_region[region_code].append(directory.industries[code])
        of_industry[code].append(directory.regions[region_code])

    def most(region: Region) -> tuple[int, str]:
        return -len(directory.by_region[region.code]), region.code

    def busiest(industry: Industry) -> tuple[int, str]:
        return -len(directory.by_industry[industry.code]), industry.code

    pairs = directory.by_region_industry
    return Outline(
        regions=_sorted(regions, most),
        industries=_sorted(industries, busiest),
        industries_of_region={
            r: tuple(sorted(found, key=lambda i: (-len(pairs[r, i.code]), i.code)))
            for r, found in of_region.items()
        },
        regions_of_industry={
            i: tuple(sorted(found, key=lambda r: (-len(pairs[r.code, i]), r.code)))
            for i, found in of_industry.items()
        },
    )


def directory_facets(directory: Directory, plan: Outline, _: Translate) -> tuple[Filter, ...]:
    """All groups of the whole directory, for the page of all chambers that the script makes a filter of."""
    provinces = tuple(region_choice(directory, plan, region) for region in plan.regions.get("", ()))
    if provinces:
        provinces = (replace(provinces[0], open=True), *provinces[1:])
    if directory.national:
        nation = Choice(_("全国性"), len(directory.national), NATIONAL, "national")
        provinces = (*provinces, nation)
    sections = tuple(industry_choice(directory, plan, section) for section in plan.industries.get("", ()))
    return tuple(
        facet
        for facet in (
            group("region", _("地区"), provinces),
            group("industry", _("行业"), sections),
            rating_facet(directory, _),
            kind_facet(directory, _),
            _charter_facet(directory, _),
            _topic_facet(directory, _),
            _status_facet(directory, _),
        )
        if facet.options
    )


def without_children(facets: Iterable[Filter]) -> tuple[Filter, ...]:
    """The same groups with their topmost options only, and without those that need the script."""

    def flat(options: tuple[Choice, ...]) -> tuple[Choice, ...]:
        return tuple(replace(option, children=(), lazy=False) for option in options if not option.js_only)

    return tuple(
        _held(replace(facet, options=flat(facet.options), rest=flat(facet.rest)))
        for facet in facets
        if not facet.js_only
    )


def topmost(facets: Iterable[Filter], opened: str = "") -> tuple[Filter, ...]:
    """The same groups; what lies deeper is left to the script, so that the page does not grow with the directory.

    In the group called `opened`, an option that stands open keeps those directly below it.
    """

    def flat(options: tuple[Choice, ...], *, keep: bool) -> tuple[Choice, ...]:
        return tuple(
            replace(option, children=flat(option.children, keep=False))
            if keep and option.open
            else replace(option, children=(), lazy=bool(option.children))
            for option in options
        )

    return tuple(
        _held(
            replace(
                facet,
                options=flat(facet.options, keep=facet.name == opened),
                rest=flat(facet.rest, keep=False),
            )
        )
        for facet in facets
    )


def _held(facet: Filter) -> Filter:
    """A group with as many options as a page holds, if another page has them all."""
    room = HELD - SHOWN if facet.open else 0
    if not facet.index or len(facet.rest) <= room:
        return facet
    return replace(facet, rest=facet.rest[:room], beyond=facet.beyond + len(facet.rest) - room)


def group(name: str, title: str, options: Iterable[Choice], *, open: bool = True) -> Filter:
    """A group that shows its first ten options."""
    options = tuple(options)
    return Filter(name, title, options[:SHOWN], options[SHOWN:], open=open)


def region_choice(directory: Directory, plan: Outline, region: Region, *, deep: bool = True) -> Choice:
    """A region; `deep` with the regions below it that have chambers."""
    below = plan.regions.get(region.code, ()) if deep else ()
    return Choice(
        label=short_place(region.name),
        count=len(directory.by_region[region.code]),
        url=f"regions/{region.code}/",
        value=region.code,
        children=tuple(region_choice(directory, plan, inner) for inner in below),
    )


def industry_choice(directory: Directory, plan: Outline, industry: Industry, *, deep: bool = True) -> Choice:
    """A section or division; `deep`, for a section, with its divisions that have chambers."""
    below = plan.industries.get(industry.code, ()) if deep and len(industry.code) == 1 else ()
    return Choice(
        label=industry.title,
        count=len(directory.by_industry[industry.code]),
        url=f"industries/{industry.code}/",
        value=industry.code,
        children=tuple(industry_choice(directory, plan, division) for division in below),
    )


def rating_facet(directory: Directory, _: Translate, *, open: bool = True) -> Filter:
    """Schemes and levels, most chambers first; levels from the highest. A single level is its scheme."""
    holding = sum(any(award.holds for award in entry.awards) for entry in directory.chambers)
    in_force = Choice(_("有任何一项有效"), holding, "ratings/", "in_force", js_only=True)
    schemes = sorted(directory.by_scheme, key=lambda id_: (-len(directory.by_scheme[id_]), id_))
    none = Choice(
        _("暂无记录"), directory.totals.chambers - directory.totals.rated, "ratings/", "none", js_only=True
    )
    options = tuple(_scheme_choice(directory, id_, _) for id_ in schemes)
    found = group("rating", _("等级与称号"), (in_force, none, *options) if options else (), open=open)
    return replace(found, index="ratings/")


def _scheme_choice(directory: Directory, id_: str, _: Translate) -> Choice:
    scheme = directory.schemes[id_]
    levels = sorted(scheme.levels, key=lambda level: (-level.rank, level.id))
    children = tuple(
        Choice(
            level.label,
            len(directory.by_level[id_, level.id]),
            f"ratings/{id_}/{level.id}/",
            f"{id_}:{level.id}",
            children=_held_choice(directory, id_, level, _),
        )
        for level in levels
        if (id_, level.id) in directory.by_level
    )
    return Choice(
        scheme.short_name,
        len(directory.by_scheme[id_]),
        f"ratings/{id_}/",
        id_,
        open=len(children) > 1,
        children=children
        if len(scheme.levels) > 1
        else tuple(c for child in children for c in child.children),
    )


def _held_choice(directory: Directory, id_: str, level: SchemeLevel, _: Translate) -> tuple[Choice, ...]:
    """The chambers that hold a level today, at their place on its page; nothing where nobody does."""
    found = Counter(award.state for entry, award in best_awards(id_, level.id, directory) if award.holds)
    if not found:
        return ()
    label = _("{level}，现在有效").format(level=level.label)
    part = "in_force" if found["in_force"] else "expiring"
    url = f"ratings/{id_}/{level.id}/#{part}"
    return (Choice(label, found.total(), url, f"{id_}:{level.id}:in_force"),)


def kind_facet(directory: Directory, _: Translate, current: str = "", *, open: bool = True) -> Filter:
    """Kinds in the order of the vocabulary."""
    return group(
        "kind",
        _("类型"),
        (
            Choice(kind.title, len(directory.by_kind[id_]), f"kinds/{id_}/", id_, current=id_ == current)
            for id_, kind in directory.kinds.items()
            if id_ in directory.by_kind
        ),
        open=open,
    )


def _charter_facet(directory: Directory, _: Translate) -> Filter:
    having = len({charter.slug for charter in directory.charters})
    yes = Choice(_("有公约"), having, "charters/", "yes")
    no = Choice(_("还没有收录公约"), directory.totals.chambers - having, "chambers/", "no", js_only=True)
    return group("charter", _("有无公约"), (yes, no) if having else (), open=False)


def _topic_facet(directory: Directory, _: Translate) -> Filter:
    chambers = {id_: len({c.slug for c in found}) for id_, found in directory.charters_by_topic.items()}
    topics = sorted(chambers, key=lambda id_: (-chambers[id_], id_))
    found = group(
        "topic",
        _("公约主题"),
        (
            Choice(directory.topics[id_].title, chambers[id_], f"charters/topics/{id_}/", id_)
            for id_ in topics
        ),
        open=False,
    )
    return replace(found, index="charters/")


def _status_facet(directory: Directory, _: Translate) -> Filter:
    found = Counter(shown_status(entry) for entry in directory.chambers)
    labels: dict[ShownStatus, str] = {
        "active": _("有活动记录"),
        "unverified": _("现状待核实"),
        "preparing": _("筹备中"),
        "merged": _("已并入"),
        "dissolved": _("已终止"),
    }
    options = (
        Choice(label, found[status], "chambers/", status, js_only=True)
        for status, label in labels.items()
        if status in found
    )
    return replace(group("status", _("状态"), options, open=False), js_only=True)


def _sorted(found: Mapping[str, list[T]], key: Callable[[T], tuple[int, str]]) -> dict[str, tuple[T, ...]]:
    return {name: tuple(sorted(items, key=key)) for name, items in sorted(found.items())}
