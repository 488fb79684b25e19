"""The search page of the real directory: results and their order, what the address holds, what is said when nothing fits."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from building import Served
from playwright.sync_api import Browser, Page, expect
from searching import box, listen, said
from test_accessibility import violations

from chamberbook.derive import ChamberEntry, Directory

OpenPage = Callable[..., Page]


def test_results_say_what_they_are_and_mark_the_match(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?q=价格欺诈")
    expect(page.get_by_role("status").first).to_contain_text("“价格欺诈”共")
    charter = page.locator(".hit", has_text="实施意见").first
    expect(charter.locator(".badge").first).to_have_text("公约")
    expect(charter.locator("h3 mark")).to_have_text("价格欺诈")
    chamber = page.locator(".hit", has=page.get_by_text("商会", exact=True)).last
    expect(chamber).to_contain_text("制定《关于禁止价格欺诈行为")


def test_a_traditional_query_finds_and_marks_simplified_text(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?q=蘇州餐飲")
    first = page.locator(".hit h3").first
    expect(first).to_have_text("苏州市工商联餐饮业商会")
    expect(first.locator("mark").first).to_have_text("苏州")


def test_the_scope_is_in_the_address_and_counts_stay(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?q=餐饮")
    scope = page.get_by_role("navigation", name="结果范围")
    expect(scope.get_by_role("link")).to_have_count(3)
    before = scope.get_by_role("link").all_inner_texts()
    scope.get_by_role("link", name=re.compile("公约")).click()
    expect(page).to_have_url(re.compile(r"scope=charter"))
    expect(scope.locator("[aria-current]")).to_contain_text("公约")
    expect(scope.locator("[aria-current]")).to_be_focused()
    assert scope.get_by_role("link").all_inner_texts() == before
    expect(page.locator(".hit__k .badge:first-child")).to_have_text(["公约"] * page.locator(".hit").count())


def test_the_title_says_all_that_the_address_holds(served: Served, open_page: OpenPage) -> None:
    page = open_page(
        served.url + "search/?q=商会&scope=chamber&region=320500&kind=industry&sort=founded&page=2"
    )
    expect(page).to_have_title("“商会” · 苏州、行业商会 · 商会 · 按成立时间排列 · 第2页 · 搜索 · 商会名录")
    expect(page.locator("#count")).to_contain_text("第11–20条")
    expect(page.locator("#rows")).to_have_attribute("start", "11")
    page.goto(served.url + "search/")
    expect(page).to_have_title("搜索 · 商会名录")


def test_back_and_forward_restore_everything(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?q=江苏")
    page.get_by_role("link", name="第2页").click()
    expect(page.locator("#count")).to_contain_text("第11–20条")
    second = page.locator(".hit h3").all_inner_texts()
    box(page, "kind", "industry").check()
    expect(page.locator("#count")).not_to_contain_text("第11–20条")
    chosen, title = page.locator("#count").inner_text(), page.title()
    field = page.locator("#search-page input[name=q]")
    field.fill("陶瓷")
    field.press("Enter")
    expect(page.locator("#count")).to_contain_text("“陶瓷”")
    page.go_back()
    expect(page.locator("#count")).to_have_text(chosen)
    expect(box(page, "kind", "industry")).to_be_checked()
    expect(page).to_have_title(title)
    page.go_back()
    expect(page.locator("#count")).to_contain_text("第11–20条")
    expect(box(page, "kind", "industry")).not_to_be_checked()
    expect(field).to_have_value("江苏")
    assert page.locator(".hit h3").all_inner_texts() == second
    page.go_forward()
    page.go_forward()
    expect(page.locator("#count")).to_contain_text("“陶瓷”")
    expect(field).to_have_value("陶瓷")


@pytest.mark.parametrize("width", [390, 1280])
def test_coming_back_from_a_result_restores_scroll_and_focus(
    served: Served, open_page: OpenPage, width: int
) -> None:
    page = open_page(served.url + "search/?q=江苏", viewport={"width": width, "height": 700})
    link = page.locator(".hit h3 a").nth(7)
    link.scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 60)")
    link.focus()
    before = page.evaluate("Math.round(scrollY)")
    assert before > 0
    name = link.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("搜索")
    page.go_back()
    expect(page.locator(".hit h3 a").nth(7)).to_be_focused()
    assert page.locator(".hit h3 a").nth(7).inner_text() == name
    assert page.evaluate("Math.round(scrollY)") == before


def test_a_new_page_of_results_begins_at_its_top(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?q=江苏", viewport={"width": 390, "height": 700})
    page.get_by_role("link", name="下一页").click()
    expect(page.locator("#count")).to_contain_text("第11–20条")
    expect(page.locator("#rh")).to_be_focused()
    expect(page.locator("#count")).to_be_in_viewport()


def founded(real: Directory) -> list[str]:
    known = [e for e in real.by_region["320500"] if e.chamber.founded]
    return [
        e.chamber.name
        for e in sorted(known, key=lambda e: e.chamber.founded.first_day)  # type: ignore[union-attr]
    ]


def verified(real: Directory) -> list[str]:
    """Newest first."""
    found = [e for e in real.by_region["320500"] if e.chamber.verified]
    return [
        e.chamber.name
        for e in sorted(found, key=lambda e: -e.chamber.verified.last_day.toordinal())  # type: ignore[union-attr]
    ]


@pytest.mark.parametrize(
    ("sort", "wanted"),
    [
        ("name", lambda real: [e.chamber.name for e in real.by_region["320500"]]),
        ("founded", founded),
        ("verified", verified),
    ],
)
def test_the_order_can_be_chosen(
    served: Served, open_page: OpenPage, real: Directory, sort: str, wanted: Any
) -> None:
    page = open_page(served.url + "search/?q=苏州&scope=chamber&region=320500")
    expect(page.locator("#sort")).to_have_value("relevance")
    page.locator("#sort").select_option(sort)
    expect(page).to_have_url(re.compile(f"sort={sort}"))
    expect(page.locator("#count")).to_contain_text(f"共{len(real.by_region['320500'])}条")
    expect(page.locator(".hit h3").first).to_have_text(wanted(real)[0])
    names = page.locator(".hit h3").all_inner_texts()
    assert names[:5] == wanted(real)[:5]


def test_the_last_rated_come_first_when_asked_for(
    served: Served, open_page: OpenPage, real: Directory
) -> None:
    page = open_page(served.url + "search/?scope=chamber&sort=rated")
    expect(page.locator(".hit")).to_have_count(10)

    def latest(entry: ChamberEntry) -> date:
        """The day of its last award; an award for a period counts as of the period's end."""
        days = [a.rating.awarded.last_day for a in entry.awards if a.rating.awarded]
        days += [date(int(a.rating.period[-4:]), 12, 31) for a in entry.awards if a.rating.period]
        return max(days, default=date.min)

    wanted = sorted(real.chambers, key=latest, reverse=True)[:10]
    assert page.locator(".hit h3").all_inner_texts() == [entry.chamber.name for entry in wanted]


def test_relevance_needs_a_query(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?region=320500&sort=relevance")
    expect(page.locator("#sort")).to_have_value("name")
    expect(page.locator("#sort option[value=relevance]")).to_be_disabled()


def test_each_change_is_announced_once(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?q=餐饮")
    expect(page.locator("#count")).to_contain_text("共")
    listen(page)
    box(page, "region", "320000").check()
    expect(page.locator(".chip").first).to_be_visible()
    first = page.locator("#count").inner_text()
    page.locator("#scope a", has_text="公约").click()
    expect(page.locator("#scope [aria-current]")).to_contain_text("公约")
    second = page.locator("#count").inner_text()
    page.locator("#search-page input[name=q]").fill("不可能有这样的商会")
    page.keyboard.press("Enter")
    expect(page.locator("#empty h2")).to_be_visible()
    heard = said(page)
    assert heard[:2] == [first, second]
    assert len([text for text in heard[2:] if "建议" not in text]) == 1


@pytest.mark.parametrize(
    ("query", "meant"),
    [("苏洲餐饮", "苏州市工商联餐饮业商会"), ("宜兴陶磁", "宜兴市陶瓷同业商会")],
)
def test_a_near_miss_is_marked_as_a_guess(
    served: Served, open_page: OpenPage, query: str, meant: str
) -> None:
    page = open_page(served.url + f"search/?q={query}")
    expect(page.locator("#count")).to_contain_text(f"没有正好写着“{query}”的")
    hit = page.locator(".hit", has_text=meant).first
    expect(hit.locator(".badge").first).to_have_text("可能是")
    page.goto(served.url + f"chambers/?q={query}")
    row = page.locator("#rows .row", has_text=meant).first
    expect(row.locator(".badge").first).to_have_text("可能是")
    page.goto(served.url + f"search/?q={meant}")
    expect(page.locator(".hit h3").first).to_have_text(meant)
    expect(page.locator(".hit .badge", has_text="可能是")).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_no_state_of_the_page_has_a_violation(
    served: Served, open_page: OpenPage, width: int, scheme: str
) -> None:
    page = open_page(served.url, viewport={"width": width, "height": 900}, color_scheme=scheme)
    for query, shows in (
        ("", ".search__hint"),
        ("?q=餐饮&region=320000&kind=industry", ".chip"),
        ("?q=苏洲餐饮", ".badge--warn"),
        ("?q=不存在的玄武岩飞船", "#empty h2"),
    ):
        page.goto(served.url + "search/" + query)
        expect(page.locator(shows).first).to_be_visible()
        assert violations(page) == [], query
    if width < 960:
        page.goto(served.url + "search/?q=餐饮")
        expect(page.locator(".hit").first).to_be_visible()
        page.locator("#facets .facets > summary").click()
        expect(page.get_by_role("dialog", name="筛选")).to_be_visible()
        assert violations(page) == []


def test_nothing_found_says_so_and_offers_ways_on(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?q=不存在的玄武岩飞船")
    expect(page.get_by_role("heading", name="没有找到“不存在的玄武岩飞船”")).to_be_visible()
    expect(page.locator("#count")).to_have_text("没有找到“不存在的玄武岩飞船”")
    ways = page.locator("#empty")
    expect(ways.get_by_role("link", name="地区")).to_be_visible()
    expect(ways.get_by_role("link", name="行业")).to_be_visible()
    expect(ways.get_by_role("link", name="公约主题")).to_be_visible()
    expect(ways.get_by_role("link", name="补充一家商会")).to_have_attribute("href", "../contribute/")


def test_a_relaxed_search_says_what_it_finds(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?q=苏州 飞船")
    way = page.locator("#empty li", has_text="去掉“飞船”，有")
    way.get_by_role("link").click()
    expect(page.locator("#count")).to_contain_text("“苏州”共")


def test_choices_that_nothing_fits_say_which_one_to_drop(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?q=餐饮&region=320700")
    expect(page.locator("#empty h2")).to_have_text("没有同时符合这些条件的结果。")
    way = page.locator("#empty li", has_text="去掉“连云港”，有")
    count = re.search(r"\d+", way.inner_text())
    assert count
    way.get_by_role("link").click()
    expect(page.locator("#count")).to_contain_text(f"“餐饮”共{count[0]}条")


def test_a_match_in_the_text_of_a_charter_leads_to_its_article(
    served_demo: Served, open_page: OpenPage
) -> None:
    page = open_page(served_demo.url + "search/?q=临时加价")
    article = page.locator(".hit__sub li").first
    expect(article.locator("mark")).to_have_text("临时加价")
    expect(page.locator(".hit h3 .demo").first).to_have_text("示例")
    article.get_by_role("link", name="第三条").click()
    expect(page).to_have_url(re.compile(r"/charters/shili-canyin/zilv-gongyue-2025/#a3$"))
    target = page.locator("#a3")
    expect(target).to_contain_text("临时加价")
    expect(target).to_be_in_viewport()
    assert page.evaluate("document.querySelector(':target').id") == "a3"
    lit, plain = (
        page.locator(f"#{id_}").evaluate("node => getComputedStyle(node).backgroundColor")
        for id_ in ("a3", "a2")
    )
    assert lit != plain


def test_more_articles_than_two_open_in_place(served_demo: Served, open_page: OpenPage) -> None:
    page = open_page(served_demo.url + "search/?q=会员&scope=charter")
    hit = page.locator(".hit", has=page.locator(".hit__more")).first
    rest = hit.locator(".hit__more li")
    expect(rest.first).not_to_be_visible()
    hit.locator(".hit__more summary").click()
    expect(rest.first).to_be_visible()
    expect(rest.first.locator("mark").first).to_have_text("会员")
    expect(rest.first.get_by_role("link")).to_have_attribute("href", re.compile(r"#a\d+$"))


def test_a_query_is_text_and_never_markup(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    expect(page.get_by_role("heading", name=re.compile("没有找到"))).to_contain_text("<img src=x")
    assert page.locator("#search-page img").count() == 0


def test_an_address_of_nonsense_is_as_good_as_none(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?scope=x&region=999999&kind=%3Cb%3E&sort=x&page=-3&topic=")
    expect(page.locator(".search__hint")).to_be_visible()
    expect(page.locator(".chip")).to_have_count(0)
    page.goto(served.url + "search/?q=餐饮&region=999999&page=9999")
    expect(page.locator(".hit").first).to_be_visible()
    expect(page.locator(".pager [aria-current]")).to_have_text("3")


def test_the_slash_leads_to_the_field_of_the_page(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?q=餐饮")
    expect(page.locator(".hit").first).to_be_visible()
    page.keyboard.press("/")
    field = page.locator("#search-page input[name=q]")
    expect(field).to_be_focused()
    page.keyboard.type("陶/瓷")
    expect(field).to_have_value("陶/瓷")


def test_the_whole_search_works_with_the_keyboard_alone(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/")
    page.keyboard.press("/")
    page.keyboard.type("餐饮")
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_contain_text("“餐饮”共")
    before = page.locator("#count").inner_text()

    def tab_to(selector: str) -> None:
        for _ in range(120):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"the Tab key never reaches {selector}")

    tab_to("#facets input[name=region]")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="移除条件：地区 江苏")).to_be_visible()
    expect(page.locator("#count")).not_to_have_text(before)
    assert page.evaluate("document.activeElement.name") == "region"
    tab_to("#sort")
    # Some systems change the value at once, some open the list first.
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile("sort="))
    tab_to(".chip")
    page.keyboard.press("Enter")
    expect(page.locator("#search-page input[name=q]")).to_have_value("")
    assert page.evaluate("document.activeElement.closest('#chips, #rh') !== null")
    tab_to(".hit h3 a")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("/search/"))


def test_without_javascript_the_page_leads_to_the_lists(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "stats/", java_script_enabled=False)
    page.goto(served.url + "chambers/")
    page.locator("input[name=q]").fill("餐饮")
    page.locator("input[name=q]").press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q="))
    expect(page.get_by_text("搜索需要JavaScript")).to_be_visible()
    for name in ("按地区浏览", "按行业浏览", "按等级与称号浏览", "按公约主题浏览"):
        expect(page.get_by_role("link", name=name).first).to_be_visible()
    expect(page.locator("#sort, #facets input, .search__hint")).to_have_count(2)
    expect(page.locator("#sort")).not_to_be_visible()
    page.locator("#facets a[href$='/regions/320000/']").click()
    expect(page).to_have_url(re.compile(r"/regions/320000/$"))


@pytest.mark.parametrize(
    "lost", ["**/pagefind/*.pf_meta*", "**/pagefind/index/*", "**/search/table.json", "**/search/data.json"]
)
def test_a_lost_part_is_said_and_can_be_tried_again(browser: Browser, served: Served, lost: str) -> None:
    page = browser.new_page()
    page.route(lost, lambda route: route.abort())
    page.goto(served.url + "search/?q=餐饮")
    message = page.get_by_role("alert").filter(has_text="搜索没有载入，可能是网络不稳")
    expect(message).to_be_visible()
    expect(message.get_by_role("link", name="按地区浏览")).to_be_visible()
    page.unroute(lost)
    message.get_by_text("再试一次").last.click()
    expect(page.locator(".hit").first).to_be_visible()
    expect(message).to_have_count(0)
    page.close()
