"""Who searches in English finds chambers by the English names of places, industries, kinds, levels and charters."""

from __future__ import annotations

import re
from typing import Any

import pytest
from building import Served
from playwright.sync_api import Page, expect
from searching import ask

HAN = re.compile("[\u3400-\u9fff]")
_FOUND = "m.find(v[0]).then(async (f) => Promise.all(f.results.map((one) => one.data())))"


@pytest.fixture(scope="module")
def page(served: Served, browser: Any) -> Any:
    page: Page = browser.new_page()
    page.goto(f"{served.url}en/search/")
    yield page
    page.close()


@pytest.mark.parametrize(
    ("query", "key", "value"),
    [
        ("textile", "trade", "Textiles"),
        ("Textiles", "trade", "Textiles"),
        ("furnit", "trade", "Furniture"),
        ("Yixing catering association", "place", "Yixing"),
        ("textile industry", "trade", "Textiles"),
        ("the chambers of commerce in Yixing City", "place", "Yixing"),
        ("township chamber", "kind", "Township chamber"),
    ],
)
def test_every_chamber_that_is_found_has_what_was_asked_for(
    page: Page, query: str, key: str, value: str
) -> None:
    rows = ask(page, "engine.js", _FOUND, query)
    chambers = [row for row in rows if row["record"] == "chamber"]
    assert len(chambers) > 1 or "Yixing" in query
    assert {row[key] for row in chambers} == {value}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("wuxi textile", "无锡市纺织工业协会"),
        ("无锡 textiles", "无锡市纺织工业协会"),
        ("Inner Mongolia", "内蒙古自治区建筑业协会"),
        ("yixing taoci chamber of commerce", "宜兴市陶瓷同业商会"),
        ("food safety charter", "餐饮企业食品安全自律公约"),
        ("self-discipline pact", "长春物流行业自律公约"),
        ("National Four Good", "常熟市无纺业商会"),
    ],
)
def test_words_of_two_fields_and_pinyin_lead_to_the_record(page: Page, query: str, name: str) -> None:
    assert name in [row["name"] for row in ask(page, "engine.js", _FOUND, query)]


def test_the_examples_of_the_home_page_are_english_and_find_something(served: Served, open_page: Any) -> None:
    home: Page = open_page(f"{served.url}en/")
    examples = home.locator(".try a").all_inner_texts()
    assert len(examples) > 2
    assert not HAN.search("".join(examples))
    counts = [ask(home, "engine.js", "m.find(v[0]).then((f) => f.results.length)", one) for one in examples]
    assert all(counts), dict(zip(examples, counts, strict=True))


def test_chamber_of_commerce_alone_is_every_chamber(page: Page) -> None:
    rows = ask(page, "engine.js", _FOUND, "chamber of commerce")
    total = ask(
        page, "engine.js", "m.find('', {filters: {record: ['chamber']}}).then((f) => f.results.length)"
    )
    assert len([row for row in rows if row["record"] == "chamber"]) == total


@pytest.mark.parametrize("query", ["lunar chamber of commerce", "wuxi xyzzyq", "textile of lhasa"])
def test_small_words_do_not_find_what_the_others_do_not(page: Page, query: str) -> None:
    assert ask(page, "engine.js", _FOUND, query) == []


def test_the_beginnings_of_syllables_find_no_english(page: Page) -> None:
    """`manu` could be Chinese still; a name of a place is written out."""
    for query in ("manu", "yixin"):
        assert ask(page, "engine.js", _FOUND, query) == []


def test_suggestions_are_read_without_chinese(served: Served, open_page: Any) -> None:
    page: Page = open_page(f"{served.url}en/")
    page.locator(".find input").first.click()
    expect(page.get_by_role("combobox")).to_be_visible()
    page.keyboard.type("yixing gongyetao")
    option = page.get_by_role("option").first
    expect(option.locator("b")).to_have_text("宜兴市工业陶瓷同业商会")
    expect(option.locator("small [lang=zh-Latn-pinyin]")).to_have_text(
        "Yixing Shi Gongye Taoci Tongye Shanghui"
    )
    expect(option.locator("small")).to_contain_text("Wuxi · Yixing")
    expect(option.locator("small [lang^=zh-Hans]")).to_have_count(0)


def test_a_suggestion_is_found_by_the_english_name_of_its_place(served: Served, open_page: Any) -> None:
    page: Page = open_page(f"{served.url}en/")
    page.locator(".find input").first.click()
    expect(page.get_by_role("combobox")).to_be_visible()
    page.keyboard.type("Inner Mong")
    expect(page.get_by_role("option").first.locator("small")).to_contain_text("Inner Mongolia")


@pytest.mark.parametrize(
    ("name", "pinyin", "read"),
    [
        ("西安市旅游商会", "Xi an Shi Lv you Shang hui", "Xi'an Shi Lüyou Shanghui"),
        ("长安LED商会（总会）", "Chang an - - - Shang hui - Zong hui -", "Chang'an LED Shanghui (Zonghui)"),
        ("示例", "", ""),
    ],
)
def test_marked_syllables_are_read_as_words(page: Page, name: str, pinyin: str, read: str) -> None:
    assert ask(page, "names.js", "m.reading({name: v[0], pinyin: v[1]})", name, pinyin) == read
