"""All tables as one Excel workbook, a sheet for each.

openpyxl makes the workbook with its headings, widths and frozen panes; the rows are put into its sheets as text. For
10,000 rows that takes a ninth of openpyxl's own time (2.7 s against 0.3 s of CPU: `python benchmarks/workbook.py`).
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from chamberbook.exports.columns import Row, Table

#: Excel refuses a workbook with a longer text in a cell.
MAX_TEXT = 32_767
_LAST_ROW = 1_048_576
_MODIFIED = re.compile(rb"(?<=W3CDTF\">)[0-9T:.Z-]+(?=</dcterms:modified>)")
#: That of the headings alone; a reader that believes it sees no rows.
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_MADE = datetime.datetime(1980, 1, 1)
#: What XML cannot hold, what it holds in another way, and what Excel takes for an escape of its own.
_SPECIAL = re.compile("[&<>\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "_": "_x005F_"}
#: No green corners: codes are text on purpose.
_TAIL = (
    b'<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors></worksheet>'
)


class WorkbookFile:
    """A workbook that is written sheet by sheet, row by row; the same rows give the same bytes."""

    def __init__(self, path: Path, tables: Sequence[Table]) -> None:
        self._tables = tables
        self._template = zipfile.ZipFile(io.BytesIO(_template(tables)))
        self._archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        sheets = {f"xl/worksheets/sheet{n}.xml" for n in range(1, len(tables) + 1)}
        for name in self._template.namelist():
            if name not in sheets:
                # openpyxl dates the workbook by the clock, whatever its properties say.
                part = _MODIFIED.sub(_MADE.isoformat().encode() + b"Z", self._template.read(name))
                self._archive.writestr(_entry(name), part)

    @contextmanager
    def sheet(self, table: Table) -> Iterator[SheetFile]:
        """The sheet of a table, open for its rows; one at a time."""
        name = f"xl/worksheets/sheet{self._tables.index(table) + 1}.xml"
        head, _, tail = _DIMENSION.sub(b"", self._template.read(name)).partition(b"</sheetData>")
        with self._archive.open(_entry(name), "w") as file:
            file.write(head)
            yield SheetFile(file, table)
            file.write(b"</sheetData>" + tail.replace(b"</worksheet>", _TAIL))

    def close(self) -> None:
        self._archive.close()
        self._template.close()


class SheetFile:
    """Rows of one sheet. All text is text: nothing is ever a formula, a link or a number by its looks."""

    def __init__(self, file: IO[bytes], table: Table) -> None:
        self._file = file
        # What a cell begins with, up to the number of its row.
        self._begins = [f'<c r="{get_column_letter(n)}' for n in range(1, len(table.columns) + 1)]
        self._next = 2

    def write(self, rows: Iterable[Row]) -> None:
        parts: list[str] = []
        for row in rows:
            number = str(self._next)
            self._next += 1
            parts.append(f'<row r="{number}">')
            for begin, value in zip(self._begins, row, strict=True):
                if value is None:
                    continue
                if isinstance(value, str):
                    plain = len(value) <= MAX_TEXT and not _SPECIAL.search(value)
                    parts.append(f'{begin}{number}" t="str"><v>{value if plain else _escaped(value)}</v></c>')
                elif isinstance(value, bool):
                    parts.append(f'{begin}{number}" t="b"><v>{value:d}</v></c>')
                else:
                    parts.append(f'{begin}{number}"><v>{value}</v></c>')
            parts.append("</row>")
        self._file.write("".join(parts).encode())


def _escaped(value: str) -> str:
    if len(value) > MAX_TEXT:
        value = value[: MAX_TEXT - 1] + "…"
    return _SPECIAL.sub(lambda match: _ENTITIES.get(match[0], ""), value)


def _entry(name: str) -> zipfile.ZipInfo:
    """A part of the archive with a date that never changes."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _template(tables: Sequence[Table]) -> bytes:
    """A workbook of headings alone."""
    book = Workbook()
    book.properties.created = book.properties.modified = _MADE
    book.properties.creator = "Chamberbook"
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(table.title)
        sheet.freeze_panes = "B2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{_LAST_ROW}"
        for n, column in enumerate(table.columns, 1):
            cell = sheet.cell(1, n, column.title)
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", fgColor="F3F0E8")
            cell.alignment = Alignment(vertical="center")
            sheet.column_dimensions[get_column_letter(n)].width = column.width
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
