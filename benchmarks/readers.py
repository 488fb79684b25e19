"""What readers load: weight, requests, layout shift and blocking time of each kind of page in a real Chromium.

`.venv/bin/python benchmarks/readers.py SITE` serves a finished site as a plain server with gzip would, opens each kind
of page in a phone-sized window with an empty cache, and again as the second page of a visit.
"""

from __future__ import annotations

import argparse
import gzip
import http.server
import mimetypes
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, sync_playwright

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.append(str(REPOSITORY / "tests"))

import programs  # noqa: E402  (how the tests find the browser)

#: The marks: KB (1,000 bytes) with gzip of a first visit and of a second page, layout shift.
FIRST, SECOND, SHIFT = 90, 12, 0.0
#: Kinds of page with the pattern of an example's file.
KINDS = {
    "home": "index.html", "list": "chambers/index.html", "list, page 2": "chambers/page/2/index.html",
    "regions": "regions/index.html", "region": "regions/[1-8]*/index.html", "industry": "industries/[A-T]*/index.html",
    "chamber": "chambers/*-*/index.html", "charters": "charters/index.html", "charter": "charters/*-*/*/index.html",
    "compare": "charters/*-*/*/compare/index.html", "topic": "charters/topics/*/index.html",
    "federation": "federations/[a-z]*/index.html", "scheme": "ratings/*/index.html", "level": "ratings/*/*/index.html",
    "stats": "stats/index.html", "search": "search/index.html", "contribute": "contribute/index.html",
    "form": "contribute/form/index.html", "data": "data/index.html", "changes": "changes/index.html",
    "prose": "about/index.html", "404": "404.html",
}  # fmt: skip
_OBSERVE = """
window.seen = {shift: 0, blocked: 0};
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) seen.shift += one.value;
}).observe({type: "layout-shift", buffered: true});
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) seen.blocked += Math.max(0, one.duration - 50);
}).observe({type: "longtask", buffered: true});
"""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Static files with gzip; scripts and styles may be kept for an hour, pages are asked for each time."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        try:
            data = path.read_bytes()
        except OSError:
            self.send_error(404)
            return
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self.send_response(200)
        if kind.startswith("text/") or kind in ("application/json", "image/svg+xml"):
            data = gzip.compress(data, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-cache" if path.suffix == ".html" else "max-age=3600")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """The address of a site on this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser that the tests use."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=programs.chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass(frozen=True, slots=True)
class Visit:
    """One page as opened: KB and requests over the wire, requests to other hosts, layout shift, ms of blocking."""

    kb: float
    requests: int
    elsewhere: int
    shift: float
    blocked: float


def examples(site: Path) -> dict[str, str]:
    """An address for each kind: of several files the largest, so that no page of the kind is heavier."""
    found = {}
    for kind, pattern in KINDS.items():
        paths = [path for path in site.glob(pattern) if 'http-equiv="refresh"' not in path.read_text("utf-8")]
        if paths:
            largest = max(paths, key=lambda path: (path.stat().st_size, path.as_posix()))
            found[kind] = largest.relative_to(site).as_posix().removesuffix("index.html")
    return found


def visit(browser: Browser, url: str, before: str | None = None) -> Visit:
    """Open a page with an empty cache, or after another page of the site."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    context.add_init_script(_OBSERVE)
    page = context.new_page()
    if before:
        page.goto(before, wait_until="networkidle")
    wire = _Wire(url)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    for event in ("requestWillBeSent", "responseReceived", "loadingFinished", "requestServedFromCache"):
        session.on(f"Network.{event}", partial(wire.hear, event))
    page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(300)
    seen = page.evaluate("seen")
    context.close()
    return Visit(wire.bytes / 1000, wire.requests, wire.elsewhere, round(seen["shift"], 4), seen["blocked"])


class _Wire:
    """Counts what crosses the wire; what comes from the cache does not."""

    def __init__(self, url: str) -> None:
        self._host = urlsplit(url).netloc
        self._cached: set[str] = set()
        self.bytes, self.requests, self.elsewhere = 0.0, 0, 0

    def hear(self, event: str, told: dict[str, Any]) -> None:
        match event:
            case "requestWillBeSent":
                address = urlsplit(told["request"]["url"])
                self.elsewhere += address.scheme in ("http", "https") and address.netloc != self._host
            case "requestServedFromCache":
                self._cached.add(told["requestId"])
            case "responseReceived" if told["response"].get("fromDiskCache"):
                self._cached.add(told["requestId"])
            case "loadingFinished" if told["requestId"] not in self._cached:
                self.bytes += told["encodedDataLength"]
                self.requests += 1


def table(site: Path) -> str:
    """Every kind of page: the first visit, and the same page after the home page (the home page after a list)."""
    lines = [
        "| page | first visit KB | requests | second page KB | requests | layout shift | blocked ms | other hosts |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    with serving(site) as base, chromium() as browser:
        found = examples(site)
        for kind, url in found.items():
            first = visit(browser, base + url)
            second = visit(browser, base + url, base + (found["list"] if kind == "home" else ""))
            shift = max(first.shift, second.shift)
            lines.append(
                f"| {kind} | {first.kb:.1f} | {first.requests} | {second.kb:.1f} | {second.requests} "
                f"| {shift:g} | {first.blocked:.0f} | {first.elsewhere + second.elsewhere} |"
            )
            print(lines[-1], unquote(url), file=sys.stderr, flush=True)
    return "\n".join([*lines, ""])


def main() -> None:
    """Print the table for a finished site."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path, metavar="SITE", help="a built site")
    options = parser.parse_args()
    print(table(options.site.resolve()))


if __name__ == "__main__":
    main()
