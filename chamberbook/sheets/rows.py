"""Sheets -> rows of known columns: headings found in any order, what is strange about them said."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from chamberbook.problems import N_, Message, Problem, shown
from chamberbook.sheets.cells import Cell
from chamberbook.sheets.columns import GUIDE, LISTS, MAIN, SLUG, Column, Table
from chamberbook.sheets.place import CellPlace
from chamberbook.sheets.tables import Grid

REQUIRED = "＊"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: whose it is, its cells by column, and the place of each column in it."""

    slug: str
    number: int
    cells: Mapping[Column, Cell]
    places: Mapping[Column, CellPlace]

    @property
    def place(self) -> CellPlace:
        """Its first known cell, the one with the 编号."""
        return next(place for column, place in self.places.items() if column.kind == "slug")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was sent: the columns that it has, and its rows by 编号 in their order."""

    table: Table
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def of(self, slug: str) -> tuple[Row, ...]:
        """The rows of one chamber."""
        return tuple(row for row in self.rows if row.slug == slug)


@dataclass(slots=True)
class Sent:
    """Everything that a file holds for records."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    #: The federation that the guide's sheet names.
    federation: str = ""


def read_rows(grids: Iterable[Grid], tables: Iterable[Table], path: str) -> Sent:
    """The rows of every known sheet. A sheet by another name is 商会 when it is the only one, as in CSV."""
    found = list(grids)
    known = {table.sheet: table for table in tables}
    if len(found) == 1 and found[0].sheet not in known:
        found_by_name = {MAIN: found[0]}
    else:
        found_by_name = {grid.sheet.strip(): grid for grid in found}
    sent = Sent()
    for name, grid in found_by_name.items():
        if name in known:
            _read_sheet(grid, known[name], sent)
        elif name == GUIDE:
            sent.federation = _federation(grid)
        elif name != LISTS and grid.rows:
            message = Message(N_("没有叫“{sheet}”的表，没有读"), {"sheet": shown(name)})
            hint = Message(N_("可以有的表：{choices}"), {"choices": tuple(known)})
            sent.problems.append(Problem(grid.place(), "SHEET-008", message, hint, "warning"))
    if MAIN not in found_by_name:
        message = Message(N_("文件里没有“{sheet}”表"), {"sheet": MAIN})
        hint = Message(N_("用 build.py export 导出一份，在它上面改"))
        sent.problems.append(Problem(CellPlace(path, 0), "SHEET-002", message, hint))
    return sent


def _federation(grid: Grid) -> str:
    """What stands beside “工商联编号” in the guide."""
    for _, cells in grid.rows[:10]:
        if cells.get(1, Cell("")).trimmed() == "工商联编号":
            return cells.get(2, Cell("")).trimmed()
    return ""


def _read_sheet(grid: Grid, table: Table, sent: Sent) -> None:
    if not grid.rows:
        return
    at, columns = _headings(grid, table, sent)
    missing = _missing(table, set(columns.values()))
    if missing:
        message = Message(N_("缺少这几栏：{headings}"), {"headings": missing})
        hint = Message(N_("第一行写栏目名，和导出的一样；栏目可以换次序，不可以改名"))
        sent.problems.append(Problem(grid.place(at), "SHEET-002", message, hint))
        return
    rows = []
    slug_at = next(index for index, column in columns.items() if column.kind == "slug")
    for number, cells in grid.rows[1:]:
        known = {columns[index]: cell for index, cell in cells.items() if index in columns}
        if not any(column.kind not in ("slug", "shown") for column in known) and table.field:
            continue
        text = cells.get(slug_at, Cell("")).trimmed()
        slug = unicodedata.normalize("NFKC", text)
        places = {column: grid.place(number, index) for index, column in columns.items()}
        rows.append(Row(slug, number, known, places))
    sent.sheets[table.sheet] = Sheet(table, tuple(columns.values()), tuple(rows))


def _headings(grid: Grid, table: Table, sent: Sent) -> tuple[int, dict[int, Column]]:
    """The row of the headings and the column under each of them."""
    number, cells = grid.rows[0]
    by_heading = {column.heading: column for column in table.columns}
    columns: dict[int, Column] = {}
    for index, cell in sorted(cells.items()):
        heading = unicodedata.normalize("NFKC", cell.trimmed()).strip("* ").strip()
        column = by_heading.get(heading)
        if column is None:
            near = tuple(difflib.get_close_matches(heading, by_heading, n=3)) or tuple(by_heading)[:9]
            message = Message(N_("没有“{heading}”这一栏，没有读"), {"heading": shown(heading)})
            hint = Message(N_("可以写的有：{choices}"), {"choices": near})
            sent.problems.append(Problem(grid.place(number, index), "SHEET-002", message, hint))
        elif column in columns.values():
            message = Message(N_("“{heading}”有两栏"), {"heading": heading})
            hint = Message(N_("只留一栏"))
            sent.problems.append(Problem(grid.place(number, index), "SHEET-002", message, hint))
        else:
            columns[index] = column
    return number, columns


def _missing(table: Table, found: set[Column]) -> tuple[str, ...]:
    """Headings that have to be there: for a list all of them, since an item has no other home."""
    if table.field:
        needed = [column for column in table.columns if column.kind != "shown"]
    else:
        needed = [column for column in table.columns if column.required or column.heading == SLUG]
    return tuple(column.heading for column in needed if column not in found)
