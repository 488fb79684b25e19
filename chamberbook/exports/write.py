"""Every data file, in order: rows are made once and go into all formats a few hundred at a time."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from operator import attrgetter
from pathlib import Path

from chamberbook.derive import Directory
from chamberbook.exports.chambers import chamber_tables
from chamberbook.exports.columns import Row, Table
from chamberbook.exports.database import DatabaseFile
from chamberbook.exports.others import other_tables
from chamberbook.exports.package import DataFile, write_metadata, write_package, write_schemas, write_sums
from chamberbook.exports.page import FOLDER, data_page
from chamberbook.exports.records import RowsFile, write_chambers, write_lists
from chamberbook.exports.redirects import write_redirects
from chamberbook.exports.text import CsvFile
from chamberbook.exports.workbook import WorkbookFile
from chamberbook.pages.model import Page
from chamberbook.problems import Translate
from chamberbook.settings import Settings

#: The large files that can be switched off.
FORMATS = ("xlsx", "sqlite")
#: Tables whose rows are published as JSON too; those of the others are part of the records.
AS_JSON = ("ratings", "charters", "sources")
_BATCH = 500


@contextmanager
def beside(
    jobs: int,
    directory: Directory,
    site: Path,
    settings: Settings,
    _: Translate,
    document: Callable[[Page], str],
) -> Iterator[None]:
    """Write the data files and their page while the body of the `with` does something else: with more than one job in
    a process of its own, else after it. `document` gives a page's whole text.

    Raises RuntimeError when that process ended badly (its traceback is on stderr).
    """
    if jobs <= 1:
        yield
        write_data(directory, site, settings, _, document)
        return
    context = multiprocessing.get_context("fork")
    process = context.Process(target=write_data, args=(directory, site, settings, _, document))
    process.start()
    try:
        yield
    finally:
        process.join()
    if process.exitcode:
        raise RuntimeError("the data files could not be written; the traceback is above")


def write_data(
    directory: Directory, site: Path, settings: Settings, _: Translate, document: Callable[[Page], str]
) -> None:
    """All files of the version, each chamber's own, the redirects for servers, and the page that lists the files."""
    tables = data_tables(directory, settings)
    files = write_files(directory, tables, site, settings)
    write_redirects(directory, site, settings)
    page = data_page(directory, files, tables, settings, _)
    (site / page.file).write_text(document(page), encoding="utf-8", newline="\n")


def data_tables(directory: Directory, settings: Settings) -> tuple[Table, ...]:
    """Every table, in the order of the workbook."""
    entries = sorted(directory.chambers, key=attrgetter("slug"))
    base = settings.base_url or ""
    return (*chamber_tables(entries, base), *other_tables(directory, entries, base))


def write_files(
    directory: Directory, tables: Sequence[Table], site: Path, settings: Settings
) -> list[DataFile]:
    """The files below the folder of the version, and each chamber's own; the former in order of path."""
    base = settings.base_url or ""
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    entries = sorted(directory.chambers, key=attrgetter("slug"))
    write_chambers(entries, base, site, folder)
    write_lists(directory, base, folder)
    _write_tables(tables, folder, settings.data_formats)
    write_schemas([table for table in tables if table.name in AS_JSON], folder)
    if "sqlite" in settings.data_formats:
        write_metadata(folder, tables, settings)
    write_package(folder, tables, settings, directory.as_of)
    return write_sums(folder)


def _write_tables(tables: Sequence[Table], folder: Path, formats: Collection[str]) -> None:
    with ExitStack() as stack:
        database = book = None
        if "sqlite" in formats:
            database = DatabaseFile(folder / "chambers.sqlite", tables)
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


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
