"""axe-core over each kind of page: light and dark, phone and desktop."""

from __future__ import annotations

from importlib import resources
from typing import Any

import pytest
from building import Served
from playwright.sync_api import Page
from site_pages import examples

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RUN = """async () => {
  const { violations, passes } = await axe.run(document, { resultTypes: ["violations"] });
  const found = violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\\s+/g, " ")}`));
  return { found, passed: passes.length };
}"""


def violations(page: Page) -> list[str]:
    """What axe has against the page as it stands."""
    page.evaluate(AXE)
    result = page.evaluate(RUN)
    assert result["passed"] > 10, "axe did not look at the page"
    return list(result["found"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_kind_of_page_has_a_violation(served: Served, open_page: Any, width: int, scheme: str) -> None:
    page: Page = open_page(served.url, viewport={"width": width, "height": 900}, color_scheme=scheme)
    found = {}
    for urls in examples(served.folder).values():
        page.goto(served.url + urls[0])
        if against := violations(page):
            found[urls[0] or "/"] = against
    assert found == {}


def test_the_sample_directory_has_no_violation(served_demo: Served, open_page: Any) -> None:
    page: Page = open_page(served_demo.url)
    found = {}
    for urls in examples(served_demo.folder).values():
        page.goto(served_demo.url + urls[0])
        if against := violations(page):
            found[urls[0] or "/"] = against
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_search_results_and_the_search_layer_have_no_violation(
    served: Served, open_page: Any, scheme: str
) -> None:
    page: Page = open_page(served.url + "search/?q=餐饮", color_scheme=scheme)
    page.locator("#main").get_by_role("link", name="餐饮").first.wait_for()
    assert violations(page) == []
    page.goto(served.url)
    page.keyboard.press("/")
    page.locator("dialog[open] input").fill("苏州")
    page.locator("dialog[open] a").first.wait_for()
    assert violations(page) == []


def test_without_scripts_no_kind_of_page_has_a_violation(served: Served, open_page: Any) -> None:
    # axe needs a script to run, so the page's own are kept away instead.
    page: Page = open_page(served.url, color_scheme="dark")
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    found = {}
    for kind in ("home", "directory", "chamber", "search"):
        url = examples(served.folder)[kind][0]
        page.goto(served.url + url)
        page.evaluate(
            "document.documentElement.className = document.documentElement.className.replace(/\\bjs\\b/, 'no-js')"
        )
        if against := violations(page):
            found[url or "/"] = against
    assert found == {}
