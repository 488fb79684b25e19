"""A chamber's page: its ratings, what they are worth today, and how many members it had when."""

from __future__ import annotations

import pytest
from planning import texts, with_class
from test_pages_chamber import STARS, TITLE, all_text, chamber_page, rating, section

from chamberbook.pages.chamber import newest_members, shown_unit
from chamberbook.records import Members


def test_an_expired_grade_is_called_expired_and_never_filled() -> None:
    tree = chamber_page(ratings=[rating(awarded="2014")])
    shown = with_class(tree, "rate")
    assert len(shown) == 2
    for one in shown:
        assert "已过期" in texts([one])[0]
        assert "rate--exp" in one.attrib["class"]
        assert one.attrib["data-ends"] == "2019-12-31"


@pytest.mark.parametrize(
    ("fields", "state", "words"),
    [
        ({"awarded": "2024-05-01"}, "in_force", "有效"),
        ({"awarded": "2021-12-01"}, "expiring", "将到期"),
        ({}, "undated", "日期待补"),
        ({"awarded": "2024-05-01", "revoked": "2025-01"}, "revoked", "已撤销"),
    ],
)
def test_a_grade_says_in_words_what_it_is_worth(fields: dict[str, object], state: str, words: str) -> None:
    timeline = with_class(section(chamber_page(ratings=[rating(**fields)]), "ratings"), "rate")[0]
    assert timeline.attrib["data-state"] == state
    assert texts([timeline]) == [f"5A {words}"]


def test_an_upgrade_makes_the_older_grade_superseded() -> None:
    ratings = [rating(level="4a", awarded="2023-01-01"), rating(awarded="2025-01-01")]
    shown = with_class(section(chamber_page(ratings=ratings), "ratings"), "rate")
    assert texts(shown) == ["4A 已被新等级替代", "5A 有效"]


def test_the_timeline_goes_from_the_first_award_to_the_last_and_undated_ones_end_it() -> None:
    ratings = [rating(awarded="2024"), rating(), rating(level="4a", awarded="2014"), rating(awarded="2019")]
    shown = with_class(section(chamber_page(ratings=ratings), "ratings"), "rate")
    assert [text.split()[0] for text in texts(shown)] == ["4A", "5A", "5A", "5A"]
    assert [one.attrib.get("data-ends", "")[:4] for one in shown] == ["2019", "2024", "2029", ""]


@pytest.mark.parametrize(
    ("awarded", "words"),
    [
        (["2023-05-01"], "照收录的记录，到现在已连续持有5A满3年。"),
        (["2018-05-01", "2023-05-01"], "照收录的记录，到现在已连续持有5A满8年。"),
        (["2016-05-01", "2023-05-01"], "照收录的记录，到现在已连续持有5A满3年。"),
        (["2022"], "照收录的记录，到现在已连续持有5A约3至4年；日期不全，只能大概算。"),
        (["2022-01"], "照收录的记录，到现在已连续持有5A约4年；日期不全，只能大概算。"),
        (["2014", "2023-05-01"], "照收录的记录，到现在已连续持有5A满3年。"),
        ([None, "2023-05-01"], "照收录的记录，到现在已连续持有5A约3年；日期不全，只能大概算。"),
        (["2026-05-01"], ""),
        (["2025"], ""),
        (["2014"], ""),
        ([None], ""),
    ],
)
def test_how_long_a_level_has_been_held_is_said_when_it_can_be_told(
    awarded: list[str | None], words: str
) -> None:
    text = all_text(section(chamber_page(ratings=[rating(awarded=day) for day in awarded]), "ratings"))
    assert words in text
    assert ("照收录的记录" in text) is bool(words)


def test_an_expiring_grade_counts_the_days_left() -> None:
    assert "2026年12月1日，还有8天" in all_text(chamber_page(ratings=[rating(awarded="2021-12-01")]))


@pytest.mark.parametrize(("awarded", "latest"), [("2024-05-01", False), ("2024-05", True), ("2024", True)])
def test_an_end_that_follows_from_a_month_or_a_year_is_said_to_be_the_latest_possible(
    awarded: str, latest: bool
) -> None:
    tree = chamber_page(ratings=[rating(awarded=awarded)])
    assert [
        ("（最迟）" in all_text(part)) for part in (with_class(tree, "rated")[0], section(tree, "ratings"))
    ] == [
        latest,
        latest,
    ]
    assert ("可能的最后一天" in all_text(tree)) is latest


def test_a_title_by_year_has_its_year_and_no_state() -> None:
    tree = chamber_page(ratings=[rating(scheme=TITLE, level="sihao", period="2017-2018")])
    assert texts(with_class(section(tree, "ratings"), "rate")) == ["2017–2018年度"]
    assert "往届不等于现在仍是" in all_text(section(tree, "ratings"))


@pytest.mark.parametrize("awarded", ["2025-12-20", "2015-12-20", None])
def test_stars_always_have_words(awarded: str | None) -> None:
    tree = chamber_page(ratings=[rating(scheme=STARS, level="wu-xing", awarded=awarded)])
    marks = with_class(tree, "rate__s")
    assert len(marks) == 2
    assert all(mark.attrib["aria-hidden"] == "true" and len(list(mark)) == 5 for mark in marks)
    assert all("五星级" in text for text in texts(with_class(tree, "rate")))


def test_no_rating_is_not_said_to_mean_none_was_awarded() -> None:
    assert "没有收录不代表没有获评" in all_text(section(chamber_page(), "ratings"))
    assert "没有收录不代表没有制定" in all_text(section(chamber_page(), "charters"))


def test_growth_needs_two_years() -> None:
    one = [{"count": 59, "unit": "企业", "as_of": "2003", "source": "r1"}]
    two = [*one, {"count": 193, "unit": "企业", "as_of": "2008", "source": "r1"}]
    assert with_class(chamber_page(members=one), "grow") == []
    tree = chamber_page(members=two)
    assert texts(with_class(tree, "grow")[0].iter("dt")) == ["2003年", "2008年"]
    assert [r.attrib["width"] for r in section(tree, "growth").iter() if r.tag.endswith("rect")] == [
        "30.6",
        "100.0",
    ]


def test_the_newest_number_of_each_unit_is_shown() -> None:
    def members(count: int, unit: str, as_of: str | None) -> Members:
        return Members.model_validate({"count": count, "unit": unit, "as_of": as_of, "source": "r1"})

    found = newest_members([members(9, "企业", "2008"), members(5, "企业", "2003"), members(3, "会员", None)])
    assert [(m.count, m.unit) for m in found] == [(9, "企业"), (3, "会员")]
    assert [shown_unit(unit) for unit in ("家", "会员企业", "会员")] == ["家", "家会员企业", "个会员"]
