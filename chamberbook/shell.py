"""Body + Page -> a whole document in Material's look. The only module that knows the theme's internals.

Material's `main.html` costs some 30 times what a body costs, and is the same for every page of a kind and depth but
for a few values. So the chrome of each kind is rendered once with marks in the places of those values and each page is
spliced into it. `Shell.render` renders a page in full; a test holds that both give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from chamberbook.cache import digest
from chamberbook.pages.model import CARD_FILE, Page
from chamberbook.policy import Policy
from chamberbook.problems import N_, Message, WrongUse, shown
from chamberbook.settings import Settings

#: Letters only, so that neither escaping nor a URL filter changes a mark.
_MARKS = {
    name: f"chamberbookmark{name}"
    for name in (
        "title",
        "description",
        "canonical",
        "address",
        "target",
        "previous",
        "next",
        "feed",
        "linked",
        "card",
        "body",
    )
}
#: A page like any other, to see what the chrome prints of the site.
_ANY = Page(url="any/page/", title="-", description="-", template="")
#: One deeper than any: what differs with the way to the root is no script that one policy could allow.
_DEEP = replace(_ANY, url="any/" * 9)
_MARK = re.compile(f"({'|'.join(_MARKS.values())})")


@dataclass(frozen=True, slots=True)
class _TocLink:
    """The one entry of a table of contents that Material's skip link needs."""

    url: str = "#main"


@dataclass(frozen=True, slots=True)
class ThemePage:
    """What Material's templates read from a page; stands in for MkDocs' own Page."""

    title: str
    url: str
    tab: str
    description: str
    canonical_url: str | None
    address: str
    target: str | None
    previous: str | None
    next: str | None
    feed: str | None
    linked: Markup
    card: str
    body: Markup
    listed: bool
    is_homepage: bool
    dated: bool
    meta: Mapping[str, Any] = field(default_factory=dict)
    toc: tuple[_TocLink, ...] = (_TocLink(),)
    content: str = ""
    edit_url: None = None
    previous_page: None = None
    next_page: None = None


class Shell:
    """Puts bodies into the theme's chrome. Holds the chromes rendered so far, one for each kind and depth of page."""

    def __init__(
        self, env: Environment, config: MkDocsConfig, files: Files, nav: Navigation, settings: Settings
    ):
        """`env` is the theme's environment with autoescape on: titles come from records."""
        env.filters["url"] = _from_root
        self._template = env.get_template("main.html")
        self._settings = settings
        self._custom = Path(config.theme.custom_dir) if config.theme.custom_dir else None
        self._context = {
            "nav": nav,
            "pages": files.documentation_pages(),
            "extra_css": config.extra_css,
            "extra_javascript": config.extra_javascript,
            "mkdocs_version": "",
            "config": config,
        }
        self._chromes: dict[tuple[object, ...], list[str]] = {}
        self._policy = Policy()

    def sample(self, page: Page = _ANY) -> str:
        """A page with nothing in it, to see what the chrome holds."""
        return self._render(_marked(self._theme_page(page, Markup(""), "-")))

    def protect(self, policy: Policy) -> None:
        """Put a policy into every page from here on. Raises WrongUse when a chrome would not run under it."""
        self._policy = policy
        self._chromes.clear()
        self._allowed(self.sample(_DEEP))

    def wrap(self, page: Page, body: Markup, linked: str = "") -> str:
        """The whole document of a page, spliced into the chrome of its kind; `linked` is its JSON-LD, made inert."""
        theme_page = self._theme_page(page, body, linked)
        kind = _kind(theme_page)
        chrome = self._chromes.get(kind)
        if chrome is None:
            chrome = self._chromes[kind] = _MARK.split(self._allowed(self._render(_marked(theme_page))))
        values = {
            _MARKS["title"]: escape(theme_page.title),
            _MARKS["description"]: escape(theme_page.description),
            _MARKS["canonical"]: escape(theme_page.canonical_url or ""),
            _MARKS["address"]: escape(theme_page.address),
            _MARKS["target"]: escape(theme_page.target or ""),
            _MARKS["previous"]: escape(theme_page.previous or ""),
            _MARKS["next"]: escape(theme_page.next or ""),
            _MARKS["feed"]: escape(theme_page.feed or ""),
            _MARKS["linked"]: theme_page.linked,
            _MARKS["card"]: escape(theme_page.card),
            _MARKS["body"]: theme_page.body,
        }
        return "".join(values.get(part, part) for part in chrome)

    def render(self, page: Page, body: Markup, linked: str = "") -> str:
        """The whole document of a page through Material's templates, without the splice."""
        return self._render(self._theme_page(page, body, linked))

    def digest(self) -> bytes:
        """Stands for the chrome of every page: the theme's templates that are ours, and what they print of the site.

        Material's own templates change with its version, which every key of the cache follows from.
        """
        parts: list[bytes | str] = [self.sample()]
        for path in sorted(self._custom.rglob("*.html")) if self._custom else ():
            parts += [path.as_posix(), path.read_bytes()]
        return digest(*parts)

    def _allowed(self, chrome: str) -> str:
        """The chrome, when the policy lets all of it run. Raises WrongUse."""
        if refused := self._policy.refuses(chrome):
            message = N_(
                "templates/theme 里有一段因页而异的脚本或样式，安全策略放不过它：{text}。会变的值写进 data- 属性"
            )
            raise WrongUse(Message(message, {"text": shown(refused[0])}))
        return chrome

    def _theme_page(self, page: Page, body: Markup, linked: str) -> ThemePage:
        base = self._settings.base_url
        target = page.data.get("target")
        pager = page.data.get("pager")
        return ThemePage(
            title=page.headline or page.title,
            url=page.url,
            tab=page.tab,
            description=page.description,
            canonical_url=base + (target or page.url) if base and page.file != "404.html" else None,
            address="" if page.file == "404.html" else page.url,
            target=page.root + target if target else None,
            previous=page.root + pager.previous if pager and pager.previous is not None else None,
            next=page.root + pager.next if pager and pager.next else None,
            feed=None if page.feed is None else page.root + page.feed,
            linked=Markup(linked),  # JSON that chamberbook/linked.py made: no text in it can end its element
            card=page.url + CARD_FILE
            if self._settings.chamber_cards and page.template == "chamber.html"
            else "",
            body=body,
            listed=page.listed,
            is_homepage=page.url == "",
            dated=page.dated,
        )

    def _render(self, page: ThemePage) -> str:
        root = site_root(page.url, self._settings)
        top = root + self._settings.up
        return self._template.render(
            self._context,
            page=page,
            base_url=top.removesuffix("/") or ".",
            root=root,
            top=top,
            address=page.address,
            tab=page.tab,
            policy=Markup(
                self._policy.meta
            ),  # made here of hashes and origins: nothing in it ends an attribute
        )


@pass_context
def _from_root(context: Context, address: str) -> str:
    """Material's `url` filter. MkDocs' own counts from the page's address, which 404.html does not know."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or address.startswith(("#", "/")):
        return address
    return f"{context['top']}{address.removeprefix('./')}" or "./"


def site_root(url: str, settings: Settings) -> str:
    """The way from a page to where the pages of its language begin, "" or ending in `/`.

    A server answers with 404.html at any depth, so only there the way is absolute: the path of the base URL.
    """
    if url == "404.html":
        return urlsplit(settings.base_url or "").path or f"/{settings.language.folder}"
    return "../" * url.count("/")


def _kind(page: ThemePage) -> tuple[object, ...]:
    """Everything that changes the chrome beyond the spliced values."""
    return (
        page.url.count("/"), page.url == "404.html", page.tab, page.listed, page.is_homepage,
        page.canonical_url is None, page.target is None, bool(page.description), bool(page.address),
        page.previous is None, page.next is None, page.dated, page.feed is None, bool(page.linked),
        bool(page.card),
    )  # fmt: skip


def _marked(page: ThemePage) -> ThemePage:
    return replace(
        page,
        title=_MARKS["title"],
        description=_MARKS["description"] if page.description else "",
        canonical_url=page.canonical_url and _MARKS["canonical"],
        address=page.address and _MARKS["address"],
        target=page.target and _MARKS["target"],
        previous=page.previous and _MARKS["previous"],
        next=page.next and _MARKS["next"],
        feed=page.feed if page.feed is None else _MARKS["feed"],
        linked=page.linked and Markup(_MARKS["linked"]),
        card=page.card and _MARKS["card"],
        body=Markup(_MARKS["body"]),
    )
