"""digest -> bytes: what an earlier build made, for a later one to take. Nothing else knows how it is kept.

Nothing in it can be stale, because a key is a digest of everything that the bytes follow from, the program and its
libraries included. It is never needed: a folder that cannot be written, a damaged file or a deleted one mean that
things are made again. Every entry carries a checksum, so that a damaged one counts as missing. Several builds may use
one folder at once: SQLite orders what they write, and what waits too long is not written.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

#: Bytes that the file may grow to; a directory of 50,000 chambers takes about a third of it.
LIMIT = 2 << 30
#: While there is room an entry is marked as used only when its mark is this many builds old, so that most builds only read.
_MARK_EVERY = 8
#: Seconds to wait for another build that writes.
_PATIENCE = 10.0
_PAGE_SIZE = 16384
#: Changes with the tables; a file of another layout is not opened.
_FILE = "entries-1.sqlite"
_TABLES = """
CREATE TABLE IF NOT EXISTS entries (key BLOB PRIMARY KEY, used INTEGER, sum INTEGER, value BLOB);
CREATE TABLE IF NOT EXISTS builds (number INTEGER);
INSERT INTO builds SELECT 0 WHERE NOT EXISTS (SELECT * FROM builds);
"""
#: Libraries whose version can change what the program makes.
_LIBRARIES = (
    "jinja2",
    "markdown",
    "markupsafe",
    "mkdocs",
    "mkdocs-material",
    "nh3",
    "pydantic",
    "pypinyin",
    "pyyaml",
)


class Cache:
    """One folder of entries. None for `folder` keeps nothing, so that callers need no second way.

    A process that was forked opens the file anew: a connection must not cross a fork.
    """

    def __init__(self, folder: Path | None, salt: bytes = b"", limit: int = LIMIT) -> None:
        """`salt` goes into every key; see `program_digest`."""
        self._folder = folder
        self._salt = salt
        self._limit = limit
        self._connections: dict[int, sqlite3.Connection | None] = {}
        self._build = 0
        self._used: set[bytes] = set()
        self._old: set[bytes] = set()

    def key(self, *parts: bytes | str) -> bytes:
        """The key of what follows from the parts; ("a", "bc") and ("ab", "c") differ."""
        return digest(self._salt, *parts)

    def read(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The entries that are there and whole."""
        found: dict[bytes, bytes] = {}
        connection = self._connection()
        if connection is None:
            return found
        select = "SELECT used, sum, value FROM entries WHERE key = ?"
        try:
            for key in keys:
                row = connection.execute(select, (key,)).fetchone()
                if row is None or not isinstance(row[2], bytes) or _checksum(key, row[2]) != row[1]:
                    continue
                found[key] = row[2]
                if row[0] <= self._build - _MARK_EVERY:
                    self._old.add(key)
        except sqlite3.Error as error:
            self._give_up(error)
        self._used.update(found)
        return found

    def write(self, entries: Mapping[bytes, bytes]) -> None:
        """Keep the entries, all in one step; those of the same key are replaced."""
        connection = self._connection()
        if connection is None or not entries:
            return
        rows = ((key, self._build, _checksum(key, value), value) for key, value in entries.items())
        try:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)", rows)
        except sqlite3.Error as error:
            self._give_up(error)

    def close(self) -> None:
        """Mark what was used, drop what was not used for longest when the file is too large, and let go of it."""
        connection = self._connections.pop(os.getpid(), None)
        if connection is None:
            return
        try:
            large = _size(connection) > self._limit
            with connection:
                if marks := self._used if large else self._old:
                    connection.execute("BEGIN IMMEDIATE")
                    rows = ((self._build, key) for key in marks)
                    connection.executemany("UPDATE entries SET used = ? WHERE key = ?", rows)
            if large:
                _evict(connection, self._limit * 3 // 4)
        except sqlite3.Error as error:
            self._discard(error)
        self._used.clear()
        self._old.clear()
        connection.close()

    def _connection(self) -> sqlite3.Connection | None:
        if self._folder is None:
            return None
        process = os.getpid()
        if process not in self._connections:
            self._connections[process] = self._open(self._folder)
        return self._connections[process]

    def _open(self, folder: Path) -> sqlite3.Connection | None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                folder / _FILE, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
            )
            connection.executescript(f"PRAGMA page_size = {_PAGE_SIZE}; PRAGMA synchronous = OFF; {_TABLES}")
            if not self._build:
                count = "UPDATE builds SET number = number + 1 RETURNING number"
                (self._build,) = connection.execute(count).fetchone()
        except (OSError, TypeError, sqlite3.Error) as error:
            self._discard(error)
            return None
        return connection

    def _give_up(self, error: Exception) -> None:
        """Go on without the file in this process."""
        connection = self._connections.get(os.getpid())
        self._connections[os.getpid()] = None
        if connection is not None:
            connection.close()
        self._discard(error)

    def _discard(self, error: Exception) -> None:
        """Remove a damaged file; one that is only busy or cannot be written stays."""
        busy = isinstance(error, sqlite3.OperationalError | OSError)
        if self._folder is not None and not busy:
            with suppress(OSError):
                (self._folder / _FILE).unlink()


def digest(*parts: bytes | str) -> bytes:
    """16 bytes that stand for the parts and for where each ends."""
    hashed = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        hashed.update(b"%d:" % len(data))
        hashed.update(data)
    return hashed.digest()


def program_digest() -> bytes:
    """Stands for the program: every file of the package, the versions of Python and of what it builds with."""
    package = Path(__file__).parent
    files = sorted(path for suffix in ("*.py", "*.po") for path in package.rglob(suffix))
    parts: list[bytes | str] = [sys.version, *(version(library) for library in _LIBRARIES)]
    for path in files:
        parts += [path.relative_to(package).as_posix(), path.read_bytes()]
    return digest(*parts)


def _checksum(key: bytes, value: bytes) -> int:
    return zlib.crc32(value, zlib.crc32(key))


def _evict(connection: sqlite3.Connection, room: int) -> None:
    """Drop whole builds' worth of entries, those used longest ago first, until the others fit into `room` bytes."""
    while _size(connection) > room:
        (oldest,) = connection.execute("SELECT min(used) FROM entries").fetchone()
        if oldest is None:
            break
        connection.execute("DELETE FROM entries WHERE used = ?", (oldest,))


def _size(connection: sqlite3.Connection) -> int:
    """Bytes in use; what was dropped is room for the next entries."""
    pages, free = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count")
    )
    return int((pages - free) * _PAGE_SIZE)
