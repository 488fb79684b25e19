"""What a sheet of 10,000 rows costs: openpyxl row by row, and the way of chamberbook/exports/workbook.py. User CPU seconds."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

from chamberbook.exports.columns import Column, Row, Table
from chamberbook.exports.workbook import WorkbookFile

COLUMNS = tuple(Column(f"c{n}", f"第{n}栏", "") for n in range(30))
ROWS: list[Row] = [("宜兴市示例商会", f"yixing-{n}", n, *[None] * 8, *["示例"] * 19) for n in range(10_000)]


def by_openpyxl(path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("商会")
    for row in ROWS:
        sheet.append(row)
    book.save(path)


def by_chamberbook(path: Path) -> None:
    table = Table("chambers", "商会", "", COLUMNS, ("c0",), lambda: ROWS)
    book = WorkbookFile(path, [table])
    with book.sheet(table) as sheet:
        sheet.write(ROWS)
    book.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        ways: tuple[Callable[[Path], None], ...] = (by_openpyxl, by_chamberbook)
        for way in ways:
            start = time.process_time()
            way(Path(folder) / "book.xlsx")
            print(f"{way.__name__}: {time.process_time() - start:.2f} s")


if __name__ == "__main__":
    main()
