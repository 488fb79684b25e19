"""build() and serve(): the stages in order, one line each, with their times."""

from __future__ import annotations

import errno
import logging
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from chamberbook import pool, preview, search, sums, whole
from chamberbook.cache import Cache
from chamberbook.changes import git
from chamberbook.changes.tree import exported
from chamberbook.derive import Directory
from chamberbook.memory import Watch
from chamberbook.plugin import ChamberbookPlugin
from chamberbook.problems import N_, BadInput, Message, WrongUse
from chamberbook.publish import locked, publish, settle, staging, undisturbed
from chamberbook.publish import roll_back as roll_back_site
from chamberbook.reading import CACHE, Origin, open_cache, read_directory, say_past
from chamberbook.times import Times
from chamberbook.write import Stamp, Told, Work, Written

Say = Callable[[Message], None]


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What one build is asked for. `base_url` None keeps mkdocs.yml's; `jobs` 0 chooses; without `cache` nothing that
    an earlier build made is used, and nothing is kept. `shard` (3, 8) makes the third of eight parts of the site; the
    first has what is made of everything (the sitemap, the search index); the parts laid over one another are the site.
    `times` is the file that says where the time and the memory went. `at` is a revision of git: its records are built, as
    they stood, with the templates and the prose of today. `origin` says where the past of the records is told, when it is
    not the root itself.
    """

    root: Path
    out: Path
    as_of: date
    base_url: str | None = None
    jobs: int = 0
    lang: str = "zh"
    search: bool = True
    precompress: bool = False
    cache: bool = True
    shard: tuple[int, int] = (1, 1)
    times: Path | None = None
    at: str | None = None
    origin: Origin | None = None


def build(options: BuildOptions, say: Say) -> None:
    """Records to a published site. Raises BadInput or WrongUse; then the site that was there is as it was."""
    times = Times(Watch() if options.times and sys.platform == "linux" else None)
    with _told(options), ExitStack() as stack:
        stack.enter_context(locked(options.out, partial(say, _waiting(options.out))))
        with _stage(say, N_("读取和检查资料")):
            jobs = pool.choose_jobs(options.jobs)
            cache = open_cache(options.root) if options.cache else Cache(None)
            with closing(cache), _records(options, say) as (records, origin):
                directory = read_directory(records, options.as_of, jobs, cache, origin, times)
            say_past(directory, say)
        spare = options.root / CACHE / "site" if options.cache else None
        folder = stack.enter_context(staging(options.out, spare))
        config = _config(options.root, folder, options.base_url)
        plugin = _prepare(config, options, directory, cache, times)
        if options.at and origin.revision:
            plugin.stood = git.committed(options.root, origin.revision).date()
        with _stage(say, N_("生成网页和搜索索引")), times.stage("prose"):
            _run_mkdocs(config)
        with _stage(say, N_("核对网站，写到磁盘")):
            with times.stage("verify"):
                _verify(folder, plugin.made, directory, options, config.site_url)
            with times.stage("sync"):
                settle(folder)
        with undisturbed():
            with times.stage("publish"):
                publish(folder, options.out)
                stack.close()
            if options.times:
                times.write(options.times)
            values = {
                "chambers": len(directory.chambers),
                "charters": len(directory.charters),
                "out": options.out,
            }
            say(Message(N_("完成：{chambers} 家商会、{charters} 份公约，在 {out}"), values))


@contextmanager
def _records(options: BuildOptions, say: Say) -> Iterator[tuple[Path, Origin]]:
    """The folder that the records are read from, and where their past is told. Raises WrongUse for no such revision."""
    if options.at is None:
        yield options.root, options.origin or Origin(options.root)
        return
    commit = git.resolve(options.root, options.at)
    try:
        with exported(options.root, commit) as folder:
            yield folder, Origin(options.root, commit)
    except BadInput:
        say(Message(N_("版本 {revision} 的资料按今天的规则有错，没有生成："), {"revision": options.at}))
        raise


def commit_day(root: Path, revision: str) -> date:
    """The day of a revision, where it was committed. Raises WrongUse when there is none, with what to do about it."""
    return git.committed(root, git.resolve(root, revision)).date()


def _prepare(
    config: MkDocsConfig, options: BuildOptions, directory: Directory, cache: Cache, times: Times
) -> ChamberbookPlugin:
    """The plugin of this configuration, told what is to be built."""
    plugin = config.plugins["chamberbook"]
    assert isinstance(plugin, ChamberbookPlugin)
    plugin.directory, plugin.cache = directory, cache
    plugin.published = options.out if options.cache else None
    plugin.shard = options.shard
    plugin.times, plugin.told = times, _listener(times)
    plugin.config.update(
        {
            "jobs": options.jobs or plugin.config.jobs,
            "lang": options.lang,
            "search": options.search,
            "precompress": options.precompress or plugin.config.precompress,
        }
    )
    return plugin


def _verify(
    folder: Path, made: Sequence[Stamp], directory: Directory, options: BuildOptions, address: str | None
) -> None:
    """The finished site is whole and lists its files. Of a part of a site less can be said. Raises WrongUse."""
    files = dict(sums.files_in(folder))
    number, parts = options.shard
    if parts == 1:
        urls = [entry.url for entry in directory.chambers]
        urls += [entry.url for entry in directory.charters]
        urls += [entry.url for entry in directory.federations.values()]
        whole.check_files(files, made, (f"{url}index.html" for url in urls))
        whole.check_links(folder, files, made, urlsplit(address or "").path or "/")
        if options.search:
            search.check_index(folder, directory)
        sums.write_sums(folder, files, made)
    else:
        whole.check_files(files, made)
        sums.write_sums(folder, files, made, sums.PART.format(number=number, parts=parts))


def roll_back(out: Path, say: Say) -> None:
    """The site before the last build takes its place again. Raises WrongUse."""
    with _told(None), locked(out, partial(say, _waiting(out))), undisturbed():
        roll_back_site(out)


def _waiting(out: Path) -> Message:
    return Message(N_("另一个程序正在生成 {out}，等它结束……"), {"out": out})


#: What a disk can refuse, and what it means; anything else is a mistake of the program.
_REFUSALS = {
    errno.ENOSPC: N_("磁盘满了"),
    errno.EDQUOT: N_("磁盘配额用完了"),
    errno.EFBIG: N_("文件超过了允许的大小"),
    errno.EACCES: N_("没有权限"),
    errno.EPERM: N_("没有权限"),
    errno.EROFS: N_("磁盘是只读的"),
    errno.EIO: N_("磁盘读写出错"),
    errno.EBUSY: N_("文件夹正被占用（如挂载点），不能换"),
    errno.EXDEV: N_("文件夹跨了两个文件系统，不能换"),
    errno.EMFILE: N_("打开的文件太多"),
    errno.ENOENT: N_("文件在生成的时候不见了"),
    errno.ENOTDIR: N_("文件在生成的时候不见了"),
    errno.ENOTEMPTY: N_("文件夹在生成的时候变了"),
}


@contextmanager
def _told(options: BuildOptions | None) -> Iterator[None]:
    """A disk that refuses is told in words; a mistake of the program keeps its traceback."""
    try:
        yield
    except OSError as error:
        if error.errno not in _REFUSALS:
            raise
        values = {
            "reason": Message(_REFUSALS[error.errno]),
            "path": error.filename or (options and options.out),
        }
        raise WrongUse(Message(N_("{path}：{reason}。原来的网站没有动。"), values)) from None


def serve(root: Path, address: str, *, poll: bool = False) -> None:
    """Live preview: rebuilds on an edit of a record, a template or prose, until interrupted.

    `poll`: look for changes twice a second, where the system does not tell of them.
    """
    if poll:
        os.environ[preview.POLL] = "1"
    logging.getLogger("mkdocs.plugins.chamberbook").setLevel(logging.INFO)
    logging.getLogger("mkdocs.plugins.chamberbook").addHandler(logging.StreamHandler())
    mkdocs_serve.serve(str(_config_file(root)), dev_addr=address, site_url="")


def _config(root: Path, folder: Path, base_url: str | None) -> MkDocsConfig:
    given = {"site_url": base_url} if base_url else {}
    try:
        return load_config(str(_config_file(root)), site_dir=str(folder), strict=True, **given)
    except MkDocsException as error:
        raise WrongUse(Message(N_("mkdocs.yml 不对：{error}"), {"error": error})) from None


def _config_file(root: Path) -> Path:
    path = root / "mkdocs.yml"
    if not path.is_file():
        raise WrongUse(
            Message(N_("{root} 里没有 mkdocs.yml；请用 --root 指到名录所在的文件夹"), {"root": root})
        )
    return path


def _run_mkdocs(config: MkDocsConfig) -> None:
    config.plugins.on_startup(command="build", dirty=False)
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        mkdocs_build.build(config)
    except MkDocsException as error:
        raise WrongUse(
            Message(N_("网页没有生成：{error}"), {"error": "; ".join(warnings.lines) or error})
        ) from None
    finally:
        logger.removeHandler(warnings)
        config.plugins.on_shutdown()


class _Warnings(logging.Handler):
    """Keeps MkDocs' warnings: in strict mode they are why a build stops."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def _listener(times: Times) -> Told:
    """Notes what works cost, and counts their files where somebody watches a terminal: in one line that it overwrites,
    and that the stage's own line follows."""
    watched, files = sys.stderr.isatty(), 0

    def told(work: Work, written: Written) -> None:
        nonlocal files
        times.add(work.kind, written.cost)
        files += len(written.stamps)
        if watched:
            print(f"\r{files} ", end="\r", file=sys.stderr, flush=True)

    return told


@contextmanager
def _stage(say: Say, title: str) -> Iterator[None]:
    """Say when a stage begins on a terminal, and how long it took everywhere."""
    start = time.perf_counter()
    if sys.stderr.isatty():
        say(Message(N_("{stage}……"), {"stage": Message(title)}))
    yield
    seconds = time.perf_counter() - start
    say(Message(N_("{stage}：{seconds:.1f} 秒"), {"stage": Message(title), "seconds": seconds}))
