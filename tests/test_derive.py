"""What follows from records on a day: the state of an award, places, indexes, order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chamberbook.derive import (
    EXPIRING_DAYS,
    AwardState,
    award_end,
    award_state,
    derive_awards,
    derive_pinyin,
    derive_place,
    industry_codes,
    is_stale,
)
from chamberbook.records import Industry, PartialDate, Rating, Region, Scheme

TODAY = date(2026, 11, 23)


def make_scheme(**fields: object) -> Scheme:
    levels = [
        {"id": f"l{stars}", "label": f"{stars}星", "form": "stars", "stars": stars, "rank": stars}
        for stars in (3, 4, 5)
    ]
    return Scheme.model_validate(
        {
            "name": "示例市星级商会",
            "short_name": "示例星级",
            "summary": "评星。",
            "levels": levels,
            "validity_years": 5,
            **fields,
        }
    )


def make_rating(**fields: object) -> Rating:
    return Rating.model_validate({"scheme": "star", "level": "l5", "source": "r1", **fields})


@pytest.mark.parametrize(
    ("rating", "validity", "end"),
    [
        ({"awarded": "2023-04-04"}, 5, date(2028, 4, 4)),
        ({"awarded": "2022-11"}, 5, date(2027, 11, 30)),
        ({"awarded": "2014"}, 5, date(2019, 12, 31)),
        ({"awarded": "2024-02-29"}, 5, date(2029, 2, 28)),
        ({"awarded": "2024-02-29"}, 4, date(2028, 2, 29)),
        ({"awarded": "2023-04-04", "valid_until": "2025-06"}, 5, date(2025, 6, 30)),
        ({"awarded": "2023-04-04"}, None, None),
        ({"period": "2022"}, 5, None),
    ],
)
def test_award_ends_on_the_last_day_that_its_dates_can_mean(
    rating: dict[str, object], validity: int | None, end: date | None
) -> None:
    assert award_end(make_rating(**rating), make_scheme(validity_years=validity)) == end


@pytest.mark.parametrize(
    ("rating", "validity", "state"),
    [
        ({"awarded": "2023-04-04"}, 5, "in_force"),
        ({"awarded": "2021-11-23"}, 5, "expiring"),
        ({"awarded": "2022-02-21"}, 5, "expiring"),
        ({"awarded": "2022-02-22"}, 5, "in_force"),
        ({"awarded": "2021-11-22"}, 5, "expired"),
        ({"awarded": "2014"}, 5, "expired"),
        ({"period": "2021-2022"}, None, "by_period"),
        ({"awarded": "2020"}, None, "by_period"),
        ({"period": "2022"}, 5, "undated"),
        ({"awarded": "2025-01", "revoked": "2026-01"}, 5, "revoked"),
        ({"awarded": "2025-01", "revoked": "2027-01"}, 5, "in_force"),
    ],
)
def test_award_state_on_the_day(rating: dict[str, object], validity: int | None, state: AwardState) -> None:
    made, scheme = make_rating(**rating), make_scheme(validity_years=validity)
    assert award_state(made, scheme, award_end(made, scheme), TODAY) == state


def test_award_holds_through_its_last_day_and_expires_the_day_after() -> None:
    rating, scheme = make_rating(awarded="2021-11-23"), make_scheme()
    end = award_end(rating, scheme)
    assert end == date(2026, 11, 23)
    assert award_state(rating, scheme, end, end) == "expiring"
    assert award_state(rating, scheme, end, end + timedelta(days=1)) == "expired"


def test_later_award_of_the_same_scheme_supersedes_the_earlier_one() -> None:
    ratings = [make_rating(level="l3", awarded="2023-01"), make_rating(level="l4", awarded="2024-01")]
    states = {award.level.id: award.state for award in derive_awards(ratings, {"star": make_scheme()}, TODAY)}
    assert states == {"l4": "in_force", "l3": "superseded"}


def test_award_of_the_future_supersedes_nothing_yet() -> None:
    ratings = [make_rating(level="l3", awarded="2023-01"), make_rating(level="l4", awarded="2027-01")]
    first = derive_awards(ratings, {"star": make_scheme()}, TODAY)
    assert {award.level.id: award.state for award in first}["l3"] == "in_force"


def test_awards_that_hold_come_first_then_the_newest() -> None:
    ratings = [
        make_rating(level="l3", awarded="2010"),
        make_rating(scheme="title", level="l4", period="2021-2022"),
        make_rating(scheme="title", level="l4", period="2023"),
        make_rating(level="l5", awarded="2024"),
    ]
    schemes = {"star": make_scheme(), "title": make_scheme(validity_years=None)}
    order = [
        (a.scheme_id, a.rating.period or str(a.rating.awarded))
        for a in derive_awards(ratings, schemes, TODAY)
    ]
    assert order == [("star", "2024"), ("title", "2023"), ("title", "2021-2022"), ("star", "2010")]


@given(
    awarded=st.dates(date(1990, 1, 1), date(2030, 12, 31)),
    validity=st.integers(1, 10),
    day=st.dates(date(1990, 1, 1), date(2045, 1, 1)),
    later=st.integers(0, 4000),
)
def test_a_state_never_improves_as_time_passes(awarded: date, validity: int, day: date, later: int) -> None:
    order = ["in_force", "expiring", "expired"]
    rating, scheme = make_rating(awarded=awarded.isoformat()), make_scheme(validity_years=validity)
    end = award_end(rating, scheme)
    assert end is not None
    before = order.index(award_state(rating, scheme, end, day))
    after = order.index(award_state(rating, scheme, end, day + timedelta(days=later)))
    assert before <= after


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(1, 10))
def test_expiring_begins_ninety_days_before_the_end(awarded: date, validity: int) -> None:
    rating, scheme = make_rating(awarded=awarded.isoformat()), make_scheme(validity_years=validity)
    end = award_end(rating, scheme)
    assert end is not None
    assert award_state(rating, scheme, end, end - timedelta(days=EXPIRING_DAYS)) == "expiring"
    assert award_state(rating, scheme, end, end - timedelta(days=EXPIRING_DAYS + 1)) == "in_force"


REGIONS = {
    region.code: region
    for region in (
        Region(code="320000", name="江苏省", level="province"),
        Region(code="320200", name="无锡市", level="prefecture", parent="320000"),
        Region(code="320282", name="宜兴市", level="county", parent="320200"),
        Region(code="110000", name="北京市", level="province"),
        Region(code="110101", name="东城区", level="county", parent="110000"),
    )
}


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("320282", ["江苏省", "无锡市", "宜兴市"]),
        ("320200", ["江苏省", "无锡市"]),
        ("110101", ["北京市", "东城区"]),
        (None, []),
    ],
)
def test_place_is_the_chain_from_the_province_down(code: str | None, names: list[str]) -> None:
    assert [region.name for region in derive_place(code, REGIONS).chain] == names


def test_a_county_of_a_municipality_has_no_prefecture() -> None:
    place = derive_place("110101", REGIONS)
    assert place.prefecture is None
    assert place.county is not None


def test_industry_codes_name_the_section_of_each_division_once() -> None:
    made = [Industry(code=code, title="业", title_en="x") for code in ("C30", "C17", "H62")]
    assert industry_codes(made) == ["C", "C17", "C30", "H", "H62"]


@pytest.mark.parametrize(
    ("verified", "stale"),
    [("2008-06", True), ("2020", True), ("2021", False), ("2026-03-09", False), (None, True)],
)
def test_a_record_is_stale_when_its_material_is_older_than_five_years(
    verified: str | None, stale: bool
) -> None:
    assert is_stale(PartialDate.parse(verified) if verified else None, TODAY) is stale


def test_names_sort_by_pinyin_not_by_code_point() -> None:
    names = ["重庆市商会", "安徽商会", "长沙商会", "北京商会"]
    assert sorted(names, key=derive_pinyin) == ["安徽商会", "北京商会", "长沙商会", "重庆市商会"]
