"""A title with an address, and the same with a number: what lists of links are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chamberbook.derive import Directory
from chamberbook.formats import short_place
from chamberbook.records import Industry, Region


@dataclass(frozen=True, slots=True)
class Link:
    """A title and the site-relative address of its page."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A link with the number of chambers, or of charters, that its page lists."""

    title: str
    url: str
    count: int


def counted_region(directory: Directory, region: Region) -> Counted:
    """A region in short, with its chambers."""
    count = len(directory.by_region.get(region.code, ()))
    return Counted(short_place(region.name), f"regions/{region.code}/", count)


def counted_industry(directory: Directory, industry: Industry) -> Counted:
    """An industry by its title, with its chambers."""
    count = len(directory.by_industry.get(industry.code, ()))
    return Counted(industry.title, f"industries/{industry.code}/", count)


def counted_topics(directory: Directory) -> tuple[Counted, ...]:
    """Charter topics, most charters first."""
    found = (
        Counted(directory.topics[id_].title, f"charters/topics/{id_}/", len(charters))
        for id_, charters in directory.charters_by_topic.items()
    )
    return most(found)


def most(items: Iterable[Counted]) -> tuple[Counted, ...]:
    """Largest number first, then by address."""
    return tuple(sorted(items, key=lambda item: (-item.count, item.url)))
