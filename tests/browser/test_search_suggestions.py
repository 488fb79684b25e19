"""Names while somebody types in a search form."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from building import Served
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]


@pytest.mark.parametrize(
    ("typed", "name", "mark"),
    [
        ("工业陶", "宜兴市工业陶瓷同业商会", "工业陶"),
        ("蘇州市電", "苏州市电梯业商会", "苏州市电"),
        ("yixingshit", "宜兴市陶瓷同业商会", "宜兴市陶"),
        ("zgfd", "中国饭店协会", "中国饭店"),
        ("苏州餐饮", "苏州市工商联餐饮业商会", "苏州"),
    ],
)
def test_names_are_suggested_while_typing(
    served: Served, open_page: OpenPage, typed: str, name: str, mark: str
) -> None:
    page = open_page(served.url)
    field = page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first
    field.click()
    expect(page.get_by_role("combobox")).to_be_visible()
    page.keyboard.type(typed)
    option = page.get_by_role("option").filter(has_text=name).first
    expect(option).to_be_visible()
    expect(option.locator("mark").first).to_have_text(mark)


def test_a_suggestion_is_chosen_with_the_keys(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "chambers/")
    page.locator(".find input").first.click()
    field = page.get_by_role("combobox").first
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("眼镜")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(field).to_have_value("眼镜")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/chambers/[a-z-]+/$"))


def test_enter_without_a_choice_searches(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url)
    page.locator(".find input").first.click()
    page.keyboard.type("眼镜")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q="))
