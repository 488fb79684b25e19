"""Hostile texts in a real Chromium: no script of theirs runs, nothing leaves the origin.

The pages' own policy is switched off: what is shown here holds without it, by escaping alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from building import Served, serving
from hostile_site import ALL, TEXTS, name_of, slug_of
from playwright.sync_api import Page, expect

#: Called by every hostile text that gets to run; a dialog would be as bad.
CANARY = """
window.hits = [];
window.canary = () => window.hits.push(new Error().stack);
Object.defineProperty(Object.prototype, "polluted", { set() { window.canary(); }, configurable: true });
"""
#: What a text that broke out of its place would leave in the tree.
TRACES = """() => [
  ...document.querySelectorAll("[canary], x-canary, iframe, object, embed, base, img, math, animate, [ping], [srcdoc]"),
  ...[...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => a.name.startsWith("on"))),
  ...[...document.querySelectorAll("[href]")].filter((e) => /^(javascript|data|vbscript):/i.test(e.href)),
].map((element) => element.outerHTML.slice(0, 300))"""
#: One page of each kind, beside those of the chambers.
KINDS = (
    "", "chambers/", "regions/", "regions/320282/", "regions/320000/", "industries/", "industries/C30/", "kinds/",
    "federations/", "federations/g5/", "ratings/", "ratings/h5/", "ratings/h5/x/", "charters/",
    "charters/h5/constructor/", "charters/topics/h5/", "stats/", "data/", "contribute/", "contribute/form/",
    "chambers/t5/", "about/",
)  # fmt: skip


@pytest.fixture(scope="module")
def hostile(hostile_site: Path) -> Iterator[Served]:
    with serving(hostile_site) as site:
        yield site


@pytest.fixture
def open_hostile(open_page: Any) -> Iterator[Any]:
    """`open_page` with the canary in every page and without the policy; what it caught fails the test."""
    opened: list[Page] = []
    dialogs: list[str] = []

    def open_(url: str) -> Page:
        page: Page = open_page("about:blank", bypass_csp=True)
        page.context.add_init_script(CANARY)
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(url)
        opened.append(page)
        return page

    yield open_
    assert dialogs == []


def harmless(page: Page) -> None:
    """Move the pointer over everything, give everything the focus, and then see whether anything happened."""
    page.evaluate(
        """() => document.querySelectorAll("#main *").forEach((element) => {
          for (const type of ["mouseover", "pointerenter", "focus", "error", "load"]) {
            element.dispatchEvent(new Event(type));
          }
        })"""
    )
    assert page.evaluate("window.hits") == [], page.url
    assert page.evaluate(TRACES) == [], page.url


def test_no_chamber_runs_a_script_or_loads_from_elsewhere(hostile: Served, open_hostile: Any) -> None:
    page = open_hostile(hostile.url)
    for index, text in enumerate(ALL):
        page.goto(f"{hostile.url}chambers/{slug_of(index)}/")
        assert page.locator("h1").inner_text() == name_of(index, text)
        harmless(page)


def test_no_kind_of_page_runs_a_script_or_loads_from_elsewhere(hostile: Served, open_hostile: Any) -> None:
    page = open_hostile(hostile.url)
    for url in KINDS:
        answer = page.goto(hostile.url + url)
        assert answer is not None
        assert answer.status == 200, url
        harmless(page)


@pytest.mark.parametrize("query", ["canary", "constructor", "<script>canary()</script>", "__proto__"])
def test_results_of_the_search_show_markup_as_text(hostile: Served, open_hostile: Any, query: str) -> None:
    page = open_hostile(hostile.url)
    page.goto(f"{hostile.url}search/?q=" + page.evaluate("encodeURIComponent", query))
    expect(page.locator("[data-hits] a, .hit a").first).to_be_visible()
    harmless(page)


def test_the_form_shows_a_hostile_record_as_it_is_and_writes_the_same(
    hostile: Served, open_hostile: Any
) -> None:
    page = open_hostile(hostile.url)
    for case in ("attribute-after-a-quote", "template-of-angular", "end-of-a-script", "formula"):
        index = list(TEXTS).index(case)
        page.goto(f"{hostile.url}contribute/form/?chamber={slug_of(index)}")
        expect(page.locator("#f-name")).to_have_value(name_of(index, TEXTS[case]))
        harmless(page)
