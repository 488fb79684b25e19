"""The search page: a form, filters that are links without a script, and where the search script puts what it finds."""

from __future__ import annotations

from collections.abc import Iterator

from chamberbook.derive import Directory
from chamberbook.pages.facets import directory_facets, outline, topmost
from chamberbook.pages.home import examples
from chamberbook.pages.model import Page
from chamberbook.problems import Translate
from chamberbook.settings import Settings


def pages(directory: Directory, settings: Settings, _: Translate) -> Iterator[Page]:
    """One page. Its results depend on the query in its address, so it stays out of the sitemap."""
    plan = outline(directory)
    yield Page(
        url="search/",
        title=_("搜索"),
        description=_("按名称、简称、地区、行业、公约和拼音查找商会与公约。"),
        template="search.html",
        dated=True,
        data={
            "crumbs": ((_("搜索"), None),),
            "filters": topmost(directory_facets(directory, plan, _)),
            "examples": examples(directory),
            "sites": settings.sites,
        },
        listed=False,
    )
