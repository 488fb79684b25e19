"""Feeds of what changed, for readers who come back only when something did: Atom (RFC 4287) and JSON Feed 1.1.

One pair for the whole directory and one for each region, industry and federation to which something happened. Feeds
name everything by absolute address, so a site that does not know its own has none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape, quoteattr

from chamberbook.derive import Directory
from chamberbook.formats import LOCALE
from chamberbook.history import Event
from chamberbook.pages.changes import EventView, Words
from chamberbook.pages.feeds import URL
from chamberbook.problems import Translate
from chamberbook.settings import Settings

ATOM, JSON = "feed.xml", "feed.json"
#: Entries of a feed; who subscribes asks every day or so, and the page of changes has the rest.
MOST = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as both kinds of feed have it: an id for ever, when, and the rest as finished pieces."""

    id: str
    when: str
    title: str
    url: str
    text: str
    badge: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: the site-relative folder that it lies in, whose page it belongs to; its title; its entries."""

    folder: str
    title: str
    entries: Sequence[Entry]


class Feeds:
    """Makes feeds of one directory; an event that is told in several is put into words once."""

    def __init__(self, directory: Directory, settings: Settings, _: Translate) -> None:
        """Raises ValueError without a base URL."""
        if settings.base_url is None:
            raise ValueError("a feed needs absolute addresses")
        self._directory, self._settings, self._ = directory, settings, _
        self._base = settings.base_url
        self._language = _(LOCALE).replace("_", "-")
        self._words = Words(directory, _)
        self._entries: dict[str, Entry] = {}
        self._atoms: dict[str, str] = {}

    def files(self, folder: str, events: Sequence[Event]) -> Iterator[tuple[str, bytes]]:
        """Both files of a folder by their site-relative paths. There is at least one event."""
        entries = [self._entry(event) for event in events[:MOST]]
        feed = Feed(folder, self._title(folder), entries)
        yield f"{folder}{ATOM}", self._atom(feed).encode()
        yield f"{folder}{JSON}", self._json(feed).encode()

    def _title(self, folder: str) -> str:
        """`商会名录：更新记录`, `商会名录：苏州市的更新`."""
        _, directory = self._, self._directory
        kind, _slash, key = folder.rstrip("/").partition("/")
        if not key:
            return _("{site}：更新记录").format(site=self._settings.name)
        names: Mapping[str, Callable[[], str]] = {
            "regions": lambda: directory.regions[key].name,
            "industries": lambda: directory.industries[key].title,
            "federations": lambda: directory.federations[key].federation.short_name,
        }
        return _("{site}：{name}的更新").format(site=self._settings.name, name=names[kind]())

    def _entry(self, event: Event) -> Entry:
        if (found := self._entries.get(event.id)) is None:
            view = self._words.view(event)
            found = self._entries[event.id] = self._told(event, view)
        return found

    def _told(self, event: Event, view: EventView) -> Entry:
        assert event.when is not None
        title = self._("{badge}：{name}").format(badge=view.badge, name=view.name)
        return Entry(
            id=_tag(self._base, f"{view.day}", f"{URL}{view.id}"),
            when=event.when.isoformat(timespec="seconds"),
            title=title,
            url=self._base + (view.url if view.url is not None else URL),
            text=f"{view.text}\n{view.source}" if view.source else view.text,
            badge=view.badge,
        )

    def _atom(self, feed: Feed) -> str:
        base, name = self._base, self._settings.owner or self._settings.name
        lines = [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(self._language)}>',
            # The year is that of the form of these ids.
            f"<id>{escape(_tag(base, '2026', f'{feed.folder}feed'))}</id>",
            f"<title>{_text(feed.title)}</title>",
            f"<updated>{feed.entries[0].when}</updated>",
            f"<author><name>{_text(name)}</name><uri>{escape(base)}</uri></author>",
            f'<link rel="self" type="application/atom+xml" href={quoteattr(base + feed.folder + ATOM)}/>',
            f'<link rel="alternate" type="text/html" href={quoteattr(base + feed.folder)}/>',
            f"<icon>{escape(base)}favicon.ico</icon>",
            "<rights>CC BY 4.0</rights>",
            *(self._atom_entry(entry) for entry in feed.entries),
            "</feed>",
        ]
        return "\n".join(lines) + "\n"

    def _atom_entry(self, entry: Entry) -> str:
        if (found := self._atoms.get(entry.id)) is None:
            found = self._atoms[entry.id] = (
                f"<entry><id>{escape(entry.id)}</id><title>{_text(entry.title)}</title>"
                f"<updated>{entry.when}</updated><published>{entry.when}</published>"
                f'<link rel="alternate" type="text/html" href={quoteattr(entry.url)}/>'
                f"<category term={quoteattr(entry.badge)}/><content>{_text(entry.text)}</content></entry>"
            )
        return found

    def _json(self, feed: Feed) -> str:
        base = self._base
        value = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": base + feed.folder,
            "feed_url": base + feed.folder + JSON,
            "favicon": f"{base}favicon.ico",
            "language": self._language,
            "authors": [{"name": self._settings.owner or self._settings.name, "url": base}],
            "items": [
                {
                    "id": entry.id,
                    "url": entry.url,
                    "title": entry.title,
                    "content_text": entry.text,
                    "date_published": entry.when,
                    "tags": [entry.badge],
                }
                for entry in feed.entries
            ],
        }
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _tag(base: str, day: str, name: str) -> str:
    """An id for ever (RFC 4151): a host that somebody owned on a day, in ASCII, and what they call the thing."""
    parts = urlsplit(base)
    host = (parts.hostname or "").encode("idna").decode()
    return f"tag:{host},{day}:{quote(parts.path, safe='/%')}{name}"


def _text(text: str) -> str:
    """As character data. XML has no way to write most control characters; records hold none, file names of git may."""
    return escape("".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text))
