"""All tables as one SQLite database with full-text tables, and what Datasette should say about it."""

from __future__ import annotations

import errno
import functools
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from chamberbook.exports.columns import Column, ColumnType, Row, Table

_TYPES: Mapping[ColumnType, str] = MappingProxyType(
    {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}
)
#: Tables with a full-text table beside them, and the columns that it finds.
FULL_TEXT: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "chambers": ("name", "name_en", "aliases", "former_names", "trade", "address"),
    "charters": ("title", "type", "topics", "summary", "sanctions_text"),
    "activities": ("topic", "fact"),
})  # fmt: skip
#: Chinese is not written with blanks: three characters in a row are what is looked up. SQLite has this from 3.34.
_TRIGRAM = (3, 34)


#: What SQLite says of a disk (https://www.sqlite.org/rescode.html), as systems say it.
_REFUSALS: Mapping[int, int] = MappingProxyType({
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_READONLY: errno.EROFS,
})  # fmt: skip


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """What the disk refuses to SQLite is an OSError, as everywhere else."""
    try:
        yield
    except sqlite3.OperationalError as error:
        number = _REFUSALS.get(error.sqlite_errorcode & 0xFF)
        if number is None:
            raise
        raise OSError(number, os.strerror(number), os.fspath(path)) from error


class DatabaseFile:
    """A database that is written table by table; the same rows and the same SQLite give the same bytes."""

    def __init__(self, path: Path, tables: Sequence[Table]) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript(
            "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA encoding = 'UTF-8';"
        )
        self._connection.execute("BEGIN")
        self._tables = tables
        for table in tables:
            self._connection.execute(_create(table))

    def table(self, table: Table) -> Callable[[Iterable[Row]], object]:
        """What writes rows of a table."""
        insert = f'INSERT INTO "{table.name}" VALUES ({", ".join("?" * len(table.columns))})'
        return functools.partial(self._connection.executemany, insert)

    def close(self) -> None:
        for table in self._tables:
            if found := FULL_TEXT.get(table.name):
                self._full_text(table.name, found)
        self._connection.execute("COMMIT")
        self._connection.close()

    def _full_text(self, table: str, columns: Sequence[str]) -> None:
        """A table that Datasette finds by its `content`, and that says no text twice."""
        tokens = "trigram" if sqlite3.sqlite_version_info >= _TRIGRAM else "unicode61"
        names = ", ".join(f'"{column}"' for column in columns)
        self._connection.execute(
            f'CREATE VIRTUAL TABLE "{table}_fts" USING fts5({names}, content="{table}", tokenize="{tokens}")'
        )
        self._connection.execute(f'INSERT INTO "{table}_fts" ("{table}_fts") VALUES (\'rebuild\')')


def _create(table: Table) -> str:
    lines = [_column(table, column) for column in table.columns]
    lines.append(f"PRIMARY KEY ({_names(table.key)})")
    lines += [
        f'FOREIGN KEY ({_names(link.columns)}) REFERENCES "{link.table}" ({_names(link.to)})'
        for link in table.links
    ]
    body = ",\n  ".join(lines)
    return f'CREATE TABLE "{table.name}" (\n  {body}\n)'


def _column(table: Table, column: Column) -> str:
    needed = " NOT NULL" if column.key in table.key else ""
    return f'"{column.key}" {_TYPES[column.type]}{needed}'


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
