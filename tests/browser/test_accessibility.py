"""axe-core over each kind of page: light and dark, phone and desktop."""

from __future__ import annotations

from importlib import resources
from typing import Any

import pytest
from building import Served
from playwright.sync_api import Page, expect
from site_pages import examples

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
#: Contrast is three quarters of what axe costs, nearly all of it on the rows of long lists. A row in the middle of its list
#: that is made of the same elements with the same classes as one before it is painted alike: one of them is measured.
RUN = """async ([withContrast, withRest]) => {
  const shape = (node) => `${node.tagName} ${node.getAttribute("class")} ${node.getAttribute("style")} ${node.dataset.state}`
    + ` ${node.hidden} ${node.open} ${node.getAttribute("aria-selected")} [${Array.from(node.children, shape)}]`;
  const alike = (nodes) => {
    const seen = new Set();
    return nodes.filter((node) => {
      const before = seen.size;
      return seen.add(shape(node)).size === before && node.nextElementSibling && node.matches(":nth-child(n+3)");
    });
  };
  const lists = Map.groupBy(document.querySelectorAll("li, tr"), (node) => node.parentElement);
  const exclude = [...lists.values()].flatMap(alike);
  const nothing = { violations: [], passes: [] };
  const contrast = !withContrast ? nothing
    : await axe.run({ include: document, exclude }, { resultTypes: ["violations"], runOnly: ["color-contrast"] });
  const rest = !withRest ? nothing
    : await axe.run(document, { resultTypes: ["violations"], rules: { "color-contrast": { enabled: false }, "target-size": { enabled: true }, "css-orientation-lock": { enabled: true } } });
  const found = [...contrast.violations, ...rest.violations].flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\\s+/g, " ")}`));
  return { found, looked: contrast.passes.length, passed: rest.passes.length };
}"""


#: The kinds of page that look otherwise in the sample directory: levels in every state, versions, full texts.
STATES = (
    "home", "directory", "chamber", "federation", "scheme", "level", "charter", "versions of a charter", "statistics",
    "statistics of levels", "changes",
)  # fmt: skip


def violations(page: Page, contrast: bool = True, rest: bool = True) -> list[str]:
    """What axe has against the page as it stands: against its contrast, and by all its other rules."""
    page.evaluate(AXE)
    result = page.evaluate(RUN, [contrast, rest])
    assert not contrast or result["looked"] == 1, "axe did not look at the contrast"
    assert not rest or result["passed"] > 10, "axe did not look at the page"
    return list(result["found"])


def test_no_kind_of_page_has_a_violation(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url)
    found = {}
    for urls in examples(served.folder).values():
        page.set_viewport_size({"width": 390, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(served.url + urls[0])
        against = violations(page)
        # The wide page is laid out otherwise; its colours are looked at in the dark.
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="dark")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        if against := [*against, *violations(page)]:
            found[urls[0] or "/"] = against
    assert found == {}


def test_faint_words_in_the_middle_and_at_the_end_of_a_long_list_are_found(
    served: Served, open_page: Any
) -> None:
    page: Page = open_page(served.url + "chambers/")
    for row in (7, -1):
        page.locator("ol.rows > li h3 a").nth(row).evaluate("link => { link.style.color = '#eee'; }")
    assert [line.split(":")[0] for line in violations(page, rest=False)] == ["color-contrast"] * 2


def test_controls_too_small_for_a_finger_are_found(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url + "about/keyboard/", bypass_csp=True)
    page.add_style_tag(content=".foot ul { line-height: .6 } .foot a { padding: 0 !important }")
    assert {line.split(":")[0] for line in violations(page)} == {"target-size"}


def test_large_type_has_no_violation(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url, viewport={"width": 390, "height": 900}, color_scheme="dark")
    page.locator(".md-header [data-large]").click()
    found = {}
    for kind in ("home", "directory", "chamber", "statistics"):
        page.goto(served.url + examples(served.folder)[kind][0])
        page.locator(".large-note").wait_for()
        if against := violations(page):
            found[kind] = against
    assert found == {}


def test_the_sample_directory_has_no_violation(served_demo: Served, open_page: Any) -> None:
    page: Page = open_page(served_demo.url)
    found = {}
    kinds = examples(served_demo.folder)
    for kind in STATES:
        urls = kinds[kind]
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
