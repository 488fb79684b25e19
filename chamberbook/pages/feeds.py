"""Which pages have feeds of what changed there. A feed needs absolute addresses: a site that knows none has no feeds,
and what stood once does not change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from chamberbook.derive import Directory
from chamberbook.history import Event
from chamberbook.pages.model import Page
from chamberbook.settings import Settings

#: The page of changes, whose feeds tell of the whole directory.
URL = "changes/"


def feed_folders(directory: Directory, settings: Settings) -> Mapping[str, tuple[Event, ...]]:
    """The site-relative addresses of pages that have feeds, with what these tell of, newest first; never nothing."""
    events = directory.events
    if not settings.base_url or not events.all or settings.stood:
        return {}
    return {
        URL: events.all,
        **{f"regions/{code}/": found for code, found in events.by_region.items()},
        **{f"industries/{code}/": found for code, found in events.by_industry.items()},
        **{f"federations/{id_}/": found for id_, found in events.by_federation.items()},
    }


def has_feed(folders: Collection[str], code: str) -> bool:
    """Whether the list of a region or of an industry has feeds."""
    return f"regions/{code}/" in folders or f"industries/{code}/" in folders


def with_feeds(pages: Iterable[Page], folders: Collection[str]) -> Iterator[Page]:
    """The same pages, those with feeds saying so."""
    for page in pages:
        yield replace(page, feed=page.url) if page.url in folders else page
