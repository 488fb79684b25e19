"""MkDocs events -> calls of the modules of this package. Holds no rules; `mkdocs build` and build.py meet here."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as ProsePage
from mkdocs.utils.templates import TemplateContext

from chamberbook import (
    assets,
    editions,
    exports,
    load,
    manifest,
    messages,
    opensearch,
    pictures,
    pool,
    precompress,
    preview,
    search,
    sitemap,
)
from chamberbook.cache import Cache
from chamberbook.derive import Directory
from chamberbook.options import ChamberbookConfig
from chamberbook.policy import MARK, STATIC, Policy, all_breaches, policy_of
from chamberbook.problems import N_, BadInput, Message, report
from chamberbook.reading import Origin, as_of, open_cache, read_again, read_by_cache, read_directory, say_past
from chamberbook.shell import Shell
from chamberbook.times import Times
from chamberbook.tree import Tree
from chamberbook.works import Maker
from chamberbook.write import Stamp, Told, Work

log = logging.getLogger("mkdocs.plugins.chamberbook")

#: What the exports and the search write by themselves.
DATA_FILES = ("data/**/*",)
SEARCH_FILES = preview.FILES


class ChamberbookPlugin(BasePlugin[ChamberbookConfig]):
    """Adds the directory to a MkDocs site: its pages, its search index, its sitemap."""

    #: Set by the pipeline when it has read the records already.
    directory: Directory | None = None
    #: Told of every work that is done; set by the pipeline.
    told: Told | None = None
    #: Set by the pipeline: which part of how many this build makes; see BuildOptions.
    shard: tuple[int, int] = (1, 1)
    #: Set by the pipeline; else the one in the directory's folder.
    cache: Cache | None = None
    #: Set by the pipeline: the site that this build will replace.
    published: Path | None = None
    #: Set by the pipeline: the day of the version that is built, when it is not that of today.
    stood: date | None = None
    #: The files that the last build made or kept.
    made: Sequence[Stamp] = ()
    _tree: Tree | None = None
    _policy = Policy()
    _maker: Maker | None = None
    _memory: load.Memory | None = None
    _serving = False
    _rest: preview.Rest | None = None
    #: Stands for the records that the whole of a preview follows from; empty while some of it does not.
    _whole = b""

    def __init__(self) -> None:
        super().__init__()
        #: Where the time of a build is noted; the pipeline gives its own.
        self.times = Times()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Present so that MkDocs keeps this object between the builds of one `serve`."""
        self._serving = command == "serve"
        self._behind = preview.SearchBehind(self._say_state)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self._root = Path(config.config_file_path).resolve().parent
        self._editions = editions.editions(config, self.config, self.stood)
        self._settings, self._words = self._editions[0].settings, self._editions[0].words
        self._prose: dict[str, tuple[str, str]] = {}
        # Ours replace both; the theme's versions know nothing of the directory's pages.
        config.theme.static_templates.difference_update(("404.html", "sitemap.xml"))
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Before MkDocs clears the output: a mistake in a record must leave the last good site as it was."""
        if self.cache is None:
            self.cache = open_cache(self._root)
        if self.directory is None or self._serving:
            self._read(self.cache)
        self._sources = [self._root / self.config.templates]
        self._sources += [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
        self._read_sources = preview.stamps(self._sources)
        self._tree = Tree(Path(config.site_dir), self.cache, self.published)
        self._tree.set_aside()

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[[], None]
    ) -> LiveReloadServer:
        """From here on an edit of a record costs what follows from it, and no more."""
        watched = (config.docs_dir, config.config_file_path, *config.watch, config.theme.custom_dir or "")
        others = [Path(path) for path in watched if path and Path(path) != self._root / load.TOP]
        self._others = preview.stamps(others)
        server.builder = partial(self._rebuild, builder, others)
        preview.watch_promptly(server, (config.docs_dir, config.config_file_path))
        self._rest = preview.Rest(server, self._behind.guard)
        # What the first build has made stays; without this every edit would look through all of it several times.
        gc.freeze()
        return server

    def on_shutdown(self) -> None:
        """From here on nothing writes into the folder of a preview: MkDocs removes it."""
        if self._rest is not None:
            self._rest.stop()
            self._behind.guard.acquire()

    def _rebuild(self, builder: Callable[[], None], others: list[Path]) -> None:
        """After an edit: without MkDocs when nothing but records has changed, and then the pages of the records alone;
        the rest is made behind the server."""
        assert self._rest is not None
        self._rest.stop()
        with self._behind.guard, preview.uncollected():
            now = preview.stamps(others)
            if now != self._others or self._maker is None:
                builder()
                self._others = now
                return
            assert self.cache is not None
            assert self._tree is not None
            before = self._maker.directory
            self._read(self.cache)
            assert self.directory is not None
            maker = self._maker = self._maker.renewed(self.directory)
            if first := maker.first(before):
                self._whole = b""
                self._tree.put(first)
            if maker.key("site") != self._whole:
                self._search_behind(maker)
                self._rest.start(partial(self._make_rest, maker))
            self.cache.close()

    def _make_rest(self, maker: Maker, stop: Callable[[], bool]) -> bool:
        """Everything that is not as the records have it; whether it was made to its end."""
        assert self.cache is not None
        assert self._tree is not None
        first = [self._data_work(maker, self._site)]
        if whole := self._tree.again(chain(first, maker.works(), self._last), stop):
            self._whole = maker.key("site")
        self.cache.close()
        return whole

    def _search_behind(self, maker: Maker) -> None:
        if self.config.search:
            read = partial(read_by_cache, self._root, maker.directory.as_of)
            make = partial(preview.index_search, read, self._views())
            self._behind.update(maker.seen, make, self._site)

    def _say(self, message: Message) -> None:
        log.info("%s", message.text(messages.translate(self.config.lang)))

    def _say_state(self, state: preview.State) -> None:
        log.info("%s", messages.translate(self.config.lang)(preview.STATES[state]))

    def _read(self, cache: Cache) -> None:
        try:
            jobs = 1 if self._serving else pool.choose_jobs(self.config.jobs)
            if self._serving and self._memory is None:
                self._memory = load.Memory(self._root)
            before = self.directory if self._serving else None
            day = as_of(self.config.as_of)
            with closing(cache):
                if self._memory:
                    self.directory = read_again(self._root, day, cache, self._memory, before)
                else:
                    self.directory = read_directory(
                        self._root, day, jobs, cache, Origin(self._root), self.times
                    )
                    say_past(self.directory, self._say)
        except BadInput as error:
            text = report(error.problems, messages.translate(self.config.lang))
            if self.directory is None or not self._serving:
                raise PluginError("\n" + text) from None
            # Under `serve` a failed build would leave requests hanging: say it and keep the last good records.
            log.error("%s", text)

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        self._files = files
        assets.prepare(files, config, preview=self._serving)
        # The theme of every language loads what was prepared.
        self._editions = editions.editions(config, self.config, self.stood)
        editions.add_prose(files, self._editions, config)
        return files

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        self._nav = nav
        return nav

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        self._envs = {
            one.folder: self._dress(config.theme.get_env() if one.folder else env, one)
            for one in self._editions
        }
        return env

    def on_page_content(self, html: str, /, *, page: ProsePage, config: MkDocsConfig, files: Files) -> str:
        return editions.prose(html, page, editions.edition_of(page.url, self._editions))

    def on_page_context(
        self, context: TemplateContext, /, *, page: ProsePage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        edition = editions.edition_of(page.url, self._editions)
        context.update(editions.prose_context(page, edition, self._envs[edition.folder]))  # type: ignore[typeddict-item]
        return context

    def on_post_page(self, output: str, /, *, page: ProsePage, config: MkDocsConfig) -> str:
        text = editions.finished(output, editions.edition_of(page.url, self._editions))
        source = f"{Path(config.docs_dir).name}/{page.file.src_uri}"
        self._prose[page.file.dest_uri] = (source, text)
        return text

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        self._keep_to_the_host()
        assert self.directory is not None
        assert self.cache is not None
        assert self._tree is not None
        site, maker = Path(config.site_dir), self._maker_of_all()
        for path, (_, text) in self._prose.items():
            (site / path).write_text(text.replace(MARK, self._policy.meta), "utf-8", newline="\n")
        jobs = pool.choose_jobs(self.config.jobs, len(self.directory.chambers))
        self._tree.begin()
        if self._serving:
            self._write_preview(maker, site)
            return
        number, shards = self.shard
        with self.times.stage("pages"):
            works = [self._data_work(maker, site), *self._signs(maker, site), *maker.works()]
            self._tree.write(works[number - 1 :: shards], jobs, self.told)
        if number == 1:
            listed = self._tree.listed() if shards == 1 else maker.listed()
            for work in self._last_works(maker, site, listed):
                with self.times.stage(work.kind):
                    self._tree.write([work])
        if preview.stamps(self._sources) != self._read_sources:
            # What was made of the old ones must not be kept under the name of the new ones.
            raise PluginError(messages.translate(self.config.lang)(N_("模板在生成的时候改过，请再生成一次")))
        with self.times.stage("finish"):
            self._tree.finish()
            self.made = self._tree.made()
            self.cache.close()
        if self.config.precompress:
            with self.times.stage("precompress"):
                precompress.write_compressed(site, jobs)
            if not precompress.has_brotli():
                log.info("%s", messages.translate(self.config.lang)(N_("没有装 brotli，只生成了 .gz")))

    def _keep_to_the_host(self) -> None:
        """Raises PluginError when a page would load something from another host; a preview says so and goes on."""
        files = (f for f in self._files if f.src_uri.endswith(STATIC) and not f.is_documentation_page())
        texts = [*((file.src_uri, file.content_string) for file in files), *self._prose.values()]
        found = all_breaches(self._root, self._sources, texts, self._settings.base_url)
        said = "\n".join(message.text(messages.translate(self.config.lang)) for message in found)
        if said and not self._serving:
            raise PluginError("\n" + said)
        if said:
            log.error("%s", said)

    def _maker_of_all(self) -> Maker:
        """What makes the pages of every language, under one policy."""
        assert self.directory is not None
        assert self.cache is not None
        chromes = [self._chrome(edition) for edition in self._editions]
        texts = [*(text for _, text in self._prose.values()), *(chrome.sample() for chrome in chromes)]
        self._policy = policy_of(texts, self._settings, preview=self._serving)
        for chrome in chromes:
            chrome.protect(self._policy)
        with self.times.stage("templates"):
            templates, searched = self._root / self.config.templates, self.config.search
            return editions.maker(
                self._editions, chromes, self.directory, templates, self.cache, searched=searched
            )

    def _write_preview(self, maker: Maker, site: Path) -> None:
        """With one process: a server that watches files has threads, and threads and forks do not mix."""
        assert self.cache is not None
        assert self._tree is not None
        self._maker, self._site = maker, site
        self._tree.write([self._data_work(maker, site), *maker.works()])
        self._last = [*self._last_works(maker, site, self._tree.listed()), *self._signs(maker, site)]
        self._tree.write(self._last)
        self._tree.finish()
        self._whole = maker.key("site")
        self.cache.close()
        self._search_behind(maker)

    def _views(self) -> tuple[search.View, ...]:
        """The languages in which what is found is shown."""
        return tuple(search.View(one.settings, one.words) for one in self._editions)

    def _data_work(self, maker: Maker, site: Path) -> Work:
        """The data of the whole directory; it comes first, because it takes longest."""
        data = exports.DataSite(maker.directory, site, maker.editions(), self._policy)
        key = maker.key("data", f"{self._serving}")
        return Work(key, partial(data.write, preview=self._serving), DATA_FILES, "data")

    def _last_works(self, maker: Maker, site: Path, listed: list[str]) -> Iterator[Work]:
        """The sitemap, which names all pages; the search as browsers know it; the search index; signs of the site."""
        found = bool(self._settings.base_url) and not self._settings.stood
        if found:
            assert self._settings.base_url
            prose = [file.url for file in self._files.documentation_pages()]
            data = [f"{one.folder}{exports.URL}" for one in self._editions]
            days = sitemap.record_days(maker.directory)
            addresses = editions.alternates(sorted({*listed, *prose, *data}), self._editions)
            entries = [sitemap.Entry(url, days.get(own), own) for url, own in addresses]
            run = partial(sitemap.write_sitemap, entries, self._settings, site)
            yield maker.by_itself("sitemap", site, sitemap.FILES, run, *map(str, entries))
        if found and self.config.search:
            languages = tuple(map(messages.translate, messages.languages()))
            run = partial(opensearch.write_description, self._settings, languages, site)
            yield maker.by_itself("signs", site, (opensearch.FILE,), run)
        if self.config.search and self._serving:
            there = partial(preview.search_files, site)
            yield Work(maker.key("search there", f"{self._behind.round}"), there)
        elif self.config.search:
            run = partial(search.index, maker.directory, site, self._views())
            yield maker.by_itself("search", site, SEARCH_FILES, run, maker.seen)

    def on_build_error(self, *, error: Exception) -> None:  # the shape of an event
        """A build that stops leaves the pages where readers of the preview find them."""
        if self._tree is not None:
            self._tree.put_back()

    def _signs(self, maker: Maker, site: Path) -> Iterator[Work]:
        """What shows the site on a home screen, in a chat and to a search engine."""
        base = self._settings.base_url
        yield maker.by_itself("signs", site, pictures.ICONS, partial(pictures.write_icons, site))
        yield maker.by_itself(
            "signs", site, (manifest.FILE,), partial(manifest.write_manifest, self._settings, site)
        )
        if not any(file.dest_uri == sitemap.ROBOTS for file in self._files):  # else the operator wrote one
            yield maker.by_itself(
                "signs",
                site,
                (sitemap.ROBOTS,),
                partial(sitemap.write_robots, None if self.stood else base, site),
            )
        if base:
            totals, text = maker.directory.totals, self._editions[0].about
            figures = (
                self._words("{n}家商会").format(n=totals.chambers),
                self._words("{n}家工商联").format(n=totals.federations),
                self._words("{n}份行规行约").format(n=totals.charters),
            )
            address = base.split("://", 1)[1].removesuffix("/")
            sample = self._words("示例") if self._settings.sample else ""
            card = pictures.Card(self._settings.name, text, " · ".join(figures), address, sample)
            yield maker.by_itself(
                "signs", site, (pictures.CARD,), partial(pictures.write_card, card, site), repr(card)
            )

    def shell(self) -> Shell:
        """The theme's chrome for pages of the first language; call it when MkDocs has built the prose."""
        chrome = self._chrome(self._editions[0])
        chrome.protect(self._policy)
        return chrome

    def _chrome(self, edition: editions.Edition) -> Shell:
        env = self._dress(edition.config.theme.get_env(), edition)
        env.autoescape = True
        return Shell(env, edition.config, self._files, self._nav, edition.settings)

    def _dress(self, env: Environment, edition: editions.Edition) -> Environment:
        assert self.directory is not None
        assert self.cache is not None
        return edition.dress(env, self.directory.as_of, self.cache, preview=self._serving)
