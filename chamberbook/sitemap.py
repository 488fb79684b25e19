"""The sitemap and robots.txt, for search engines. Only a site that knows its own base URL has a sitemap.

Sitemaps 0.9 (https://www.sitemaps.org/protocol.html): a file holds at most 50,000 addresses, then an index names the files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from chamberbook.derive import Directory
from chamberbook.settings import Settings

FILE, ROBOTS = "sitemap.xml", "robots.txt"
#: Every file that may be written.
FILES = (FILE, "sitemap-*.xml")
#: The most addresses of a file, by the protocol.
MOST = 50_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LINKS = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@dataclass(frozen=True, slots=True)
class Entry:
    """An address, the day on which what it shows last changed (None when nobody knows), and the address without the
    folder of its language, which is the same for the same page in every language.
    """

    url: str
    day: date | None
    own: str = ""


def record_days(directory: Directory) -> dict[str, date]:
    """The day of the last change of each page that shows one record.

    A page whose record has none has none: a wrong day is worse than none.
    """
    days = {entry.url: entry.changed for entry in directory.chambers if entry.changed}
    for charter in directory.charters:
        if day := directory.by_slug[charter.slug].changed:
            days[charter.url] = day
    return days


def write_sitemap(entries: Sequence[Entry], settings: Settings, out: Path) -> None:
    """Write the sitemap of the pages with these site-relative addresses, in this order, each with the same page in the
    other languages. The site has a base URL.
    """
    base = settings.site_url or ""
    links = _alternates(entries, settings)
    if len(entries) <= MOST:
        _write(out / FILE, "urlset", "url", _lines(entries, base, links))
        return
    parts: list[Entry] = []
    for number, start in enumerate(range(0, len(entries), MOST), 1):
        part = entries[start : start + MOST]
        name = f"sitemap-{number}.xml"
        _write(out / name, "urlset", "url", _lines(part, base, links))
        known = [entry.day for entry in part if entry.day]
        parts.append(Entry(name, max(known) if len(known) == len(part) else None))
    _write(out / FILE, "sitemapindex", "sitemap", _lines(parts, base, lambda _entry: ""))


def _alternates(entries: Sequence[Entry], settings: Settings) -> Callable[[Entry], str]:
    """What names a page in every language that has it; nothing on a site of one language."""
    if len(settings.languages) < 2:
        return lambda _entry: ""
    base, held = settings.site_url or "", {entry.url for entry in entries}
    tags = [(one.tag, one.folder) for one in settings.languages]
    tags.append(("x-default", settings.languages[0].folder))

    def links(entry: Entry) -> str:
        found = [(tag, f"{folder}{entry.own}") for tag, folder in tags]
        return "".join(
            f'<xhtml:link rel="alternate" hreflang="{tag}" href="{escape(base + url)}"/>'
            for tag, url in found
            if url in held
        )

    return links


def _lines(entries: Sequence[Entry], base: str, links: Callable[[Entry], str]) -> Iterator[str]:
    for entry in entries:
        when = f"<lastmod>{entry.day.isoformat()}</lastmod>" if entry.day else ""
        yield f"<loc>{escape(base + entry.url)}</loc>{when}{links(entry)}"


def write_robots(base_url: str | None, out: Path) -> None:
    """Write robots.txt: everything may be read; the sitemap is named when there is one.

    Engines read it at the root of a host only; a site below a path keeps its own for whoever copies it there.
    """
    lines = ["User-agent: *", "Allow: /"]
    if base_url:
        lines += ["", f"Sitemap: {base_url}{FILE}"]
    (out / ROBOTS).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _write(path: Path, root: str, item: str, lines: Iterable[str]) -> None:
    more = _LINKS if item == "url" else ""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}"{more}>\n')
        for line in lines:
            file.write(f"<{item}>{line}</{item}>\n")
        file.write(f"</{root}>\n")
