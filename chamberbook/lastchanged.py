"""When each record was last changed, from the history of git; nothing where that cannot be told for certain."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

#: Stands before the day of each commit; no path begins with it.
_DAY = "@"


def read_last_changes(root: Path) -> Mapping[str, date]:
    """The day of the last commit of every file below `root`/chambers, by its path from the root.

    A file that differs from its last commit is left out. Nothing at all without git, outside a repository, or in a
    shallow clone, whose oldest commit seems to have made every file.
    """
    if _git(root, "rev-parse", "--is-shallow-repository").strip() != "false":
        return {}
    day: date | None = None
    found: dict[str, date] = {}
    log = ("log", f"--format={_DAY}%cs", "--name-only", "--relative", "-z", "--no-renames", "--", "chambers")
    for word in _git(root, *log).replace("\n", "\0").split("\0"):
        if word.startswith(_DAY):
            day = date.fromisoformat(word.removeprefix(_DAY))
        elif word and day:
            found.setdefault(word, day)
    changed = _git(root, "ls-files", "-z", "--modified", "--others", "--", "chambers").split("\0")
    staged = _git(root, "diff", "--cached", "--name-only", "--relative", "-z", "--", "chambers").split("\0")
    for path in (*changed, *staged):
        found.pop(path, None)
    return found


def _git(root: Path, *arguments: str) -> str:
    """What git prints; empty when it cannot do it."""
    try:
        done = subprocess.run(
            ["git", "-c", "core.quotepath=off", *arguments],
            cwd=root,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
        )
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""
