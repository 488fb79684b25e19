"""The plan of the whole site: every page with its address and data, no HTML."""

from __future__ import annotations

from collections.abc import Iterator

from chamberbook.derive import Directory
from chamberbook.pages import (
    chamber,
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
from chamberbook.pages.model import Page
from chamberbook.problems import Translate
from chamberbook.settings import Settings


def moved(directory: Directory) -> Iterator[tuple[str, str]]:
    """Every address that leads on to another, with where it leads."""
    for part in (misc, tombstones):
        for page in part.pages(directory, Settings(), str):
            if target := page.data.get("target"):
                yield page.url, target


def plan(directory: Directory, settings: Settings, _: Translate) -> Iterator[Page]:
    """Every page that is made from records, always in the same order, no address twice."""
    for part in (
        home,
        chamber,
        lists,
        indexes,
        federation,
        ratings,
        charters,
        stats,
        search,
        rules,
        form,
        misc,
        tombstones,
    ):
        yield from part.pages(directory, settings, _)
