"""The files of the site that a page needs: where its links, scripts, styles and pictures lead."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit

_find_addresses = re.compile(r' (?:href|src)="(?!#|https?:|mailto:|tel:|data:)([^"]*)').findall
#: Most addresses are a way up to the root and a plain way down; to resolve one by the book costs ten times as much.
_PLAIN = re.compile(r"([0-9A-Za-z_-][0-9A-Za-z_/-]*(?:\.[0-9A-Za-z_-]+)*)(?=[#?]|\Z)")
_FILE = re.compile(r"[0-9A-Za-z_-]+\.[0-9a-z]+")
#: To resolve against: a host that nobody has, a path that shows when an address leads out of the site.
_HOST, _BELOW = "site.invalid", "/in/the/site/"


def linked_files(text: str, page: str, top: str = "/") -> set[str]:
    """The paths of the files that the HTML of `page` (its path) links to within the site, `index.html` written out.

    `top` is the path of the site on its server, for pages that write it.
    """
    up = "../" * page.count("/")
    found = set()
    for address in set(_find_addresses(text)):
        if target := _plain(address, up) or _beside(address, page) or _resolved(address, page, top):
            found.add(target)
    return found


@lru_cache(1 << 16)
def _plain(address: str, up: str) -> str | None:
    if up and address == up:
        return "index.html"
    if not address.startswith(up) or not (found := _PLAIN.match(address, len(up))):
        return None
    return f"{found[1]}index.html" if found[1].endswith("/") else found[1]


def _beside(address: str, page: str) -> str | None:
    """A file in the folder of the page, by its name alone."""
    return f"{page.rpartition('/')[0]}/{address}" if "/" in page and _FILE.fullmatch(address) else None


def _resolved(address: str, page: str, top: str) -> str | None:
    base = top if address.startswith("/") else _BELOW
    parts = urlsplit(urljoin(f"http://{_HOST}{base}{page}", html.unescape(address)))
    if parts.netloc != _HOST or not parts.path.startswith(base):
        return None
    path = unquote(parts.path.removeprefix(base))
    return f"{path}index.html" if not path or path.endswith("/") else path
