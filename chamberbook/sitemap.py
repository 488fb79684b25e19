"""The sitemap and robots.txt, for search engines. Only a site that knows its own base URL has a sitemap.

Sitemaps 0.9 (https://www.sitemaps.org/protocol.html): a file holds at most 50,000 addresses, then an index names the files.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from chamberbook.derive import Directory

FILE, ROBOTS = "sitemap.xml", "robots.txt"
#: Every file that may be written.
FILES = (FILE, "sitemap-*.xml")
#: The most addresses of a file, by the protocol.
MOST = 50_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

#: An address, and the day on which what it shows last changed; None when nobody knows.
Entry = tuple[str, date | None]


def record_days(directory: Directory) -> dict[str, date]:
    """The day of the last change of each page that shows one record.

    A page whose record has none has none: a wrong day is worse than none.
    """
    days = {entry.url: entry.changed for entry in directory.chambers if entry.changed}
    for charter in directory.charters:
        if day := directory.by_slug[charter.slug].changed:
            days[charter.url] = day
    return days


def write_sitemap(entries: Sequence[Entry], base_url: str, out: Path) -> None:
    """Write the sitemap of the pages with these site-relative addresses, in this order."""
    absolute = [(base_url + url, day) for url, day in entries]
    if len(absolute) <= MOST:
        _write(out / FILE, "urlset", "url", absolute)
        return
    parts: list[Entry] = []
    for number, start in enumerate(range(0, len(absolute), MOST), 1):
        part = absolute[start : start + MOST]
        name = f"sitemap-{number}.xml"
        _write(out / name, "urlset", "url", part)
        known = [day for _, day in part if day]
        parts.append((base_url + name, max(known) if len(known) == len(part) else None))
    _write(out / FILE, "sitemapindex", "sitemap", parts)


def write_robots(base_url: str | None, out: Path) -> None:
    """Write robots.txt: everything may be read; the sitemap is named when there is one.

    Engines read it at the root of a host only; a site below a path keeps its own for whoever copies it there.
    """
    lines = ["User-agent: *", "Allow: /"]
    if base_url:
        lines += ["", f"Sitemap: {base_url}{FILE}"]
    (out / ROBOTS).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _write(path: Path, root: str, item: str, entries: Sequence[Entry]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n')
        for address, day in entries:
            when = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
            file.write(f"<{item}><loc>{escape(address)}</loc>{when}</{item}>\n")
        file.write(f"</{root}>\n")
