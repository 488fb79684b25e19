"""Everything that is made from records, as works: a key for what they follow from, and how their files are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from chamberbook.pages.changes import follows
from chamberbook.pages.feeds import feed_folders
from chamberbook.pages.model import CARD_FILE, Page, Unit
from chamberbook.problems import Translate
from chamberbook.settings import Settings
from chamberbook.shell import Shell, site_root
from chamberbook.write import File, Work

#: Records exported together.
_TOGETHER = 50
#: Pictures drawn together: one takes longer than 50 records.
_DRAWN = 10


@dataclass(frozen=True)
class Maker:
    """Makes the files of one site in one language; `templates` is the folder that `bodies` reads.

    `searched`: the site has a search.
    """

    directory: Directory
    settings: Settings
    language: str
    words: Translate
    templates: Path
    bodies: Environment
    shell: Shell
    cache: Cache
    searched: bool

    def works(self) -> Iterator[Work]:
        """Pages and exports, in the order of the plan."""
        world = self._world
        for unit in pages.units(self.directory, self.settings, self.words):
            yield Work(self.cache.key(world, *unit.inputs), partial(self._documents, unit), kind=unit.kind)
        yield Work(self.key("form"), self._form, kind="form")
        chambers = self.directory.chambers
        for start in range(0, len(chambers), _TOGETHER):
            part = chambers[start : start + _TOGETHER]
            key = self.cache.key(world, "records", *(entry.digest for entry in part))
            yield Work(key, partial(_records, part, self.settings.base_url or ""), kind="records")
        yield from self._feeds()
        if self.settings.chamber_cards and self.settings.base_url:
            yield from self._cards()

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
            yield Work(key, partial(_feed_files, maker, some), kind="feeds")

    def first(self, before: Directory) -> Work | None:
        """The pages of chambers that are not as they were, to be seen before all else; None when these are none or many."""
        known = before.by_slug
        changed = [entry for entry in self.directory.chambers if known.get(entry.slug) is not entry]
        if not changed or len(changed) > _TOGETHER:
            return None
        found = pages.chamber.some(self.directory, changed, self.words)
        return Work(b"", lambda: (File(page.file, self.document(page).encode()) for page in found))

    def listed(self) -> list[str]:
        """The addresses of all pages for the sitemap, for who does not write them all."""
        plan = pages.plan(self.directory, self.settings, self.words)
        return [page.url for page in plan if page.listed]

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

    def document(self, page: Page) -> str:
        """The whole text of a page."""
        return self._wrapped(page, self._body(page))

    def _body(self, page: Page) -> Markup:
        return render.render_body(self.bodies, page, site_root(page.url, self.settings))

    def _wrapped(self, page: Page, body: Markup) -> str:
        return self.shell.wrap(
            page, body, linked.linked_data(page, self.settings, self.words, search=self.searched)
        )

    def _documents(self, unit: Unit) -> Iterable[File]:
        """The chrome's links are read on the first page of each kind and depth, those of the body on every page."""
        kinds = set()
        for page in unit.make():
            body = self._body(page)
            text = self._wrapped(page, body)
            kind = (page.template, page.url.count("/"))
            links = linked_files(str(body) if kind in kinds else text, page.file, self._top)
            kinds.add(kind)
            yield File(page.file, text.encode(), page.listed, links)

    @cached_property
    def _top(self) -> str:
        return urlsplit(self.settings.base_url or "").path or "/"

    def _form(self) -> Iterable[File]:
        parts = render.render_body(self.bodies, pages.form.parts(self.directory, self.words), "../../")
        known = pages.form.known(self.directory, self.settings, self.words, parts)
        yield File(pages.form.FILE, known)

    @cached_property
    def _world(self) -> bytes:
        """Stands for what every page follows from: templates, chrome, settings, vocabularies, the day."""
        files = render.template_files(self.templates)
        return digest(
            self.directory.digest,
            self.shell.digest(),
            repr(self.settings),
            f"{self.searched}",
            self.language,
            *files,
        )


def _feed_files(maker: feeds.Feeds, folders: Sequence[tuple[str, Sequence[Event]]]) -> Iterator[File]:
    for folder, events in folders:
        for path, data in maker.files(folder, events):
            yield File(path, data)


def _card_files(cards: Mapping[str, pictures.Card]) -> Iterator[File]:
    for path, card in cards.items():
        yield File(path, pictures.card_image(card))


def _records(entries: Sequence[ChamberEntry], base: str) -> Iterator[File]:
    for entry in entries:
        yield File(f"{entry.url}{exports.FILE}", exports.record_json(entry, base))
