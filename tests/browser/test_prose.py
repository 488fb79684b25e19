"""Prose without the theme's script bundle: its contents follow the reader, its appearance is switched and kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from building import Served
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]


def test_the_contents_beside_prose_show_where_the_reader_is(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "about/model-charter/")
    contents = page.locator(".md-nav--secondary")
    last = contents.get_by_role("link").last
    expect(last).to_be_visible()
    expect(contents.locator("[aria-current]")).to_have_count(0)
    heading = page.locator(f"[id='{(last.get_attribute('href') or '').removeprefix('#')}']")
    heading.evaluate("node => scrollTo(0, node.getBoundingClientRect().top + scrollY - 60)")
    current = contents.locator("[aria-current=location]")
    expect(current).to_have_count(1)
    expect(current).to_be_in_viewport()
    # Material's own bundle gives the contents its height; without it they stay in the window too.
    box = contents.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 300
    first = contents.get_by_role("link").first
    first.click()
    expect(first).to_have_attribute("aria-current", "location")


@pytest.mark.parametrize("width", [390, 1280])
def test_prose_fits_its_window_and_takes_the_appearance(
    served: Served, open_page: OpenPage, width: int
) -> None:
    page = open_page(served.url + "contribute/guide/", viewport={"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".md-header label:not([hidden])").first.click()
    page.locator(".md-header label:not([hidden])").first.click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.goto(served.url + "about/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
