"""Federations of industry and commerce: the list of them, and what each reported, runs and looks after."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from chamberbook.cache import digest
from chamberbook.derive import ChamberEntry, Directory, FederationEntry
from chamberbook.formats import short_place
from chamberbook.pages.feeds import feed_folders, with_feeds
from chamberbook.pages.links import Counted
from chamberbook.pages.model import Inputs, Page, Unit
from chamberbook.pages.sources import Citations
from chamberbook.pages.views import (
    Crumb,
    Pager,
    paged,
    region_crumbs,
    scheme_form,
    short_place_of,
    shown_trade,
)
from chamberbook.problems import Translate
from chamberbook.records import Document, Figure, Scheme
from chamberbook.settings import Settings

#: A province with more federations than this has a section of its own in their list.
OWN_SECTION = 3
#: Levels of a chamber, in the order of the columns; "" holds those whose level is not known.
LEVELS = ("national", "province", "prefecture", "county", "township", "")


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure that the federation reported. `width` is the length of its bar of 100."""

    figure: Figure
    refs: tuple[int, ...]
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Growth:
    """The same figure on several dates, oldest first."""

    label: str
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document with the numbers of its sources."""

    item: Document
    refs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SchemeRow:
    """A scheme that the federation runs."""

    url: str
    scheme: Scheme
    form: str
    holders: int


@dataclass(frozen=True, slots=True)
class KindRow:
    """How many chambers of a kind stand at each level, in the order of the table's columns."""

    title: str
    url: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class KindGroup:
    """Chambers of one kind: (name, address, what tells them apart)."""

    title: str
    chambers: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A page's share of the chambers that a federation looks after."""

    chambers: Sequence[ChamberEntry]
    part: Sequence[ChamberEntry]
    pager: Pager


def pages(directory: Directory, settings: Settings, _: Translate) -> Iterator[Page]:
    """The list of federations, then each with as many pages as its chambers need."""
    for unit in units(directory, settings, _):
        yield from unit.make()


def units(directory: Directory, settings: Settings, _: Translate) -> Iterator[Unit]:
    """The list, then each federation: its pages follow from its chambers, and from how many others have."""
    counts = digest(
        *(
            f"{kind} {id_} {len(found)}"
            for kind, index in (("f", directory.by_federation), ("s", directory.by_scheme))
            for id_, found in index.items()
        ),
        *directory.by_region,
    )

    def make_list() -> Iterator[Page]:
        yield list_page(directory, _)

    yield Unit(("federations", counts), 1, make_list)
    schemes: defaultdict[str, list[SchemeRow]] = defaultdict(list)
    for id_, scheme in directory.schemes.items():
        if scheme.federation:
            holders = len(directory.by_scheme.get(id_, ()))
            schemes[scheme.federation].append(
                SchemeRow(f"ratings/{id_}/", scheme, scheme_form(scheme), holders)
            )
    order = {id_: place for place, id_ in enumerate(directory.kinds)}
    feeds = feed_folders(directory, settings)

    def make(entry: FederationEntry) -> Iterator[Page]:
        chambers = sorted(directory.by_federation.get(entry.id, ()), key=lambda c: order[c.kind.id])
        for url, pager, part in paged(entry.url, chambers, settings.page_size):
            held = Held(chambers, part, pager)
            if pager.page == 1:
                page = federation_page(entry, directory, held, tuple(schemes[entry.id]), _)
                yield from with_feeds((page,), feeds)
            else:
                yield chambers_page(url, entry, directory, held, _)

    for entry in directory.federations.values():
        chambers = directory.by_federation.get(entry.id, ())
        fed = f"{directory.as_of} {entry.url in feeds}"
        inputs: Inputs = ("federation", entry.id, counts, fed, *(chamber.digest for chamber in chambers))
        yield Unit(inputs, 1 + len(chambers) // settings.page_size, partial(make, entry))


def list_page(directory: Directory, _: Translate) -> Page:
    """All federations by province; the national one first."""
    groups: defaultdict[str, list[Counted]] = defaultdict(list)
    for entry in sorted(directory.federations.values(), key=lambda e: (e.federation.region or "", e.id)):
        groups[entry.place.province.name if entry.place.province else ""].append(_counted(entry, directory))
    national = groups.pop("", [])
    own = [(short_place(name), members) for name, members in groups.items() if len(members) > OWN_SECTION]
    rest = [one for members in groups.values() if len(members) <= OWN_SECTION for one in members]
    sections = [(_("全国"), national), *own, (_("各省") if not own else _("其他省份"), rest)]
    return Page(
        url="federations/",
        title=_("工商联"),
        description=_("名录收录的{n}家工商联：各自报告的数字、办的考评和收录的商会。").format(
            n=len(directory.federations)
        ),
        template="federations.html",
        data={
            "crumbs": ((_("工商联"), None),),
            "groups": tuple((title, tuple(members)) for title, members in sections if members),
            "total": len(directory.federations),
        },
        tab="chambers",
    )


def federation_page(
    entry: FederationEntry, directory: Directory, held: Held, schemes: tuple[SchemeRow, ...], _: Translate
) -> Page:
    """The plan of a federation's own page, with the first of its chambers."""
    federation, cite = entry.federation, Citations(entry.federation.sources)
    figures = tuple(FigureView(figure, cite.refs(figure.source)) for figure in federation.figures)
    known = {chamber.chamber.level or "" for chamber in held.chambers}
    columns = tuple(level for level in LEVELS if level in known)
    return Page(
        url=entry.url,
        title=federation.short_name,
        headline=_("{name}：收录的商会{n}家").format(name=federation.short_name, n=len(held.chambers)),
        description=description(entry, len(held.chambers), _),
        template="federation.html",
        dated=True,
        data={
            "crumbs": _crumbs(entry, directory, _),
            "entry": entry,
            "f": federation,
            "short_place": short_place_of(entry.place),
            "province": entry.place.province.name if entry.place.province else "",
            "figures": figures,
            "growth": tuple(growths(figures)),
            "schemes": schemes,
            "columns": columns,
            "kinds": tuple(kind_rows(held.chambers, columns, directory)),
            "groups": tuple(kind_groups(held.part, entry)),
            "pager": held.pager,
            "documents": tuple(CitedDocument(d, cite.refs(d.source)) for d in federation.documents),
            "doubts": tuple(doubt.note for doubt in federation.doubts),
            "sources": cite.listed(),
            "children": tuple(_counted(directory.federations[child], directory) for child in entry.children),
            "parent": _counted(directory.federations[entry.parent], directory) if entry.parent else None,
        },
        tab="chambers",
        source=f"chambers/{entry.id}/federation.yml",
    )


def chambers_page(url: str, entry: FederationEntry, directory: Directory, held: Held, _: Translate) -> Page:
    """A later page of a federation's chambers."""
    name, pager = entry.federation.short_name, held.pager
    trail = _crumbs(entry, directory, _)[:-1]
    return Page(
        url=url,
        title=_("{name}：收录的商会，第{page}页").format(name=name, page=pager.page),
        description=_("{name}收录的{n}家商会，第{first}–{last}家。").format(
            name=name, n=pager.total, first=pager.first, last=pager.last
        ),
        template="federation_chambers.html",
        dated=True,
        data={
            "crumbs": (*trail, (name, entry.url), (_("第{n}页").format(n=pager.page), None)),
            "groups": tuple(kind_groups(held.part, entry)),
            "pager": pager,
        },
        tab="chambers",
    )


def description(entry: FederationEntry, chambers: int, _: Translate) -> str:
    """One sentence: what the page holds."""
    parts = [
        _("{name}报告的数字{n}项").format(name=entry.federation.name, n=len(entry.federation.figures))
        if entry.federation.figures
        else entry.federation.name,
        _("名录收录的商会{n}家").format(n=chambers) if chambers else "",
        _("文件{n}份").format(n=len(entry.federation.documents)) if entry.federation.documents else "",
    ]
    return _("，").join(part for part in parts if part) + _("，各带日期和来源。")


def growths(figures: Sequence[FigureView]) -> Iterator[Growth]:
    """Figures of the same name (or general key) and unit that were reported for more than one date."""
    series: defaultdict[tuple[str, str], list[FigureView]] = defaultdict(list)
    for view in figures:
        if view.figure.as_of is not None:
            series[view.figure.key or view.figure.label, view.figure.unit].append(view)
    for views in series.values():
        by_date = {str(view.figure.as_of): view for view in views}
        if len(by_date) < 2:
            continue
        most = max(view.figure.value for view in by_date.values()) or 1
        yield Growth(
            label=views[0].figure.label,
            figures=tuple(
                FigureView(view.figure, view.refs, round(100 * view.figure.value / most, 1))
                for date_, view in sorted(by_date.items())
            ),
        )


def kind_rows(
    chambers: Sequence[ChamberEntry], columns: Sequence[str], directory: Directory
) -> Iterator[KindRow]:
    """One row a kind that the federation has, in the order of the vocabulary."""
    counts: Counter[tuple[str, str]] = Counter(
        (chamber.kind.id, chamber.chamber.level or "") for chamber in chambers
    )
    for id_, kind in directory.kinds.items():
        row = tuple(counts[kind.id, level] for level in columns)
        if sum(row):
            yield KindRow(kind.title, f"kinds/{id_}/", row, sum(row))


def kind_groups(chambers: Sequence[ChamberEntry], entry: FederationEntry) -> Iterator[KindGroup]:
    """Chambers sorted by kind, cut where the kind changes."""
    for title, group in groupby(chambers, lambda chamber: chamber.kind.title):
        yield KindGroup(title, tuple((c.chamber.name, c.url, _apart(c, entry)) for c in group))


def _apart(chamber: ChamberEntry, entry: FederationEntry) -> str:
    """The trade, else the region when it is not the federation's own."""
    region = chamber.place.region
    elsewhere = region is not None and region != entry.place.region
    return shown_trade(chamber) or (short_place(region.name) if region and elsewhere else "")


def _counted(entry: FederationEntry, directory: Directory) -> Counted:
    return Counted(entry.federation.short_name, entry.url, len(directory.by_federation.get(entry.id, ())))


def _crumbs(entry: FederationEntry, directory: Directory, _: Translate) -> tuple[Crumb, ...]:
    regions = [
        crumb
        for region, crumb in zip(entry.place.chain, region_crumbs(entry.place), strict=True)
        if region.code in directory.by_region
    ]
    return ((_("工商联"), "federations/"), *regions, (entry.federation.short_name, None))
