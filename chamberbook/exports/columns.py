"""What a table is: columns with types, a key, links to other tables, and rows that are made while they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel

from chamberbook.problems import N_, Translate
from chamberbook.records import PartialDate

#: A value of a row. Dates are ISO text, as precise as they are known; several values of one cell are joined by `;`.
Value = str | int | float | bool | None
Row = tuple[Value, ...]
ColumnType = Literal["string", "integer", "number", "boolean", "date"]

#: A date known to the year, the month or the day.
PARTIAL_DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
JOINED = N_("多项用英文分号隔开。")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, which never changes within a version, its Chinese title, what it means, its type.

    `free` columns hold text that somebody wrote, the others only codes, numbers and dates. `width` is that of the
    column in a workbook, in characters.
    """

    key: str
    title: str
    description: str
    type: ColumnType = "string"
    pattern: str | None = None
    free: bool = False
    width: int = 12


@dataclass(frozen=True, slots=True)
class Link:
    """Columns that hold the key of a row of another table."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `rows` makes its rows, in the order of the key, each as long as `columns`."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[], Iterable[Row]]
    links: tuple[Link, ...] = ()


def iso(day: PartialDate | date | None) -> str | None:
    """A day as a cell has it, as precise as it is known."""
    return None if day is None else str(day)


def explained(description: str, _: Translate) -> str:
    """What a column or a table means, in the language of a page: the part about several values is a message of its own."""
    head = description.removesuffix(JOINED)
    return (_(head) if head else "") + (_(JOINED) if head != description else "")


def text(model: type[BaseModel], name: str, key: str = "", width: int = 24) -> Column:
    """A column of free text, named and explained as the field of the record."""
    title, description = _said(model, name)
    return Column(key or name, title, description, free=True, width=width)


def code(model: type[BaseModel], name: str, key: str = "", width: int = 12) -> Column:
    """A column of ids, codes or words of a closed list."""
    title, description = _said(model, name)
    return Column(key or name, title, description, width=width)


def when(model: type[BaseModel], name: str, key: str = "") -> Column:
    """A column of dates known to the year, the month or the day."""
    title, description = _said(model, name)
    return Column(key or name, title, description, pattern=PARTIAL_DATE)


def number(model: type[BaseModel], name: str, type_: ColumnType = "integer", key: str = "") -> Column:
    """A column of numbers, or of yes and no."""
    title, description = _said(model, name)
    return Column(key or name, title, description, type_, width=8)


def chamber_link() -> Link:
    """From a table of parts of records to the chambers."""
    return Link(("chamber",), "chambers", ("id",))


def joined(values: Iterable[str]) -> str | None:
    """Several values as one cell."""
    return ";".join(values) or None


def _said(model: type[BaseModel], name: str) -> tuple[str, str]:
    field = model.model_fields[name]
    return field.title or name, field.description or ""
