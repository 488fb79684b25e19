"""A revision's files through git: the working tree is not touched, and nothing that a revision holds is run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from chamberbook.problems import N_, Message, WrongUse, shown
from chamberbook.source import MAX_BYTES

_LINK, _SUBMODULE = "120000", "160000"
#: Where a hook of git tells the programs that it starts which repository is meant.
_PLACES = frozenset(("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"))


class _Entry(NamedTuple):
    mode: str
    blob: str
    size: int
    path: str


def resolve(repository: Path, revision: str) -> str:
    """The commit that a revision names. Raises WrongUse when there is none here, with what to do about it."""
    found = run(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if found.returncode == 0:
        return found.stdout.decode().strip()
    inside = run(repository, "rev-parse", "--is-shallow-repository")
    if inside.returncode != 0:
        said = inside.stderr.decode("utf-8", "replace")
        values = {"root": repository, "error": shown(said)}
        raise WrongUse(Message(N_("{root} 不是 git 仓库，没有可以比较的版本（git：{error}）"), values))
    values = {"revision": shown(revision)}
    if inside.stdout.strip() == b"true":
        hint = N_(
            "这里没有版本 {revision}：仓库只取了最近几次提交（浅克隆）；先运行 git fetch --unshallow，在流水线里写 fetch-depth: 0"
        )
        raise WrongUse(Message(hint, values))
    raise WrongUse(Message(N_("没有版本 {revision}；写提交号、分支名或标签名，如 main"), values))


def committed(repository: Path, commit: str) -> datetime:
    """When a commit was made. Raises WrongUse when nobody can tell."""
    shown_time = run(repository, "rev-list", "--max-count=1", "--format=%cI", commit)
    must(shown_time)
    text = shown_time.stdout.decode().splitlines()[-1]
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        values = {"commit": commit[:10], "time": shown(text)}
        message = Message(N_("提交 {commit} 的时间 {time} 不是日期，说不出它是哪一天的样子"), values)
        raise WrongUse(message) from None


def export(repository: Path, commit: str, folders: Sequence[str], target: Path) -> None:
    """Write the files of some folders of a commit below `target`.

    What is read is what was committed: no attribute, filter or export rule of the commit has a say. Links become
    links to nothing, so that they are seen and never followed; a record too large to be read becomes one that is too
    large in an empty way.
    """
    entries = list(_entries(repository, commit, folders))
    written = [entry for entry in entries if entry.mode not in (_LINK, _SUBMODULE)]
    wanted = [entry for entry in written if not _oversized(entry)]
    contents = dict(zip((e.path for e in wanted), blobs(repository, [e.blob for e in wanted]), strict=True))
    for entry in entries:
        path = target / entry.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if entry.mode == _LINK:
            path.symlink_to("/nowhere")
        elif entry.mode == _SUBMODULE:
            path.mkdir()
        else:
            path.write_bytes(contents.get(entry.path, b" " * (MAX_BYTES + 1)))
    for folder in folders:
        if not (target / folder).is_symlink():
            (target / folder).mkdir(parents=True, exist_ok=True)


def _entries(repository: Path, commit: str, folders: Sequence[str]) -> Iterator[_Entry]:
    listed = run(repository, "ls-tree", "-r", "-z", "-l", commit, "--", *folders)
    must(listed)
    for line in listed.stdout.split(b"\0")[:-1]:
        head, _, name = line.partition(b"\t")
        mode, _kind, blob, size = head.decode().split()
        path = os.fsdecode(name)
        if {"", ".", ".."} & set(path.split("/")):
            # git's own commands refuse such names, but a tree can be written by hand.
            raise WrongUse(Message(N_("这个版本里有不能写出的文件名：{path}"), {"path": shown(path)}))
        yield _Entry(mode, blob, int(size) if size.isdecimal() else 0, path)


def _oversized(entry: _Entry) -> bool:
    return entry.size > MAX_BYTES and entry.path.startswith("chambers/")


def blobs(repository: Path, ids: Sequence[str], *, alone: bool = False) -> Iterator[bytes]:
    """The bytes of each blob, in order. Raises WrongUse when one is not there."""
    if not ids:
        return
    batch = run(repository, "cat-file", "--batch", stdin="\n".join(ids).encode() + b"\n", alone=alone)
    must(batch)
    data, start = batch.stdout, 0
    for _ in ids:
        end = data.index(b"\n", start)
        *_name, kind, size = data[start:end].decode().split()
        if kind != "blob":
            raise WrongUse(Message(N_("仓库不完整，读不出这个版本的文件")))
        start = end + 1 + int(size) + 1
        yield data[end + 1 : start - 1]


def must(done: subprocess.CompletedProcess[bytes]) -> None:
    """Raise WrongUse with git's own words when it failed."""
    if done.returncode != 0:
        said = shown(done.stderr.decode("utf-8", "replace"))
        raise WrongUse(Message(N_("git 没有做成：{error}"), {"error": said}))


def run(
    repository: Path, *arguments: str, stdin: bytes | None = None, alone: bool = False
) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder. Raises WrongUse when there is no git.

    `alone`: the folder itself says which repository it belongs to, and not the hook that may have started this program.
    """
    # Replacement objects and optional locks have no say in what a commit holds; words stay in one language.
    own = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    own["GIT_LITERAL_PATHSPECS"] = "1"
    try:
        return subprocess.run(
            ["git", "-C", str(repository), *arguments],
            input=stdin if stdin is not None else b"",
            capture_output=True,
            check=False,
            env={key: value for key, value in os.environ.items() if not (alone and key in _PLACES)} | own,
        )
    except FileNotFoundError:
        raise WrongUse(Message(N_("没有找到 git；请先安装它"))) from None
