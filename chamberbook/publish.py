"""From a staging folder to the published one in a single step, so that a reader never meets half a site."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def staging(out: Path, spare: Path | None = None) -> Iterator[Path]:
    """A folder beside `out` (same file system, so that a rename is enough); gone at the end, whatever happens.

    It is new and empty, or the site before the last from `spare`, where the one that this build replaces goes when all
    went well: most of its files are still right, and to write them is most of a build's time.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        folder.chmod(0o755)
        if spare is not None:
            with suppress(OSError):
                spare.rename(folder)
        yield folder
        if spare is not None:
            with suppress(OSError):
                folder.rename(spare)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(folder: Path, out: Path) -> None:
    """Put a finished folder in the place of `out`.

    Where the system can exchange two names in one step (Linux), readers see the old site or the new one and nothing
    between; elsewhere there is a moment without a site between two renames.
    """
    if not out.exists():
        folder.rename(out)
    elif not _exchange(folder, out):
        old = folder.with_name(f"{folder.name}-old")
        out.rename(old)
        folder.rename(out)
        shutil.rmtree(old)


def _exchange(one: Path, other: Path) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    paths = os.fsencode(one), os.fsencode(other)
    return bool(renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0)
