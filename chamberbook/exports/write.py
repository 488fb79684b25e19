"""Every data file, in order: rows are made once and go into all formats a few hundred at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from pathlib import Path

from chamberbook.derive import Directory
from chamberbook.exports.chambers import chamber_tables
from chamberbook.exports.columns import Row, Table
from chamberbook.exports.database import DatabaseFile, disk_errors
from chamberbook.exports.figures import figure_tables
from chamberbook.exports.headers import write_headers
from chamberbook.exports.others import other_tables
from chamberbook.exports.package import (
    SUMS,
    DataFile,
    write_metadata,
    write_package,
    write_schemas,
    write_sums,
)
from chamberbook.exports.page import FOLDER, data_page
from chamberbook.exports.records import RowsFile, write_chambers, write_changes, write_lists
from chamberbook.exports.redirects import write_redirects
from chamberbook.exports.text import CsvFile
from chamberbook.exports.workbook import WorkbookFile
from chamberbook.pages.model import Page
from chamberbook.policy import Policy
from chamberbook.problems import Translate
from chamberbook.settings import Settings

#: The large files that can be switched off.
FORMATS = ("xlsx", "sqlite")
#: Tables whose rows are published as JSON too; those of the others are part of the records.
AS_JSON = ("ratings", "charters", "sources")
_BATCH = 500


@dataclass(frozen=True, slots=True)
class PageMaker:
    """What makes the pages of one language; `document` gives a page's whole text."""

    settings: Settings
    translate: Translate
    document: Callable[[Page], str]


@dataclass(frozen=True, slots=True)
class DataSite:
    """What the data part of a site is made from: the files once, their page in each language, the first at the root."""

    directory: Directory
    site: Path
    makers: Sequence[PageMaker]
    policy: Policy

    def write(self, *, preview: bool = False) -> Iterator[str]:
        """Write all but the chambers' own files: those of the version, what servers need, the page that lists them. Gives
        the path of each below the site. A preview has the page alone, so that an edit is seen at once.
        """
        settings = self.makers[0].settings
        tables, figures = data_tables(self.directory, settings), figure_tables(self.directory)
        if preview:
            yield from self._write_pages((), (*tables, *figures))
            return
        files = write_files(self.directory, tables, figures, self.site, settings)
        yield from (f"{FOLDER}{file.name}" for file in files)
        yield FOLDER + SUMS
        yield from write_redirects(self.directory, self.site, settings)
        yield from write_headers(self.policy, self.site, settings)
        yield from self._write_pages(files, (*tables, *figures))

    def _write_pages(self, files: Sequence[DataFile], tables: Sequence[Table]) -> Iterator[str]:
        for maker in self.makers:
            page = data_page(self.directory, files, tables, maker.settings, maker.translate)
            name = f"{maker.settings.language.folder}{page.file}"
            path = self.site / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(maker.document(page), encoding="utf-8", newline="\n")
            yield name


def data_tables(directory: Directory, settings: Settings) -> tuple[Table, ...]:
    """Every table, in the order of the workbook."""
    entries = sorted(directory.chambers, key=attrgetter("slug"))
    base = settings.base_url or ""
    return (*chamber_tables(entries, base), *other_tables(directory, entries, base))


def write_files(
    directory: Directory, tables: Sequence[Table], figures: Sequence[Table], site: Path, settings: Settings
) -> list[DataFile]:
    """The files below the folder of the version, in order of path; `figures` are the tables that the others add up to."""
    base = settings.base_url or ""
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    entries = sorted(directory.chambers, key=attrgetter("slug"))
    write_chambers(entries, base, folder)
    write_lists(directory, base, folder)
    write_changes(directory, base, folder)
    _write_tables(tables, folder, settings.data_formats)
    _write_figures(figures, folder)
    write_schemas([table for table in tables if table.name in AS_JSON], folder)
    if "sqlite" in settings.data_formats:
        write_metadata(folder, tables, settings)
    write_package(folder, [*tables, *figures], settings, directory.as_of)
    return write_sums(folder)


def _write_tables(tables: Sequence[Table], folder: Path, formats: Collection[str]) -> None:
    with ExitStack() as stack:
        database = book = None
        if "sqlite" in formats:
            path = folder / "chambers.sqlite"
            stack.enter_context(disk_errors(path))
            database = DatabaseFile(path, tables)
            stack.callback(database.close)
        if "xlsx" in formats:
            book = WorkbookFile(folder / "chambers.xlsx", tables)
            stack.callback(book.close)
        for table in tables:
            with ExitStack() as inner:
                writers: list[Callable[[Iterable[Row]], object]] = [
                    inner.enter_context(CsvFile(folder / f"{table.name}.csv", table)).write
                ]
                if book:
                    writers.append(inner.enter_context(book.sheet(table)).write)
                if table.name in AS_JSON:
                    writers.append(inner.enter_context(RowsFile(folder, table)).write)
                if database:
                    writers.append(database.table(table))
                for rows in _batches(table.rows()):
                    for write in writers:
                        write(rows)


def _write_figures(tables: Sequence[Table], folder: Path) -> None:
    (folder / "stats").mkdir()
    for table in tables:
        with CsvFile(folder / f"{table.name}.csv", table) as file:
            file.write(table.rows())


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
