"""How to contribute, the page for addresses that do not exist, and the addresses that records once had."""

from __future__ import annotations

from collections.abc import Iterator

from chamberbook.derive import ChamberEntry, CharterEntry, Directory
from chamberbook.pages.charters.record import compare_url, is_compared
from chamberbook.pages.model import Page
from chamberbook.problems import Translate
from chamberbook.settings import Settings


def pages(directory: Directory, _settings: Settings, _: Translate) -> Iterator[Page]:
    """The contribute page, 404.html, and one page for each former address of a chamber and of its charters."""
    yield Page(
        url="contribute/",
        title=_("参与"),
        description=_("发现错了怎样报告、怎样补充一家商会，什么算来源，什么不要交，交了以后怎样。"),
        template="contribute.html",
        tab="contribute",
    )
    yield Page(
        url="404.html",
        title=_("没有找到这一页"),
        description=_("网址可能写错了，也可能商会改名后记录换了地址。"),
        template="404.html",
        listed=False,
    )
    for former, slug in directory.redirects.items():
        yield from _redirects(former, directory.by_slug[slug], directory, _)


def _redirects(former: str, entry: ChamberEntry, directory: Directory, _: Translate) -> Iterator[Page]:
    """The former addresses of the chamber's page, and of every page below its name today."""
    yield _redirect(f"chambers/{former}/", entry.url, former, entry, _)
    for charter in entry.charters:
        for url in _charter_urls(charter, directory):
            yield _redirect(url.replace(f"/{entry.slug}/", f"/{former}/", 1), url, former, entry, _)


def _charter_urls(charter: CharterEntry, directory: Directory) -> Iterator[str]:
    yield charter.url
    if is_compared(charter, directory):
        yield compare_url(charter)


def _redirect(url: str, target: str, former: str, entry: ChamberEntry, _: Translate) -> Page:
    return Page(
        url=url,
        title=_("{name}：记录换了地址").format(name=entry.chamber.name),
        description=_("这条记录现在在另一个地址，旧的链接仍然有效。"),
        template="redirect.html",
        data={"target": target, "name": entry.chamber.name, "former": former, "slug": entry.slug},
        tab="chambers",
        listed=False,
    )
