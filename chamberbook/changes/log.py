"""The main line of a repository: its commits, the files of the records that each one touched, and what these held."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from chamberbook.changes import git
from chamberbook.history import Missing
from chamberbook.load import TOP
from chamberbook.source import MAX_BYTES

#: Blobs that are asked for at a time, so that a large directory is never held twice.
_AT_ONCE = 2000
_PLAIN = ("100644", "100755")


@dataclass(frozen=True, slots=True)
class Past:
    """A repository as seen from the folder of a directory: where, from which commit on, and below which of its folders.

    `alone`: see `git.run`.
    """

    folder: Path
    commit: str
    prefix: str
    alone: bool


class Commit(NamedTuple):
    """A commit of the main line, its parent on that line (empty for the first), and when it was made."""

    id: str
    parent: str
    when: datetime


class Touched(NamedTuple):
    """A file that a commit touched: the ids of what it held before and after, empty where there was no plain file."""

    path: str
    old: str
    new: str


def find(folder: Path, revision: str | None = None) -> Past | Missing:
    """The past of a folder, from its own last commit or from a revision of the repository that it is.

    Why there is none: no git or no repository, a clone without its older commits, or nothing committed yet.
    """
    alone = revision is None
    shallow = git.run(folder, "rev-parse", "--is-shallow-repository", alone=alone)
    if shallow.returncode != 0:
        return "no git"
    if shallow.stdout.strip() == b"true":
        return "shallow"
    prefix = git.run(folder, "rev-parse", "--show-prefix", alone=alone)
    name = f"{revision or 'HEAD'}^{{commit}}"
    found = git.run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", name, alone=alone)
    if found.returncode != 0:
        return "not committed"
    return Past(folder, found.stdout.decode().strip(), os.fsdecode(prefix.stdout).strip("\n"), alone)


def commits(past: Past) -> list[Commit]:
    """Every commit of the main line that touched the records, oldest first.

    The main line is what the branch itself was at: of a merge it knows what came in and when, not the steps before.
    """
    arguments = ("rev-list", "--first-parent", "--format=%H %ct %cI %P", past.commit, "--", TOP)
    listed = git.run(past.folder, *arguments, alone=past.alone)
    git.must(listed)
    found: list[Commit] = []
    lines = [line for line in listed.stdout.decode().splitlines() if not line.startswith("commit ")]
    for line in reversed(lines):
        id_, seconds, text, *parents = line.split(" ")
        before = found[-1].when if found else datetime.fromtimestamp(0, UTC)
        found.append(Commit(id_, parents[0] if parents else "", _time(seconds, text, before)))
    return found


def _time(seconds: str, text: str, before: datetime) -> datetime:
    """When a commit was made; a time that is none, which git does not refuse, counts as that of the commit before."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return before


def touched(past: Past, wanted: Sequence[Commit]) -> Iterator[tuple[Commit, tuple[Touched, ...]]]:
    """The files below the records' folder that each of the commits touched, in order of path."""
    if not wanted:
        return
    lines = "".join(f"{commit.id} {commit.parent}".strip() + "\n" for commit in wanted)
    arguments = ("diff-tree", "--stdin", "--root", "-r", "-z", "--no-renames", "--relative", "--", TOP)
    done = git.run(past.folder, *arguments, stdin=lines.encode(), alone=past.alone)
    git.must(done)
    found: dict[str, list[Touched]] = {commit.id: [] for commit in wanted}
    words = iter(done.stdout.split(b"\0"))
    current = ""
    for word in words:
        if not word.startswith(b":"):
            current = word.decode().strip() or current
            continue
        was, now, old, new, _status = word[1:].decode().split(" ")
        path = os.fsdecode(next(words))
        found[current].append(Touched(path, old if was in _PLAIN else "", new if now in _PLAIN else ""))
    for commit in wanted:
        yield commit, tuple(found[commit.id])


def contents(past: Past, ids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """What blobs hold; one that is larger than a record may be is left out."""
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        asked = git.run(
            past.folder,
            "cat-file",
            "--batch-check=%(objectsize)",
            stdin="\n".join(some).encode() + b"\n",
            alone=past.alone,
        )
        git.must(asked)
        sizes = asked.stdout.decode().splitlines()
        small = [
            id_ for id_, size in zip(some, sizes, strict=True) if size.isdecimal() and int(size) <= MAX_BYTES
        ]
        yield from zip(small, git.blobs(past.folder, small, alone=past.alone), strict=True)


def unchanged(past: Past) -> dict[str, str]:
    """The ids of the files that are in the work tree as they were committed, by path."""
    found = _listed(past, 1, "ls-files", "-s", "-z", "--", TOP)
    modified = ("ls-files", "-z", "--modified", "--", TOP)
    staged = ("diff-index", "--cached", "--name-only", "-z", "--relative", past.commit, "--", TOP)
    for arguments in (modified, staged):
        done = git.run(past.folder, *arguments, alone=True)
        git.must(done)
        for name in done.stdout.split(b"\0"):
            found.pop(os.fsdecode(name), None)
    return found


def held_by(past: Past) -> dict[str, str]:
    """The ids of the files of the commit itself, by path."""
    return _listed(past, 2, "ls-tree", "-r", "-z", past.commit, "--", TOP)


def _listed(past: Past, place: int, *arguments: str) -> dict[str, str]:
    """The plain files of a list by git, by path; `place` is that of the id among the words before the path."""
    listed = git.run(past.folder, *arguments, alone=past.alone)
    git.must(listed)
    found: dict[str, str] = {}
    for line in listed.stdout.split(b"\0")[:-1]:
        head, _, name = line.partition(b"\t")
        words = head.decode().split()
        if words[0] in _PLAIN:
            found[os.fsdecode(name)] = words[place]
    return found
