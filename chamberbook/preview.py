"""What a live preview does beside a build: it sees which files have changed, and brings the search index up to date
behind the pages, in a process of its own that ends as soon as there is something newer to index."""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Literal

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
)
from watchdog.observers import Observer

from chamberbook import search
from chamberbook.derive import Directory
from chamberbook.problems import N_, BadInput, WrongUse

#: Tells the search page of a preview how the index stands; no other site has the file.
STATE = "search/state.json"
#: What search is made of, below the site.
FILES = ("pagefind/**/*", "search/**/*.json")
State = Literal["updating", "ready", "failed"]
#: What is said on the terminal.
STATES = {
    "updating": N_("搜索索引正在更新……"),
    "ready": N_("搜索索引已更新"),
    "failed": N_("搜索索引没有更新，原因见上；改好以后会再试"),
}
#: An observer tells of reading too, which a build does all the time.
_CHANGES: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
#: How far the process stands back behind the preview.
_NICE = 10


class SearchBehind:
    """Search files of a site that is being previewed. `guard` is held by whoever changes the site's folder."""

    def __init__(self, say: Callable[[State], None]) -> None:
        """`say` is told when an update begins, and how it ends."""
        self.guard = Lock()
        #: How often the files have been replaced.
        self.round = 0
        self._say = say
        self._wanted = b""
        self._process: BaseProcess | None = None

    def update(self, key: bytes, make: Callable[[Path], None], site: Path) -> None:
        """Replace the search files of the site by what `make`, which can be pickled, writes into a folder.

        `key` stands for what they are made of: nothing is done when they are so already. An update that still runs
        for something else ends. Call it with `guard` held.
        """
        if key == self._wanted:
            return
        self._wanted = key
        if self._process is not None:
            self._process.kill()
        self._tell(site, "updating")
        # Beside the site, so that the files need only be renamed.
        folder = Path(tempfile.mkdtemp(prefix="chamberbook-search-", dir=site.parent))
        # A fork of a process with threads may wait for ever.
        process = multiprocessing.get_context("spawn").Process(target=_run, args=(make, folder), daemon=True)
        process.start()
        self._process = process
        Thread(target=self._finish, args=(process, folder, site), daemon=True).start()

    def _finish(self, process: BaseProcess, folder: Path, site: Path) -> None:
        process.join()
        try:
            with self.guard:
                if process is not self._process:
                    return
                self._process = None
                if process.exitcode == 0:
                    _replace(folder, site)
                    self.round += 1
                else:
                    self._wanted = b""
                self._tell(site, "failed" if process.exitcode else "ready")
        except OSError:
            # The preview has ended and its folder is gone.
            return
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _tell(self, site: Path, state: State) -> None:
        path = site / STATE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"search": state}), encoding="utf-8")
        self._say(state)


def index_search(read: Callable[[], Directory], views: Sequence[search.View], out: Path) -> None:
    """The search files of the records, written below `out`. For the process: expected mistakes end it."""
    try:
        search.index(read(), out, views)
    except BadInput:
        # Whoever reads the records for the pages says what is wrong.
        raise SystemExit(1) from None
    except WrongUse as error:
        raise SystemExit(str(error)) from None


def _run(make: Callable[[Path], None], folder: Path) -> None:
    """In the process: make the files, and end with the preview."""
    Thread(target=_end_with_parent, args=(folder,), daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_NICE)
    make(folder)


def _end_with_parent(folder: Path) -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


def _replace(folder: Path, site: Path) -> None:
    """Move the search files of a folder to the site; what was there before goes."""
    new = _search_files(folder)
    for path in _search_files(site) - new - {STATE}:
        (site / path).unlink()
    for path in sorted(new):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).replace(site / path)


def _search_files(site: Path) -> set[str]:
    found = (path for pattern in FILES for path in site.glob(pattern))
    return {path.relative_to(site).as_posix() for path in found if path.is_file()}


def search_files(site: Path) -> Iterable[str]:
    """The paths of the search files that a site has, in order."""
    return sorted(_search_files(site))


#: In the environment: look at the files, instead of being told of changes. MkDocs' command has no option for it.
POLL = "CHAMBERBOOK_POLL"
#: Seconds in which a browser loads a page again and what belongs to it.
SEEN = 1.0
#: Seconds without a change after which files are taken to be as they shall be; an editor writes in several steps.
SETTLED = 0.05

Stamps = Mapping[str, tuple[int, int]]


def stamps(paths: Iterable[Path]) -> Stamps:
    """Size and time of change of every file at or below the paths: other stamps mean other files."""
    found = {}
    for path in paths:
        for file in (path, *path.rglob("*")) if path.is_dir() else (path,):
            if file.is_file():
                status = file.stat()
                found[os.fspath(file)] = (status.st_size, status.st_mtime_ns)
    return found


@contextmanager
def uncollected() -> Iterator[None]:
    """While somebody waits for an edit the garbage collector does not look through the records again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Rest:
    """What is left to make after an edit: it is made behind the server, so that no request waits for it, and stops where it
    is as soon as there is something newer. `guard` is held by whoever changes the site's folder.
    """

    def __init__(self, server: LiveReloadServer, guard: Lock) -> None:
        """The server watches a file of ours as it does any other: when all is made, browsers load again."""
        self._folder = tempfile.TemporaryDirectory(prefix="chamberbook-rest-")
        self._file = Path(self._folder.name) / "made"
        self._guard = guard
        self._stopped = Event()
        server.watch(self._folder.name)

    def stop(self) -> None:
        """End what is being made; call it before waiting for the guard."""
        self._stopped.set()

    def start(self, make: Callable[[Callable[[], bool]], bool]) -> None:
        """Make it soon, when browsers have loaded what they are shown now.

        `make` is told how to ask whether it is to stop, and says whether it has made everything.
        """
        stopped = self._stopped = Event()
        Thread(target=self._run, args=(make, stopped), daemon=True).start()

    def _run(self, make: Callable[[Callable[[], bool]], bool], stopped: Event) -> None:
        if stopped.wait(SEEN):
            return
        with self._guard:
            whole = not stopped.is_set() and make(stopped.is_set)
        if whole:
            with suppress(OSError):  # the preview has ended
                self._file.touch()


def watch_promptly(server: LiveReloadServer, watched: Iterable[str]) -> None:
    """Have the server told of changes by the system; `watched` is what it watches already.

    Where POLL is set it goes on looking at every file twice a second, as MkDocs does by itself: the folders of other
    machines tell of no change.
    """
    server.build_delay = SETTLED
    if os.environ.get(POLL):
        return
    paths = list(watched)
    for path in paths:
        server.unwatch(path)
    server.observer = _Watcher()
    for path in paths:
        server.watch(path)


class _Watcher(Observer):  # type: ignore[valid-type,misc]  # its class depends on the system
    """Told of changes by the system, where MkDocs' own looks at every file twice a second."""

    def schedule(self, event_handler, path, *, recursive=False, **_kwargs):  # type: ignore[no-untyped-def]
        """Watch a path for changes alone."""
        return super().schedule(event_handler, path, recursive=recursive, event_filter=_CHANGES)
