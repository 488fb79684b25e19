"""Everything that is made from records, as works: a key for what they follow from, and how their files are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import Markup

from chamberbook import exports, feeds, linked, pages, pictures, render, search
from chamberbook.cache import Cache, digest
from chamberbook.derive import ChamberEntry, Directory
from chamberbook.history import Event
from chamberbook.links import linked_files
from chamberbook.localized import in_language
from chamberbook.pages.changes import follows
from chamberbook.pages.feeds import feed_folders
from chamberbook.pages.model import CARD_FILE, Page
from chamberbook.problems import Translate
from chamberbook.settings import Settings
from chamberbook.shell import Shell, site_root
from chamberbook.traditional import convert_json, convert_page
from chamberbook.write import File, Work

#: Records exported together.
_TOGETHER = 50
#: Pictures drawn together: one takes longer than 50 records.
_DRAWN = 10


@dataclass(frozen=True)
class Maker:
    """Makes the files of one site in one language; `templates` is the folder that `bodies` reads.

    `searched`: the site has a search. `others` make the pages of the other languages.
    """

    directory: Directory
    settings: Settings
    words: Translate
    templates: Path
    bodies: Environment
    shell: Shell
    cache: Cache
    searched: bool
    others: tuple[Maker, ...] = ()

    def renewed(self, directory: Directory) -> Maker:
        """The same for another state of the records."""
        others = tuple(
            replace(one, directory=in_language(directory, one.settings.language, one.words))
            for one in self.others
        )
        return replace(self, directory=directory, others=others)

    def works(self) -> Iterator[Work]:
        """Pages and exports, in the order of the plan; what has no language once."""
        yield from self._pages()
        world = self._world
        yield Work(self.key("form"), self._form, kind="form")
        chambers = self.directory.chambers
        for start in range(0, len(chambers), _TOGETHER):
            part = chambers[start : start + _TOGETHER]
            today = (f"{entry.stale} {[(a.state, a.ends) for a in entry.awards]}" for entry in part)
            key = self.cache.key(world, "records", *(entry.digest for entry in part), *today)
            yield Work(key, partial(_records, part, self.settings.base_url or ""), kind="records")
        yield from self._feeds()
        if self.settings.chamber_cards and self.settings.base_url:
            yield from self._cards()
        for other in self.others:
            yield from other._pages()
            yield Work(other.key("form"), other._form, kind="form")
            yield from other._feeds()

    def _pages(self) -> Iterator[Work]:
        world = self._world
        for unit in pages.units(self.directory, self.settings, self.words):
            yield Work(
                self.cache.key(world, *unit.inputs), partial(self._documents, unit.make), kind=unit.kind
            )

    def _cards(self) -> Iterator[Work]:
        """A picture for each chamber; it follows from its words alone."""
        chambers = self.directory.chambers
        for start in range(0, len(chambers), _DRAWN):
            some = {
                f"{entry.url}{CARD_FILE}": pictures.chamber_card(entry, self.settings, self.words)
                for entry in chambers[start : start + _DRAWN]
            }
            yield Work(self.cache.key("cards", repr(some)), partial(_card_files, some), kind="cards")

    def _feeds(self) -> Iterator[Work]:
        """Feeds follow from what happened and from what chambers are called; many are made together."""
        folders = list(feed_folders(self.directory, self.settings).items())
        if not folders:
            return
        maker = feeds.Feeds(self.directory, self.settings, self.words)
        for start in range(0, len(folders), _TOGETHER):
            some = folders[start : start + _TOGETHER]
            told = (event for _folder, events in some for event in events[: feeds.MOST])
            key = self.cache.key(self._world, "feeds", *follows(tuple(told), self.directory))
            yield Work(key, partial(self._feed_files, maker, some), kind="feeds")

    def _feed_files(
        self, maker: feeds.Feeds, folders: Sequence[tuple[str, Sequence[Event]]]
    ) -> Iterator[File]:
        language = self.settings.language
        for folder, events in folders:
            for path, data in maker.files(folder, events):
                if language.traditional:
                    change = convert_json if path.endswith(".json") else convert_page
                    data = change(data.decode()).encode()  # noqa: PLW2901
                yield File(f"{language.folder}{path}", data)

    def first(self, before: Directory) -> Work | None:
        """The pages of chambers that are not as they were, to be seen before all else; None when these are none or many."""
        known = before.by_slug
        changed = [e.slug for e in self.directory.chambers if known.get(e.slug) is not e]
        if not changed or len(changed) > _TOGETHER:
            return None
        return Work(b"", lambda: (file for maker in (self, *self.others) for file in maker._some(changed)))

    def _some(self, slugs: Sequence[str]) -> Iterator[File]:
        entries = [self.directory.by_slug[slug] for slug in slugs]
        for page in pages.chamber.some(self.directory, entries, self.words):
            yield File(self._file(page), self.document(page).encode())

    def listed(self) -> list[str]:
        """The addresses of all pages for the sitemap, for who does not write them all."""
        plan = pages.plan(self.directory, self.settings, self.words)
        urls = [page.url for page in plan if page.listed]
        return [f"{one.language.folder}{url}" for one in self._all_settings() for url in urls]

    def _all_settings(self) -> Iterator[Settings]:
        yield from (maker.settings for maker in (self, *self.others))

    def key(self, *inputs: str) -> bytes:
        """Stands for something that is made from the whole directory."""
        return self.cache.key(self._world, self.directory.all_digest(), *inputs)

    def by_itself(
        self,
        kind: str,
        site: Path,
        patterns: tuple[str, ...],
        run: Callable[[], object],
        *inputs: bytes | str,
    ) -> Work:
        """Something that writes the files that fit the patterns and follows from the inputs and the settings alone."""

        def make() -> Iterator[str]:
            run()
            for pattern in patterns:
                found = (path for path in site.glob(pattern) if path.is_file())
                yield from sorted(path.relative_to(site).as_posix() for path in found)

        return Work(self.cache.key(repr(self.settings), *patterns, *inputs), make, patterns, kind)

    @cached_property
    def seen(self) -> bytes:
        """Stands for everything that search sees."""
        return search.seen_digest(self.directory, self.settings, self.words, self.cache)

    def editions(self) -> tuple[exports.PageMaker, ...]:
        """What makes pages that are planned elsewhere, for each language."""
        makers = (self, *self.others)
        return tuple(exports.PageMaker(one.settings, one.words, one.document) for one in makers)

    def document(self, page: Page) -> str:
        """The whole text of a page."""
        return self._wrapped(page, self._body(page))

    def _body(self, page: Page) -> Markup:
        return render.render_body(self.bodies, page, site_root(page.url, self.settings))

    def _wrapped(self, page: Page, body: Markup) -> str:
        facts = linked.linked_data(page, self.settings, self.words, search=self.searched)
        text = self.shell.wrap(page, body, facts)
        return convert_page(text) if self.settings.language.traditional else text

    def _documents(self, make: Callable[[], Iterable[Page]]) -> Iterable[File]:
        """The chrome's links are read on the first page of each kind and depth, those of the body on every page."""
        kinds = set()
        for page in make():
            body = self._body(page)
            text = self._wrapped(page, body)
            kind = (page.template, page.url.count("/"))
            links = linked_files(str(body) if kind in kinds else text, self._file(page), self._top)
            kinds.add(kind)
            yield File(self._file(page), text.encode(), page.listed, links)

    def _file(self, page: Page) -> str:
        return f"{self.settings.language.folder}{page.file}"

    @cached_property
    def _top(self) -> str:
        return urlsplit(self.settings.site_url or "").path or "/"

    def _form(self) -> Iterable[File]:
        parts = render.render_body(self.bodies, pages.form.parts(self.directory, self.words), "../../")
        known = pages.form.known(self.directory, self.settings, self.words, parts)
        yield File(f"{self.settings.language.folder}{pages.form.FILE}", known)

    @cached_property
    def _world(self) -> bytes:
        """Stands for what every page follows from: templates, chrome, settings, vocabularies."""
        files = render.template_files(self.templates)
        return digest(
            self.directory.digest,
            self.shell.digest(),
            repr(self.settings),
            f"{self.searched}",
            *files,
        )


def _card_files(cards: Mapping[str, pictures.Card]) -> Iterator[File]:
    for path, card in cards.items():
        yield File(path, pictures.card_image(card))


def _records(entries: Sequence[ChamberEntry], base: str) -> Iterator[File]:
    for entry in entries:
        yield File(f"{entry.url}{exports.FILE}", exports.record_json(entry, base))
