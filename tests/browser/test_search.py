"""Search on the built real directory in a real Chromium: what is found, how it shows, with which keys."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from building import ROOT, SUB_PATH, Served
from playwright.sync_api import Browser, Page, Route, expect

from chamberbook import load
from chamberbook.derive import ChamberEntry, CharterEntry, Directory, directory
from chamberbook.pages.views import shown_trade

OpenPage = Callable[..., Page]
CASES = json.loads((ROOT / "tests" / "search_cases.json").read_text("utf-8"))
RECALL, PRECISION = 0.98, 0.95


@pytest.fixture(scope="module")
def real() -> Directory:
    return directory(load.read_all(ROOT), date(2026, 11, 23))


@pytest.fixture(scope="module")
def home(browser: Browser, served: Served) -> Iterator[Page]:
    """The home page, for asking the modules themselves."""
    page = browser.new_page()
    page.goto(served.url)
    yield page
    page.close()


def ask(page: Page, module: str, expression: str, *values: Any) -> Any:
    """`expression` in the page, with the module's exports as `m` and the values as `v`."""
    code = f"async ([url, v]) => {{ const m = await import(url); return {expression}; }}"
    base = page.evaluate("document.querySelector('script[src$=\"search/main.js\"]').src")
    return page.evaluate(code, [base.replace("main.js", module), list(values)])


def find(page: Page, query: str) -> list[str]:
    """The addresses of all results of a query, best first."""
    rows = "Promise.all((await m.find(v[0])).results.map((one) => one.data()))"
    return [row["url"] for row in ask(page, "engine.js", f"await {rows}", query)]


# What is found


def words_of(entry: ChamberEntry | CharterEntry) -> str:
    """The text in which a person would look, without any cutting: what the results are measured against."""
    chamber, places = entry.chamber, [region.name for region in entry.place.chain]
    about = [chamber.name, *places, *(i.title for i in entry.industries)]
    if isinstance(entry, CharterEntry):
        charters = [entry]
        own = [chamber.trade or "", entry.charter.summary or "", entry.text or "", entry.type.title]
    else:
        charters = list(entry.charters)
        own = [
            *chamber.aliases, *(former.name for former in chamber.former_names), shown_trade(entry),
            chamber.uscc or "", entry.kind.title,
            *(f"{a.scheme.short_name}\n{a.level.label}" for a in entry.awards),
        ]  # fmt: skip
    drawn = [c.charter.title or c.type.title for c in charters]
    topics = [topic.title for c in charters for topic in c.topics]
    return "\n".join([*about, *own, *drawn, *topics])


def test_a_hand_made_set_of_queries_finds_what_it_means(home: Page, real: Directory) -> None:
    texts = {entry.url: words_of(entry) for entry in (*real.chambers, *real.charters)}
    recalls, precisions, poor = [], [], []
    for case in CASES:
        if case["kind"] == "nothing":
            continue
        wanted = {url for url, text in texts.items() if all(part in text for part in case["all"])}
        assert wanted, f"nothing fits {case['query']}: the case belongs to those that find nothing"
        found = find(home, case["query"])
        recall = len(wanted & set(found[:10])) / min(10, len(wanted))
        precision = len(wanted & set(found)) / len(found) if found else 0.0
        recalls.append(recall)
        precisions.append(precision)
        if recall < 1 or precision < 1:
            missed, extra = sorted(wanted - set(found))[:5], sorted(set(found) - wanted)[:5]
            poor.append(f"{case['query']}: {recall:.2f} {precision:.2f} missed {missed} extra {extra}")
    assert len(recalls) >= 60
    print(
        f"{len(recalls)} queries: recall {mean(recalls):.3f}, precision {mean(precisions):.3f}",
        *poor,
        sep="\n",
    )
    assert mean(recalls) >= RECALL, "\n".join(poor)
    assert mean(precisions) >= PRECISION, "\n".join(poor)


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


@pytest.mark.parametrize("query", [case["query"] for case in CASES if case["kind"] == "nothing"])
def test_a_query_that_names_nothing_finds_nothing(home: Page, query: str) -> None:
    assert find(home, query) == []


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("宜兴市陶瓷同业商会", "chambers/yixing-taoci/"),
        ("深圳市青年商会", "chambers/shen-zhen-shi-qing-nian-shang-hui/"),
        ("徐州市福建商会", "chambers/xu-zhou-shi-fu-jian-shang-hui/"),
        ("中国旅游协会", "chambers/zhong-guo-lu-you-xie-hui/"),
    ],
)
def test_the_whole_name_comes_first(home: Page, real: Directory, query: str, first: str) -> None:
    named = [entry.url for entry in real.chambers if entry.chamber.name == query]
    assert find(home, query)[0] in (named or [first])


def test_any_part_of_any_name_finds_it(home: Page, real: Directory) -> None:
    """Every name once, a part of four characters from its middle."""
    parts = {}
    for entry in real.chambers[::3]:
        name = re.sub(r"\W", "", entry.chamber.name)
        parts[entry.url] = name[len(name) // 2 - 2 : len(name) // 2 + 2]
    missed = {url: part for url, part in parts.items() if url not in find(home, part)}
    assert missed == {}


# The search page


def test_results_say_what_they_are_and_mark_the_match(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?q=价格欺诈")
    expect(page.get_by_role("status").first).to_contain_text("“价格欺诈”共")
    charter = page.locator(".hit", has_text="实施意见").first
    expect(charter.locator(".badge").first).to_have_text("公约")
    expect(charter.locator("h3 mark")).to_have_text("价格欺诈")
    chamber = page.locator(".hit", has=page.get_by_text("商会", exact=True)).last
    expect(chamber).to_contain_text("制定《关于禁止价格欺诈行为")
    assert page.title().startswith("“价格欺诈” · 搜索")


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
    assert scope.get_by_role("link").all_inner_texts() == before
    expect(page.locator(".hit__k .badge:first-child")).to_have_text(["公约"] * page.locator(".hit").count())


def test_back_and_forward_restore_query_page_and_scope(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?q=江苏")
    page.get_by_role("link", name="第2页").click()
    expect(page.locator("#found")).to_contain_text("第11–20条")
    second = page.locator(".hit h3").all_inner_texts()
    field = page.locator("#search-page input")
    field.fill("陶瓷")
    field.press("Enter")
    expect(page.locator("#found")).to_contain_text("“陶瓷”")
    page.go_back()
    expect(page.locator("#found")).to_contain_text("第11–20条")
    expect(field).to_have_value("江苏")
    assert page.locator(".hit h3").all_inner_texts() == second
    page.go_forward()
    expect(page.locator("#found")).to_contain_text("“陶瓷”")


def test_nothing_found_says_so_and_offers_ways_on(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?q=苏州餐引")
    expect(page.get_by_role("heading", name="没有找到“苏州餐引”")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("没有找到“苏州餐引”")
    expect(page.locator("#empty")).to_contain_text("您要找的是不是：苏州餐饮？")
    expect(page.locator("#empty")).to_contain_text("去掉“餐引”，有")
    expect(page.get_by_role("link", name="补充一家商会")).to_be_visible()
    page.get_by_role("link", name="苏州餐饮").click()
    expect(page.locator(".hit h3").first).to_have_text("苏州市工商联餐饮业商会")


def test_a_match_in_the_text_of_a_charter_leads_to_its_article(
    served_demo: Served, open_page: OpenPage
) -> None:
    page = open_page(served_demo.url + "search/?q=临时加价")
    article = page.locator(".hit__sub li").first
    expect(article.locator("mark")).to_have_text("临时加价")
    expect(page.locator(".hit h3 .demo").first).to_have_text("示例")
    article.get_by_role("link", name="第三条").click()
    expect(page).to_have_url(re.compile(r"/charters/shili-canyin/zilv-gongyue-2025/#a3$"))
    expect(page.locator("#a3")).to_contain_text("临时加价")


def test_a_query_is_text_and_never_markup(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    expect(page.get_by_role("heading", name=re.compile("没有找到"))).to_contain_text("<img src=x")
    assert page.locator("#search-page img").count() == 0


def test_without_javascript_the_page_leads_to_the_lists(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?q=餐饮", java_script_enabled=False)
    expect(page.get_by_text("搜索需要JavaScript")).to_be_visible()
    for name in ("按地区浏览", "按行业浏览", "按等级与称号浏览", "按公约主题浏览"):
        expect(page.get_by_role("link", name=name).first).to_be_visible()


@pytest.mark.parametrize(
    "lost", ["**/pagefind/pagefind-entry.json*", "**/pagefind/index/*", "**/search/data.json"]
)
def test_a_lost_part_is_said_and_can_be_tried_again(browser: Browser, served: Served, lost: str) -> None:
    page = browser.new_page()
    page.route(lost, lambda route: route.abort())
    page.goto(served.url + "search/?q=餐饮")
    message = page.get_by_role("alert").filter(has_text="搜索没有载入，可能是网络不稳")
    expect(message).to_be_visible()
    expect(message.get_by_text("再试一次").last).to_be_visible()
    expect(message.get_by_role("link", name="按地区浏览")).to_be_visible()
    page.close()


# The layer


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
    expect(page.locator("#found")).to_contain_text("“纺织”共")


# Suggestions


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


# The filters of the list of all chambers


def box(page: Page, facet: str, value: str) -> Any:
    return page.locator(f"#facets input[name='{facet}'][value='{value}']")


def requests_of(page: Page, part: str) -> list[str]:
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url) if part in request.url else None)
    return seen


def test_nothing_of_pagefind_loads_before_a_choice(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url)
    seen = requests_of(page, "/pagefind/")
    page.goto(served.url + "chambers/")
    expect(box(page, "region", "320000")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert seen == []


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
    number = page.locator("#facets label:has(input[value='nonlocal']) .n")
    expect(number).to_have_text(str(other))
    expect(page.locator("#facets .facets > summary .n")).to_have_text("已选3项")


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
    expect(page.locator("#rows")).to_contain_text("没有同时符合这些条件的商会。")
    missing = page.locator("#rows").get_by_role("link", name="名录里没有？补充一家商会")
    assert (missing.get_attribute("href") or "").endswith("contribute/")
    page.get_by_role("button", name=re.compile("去掉“连云港”有")).click()
    expect(page.locator("#rows .row").first).to_be_visible()


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


def test_on_a_phone_the_filters_are_a_sheet_with_a_way_out(
    served: Served, open_page: OpenPage, real: Directory
) -> None:
    page = open_page(served.url + "chambers/", viewport={"width": 390, "height": 800})
    page.locator("#facets .facets > summary").click()
    box(page, "region", "320500").check()
    go = page.get_by_role("button", name=re.compile("^查看.*家$"))
    expect(go).to_have_text(f"查看{len(real.by_region['320500'])}家")
    go.click()
    expect(box(page, "region", "320500")).not_to_be_visible()
    expect(page.locator("#count")).to_be_in_viewport()


def test_facets_work_with_the_keyboard_alone(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "chambers/")
    box(page, "region", "320000").focus()
    page.keyboard.press("Space")
    expect(page.locator(".chip").first).to_be_visible()
    expect(box(page, "region", "320000")).to_be_focused()


# What it costs and what it may do


def test_a_strict_content_security_policy_is_enough(browser: Browser, served: Served) -> None:
    """Of our own scripts: the theme's inline ones are another matter."""
    page = browser.new_page()
    violations: list[str] = []
    page.on(
        "console",
        lambda m: violations.append(m.text) if "search/" in m.text or "pagefind" in m.text else None,
    )

    def strict(route: Route) -> None:
        response = route.fetch()
        policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
        route.fulfill(response=response, headers={**response.headers, "content-security-policy": policy})

    page.route(f"**{SUB_PATH}search/*", strict)
    page.goto(served.url + "search/?q=餐饮")
    expect(page.locator(".hit").first).to_be_visible()
    assert violations == []
    page.close()


def test_a_cold_search_costs_little(browser: Browser, served: Served) -> None:
    """Of search alone, modules and index, with ten results."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(served.url + "stats/")
    sizes: dict[str, int] = {}
    page.on("requestfinished", lambda r: sizes.update({r.url: r.sizes()["responseBodySize"]}))
    page.goto(served.url + "search/?q=江苏")
    expect(page.locator(".hit")).to_have_count(10)
    of_index = {url: size for url, size in sizes.items() if "/pagefind/" in url}
    of_search = {url: size for url, size in sizes.items() if "/search/" in url and not url.endswith("%8F")}
    print(f"{len(of_index)} requests, {sum(of_index.values())} bytes of index")
    print(f"{len(of_search)} requests, {sum(of_search.values())} bytes of scripts, data and the page")
    assert sum(of_index.values()) + sum(of_search.values()) < 300_000
    assert len(of_index) <= 20
    context.close()
