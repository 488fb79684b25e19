"""Directories and rendered pages for the tests of pages: the real vocabularies with whatever chambers a test needs."""

from __future__ import annotations

import functools
import gettext
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from jinja2 import Environment

from chamberbook import derive, load, pages, render
from chamberbook.derive import Directory
from chamberbook.load import Loaded, LoadedChamber
from chamberbook.pages.model import Page
from chamberbook.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 23)
#: What MkDocs makes from content/.
PROSE = (
    "about/",
    "about/levels/",
    "about/accessibility/",
    "about/keyboard/",
    "about/model-charter/",
    "about/publish-charter/",
    "contribute/guide/",
    "own-directory/",
)


@functools.cache
def loaded(root: Path = ROOT) -> Loaded:
    """Everything below a root, read once."""
    return load.read_all(root)


@functools.cache
def real_directory(root: Path = ROOT) -> Directory:
    """The directory of a root on the day of the tests."""
    return derive.directory(loaded(root), DAY)


def make_directory(*chambers: LoadedChamber, root: Path = ROOT) -> Directory:
    """The vocabularies, schemes and federations of a root with these chambers and no others."""
    return derive.directory(replace(loaded(root), chambers={c.slug: c for c in chambers}), DAY)


def plan(directory: Directory, settings: Settings | None = None) -> dict[str, Page]:
    """Every planned page by its address."""
    return {page.url: page for page in pages.plan(directory, settings or Settings(), str)}


def rendered(page: Page, settings: Settings | None = None) -> str:
    """The body of a page."""
    return render.render_body(_environment(settings or Settings()), page, page.root)


@functools.cache
def _environment(settings: Settings) -> Environment:
    return render.environment(ROOT / "templates" / "pages", settings, gettext.NullTranslations())


def parsed(html: str) -> Element:
    """A body as a tree; html5lib raises for the first slip in it."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parseFragment(html, container="div")
    return tree


def targets(page: Page, tree: Element) -> Iterator[str]:
    """The site-relative addresses that a page links to, without query and anchor; `./` is the home page."""
    for link in tree.iter("a"):
        href = link.attrib["href"]
        if urlsplit(href).scheme or href.startswith("#"):
            continue
        path = urlsplit(urljoin(f"http://site/{page.url}", href)).path
        yield unquote(path).removeprefix("/")


def texts(elements: Iterable[Element]) -> list[str]:
    """The text of each element, blanks folded."""
    return [" ".join("".join(element.itertext()).split()) for element in elements]


def with_class(tree: Element, name: str) -> list[Element]:
    """Elements that have a class."""
    return [element for element in tree.iter() if name in element.attrib.get("class", "").split()]
