"""The planned pages onto the disk, over as many processes as are wanted.

Each process walks the same plan and takes the slices that are its own, so that no list of pages is ever held and a
page's bytes do not depend on the number of processes.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable
from pathlib import Path

from chamberbook.pages.model import Page

#: Pages a process takes at a time: large enough that planning the others' pages costs little.
SLICE = 32


def write_pages(
    plan: Callable[[], Iterable[Page]],
    document: Callable[[Page], str],
    out: Path,
    jobs: int = 1,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Write every page of the plan below `out`; `document` gives a page's whole text.

    `progress` is told after each slice how many pages have been planned so far.

    More than one job needs a system that can fork (not Windows). Raises what a page raised in this process, and
    RuntimeError when another process ended badly (its traceback is on stderr).
    """
    if jobs <= 1:
        _write_share(plan(), document, out, 0, 1, progress)
        return
    context = multiprocessing.get_context("fork")
    others = [
        context.Process(target=_write_share, args=(plan(), document, out, share, jobs))
        for share in range(1, jobs)
    ]
    for process in others:
        process.start()
    try:
        _write_share(plan(), document, out, 0, jobs, progress)
    finally:
        for process in others:
            process.join()
    if any(process.exitcode for process in others):
        raise RuntimeError("a page could not be rendered; the traceback is above")


def _write_share(
    plan: Iterable[Page],
    document: Callable[[Page], str],
    out: Path,
    share: int,
    shares: int,
    progress: Callable[[int], None] | None = None,
) -> None:
    made: set[Path] = set()
    for number, page in enumerate(plan):
        if progress and number % SLICE == 0:
            progress(number)
        if number // SLICE % shares != share:
            continue
        path = out / page.file
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_text(document(page), encoding="utf-8", newline="\n")
