"""The filters beside the page of all chambers and beside the search page: the same modules serve both."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from building import Served
from playwright.sync_api import Browser, Page, Route, expect
from searching import box, number

from chamberbook.derive import Directory

OpenPage = Callable[..., Page]
PHONE = {"width": 390, "height": 800}


def requests_of(page: Page, part: str) -> list[str]:
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url) if part in request.url else None)
    return seen


@pytest.mark.parametrize("url", ["chambers/", "search/"])
def test_nothing_of_search_loads_before_somebody_reaches_for_it(
    served: Served, open_page: OpenPage, url: str
) -> None:
    page = open_page(served.url)
    seen = requests_of(page, "search/")
    page.goto(served.url + url)
    expect(box(page, "region", "320000")).to_be_visible()
    page.wait_for_load_state("networkidle")
    names = {one.rpartition("search/")[2] for one in seen if one.endswith((".js", ".json"))}
    assert names <= {"main.js", "live.js"}
    assert not any("/pagefind/" in one for one in seen)
    with page.expect_request("**/search/listing.js"):
        box(page, "region", "320000").hover()


def test_what_was_chosen_before_the_search_was_there_is_done_when_it_is(
    served: Served, open_page: OpenPage, real: Directory
) -> None:
    page = open_page("about:blank")
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/assets/search/listing.js", hold)
    page.goto(served.url + "chambers/")
    box(page, "region", "320000").check()
    box(page, "kind", "industry").check()
    page.locator("#sort").select_option("founded")
    assert page.url.endswith("/chambers/")
    waiting[0].continue_()
    wanted = [e for e in real.by_region["320000"] if e.kind.id == "industry"]
    expect(page.locator("#count")).to_contain_text(f"共{len(wanted)}家")
    expect(page).to_have_url(re.compile(r"region=320000&kind=industry&sort=founded"))
    expect(box(page, "kind", "industry")).to_be_checked()


def test_a_search_that_does_not_load_is_said_and_tried_again(served: Served, browser: Browser) -> None:
    page = browser.new_page(viewport=PHONE)
    page.route("**/assets/search/listing.js", lambda route: route.abort())
    page.goto(served.url + "chambers/")
    page.locator("#facets .facets > summary").click()
    expect(box(page, "region", "320000")).to_be_visible()
    box(page, "region", "320000").check()
    expect(page.get_by_role("alert").filter(has_text="搜索没有载入，可能是网络不稳")).to_be_visible()
    page.close()


def test_filters_combine_any_within_a_facet_all_across(
    served: Served, open_page: OpenPage, real: Directory
) -> None:
    page = open_page(served.url + "chambers/")
    box(page, "region", "320500").check()
    box(page, "region", "320200").check()
    box(page, "kind", "industry").check()
    places = {"320500", "320200"}
    both = [e for e in real.chambers if places & {r.code for r in e.place.chain}]
    wanted = [e for e in both if e.kind.id == "industry"]
    expect(page.locator("#count")).to_contain_text(f"共{len(wanted)}家")
    expect(page).to_have_url(re.compile(r"region=320500&region=320200&kind=industry"))
    expect(page.locator("#rows .row__name").first).to_have_text(wanted[0].chamber.name)
    other = sum(e.kind.id == "nonlocal" for e in both)
    expect(number(page, "kind", "nonlocal")).to_have_text(str(other))
    expect(page.locator("#facets .facets > summary .n")).to_have_text("已选3项")


def test_a_shared_address_says_how_much_is_chosen(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "chambers/?region=320500")
    expect(page.locator(".chip").first).to_be_visible()
    expect(page.locator("#facets .facets > summary .n")).to_have_text("已选1项")


def test_chips_take_choices_away_and_the_list_returns(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "chambers/")
    own = page.locator("#rows").inner_text()
    box(page, "region", "320500").check()
    box(page, "kind", "industry").check()
    page.get_by_role("button", name="移除条件：类型 行业商会").click()
    expect(box(page, "kind", "industry")).not_to_be_checked()
    page.get_by_role("button", name="清除全部").click()
    expect(page.locator(".chip")).to_have_count(0)
    expect(page).to_have_url(re.compile("/chambers/$"))
    assert page.locator("#rows").inner_text() == own


def test_the_address_holds_the_filters_and_back_restores_them(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "chambers/?region=320200&sort=founded")
    expect(box(page, "region", "320200")).to_be_checked()
    expect(page.locator("#sort")).to_have_value("founded")
    expect(page.locator(".chip")).to_have_count(2)
    first = page.locator("#rows .row__name").first.inner_text()
    box(page, "kind", "nonlocal").check()
    expect(page.locator(".chip")).to_have_count(3)
    page.go_back()
    expect(box(page, "kind", "nonlocal")).not_to_be_checked()
    expect(page.locator("#rows .row__name").first).to_have_text(first)


def test_choices_that_nobody_fits_say_which_one_to_drop(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "chambers/?region=320700&charter=yes")
    expect(page.locator("#empty h2")).to_have_text("没有同时符合这些条件的商会。")
    missing = page.locator("#empty").get_by_role("link", name="名录里没有？补充一家商会")
    assert (missing.get_attribute("href") or "").endswith("contribute/")
    page.locator("#empty li", has_text="去掉“连云港”，有").get_by_role("link").click()
    expect(page.locator("#rows .row").first).to_be_visible()
    expect(page.locator("#empty")).to_be_empty()


def test_a_query_can_be_filtered(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "chambers/?q=餐饮&region=320000")
    expect(page.get_by_role("button", name="移除条件：搜索词 “餐饮”")).to_be_visible()
    expect(page.locator("#sort")).to_have_value("relevance")
    names = page.locator("#rows .row__name").all_inner_texts()
    assert names
    assert "厦门市餐饮行业协会" not in names


def test_rows_of_the_script_are_the_rows_of_the_page(served: Served, open_page: OpenPage) -> None:
    """Same elements, same attributes, same words; blanks between elements and the way to the root may differ."""
    shape = """() => Object.fromEntries([...document.querySelectorAll('ol.rows > .row')].map((row) => {
        const copy = row.cloneNode(true);
        const links = [...row.querySelectorAll('a')].map((link) => link.href);
        copy.querySelectorAll('a').forEach((link, at) => link.setAttribute('href', links[at]));
        return [links[0], copy.outerHTML.replace(/\\s+/g, ' ').replace(/ (?=<)|(?<=>) /g, '')];
    }))"""
    page = open_page(served.url + "chambers/")
    static = page.evaluate(shape)
    while page.get_by_role("link", name="下一页").count():
        page.goto(page.get_by_role("link", name="下一页").evaluate("link => link.href"))
        static |= page.evaluate(shape)
    seen = 0
    for query in (
        "region=320500",
        "rating=in_force",
        "rating=shehui-zuzhi-pinggu",
        "charter=yes",
        "status=unverified",
    ):
        page.goto(f"{served.url}chambers/?{query}")
        expect(page.locator(".chip").first).to_be_visible()
        rows = page.evaluate(shape)
        assert rows == {href: static[href] for href in rows}
        seen += len(rows)
    assert seen > 60


@pytest.mark.parametrize(("url", "go"), [("chambers/", "查看{n}家"), ("search/?scope=chamber", "查看{n}条")])
def test_on_a_phone_the_filters_are_a_sheet_with_a_way_out(
    served: Served, open_page: OpenPage, real: Directory, url: str, go: str
) -> None:
    page = open_page(served.url + url, viewport=PHONE)
    expect(page.locator("#facets input").first).to_be_attached()
    opener = page.locator("#facets .facets > summary")
    opener.click()
    sheet = page.get_by_role("dialog", name="筛选")
    expect(sheet).to_be_visible()
    box(page, "region", "320000").check()
    button = sheet.get_by_role("button", name=re.compile("^查看"))
    expect(button).to_have_text(go.format(n=len(real.by_region["320000"])))
    # It stays at the bottom, however long the sheet is.
    expect(button).to_be_in_viewport()
    sheet.locator(".sheet__b").evaluate("node => node.scrollTo(0, 400)")
    expect(button).to_be_in_viewport()
    assert button.bounding_box()["y"] > 700  # type: ignore[index]
    expect(sheet.get_by_role("status")).to_have_text(button.inner_text())
    button.click()
    expect(sheet).to_have_count(0)
    expect(box(page, "region", "320000")).not_to_be_visible()
    expect(page.locator("#count")).to_be_in_viewport()
    expect(opener).to_contain_text("已选1项")


def test_the_sheet_keeps_the_focus_and_esc_gives_it_back(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?q=餐饮", viewport=PHONE)
    expect(page.locator(".hit").first).to_be_visible()
    opener = page.locator("#facets .facets > summary")
    opener.focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="筛选")
    expect(sheet).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        inside = "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        assert page.evaluate(inside)
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_sheet_closes_when_the_window_becomes_wide(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?q=餐饮", viewport=PHONE)
    expect(page.locator(".hit").first).to_be_visible()
    page.locator("#facets .facets > summary").click()
    expect(page.get_by_role("dialog", name="筛选")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(box(page, "region", "320000")).to_be_visible()


def test_on_the_search_page_filters_combine_over_both_kinds_of_record(
    served: Served, open_page: OpenPage, real: Directory
) -> None:
    page = open_page(served.url + "search/?region=320500&region=320200")
    places = {"320500", "320200"}
    chambers = [e for e in real.chambers if places & {r.code for r in e.place.chain}]
    charters = [c for c in real.charters if places & {r.code for r in c.place.chain}]
    expect(page.locator("#count")).to_contain_text(f"共{len(chambers) + len(charters)}条结果")
    scope = page.get_by_role("navigation", name="结果范围").get_by_role("link")
    expect(scope).to_have_text(
        [f"全部 {len(chambers) + len(charters)}", f"商会 {len(chambers)}", f"公约 {len(charters)}"]
    )
    # The other choices of a facet are counted as if nothing were chosen within it.
    nanjing = len(real.by_region["320100"]) + sum(
        "320100" in {r.code for r in c.place.chain} for c in real.charters
    )
    expect(number(page, "region", "320100")).to_have_text(str(nanjing))
    code = max(real.by_industry, key=lambda code: (len(code) == 1, len(real.by_industry[code])))
    box(page, "industry", code).check()
    both = [
        e for e in (*chambers, *charters) if any(i.code == code or i.code[0] == code for i in e.industries)
    ]
    expect(page.locator("#count")).to_contain_text(f"共{len(both)}条结果")


def test_a_choice_without_results_is_grey_and_can_be_chosen(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?q=餐饮")
    expect(number(page, "region", "430000")).to_have_text("0")
    label = page.locator("#facets label:has(input[value='430000'])")
    expect(label).to_have_class("zero")
    plain = page.locator("#facets label:has(input[value='320000'])")
    colour = "node => getComputedStyle(node).color"
    assert label.evaluate(colour) != plain.evaluate(colour)
    box(page, "region", "430000").check()
    expect(page.locator("#empty h2")).to_have_text("没有同时符合这些条件的结果。")
    page.get_by_role("button", name="移除条件：地区 湖南").click()
    expect(page.locator(".hit").first).to_be_visible()


def test_what_lies_deeper_than_the_page_is_fetched_when_it_is_looked_for(
    served: Served, open_page: OpenPage, real: Directory
) -> None:
    page = open_page(served.url + "search/?q=商会&scope=chamber")
    expect(page.locator(".hit").first).to_be_visible()
    assert box(page, "region", "320500").count() == 0
    page.locator("#facets .choice:has(> label input[value='320000']) > details > summary").click()
    suzhou = box(page, "region", "320500")
    expect(suzhou).to_be_visible()
    assert int(number(page, "region", "320500").inner_text()) > 0
    suzhou.check()
    expect(page.locator("#count")).to_contain_text(f"共{len(real.by_region['320500'])}条")
    page.reload()
    expect(box(page, "region", "320500")).to_be_checked()
    expect(page.get_by_role("button", name="移除条件：地区 苏州")).to_be_visible()


@pytest.mark.parametrize("url", ["chambers/", "search/?q=商会"])
def test_facets_work_with_the_keyboard_alone(served: Served, open_page: OpenPage, url: str) -> None:
    page = open_page(served.url + url)
    box(page, "region", "320000").focus()
    page.keyboard.press("Space")
    expect(page.locator(".chip").first).to_be_visible()
    expect(box(page, "region", "320000")).to_be_focused()
