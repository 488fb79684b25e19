"""With the keyboard alone: every control is reached, in the order of the page, is seen to have the focus, and is left again."""

from __future__ import annotations

from typing import Any

import pytest
from building import Served
from playwright.sync_api import Page
from site_pages import examples

#: What has the focus: its place among what can have it, and what is wrong about how it shows. A switch of the appearance
#: is an invisible radio button; the label after it is what shows.
FOCUS = """() => {
  const node = document.activeElement;
  if (!node || node === document.body || node === document.documentElement || node === window.firstFocus) return null;
  window.firstFocus ??= node;
  const shown = node.matches(".md-option") ? node.nextElementSibling : node;
  const style = getComputedStyle(shown);
  const [box] = shown.getClientRects();
  const wrong = [];
  if (!box || box.width < 1 || box.height < 1 || style.visibility !== "visible") wrong.push("cannot be seen");
  else {
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) wrong.push("has no outline");
    const x = Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1), y = box.y + box.height / 2;
    const top = document.elementFromPoint(x, y);
    if (!top || !(shown.contains(top) || top.contains(shown))) wrong.push(`is covered at ${Math.round(x)},${Math.round(y)}`);
  }
  if (window.lastFocus && !(window.lastFocus.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING)) {
    wrong.push("comes before the one before");
  }
  window.lastFocus = node;
  (window.reached ??= new Set()).add(node);
  const name = `${node.tagName.toLowerCase()} ${node.className} ${(node.textContent || node.name || "").trim().slice(0, 20)}`;
  return { name, wrong: wrong.map((text) => `${name} ${text}`) };
}"""
#: Controls that the walk left out. Of radio buttons of one name the keyboard reaches one.
MISSED = """() => Array.from(document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']"))
  .filter((node) => node.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && !node.disabled
    && node.tabIndex >= 0 && node.type !== "radio" && !window.reached.has(node))
  .map((node) => node.outerHTML.slice(0, 120))"""
KINDS = ("home", "directory", "chamber", "charter", "statistics", "search", "form", "keyboard map")
MOST = 900


def walk(page: Page) -> list[str]:
    """Press Tab from the top of the page to its end; what is wrong on the way."""
    found: list[str] = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at is None:
            return found + [f"is never reached: {name}" for name in page.evaluate(MISSED)]
        found += at["wrong"]
    return [*found, f"the end is not reached in {MOST} steps"]


@pytest.mark.parametrize("kind", KINDS)
def test_tab_goes_through_the_whole_page_in_order_and_out_of_it(
    served: Served, open_page: Any, kind: str
) -> None:
    page: Page = open_page(
        served.url + examples(served.folder)[kind][0], viewport={"width": 1280, "height": 700}
    )
    page.wait_for_function("document.documentElement.dataset.search === 'ready'")
    assert walk(page) == []


def test_a_control_that_nobody_sees_or_reaches_is_found(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url + "about/keyboard/")
    page.evaluate("""() => {
      const [first, second] = document.querySelectorAll(".foot a");
      first.style.outline = "none";
      second.addEventListener("focus", () => second.blur());
    }""")
    found = walk(page)
    assert "has no outline" in found[0]
    assert any("is never reached" in line for line in found)


#: What moves, or would when it changes.
MOVING = """() => Array.from(document.querySelectorAll("body *")).filter((node) => {
  const { transitionDuration, transitionProperty, animationName } = getComputedStyle(node);
  return node.closest("#main, .foot")
    && (animationName !== "none" || (parseFloat(transitionDuration) > 0 && transitionProperty !== "none"));
}).map((node) => node.outerHTML.slice(0, 80))"""


def test_nothing_moves_for_who_asked_for_less_motion(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url + "chambers/", reduced_motion="no-preference")
    assert page.evaluate(MOVING), "this test would see nothing"
    page.emulate_media(reduced_motion="reduce")
    for kind in ("directory", "chamber", "statistics", "form", "search"):
        page.goto(served.url + examples(served.folder)[kind][0])
        assert page.evaluate(MOVING) == [], kind
        assert page.evaluate("document.getAnimations().length") == 0, kind
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto", kind
