"""The site on real servers: at the root and below a path, compressed or not; the 404 page of nginx; any case of letters."""

from __future__ import annotations

import functools
import http.client
import os
import shutil
import threading
import urllib.request
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from building import ROOT, SUB_PATH, Served, built
from playwright.sync_api import Page, expect
from servers import NOTHING, SERVERS, AnyCase, Lines, server, with_headers
from test_accessibility import violations

from chamberbook import precompress
from chamberbook.exports import headers

#: A chamber of the sample directory, and the last part of its address.
NAME, SLUG = "示例市印刷业商会", "shili-yinshua"


@pytest.fixture(scope="module")
def on_nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample directory, built for a public address below a path, on nginx."""
    run = tmp_path_factory.mktemp("nginx")
    below = SUB_PATH.strip("/")
    base = f"https://example.org/{below}/"
    site = built(run / "www" / below, "--root", ROOT / "examples", "--base-url", base)
    lines = Lines(within=f"error_page 404 /{below}/404.html;")
    with server("nginx", run / "run", run / "www", lines=lines) as root:
        yield Served(f"{root}{below}/", site)


def test_search_and_pages_work_on_nginx(on_nginx: Served, open_page: Any) -> None:
    page: Page = open_page(on_nginx.url + "search/?q=印刷")
    page.locator("#main").get_by_role("link", name=NAME).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)


@pytest.mark.parametrize("path", ["no-such-page/", "chambers/no-such-chamber/", "a/b/c/d/e.html"])
def test_a_missing_page_is_the_404_page_at_any_depth(on_nginx: Served, browser: Any, path: str) -> None:
    page: Page = browser.new_page()
    missing: list[str] = []
    page.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    answer = page.goto(on_nginx.url + path)
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_contain_text("没有找到")
    assert missing == [on_nginx.url + path]
    assert violations(page) == []
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="商会").click()
    page.wait_for_url(on_nginx.url + "chambers/")
    page.close()


def test_an_address_without_its_slash_is_found(on_nginx: Served) -> None:
    with urllib.request.urlopen(on_nginx.url + f"chambers/{SLUG}", timeout=10) as answer:
        assert answer.url == on_nginx.url + f"chambers/{SLUG}/"


@pytest.fixture(scope="module")
def www(demo_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site at the root and once more below a path, with its compressed files; a second name for each file."""
    www = tmp_path_factory.mktemp("www")
    shutil.copytree(demo_site, www, dirs_exist_ok=True, copy_function=os.link)
    precompress.write_compressed(www)
    (www / "a").mkdir()
    shutil.copytree(demo_site, www / "a/b", copy_function=os.link)
    precompress.write_compressed(www / "a/b")
    return www


def journey(site: str, open_page: Any) -> None:
    """A reader searches, opens what is found, and goes on to the list by the head of the page."""
    page: Page = open_page(f"{site}search/?q={NAME}")
    page.locator("#main").get_by_role("link", name=NAME).first.click()
    page.wait_for_url(f"{site}chambers/{SLUG}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="商会").click()
    page.wait_for_url(f"{site}chambers/")
    expect(page.get_by_role("link", name=NAME).first).to_be_visible()


def head(url: str, **headers: str) -> tuple[int, dict[str, str]]:
    """Status and headers of an answer; nothing is followed."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    connection.request(
        "GET", parts.path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}


#: As the site comes, and with all that a server can be told: compressed files, and the headers that the build made ready.
WAYS = ("plain", "told")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", SERVERS)
def test_a_journey_passes_on_every_server(
    name: str, way: str, www: Path, tmp_path: Path, open_page: Any
) -> None:
    compressed = way == "told" and SERVERS[name]
    lines = with_headers(name, www / headers.FOLDER) if way == "told" else NOTHING
    with server(name, tmp_path / "run", www, compressed=compressed, lines=lines) as root:
        for site in (root, root + SUB_PATH.strip("/") + "/"):
            page = f"{site}chambers/{SLUG}"
            status, sent = head(f"{page}/", Accept_Encoding="gzip")
            assert (status, sent["content-type"].partition(";")[0]) == (200, "text/html")
            assert sent.get("content-encoding") == ("gzip" if compressed else None)
            assert ("content-security-policy" in sent) == (lines != NOTHING)
            # An address without its slash leads to the one with it; one with index.html is the same page.
            status, sent = head(page)
            assert status in (301, 302, 307, 308)
            assert urlsplit(sent["location"]).path == urlsplit(f"{page}/").path
            with urllib.request.urlopen(f"{page}/index.html", timeout=20) as answer:
                assert NAME in answer.read().decode()
            assert head(f"{site}no-such-page/")[0] == 404
            journey(site, open_page)


def test_no_two_files_differ_by_the_case_of_letters_alone(real_site: Path, demo_site: Path) -> None:
    for site in (real_site, demo_site):
        names = [path.relative_to(site).as_posix() for path in site.rglob("*")]
        assert len({name.casefold() for name in names}) == len(names)


def test_a_journey_passes_on_a_disk_that_knows_no_case(www: Path, tmp_path: Path, open_page: Any) -> None:
    for path in (path for path in www.rglob("*") if path.is_file()):
        lower = tmp_path / path.relative_to(www).as_posix().lower()
        lower.parent.mkdir(parents=True, exist_ok=True)
        os.link(path, lower)
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(AnyCase, directory=str(tmp_path))) as served:
        thread = threading.Thread(target=served.serve_forever, daemon=True)
        thread.start()
        try:
            journey(f"http://127.0.0.1:{served.server_port}/", open_page)
            assert head(f"http://127.0.0.1:{served.server_port}/Chambers/{SLUG.upper()}/")[0] == 200
        finally:
            served.shutdown()
            thread.join()
