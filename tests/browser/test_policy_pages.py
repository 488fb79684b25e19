"""Every kind of page in a real Chromium under its policy: nothing is refused, nothing comes from or goes to elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from building import Served, serving
from playwright.sync_api import Browser, Page, expect
from test_pipeline import preview

#: Written before anything of the page runs, so that no violation is missed.
LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
#: What a page may keep on the reader's own device.
KEPT = re.compile(r".*\.(__palette|large)")


@pytest.fixture
def watched(open_page: Any) -> Iterator[Any]:
    """`open_page` that collects violations; at the end there are none, no cookie, and nothing else kept."""
    opened: list[Page] = []

    def open_(url: str, **options: Any) -> Page:
        page: Page = open_page("about:blank", **options)
        page.context.add_init_script(LISTEN)
        page.goto(url)
        opened.append(page)
        return page

    yield open_
    for page in opened:
        if not page.is_closed():
            untouched(page)


def untouched(page: Page) -> None:
    assert page.evaluate("window.violations") == [], page.url
    assert page.context.cookies() == [], page.url
    kept = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert [key for key in kept if not KEPT.fullmatch(key)] == [], page.url


def kinds(site: Path) -> dict[str, str]:
    """The address of the first page of each kind: the same parts of an address but for names and numbers."""
    found: dict[str, str] = {}
    for path in sorted(site.rglob("index.html")):
        url = path.relative_to(site).as_posix().removesuffix("index.html")
        first, *rest = url.strip("/").split("/")
        text = path.read_text("utf-8")
        main = re.search(r'<div class="sh"[^>]*>(.{0,80})', text, re.DOTALL)
        kind = f"{first}/{len(rest)}" + (
            "refresh" if 'http-equiv="refresh"' in text else "" if main else "prose"
        )
        if first in ("about", "contribute", "own-directory", "changes"):
            kind = url
        found.setdefault(kind, url)
    return found


def test_no_kind_of_page_meets_its_policy(demo_site: Path, watched: Any) -> None:
    with serving(demo_site) as site:
        page = watched(site.url)
        for url in kinds(demo_site).values():
            page.goto(site.url + url)
            page.wait_for_load_state("networkidle")
            untouched(page)


@pytest.mark.parametrize(
    "options", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}]
)
def test_search_finds_and_filters_under_the_policy(
    served: Served, watched: Any, options: dict[str, Any]
) -> None:
    page = watched(served.url, **options)
    page.goto(f"{served.url}search/?q=陶瓷")
    expect(page.locator(".hit").first).to_be_visible()
    page.goto(served.url)
    page.keyboard.press("/")
    layer = page.get_by_role("dialog")
    expect(layer.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("taoci")
    expect(layer.locator(".hit").first).to_be_visible()


def test_the_look_is_switched_and_a_page_prints_under_the_policy(served: Served, watched: Any) -> None:
    page = watched(served.url)
    for _ in range(3):
        page.locator("label[for^=__palette]:visible").first.click()
    page.emulate_media(media="print")
    page.pdf()


def test_the_policy_is_in_force(served: Served, browser: Browser) -> None:
    """What a page tried that it should not is refused: a script in the page, one of another host, a picture, code from
    text, a base, a form."""
    page = browser.new_context().new_page()
    page.context.add_init_script(LISTEN)
    page.goto(served.url)
    page.context.route(
        "**/*", lambda route: route.abort() if "127.0.0.1" not in route.request.url else route.continue_()
    )
    refused = page.evaluate(
        """async () => {
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          document.body.append(script);
          const other = document.createElement("script");
          other.src = "https://elsewhere.example/x.js";
          document.body.append(other);
          new Image().src = "https://elsewhere.example/x.gif";
          const base = document.createElement("base");
          base.href = "https://elsewhere.example/";
          document.head.append(base);
          setTimeout("window.ran = true", 0);
          await fetch("https://elsewhere.example/").catch(() => {});
          document.body.insertAdjacentHTML("beforeend", "<p id=styled style='position:fixed' onclick='window.ran = true'>");
          document.querySelector("#styled").click();
          await new Promise((done) => setTimeout(done, 300));
          return window.violations.map((text) => text.split(" ")[0]);
        }"""
    )
    assert set(refused) == {
        "script-src-elem", "script-src", "script-src-attr", "img-src", "base-uri", "connect-src", "style-src-attr",
    }  # fmt: skip
    assert page.evaluate("window.ran") is None
    assert page.evaluate("getComputedStyle(document.querySelector('#styled')).position") == "static"
    page.context.close()


def test_a_preview_reloads_a_page_under_its_policy(small_root: Path, tmp_path: Path, watched: Any) -> None:
    path = small_root / "chambers/yixing/yixing-canyin.yml"
    with preview(small_root, tmp_path / "log.txt") as site:
        site.wait_for("宜兴市示例餐饮业商会", "chambers/yixing-canyin/")
        page = watched(f"{site.url}chambers/yixing-canyin/")
        path.write_text(path.read_text("utf-8").replace("示例餐饮业", "示例酒楼业"), "utf-8")
        expect(page.locator("h1")).to_have_text("宜兴市示例酒楼业商会", timeout=60_000)
        untouched(page)
        page.close()
