"""The charter library and the page of each charter."""

from __future__ import annotations

from collections.abc import Iterator

from chamberbook.derive import Directory
from chamberbook.pages.charters import library, record
from chamberbook.pages.model import Page, Unit
from chamberbook.problems import Translate
from chamberbook.settings import Settings


def pages(directory: Directory, settings: Settings, _: Translate) -> Iterator[Page]:
    """The library, its lists, one page for each charter and one for each pair of versions."""
    for unit in units(directory, settings, _):
        yield from unit.make()


def units(directory: Directory, settings: Settings, _: Translate) -> Iterator[Unit]:
    """The library's lists, then each charter."""
    yield from library.units(directory, settings, _)
    yield from record.units(directory, _)
