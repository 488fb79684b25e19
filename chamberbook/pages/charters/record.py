"""The page of one charter, and the page that compares it with the version that it replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from chamberbook import wording
from chamberbook.articles import Block, blocks
from chamberbook.cache import digest
from chamberbook.derive import CharterEntry, Directory
from chamberbook.formats import date_text
from chamberbook.pages.charters.rows import charter_row, date_of, title_of
from chamberbook.pages.links import Counted
from chamberbook.pages.model import Inputs, Page, Unit
from chamberbook.pages.neighbours import following
from chamberbook.pages.sources import Citations
from chamberbook.pages.views import Crumb, short_place_of
from chamberbook.problems import Translate
from chamberbook.versions import compare

#: Charters named beside a charter.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Version:
    """One of a charter's versions: `here` is the page's own, `compare` its comparison with the one before it."""

    title: str
    url: str
    status: str
    here: bool
    compare: str


def units(directory: Directory, _: Translate) -> Iterator[Unit]:
    """One for each charter: it follows from its record, from those named beside it, and from how many share a topic."""
    position = {charter.url: place for place, charter in enumerate(directory.charters)}
    counts = digest(*(f"{id_} {len(found)}" for id_, found in directory.charters_by_topic.items()))

    def place_of(entry: CharterEntry) -> int:
        return position[entry.url]

    for entry in directory.charters:
        own = directory.by_slug[entry.slug].digest
        beside = (directory.by_slug[other.slug].digest for other in related(entry, directory, place_of))
        inputs: Inputs = ("charter", entry.charter.id, own, counts, *beside)
        yield Unit(inputs, 1, partial(charter_pages, entry, directory, place_of, _))


def charter_pages(
    entry: CharterEntry, directory: Directory, place_of: Callable[[CharterEntry], int], _: Translate
) -> Iterator[Page]:
    """The charter's own page, then the comparison with the version that it replaced, when both texts are held."""
    yield charter_page(entry, directory, place_of, _)
    older = replaced(entry, directory)
    if older is not None and is_compared(entry, directory):
        yield compare_page(older, entry, directory, _)


def charter_page(
    entry: CharterEntry, directory: Directory, place_of: Callable[[CharterEntry], int], _: Translate
) -> Page:
    """The plan of a charter's page: its facts, its text when it may be shown, its versions, its sources."""
    charter, cite = entry.charter, Citations(entry.chamber.sources)
    refs = cite.refs(charter.source)
    text = blocks(entry.text) if entry.text is not None else ()
    title = title_of(entry, _("{type}（题目未载）"))
    others = versions(entry, directory, _)
    return Page(
        url=entry.url,
        title=_page_title(entry, title, bool(others), _),
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
            "prices": price_notes(entry, text),
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


def price_notes(entry: CharterEntry, text: tuple[Block, ...]) -> frozenset[str]:
    """Where the note about agreed prices stands: anchors of articles, "" for the charter as a whole.

    As a whole when no article can carry it: only a summary is held, or the words stand in title or prose.
    """
    found = {block.anchor for block in text if wording.fixes_price(block.text)}
    if not found and wording.fixes_price(
        "\n".join(filter(None, (entry.charter.title, entry.charter.summary)))
    ):
        found.add("")
    return frozenset(found)


def _page_title(entry: CharterEntry, title: str, several: bool, _: Translate) -> str:
    """The title with its chamber, and with the year when the charter has versions: they mostly share one name."""
    when = date_of(entry)
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
        date_text(when, _) if when else "",
    ]
    said = entry.charter.summary or _("注明来源")
    return _("，").join(part for part in parts if part) + _("。") + said


def replaced(entry: CharterEntry, directory: Directory) -> CharterEntry | None:
    """The version that a charter replaced."""
    siblings = directory.by_slug[entry.slug].charters
    return next((c for c in siblings if c.charter.id == entry.charter.supersedes), None)


def is_compared(entry: CharterEntry, directory: Directory) -> bool:
    """Whether there is a page that compares a charter with the version that it replaced: both texts are held."""
    older = replaced(entry, directory)
    return older is not None and bool(older.text and entry.text)


def compare_url(entry: CharterEntry) -> str:
    """Where a charter is compared with the version before it."""
    return f"{entry.url}compare/"


def versions(entry: CharterEntry, directory: Directory, _: Translate) -> tuple[Version, ...]:
    """All versions that lead to or from a charter, newest first; empty when it is the only one."""
    siblings = directory.by_slug[entry.slug].charters
    family = {entry.charter.id: entry}
    waiting = [entry]
    while waiting:
        known = waiting.pop()
        for other in siblings:
            linked = (
                known.charter.supersedes == other.charter.id or other.charter.supersedes == known.charter.id
            )
            # Charters that replace one another in a circle are no reason to go round for ever.
            if linked and other.charter.id not in family:
                family[other.charter.id] = other
                waiting.append(other)
    if len(family) < 2:
        return ()
    ordered = sorted(family.values(), key=lambda c: (_first_day(c), c.charter.id), reverse=True)
    return tuple(
        Version(
            title=title_of(other, _("{type}（题目未载）")) + _dated(other, _),
            url=other.url,
            status=other.charter.status,
            here=other is entry,
            compare=compare_url(other) if is_compared(other, directory) else "",
        )
        for other in ordered
    )


def _first_day(entry: CharterEntry) -> str:
    when = date_of(entry)
    return str(when.first_day) if when else ""


def _dated(entry: CharterEntry, _: Translate) -> str:
    when = date_of(entry)
    return _("（{date}）").format(date=date_text(when, _)) if when else ""


def compare_page(older: CharterEntry, newer: CharterEntry, directory: Directory, _: Translate) -> Page:
    """Two versions article by article."""
    title = title_of(newer, _("{type}（题目未载）"))
    old_name, new_name = _version_name(older, _("旧版"), _), _version_name(newer, _("新版"), _)
    if old_name == new_name:
        old_name, new_name = _("旧版"), _("新版")
    return Page(
        url=compare_url(newer),
        title=_("{title}版本对照（{chamber}）").format(title=title, chamber=newer.chamber.name),
        description=_("{chamber}{title}：{new}与{old}逐条对照，改了哪些、加了哪些、删了哪些。").format(
            chamber=newer.chamber.name, title=title, new=new_name, old=old_name
        ),
        template="compare.html",
        data={
            "crumbs": ((_("公约"), "charters/"), (title, newer.url), (_("版本对照"), None)),
            "heading": title,
            "older": older,
            "newer": newer,
            "old_name": old_name,
            "new_name": new_name,
            "comparison": compare(older.text or "", newer.text or ""),
        },
        tab="charters",
        source=directory.by_slug[newer.slug].path,
    )


def _version_name(entry: CharterEntry, undated: str, _: Translate) -> str:
    when = date_of(entry)
    return _("{year}年版").format(year=when.year) if when else undated


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
