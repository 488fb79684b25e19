"""What a rating is worth on a day: its end, its state, the history of a chamber, how long a level was held."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chamberbook.awards import (
    EXPIRING_DAYS,
    AwardState,
    End,
    Held,
    award_end,
    award_state,
    derive_awards,
    held_for,
    history,
    plus_years,
)
from chamberbook.load import Loaded, read_all
from chamberbook.records import Rating, Scheme

TODAY = date(2026, 11, 23)
#: From best to worst: time alone moves an award only to the right.
WORSE = ("in_force", "expiring", "superseded", "expired")
DAYS = st.dates(date(1996, 1, 1), date(2040, 12, 31))


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


def states(*ratings: Rating, scheme: Scheme | None = None, day: date = TODAY) -> list[AwardState]:
    """The state of each rating on a day, in the order of the arguments."""
    awards = derive_awards(ratings, {"star": scheme or make_scheme()}, day)
    found = {id(award.rating): award.state for award in awards}
    return [found[id(rating)] for rating in ratings]


def with_level(**fields: object) -> list[dict[str, object]]:
    return [{"id": "l5", "label": "五星", "form": "stars", "stars": 5, "rank": 5, **fields}]


#: Scheme × record × day -> state, last day, whether that is stated or only the last possible one.
CASES: tuple[tuple[dict[str, object], dict[str, object], str, AwardState, End | None], ...] = (
    ({}, {"awarded": "2023-04-04"}, "2026-11-23", "in_force", End(date(2028, 4, 4), False, False)),
    ({}, {"awarded": "2021-11-23"}, "2026-11-23", "expiring", End(date(2026, 11, 23), False, False)),
    ({}, {"awarded": "2022-02-21"}, "2026-11-23", "expiring", End(date(2027, 2, 21), False, False)),
    ({}, {"awarded": "2022-02-22"}, "2026-11-23", "in_force", End(date(2027, 2, 22), False, False)),
    ({}, {"awarded": "2021-11-22"}, "2026-11-23", "expired", End(date(2026, 11, 22), False, False)),
    ({}, {"awarded": "2022-11"}, "2026-11-23", "in_force", End(date(2027, 11, 30), False, True)),
    ({}, {"awarded": "2014"}, "2026-11-23", "expired", End(date(2019, 12, 31), False, True)),
    ({}, {"awarded": "2024-02-29"}, "2029-02-28", "expiring", End(date(2029, 2, 28), False, False)),
    ({}, {"awarded": "2024-02-29"}, "2029-03-01", "expired", End(date(2029, 2, 28), False, False)),
    ({"validity_years": 4}, {"awarded": "2024-02-29"}, "2028-02-29", "expiring", End(date(2028, 2, 29), False, False)),
    ({"validity_years": 1}, {"awarded": "2023-02"}, "2024-02-29", "expired", End(date(2024, 2, 28), False, True)),
    ({}, {"awarded": "2023-04-04", "valid_until": "2025-06"}, "2025-06-30", "expiring", End(date(2025, 6, 30), True, True)),
    ({}, {"awarded": "2023-04-04", "valid_until": "2025-06-15"}, "2025-06-16", "expired", End(date(2025, 6, 15), True, False)),
    ({}, {"period": "2022", "valid_until": "2027-06-30"}, "2026-11-23", "in_force", End(date(2027, 6, 30), True, False)),
    ({"levels": with_level(validity_years=3)}, {"awarded": "2023-04-04"}, "2026-11-23", "expired", End(date(2026, 4, 4), False, False)),
    ({"validity_years": None, "levels": with_level(validity_years=3)}, {"awarded": "2024-04-04"}, "2026-11-23", "in_force", End(date(2027, 4, 4), False, False)),
    ({"validity_years": None, "levels": with_level(validity_years=3)}, {"period": "2024"}, "2026-11-23", "undated", None),
    ({"validity_years": 2, "ends_on": "12-31"}, {"awarded": "2024-05"}, "2026-11-23", "expiring", End(date(2026, 12, 31), False, False)),
    ({"validity_years": 1, "ends_on": "02-29"}, {"awarded": "2024"}, "2025-02-28", "expiring", End(date(2025, 2, 28), False, False)),
    ({"valid_until": "2027-06"}, {"awarded": "2019"}, "2026-11-23", "in_force", End(date(2027, 6, 30), False, True)),
    ({"valid_until": "2027-06-30"}, {"period": "2024"}, "2027-07-01", "expired", End(date(2027, 6, 30), False, False)),
    ({"levels": with_level(valid_until="2026-12-01")}, {"awarded": "2025"}, "2026-11-23", "expiring", End(date(2026, 12, 1), False, False)),
    ({"valid_until": "2030", "levels": with_level(validity_years=1)}, {"awarded": "2024"}, "2026-11-23", "expired", End(date(2025, 12, 31), False, True)),
    ({"validity_years": None}, {"awarded": "2023-04-04"}, "2026-11-23", "by_period", None),
    ({"validity_years": None}, {"period": "2021-2022"}, "2026-11-23", "by_period", None),
    ({}, {"period": "2022"}, "2026-11-23", "undated", None),
    ({}, {}, "2026-11-23", "undated", None),
    ({}, {"awarded": "2025-01", "revoked": "2026-01"}, "2026-11-23", "revoked", End(date(2030, 1, 31), False, True)),
    ({}, {"awarded": "2025-01", "revoked": "2027-01"}, "2026-11-23", "in_force", End(date(2030, 1, 31), False, True)),
    ({"validity_years": None}, {"period": "2022", "revoked": "2024"}, "2026-11-23", "revoked", None),
)  # fmt: skip


@pytest.mark.parametrize(("scheme", "rating", "day", "state", "end"), CASES)
def test_scheme_record_and_day_give_the_state_and_the_end(
    scheme: dict[str, object], rating: dict[str, object], day: str, state: AwardState, end: End | None
) -> None:
    made = make_rating(**rating)
    (award,) = derive_awards([made], {"star": make_scheme(**scheme)}, date.fromisoformat(day))
    assert award.state == state
    assert (award.ends, award.ends_stated, award.ends_latest) == (
        (end.day, end.stated, end.latest) if end else (None, False, False)
    )


def test_award_holds_through_its_last_day_and_expires_the_day_after() -> None:
    rating, scheme = make_rating(awarded="2021-11-23"), make_scheme()
    end = award_end(rating, scheme)
    assert end is not None
    assert award_state(rating, scheme, end, end.day) == "expiring"
    assert award_state(rating, scheme, end, end.day + timedelta(days=1)) == "expired"


@pytest.mark.parametrize(
    ("earlier", "later", "state"),
    [
        ({"awarded": "2023-01"}, {"awarded": "2024-01"}, "superseded"),
        ({"awarded": "2023-01", "level": "l3"}, {"awarded": "2024-01"}, "superseded"),
        ({"awarded": "2023-01"}, {"awarded": "2024-01", "level": "l3"}, "superseded"),
        ({"awarded": "2023-01"}, {"awarded": "2027-01"}, "in_force"),
        ({"awarded": "2014"}, {"awarded": "2024"}, "expired"),
        ({"awarded": "2019-01-01"}, {"awarded": "2024-01-01"}, "superseded"),
        ({"awarded": "2019-01-01"}, {"awarded": "2024-01-02"}, "expired"),
        ({"awarded": "2024"}, {"awarded": "2024-06"}, "in_force"),
        ({"awarded": "2023", "revoked": "2024-01"}, {"awarded": "2024-06"}, "revoked"),
        ({"period": "2015"}, {"awarded": "2026-03-09"}, "superseded"),
        ({"period": "2025"}, {"awarded": "2026-03-09"}, "undated"),
        ({}, {"awarded": "2026-03-09"}, "undated"),
        ({"awarded": "2023-01"}, {"period": "2025"}, "in_force"),
    ],
)
def test_a_later_award_of_the_same_scheme_supersedes_what_it_finds_in_force(
    earlier: dict[str, object], later: dict[str, object], state: AwardState
) -> None:
    assert states(make_rating(**earlier), make_rating(**later))[0] == state


def test_titles_by_period_are_never_superseded() -> None:
    titles = [make_rating(period="2019-2020", awarded="2021"), make_rating(period="2023", awarded="2024")]
    assert states(*titles, scheme=make_scheme(validity_years=None)) == ["by_period", "by_period"]


def test_another_scheme_supersedes_nothing() -> None:
    ratings = [make_rating(awarded="2023-01"), make_rating(scheme="other", awarded="2024-01")]
    awards = derive_awards(ratings, {"star": make_scheme(), "other": make_scheme()}, TODAY)
    assert {award.state for award in awards} == {"in_force"}


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


def test_the_history_runs_from_the_first_award_and_ends_with_those_that_nobody_can_place() -> None:
    ratings = [
        make_rating(note="undated"),
        make_rating(awarded="2024-01", note="third"),
        make_rating(period="2015", note="first"),
        make_rating(awarded="2019", note="second"),
    ]
    awards = derive_awards(ratings, {"star": make_scheme()}, TODAY)
    assert [award.rating.note for award in history(awards)] == ["first", "second", "third", "undated"]


@pytest.mark.parametrize(
    ("ratings", "day", "held"),
    [
        ([], "2026-11-23", Held()),
        ([{"awarded": "2023-04-04"}], "2023-04-03", Held()),
        ([{"awarded": "2023-04-04"}], "2023-04-04", Held(date(2023, 4, 4), 0, 0)),
        ([{"awarded": "2023-04-04"}], "2024-04-03", Held(date(2023, 4, 4), 0, 365)),
        ([{"awarded": "2023-04-04"}], "2024-04-04", Held(date(2023, 4, 4), 1, 366)),
        ([{"awarded": "2024-02-29"}], "2025-02-28", Held(date(2024, 2, 29), 1, 365)),
        ([{"awarded": "2023"}], "2024-12-30", Held(date(2023, 12, 31), 0, 365)),
        ([{"awarded": "2023"}], "2024-12-31", Held(date(2023, 12, 31), 1, 366)),
        ([{"awarded": "2018-06-01"}], "2023-06-02", Held()),
        (
            [{"awarded": "2018-06-01"}, {"awarded": "2023-06-01"}],
            "2024-06-01",
            Held(date(2018, 6, 1), 6, 2192),
        ),
        (
            [{"awarded": "2018-06-01"}, {"awarded": "2023-06-02"}],
            "2024-06-01",
            Held(date(2018, 6, 1), 6, 2192),
        ),
        (
            [{"awarded": "2018-06-01"}, {"awarded": "2023-06-03"}],
            "2024-06-03",
            Held(date(2023, 6, 3), 1, 366),
        ),
        ([{"awarded": "2020-01-01", "level": "l3"}], "2021-01-01", Held()),
        (
            [{"awarded": "2020-01-01", "level": "l4"}, {"awarded": "2022-01-01"}],
            "2023-01-01",
            Held(date(2020, 1, 1), 3, 1096),
        ),
        ([{"awarded": "2020-01-01"}, {"awarded": "2022-01-01", "level": "l3"}], "2023-01-01", Held()),
        ([{"awarded": "2020-01-01", "revoked": "2021-06"}], "2021-06-01", Held()),
        ([{"awarded": "2020-01-01", "revoked": "2021-06"}], "2021-05-31", Held(date(2020, 1, 1), 1, 516)),
        ([{"period": "2020"}], "2021-06-01", Held()),
    ],
)
def test_a_level_is_held_as_long_as_the_awards_show_without_a_gap(
    ratings: list[dict[str, object]], day: str, held: Held
) -> None:
    awards = derive_awards([make_rating(**fields) for fields in ratings], {"star": make_scheme()}, TODAY)
    assert held_for(awards, "star", "l4", date.fromisoformat(day)) == held


def test_a_year_alone_shows_a_shortest_and_a_longest_time() -> None:
    awards = derive_awards([make_rating(awarded="2023")], {"star": make_scheme()}, TODAY)
    day = date(2025, 6, 1)
    assert held_for(awards, "star", "l5", day).years == 1
    assert held_for(awards, "star", "l5", day, at_most=True).years == 2


def test_awards_of_another_scheme_are_no_evidence() -> None:
    awards = derive_awards([make_rating(scheme="other", awarded="2023")], {"other": make_scheme()}, TODAY)
    assert held_for(awards, "star", "l5", TODAY) == Held()


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        (
            "cheng-du-shi-ji-xie-hang-ye-xie-hui",
            [("4a", "in_force", "2031-03-09"), ("4a", "superseded", None), ("4a", "superseded", None)],
        ),
        (
            "shen-zhen-shi-gao-fen-zi-hang-ye-xie-hui",
            [
                ("5a", "in_force", "2028-12-31"),
                ("5a", "superseded", "2023-12-31"),
                ("5a", "superseded", "2018-12-31"),
            ],
        ),
        ("jiang-su-sheng-gong-cheng-zi-xun-xie-hui", [("5a", "in_force", "2028-04-04")]),
        ("hang-zhou-shi-jiang-su-shang-hui", [("5a", "in_force", "2027-11-30")]),
        ("chang-sha-shi-chang-de-shang-hui", [("5a", "expired", "2026-04-26")]),
        ("ha-er-bin-shi-qiao-shang-lian-he-hui", [("5a", "expired", "2019-12-31")]),
        ("xu-zhou-shi-fu-jian-shang-hui", [("5a", "undated", None)]),
        ("jiang-yin-shi-shen-gang-shang-hui", [("sihao", "by_period", None)]),
        ("hai-nan-sheng-gui-zhou-shang-hui", [("sihao", "by_period", None)]),
    ],
)
def test_real_records_have_the_right_state_on_the_day(
    real: Loaded, slug: str, told: list[tuple[str, AwardState, str | None]]
) -> None:
    awards = derive_awards(real.chambers[slug].chamber.ratings, real.schemes, TODAY)
    ends = [award.ends.isoformat() if award.ends else None for award in awards]
    assert [(a.level.id, a.state, end) for a, end in zip(awards, ends, strict=True)] == told


@pytest.fixture(scope="module")
def real() -> Loaded:
    return read_all(Path(__file__).resolve().parent.parent)


@st.composite
def written_dates(draw: st.DrawFn) -> str:
    """A date as precise as a record may know it."""
    return draw(DAYS).isoformat()[: draw(st.sampled_from((4, 7, 10)))]


@st.composite
def rating_lists(draw: st.DrawFn) -> list[Rating]:
    """The ratings of one chamber: some without a date, some revoked."""
    ratings = []
    for _ in range(draw(st.integers(1, 4))):
        fields = {"level": draw(st.sampled_from(("l3", "l4", "l5")))}
        if draw(st.booleans()):
            fields["awarded"] = draw(written_dates())
        elif draw(st.booleans()):
            fields["period"] = str(draw(DAYS).year)
        ratings.append(make_rating(**fields))
    return ratings


@given(rating_lists(), st.integers(1, 10), DAYS, st.integers(0, 4000))
def test_a_state_never_improves_while_no_award_is_added(
    ratings: list[Rating], validity: int, day: date, later: int
) -> None:
    scheme = make_scheme(validity_years=validity)
    before = states(*ratings, scheme=scheme, day=day)
    after = states(*ratings, scheme=scheme, day=day + timedelta(days=later))
    for old, new in zip(before, after, strict=True):
        if old == "undated":
            assert new in ("undated", "superseded")
        else:
            assert WORSE.index(old) <= WORSE.index(new)
        if old in ("superseded", "expired"):
            assert new == old


@given(rating_lists(), DAYS)
def test_the_day_is_the_only_clock(ratings: list[Rating], day: date) -> None:
    schemes = {"star": make_scheme()}
    known = [rating for rating in ratings if rating.awarded is None or rating.awarded.first_day <= day]
    told = {id(award.rating): award for award in derive_awards(ratings, schemes, day)}
    # What is awarded after the day changes nothing that is said of the day.
    assert all(told[id(award.rating)] == award for award in derive_awards(known, schemes, day))
    assert derive_awards(ratings, schemes, day) == derive_awards(tuple(ratings), schemes, day)


@given(DAYS, st.integers(1, 10))
def test_expiring_begins_ninety_days_before_the_end(awarded: date, validity: int) -> None:
    rating, scheme = make_rating(awarded=awarded.isoformat()), make_scheme(validity_years=validity)
    end = award_end(rating, scheme)
    assert end is not None
    assert award_state(rating, scheme, end, end.day - timedelta(days=EXPIRING_DAYS)) == "expiring"
    assert award_state(rating, scheme, end, end.day - timedelta(days=EXPIRING_DAYS + 1)) == "in_force"


@given(DAYS, st.integers(1, 50))
def test_an_anniversary_is_the_same_day_or_the_last_of_february(day: date, years: int) -> None:
    later = plus_years(day, years)
    assert (later.year, later.month) == (day.year + years, day.month)
    assert later.day == day.day or (day.month, day.day, later.day) == (2, 29, 28)


@given(DAYS, st.sampled_from((4, 7)), st.integers(1, 10))
def test_no_end_comes_after_the_one_told_for_a_date_known_roughly(
    day: date, length: int, validity: int
) -> None:
    scheme = make_scheme(validity_years=validity)
    exact = award_end(make_rating(awarded=day.isoformat()), scheme)
    rough = award_end(make_rating(awarded=day.isoformat()[:length]), scheme)
    assert exact is not None
    assert rough is not None
    assert exact.day <= rough.day
    assert (exact.latest, rough.latest) == (False, True)


@given(rating_lists(), DAYS)
def test_what_is_shown_to_have_been_held_is_never_more_than_can_be(ratings: list[Rating], day: date) -> None:
    awards = derive_awards(ratings, {"star": make_scheme()}, TODAY)
    least = held_for(awards, "star", "l3", day)
    assert least.days >= 0
    assert least.years * 365 <= least.days
    assert least.since is None or least.since <= day
