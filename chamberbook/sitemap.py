"""The sitemap: every listed page by its public address. Only for a site that knows its own base URL."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from chamberbook.pages.model import Page


def write_sitemap(plan: Iterable[Page], prose: Iterable[str], base_url: str, out: Path) -> None:
    """Write sitemap.xml with the pages of the plan that are listed and the prose pages, in order of address."""
    urls = sorted({page.url for page in plan if page.listed} | set(prose))
    with (out / "sitemap.xml").open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n')
        file.writelines(f"<url><loc>{escape(base_url + url)}</loc></url>\n" for url in urls)
        file.write("</urlset>\n")
