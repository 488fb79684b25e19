"""The charter library: one page a charter, and the lists by topic, by type and by industry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from chamberbook.articles import blocks
from chamberbook.derive import CharterEntry, Directory
from chamberbook.formats import zh_date
from chamberbook.pages.links import Counted, Link, counted_topics, most
from chamberbook.pages.model import Page
from chamberbook.pages.neighbours import following
from chamberbook.pages.sources import Citations
from chamberbook.pages.views import Crumb, paged, short_place_of
from chamberbook.problems import Translate
from chamberbook.records import PartialDate, Term
from chamberbook.settings import Settings

#: Charters named under each topic of the library, and beside a charter.
NAMED = 3
#: Topics that the library opens with; the others are links.
OPEN_TOPICS = 10
#: Topics named as related to a topic.
RELATED = 12


@dataclass(frozen=True, slots=True)
class CharterRow:
    """A charter in a list. `title` is empty when the material gives none."""

    url: str
    title: str
    type: str
    chamber: Link
    trade: str
    place: str
    when: PartialDate | None
    articles: int | None
    status: str
    summary: str | None
    monitoring: bool | None
    sanctions: bool | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Charters under one heading: a topic of the library, an industry of a topic."""

    title: str
    url: str
    count: int
    rows: tuple[CharterRow, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A plain list before it is cut into pages."""

    url: str
    crumb: str
    title: str
    charters: tuple[CharterEntry, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """The ways into the library, counted once: links with the number of charters behind each."""

    topics: tuple[Counted, ...]
    industries: tuple[Counted, ...]
    types: tuple[Counted, ...]


def pages(directory: Directory, settings: Settings, _: Translate) -> Iterator[Page]:
    """The library, its lists and one page for each charter."""
    library = derive_library(directory)
    yield library_page(directory, library, _)
    for id_ in directory.charters_by_topic:
        yield from topic_pages(directory.topics[id_], directory, library, settings, _)
    for id_, charters in directory.charters_by_type.items():
        term = directory.charter_types[id_]
        title = _("{type}：收录的{n}份").format(type=term.title, n=len(charters))
        listing = Listing(f"charters/types/{id_}/", term.title, title, charters)
        yield from list_pages(listing, library, settings, _)
    for code, charters in directory.charters_by_industry.items():
        name = directory.industries[code].title
        title = _("{industry}的公约").format(industry=name)
        listing = Listing(f"charters/industries/{code}/", name, title, charters)
        yield from list_pages(listing, library, settings, _)
    position = {charter.url: place for place, charter in enumerate(directory.charters)}
    for charter in directory.charters:
        yield charter_page(charter, directory, lambda other: position[other.url], _)


def derive_library(directory: Directory) -> Library:
    """Topics, industries and types that have charters, most first."""
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
    )


def charter_row(entry: CharterEntry) -> CharterRow:
    """How a charter stands in a list."""
    charter = entry.charter
    return CharterRow(
        url=entry.url,
        title=charter.title or "",
        type=entry.type.title,
        chamber=Link(entry.chamber.name, f"chambers/{entry.slug}/"),
        trade=entry.chamber.trade or "、".join(industry.title for industry in entry.industries),
        place=short_place_of(entry.place),
        when=charter.adopted or charter.published or charter.in_force,
        articles=charter.articles,
        status=charter.status,
        summary=charter.summary,
        monitoring=charter.monitoring,
        sanctions=charter.sanctions,
    )


def library_page(directory: Directory, library: Library, _: Translate) -> Page:
    """The library by topic: a few charters of each, all of them one link away."""
    shelves = []
    for topic in library.topics[:OPEN_TOPICS]:
        charters = directory.charters_by_topic[topic.url.split("/")[-2]]
        rows = tuple(charter_row(charter) for charter in charters[:NAMED])
        shelves.append(Shelf(topic.title, topic.url, topic.count, rows))
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


def list_pages(listing: Listing, library: Library, settings: Settings, _: Translate) -> Iterator[Page]:
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
                "rows": tuple(charter_row(charter) for charter in part),
                "pager": pager,
                "url": listing.url,
            },
            tab="charters",
        )


def topic_pages(
    topic: Term, directory: Directory, library: Library, settings: Settings, _: Translate
) -> Iterator[Page]:
    """What the charters of one topic say, side by side: a table, then cards by section of industry."""
    charters = directory.charters_by_topic[topic.id]
    ordered = sorted(charters, key=_section)
    also = Counter(other.id for charter in charters for other in charter.topics if other.id != topic.id)
    together = {f"charters/topics/{id_}/" for id_, _count in also.most_common(RELATED)}
    for address, pager, part in paged(f"charters/topics/{topic.id}/", ordered, settings.page_size):
        title = _("公约里怎样写“{topic}”").format(topic=topic.title)
        yield Page(
            url=address,
            title=_numbered(title, pager.page, _),
            description=_("{n}份公约写到{topic}：哪家商会写的、是否有人监督、违约怎么办，并排对照。").format(
                n=len(charters), topic=topic.title
            ),
            template="topic.html",
            data={
                "crumbs": ((_("公约"), "charters/"), (topic.title, None)),
                "topic": topic,
                "pager": pager,
                "rows": tuple(charter_row(charter) for charter in part),
                "shelves": tuple(_shelves(part, directory, _)),
                "related": tuple(other for other in library.topics if other.url in together),
            },
            tab="charters",
        )


def _shelves(charters: Sequence[CharterEntry], directory: Directory, _: Translate) -> Iterator[Shelf]:
    for section, group in groupby(charters, _section):
        rows = tuple(charter_row(charter) for charter in group)
        known = section in directory.industries
        title = directory.industries[section].title if known else _("行业未归类")
        yield Shelf(title, f"charters/industries/{section}/" if known else "", len(rows), rows)


def _section(charter: CharterEntry) -> str:
    """The letter of the first industry; charters without one come last."""
    return charter.industries[0].code[0] if charter.industries else "~"


def _numbered(title: str, page: int, _: Translate) -> str:
    return title if page == 1 else _("{title}，第{page}页").format(title=title, page=page)


def charter_page(
    entry: CharterEntry, directory: Directory, place_of: Callable[[CharterEntry], int], _: Translate
) -> Page:
    """The plan of a charter's page: its facts, its text when it may be shown, its versions, its sources."""
    charter, cite = entry.charter, Citations(entry.chamber.sources)
    refs = cite.refs(charter.source)
    text = blocks(entry.text) if entry.text is not None else ()
    title = f"《{charter.title}》" if charter.title else _("{type}（题目未载）").format(type=entry.type.title)
    others = versions(entry, directory)
    return Page(
        url=entry.url,
        title=_page_title(entry, title, any(others.values()), _),
        description=description(entry, title, _),
        template="charter.html",
        data={
            "crumbs": _crumbs(entry, title, _),
            "entry": entry,
            "t": charter,
            "title": title,
            "place": short_place_of(entry.place),
            "refs": refs,
            "text": text,
            "articles": tuple(block for block in text if block.kind == "article"),
            "topics": tuple(
                Counted(
                    topic.title, f"charters/topics/{topic.id}/", len(directory.charters_by_topic[topic.id])
                )
                for topic in entry.topics
            ),
            "versions": others,
            "related": tuple(charter_row(other) for other in related(entry, directory, place_of)),
            "doubts": tuple(
                doubt.note for doubt in entry.chamber.doubts if doubt.about.startswith("charters")
            ),
            "sources": cite.cited(),
        },
        tab="charters",
        source=directory.by_slug[entry.slug].path,
    )


def _page_title(entry: CharterEntry, title: str, several: bool, _: Translate) -> str:
    """The title with its chamber, and with the year when the charter has versions: they mostly share one name."""
    when = entry.charter.adopted or entry.charter.published or entry.charter.in_force
    year = _("{year}年，").format(year=when.year) if several and when else ""
    return _("{title}（{chamber}）").format(title=title, chamber=year + entry.chamber.name)


def _crumbs(entry: CharterEntry, title: str, _: Translate) -> tuple[Crumb, ...]:
    topic: tuple[Crumb, ...] = ()
    if entry.topics:
        topic = ((entry.topics[0].title, f"charters/topics/{entry.topics[0].id}/"),)
    return ((_("公约"), "charters/"), *topic, (title, None))


def description(entry: CharterEntry, title: str, _: Translate) -> str:
    """One sentence: whose charter it is, of when, and what it says."""
    when = entry.charter.adopted or entry.charter.published
    parts = [
        _("{chamber}的{type}{title}").format(
            chamber=entry.chamber.name, type=entry.type.title, title=title if entry.charter.title else ""
        ),
        zh_date(when) if when else "",
    ]
    said = entry.charter.summary or _("注明来源")
    return _("，").join(part for part in parts if part) + _("。") + said


def versions(entry: CharterEntry, directory: Directory) -> Mapping[str, tuple[Link, ...]]:
    """`older`: what this charter replaces; `newer`: what replaced it. Both link to each other."""
    siblings = directory.by_slug[entry.slug].charters
    older = [c for c in siblings if c.charter.id == entry.charter.supersedes]
    newer = [c for c in siblings if c.charter.supersedes == entry.charter.id]

    def link(other: CharterEntry) -> Link:
        when = other.charter.adopted or other.charter.published
        name = other.charter.title or other.type.title
        return Link(f"《{name}》" + (f"（{zh_date(when)}）" if when else ""), other.url)

    return {"older": tuple(map(link, older)), "newer": tuple(map(link, newer))}


def related(
    entry: CharterEntry, directory: Directory, place_of: Callable[[CharterEntry], int]
) -> tuple[CharterEntry, ...]:
    """Charters of the same industry, then of the same topics."""
    groups = [directory.charters_by_industry.get(industry.code, ()) for industry in entry.industries]
    groups += [directory.charters_by_topic[topic.id] for topic in entry.topics]
    found: dict[str, CharterEntry] = {}
    for group in groups:
        for other in following(group, entry, place_of, NAMED):
            if len(found) < NAMED:
                found.setdefault(other.url, other)
    return tuple(found.values())
