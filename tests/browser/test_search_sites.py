"""One search over several sites, built separately and served from several ports; one of them goes away."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from building import Served, built, free_port, make_root, run_build, serving
from playwright.sync_api import Browser, Page, expect
from searching import box, number
from test_accessibility import violations

OpenPage = Callable[..., Page]
#: As the portal names them; its own name is that of mkdocs.yml.
BASE = "https://portal.example.org/"
OWN, SAMPLE, REAL = "商会名录", "示例名录", "大名录"


@dataclass(frozen=True)
class Portal:
    """A portal of 4 chambers over a site of 12 and one of 318, each on a port of its own."""

    url: str
    sample: Path
    sample_port: int
    real: Served


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory, demo_site: Path, real_site: Path) -> Iterator[Portal]:
    folder, port = tmp_path_factory.mktemp("portal"), free_port()
    with ExitStack() as stack:
        real = stack.enter_context(serving(real_site, shared=True))
        sites = {SAMPLE: f"http://127.0.0.1:{port}/a/b/", REAL: real.url}
        root = make_root(folder / "root")
        with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
            file.write("\nextra:\n  search:\n    sites:\n")
            file.writelines(f"      - {{name: {name}, url: '{url}'}}\n" for name, url in sites.items())
        site = built(folder / "site", "--root", root, "--base-url", BASE)
        own = stack.enter_context(serving(site))
        yield Portal(own.url, demo_site, port, real)


def origins(page: Page) -> list[str]:
    """Where each result shown comes from."""
    return [text.removeprefix("来自") for text in page.locator(".hit__o").all_inner_texts()]


def total(page: Page) -> int:
    expect(page.locator("#count")).to_contain_text("共")
    found = re.search(r"共(\d+)条", page.locator("#count").inner_text())
    assert found
    return int(found[1])


def test_results_of_all_sites_are_one_list_and_say_where_they_come_from(
    portal: Portal, served_demo: Served, open_page: OpenPage
) -> None:
    with serving(portal.sample, port=portal.sample_port, shared=True):
        page = open_page(portal.url + "search/?q=餐饮")
        expect(page.locator(".hit").first).to_be_visible()
        numbers = {name: int(number(page, "site", name).inner_text()) for name in (OWN, SAMPLE, REAL)}
        assert all(numbers.values())
        assert total(page) == sum(numbers.values())
        # As many as each site finds by itself.
        alone = open_page(portal.real.url + "search/?q=餐饮")
        assert total(alone) == numbers[REAL]
        alone.goto(served_demo.url + "search/?q=餐饮")
        assert total(alone) == numbers[SAMPLE]
        assert set(origins(page)) == {OWN, SAMPLE, REAL}
        link = page.locator(".hit", has_text=f"来自{REAL}").locator("h3 a").first
        assert (link.get_attribute("href") or "").startswith(portal.real.url)
        link.click()
        expect(page).to_have_url(re.compile(re.escape(portal.real.url)))


def looked(page: Page, query: str, size: int, sort: str = "") -> list[dict[str, Any]]:
    """The first rows of a search for chambers, each with its `rank`, its origin as `site` and its `keys`."""
    code = """async ([url, query, size, sort]) => {
      const { look } = await import(url);
      const { found, rows } = await look(query, { filters: { record: ["chamber"] }, sort, facets: true }, 1, size);
      return rows.map((row, at) => ({ rank: found.results[at].rank, site: row.from.name, name: row.name, keys: row.keys }));
    }"""
    sites = page.evaluate("document.querySelector('script[src$=\"search/main.js\"]').src")
    return list(page.evaluate(code, [sites.replace("main.js", "sites.js"), query, size, sort]))


def test_the_small_sites_stand_beside_the_large_one(portal: Portal, open_page: OpenPage) -> None:
    """In each class of the ranking the best of each site come before the second best of any."""
    with serving(portal.sample, port=portal.sample_port, shared=True):
        page = open_page(portal.url)
        rows = looked(page, "餐饮", 100)
        assert [row["rank"] for row in rows] == sorted(row["rank"] for row in rows)
        shared = 0
        for rank in {row["rank"] for row in rows}:
            sites = [row["site"] for row in rows if row["rank"] == rank]
            first = sites[: len(set(sites))]
            assert len(set(first)) == len(first)
            shared += len(first) == 3
        assert shared
        # The whole name comes first, wherever its site stands in the list of sites.
        page.goto(portal.url + "search/?q=常州市餐饮商会")
        expect(page.locator(".hit h3").first).to_have_text("常州市餐饮商会")


def test_facets_are_merged_and_the_site_is_one_of_them(portal: Portal, open_page: OpenPage) -> None:
    with serving(portal.sample, port=portal.sample_port, shared=True):
        page = open_page(portal.url + "search/?q=商会&scope=chamber")
        expect(page.locator(".hit").first).to_be_visible()
        every = total(page)
        # Only the largest site has chambers there.
        expect(number(page, "region", "430000")).not_to_have_text("0")
        box(page, "site", SAMPLE).check()
        expect(page).to_have_url(re.compile("site="))
        expect(page.get_by_role("button", name=f"移除条件：来源名录 {SAMPLE}")).to_be_visible()
        assert set(origins(page)) == {SAMPLE}
        expect(number(page, "region", "430000")).to_have_text("0")
        assert int(number(page, "site", REAL).inner_text()) > int(number(page, "site", SAMPLE).inner_text())
        box(page, "site", REAL).check()
        expect(page.get_by_role("button", name=f"移除条件：来源名录 {REAL}")).to_be_visible()
        numbers = [int(number(page, "site", name).inner_text()) for name in (OWN, SAMPLE, REAL)]
        assert sum(numbers) == every
        assert total(page) == sum(numbers[1:])
        page.go_back()
        expect(box(page, "site", REAL)).not_to_be_checked()


def test_an_order_goes_through_all_sites(portal: Portal, open_page: OpenPage) -> None:
    with serving(portal.sample, port=portal.sample_port, shared=True):
        page = open_page(portal.url)
        for sort in ("founded", "verified", "rated"):
            keys = [row["keys"][sort] for row in looked(page, "商会", 60, sort)]
            assert len(keys) == 60
            assert keys == sorted(keys)
        names = looked(page, "商会", 60, "name")
        assert {row["site"] for row in names} == {OWN, SAMPLE, REAL}
        page.goto(portal.url + "search/?q=商会&scope=chamber&sort=name")
        expect(page.locator(".hit h3").first).to_have_text(names[0]["name"])


def test_a_site_that_goes_away_is_said_and_the_others_still_answer(portal: Portal, browser: Browser) -> None:
    page = browser.new_page(locale="zh-CN")
    with serving(portal.sample, port=portal.sample_port, shared=True):
        page.goto(portal.url + "search/?q=餐饮")
        expect(page.locator(".hit").first).to_be_visible()
        assert SAMPLE in origins(page)
    field = page.locator("#search-page input[name=q]")
    field.fill("家具")
    field.press("Enter")
    said = page.locator("#sites")
    expect(said).to_contain_text(f"“{SAMPLE}”现在没有应答，结果里没有它的记录。")
    expect(said).to_have_attribute("role", "status")
    expect(page.locator("#count")).to_contain_text("“家具”共")
    assert SAMPLE not in origins(page)
    assert REAL in origins(page)
    with serving(portal.sample, port=portal.sample_port, shared=True):
        said.get_by_role("button", name="再试一次").click()
        expect(page.locator(".hit__o", has_text=SAMPLE).first).to_be_visible()
        expect(said).to_be_empty()
    page.close()


def test_a_site_that_was_never_there_does_not_stop_the_others(portal: Portal, browser: Browser) -> None:
    page = browser.new_page(locale="zh-CN")
    page.goto(portal.url + "search/?q=餐饮")
    expect(page.locator("#sites")).to_contain_text(f"“{SAMPLE}”现在没有应答")
    assert set(origins(page)) == {OWN, REAL}
    page.close()


@pytest.mark.parametrize(("key", "value"), [("format", 2), ("pagefind", "0.1.0")])
def test_a_site_of_another_version_is_refused_by_name(
    portal: Portal, browser: Browser, tmp_path: Path, key: str, value: object
) -> None:
    site = shutil.copytree(portal.sample, tmp_path / "site")
    file = site / "search/data.json"
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), key: value}), "utf-8")
    page = browser.new_page(locale="zh-CN")
    with serving(site, port=portal.sample_port, shared=True):
        page.goto(portal.url + "search/?q=餐饮")
        said = page.locator("#sites")
        expect(said).to_contain_text(f"“{SAMPLE}”的搜索文件是另一个版本，不能一起搜索；它升级以后就可以。")
        expect(said.get_by_role("button")).to_have_count(0)
        assert set(origins(page)) == {OWN, REAL}
    page.close()


def test_names_of_all_sites_are_suggested(portal: Portal, open_page: OpenPage) -> None:
    with serving(portal.sample, port=portal.sample_port, shared=True):
        page = open_page(portal.url)
        page.locator(".find input").first.click()
        expect(page.get_by_role("combobox")).to_be_visible()
        page.keyboard.type("工业陶瓷")
        option = page.get_by_role("option").filter(has_text="宜兴市工业陶瓷同业商会")
        expect(option).to_contain_text(f"来自{REAL}")
        expect(option.locator("mark").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(re.escape(portal.real.url + "chambers/")))


def test_a_portal_has_no_violation(portal: Portal, browser: Browser) -> None:
    """With one site missing, as the worst that it shows."""
    for scheme, width in (("light", 1280), ("dark", 390)):
        page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 900})  # type: ignore[arg-type]
        page.goto(portal.url + "search/?q=餐饮")
        expect(page.locator("#sites")).to_contain_text("现在没有应答")
        expect(page.locator(".hit").first).to_be_visible()
        assert violations(page) == []
        page.close()


def test_a_browser_can_add_the_search(portal: Portal, open_page: OpenPage) -> None:
    """Every page of a site that knows its address leads to the description; a site that does not has none."""
    page = open_page(portal.url + "stats/")
    link = page.locator("link[rel=search][type='application/opensearchdescription+xml']")
    described = page.request.get(link.evaluate("link => link.href"))
    assert described.ok
    assert f'template="{BASE}search/?q={{searchTerms}}"' in described.text()
    for url in ("", "chambers/", "search/", "contribute/"):
        page.goto(portal.url + url)
        expect(link).to_have_count(1)
    page.goto(portal.real.url)
    expect(link).to_have_count(0)
    assert not (portal.real.folder / "opensearch.xml").exists()


def test_no_script_of_another_site_is_run(portal: Portal, open_page: OpenPage) -> None:
    with serving(portal.sample, port=portal.sample_port, shared=True):
        page = open_page(portal.url)
        seen: list[tuple[str, str]] = []
        page.on("request", lambda request: seen.append((request.resource_type, request.url)))
        page.goto(portal.url + "search/?q=餐饮")
        expect(page.locator(".hit").first).to_be_visible()
        foreign = {kind for kind, url in seen if not url.startswith(portal.url)}
        assert foreign == {"fetch"}


def test_a_site_alone_shows_no_origin_and_asks_nobody(served: Served, open_page: OpenPage) -> None:
    page = open_page(served.url + "search/?q=餐饮")
    expect(page.locator(".hit").first).to_be_visible()
    expect(page.locator(".hit__o, .facet[data-facet=site]")).to_have_count(0)


@pytest.mark.parametrize(
    "entry",
    [
        "{name: 甲}",
        "{name: 甲, url: 'https://example.org'}",
        "{name: 甲, url: 'javascript:alert(1)/'}",
        "{name: '', url: 'https://example.org/'}",
        "甲",
    ],
)
def test_a_wrong_entry_of_mkdocs_yml_is_wrong_use(tmp_path: Path, entry: str) -> None:
    root = make_root(tmp_path / "root")
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(f"\nextra:\n  search:\n    sites: [{entry}]\n")
    done = run_build("--root", root, "--out", tmp_path / "site", "--lang", "en")
    assert done.returncode == 2
    assert "extra.search.sites" in done.stderr
    assert not (tmp_path / "site").exists()
