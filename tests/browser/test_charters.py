"""Charters in a browser: an article is opened and quoted by its address, versions are read without colour."""

from __future__ import annotations

from typing import Any

from building import Served
from playwright.sync_api import Page, expect

CHARTER = "charters/shili-canyin/zilv-gongyue-2025/"


def test_an_address_with_an_article_opens_it_in_place_and_marks_it(
    served_demo: Served, open_page: Any
) -> None:
    page: Page = open_page(f"{served_demo.url}{CHARTER}#a8")
    article = page.locator("#a8")
    expect(article).to_be_in_viewport()
    others = page.locator("#a7").evaluate("e => getComputedStyle(e).backgroundColor")
    assert article.evaluate("e => getComputedStyle(e).backgroundColor") != others


def test_the_sign_beside_an_article_puts_its_address_into_the_bar(
    served_demo: Served, open_page: Any
) -> None:
    page: Page = open_page(served_demo.url + CHARTER, viewport={"width": 390, "height": 844})
    page.get_by_role("link", name="第三条的固定网址").click()
    assert page.url.endswith("#a3")
    page.locator("#a6").get_by_role("link", name="第六条（二）的固定网址").click()
    assert page.url.endswith("#a6.2")


def test_a_reader_gets_from_a_charter_to_the_comparison_and_back_without_scripts(
    served_demo: Served, open_page: Any
) -> None:
    page: Page = open_page(served_demo.url + CHARTER, java_script_enabled=False)
    page.get_by_role("region", name="版本").get_by_role("link", name="与上一版逐条对照").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("版本对照")
    page.get_by_role("link", name="2016年版").click()
    assert page.url.endswith("charters/shili-canyin/zilv-gongyue-2016/")


def test_a_comparison_is_read_by_eye_and_by_ear_without_colour(served_demo: Served, open_page: Any) -> None:
    page: Page = open_page(served_demo.url + CHARTER + "compare/", forced_colors="active")
    gone, came = page.locator(".diff del").first, page.locator(".diff ins").first
    line = "e => getComputedStyle(e).textDecorationLine"
    assert gone.evaluate(line) == "line-through"
    assert came.evaluate(line) == "underline"
    expect(gone).to_contain_text("（删去）")
    expect(came).to_contain_text("（新增）")


def test_an_article_that_did_not_change_is_folded_and_opens_with_the_keyboard(
    served_demo: Served, open_page: Any
) -> None:
    page: Page = open_page(served_demo.url + CHARTER + "compare/", viewport={"width": 390, "height": 844})
    words = page.get_by_text("会员诚实做生意，不欺客，不宰客。")
    expect(words).to_be_hidden()
    page.get_by_text("看原文").first.focus()
    page.keyboard.press("Enter")
    expect(words).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_which_charters_speak_of_prices_in_a_trade_is_one_page(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url + "charters/")
    page.get_by_role("link", name="价格", exact=True).first.click()
    page.get_by_role("navigation", name="按行业看").get_by_role("link", name="餐饮业").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("餐饮业：公约里怎样写“价格”")
    expect(page.get_by_role("table")).to_contain_text("苏州市工商联餐饮业商会")
