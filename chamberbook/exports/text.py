"""Tables as CSV that a spreadsheet opens as it is."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from chamberbook.exports.columns import Row, Table

#: A cell that begins with one of these is a formula to a spreadsheet, unless an apostrophe stands before it.
_FORMULA = frozenset("=+-@\t\r＝＋－＠")
_BOM = "\ufeff"


class CsvFile:
    """One table as CSV: UTF-8 with a byte order mark, which Excel and WPS need; CRLF; keys as headings.

    Text that a spreadsheet would take for a formula gets an apostrophe in front. Yes and no are `true` and `false`.
    """

    def __init__(self, path: Path, table: Table) -> None:
        self._file: IO[str] = path.open("w", encoding="utf-8", newline="")
        self._file.write(_BOM)
        self._writer = csv.writer(self._file)
        self._writer.writerow(column.key for column in table.columns)
        self._free = [index for index, column in enumerate(table.columns) if column.free]
        self._flags = [index for index, column in enumerate(table.columns) if column.type == "boolean"]

    def write(self, rows: Iterable[Row]) -> None:
        self._writer.writerows(self._plain(rows))

    def __enter__(self) -> CsvFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _plain(self, rows: Iterable[Row]) -> Iterator[Iterable[object]]:
        free, flags = self._free, self._flags
        for row in rows:
            changed: list[object] | None = None
            for index in free:
                value = row[index]
                if value and value[0] in _FORMULA:  # type: ignore[index]
                    changed = changed or list(row)
                    changed[index] = f"'{value}"
            for index in flags:
                if row[index] is not None:
                    changed = changed or list(row)
                    changed[index] = "true" if row[index] else "false"
            yield changed or row
