"""The site on a real nginx, under a sub-path, with the pages and types that a web server gives by itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import programs
import pytest
from building import SUB_PATH, Served, built, free_port
from playwright.sync_api import Page, expect
from test_accessibility import violations

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
