"""The kinds of pages that a built site holds, and what its HTML points to; without a browser."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SLUG = "[a-z0-9-]+"
_CODE = "[A-Z]?[0-9]*"
#: Every address of the site belongs to one kind; the first that fits is taken.
KINDS: dict[str, re.Pattern[str]] = {
    kind: re.compile(pattern)
    for kind, pattern in {
        "home": "",
        "page 2 of a list": r".*page/\d+/",
        "directory": "chambers/",
        "chamber": f"chambers/{_SLUG}/",
        "regions": "regions/",
        "region": r"regions/(\d+|national)/",
        "industry in a region": rf"regions/\d+/{_CODE}/",
        "industries": "industries/",
        "industry": f"industries/{_CODE}/",
        "kind": f"kinds/({_SLUG}/)?",
        "federations": "federations/",
        "federation": f"federations/{_SLUG}/",
        "ratings": "ratings/",
        "scheme": f"ratings/{_SLUG}/",
        "level": f"ratings/{_SLUG}/{_SLUG}/",
        "charter library": "charters/",
        "charter topic": f"charters/topics/{_SLUG}/",
        "charter topic in an industry": rf"charters/topics/{_SLUG}/{_CODE}/",
        "charters of a year": r"charters/years/\d{4}/",
        "charters of a status": f"charters/status/{_SLUG}/",
        "charter type": f"charters/types/{_SLUG}/",
        "charters of an industry": rf"charters/industries/{_CODE}/",
        "charter": f"charters/{_SLUG}/{_SLUG}/",
        "versions of a charter": f"charters/{_SLUG}/{_SLUG}/compare/",
        "statistics": "stats/",
        "statistics of levels": "stats/levels/",
        "statistics of records": "stats/completeness/",
        "changes": f"changes/({_SLUG}/)?",
        "data files": "data/",
        "search": "search/",
        "contribute": "contribute/",
        "contributor's guide": "contribute/guide/",
        "form": "contribute/form/",
        "rules of the check": "contribute/rules/",
        "about": "about/",
        "what the levels mean": "about/levels/",
        "accessibility statement": "about/accessibility/",
        "keyboard map": "about/keyboard/",
        "how to publish a charter": "about/publish-charter/",
        "model charter": "about/model-charter/",
        "own directory": "own-directory/",
        "404": r"404\.html",
    }.items()
}  # fmt: skip


def kind_of(url: str) -> str | None:
    """The kind of an address, None when it is of no known kind."""
    return next((kind for kind, pattern in KINDS.items() if pattern.fullmatch(url)), None)


#: The folders of languages that a site may have beside its first.
LANGUAGES = ("en/", "eo/", "zh-Hant/")


def page_urls(site: Path, folder: str = "") -> list[str]:
    """The address of every HTML page of one language, in order; the search index holds none."""
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    others = ("pagefind/", *(one for one in LANGUAGES if one != folder))
    return [
        file.removesuffix("index.html")
        for file in files
        if file.startswith(folder) and not file.startswith(others)
    ]


def page_file(site: Path, url: str) -> Path:
    """The file of an address."""
    return site / (f"{url}index.html" if url.endswith("/") or not url else url)


def leads_on(site: Path, url: str) -> bool:
    """Whether a page sends its reader to another address."""
    return 'http-equiv="refresh"' in page_file(site, url).read_text("utf-8")


def examples(site: Path, folder: str = "") -> dict[str, list[str]]:
    """For each kind the addresses to look at: the longest page and the shortest, which are the ones that break.

    Without 404.html, which stands at any address and is looked at where a server gives it, and without the pages
    that lead on to a record's new address.
    """
    found: dict[str, list[str]] = {}
    for url in page_urls(site, folder):
        if url.endswith("404.html") or leads_on(site, url):
            continue
        found.setdefault(kind_of(url.removeprefix(folder)) or "unknown", []).append(url)
    picked = {}
    for kind, urls in found.items():
        by_size = sorted(urls, key=lambda url: (page_file(site, url).stat().st_size, url))
        picked[kind] = [by_size[-1]] if len(by_size) == 1 else [by_size[-1], by_size[0]]
    return picked


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag with its attributes, entities resolved."""

    name: str
    attributes: dict[str, str]


#: What is not markup: comments, and the text of elements whose text is not HTML.
_OPAQUE = re.compile(r"<!--.*?-->|(?<=>)[^<]*(?=</(?:script|style)>)", re.DOTALL)
_TAG = re.compile(r"""<([a-zA-Z][a-zA-Z0-9-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>`]+)))?""")


def tags(text: str) -> Iterator[Tag]:
    """The start tags of a document that a strict parser accepts (another test sees to that), fast."""
    for match in _TAG.finditer(
        re.sub(r"(<(script|style)\b[^>]*>).*?(</\2>)", r"\1\3", text, flags=re.DOTALL)
    ):
        yield Tag(
            match[1].lower(),
            {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(match[2])},
        )
