"""The sitemap: every listed page by its public address. Only for a site that knows its own base URL."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

FILE = "sitemap.xml"


def write_sitemap(addresses: Iterable[str], base_url: str, out: Path) -> None:
    """Write sitemap.xml with the site-relative addresses of pages."""
    lines = (f"<url><loc>{escape(base_url + url)}</loc></url>\n" for url in addresses)
    with (out / FILE).open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n')
        file.writelines(lines)
        file.write("</urlset>\n")
