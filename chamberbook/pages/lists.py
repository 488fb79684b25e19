"""Lists of chambers: all of them, by region, by industry, an industry within a region, by kind, national ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial

from chamberbook.cache import digest
from chamberbook.derive import ChamberEntry, Directory, derive_place
from chamberbook.formats import place_text, short_place
from chamberbook.pages.beside import (
    Lists,
    industries_beside,
    industries_of,
    industry_choices,
    marked,
    places,
    places_with,
    provinces,
    regions_of,
)
from chamberbook.pages.facets import (
    NATIONAL,
    Choice,
    Filter,
    directory_facets,
    group,
    kind_facet,
    outline,
    rating_facet,
    topmost,
    without_children,
)
from chamberbook.pages.feeds import feed_folders, has_feed, with_feeds
from chamberbook.pages.initials import Initial, initials
from chamberbook.pages.links import Link
from chamberbook.pages.model import Inputs, Page, Unit
from chamberbook.pages.views import (
    ChamberRow,
    Crumb,
    chamber_row,
    list_description,
    page_count,
    page_url,
    paged,
    region_crumbs,
)
from chamberbook.problems import Translate
from chamberbook.records import Industry, KindTerm, Region
from chamberbook.settings import Settings

#: Pages of one list that are made together.
TOGETHER = 4
#: Lists that are kept while their parts are made.
PLANS = 4
#: Lists named under "nothing found?".
NEAR = 4


@dataclass(frozen=True, slots=True)
class ListPlan:
    """One list before it is cut into pages. `near` are the lists next to it, `near_title` says in what sense.

    `code` tells lists apart whose headings are the same, in the title only.
    """

    url: str
    heading: str
    description: str
    lead: str
    crumbs: tuple[Crumb, ...]
    filters: tuple[Filter, ...]
    near_title: str = ""
    near: tuple[Link, ...] = ()
    federation: Link | None = None
    live: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Some pages of a list of chambers: their numbers, and the index of the whole list."""

    entries: Sequence[ChamberEntry]
    wanted: range
    index: tuple[tuple[str, int, int], ...]


def pages(directory: Directory, settings: Settings, _: Translate) -> Iterator[Page]:
    """Every list of chambers, each cut at the page size."""
    for unit in units(directory, settings, _):
        yield from unit.make()


def units(directory: Directory, settings: Settings, _: Translate) -> Iterator[Unit]:
    """A few pages of one list at a time: they follow from the chambers on them, and from the numbers in the filters."""
    plan = outline(directory)
    lists = Lists(
        directory,
        plan,
        {
            entry.federation.region: Link(entry.federation.short_name, entry.url)
            for entry in directory.federations.values()
            if entry.federation.region
        },
        directory_facets(directory, plan, _),
        without_children([rating_facet(directory, _, open=False)])[0],
        kind_facet(directory, _, open=False),
        _,
    )
    counts, rows, size = _counts(lists), Rows(), settings.page_size
    feeds = feed_folders(directory, settings)
    # A long list is made in many parts, one soon after the other.
    shown_as = lru_cache(maxsize=PLANS)(partial(_shown_as, size))

    def make(found: Callable[[], ListPlan], part: Part) -> Iterator[Page]:
        yield from with_feeds(_cut(*shown_as(found, len(part.entries)), part, rows, settings, _), feeds)

    for name, found, entries in _plans(lists):
        pages, index = page_count(entries, size), initials(entries, size)
        for first in range(1, pages + 1, TOGETHER):
            wanted = range(first, min(first + TOGETHER, pages + 1))
            shown = entries[(first - 1) * size : (wanted[-1]) * size]
            inputs: Inputs = (
                "list",
                name,
                counts,
                directory.day_on(shown),
                f"{len(entries)} {first} {index} {has_feed(feeds, name)}",
                *(entry.digest for entry in shown),
            )
            yield Unit(inputs, len(wanted), partial(make, found, Part(entries, wanted, index)))


def _counts(lists: Lists) -> bytes:
    """Stands for every number in the filters of all lists."""
    directory = lists.directory
    indexes = (directory.by_region, directory.by_industry, directory.by_region_industry, directory.by_kind)
    sizes = (f"{key} {len(found)}" for index in indexes for key, found in index.items())
    return digest(*sizes, f"{len(directory.national)}", repr(lists.ratings), repr(lists.facets))


def _plans(lists: Lists) -> Iterator[tuple[str, Callable[[], ListPlan], Sequence[ChamberEntry]]]:
    """Every list by name, with its plan, which is only made when a page of it is."""
    directory = lists.directory
    yield "all", partial(_all, lists), directory.chambers
    if directory.national:
        yield "national", partial(_national, lists), directory.national
    for code, entries in directory.by_region.items():
        yield code, partial(_region, lists, directory.regions[code]), entries
        if lists.outline.crossed(directory, code):
            yield from _crossed_plans(lists, directory.regions[code])
    for code, entries in directory.by_industry.items():
        yield code, partial(_industry, lists, directory.industries[code]), entries
    for id_, entries in directory.by_kind.items():
        yield f"kind {id_}", partial(_kind, lists, directory.kinds[id_]), entries


def _crossed_plans(
    lists: Lists, region: Region
) -> Iterator[tuple[str, Callable[[], ListPlan], Sequence[ChamberEntry]]]:
    """The lists of a region's industries; what they share is made once, since there may be a hundred."""
    choices = cache(partial(industry_choices, lists, region))
    for industry in lists.outline.industries_of_region.get(region.code, ()):
        entries = lists.directory.by_region_industry[region.code, industry.code]
        yield f"{region.code} {industry.code}", partial(_crossed, lists, region, industry, choices), entries


class Rows(dict[str, ChamberRow]):
    """The rows made so far by their chamber's slug: one object for all lists, so that it is rendered once."""

    def of(self, entries: Sequence[ChamberEntry]) -> tuple[ChamberRow, ...]:
        """The rows of a page."""
        return tuple(
            self.get(entry.slug) or self.setdefault(entry.slug, chamber_row(entry)) for entry in entries
        )


def _shown_as(size: int, found: Callable[[], ListPlan], length: int) -> tuple[ListPlan, ListPlan]:
    """A list of so many chambers as its first page shows it, and as the others do."""
    plan = found()
    if length <= size:
        return plan, plan
    return plan, replace(plan, live=False, filters=without_children(plan.filters))


def _cut(
    found: ListPlan, later: ListPlan, part: Part, rows: Rows, settings: Settings, _: Translate
) -> Iterator[Page]:
    size, entries = settings.page_size, part.entries
    index = tuple(
        Initial(letter, page_url(found.url, first), first, last) for letter, first, last in part.index
    )
    for url, pager, shown in paged(found.url, entries, size, part.wanted):
        first = pager.page == 1
        title = found.heading + (_("（{code}）").format(code=found.code) if found.code else "")
        if not first:
            title = _("{title}（第{n}页）").format(title=title, n=pager.page)
        yield Page(
            url=url,
            title=title,
            headline=_("{title}：{n}家名单").format(
                title=_("全部") + title if not found.crumbs[1:] else title, n=pager.total
            ),
            description=list_description(found.description, found.code, shown, pager, _),
            template="directory.html",
            data={
                "list": found if first else later,
                "rows": rows.of(shown),
                "pager": pager,
                "initials": tuple((one, one.first <= pager.page <= one.last) for one in index),
            },
            tab="chambers",
            dated=any(entry.awards for entry in shown),
        )


def _all(lists: Lists) -> ListPlan:
    _ = lists.translate
    return ListPlan(
        url="chambers/",
        heading=_("商会"),
        description=_("全部{n}家商会，按地区、行业、等级与称号、类型和公约筛选。").format(
            n=lists.directory.totals.chambers
        ),
        lead="",
        crumbs=((_("商会"), None),),
        filters=topmost(lists.facets, "region"),
        live=True,
    )


def _national(lists: Lists) -> ListPlan:
    _ = lists.translate
    return ListPlan(
        url=NATIONAL,
        heading=_("全国性商会"),
        description=_("名录里的{n}家全国性商会。").format(n=len(lists.directory.national)),
        lead=_("在全国范围内组成，不归一省一市的商会和行业协会。"),
        crumbs=((_("商会"), "chambers/"), (_("地区"), "regions/"), (_("全国"), None)),
        filters=(provinces(lists), lists.kinds, lists.ratings),
        near_title=_("看各省（区、市）："),
        near=_region_links(lists.outline.regions.get("", ())),
    )


def _region(lists: Lists, region: Region) -> ListPlan:
    _, directory = lists.translate, lists.directory
    place = derive_place(region.code, directory.regions)
    count = len(directory.by_region[region.code])
    chain = place_text((above.name for above in place.chain), _)
    siblings = lists.outline.regions[region.parent or ""]
    return ListPlan(
        url=f"regions/{region.code}/",
        heading=_("{place}的商会").format(place=region.name),
        description=_("{place}的{n}家商会：等级与称号、行规行约和来源。").format(place=chain, n=count),
        lead=_("{place}，行政区划代码{code}。含下属地区的商会。").format(place=chain, code=region.code)
        if region.level != "county"
        else _("{place}，行政区划代码{code}。").format(place=chain, code=region.code),
        crumbs=(
            (_("商会"), "chambers/"),
            (_("地区"), "regions/"),
            *region_crumbs(place)[:-1],
            (short_place(region.name), None),
        ),
        filters=(places(lists, region), *industries_of(lists, region), lists.kinds, lists.ratings),
        near_title=_("看同级地区："),
        near=_region_links([other for other in siblings if other.code != region.code]),
        federation=lists.federations.get(region.code),
    )


def _industry(lists: Lists, industry: Industry) -> ListPlan:
    _, directory = lists.translate, lists.directory
    section = directory.industries[industry.code[0]]
    count = len(directory.by_industry[industry.code])
    return ListPlan(
        url=f"industries/{industry.code}/",
        heading=_("{industry}商会").format(industry=industry.title),
        description=_("{industry}的{n}家商会：地区、等级与称号、行规行约和来源。").format(
            industry=industry.title, n=count
        ),
        lead=_industry_lead(industry, section, _),
        crumbs=(
            (_("商会"), "chambers/"),
            (_("行业"), "industries/"),
            *(() if section == industry else ((section.title, f"industries/{section.code}/"),)),
            (industry.title, None),
        ),
        filters=(
            industries_beside(lists, industry),
            *regions_of(lists, industry),
            lists.ratings,
            lists.kinds,
        ),
        near_title=_("看相近行业："),
        code=_code(industry, section),
        near=_near_industries(lists, industry),
    )


def _crossed(
    lists: Lists, region: Region, industry: Industry, choices: Callable[[], tuple[Choice, ...]]
) -> ListPlan:
    _, directory = lists.translate, lists.directory
    place = derive_place(region.code, directory.regions)
    count = len(directory.by_region_industry[region.code, industry.code])
    section = directory.industries[industry.code[0]]
    heading = _("{place}的{industry}商会").format(place=region.name, industry=industry.title)
    return ListPlan(
        url=f"regions/{region.code}/{industry.code}/",
        heading=heading,
        description=_("{heading}，共{n}家：等级与称号、行规行约和来源。").format(heading=heading, n=count),
        lead=_industry_lead(industry, section, _),
        crumbs=(
            (_("商会"), "chambers/"),
            (_("地区"), "regions/"),
            *region_crumbs(place),
            (industry.title, None),
        ),
        filters=(
            group("industry", _("行业"), marked(choices(), industry.code)),
            places_with(lists, region, industry),
        ),
        near_title=_("看："),
        code=_code(industry, section),
        near=(
            Link(_("{place}的全部商会").format(place=region.name), f"regions/{region.code}/"),
            Link(_("各地的{industry}商会").format(industry=industry.title), f"industries/{industry.code}/"),
        ),
    )


def _kind(lists: Lists, kind: KindTerm) -> ListPlan:
    _, directory = lists.translate, lists.directory
    others = [other for id_, other in directory.kinds.items() if id_ != kind.id and id_ in directory.by_kind]
    return ListPlan(
        url=f"kinds/{kind.id}/",
        heading=kind.title,
        description=_("名录里的{n}家{kind}。{text}").format(
            n=len(directory.by_kind[kind.id]), kind=kind.title, text=kind.description
        ),
        lead=kind.description,
        crumbs=((_("商会"), "chambers/"), (_("类型"), "kinds/"), (kind.title, None)),
        filters=(kind_facet(directory, _, kind.id), provinces(lists), lists.ratings),
        near_title=_("看其他类型："),
        near=tuple(Link(other.title, f"kinds/{other.id}/") for other in others[:NEAR]),
    )


def _code(industry: Industry, section: Industry) -> str:
    """The code of a division that is called like its section, as K70 is in the standard; else nothing."""
    return industry.code if industry != section and industry.title == section.title else ""


def _industry_lead(industry: Industry, section: Industry, _: Translate) -> str:
    if industry == section:
        return _("国民经济行业分类（GB/T 4754—2017）门类{code}，含只到门类的商会。").format(
            code=industry.code
        )
    return _("国民经济行业分类（GB/T 4754—2017）{code}，属{section}。按商会代表的行业归入。").format(
        code=industry.code, section=section.title
    )


def _region_links(regions: Sequence[Region]) -> tuple[Link, ...]:
    return tuple(Link(short_place(region.name), f"regions/{region.code}/") for region in regions[:NEAR])


def _near_industries(lists: Lists, industry: Industry) -> tuple[Link, ...]:
    """Sections for a section; for a division the divisions of its section with the nearest codes."""
    beside = lists.outline.industries["" if len(industry.code) == 1 else industry.code[0]]
    others = [other for other in beside if other.code != industry.code]
    if len(industry.code) > 1:
        number = int(industry.code[1:])
        others.sort(key=lambda other: (abs(int(other.code[1:]) - number), other.code))
    return tuple(Link(other.title, f"industries/{other.code}/") for other in others[:NEAR])
