"""A folder of records -> `Directory`: read, checked, with its past. What a build, a preview and other commands begin with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from chamberbook import check, derive, load, pool
from chamberbook.address import public_address
from chamberbook.cache import Cache, program_digest
from chamberbook.changes.past import read_history
from chamberbook.derive import Directory
from chamberbook.history import History, Missing
from chamberbook.problems import N_, BadInput, Message, in_order
from chamberbook.records import PartialDate
from chamberbook.reports import Report
from chamberbook.times import Times

#: The folder below the root that keeps what earlier builds made; it can be deleted at any time.
CACHE = ".cache"


def open_cache(root: Path) -> Cache:
    """What earlier builds of the directory at `root` made; the caller closes it."""
    return Cache(root / CACHE, program_digest())


class Origin(NamedTuple):
    """Where the past of records is told: a folder, as it was last committed, or a repository and a revision of it."""

    folder: Path
    revision: str | None = None


#: What an operator is told when the past is not.
_UNTOLD: Mapping[Missing, str] = MappingProxyType({
    "no git": N_("这个文件夹没有 git 提交历史，网站不写收录和更新日期，也没有更新记录"),
    "shallow": N_(
        "仓库只取了最近几次提交（浅克隆），网站不写收录和更新日期，也没有更新记录；先运行 git fetch --unshallow，在流水线里写 fetch-depth: 0"
    ),
    "not committed": N_("资料还没有提交到 git，网站不写收录和更新日期，也没有更新记录"),
})  # fmt: skip


def say_past(directory: Directory, say: Callable[[Message], None]) -> None:
    """Say it when the past of the records cannot be told, and what to do about it."""
    if text := _UNTOLD.get(directory.history.missing):
        say(Message(text))


def read_directory(
    root: Path,
    day: date,
    jobs: int = 1,
    cache: Cache | None = None,
    origin: Origin | None = None,
    times: Times | None = None,
) -> Directory:
    """Read and check the records below `root`, with so many processes. Raises BadInput with every mistake found.

    Their past is told when `origin` is given. Raises WrongUse when git breaks off. `times` notes what each step costs.
    """
    cache, times = cache or Cache(None), times or Times()
    with times.stage("read"):
        loaded = load.read_all(root, jobs, cache)
    with times.stage("check"):
        _checked(loaded, day, jobs, cache)
    with times.stage("history"):
        history = read_history(origin.folder, loaded, cache, origin.revision) if origin else History()
    with times.stage("derive"):
        return derive.directory(loaded, day, history=history)


def read_again(
    root: Path, day: date, cache: Cache, memory: load.Memory, before: Directory | None
) -> Directory:
    """The same for a preview: what is in the memory, and what is as it was in `before`, is taken from there. The past,
    which would have to be asked for anew at every edit, is left out.
    """
    loaded = _checked(load.read_all(root, 1, cache, memory), day, 1, cache)
    return derive.directory(loaded, day, before, History(missing="preview"))


def _checked(loaded: load.Loaded, day: date, jobs: int, cache: Cache) -> load.Loaded:
    problems = (*loaded.problems, *check.run(loaded, day, jobs, cache))
    if any(problem.severity == "error" for problem in problems):
        raise BadInput(problems)
    return loaded


def read_by_cache(root: Path, day: date) -> Directory:
    """The same with what earlier builds left and one process, without the past."""
    with closing(open_cache(root)) as cache:
        return read_directory(root, day, 1, cache)


def report_on(root: Path, day: date) -> Report:
    """Every mistake in the records, in order of place; nothing is written."""
    # A folder that a build made is of use, but a check makes none.
    folder = root / CACHE
    with closing(Cache(folder if folder.is_dir() else None, program_digest())) as cache:
        jobs = pool.choose_jobs(0)
        loaded = load.read_all(root, jobs, cache)
        problems = tuple(in_order((*loaded.problems, *check.run(loaded, day, jobs, cache))))
    # The address is where rules are explained: without a problem nothing is.
    return Report(problems, loaded.files, public_address(root) if problems else None)


def as_of(text: str | None) -> date:
    """The day for which the site is true: as given, else today. The only place that reads the clock for a build."""
    return PartialDate.parse(text).last_day if text else date.today()
