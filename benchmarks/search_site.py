"""A directory with its search index and scripts alone, served and opened in Chromium: what the search benchmarks ask.

The pages of the site are left out: search needs none of them. The server compresses what nginx in deploy/ compresses, so
that bytes are those of a reader.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from chamberbook import load, search
from chamberbook.derive import Directory, directory
from chamberbook.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "templates" / "theme" / "assets" / "search"
AS_OF = date(2026, 11, 23)
_COMPRESSED = (".json", ".js", ".html", ".css")


def read(root: Path) -> Directory:
    """The checked records below `root`, on the benchmarks' day."""
    return directory(load.read_all(root), AS_OF)


def write(found: Directory, out: Path) -> None:
    """The files of search and an empty page."""
    search.index(found, out, [search.View(Settings())])
    shutil.copytree(SCRIPTS, out / "assets" / "search", dirs_exist_ok=True)
    (out / "index.html").write_text("<!doctype html><html lang=zh><title>search</title>", encoding="utf-8")


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        if path.suffix in _COMPRESSED:
            body = gzip.compress(body, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Any, str]]:
    """(browser, address) of a folder that is being served."""
    handler = functools.partial(_Handler, directory=str(folder))
    with (
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server,
        sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser, f"http://127.0.0.1:{server.server_port}/"
        browser.close()
        server.shutdown()


def blank(browser: Any, url: str) -> Page:
    """The empty page in a context of its own, with nothing in the cache."""
    page: Page = browser.new_context().new_page()
    page.goto(url)
    return page
