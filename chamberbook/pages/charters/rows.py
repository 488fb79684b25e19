"""How a charter stands in a list."""

from __future__ import annotations

from dataclasses import dataclass

from chamberbook import wording
from chamberbook.derive import CharterEntry
from chamberbook.formats import enumeration
from chamberbook.pages.links import Link
from chamberbook.pages.views import short_place_of
from chamberbook.records import PartialDate


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
    monitoring_body: str | None
    sanctions: bool | None
    sanctions_text: str | None
    fixes_price: bool


def charter_row(entry: CharterEntry) -> CharterRow:
    """How a charter stands in a list."""
    charter = entry.charter
    return CharterRow(
        url=entry.url,
        title=charter.title or "",
        type=entry.type.title,
        chamber=Link(entry.chamber.name, f"chambers/{entry.slug}/"),
        trade=entry.chamber.trade or enumeration([industry.title for industry in entry.industries]),
        place=short_place_of(entry.place),
        when=date_of(entry),
        articles=charter.articles,
        status=charter.status,
        summary=charter.summary,
        monitoring=charter.monitoring,
        monitoring_body=charter.monitoring_body,
        sanctions=charter.sanctions,
        sanctions_text=charter.sanctions_text,
        fixes_price=wording.fixes_price(charter.summary or ""),
    )


def date_of(entry: CharterEntry) -> PartialDate | None:
    """The day by which a charter is filed: adopted, else published, else in force."""
    charter = entry.charter
    return charter.adopted or charter.published or charter.in_force


def title_of(entry: CharterEntry, untitled: str) -> str:
    """The title in 书名号; for a charter without one its type in `untitled`, a template with {type}."""
    charter = entry.charter
    return f"《{charter.title}》" if charter.title else untitled.format(type=entry.type.title)
