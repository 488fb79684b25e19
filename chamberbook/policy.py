"""What a page may run and load: one Content-Security-Policy for the whole site, and the search for what breaks it.

The policy is computed from finished pages: inline scripts and styles of the theme and of `content/` are allowed by
their hash, so nothing that a record holds could ever be one of them. It is one for all pages, so that a server can
send it too; see `exports/headers.py`.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from chamberbook.problems import N_, Message, shown
from chamberbook.settings import Settings

#: Stands in a page for the policy until every page is known.
MARK = "chamberbookmarkpolicy"
#: Endings of the files beside the pages that can load something.
STATIC = (".css", ".htm", ".html", ".js", ".mjs", ".svg")

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style", re.DOTALL | re.IGNORECASE)
_HAS_SOURCE = re.compile(r"\bsrc\s*=", re.IGNORECASE)
_TYPE = re.compile(r"\btype\s*=\s*[\"']?([^\"'\s>]*)", re.IGNORECASE)
#: A script of another type is data, which no policy is about.
_RUN = frozenset({"", "module", "text/javascript", "application/javascript"})
#: Links that a browser follows when a reader does, and not before.
_NOT_LOADED = frozenset({
    "alternate", "author", "bookmark", "canonical", "help", "license", "me", "next", "prev", "search", "tag",
})  # fmt: skip
_ADDRESSES = frozenset(
    {"src", "poster", "data", "background", "action", "formaction", "ping", "manifest", "xlink:href"}
)
_CSS = re.compile(r"(?:url\(\s*[\"']?|@import\s+[\"'])\s*([^\"')\s]+)", re.IGNORECASE)
#: An address in the code of an inline script: what the theme's counters load, they load by such.
_IN_CODE = re.compile(r"[\"'`]((?:https?:)?//[\w.-]+\.[a-z]{2,}[^\"'`\s]*)")
_COOKIE = re.compile(r"document\s*(?:\.\s*cookie|\[\s*[\"']cookie[\"']\s*\])|\bcookieStore\b")


@dataclass(frozen=True, slots=True)
class Policy:
    """The hashes of what is inline, and the origins of other sites whose search files are read.

    In a preview MkDocs puts a script into every page that is another each time: there inline scripts are allowed.
    """

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    preview: bool = False

    @property
    def meta(self) -> str:
        """As the element of a page has it."""
        inline = ("'unsafe-inline'",) if self.preview else self.scripts
        parts = [
            ("default-src", "'none'"),
            ("script-src", "'self'", "'wasm-unsafe-eval'", *inline),
            ("style-src", "'self'", *self.styles),
            *([("style-src-attr", "'unsafe-hashes'", *self.attributes)] if self.attributes else []),
            ("img-src", "'self'", "data:"),
            ("font-src", "'self'"),
            ("media-src", "'self'"),
            ("frame-src", "'self'"),
            ("worker-src", "'self'"),
            ("manifest-src", "'self'"),
            ("connect-src", "'self'", *self.origins),
            ("form-action", "'self'"),
            ("base-uri", "'none'"),
        ]
        return "; ".join(map(" ".join, parts))

    @property
    def header(self) -> str:
        """As a server sends it: who may show a page in a frame can be said there alone."""
        return f"{self.meta}; frame-ancestors 'self'"

    def refuses(self, page: str) -> list[str]:
        """Inline scripts and styles of a page that the policy does not allow."""
        found = [text for text in inline_scripts(page) if _hash(text) not in self.scripts]
        return (
            []
            if self.preview
            else [*found, *(t for t in _STYLE.findall(page) if _hash(t) not in self.styles)]
        )


def policy_of(pages: Iterable[str], settings: Settings, *, preview: bool = False) -> Policy:
    """The policy under which these pages run whole: those of `content/`, and one in each chrome of the directory."""
    scripts: set[str] = set()
    styles: set[str] = set()
    attributes: set[str] = set()
    for page in pages:
        scripts.update(map(_hash, inline_scripts(page)))
        styles.update(map(_hash, _STYLE.findall(page)))
        attributes.update(map(_hash, _Loads(page, None).styles))
    parts = (urlsplit(site.url) for site in settings.sites)
    origins = {f"{part.scheme}://{part.netloc}" for part in parts if part.netloc}
    return Policy(
        tuple(sorted(scripts)),
        tuple(sorted(styles)),
        tuple(sorted(attributes)),
        tuple(sorted(origins)),
        preview,
    )


def inline_scripts(page: str) -> Iterator[str]:
    """The text of every script that runs and stands in the page itself."""
    for given, text in _SCRIPT.findall(page):
        kind = _TYPE.search(given)
        if not _HAS_SOURCE.search(given) and (kind[1].lower() if kind else "") in _RUN:
            yield text


def breaches(path: str, text: str, base_url: str | None) -> list[Message]:
    """What of a page, a template, a sheet of style or a script, by the ending of `path`, comes from another host, keeps
    a cookie, or is refused by every policy. A link that a reader may follow is none of this."""
    if path.endswith((".js", ".mjs")):
        found = [_COOKIES] if _COOKIE.search(text) else []
        return [Message(one, {"path": path}) for one in found]
    if path.endswith(".css"):
        return [_foreign(path, address) for address in _CSS.findall(text) if _is_foreign(address, base_url)]
    loads = _Loads(text, base_url)
    found = [_COOKIES] if loads.cookie or any(map(_COOKIE.search, inline_scripts(text))) else []
    return [
        *(_foreign(path, address) for address in (*loads.foreign, *_in_code(text, base_url))),
        *(Message(one, {"path": path}) for one in found),
        *(Message(_HANDLER, {"path": path, "text": shown(one)}) for one in loads.handlers),
    ]


def all_breaches(
    root: Path, templates: Iterable[Path], files: Iterable[tuple[str, str]], base_url: str | None
) -> list[Message]:
    """What `breaches` says of the templates in these folders and of the files, once for each address."""
    paths = (path for folder in templates for path in sorted(folder.rglob("*.html")))
    sources = ((os.path.relpath(path, root).replace(os.sep, "/"), path.read_text("utf-8")) for path in paths)
    found: dict[str, Message] = {}
    for path, text in (*sources, *files):
        for message in breaches(path, text, base_url):
            found.setdefault(f"{message.values.get('address', message)}", message)
    return list(found.values())


_COOKIES = N_("{path}：这里写 cookie。网站不留 cookie，删掉它")
_HANDLER = N_("{path}：{text} 不会运行。把脚本放进文件，用 <script src> 引用")
_FOREIGN = N_(
    "{path}：会从别的网站载入 {address}。把文件放进 content/，用相对路径引用；给读者点的链接不受限制"
)


def _foreign(path: str, address: str) -> Message:
    return Message(_FOREIGN, {"path": path, "address": shown(address)})


def _is_foreign(address: str, base_url: str | None) -> bool:
    address = address.strip().replace("\\", "/")
    try:
        host = urlsplit(address).netloc
    except ValueError:
        return True
    return bool(host) and not (base_url and address.startswith(base_url))


def _in_code(page: str, base_url: str | None) -> Iterator[str]:
    for text in inline_scripts(page):
        yield from (address for address in _IN_CODE.findall(text) if _is_foreign(address, base_url))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


class _Loads(HTMLParser):
    """Everything that a browser would load for a page without being asked by the reader, from another host."""

    def __init__(self, page: str, base_url: str | None) -> None:
        super().__init__()
        self.foreign: list[str] = []
        self.handlers: list[str] = []
        self.styles: list[str] = []
        self.cookie = False
        self._base_url = base_url
        self._within_style = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._within_style = tag == "style"
        for name, value in given.items():
            for address in self._addresses(tag, name, value, given):
                if _is_foreign(address, self._base_url):
                    self.foreign.append(address)
            if name == "style":
                self.styles.append(value)
            elif name.startswith("on"):
                self.handlers.append(f"{name}={value}")
        if given.get("http-equiv", "").lower() == "set-cookie":
            self.cookie = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "style":
            self._within_style = False

    def handle_data(self, data: str) -> None:
        if self._within_style:
            self.foreign += [
                address for address in _CSS.findall(data) if _is_foreign(address, self._base_url)
            ]

    def _addresses(self, tag: str, name: str, value: str, given: dict[str, str]) -> Iterable[str]:
        if name in _ADDRESSES and not (tag == "a" and name != "ping"):
            return (value,)
        if name in ("srcset", "imagesrcset"):
            return [part.split()[0] for part in value.split(",") if part.strip()]
        if name == "style":
            return _CSS.findall(value)
        if name == "href" and tag not in ("a", "area"):
            rels = given.get("rel", "").lower().split()
            return () if tag == "link" and rels and _NOT_LOADED.issuperset(rels) else (value,)
        return ()
