"""A page that is opened long after it was built: an award whose last day has passed is not shown as one that holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from building import Served
from playwright.sync_api import Locator, Page, expect

#: 四星级 until 2027-01-10: about to end on the day of the build, 2026-11-23.
CHAMBER = "chambers/shili-jiaju/"
ENDS = "2027-01-10"


def opened_on(open_page: Any, url: str, day: str, **options: Any) -> Page:
    """A page as a browser shows it whose clock stands at a day; set before anything runs on the page."""
    page: Page = open_page("about:blank", **options)
    page.clock.set_fixed_time(datetime.fromisoformat(day))
    page.goto(url)
    return page


def award(page: Page, ends: str = ENDS) -> Locator:
    return page.locator(f".rate[data-ends='{ends}']").first


@pytest.mark.parametrize(
    ("day", "word", "state"),
    [
        ("2026-11-23T12:00:00+08:00", "将到期", "expiring"),
        ("2027-01-10T23:59:00+08:00", "将到期", "expiring"),
        ("2027-01-11T00:01:00+08:00", "已过期", "expired"),
        ("2035-06-01T12:00:00+08:00", "已过期", "expired"),
    ],
)
def test_an_award_expires_for_the_reader_the_day_after_its_last_day(
    served_demo: Served, open_page: Any, day: str, word: str, state: str
) -> None:
    page = opened_on(open_page, served_demo.url + CHAMBER, day)
    expect(award(page).locator(".badge")).to_have_text(word)
    expect(award(page)).to_have_attribute("data-state", state)


def test_the_reader_s_own_time_zone_does_not_count(served_demo: Served, open_page: Any) -> None:
    url, day = served_demo.url + CHAMBER, "2027-01-11T00:01:00+08:00"
    page = opened_on(open_page, url, day, timezone_id="America/Los_Angeles")
    expect(award(page).locator(".badge")).to_have_text("已过期")


def test_an_expired_award_looks_like_one(served_demo: Served, open_page: Any) -> None:
    page = opened_on(open_page, served_demo.url + CHAMBER, "2030-01-01T12:00:00+08:00")
    expect(award(page)).to_contain_class("rate--exp")
    expect(award(page).locator(".badge")).to_have_class("badge badge--off")
    expect(page.locator(f".tl > li:has([data-ends='{ENDS}'])").first).to_contain_class("exp")


@pytest.mark.parametrize(
    ("day", "left"),
    [
        ("2026-11-23", "，还有48天"),
        ("2027-01-07", "，还有3天"),
        ("2027-01-10", "，还有0天"),
        ("2027-01-11", None),
    ],
)
@pytest.mark.parametrize("url", [CHAMBER, "ratings/shili-xingji/si-xing/"])
def test_the_days_left_are_those_of_the_reader_s_day(
    served_demo: Served, open_page: Any, url: str, day: str, left: str | None
) -> None:
    page = opened_on(open_page, served_demo.url + url, f"{day}T12:00:00+08:00")
    shown = page.locator(f"[data-left][data-ends='{ENDS}']").first
    if left is None:
        expect(shown).to_be_hidden()
    else:
        expect(shown).to_have_text(left)


def test_what_never_ends_or_has_ended_otherwise_keeps_its_words(served_demo: Served, open_page: Any) -> None:
    url = served_demo.url + "chambers/"
    page = open_page(url)
    before = page.locator("[data-state=superseded], [data-state=revoked], [data-state=by_period]").count()
    page = opened_on(open_page, url, "2040-01-01T12:00:00+08:00")
    expect(page.locator("[data-state=in_force], [data-state=expiring]")).to_have_count(0)
    expect(
        page.locator("[data-state=superseded], [data-state=revoked], [data-state=by_period]")
    ).to_have_count(before)


def test_results_that_come_later_are_looked_at_too(served_demo: Served, open_page: Any) -> None:
    page = opened_on(open_page, served_demo.url + "chambers/", "2040-01-01T12:00:00+08:00")
    page.locator("#facets input[name=rating]").first.check(force=True)
    expect(page.locator("#rows [data-ends], ol.rows [data-ends]").first).to_be_attached()
    expect(page.locator("[data-state=in_force], [data-state=expiring]")).to_have_count(0)


def test_a_level_s_list_says_it_in_each_row(served_demo: Served, open_page: Any) -> None:
    page = opened_on(
        open_page, served_demo.url + "ratings/shili-xingji/si-xing/", "2040-01-01T12:00:00+08:00"
    )
    rows = page.locator("tr[data-ends]")
    assert rows.count() > 1
    expect(page.locator("tr[data-state=in_force], tr[data-state=expiring]")).to_have_count(0)
    expect(page.get_by_text("将到期", exact=True)).to_have_count(0)


def test_without_scripts_the_page_says_what_held_on_the_day_of_its_build(
    served_demo: Served, open_page: Any
) -> None:
    page: Page = open_page(served_demo.url + CHAMBER, java_script_enabled=False)
    expect(award(page).locator(".badge")).to_have_text("将到期")
