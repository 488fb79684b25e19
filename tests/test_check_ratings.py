"""The rules between a rating and its scheme: what is a mistake, what is only not shown, and what is neither."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from factories import chamber_fields, make_site

from chamberbook import check
from chamberbook.load import read_all
from chamberbook.problems import Problem

TODAY = date(2026, 11, 23)
RECORD = "chambers/yixing/yixing-shili.yml"
SCHEME = "chambers/_schemes/pingding.yml"


def stars(number: int, **fields: object) -> dict[str, object]:
    return {
        "id": f"l{number}",
        "label": f"{number}星",
        "form": "stars",
        "stars": number,
        "rank": number,
        **fields,
    }


def scheme_fields(**fields: object) -> dict[str, object]:
    levels = [
        stars(3, score_min=70, score_max=80, issuers=["*区工商业联合会"]),
        stars(4, score_min=80, score_max=90, requires=[{"level": "l3", "years": 1, "from_year": 2}]),
        stars(5, score_min=90, requires=[{"level": "l4", "years": 1, "from_year": 2}]),
    ]
    return {
        "name": "示例市商会评定办法",
        "short_name": "示例评定",
        "summary": "评三星到五星，三年有效。",
        "issuer": "宜兴市工商业联合会",
        "federation": "yixing",
        "kinds": ["industry", "township"],
        "levels": levels,
        "validity_years": 3,
        "since": 2015,
        "total_points": 100,
        **fields,
    }


def problems(
    root: Path, *ratings: dict[str, object], scheme: dict[str, object] | None = None, **fields: object
) -> tuple[Problem, ...]:
    """What the rules find in a chamber with these ratings; `l5` of 2015 is the rating that breaks none."""
    listed = [{"scheme": "pingding", "level": "l5", "source": "r1", **rating} for rating in ratings]
    files = {RECORD: chamber_fields(ratings=listed, **fields), SCHEME: scheme_fields(**(scheme or {}))}
    loaded = read_all(make_site(root, files))
    assert loaded.problems == ()
    return check.run(loaded, TODAY)


def rules(root: Path, *ratings: dict[str, object], **fields: object) -> list[str]:
    return [problem.rule for problem in problems(root, *ratings, **fields)]


@pytest.mark.parametrize(
    ("level", "score", "found"),
    [
        ("l3", 69.9, ["RATE-003"]),
        ("l3", 70, []),
        ("l3", 80, ["RATE-003"]),
        ("l4", 80, []),
        ("l4", 89.99, []),
        ("l4", 90, ["RATE-003"]),
        ("l5", 90, []),
        ("l5", 100, []),
        ("l5", 100.5, ["RATE-003"]),
    ],
)
def test_a_score_lies_in_the_band_of_its_level_with_the_lower_bound(
    tmp_path: Path, level: str, score: float, found: list[str]
) -> None:
    assert rules(tmp_path, {"level": level, "score": score, "awarded": "2015-12-01"}) == found


def test_enough_points_for_a_level_whose_prerequisite_is_not_met_is_no_mistake(tmp_path: Path) -> None:
    held = {"level": "l3", "awarded": "2020-01-10"}
    assert rules(tmp_path, held, {"level": "l4", "score": 95, "awarded": "2021-12-01"}) == []


def test_enough_points_for_a_level_whose_prerequisite_is_met_is_asked_about(tmp_path: Path) -> None:
    held = [{"level": "l4", "awarded": "2015-12-01"}, {"level": "l4", "awarded": "2018-11-20"}]
    assert rules(tmp_path, *held, {"level": "l4", "score": 95, "awarded": "2021-10-01"}) == ["RATE-003"]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({"awarded": "2020-02-29"}, "2021-02-27", ["RATE-004"]),
        ({"awarded": "2020-02-29"}, "2021-02-28", []),
        ({"awarded": "2020-03-10"}, "2021-03-09", ["RATE-004"]),
        ({"awarded": "2020-03-10"}, "2021-03-10", []),
        ({"awarded": "2020-03-10"}, "2023-03-10", []),
        ({"awarded": "2020-03-10"}, "2023-03-12", ["RATE-005"]),
        ({"awarded": "2020"}, "2021-01-01", []),
        ({"awarded": "2020"}, "2021", []),
        ({"awarded": "2020-06"}, "2021-05", ["RATE-004"]),
        ({"awarded": "2022-01-01"}, "2021-03-10", ["RATE-005"]),
        ({"awarded": "2020-03-10", "revoked": "2021-01-01"}, "2021-06-01", ["RATE-005"]),
        ({"awarded": "2020-03-10", "level": "l4"}, "2021-06-01", ["RATE-005"]),
        ({"period": "2020"}, "2021-06-01", ["RATE-005"]),
    ],
)
def test_a_level_is_held_long_enough_before_the_next(
    tmp_path: Path, before: dict[str, object], after: str, found: list[str]
) -> None:
    first = {"level": "l3", **before}
    assert rules(tmp_path, first, {"level": "l4", "awarded": after}) == found


def test_in_the_first_year_of_a_scheme_the_score_alone_decides(tmp_path: Path) -> None:
    assert rules(tmp_path, {"awarded": "2015-12-31"}) == []
    assert rules(tmp_path, {"awarded": "2016-01-01"}) == ["RATE-005"]


def test_without_the_scheme_s_beginning_a_later_prerequisite_is_not_asked_for(tmp_path: Path) -> None:
    assert rules(tmp_path, {"awarded": "2020"}, scheme={"since": None}) == []


def test_an_award_without_a_date_asks_only_whether_the_level_below_is_on_record(tmp_path: Path) -> None:
    levels = [stars(3), stars(4), stars(5, requires=[{"level": "l4", "years": 0}])]
    assert rules(tmp_path, {}, scheme={"levels": levels}) == ["RATE-005"]
    assert rules(tmp_path, {}, {"level": "l4"}, scheme={"levels": levels}) == []


def test_a_prerequisite_names_scheme_level_and_article(tmp_path: Path) -> None:
    clauses = {"prerequisite": "第六条"}
    (problem,) = problems(tmp_path, {"awarded": "2019-02"}, scheme={"clauses": clauses})
    assert problem.severity == "warning"
    assert problem.message.text() == "“示例评定”5星的先决条件（第六条）是先持有4星满 1 年，资料里看不出来"


@pytest.mark.parametrize(
    ("rating", "found"),
    [
        ({"level": "l3", "awarded": "2026-11-23"}, []),
        ({"level": "l3", "awarded": "2026"}, []),
        ({"level": "l3", "awarded": "2026-11-24"}, ["RATE-006"]),
        ({"level": "l3", "awarded": "2026-12"}, ["RATE-006"]),
        ({"level": "l3", "period": "2026-2027"}, []),
        ({"level": "l3", "period": "2027"}, ["RATE-006"]),
        ({"level": "l3", "awarded": "2015"}, []),
        ({"level": "l3", "awarded": "2014-12-31"}, ["RATE-007"]),
        ({"level": "l3", "period": "2014-2015"}, []),
        ({"level": "l3", "period": "2014"}, ["RATE-007"]),
    ],
)
def test_an_award_lies_between_the_beginning_of_its_scheme_and_today(
    tmp_path: Path, rating: dict[str, object], found: list[str]
) -> None:
    assert rules(tmp_path, rating) == found


@pytest.mark.parametrize(
    ("awarded", "found"),
    [("2024-06-30", []), ("2024", []), ("2024-07", ["RATE-007"]), ("2025", ["RATE-007"])],
)
def test_nothing_is_awarded_after_the_end_of_a_scheme(tmp_path: Path, awarded: str, found: list[str]) -> None:
    assert rules(tmp_path, {"level": "l3", "awarded": awarded}, scheme={"ended": "2024-06"}) == found


@pytest.mark.parametrize(
    ("rating", "found"),
    [
        ({"awarded": "2019-05"}, []),
        ({"awarded": "2019"}, []),
        ({"awarded": "2019-04-30"}, ["RATE-008"]),
        ({"period": "2019"}, []),
        ({"period": "2018"}, ["RATE-008"]),
    ],
)
def test_a_chamber_is_founded_before_it_is_rated(
    tmp_path: Path, rating: dict[str, object], found: list[str]
) -> None:
    assert rules(tmp_path, {"level": "l3", **rating}, founded="2019-05") == found


def test_a_doubt_about_the_founding_silences_the_comparison(tmp_path: Path) -> None:
    doubts = [{"about": "founded", "note": "两种说法。"}]
    rating = {"level": "l3", "awarded": "2018"}
    assert rules(tmp_path, rating, founded="2019-05", doubts=doubts) == []


@pytest.mark.parametrize(
    ("level", "issuer", "found"),
    [
        ("l5", "宜兴市工商业联合会", []),
        ("l5", "宜兴市工商联", []),
        ("l5", " 宜兴市 工商联 ", []),
        ("l5", "宜兴市工商联、宜兴市总商会", []),
        ("l5", "宜兴市工商联等12家单位", []),
        ("l5", "江阴市工商联", ["RATE-009"]),
        ("l3", "某某区工商联", []),
        ("l3", "区工商联", ["RATE-009"]),
        ("l3", "宜兴市工商联", ["RATE-009"]),
    ],
)
def test_a_level_is_awarded_by_the_body_that_the_scheme_names(
    tmp_path: Path, level: str, issuer: str, found: list[str]
) -> None:
    assert rules(tmp_path, {"level": level, "awarded": "2015-10", "awarded_by": issuer}) == found


def test_a_scheme_without_an_issuer_accepts_any(tmp_path: Path) -> None:
    rating = {"awarded": "2015-10", "awarded_by": "某市工商联"}
    assert rules(tmp_path, rating, scheme={"issuer": None, "federation": None}) == []


def test_a_scheme_may_accept_several_issuers(tmp_path: Path) -> None:
    scheme = {"issuers": ["民政部", "*民政局"], "federation": None}
    for issuer, found in (("民政部", []), ("成都市民政局", []), ("成都市工商联", ["RATE-009"])):
        rating = {"awarded": "2015-10", "awarded_by": issuer}
        assert rules(tmp_path / issuer, rating, scheme=scheme) == found


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ({"awarded": "2015-12-01"}, {"awarded": "2015-12-01"}, ["RATE-010"]),
        ({"awarded": "2015-12-01"}, {"awarded": "2015-12-02"}, []),
        ({"period": "2015"}, {"period": "2015"}, ["RATE-010"]),
        ({"period": "2015", "awarded": "2015-06"}, {"period": "2015", "awarded": "2015-12"}, []),
        ({"period": "2015", "awarded": "2015"}, {"period": "2015", "awarded": "2015-12"}, ["RATE-010"]),
        ({"awarded": "2015"}, {"awarded": "2015"}, ["RATE-011"]),
        ({"awarded": "2015"}, {"awarded": "2015-12-01"}, ["RATE-011"]),
        ({"awarded": "2015-12"}, {}, []),
    ],
)
def test_one_scheme_gives_one_level_at_a_time(
    tmp_path: Path, first: dict[str, object], second: dict[str, object], found: list[str]
) -> None:
    levels = [stars(3), stars(4), stars(5)]
    assert rules(tmp_path, {"level": "l4", **first}, second, scheme={"levels": levels}) == found


def test_the_same_award_is_written_once(tmp_path: Path) -> None:
    twice = [{"awarded": "2015-12-01"}, {"awarded": "2015-12-01"}]
    (problem,) = problems(tmp_path, *twice)
    assert problem.message.text() == "“示例评定”5星的同一次授予（2015-12-01）写了两条"


def test_several_titles_of_one_scheme_may_be_held_at_once(tmp_path: Path) -> None:
    levels = [
        {"id": "dabiao", "label": "达标", "form": "title", "rank": 1},
        {"id": "xianjin", "label": "先进", "form": "title", "rank": 2},
    ]
    both = [{"level": "dabiao", "period": "2020"}, {"level": "xianjin", "period": "2020"}]
    assert rules(tmp_path, *both, scheme={"levels": levels, "validity_years": None}) == []


def test_a_scheme_covers_the_kinds_that_it_names_or_all(tmp_path: Path) -> None:
    chamber = {"kind": "market", "industries": []}
    rating = {"awarded": "2015-12-01"}
    assert rules(tmp_path / "named", rating, **chamber) == ["RATE-012"]
    assert rules(tmp_path / "all", rating, scheme={"kinds": []}, **chamber) == []


@pytest.mark.parametrize(
    ("rating", "found"),
    [
        ({"awarded": "2015-12-01", "valid_until": "2018-12-01"}, []),
        ({"awarded": "2015-12-01", "valid_until": "2018-12"}, []),
        ({"awarded": "2015-12-01", "valid_until": "2018-12-02"}, ["RATE-013"]),
        ({"awarded": "2015", "valid_until": "2018-12-31"}, []),
        ({"awarded": "2015", "valid_until": "2019"}, ["RATE-013"]),
        ({"awarded": "2015-12-01", "valid_until": "2015-11"}, ["DATE-002"]),
        ({"valid_until": "2030"}, []),
    ],
)
def test_a_stated_end_is_at_most_what_the_scheme_allows(
    tmp_path: Path, rating: dict[str, object], found: list[str]
) -> None:
    assert rules(tmp_path, rating) == found


def test_a_scheme_without_a_term_allows_any_stated_end(tmp_path: Path) -> None:
    rating = {"awarded": "2015-12-01", "valid_until": "2030"}
    assert rules(tmp_path, rating, scheme={"validity_years": None}) == []


def test_a_rating_without_a_source_is_an_error_that_says_what_to_write(tmp_path: Path) -> None:
    rating = {"scheme": "shili-xingji", "level": "wu-xing", "awarded": "2025"}
    (problem,) = read_all(make_site(tmp_path, {RECORD: chamber_fields(ratings=[rating])})).problems
    assert (problem.rule, problem.severity) == ("FIELD-002", "error")
    assert problem.hint is not None
    assert "没有来源的不收" in problem.hint.text()


def test_the_real_schemes_can_be_checked() -> None:
    schemes = read_all(Path(__file__).resolve().parent.parent).schemes
    needed = {
        (slug, level.id): [(one.level, one.years, one.from_year) for one in level.requires]
        for slug, scheme in schemes.items()
        for level in scheme.levels
        if level.requires
    }
    assert needed == {
        ("nanjing-xingji", "si-xing"): [("san-xing", 1, 2)],
        ("nanjing-xingji", "wu-xing"): [("si-xing", 1, 2)],
        ("nantong-pinggu", "4a"): [("3a", 2, 1)],
        ("nantong-pinggu", "5a"): [("4a", 2, 1)],
    }
    assert all(level.prerequisite for scheme in schemes.values() for level in scheme.levels if level.requires)


@pytest.mark.parametrize(
    ("score", "fitting"), [(80, "4星"), (79.9, "3星"), (70, "3星"), (50, "2星"), (0, "2星")]
)
def test_the_hint_names_the_level_that_a_score_belongs_to(tmp_path: Path, score: float, fitting: str) -> None:
    levels = [stars(2, score_max=70), *scheme_fields()["levels"]]  # type: ignore[misc]
    (problem,) = problems(tmp_path, {"score": score, "awarded": "2015-12-01"}, scheme={"levels": levels})
    assert problem.hint is not None
    assert problem.hint.text(str) == f"{score:g} 分是{fitting}；核对得分和等级"


def test_the_band_of_a_level_is_told_by_the_bounds_that_it_has(tmp_path: Path) -> None:
    levels = [stars(2, score_max=70), *scheme_fields()["levels"]]  # type: ignore[misc]
    told = {
        level: problems(
            tmp_path, {"level": level, "score": score, "awarded": "2015-12-01"}, scheme={"levels": levels}
        )
        for level, score in (("l2", 75), ("l4", 75), ("l5", 75))
    }
    assert {level: found[0].message.text(str).partition("：")[2] for level, found in told.items()} == {
        "l2": "不到 70 分，这里写 75 分",
        "l4": "80 分以上、不到 90 分，这里写 75 分",
        "l5": "90 分以上，这里写 75 分",
    }
