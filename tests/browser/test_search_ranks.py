"""The order of results: the table of templates/theme/assets/search/ranks.js by its cases, and what a guess is."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from building import ROOT, serving
from factories import make_loaded, make_scheme
from playwright.sync_api import Browser, Page

from chamberbook import load, search
from chamberbook.derive import directory
from chamberbook.load import Loaded
from chamberbook.settings import Settings

RANKS = json.loads((ROOT / "tests" / "search_ranks.json").read_text("utf-8"))
SCRIPTS = ROOT / "templates/theme/assets/search"
_ASK = """async ([url, query, options]) => {
    const { find } = await import(url);
    const found = await find(query, options);
    const rows = await Promise.all(found.results.map((one) => one.data()));
    return {
        names: rows.map((row) => row.name), guesses: found.results.map((one) => one.guess), counts: found.counts,
        ranks: found.results.map((one) => one.rank), guessed: found.guessed, read: found.reading !== null,
    };
}"""


def levels(*ids: str) -> list[dict[str, object]]:
    return [
        {"id": id_, "label": f"{id_}级", "form": "title", "rank": rank + 1} for rank, id_ in enumerate(ids)
    ]


@pytest.fixture(scope="module")
def ask(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Search over the chambers of the cases: their index and the scripts, without a page of the site."""
    out = tmp_path_factory.mktemp("ranks")
    chambers = {slug: make_loaded(slug, **fields) for slug, fields in RANKS["chambers"].items()}
    loaded = Loaded(
        vocabulary=load.read_all(ROOT).vocabulary,
        schemes={
            "xing": make_scheme(levels=levels("san", "wu"), validity_years=3),
            "ping": make_scheme(levels=levels("ji"), validity_years=3),
        },
        federations={},
        chambers=chambers,
        tombstones={},
        problems=(),
        unread=frozenset(),
        files={},
    )
    search.index(directory(loaded, date(2026, 11, 23)), out, [search.View(Settings())])
    shutil.copytree(SCRIPTS, out / "assets" / "search")
    (out / "index.html").write_text("<!doctype html><html lang=zh><title>ranks</title>", "utf-8")
    with serving(out) as served:
        page: Page = browser.new_page()
        page.goto(served.url)

        def ask(query: str, **options: Any) -> dict[str, Any]:
            found: dict[str, Any] = page.evaluate(
                _ASK, [f"{served.url}assets/search/engine.js", query, options]
            )
            return found

        yield ask
        page.close()


@pytest.mark.parametrize("case", RANKS["cases"], ids=[case["query"] for case in RANKS["cases"]])
def test_results_stand_in_the_order_of_the_table(ask: Any, case: dict[str, Any]) -> None:
    found = ask(case["query"])
    assert found["names"][: len(case["first"])] == case["first"], case["why"]
    assert found["guesses"][0] is case.get("guess", False)
    assert found["ranks"] == sorted(found["ranks"])


def test_the_guide_for_contributors_quotes_the_table() -> None:
    lines = re.findall(r'^  \["(\w+)", "(.*)"\],$', (SCRIPTS / "ranks.js").read_text("utf-8"), re.MULTILINE)
    quoted = "".join(f"| {name} | {what} |\n" for name, what in lines)
    assert len(lines) == 9
    assert quoted in (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def test_the_table_has_a_case_for_each_of_its_lines(ask: Any) -> None:
    table = re.findall(r'^  \["(\w+)", "', (SCRIPTS / "ranks.js").read_text("utf-8"), re.MULTILINE)
    seen = {rank for case in RANKS["cases"] for rank in ask(case["query"])["ranks"]}
    assert seen == set(range(len(table)))


@pytest.mark.parametrize("query", ["诸暨市竹腾商会", "zhujizhutemg"])
def test_a_guess_says_what_it_guessed_and_fits_no_reading(ask: Any, query: str) -> None:
    found = ask(query)
    assert found["guessed"] == "诸暨市竹藤商会"
    assert not found["read"]


@pytest.mark.parametrize("query", ["竹腾商会", "火星商会", "诸暨市竹腾高会", "zhuteng zhujx shi"])
def test_two_mistakes_or_too_little_are_no_guess(ask: Any, query: str) -> None:
    assert ask(query)["names"] == []


def test_what_stands_there_word_for_word_is_no_mistake(ask: Any) -> None:
    """吴江区盛泽镇商会 is one character away, but a charter holds just what was asked for."""
    found = ask("江区盛泽乡")
    assert found["names"] == ["化纤自律公约"]
    assert found["guessed"] is None


def test_a_choice_does_not_narrow_its_own_facet(ask: Any) -> None:
    """Any within a facet, all across; every value of every facet has a number, 0 too."""
    free = ask("丝绸", facets=True)["counts"]
    chosen = ask("丝绸", facets=True, filters={"region": ["320500"], "record": ["chamber"]})
    assert chosen["names"] == ["苏州市丝绸商会", "吴江区盛泽镇商会"]
    assert chosen["counts"]["region"]["320200"] == 3
    assert chosen["counts"]["region"]["320500"] == 2
    assert chosen["counts"]["industry"]["C17"] == 1
    assert chosen["counts"]["industry"]["C28"] == 0
    assert set(chosen["counts"]) == set(free)
    assert all(set(chosen["counts"][name]) == set(free[name]) for name in free)


def test_a_value_that_nobody_has_finds_nobody(ask: Any) -> None:
    assert ask("", filters={"region": ["999999"]})["names"] == []


def test_a_list_by_choices_alone_is_in_the_order_of_names_or_as_asked(ask: Any) -> None:
    names = ask("", filters={"record": ["chamber"]})["names"]
    assert len(names) == len(RANKS["chambers"])
    assert names.index("成都市竹藤商会") < names.index("重庆市竹藤商会") < names.index("诸暨市竹藤商会")
    rated = ask("", sort="rated", filters={"record": ["chamber"]})["names"]
    assert rated[:4] == ["白城市灯具商会", "长春市灯具商会", "大连市灯具商会", "鄂州市灯具协会"]
    assert rated[4] == "抚州市灯具商会"
