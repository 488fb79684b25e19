"""The charter library: its front page, its lists, and the pages that set charters of one topic side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TypeVar

from chamberbook.cache import digest
from chamberbook.derive import CharterEntry, Directory, industry_codes
from chamberbook.pages.charters.rows import CharterRow, charter_row, date_of
from chamberbook.pages.links import Counted, counted_topics, most
from chamberbook.pages.model import Page, Unit
from chamberbook.pages.views import Crumb, page_count, paged
from chamberbook.problems import N_, Translate
from chamberbook.records import Industry, Term
from chamberbook.settings import Settings

#: Charters named under each topic of the library.
NAMED = 3
#: Topics that the library opens with; the others are links.
OPEN_TOPICS = 10
#: Topics named as related to a topic.
RELATED = 12
#: How each status is called, in the order of a charter's life.
STATUSES = {
    "draft": N_("草案"),
    "in_force": N_("施行中"),
    "superseded": N_("已被新版替代"),
    "repealed": N_("已废止"),
    "unknown": N_("施行状态待核实"),
}
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Charters under one heading: a topic of the library, an industry of a topic."""

    title: str
    url: str
    count: int
    rows: tuple[CharterRow, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A plain list before it is cut into pages. `across` are narrower pages: its charters by topic."""

    url: str
    crumb: str
    title: str
    charters: tuple[CharterEntry, ...]
    across: tuple[Counted, ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """The ways into the library, counted once: links with the number of charters behind each."""

    topics: tuple[Counted, ...]
    industries: tuple[Counted, ...]
    types: tuple[Counted, ...]
    statuses: tuple[Counted, ...]
    years: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """The charters of one topic, or of one topic in one industry, with the links to the pages around."""

    url: str
    topic: Term
    industry: Industry | None
    charters: tuple[CharterEntry, ...]
    across: tuple[Counted, ...]
    related: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Shelves:
    """The library's charters by every way in that the directory does not keep: built once."""

    by_status: Mapping[str, tuple[CharterEntry, ...]]
    by_year: Mapping[int, tuple[CharterEntry, ...]]
    by_topic_industry: Mapping[tuple[str, str], tuple[CharterEntry, ...]]

    @classmethod
    def of(cls, charters: Sequence[CharterEntry]) -> Shelves:
        """Sort the charters onto the shelves; one without a date is on no shelf of a year."""

        def years(entry: CharterEntry) -> list[int]:
            when = date_of(entry)
            return [when.year] if when else []

        def crossings(entry: CharterEntry) -> list[tuple[str, str]]:
            codes = industry_codes(entry.industries)
            return [(topic.id, code) for topic in entry.topics for code in codes]

        return cls(
            _grouped(charters, lambda entry: [entry.charter.status]),
            _grouped(charters, years),
            _grouped(charters, crossings),
        )


def _grouped(
    charters: Sequence[CharterEntry], keys: Callable[[CharterEntry], Iterable[K]]
) -> dict[K, tuple[CharterEntry, ...]]:
    found: defaultdict[K, list[CharterEntry]] = defaultdict(list)
    for charter in charters:
        for key in dict.fromkeys(keys(charter)):
            found[key].append(charter)
    return {key: tuple(group) for key, group in found.items()}


def units(directory: Directory, settings: Settings, _: Translate) -> Iterator[Unit]:
    """The front page, one list for each topic, topic in an industry, type, industry, status and year.

    They follow from the charters in them, and from how many are in the others.
    """
    shelves = Shelves.of(directory.charters)
    library = derive_library(directory, shelves, _)
    sizes = (f"{topic} {code} {len(found)}" for (topic, code), found in shelves.by_topic_industry.items())
    counts, rows = digest(repr(library), f"{len(directory.charters)}", *sizes), Rows()

    def unit(url: str, charters: Sequence[CharterEntry], make: Callable[[], Iterable[Page]]) -> Unit:
        own = (directory.by_slug[charter.slug].digest for charter in charters)
        ids = (charter.charter.id for charter in charters)
        return Unit((url, counts, *own, *ids), page_count(charters, settings.page_size), make)

    opened = [
        c for topic in library.topics for c in directory.charters_by_topic[topic.url.split("/")[-2]][:NAMED]
    ]
    yield unit("charters/", opened, lambda: [library_page(directory, library, rows, _)])
    for crossing in crossings(directory, shelves, library):
        make = partial(topic_pages, crossing, directory, rows, settings, _)
        yield unit(crossing.url, crossing.charters, make)
    for listing in listings(directory, shelves, _):
        yield unit(listing.url, listing.charters, partial(list_pages, listing, library, rows, settings, _))


class Rows(dict[str, CharterRow]):
    """The rows made so far by their charter's address."""

    def of(self, charters: Iterable[CharterEntry]) -> tuple[CharterRow, ...]:
        """The rows of some charters."""
        return tuple(self.get(one.url) or self.setdefault(one.url, charter_row(one)) for one in charters)


def derive_library(directory: Directory, shelves: Shelves, _: Translate) -> Library:
    """Topics, industries and types that have charters, most first; statuses and years in their own order."""
    return Library(
        topics=counted_topics(directory),
        industries=most(
            Counted(directory.industries[code].title, f"charters/industries/{code}/", len(charters))
            for code, charters in directory.charters_by_industry.items()
            if len(code) > 1
        ),
        types=most(
            Counted(directory.charter_types[id_].title, f"charters/types/{id_}/", len(charters))
            for id_, charters in directory.charters_by_type.items()
        ),
        statuses=tuple(
            Counted(_(title), _status_url(status), len(shelves.by_status[status]))
            for status, title in STATUSES.items()
            if status in shelves.by_status
        ),
        years=tuple(
            Counted(_("{year}年").format(year=year), f"charters/years/{year}/", len(charters))
            for year, charters in sorted(shelves.by_year.items(), reverse=True)
        ),
    )


def _status_url(status: str) -> str:
    return f"charters/status/{status.replace('_', '-')}/"


def library_page(directory: Directory, library: Library, rows: Rows, _: Translate) -> Page:
    """The library by topic: a few charters of each, all of them one link away."""
    shelves = []
    for topic in library.topics[:OPEN_TOPICS]:
        charters = directory.charters_by_topic[topic.url.split("/")[-2]]
        shelves.append(Shelf(topic.title, topic.url, topic.count, rows.of(charters[:NAMED])))
    return Page(
        url="charters/",
        title=_("公约库"),
        description=_(
            "各地商会与行业协会的行规行约、自律公约和倡议书{n}份，可按主题、行业和文种比较，每份注明来源。"
        ).format(n=len(directory.charters)),
        template="charters.html",
        data={
            "crumbs": ((_("公约"), None),),
            "library": library,
            "shelves": tuple(shelves),
            "others": library.topics[OPEN_TOPICS:],
            "total": len(directory.charters),
        },
        tab="charters",
    )


def listings(directory: Directory, shelves: Shelves, _: Translate) -> Iterator[Listing]:
    """The plain lists: by type, industry, status and year."""
    for id_, charters in directory.charters_by_type.items():
        term = directory.charter_types[id_]
        title = _("{type}：收录的{n}份").format(type=term.title, n=len(charters))
        yield Listing(f"charters/types/{id_}/", term.title, title, charters)
    for code, charters in directory.charters_by_industry.items():
        name = directory.industries[code].title
        across = most(
            Counted(directory.topics[topic].title, f"charters/topics/{topic}/{code}/", len(found))
            for (topic, industry), found in shelves.by_topic_industry.items()
            if industry == code
        )
        title = _("{industry}的公约").format(
            industry=_industry_name(directory.industries[code], directory, _)
        )
        yield Listing(f"charters/industries/{code}/", name, title, charters, across)
    for status, name in STATUSES.items():
        if status in shelves.by_status:
            title = _("状态为“{status}”的公约").format(status=_(name))
            yield Listing(_status_url(status), _(name), title, shelves.by_status[status])
    for year, charters in sorted(shelves.by_year.items()):
        crumb = _("{year}年").format(year=year)
        title = _("{year}年的公约").format(year=year)
        yield Listing(f"charters/years/{year}/", crumb, title, charters)


def list_pages(
    listing: Listing, library: Library, rows: Rows, settings: Settings, _: Translate
) -> Iterator[Page]:
    """A plain list of charters, cut into pages."""
    for address, pager, part in paged(listing.url, listing.charters, settings.page_size):
        yield Page(
            url=address,
            title=_numbered(listing.title, pager.page, _),
            description=_("{title}，名录共收录{n}份，注明制定的商会、日期和来源。").format(
                title=listing.title, n=pager.total
            ),
            template="charter_list.html",
            data={
                "crumbs": ((_("公约"), "charters/"), (listing.crumb, None)),
                "library": library,
                "rows": rows.of(part),
                "pager": pager,
                "url": listing.url,
                "across": listing.across,
            },
            tab="charters",
        )


def crossings(directory: Directory, shelves: Shelves, library: Library) -> Iterator[Crossing]:
    """Each topic, and each topic in each industry that has a charter of it."""
    by_topic: defaultdict[str, list[str]] = defaultdict(list)
    for of, code in shelves.by_topic_industry:
        by_topic[of].append(code)
    for id_, charters in directory.charters_by_topic.items():
        topic = directory.topics[id_]
        across = most(
            Counted(
                directory.industries[code].title,
                f"charters/topics/{id_}/{code}/",
                len(shelves.by_topic_industry[id_, code]),
            )
            for code in by_topic[id_]
            if len(code) > 1
        )
        related = _related(topic, charters, library)
        yield Crossing(f"charters/topics/{id_}/", topic, None, charters, across, related)
        for code in sorted(by_topic[id_]):
            found, industry = shelves.by_topic_industry[id_, code], directory.industries[code]
            url = f"charters/topics/{id_}/{code}/"
            same_trade = tuple(
                Counted(other.title, f"charters/topics/{other.id}/{code}/", len(there))
                for other in directory.topics.values()
                if other.id != id_ and (there := shelves.by_topic_industry.get((other.id, code)))
            )
            yield Crossing(url, topic, industry, found, (), most(same_trade))


def _related(topic: Term, charters: Sequence[CharterEntry], library: Library) -> tuple[Counted, ...]:
    also = Counter(other.id for charter in charters for other in charter.topics if other.id != topic.id)
    together = {f"charters/topics/{id_}/" for id_, _count in also.most_common(RELATED)}
    return tuple(other for other in library.topics if other.url in together)


def topic_pages(
    crossing: Crossing, directory: Directory, rows: Rows, settings: Settings, _: Translate
) -> Iterator[Page]:
    """What the charters of one topic say, side by side: a table, then cards by section of industry."""
    topic, industry = crossing.topic, crossing.industry
    ordered = sorted(crossing.charters, key=_section)
    title, name = _("公约里怎样写“{topic}”").format(topic=topic.title), ""
    about = _("{n}份公约写到{topic}：哪家商会写的、是否有人监督、违约怎么办，并排对照。")
    crumbs: tuple[Crumb, ...] = ((_("公约"), "charters/"), (topic.title, None))
    if industry:
        name = _industry_name(industry, directory, _)
        title = _("{industry}：公约里怎样写“{topic}”").format(industry=name, topic=topic.title)
        about = _("{industry}有{n}份公约写到{topic}：哪家商会写的、是否有人监督、违约怎么办，并排对照。")
        crumbs = (
            (_("公约"), "charters/"),
            (topic.title, f"charters/topics/{topic.id}/"),
            (industry.title, None),
        )
    for address, pager, part in paged(crossing.url, ordered, settings.page_size):
        yield Page(
            url=address,
            title=_numbered(title, pager.page, _),
            description=about.format(n=pager.total, topic=topic.title, industry=name),
            template="topic.html",
            data={
                "crumbs": crumbs,
                "topic": topic,
                "industry": industry,
                "pager": pager,
                "rows": rows.of(part),
                "shelves": tuple(_shelves(part, directory, rows, _)),
                "across": crossing.across,
                "related": crossing.related,
            },
            tab="charters",
        )


def _industry_name(industry: Industry, directory: Directory, _: Translate) -> str:
    """The title, with the code for a division that is called like its section, as K70 is in the standard."""
    section = directory.industries[industry.code[0]]
    if industry.title != section.title or industry == section:
        return industry.title
    return industry.title + _("（{code}）").format(code=industry.code)


def _shelves(
    charters: Sequence[CharterEntry], directory: Directory, rows: Rows, _: Translate
) -> Iterator[Shelf]:
    for section, group in groupby(charters, _section):
        shown = rows.of(group)
        known = section in directory.industries
        title = directory.industries[section].title if known else _("行业未归类")
        yield Shelf(title, f"charters/industries/{section}/" if known else "", len(shown), shown)


def _section(charter: CharterEntry) -> str:
    """The letter of the first industry; charters without one come last."""
    return charter.industries[0].code[0] if charter.industries else "~"


def _numbered(title: str, page: int, _: Translate) -> str:
    return title if page == 1 else _("{title}，第{page}页").format(title=title, page=page)
