"""A file that Excel, WPS or LibreOffice saved -> its sheets as rows of cells, within limits."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from openpyxl import load_workbook

from chamberbook.problems import N_, Message, Problem
from chamberbook.sheets.archive import check_archive, check_size
from chamberbook.sheets.cells import Cell, Wrong
from chamberbook.sheets.columns import MAIN
from chamberbook.sheets.place import CellPlace

MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_TEXT = 5_000

#: A row's number in the sheet, and its filled cells by column, both from 1.
GridRow = tuple[int, Mapping[int, Cell]]


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: rows without content are left out."""

    path: str
    sheet: str
    number: int
    rows: tuple[GridRow, ...]

    def place(self, row: int = 0, column: int = 1) -> CellPlace:
        """The place of a cell, or of the sheet."""
        return CellPlace(self.path, row, column, self.sheet, self.number)


def read_grids(data: bytes, path: str) -> tuple[Grid, ...] | Problem:
    """The sheets of a workbook, or of a CSV table the only one, which has no name; else why it cannot be read."""
    ending = PurePath(path).suffix.lower()
    if ending not in (".xlsx", ".csv"):
        message = Message(N_("只读 .xlsx 和 .csv，这是 {ending}"), {"ending": ending or "?"})
        wrong: Wrong | None = Wrong("SHEET-001", message, Message(N_("在表格软件里“另存为”这两种之一")))
    else:
        wrong = check_size(data) or (check_archive(data) if ending == ".xlsx" else None)
    if wrong is None:
        try:
            grids = _workbook(data, path) if ending == ".xlsx" else (_table(data, path),)
            return tuple(grids)
        except _TooMuch as limit:
            wrong = limit.wrong
        except UnicodeDecodeError:
            hint = Message(N_("另存为“CSV UTF-8”，或直接交 .xlsx"))
            wrong = Wrong("SHEET-001", Message(N_("CSV 的文字编码认不出来")), hint)
        except Exception:
            # A stranger's bytes can break the library at any point; whatever it raises means the same to the sender.
            hint = Message(N_("用表格软件打开，另存一份再试"))
            wrong = Wrong("SHEET-001", Message(N_("文件坏了，读不下去")), hint)
    return Problem(CellPlace(path, 0), wrong.rule, wrong.message, wrong.hint)


class _TooMuch(Exception):
    """A limit is passed."""

    def __init__(self, message: str, sheet: str, limit: int) -> None:
        values = {"sheet": sheet or MAIN, "limit": limit}
        self.wrong = Wrong("SHEET-001", Message(message, values), Message(N_("拆开，或删去不属于资料的内容")))


def _workbook(data: bytes, path: str) -> list[Grid]:
    with warnings.catch_warnings():
        # The library warns of drop-down lists and the like that it does not keep; nothing here is saved again.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        grids = []
        for number, sheet in enumerate(book.worksheets, 1):
            # A file can claim any size; what counts is where its cells are.
            sheet.reset_dimensions()
            cells = ((i, _cells(row)) for i, row in enumerate(sheet.iter_rows(), 1))
            grids.append(Grid(path, sheet.title, number, tuple(_within_limits(cells, sheet.title))))
        return grids


def _cells(row: Iterable[Any]) -> Iterator[tuple[int, Cell]]:
    for column, cell in enumerate(row, 1):
        if cell.value is not None and (found := _cell(cell)).trimmed():
            yield column, found


def _cell(cell: Any) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        return Cell(str(value), "formula")
    if cell.data_type == "e":
        return Cell(str(value), "error")
    if isinstance(value, bool):
        return Cell("是" if value else "否", "yes")
    if isinstance(value, dt.datetime | dt.date):
        return Cell(_day(value, str(cell.number_format)), "date")
    if isinstance(value, float):
        return Cell(str(int(value)) if value.is_integer() else repr(value), "number")
    if isinstance(value, int):
        return Cell(str(value), "number")
    return Cell(str(value).replace("_x000D_\n", "\n").replace("\r\n", "\n").replace("\r", "\n"))


def _day(value: dt.date, number_format: str) -> str:
    """As precise as the cell shows it: a program makes 2008-06-01 shown as Jun-08 out of a typed 2008-06."""
    shown = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", number_format.split(";", maxsplit=1)[0]).lower()
    if "d" in shown or not re.search("[my]", shown):
        return value.strftime("%Y-%m-%d")
    return value.strftime("%Y-%m" if "m" in shown else "%Y")


def _table(data: bytes, path: str) -> Grid:
    text = _decoded(data)
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    cells = (
        (i, ((column, Cell(part)) for column, part in enumerate(row, 1) if Cell(part).trimmed()))
        for i, row in enumerate(rows, 1)
    )
    return Grid(path, "", 1, tuple(_within_limits(cells, "")))


def _decoded(data: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else what Chinese Excel and WPS write: GBK (GB 18030)."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _within_limits(rows: Iterable[tuple[int, Iterable[tuple[int, Cell]]]], sheet: str) -> Iterator[GridRow]:
    for number, cells in rows:
        found = dict(cells)
        if number > MAX_ROWS and found:
            raise _TooMuch(N_("“{sheet}”超过 {limit} 行"), sheet, MAX_ROWS)
        if max(found, default=0) > MAX_COLUMNS:
            raise _TooMuch(N_("“{sheet}”超过 {limit} 列"), sheet, MAX_COLUMNS)
        if any(len(cell.text) > MAX_TEXT for cell in found.values()):
            raise _TooMuch(N_("“{sheet}”有一格超过 {limit} 个字"), sheet, MAX_TEXT)
        if found:
            yield number, found
