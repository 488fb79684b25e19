"""English pages in a real browser: the switch, the search, nothing wider than the window; axe looks at each kind."""

from __future__ import annotations

from typing import Any

from building import Served
from playwright.sync_api import Page, expect
from site_pages import examples
from test_accessibility import violations

WIDER = "document.documentElement.scrollWidth > innerWidth"


def test_no_kind_of_page_in_english_has_a_violation_or_is_too_wide(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url, viewport={"width": 390, "height": 900}, color_scheme="light")
    found = {}
    for urls in examples(served.folder, "en/").values():
        page.goto(served.url + urls[0])
        # The colours are those of the Chinese page.
        against = violations(page, contrast=False)
        wide = []
        for width in (390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            wide += [f"wider than {width}"] if page.evaluate(WIDER) else []
        page.set_viewport_size({"width": 390, "height": 900})
        if against or wide:
            found[urls[0]] = [*against, *wide]
    assert found == {}


def test_the_switch_leads_to_the_same_page_by_keyboard_and_back(served: Served, open_page: Any) -> None:
    page: Page = open_page(f"{served.url}ratings/nanjing-xingji/")
    page.get_by_role("link", name="English", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served.url}en/ratings/nanjing-xingji/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="中文", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served.url}ratings/nanjing-xingji/")


def test_the_search_of_english_pages_speaks_english_and_stays_there(served: Served, open_page: Any) -> None:
    page: Page = open_page(f"{served.url}en/search/?q=餐饮")
    expect(page.locator("#count")).to_contain_text("results for")
    hit = page.locator("#rows h3 a").first
    expect(hit.locator("[lang=zh-Hans]").first).to_be_visible()
    loose = page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.querySelector("#rows"), NodeFilter.SHOW_TEXT);
          const found = [];
          while (walker.nextNode()) {
            const node = walker.currentNode;
            if (/[\\u3400-\\u9fff]/.test(node.data) && !node.parentElement.closest("[lang]").lang.startsWith("zh")) found.push(node.data);
          }
          return found;
        }"""
    )
    assert loose == []
    hit.click()
    page.wait_for_url(f"{served.url}en/ch*/**")


def test_a_filter_of_the_english_list_speaks_english(served: Served, open_page: Any) -> None:
    page: Page = open_page(f"{served.url}en/chambers/?kind=nonlocal")
    expect(page.locator("#count")).to_contain_text("chambers")
    expect(page.locator("#chips")).to_contain_text("Nonlocal chamber")
    expect(page.locator("#rows .row__sub").first).to_contain_text("Nonlocal chamber")


def test_a_form_in_english_says_in_english_what_is_missing(served: Served, open_page: Any) -> None:
    page: Page = open_page(f"{served.url}en/contribute/form/")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Please fill this in.").first).to_be_visible()
