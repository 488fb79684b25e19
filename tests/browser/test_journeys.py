"""A reader's ways through the real directory, in a real Chromium, under a sub-path of a plain static server."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from building import Served
from playwright.sync_api import Locator, Page, expect
from site_pages import examples, leads_on, page_urls

ROW_NAMES = "#rows .row h3, ol.rows .row h3"


def address(page: Page, site: Served) -> str:
    """The address of a page within the site, without query and anchor."""
    assert page.url.startswith(site.url), page.url
    return re.split(r"[?#]", page.url.removeprefix(site.url))[0]


def names(rows: Locator) -> list[str]:
    return [text.strip() for text in rows.all_inner_texts()]


def test_from_home_by_search_to_a_chamber_to_its_charter_and_back(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url)
    page.locator("#main input[name=q]").fill("餐饮")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?"))
    assert "q=餐饮" in unquote(page.url)
    page.locator("#main").get_by_role("link", name="常州市餐饮商会").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("常州市餐饮商会")
    assert address(page, served) == "chambers/changzhou-canyin/"
    page.locator("#charters").get_by_role("link", name=re.compile("同业发展公约")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("《同业发展公约》")
    assert address(page, served) == "charters/changzhou-canyin/tongye-fazhan-gongyue/"
    page.locator("#main").get_by_role("link", name="常州市餐饮商会").first.click()
    assert address(page, served) == "chambers/changzhou-canyin/"
    for expected in (
        "charters/changzhou-canyin/tongye-fazhan-gongyue/",
        "chambers/changzhou-canyin/",
        "search/",
        "",
    ):
        page.go_back()
        page.wait_for_url(re.compile(re.escape(served.url + expected) + r"(\?|$)"))
    expect(page.locator("h1")).to_be_visible()


def test_a_facet_narrows_the_directory_and_is_kept_in_the_address(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url + "chambers/")
    plain: Page = open_page(served.url + "regions/320500/", java_script_enabled=False)
    there = names(plain.locator(ROW_NAMES))
    box = page.locator("#facets input[name=region][value='320500']")
    box.check()
    expect(page.locator("#count")).to_contain_text(str(len(there)))
    assert names(page.locator(ROW_NAMES)) == there[:20]
    again: Page = open_page(page.url)
    expect(again.locator("#count")).to_contain_text(str(len(there)))
    assert names(again.locator(ROW_NAMES)) == there[:20]
    assert again.locator("#facets input[name=region][value='320500']").is_checked()
    box.uncheck()
    expect(page.locator("#count")).to_contain_text("318")
    assert address(page, served) == "chambers/"


def test_the_directory_is_the_same_without_scripts(served: Served, open_page: Any) -> None:
    scripted: Page = open_page(served.url + "chambers/")
    plain: Page = open_page(served.url + "chambers/", java_script_enabled=False)
    expect(scripted.locator(ROW_NAMES).first).to_be_visible()
    assert names(scripted.locator(ROW_NAMES)) == names(plain.locator(ROW_NAMES))


def test_without_scripts_every_facet_is_a_list_of_its_own(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url + "chambers/", java_script_enabled=False)
    for facet in ("region", "industry", "kind", "rating", "charter", "topic"):
        link = page.locator(f"#facets .facet[data-facet='{facet}'] .choice > a").first
        href = link.evaluate("link => link.href")
        plain: Page = open_page(href, java_script_enabled=False)
        assert plain.get_by_role("heading", level=1).inner_text()
        expect(plain.locator("#main .row, #main .lib li, #main .side, #main tbody tr").first).to_be_attached()
        plain.context.close()


def test_without_scripts_all_318_chambers_are_reached_by_turning_pages(
    served: Served, open_page: Any
) -> None:
    page: Page = open_page(served.url + "chambers/", java_script_enabled=False)
    seen = names(page.locator(ROW_NAMES))
    while (following := page.locator("a[rel=next]")).count():
        following.first.click()
        seen += names(page.locator(ROW_NAMES))
    assert len(seen) == 318
    assert len(set(seen)) > 300


def test_without_scripts_the_search_page_shows_other_ways(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url + "search/?q=餐饮", java_script_enabled=False)
    expect(page.get_by_text("JavaScript").first).to_be_visible()
    for url in ("regions/", "industries/", "ratings/", "charters/"):
        assert page.locator(f"#main a[href$='{url}']").first.is_visible(), url


def test_the_first_tab_skips_to_the_content(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url + "chambers/changzhou-canyin/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#main"
    expect(skip).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#main').contains(document.activeElement)")


def tab_to(page: Page, target: Locator, limit: int = 80) -> None:
    """Press Tab until the target has the focus, as a person without a mouse does."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if target.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"{target} was not reached in {limit} steps")


def test_home_search_chamber_and_charter_by_keyboard_alone(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url)
    tab_to(page, page.locator("#main input[name=q]"))
    page.keyboard.type("常州餐饮")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?"))
    link = page.locator("#main").get_by_role("link", name="常州市餐饮商会").first
    expect(link).to_be_visible()
    # A hundred filters stand before the results.
    tab_to(page, page.get_by_role("link", name="跳过筛选，看结果"), limit=25)
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    tab_to(page, link, limit=5)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("常州市餐饮商会")
    charter = page.locator("#charters").get_by_role("link", name=re.compile("同业发展公约")).first
    tab_to(page, charter)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("《同业发展公约》")


def test_the_appearance_is_chosen_and_kept(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url, color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    buttons = page.locator("label[for^=__palette]")
    for _ in range(3):
        if page.evaluate("document.body.dataset.mdColorScheme") == "slate":
            break
        buttons.locator("visible=true").first.click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    dark = page.evaluate(paper)
    assert dark != light
    page.goto(served.url + "stats/")
    assert page.evaluate(paper) == dark


def test_without_scripts_the_appearance_follows_the_system(served: Served, open_page: Any) -> None:
    colours = {
        scheme: open_page(served.url, color_scheme=scheme, java_script_enabled=False)
        .locator("body")
        .evaluate("body => getComputedStyle(body).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert colours["light"] != colours["dark"]


def test_a_chamber_prints_its_charters_open_and_without_controls(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url + "chambers/changzhou-canyin/")
    page.emulate_media(media="print")
    for selector in (".md-header", ".md-tabs", ".acts", ".rec__aside"):
        for part in page.locator(selector).all():
            expect(part).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for law in page.locator("#charters details").all():
        assert law.evaluate(
            "node => node.getBoundingClientRect().height > node.querySelector('summary').getBoundingClientRect().height"
        )


def test_a_former_address_leads_on_without_scripts_too(served_demo: Served, open_page: Any) -> None:
    former = [url for url in page_urls(served_demo.folder) if leads_on(served_demo.folder, url)]
    assert former
    for url in former:
        page: Page = open_page(served_demo.url + url, java_script_enabled=False)
        page.wait_for_url(lambda here, was=served_demo.url + url: here != was)
        assert re.fullmatch(r"(chambers/[\w-]+|charters/[\w-]+/[\w-]+)/", address(page, served_demo))
        expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_no_page_is_wider_than_its_screen(served: Served, open_page: Any) -> None:
    # tests/browser/test_reflow.py looks at 320 pixels.
    page: Page = open_page(served.url)
    wide = []
    for url in (url for urls in examples(served.folder).values() for url in urls):
        page.goto(served.url + url)
        for width in (390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            over = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            if over > 0:
                wide.append(f"{url} at {width}: {over}px")
    assert wide == []
