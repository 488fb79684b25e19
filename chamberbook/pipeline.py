"""build(), check() and serve(): the stages in order, one line each, with their times."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from chamberbook import check as rules
from chamberbook import load, pool
from chamberbook.cache import Cache, program_digest
from chamberbook.memory import Watch
from chamberbook.plugin import ChamberbookPlugin
from chamberbook.problems import N_, Message, WrongUse, in_order
from chamberbook.publish import publish, staging
from chamberbook.reading import CACHE, Origin, open_cache, read_directory, say_past
from chamberbook.reports import Report
from chamberbook.times import Times
from chamberbook.write import Told, Work, Written

Say = Callable[[Message], None]


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What one build is asked for. `base_url` None keeps mkdocs.yml's; `jobs` 0 chooses; without `cache` nothing that
    an earlier build made is used, and nothing is kept. `shard` (3, 8) makes the third of eight parts of the site; the
    first has what is made of everything (the sitemap, the search index); the parts laid over one another are the site.
    `times` is the file that says where the time and the memory went.
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


def build(options: BuildOptions, say: Say) -> None:
    """Records to a published site. Raises BadInput or WrongUse; then the site that was there is as it was."""
    times = Times(Watch() if options.times and sys.platform == "linux" else None)
    with _stage(say, N_("读取和检查资料")):
        jobs = pool.choose_jobs(options.jobs)
        cache = open_cache(options.root) if options.cache else Cache(None)
        with closing(cache):
            directory = read_directory(options.root, options.as_of, jobs, cache, Origin(options.root), times)
        say_past(directory, say)
    with staging(options.out, options.root / CACHE / "site" if options.cache else None) as folder:
        config = _config(options.root, folder, options.base_url)
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
        with _stage(say, N_("生成网页和搜索索引")), times.stage("prose"):
            _run_mkdocs(config)
        with times.stage("publish"):
            publish(folder, options.out)
    if options.times:
        times.write(options.times)
    say(
        Message(
            N_("完成：{chambers} 家商会、{charters} 份公约，在 {out}"),
            {"chambers": len(directory.chambers), "charters": len(directory.charters), "out": options.out},
        )
    )


def check(root: Path, as_of: date) -> Report:
    """Every mistake in the records, in order of place; nothing is written."""
    # A folder that a build made is of use, but a check makes none.
    folder = root / CACHE
    with closing(Cache(folder if folder.is_dir() else None, program_digest())) as cache:
        jobs = pool.choose_jobs(0)
        loaded = load.read_all(root, jobs, cache)
        problems = in_order((*loaded.problems, *rules.run(loaded, as_of, jobs, cache)))
    return Report(tuple(problems), loaded.files, _public_address(root))


def _public_address(root: Path) -> str | None:
    """The site's address as mkdocs.yml gives it; records can be checked where there is no mkdocs.yml, or a faulty one."""
    try:
        return _config(root, root / "site", None).site_url or None
    except WrongUse:
        return None


def serve(root: Path, address: str) -> None:
    """Live preview: rebuilds on an edit of a record, a template or prose, until interrupted."""
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
