"""The editions of a site, one for each language: its settings, its words, the theme and the prose in it.

MkDocs builds the prose once, so the prose of another language is files below its folder: those of `content/en/`, and
where one is missing the Chinese text with a note that says so.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from chamberbook import messages, render
from chamberbook.cache import Cache
from chamberbook.derive import Directory
from chamberbook.formats import chinese, chinese_in, date_text, filters
from chamberbook.languages import SIMPLIFIED
from chamberbook.options import ChamberbookConfig, read_settings
from chamberbook.policy import MARK
from chamberbook.problems import N_, Translate
from chamberbook.settings import Settings
from chamberbook.shell import Shell, site_root
from chamberbook.traditional import convert, convert_page
from chamberbook.works import Maker

#: What mkdocs.yml says in Chinese and a catalog can say in another language.
KNOWN = (
    N_("商会名录"),
    N_("外观：跟随系统，点按换成亮色"),
    N_("外观：亮色，点按换成暗色"),
    N_("外观：暗色，点按换成跟随系统"),
)


@dataclass(frozen=True)
class Edition:
    """The site in one language; `config` is MkDocs' with the names and the theme of that language."""

    settings: Settings
    words: Translate
    about: str
    config: MkDocsConfig

    @property
    def folder(self) -> str:
        return self.settings.language.folder

    def dress(self, env: Environment, day: date, cache: Cache, *, preview: bool) -> Environment:
        """Give a theme environment what our parts of the theme use, and the cache to keep its code."""
        env.trim_blocks = env.lstrip_blocks = True
        env.add_extension("jinja2.ext.i18n")
        translations = messages.translations(self.settings.language.catalog)
        env.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
        env.filters.update(filters(self.words))
        inputs = render.language_inputs(self.settings, translations)
        env.bytecode_cache = render.KeptCode(cache, "theme", *inputs)
        env.globals.update(
            site=self.settings, as_of=day, today=date_text(day, self.words), preview=preview, policy=MARK
        )
        return env


def editions(config: MkDocsConfig, own: ChamberbookConfig, stood: date | None = None) -> tuple[Edition, ...]:
    """One for each language of the site, the first at its root; `stood` as Settings have it."""
    main = read_settings(config, own)
    if stood:
        # Neither edited nor found by engines: it is not the directory of today.
        main = replace(main, stood=stood, edit_url=None, new_file_url=None)
    return tuple(_edition(replace(main, language=language), config, own) for language in main.languages)


def _edition(settings: Settings, config: MkDocsConfig, own: ChamberbookConfig) -> Edition:
    language = settings.language
    words = messages.translate(language.catalog)
    say: Translate = convert if language.traditional else words
    name = own.names.get(language.id) or say(config.site_name)
    about = own.descriptions.get(language.id) or say(config.site_description or "")
    base = settings.site_url
    settings = replace(settings, name=name, base_url=base and f"{base}{language.folder}")
    return Edition(settings, words, about, _in_language(config, settings, about, say))


def _in_language(config: MkDocsConfig, settings: Settings, about: str, say: Translate) -> MkDocsConfig:
    """MkDocs' configuration as the theme is to see it."""
    theme = copy.copy(config.theme)
    parts = dict(theme._vars)
    parts["language"] = settings.language.tag
    parts["palette"] = [_said(one, say) for one in parts.get("palette") or ()]
    theme._Theme__vars = parts  # type: ignore[attr-defined]
    own = copy.copy(config)
    own.data = {**config.data, "theme": theme, "site_name": settings.name, "site_description": about}
    return own


def _said(palette: Mapping[str, Any], say: Translate) -> dict[str, Any]:
    toggle = palette.get("toggle")
    return {**palette, "toggle": {**toggle, "name": say(toggle["name"])}} if toggle else dict(palette)


def maker(
    found: Sequence[Edition],
    chromes: Sequence[Shell],
    directory: Directory,
    templates: Path,
    cache: Cache,
    *,
    searched: bool,
) -> Maker:
    """What makes the pages of every language, the templates of each ready before processes are forked."""

    def one(edition: Edition, chrome: Shell) -> Maker:
        translations = messages.translations(edition.settings.language.catalog)
        bodies = render.environment(templates, edition.settings, translations, cache)
        render.compile_all(bodies)
        return Maker(
            directory=directory,
            settings=edition.settings,
            words=edition.words,
            templates=templates,
            bodies=bodies,
            shell=chrome,
            cache=cache,
            searched=searched,
        )

    first, *others = map(one, found, chromes)
    return replace(first, others=tuple(others)).renewed(directory)


# Prose


def edition_of(url: str, found: Sequence[Edition]) -> Edition:
    """The edition that a page of prose belongs to, by its address or its path."""
    return next((one for one in found[1:] if url.startswith(one.folder)), found[0])


def add_prose(files: Files, found: Sequence[Edition], config: MkDocsConfig) -> None:
    """Prose of languages that are not the site's goes; each of the others gets the pages that it lacks."""
    for id_ in set(messages.languages()) - {one.settings.language.id for one in found[1:]}:
        for file in [file for file in files if file.src_uri.startswith(f"{id_}/")]:
            files.remove(file)
    folders = tuple(one.folder for one in found[1:])
    own = [file for file in files.documentation_pages() if not file.src_uri.startswith(folders or ("\0",))]
    media = [file.src_uri for file in files.media_files() if not file.src_uri.startswith("assets/")]
    for edition in found[1:]:
        for file in own:
            path = f"{edition.folder}{file.src_uri}"
            if files.get_file_from_path(path) is None:
                text = _from_folder(file.content_string, file.src_uri, media)
                files.append(File.generated(config, path, content=text))


def _from_folder(text: str, path: str, media: Sequence[str]) -> str:
    """A text that moves one folder down still shows the pictures beside it."""
    here, depth = path.rpartition("/")[0], path.count("/") + 1
    for uri in media:
        near = uri.removeprefix(f"{here}/") if here and uri.startswith(f"{here}/") else uri
        text = re.sub(rf"(\]\(|src=\"){re.escape(near)}", rf"\1{'../' * depth}{uri}", text)
    return text


def prose(html: str, page: Page, edition: Edition) -> str:
    """The content of a page of prose; Chinese text on a page of another language says what it is."""
    if edition.settings.language.chinese:
        return html
    if not page.file.generated_by:
        return chinese_in(html)
    note = edition.words(N_("这一页还没有译文，以下是中文。"))
    return f'<p class="note">{note}</p>\n<div lang="{SIMPLIFIED}">{html}</div>'


def prose_context(page: Page, edition: Edition, env: Environment) -> dict[str, Any]:
    """What the theme's templates read of a page of prose beside MkDocs' own."""
    if edition.settings.foreign:
        _mark_titles(page.toc)
    url = page.url.removeprefix(edition.folder)
    root = site_root(url, edition.settings)
    names = ("gettext", "ngettext", "today")
    return {
        "root": root,
        "top": root + edition.settings.up,
        "address": "" if url in ("", "./") else url,
        "site": edition.settings,
        "config": edition.config,
        **{name: env.globals[name] for name in names},
    }


def _mark_titles(links: Iterable[AnchorLink]) -> None:
    for link in links:
        link.title = str(chinese(Markup(link.title)))
        _mark_titles(link.children)


def finished(html: str, edition: Edition) -> str:
    """A whole page of prose."""
    return convert_page(html) if edition.settings.language.traditional else html


def alternates(urls: Sequence[str], found: Sequence[Edition]) -> Iterator[tuple[str, str]]:
    """(address, the same without its language) of each."""
    for url in urls:
        yield url, url.removeprefix(edition_of(url, found).folder)
