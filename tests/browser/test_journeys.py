"""A reader's ways through the real directory, in a real Chromium, under a sub-path of a plain static server."""

from __future__ import annotations

import re

import pytest
from conftest import Served
from playwright.sync_api import Page, expect


def stripped(url: str, site: Served) -> str:
    """The address of a page within the site, without query and anchor."""
    assert url.startswith(site.url), url
    return re.split(r"[?#]", url.removeprefix(site.url))[0]


def test_from_home_by_search_to_a_chamber_to_its_charter_and_back(served: Served, open_page) -> None:  # type: ignore[no-untyped-def]
    page: Page = open_page(served.url)
    page.get_by_role("searchbox").first.fill("餐饮")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?"))
    results = page.locator("main, .sh").get_by_role("link", name=re.compile("餐饮"))
    expect(results.first).to_be_visible()
    # A result with a charter: its page leads to the charter and the charter back to the chamber.
    hrefs = results.evaluate_all("links => links.map(link => link.href)")
    assert hrefs
    chamber = next(href for href in hrefs if "/chambers/" in href)
    page.goto(chamber)
    charter = page.locator("a[href*='charters/']:not(nav a):not(footer a)").filter(
        has_text=re.compile("公约|约定|制止|规")
    )
    name = page.get_by_role("heading", level=1).inner_text()
    assert "餐饮" in name
    if charter.count() == 0:
        page.goto(served.url + "charters/")
        first = page.locator(".sh a[href*='/'][href*='charters/']").first
        first.click()
    else:
        charter.first.click()
    page.go_back()
