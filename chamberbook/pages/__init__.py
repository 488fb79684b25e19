"""The plan of the whole site: every page with its address and data, no HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from chamberbook.derive import Directory
from chamberbook.pages import (
    chamber,
    changes,
    charters,
    federation,
    form,
    home,
    indexes,
    lists,
    misc,
    ratings,
    rules,
    search,
    stats,
    tombstones,
)
from chamberbook.pages.model import Page, Unit, gathered
from chamberbook.problems import Translate
from chamberbook.settings import Settings

#: Pages that are made, kept and given to a process together: enough that what goes with each piece costs little, few
#: enough that an edit of one record makes few others anew.
TOGETHER = 24


def moved(directory: Directory) -> Iterator[tuple[str, str]]:
    """Every address that leads on to another, with where it leads."""
    for part in (misc, tombstones):
        for page in part.pages(directory, Settings(), str):
            if target := page.data.get("target"):
                yield page.url, target


def plan(directory: Directory, settings: Settings, _: Translate) -> Iterator[Page]:
    """Every page that is made from records, always in the same order, no address twice."""
    for unit in units(directory, settings, _):
        yield from unit.make()


def units(directory: Directory, settings: Settings, _: Translate) -> Iterator[Unit]:
    """The plan in pieces; those of pages that tell of everything follow from every record."""
    everything = directory.all_digest()

    def whole(pages: Callable[[Directory, Settings, Translate], Iterator[Page]]) -> Iterator[Unit]:
        yield Unit((pages.__module__, everything), TOGETHER, partial(pages, directory, settings, _), "others")

    yield from whole(home.pages)
    for rated in (False, True):
        yield from gathered("chamber", chamber.units(directory, settings, _, rated=rated), TOGETHER)
    yield from gathered("lists", lists.units(directory, settings, _), TOGETHER)
    yield from whole(indexes.pages)
    yield from gathered("federation", federation.units(directory, settings, _), TOGETHER)
    yield from gathered("ratings", ratings.units(directory, settings, _), TOGETHER)
    yield from gathered("charters", charters.units(directory, settings, _), TOGETHER)
    yield from gathered("changes", changes.units(directory, settings, _), TOGETHER)
    for part in (stats, search, rules, form, misc, tombstones):
        yield from whole(part.pages)
