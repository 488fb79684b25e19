"""One version of the directory, read and checked; the records of a broken version as far as they can be read."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from chamberbook import check, derive, load
from chamberbook.changes import git
from chamberbook.derive import Directory
from chamberbook.load import Loaded
from chamberbook.load.folders import printable
from chamberbook.problems import Problem


@dataclass(frozen=True, slots=True)
class Tree:
    """A version: its records, its problems, the digest of every file, and the directory unless there is an error.

    `sound`: what it says of ratings can be relied upon. `as_of` is the day for which it is told.
    """

    label: str
    loaded: Loaded
    problems: tuple[Problem, ...]
    directory: Directory | None
    digests: Mapping[str, str]
    as_of: date
    sound: bool


def read_tree(root: Path, label: str, as_of: date) -> Tree:
    """Read and check what lies below `root/chambers`. Never raises for what the files hold."""
    loaded = load.read_all(root)
    problems = (*loaded.problems, *check.run(loaded, as_of))
    broken = any(problem.severity == "error" for problem in problems)
    found = None if broken else derive.directory(loaded, as_of)
    return Tree(label, loaded, problems, found, dict(_digests(root)), as_of, not broken)


def read_revision(repository: Path, revision: str, as_of: date) -> Tree:
    """The same for a revision of a git repository. Raises WrongUse when it is not there."""
    with exported(repository, git.resolve(repository, revision)) as root:
        tree = read_tree(root, revision, as_of)
        # The folder is about to go, and what is said about a change may show a line of it.
        return replace(tree, loaded=replace(tree.loaded, files=tree.loaded.files.held()))


@contextmanager
def exported(repository: Path, commit: str) -> Iterator[Path]:
    """A folder of its own with the records of a commit; gone at the end."""
    with tempfile.TemporaryDirectory(prefix="chamberbook-") as folder:
        git.export(repository, commit, ["chambers"], Path(folder))
        yield Path(folder)


def _digests(root: Path) -> Iterator[tuple[str, str]]:
    for folder, names, files in os.walk(root / "chambers"):
        names.sort()
        for name in sorted([*files, *(n for n in names if (Path(folder) / n).is_symlink())]):
            path = Path(folder) / name
            if name.startswith("."):
                continue
            plain = path.is_file() and not path.is_symlink()
            digest = hashlib.sha256(path.read_bytes()).hexdigest() if plain else "not a file"
            yield printable(path.relative_to(root).as_posix()), digest
