"""Whether a finished site is whole, asked before it is published: its pages, their links, its search.

Everything here is linear in the number of files and reads few of them: pages tell their links when they are written.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from chamberbook.links import linked_files
from chamberbook.problems import N_, Message, WrongUse
from chamberbook.write import Stamp

#: How many of a kind are named.
_NAMED = 5

Files = Mapping[str, os.stat_result]


def check_files(files: Files, made: Iterable[Stamp], wanted: Iterable[str] = ()) -> None:
    """Every file that was made is there as it was made, every wanted one is there, no page is empty.

    Raises WrongUse.
    """
    stamps = list(made)
    missing = sorted({*wanted, *(stamp.path for stamp in stamps)} - files.keys())
    _refuse(missing, N_("缺少 {files}"))
    touched = [stamp.path for stamp in stamps if not stamp.fits(files[stamp.path])]
    _refuse(touched, N_("{files} 写好以后被改过"))
    empty = sorted(path for path, status in files.items() if path.endswith(".html") and not status.st_size)
    _refuse(empty, N_("{files} 是空的"))


def check_links(site: Path, files: Files, made: Iterable[Stamp], top: str) -> None:
    """What every page links to is there; `top` is the path of the site on its server. Raises WrongUse."""
    known = {stamp.path: stamp.links for stamp in made if stamp.links is not None}
    dead = []
    for path in files:
        if not path.endswith(".html"):
            continue
        if path in known:
            links = known[path].split("\n") if known[path] else []
        else:
            links = sorted(linked_files((site / path).read_text("utf-8", errors="replace"), path, top))
        dead += [f"{path} → {link}" for link in links if link not in files]
    _refuse(sorted(dead), N_("链接指到没有的文件：{files}"))


def _refuse(found: list[str], what: str) -> None:
    if found:
        named = ", ".join(found[:_NAMED]) + ("…" if len(found) > _NAMED else "")
        reason = Message(what, {"files": f"{named} ({len(found)})"})
        raise WrongUse(Message(N_("网站不完整，没有发布，原来的没有动：{reason}"), {"reason": reason}))
