"""What a reader sets is kept on the device and holds on every page: large type, and no shortcuts of one key."""

from __future__ import annotations

from typing import Any

import pytest
from building import Served
from playwright.sync_api import Page, expect

PHONE = {"width": 390, "height": 844}
#: The size of the root's type in the first frame that has anything to show, and how far anything moved from then on.
FIRST = """
const look = () => {
  if (document.querySelector(".md-skip")) window.firstSize = getComputedStyle(document.documentElement).fontSize;
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
window.moved = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.moved += entry.value; })
  .observe({ type: "layout-shift", buffered: true });
"""
#: Every box of the page as it lies.
BOXES = """() => Array.from(document.querySelectorAll("#main *, footer *"), (node) => {
  const { x, y, width, height } = node.getBoundingClientRect();
  return [x, y, width, height].map(Math.round).join(" ");
})"""


def size(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).fontSize"))


def switch(page: Page) -> None:
    page.locator(".md-header").get_by_role("button", name="长者版").click()


def test_nothing_moves_while_a_page_loads(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url, viewport=PHONE)
    page.add_init_script(FIRST)
    for url in ("", "chambers/", "chambers/changzhou-canyin/", "stats/", "about/", "en/", "en/chambers/"):
        page.goto(served.url + url)
        expect(page.locator("label.md-header__button:not([hidden])")).to_be_visible()
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate("window.moved") == 0, url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_large_type_is_kept_on_every_page_and_there_before_anything_is_painted(
    served: Served, open_page: Any, scheme: str
) -> None:
    page: Page = open_page(served.url, viewport=PHONE, color_scheme=scheme)
    plain = size(page)
    switch(page)
    large = size(page)
    assert float(large.removesuffix("px")) > 1.6 * 16
    page.add_init_script(FIRST)
    for url in ("chambers/", "chambers/changzhou-canyin/", "search/?q=餐饮", "stats/", "about/", ""):
        page.goto(served.url + url)
        expect(page.locator(".large-note")).to_be_visible()
        assert page.evaluate("window.firstSize") == size(page) == large, url
        if not url.startswith("search"):
            assert page.evaluate("window.moved") == 0, url
    page.get_by_role("button", name="回到标准版").click()
    assert size(page) == plain
    expect(page.locator(".md-header").get_by_role("button", name="长者版")).to_be_focused()
    page.goto(served.url + "about/")
    assert page.evaluate("window.firstSize") == size(page) == plain
    expect(page.locator(".large-note")).to_be_hidden()


def test_the_way_back_shows_what_was_chosen_since(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url, viewport=PHONE)
    page.goto(served.url + "regions/")
    switch(page)
    large = size(page)
    page.go_back()
    expect(page.locator(".large-note")).to_be_visible()
    assert size(page) == large


def test_in_large_type_nothing_pops_up(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url + "chambers/", viewport=PHONE)
    switch(page)
    page.locator("#facets .facets > summary").click()
    expect(page.locator("#facets .facet").first).to_be_visible()
    assert page.locator("dialog").count() == 0
    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    page.goto(served.url)
    page.locator("a.hsearch").click()
    page.wait_for_url("**/search/")
    page.locator("#main input[name=q]").type("苏州")
    page.locator("#main input[name=q]").press("ArrowDown")
    assert page.locator("[role=listbox]").count() == 0


def test_on_paper_large_type_is_like_any_other(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url + "chambers/changzhou-canyin/")
    page.emulate_media(media="print")
    before = page.evaluate(BOXES)
    page.emulate_media(media="screen")
    switch(page)
    assert page.evaluate(BOXES) != before
    page.emulate_media(media="print")
    expect(page.locator(".large-note")).to_be_hidden()
    assert page.evaluate(BOXES) == before


def test_large_type_is_one_column_and_darker(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url + "chambers/changzhou-canyin/")
    aside = page.locator(".rec__aside")
    main = page.locator(".rec > :first-child")

    def boxes() -> tuple[Any, Any]:
        return main.bounding_box(), aside.bounding_box()

    faint = "getComputedStyle(document.body).getPropertyValue('--ink-3').trim()"
    beside, ink = boxes(), page.evaluate(faint)
    assert beside[1]["x"] >= beside[0]["x"] + beside[0]["width"]
    switch(page)
    below = boxes()
    assert below[1]["y"] >= below[0]["y"] + below[0]["height"]
    assert page.evaluate(faint) != ink


def test_the_shortcut_of_one_key_can_be_switched_off(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url + "about/keyboard/")
    box = page.get_by_role("checkbox", name="打开搜索")
    assert box.is_checked()
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("dialog[open]")).to_be_visible()
    page.keyboard.press("Escape")
    box.uncheck()
    page.goto(served.url)
    page.wait_for_function("document.documentElement.dataset.search === 'ready'")
    page.keyboard.press("/")
    page.locator("#main input[name=q]").focus()
    page.keyboard.type("a/b")
    assert page.locator("#main input[name=q]").input_value() == "a/b"
    assert page.locator("dialog").count() == 0
    page.goto(served.url + "about/keyboard/")
    assert not box.is_checked()
    box.check()
    page.goto(served.url)
    page.wait_for_function("document.documentElement.dataset.search === 'ready'")
    page.keyboard.press("/")
    expect(page.locator("dialog[open]")).to_be_visible()
