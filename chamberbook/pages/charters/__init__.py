"""The charter library and the page of each charter."""

from __future__ import annotations

from collections.abc import Iterator

from chamberbook.derive import Directory
from chamberbook.pages.charters import library, record
from chamberbook.pages.model import Page
from chamberbook.problems import Translate
from chamberbook.settings import Settings


def pages(directory: Directory, settings: Settings, _: Translate) -> Iterator[Page]:
    """The library, its lists, one page for each charter and one for each pair of versions."""
    yield from library.pages(directory, settings, _)
    position = {charter.url: place for place, charter in enumerate(directory.charters)}
    for charter in directory.charters:
        yield from record.charter_pages(charter, directory, lambda other: position[other.url], _)
