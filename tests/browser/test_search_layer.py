"""The search layer over any page: keys, focus, what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable

from building import Served
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]


def test_the_slash_opens_a_layer_that_keys_can_use(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "stats/")
    page.keyboard.press("/")
    layer = page.get_by_role("dialog", name="搜索")
    expect(layer.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("陶瓷")
    expect(layer.get_by_role("status")).to_contain_text("条结果，按回车看全部")
    page.keyboard.press("ArrowDown")
    expect(layer.locator(".hit h3 a").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(layer.locator(".hit h3 a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(layer.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(layer).to_have_count(0)


def test_the_layer_keeps_the_focus_and_gives_it_back(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "stats/")
    link = page.locator("a.hsearch")
    link.focus()
    link.click()
    layer = page.get_by_role("dialog", name="搜索")
    expect(layer).to_be_visible()
    for _ in range(8):
        page.keyboard.press("Tab")
        inside = "!document.hasFocus() || document.activeElement === document.body"
        assert page.evaluate(f"{inside} || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_enter_in_the_layer_leads_to_all_results(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url)
    page.locator("a.hsearch").click()
    expect(page.get_by_role("dialog").get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("纺织")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q="))
    expect(page.locator("#count")).to_contain_text("“纺织”共")
