"""From a staging folder to the published one in a single step, so that a reader never meets half a site.

Beside a site called `site` stand, all in one file system so that a rename is enough:

    site.previous     the site before, whole, for `roll_back`; files that both have are one file with two names
    .site-building    where a build writes; what a killed build has left of it is rubbish
    .site-ready       a whole site: the new one just before it is put in place, the old one just after
    .site-old         the old one where names cannot be exchanged, between two renames
    .site.lock        held by the build that is running
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from chamberbook import sums
from chamberbook.problems import N_, Message, WrongUse

if sys.platform != "win32":
    import fcntl

#: How often, and how many seconds apart, a folder that others may still write to is removed.
_TRIES, _PAUSE = 30, 0.1
#: From the headers of the systems: "here" for a path, exchange of two names (Linux, macOS).
_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2


def previous_of(out: Path) -> Path:
    """Where the site before the one at `out` is kept."""
    return out.with_name(f"{out.name}.previous")


@contextmanager
def locked(out: Path, wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Only one process at a time builds or rolls back the site at `out`; another waits, after it has called `wait`.

    The system lets go of the lock when its holder is gone, however it ended. On Windows there is none.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    path = out.with_name(f".{out.name}.lock")
    handle = _hold(path, wait)
    try:
        _recover(out)
        yield
    finally:
        # Another that waits for this file finds that it has no name any more, and makes a new one.
        with suppress(OSError):
            path.unlink()
        os.close(handle)


def _hold(path: Path, wait: Callable[[], None]) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        if sys.platform == "win32":
            return handle
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            wait()
            fcntl.flock(handle, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        os.close(handle)


@contextmanager
def staging(out: Path, spare: Path | None = None) -> Iterator[Path]:
    """A folder beside `out`, which must be locked; gone at the end, whatever happens.

    It is new and empty, or an older site from `spare`, where the one before the previous goes when all went well: most
    of its files are still right, and to write them is most of a build's time.
    """
    folder = _beside(out, "building")
    try:
        if spare is not None:
            with suppress(OSError):
                spare.rename(folder)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
        yield folder
        if spare is not None:
            with suppress(OSError):
                folder.rename(spare)
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder. When a build is told to end, a process of its pool may still be writing its last file there: so
    again for some seconds, as long as something is left."""
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(_PAUSE)


def publish(folder: Path, out: Path) -> None:
    """Put the finished folder of `staging` in the place of `out`, which becomes the previous site.

    Where the system can exchange two names in one step (Linux, macOS with APFS), readers see the old site or the new
    one and nothing between; elsewhere there is a moment without a site between two renames, and when the computer
    stops in that moment the next build or rollback begins by putting the old site back.
    """
    if not out.exists():
        folder.rename(out)
        _sync_names(out.parent)
        return
    ready = _beside(out, "ready")
    folder.rename(ready)
    old = _swap(ready, out)
    _sync_names(out.parent)
    # The new site is there, and the next build begins by trying this again.
    with suppress(OSError):
        _keep(old, out)


def roll_back(out: Path) -> None:
    """Exchange the site at `out`, which must be locked, with the one before; a second time exchanges them again.

    Raises WrongUse when there is none, or when it is not as it was published.
    """
    previous = previous_of(out)
    if not previous.is_dir():
        raise WrongUse(
            Message(N_("没有可以换回的网站：{previous} 不在；生成过两次才有上一次的"), {"previous": previous})
        )
    if difference := sums.compare_folder(previous):
        first = (*difference.missing, *difference.different, *difference.extra)[0]
        raise WrongUse(
            Message(
                N_("上一次的网站 {previous} 不是当时的样子（如 {path}），没有换"),
                {"previous": previous, "path": first},
            )
        )
    if out.exists():
        old = _swap(previous, out)
        if old != previous:
            old.rename(previous)
    else:
        previous.rename(out)
    _sync_names(out.parent)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Signals to stop are ignored: what they would stop is as good as done, and to leave it half done helps nobody."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def settle(folder: Path) -> None:
    """See to it that what was written is on the disk, before its name is.

    On Linux one call for the whole file system (syncfs): file by file costs a hundred times as much. Elsewhere the
    system is asked to write (sync) and may say so before it has.
    """
    if sys.platform == "win32":
        return
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        os.sync()
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(handle) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), os.fspath(folder))
    finally:
        os.close(handle)


def _beside(out: Path, word: str) -> Path:
    return out.with_name(f".{out.name}-{word}")


def _swap(ready: Path, out: Path) -> Path:
    """Put `ready` in the place of `out`; returns where the old site is now, which is `ready` where names were exchanged."""
    if _exchange(ready, out):
        return ready
    old = _beside(out, "old")
    out.rename(old)
    try:
        ready.rename(out)
    except OSError:
        old.rename(out)
        raise
    return old


def _keep(old: Path, out: Path) -> None:
    """Make `old` the previous site; the one that was goes where a build writes, which gives it away or removes it."""
    previous, building = previous_of(out), _beside(out, "building")
    if previous.exists():
        previous.rename(building)
    old.rename(previous)


def _recover(out: Path) -> None:
    """After a build that was killed: the site is in its place, an old one is the previous one, the rest is gone."""
    building, ready, old = (_beside(out, word) for word in ("building", "ready", "old"))
    if building.exists():
        shutil.rmtree(building)
    if old.exists():
        if out.exists():
            _keep(old, out)
        else:
            old.rename(out)
    # An older one was exchanged with the site already; a newer one was never published.
    if ready.exists() and out.exists() and _built(ready) < _built(out):
        _keep(ready, out)
    for folder in (building, ready):
        if folder.exists():
            shutil.rmtree(folder)


def _built(site: Path) -> int:
    try:
        return (site / sums.FILE).stat().st_mtime_ns
    except OSError:
        return 0


def _sync_names(folder: Path) -> None:
    """The names in a folder onto the disk."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False where the system or the file system cannot."""
    paths = os.fsencode(one), os.fsencode(other)
    if sys.platform.startswith("linux"):
        renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
        if renameat2 is not None:
            done = renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE)
            return bool(done == 0)
    elif sys.platform == "darwin":
        renamex_np = getattr(ctypes.CDLL(None, use_errno=True), "renamex_np", None)
        if renamex_np is not None:
            return bool(renamex_np(paths[0], paths[1], _RENAME_SWAP) == 0)
    return False
