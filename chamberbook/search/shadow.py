"""The shadow tree: one tiny HTML page for each record, which is all that Pagefind reads.

Pagefind indexes every word of the meta values too, and weighs each meta field by itself; so the words of a record are
its meta fields, and its body is the one word that is everywhere. What a reader sees of a result must not be indexed:
it is the meta value `row`, spelled in characters of private use, which hold no letters or digits.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from chamberbook.derive import ChamberEntry, CharterEntry, Directory, industry_codes
from chamberbook.pages.views import shown_status
from chamberbook.search.fields import Cutter, Fields, chamber_fields, charter_fields
from chamberbook.search.rows import chamber_row, charter_row
from chamberbook.search.tokens import EVERYTHING, Hanzi

#: Byte 0 of a row; the 256 characters from here are of private use.
ROW_BASE = 0xE000


@dataclass(frozen=True, slots=True)
class Shadow:
    """One record as Pagefind gets it."""

    url: str
    fields: Fields
    filters: Mapping[str, Sequence[str]]
    sorts: Mapping[str, int]
    row: Mapping[str, Any]

    def html(self) -> str:
        """The page. Attributes are escaped; words are ASCII."""
        metas = "".join(
            f'<i data-pagefind-meta="{field.name}">{" ".join(words)}</i>'
            for field in fields(self.fields)
            if (words := getattr(self.fields, field.name))
        )
        filters = "".join(
            f'<i data-pagefind-filter="{name}:{escape(value)}"></i>'
            for name, values in self.filters.items()
            for value in values
        )
        return (
            f"<!doctype html><html><body data-pagefind-body><p>{EVERYTHING}</p>"
            f"<div data-pagefind-ignore>{_keys(self.sorts)}{filters}{metas}"
            f'<i data-pagefind-meta="row">{hidden(self.row)}</i></div></body></html>\n'
        )


def no_records() -> str:
    """The page for a directory without records: Pagefind refuses to index nothing.

    It shows a query that the index loaded; being no kind of record, it is never among the results.
    """
    keys = _keys(dict.fromkeys(_SORTS, 0))
    return (
        f"<!doctype html><html><body data-pagefind-body><p>{EVERYTHING}</p>"
        f'{keys}<i data-pagefind-filter="none:none"></i></body></html>\n'
    )


def _keys(sorts: Mapping[str, int]) -> str:
    """Sort keys, an element each: of several values in one attribute Pagefind takes everything for the first key's."""
    return "".join(f'<i data-pagefind-sort="{name}:{place:07d}"></i>' for name, place in sorts.items())


def shadows(directory: Directory, hanzi: Hanzi) -> list[Shadow]:
    """Every chamber in the order of names, each followed by its charters."""
    entries: list[ChamberEntry | CharterEntry] = []
    for chamber in directory.chambers:
        entries += [chamber, *chamber.charters]
    orders = {name: _places(entries, key) for name, key in _SORTS.items()}
    found, cutter = [], Cutter(hanzi)
    for place, entry in enumerate(entries):
        sorts = {name: order[place] for name, order in orders.items()}
        if isinstance(entry, ChamberEntry):
            found.append(_chamber(entry, sorts, cutter))
        else:
            found.append(_charter(entry, sorts, cutter))
    return found


def write_shadows(found: Iterable[Shadow], folder: Path) -> None:
    """One file for each record; the address of a result is in its row, not in the name of its file."""
    for number, shadow in enumerate(found):
        path = folder / f"{number:06d}.html"
        path.write_text(shadow.html(), encoding="utf-8", newline="\n")


def hidden(row: Mapping[str, Any]) -> str:
    """A row as characters of private use, one for each byte of its JSON."""
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    return "".join(chr(ROW_BASE + byte) for byte in text.encode())


def _chamber(entry: ChamberEntry, sorts: Mapping[str, int], cutter: Cutter) -> Shadow:
    topics = {topic.id for charter in entry.charters for topic in charter.topics}
    levels = {f"{award.scheme_id}:{award.level.id}" for award in entry.awards}
    ratings = {award.scheme_id for award in entry.awards} | levels
    held = {f"{award.scheme_id}:{award.level.id}" for award in entry.awards if award.holds}
    if held:
        # Several values of one filter widen a search, so each level that holds today is a value of its own.
        ratings |= {"in_force", *(f"{level}:in_force" for level in held)}
    return Shadow(
        url=entry.url,
        fields=chamber_fields(entry, cutter),
        filters={
            "record": ("chamber",),
            "region": tuple(region.code for region in entry.place.chain) or ("national",),
            "industry": tuple(industry_codes(entry.industries)),
            "kind": (entry.kind.id,),
            "rating": tuple(sorted(ratings)) or ("none",),
            "charter": ("yes" if entry.charters else "no",),
            "topic": tuple(sorted(topics)),
            "status": (shown_status(entry),),
        },
        sorts=sorts,
        row={**chamber_row(entry), "keys": _row_keys(entry)},
    )


def _charter(entry: CharterEntry, sorts: Mapping[str, int], cutter: Cutter) -> Shadow:
    return Shadow(
        url=entry.url,
        fields=charter_fields(entry, cutter),
        filters={
            "record": ("charter",),
            "region": tuple(region.code for region in entry.place.chain) or ("national",),
            "industry": tuple(industry_codes(entry.industries)),
            "topic": tuple(sorted(topic.id for topic in entry.topics)),
        },
        sorts=sorts,
        row={**charter_row(entry), "keys": _row_keys(entry)},
    )


def _row_keys(entry: ChamberEntry | CharterEntry) -> dict[str, int]:
    """What an order goes by, the smallest first: the places of two sites cannot be compared, these can."""
    return {name: key(entry) for name, key in _SORTS.items() if name != "name"}


def _places(entries: Sequence[ChamberEntry | CharterEntry], key: Any) -> list[int]:
    """The place of each entry in one order. A record without a place would vanish from a sorted list."""
    places = [0] * len(entries)
    for place, number in enumerate(sorted(range(len(entries)), key=lambda n: (key(entries[n]), n))):
        places[number] = place
    return places


def _rated(entry: ChamberEntry | CharterEntry) -> int:
    """Newest award first."""
    if isinstance(entry, CharterEntry):
        return 1
    dates = [a.rating.awarded.last_day for a in entry.awards if a.rating.awarded]
    dates += [date(int(a.rating.period[-4:]), 12, 31) for a in entry.awards if a.rating.period]
    return -max(dates).toordinal() if dates else 0


def _founded(entry: ChamberEntry | CharterEntry) -> int:
    """Oldest first, unknown last."""
    founded = entry.chamber.founded
    return founded.first_day.toordinal() if founded else date.max.toordinal()


def _verified(entry: ChamberEntry | CharterEntry) -> int:
    """Newest material first."""
    verified = entry.chamber.verified
    return -verified.last_day.toordinal() if verified else 0


#: Every order ascends; equal ones keep the order of names.
_SORTS: Mapping[str, Any] = {
    "name": lambda _entry: 0,
    "rated": _rated,
    "founded": _founded,
    "verified": _verified,
}
