"""The site on real servers: at the root and below a path, compressed or not; the 404 page of nginx; any case of letters."""

from __future__ import annotations

import functools
import http.client
import os
import shutil
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import programs
import pytest
from building import SUB_PATH, Served, built, free_port
from playwright.sync_api import Page, expect
from servers import SERVERS, AnyCase, server
from test_accessibility import violations

from chamberbook import precompress

CONFIG = """
daemon off; master_process off; worker_processes 1; pid {run}/nginx.pid; error_log {run}/error.log;
{user}
events {{ worker_connections 64; }}
http {{
  include {run}/mime.types; default_type application/octet-stream; access_log off;
  client_body_temp_path {run}/body; proxy_temp_path {run}/proxy; fastcgi_temp_path {run}/fastcgi;
  uwsgi_temp_path {run}/uwsgi; scgi_temp_path {run}/scgi;
  server {{
    listen 127.0.0.1:{port};
    location {sub} {{ alias {site}/; index index.html; error_page 404 {sub}404.html; }}
  }}
}}
"""
TYPES = """types { text/html html; text/css css; text/javascript js; image/svg+xml svg; application/wasm wasm;
image/png png; application/json json; application/xml xml; }"""


@pytest.fixture(scope="module")
def on_nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The real directory, built for its public address, on nginx."""
    run = tmp_path_factory.mktemp("nginx")
    port = free_port()
    url = f"http://127.0.0.1:{port}{SUB_PATH}"
    site = built(run / "site", "--base-url", url)
    (run / "mime.types").write_text(TYPES)
    user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    (run / "nginx.conf").write_text(CONFIG.format(run=run, port=port, site=site, sub=SUB_PATH, user=user))
    process = subprocess.Popen(
        [programs.nginx(), "-p", run, "-c", run / "nginx.conf", "-e", run / "error.log"]
    )
    try:
        wait_for(url, run / "error.log")
        yield Served(url, site)
    finally:
        process.terminate()
        process.wait(timeout=20)
        shutil.rmtree(site, ignore_errors=True)


def wait_for(url: str, log: Path) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.URLError:
            assert time.monotonic() < deadline, log.read_text() if log.exists() else "nginx did not start"
            time.sleep(0.1)


def test_search_and_pages_work_on_nginx(on_nginx: Served, open_page: Any) -> None:
    page: Page = open_page(on_nginx.url + "search/?q=餐饮")
    page.locator("#main").get_by_role("link", name="常州市餐饮商会").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("常州市餐饮商会")


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
    with urllib.request.urlopen(on_nginx.url + "chambers/changzhou-canyin", timeout=10) as answer:
        assert answer.url == on_nginx.url + "chambers/changzhou-canyin/"


#: A chamber of the sample directory, and the last part of its address.
NAME, SLUG = "示例市印刷业商会", "shili-yinshua"


@pytest.fixture(scope="module")
def www(demo_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site at the root and once more below a path, with its compressed files; a second name for each file."""
    www = tmp_path_factory.mktemp("www")
    www.chmod(0o755)
    for folder in (www, *www.parents):
        if os.access(folder, os.W_OK) and folder.stat().st_uid == os.getuid() and "pytest" in folder.name:
            folder.chmod(0o755)
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


@pytest.mark.parametrize("way", ["plain", "compressed"])
@pytest.mark.parametrize("name", SERVERS)
def test_a_journey_passes_on_every_server(
    name: str, way: str, www: Path, tmp_path: Path, open_page: Any
) -> None:
    compressed = way == "compressed"
    with server(name, tmp_path / "run", www, compressed=compressed and SERVERS[name]) as root:
        for site in (root, root + SUB_PATH.strip("/") + "/"):
            page = f"{site}chambers/{SLUG}"
            status, headers = head(f"{page}/", Accept_Encoding="gzip")
            assert (status, headers["content-type"].partition(";")[0]) == (200, "text/html")
            assert headers.get("content-encoding") == ("gzip" if compressed and SERVERS[name] else None)
            # An address without its slash leads to the one with it; one with index.html is the same page.
            status, headers = head(page)
            assert status in (301, 302, 307, 308)
            assert urlsplit(headers["location"]).path == urlsplit(f"{page}/").path
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
