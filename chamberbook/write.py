"""Files onto the disk: in pieces, over as many processes as are wanted, each with a stamp to know it again by.

A process takes whole pieces, so that none makes pages that others write, and a file's bytes do not depend on the
number of processes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from chamberbook import pool
from chamberbook.times import Cost

R = TypeVar("R")


class File(NamedTuple):
    """A file to write; `path` is from the site's root, `listed` says whether it is a page for the sitemap.

    `links`: the files of the site that it links to, where they are known already.
    """

    path: str
    data: bytes
    listed: bool = False
    links: Collection[str] | None = None


class Stamp(NamedTuple):
    """A written file: unless size and time of change are as they were, somebody has touched it.

    `digest` is its SHA-256; `links` are those of File that no file before it in its work has, one a line, or None: pages
    made together have most of their links in common.
    """

    path: str
    size: int
    changed: int
    listed: bool
    digest: bytes
    links: str | None

    def fits(self, status: os.stat_result) -> bool:
        """Whether a file is as it was written."""
        return (status.st_size, status.st_mtime_ns) == (self.size, self.changed)


@dataclass(frozen=True, slots=True)
class Work:
    """Files that are made in one go; `key` stands for everything that they follow from.

    What writes by itself gives paths of files in place of files; it writes nothing but what fits `patterns`.
    """

    key: bytes
    make: Callable[[], Iterable[File | str]]
    patterns: tuple[str, ...] = ()
    #: What it is, for who asks where the time goes.
    kind: str = ""


class Written(NamedTuple):
    """The files of a work, and what it took to make and write them."""

    stamps: tuple[Stamp, ...]
    cost: Cost


#: Is told of each work that is done.
Told = Callable[[Work, Written], None]


def write_all(
    works: Sequence[Work], out: Path, jobs: int = 1, told: Told | None = None
) -> Iterator[tuple[bytes, tuple[Stamp, ...]]]:
    """Write what every work makes below `out`; gives its key and stamps, in order.

    Raises what a work raised in this process, and RuntimeError when another process ended badly (its traceback is on
    stderr).
    """
    # Closed at once when this is interrupted: nobody may write into a folder that is being removed.
    with closing(pool.run(partial(_write, os.fspath(out)), works, jobs)) as results:
        for work, written in zip(works, results, strict=True):
            if told:
                told(work, written)
            yield work.key, written.stamps


def _write(out: str, work: Work) -> Written:
    start = Cost.now()
    named: set[str] = set()
    stamps = tuple(
        _stamp(out, file) if isinstance(file, str) else _write_file(out, file, named) for file in work.make()
    )
    return Written(stamps, Cost.now().since(start))


def link(source: str, target: str) -> None:
    """A second name for a file, in the place of whatever has that name. Raises OSError where that cannot be."""
    _at_free_name(partial(os.link, source, follow_symlinks=False), target)


def _stamp(out: str, path: str) -> Stamp:
    with open(f"{out}/{path}", "rb") as file:
        status = os.fstat(file.fileno())
        digest = hashlib.file_digest(file, "sha256").digest()
    return Stamp(path, status.st_size, status.st_mtime_ns, False, digest, None)


def _write_file(out: str, file: File, named: set[str]) -> Stamp:
    """One file with as few calls of the system as it takes; its links are added to those `named`."""
    handle = _at_free_name(_create, f"{out}/{file.path}")
    try:
        view = memoryview(file.data)
        while view:
            view = view[os.write(handle, view) :]
        status = os.fstat(handle)
    finally:
        os.close(handle)
    digest = hashlib.sha256(file.data).digest()
    links = None
    if file.links is not None:
        links = "\n".join(sorted(set(file.links) - named))
        named.update(file.links)
    return Stamp(file.path, status.st_size, status.st_mtime_ns, file.listed, digest, links)


def _create(path: str) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o644)


def _at_free_name(make: Callable[[str], R], path: str) -> R:
    """Call `make` with a path in a folder that exists. A file that is there is never written into: it may have
    another name, in a site that is being read."""
    try:
        return make(path)
    except FileNotFoundError:
        _make_folder(os.path.dirname(path))
    except FileExistsError:
        os.unlink(path)
    return make(path)


def _make_folder(path: str) -> None:
    try:
        os.mkdir(path)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(path, exist_ok=True)
