"""The rules: each has a broken site whose whole report is kept beside it, in both languages."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from factories import SITES, SMALL, chamber_fields, make_site
from hypothesis import given, settings
from hypothesis import strategies as st

from chamberbook import check, messages
from chamberbook.check import RULES, uscc
from chamberbook.load import read_all
from chamberbook.problems import Message, Place, Problem, in_order, masked, report, shown
from chamberbook.reports import FORMATS, Report

TODAY = date(2026, 11, 23)
BROKEN = sorted(path.name for path in (SITES / "broken").iterdir())
NEW = "chambers/yixing/yixing-shili.yml"
#: What no file of sites/broken can hold, or is too large to keep there; test_source and test_load have them.
ELSEWHERE = {
    "YAML-016", "YAML-017", "YAML-018", "YAML-023", "FIELD-010", "FIELD-011",
    "FILE-001", "FILE-002", "FILE-006", "FILE-008",
}  # fmt: skip


def problems(root: Path) -> tuple[Problem, ...]:
    loaded = read_all(root)
    return (*loaded.problems, *check.run(loaded, TODAY))


def report_of(root: Path, base_url: str | None = None) -> Report:
    loaded = read_all(root)
    return Report(tuple(in_order((*loaded.problems, *check.run(loaded, TODAY)))), loaded.files, base_url)


def found(root: Path) -> list[tuple[str, int]]:
    return [(p.rule, p.place.line) for p in problems(root)]


@pytest.mark.parametrize("case", BROKEN)
@pytest.mark.parametrize(("lang", "expected"), [("zh", "expected.txt"), ("en", "expected.en.txt")])
def test_the_report_of_a_broken_site(tmp_path: Path, case: str, lang: str, expected: str) -> None:
    root = make_site(tmp_path)
    shutil.copytree(SITES / "broken" / case, root, dirs_exist_ok=True)
    text = (SITES / "broken" / case / expected).read_text("utf-8")
    assert FORMATS["text"](report_of(root), messages.translate(lang)) + "\n" == text


def test_every_rule_has_a_broken_site() -> None:
    package = SMALL.parents[2] / "chamberbook"
    code = "".join(
        path.read_text("utf-8")
        for part in ("source", "load", "check")
        for path in (package / part).glob("*.py")
    )
    known = set(re.findall(r'"([A-Z]+-\d{3})"', code))
    shown_in = {case: (SITES / "broken" / case / "expected.txt").read_text("utf-8") for case in BROKEN}
    assert {rule for rule in known if not any(rule in text for text in shown_in.values())} == ELSEWHERE


def test_a_case_is_named_for_a_rule_that_it_breaks() -> None:
    for case in BROKEN:
        if match := re.match(r"([a-z]+-\d{3})-", case):
            assert match[1].upper() in (SITES / "broken" / case / "expected.txt").read_text("utf-8"), case


def test_the_small_site_and_the_real_directory_have_no_errors() -> None:
    for root in (SMALL, SMALL.parents[2]):
        assert [p.line() for p in problems(root) if p.severity == "error"] == []


def test_rule_ids_are_unique_and_every_rule_says_what_it_asks() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert re.fullmatch(r"[A-Z]+-\d{3}", rule.id)
        assert re.fullmatch(r"[^\n]*[\u4e00-\u9fff][^\n]*。", rule.find.__doc__ or ""), rule.id


def test_a_list_that_cannot_be_read_does_not_make_every_word_unknown(tmp_path: Path) -> None:
    names = ("regions", "industries", "kinds", "charter_types", "charter_topics", "activity_topics")
    root = make_site(tmp_path, {f"chambers/_vocabulary/{name}.yml": "[" for name in names})
    assert {rule for rule, _ in found(root)} == {"YAML-019"}


def test_what_points_to_a_record_that_cannot_be_read_is_not_unknown(tmp_path: Path) -> None:
    broken = dict.fromkeys(
        ["chambers/yixing/yixing-taoci.yml", "chambers/_schemes/shili-xingji.yml"], "name: [\n"
    )
    rating = {"scheme": "shili-xingji", "level": "wu-xing", "source": "r1"}
    root = make_site(tmp_path, {**broken, NEW: chamber_fields(ratings=[rating])})
    assert {rule for rule, _ in found(root)} == {"YAML-019"}


def test_an_old_day_makes_later_facts_future_ones() -> None:
    loaded = read_all(SMALL)
    assert {p.rule for p in check.run(loaded, date(2024, 1, 1))} == {"DATE-001", "RATE-006"}


@pytest.mark.parametrize("field", ["region", "federation"])
def test_a_stated_doubt_silences_the_reminder_about_the_region(tmp_path: Path, field: str) -> None:
    record = chamber_fields(region="320281", doubts=[{"about": field, "note": "由宜兴代收。"}])
    assert found(make_site(tmp_path, {NEW: record})) == []


@pytest.mark.parametrize(
    "phone",
    [
        "010-81234567", "0510-87491234", "0755-12345678".replace("-1", "-8"), "05108749123", "0510-87491234转801",
        "0510-87491234 转 801", "0510-87491234-801", "(0510)87491234", "0510 87491234", "400-123-4567", "8001234567",
        "12345", "+86-510-87491234".replace("+86-510", "+86-0510"), "+852 2345 6789", "０５１０－８７４９１２３４",
        "0510-87491234、87491235".replace("、8", "、0510-8"), "0510-87491234；0510-87491235", "021–62345678",
    ],
)  # fmt: skip
def test_ways_of_writing_a_telephone_number(tmp_path: Path, phone: str) -> None:
    rules = {rule for rule, _ in found(make_site(tmp_path, {NEW: chamber_fields(contact={"phone": phone})}))}
    assert rules <= {"CONTACT-002"}


@pytest.mark.parametrize(
    "phone", ["87491234", "0510-1749123", "电话0510-87491234", "0510-874912345", "12", "abc"]
)
def test_what_is_no_telephone_number(tmp_path: Path, phone: str) -> None:
    assert [r for r, _ in found(make_site(tmp_path, {NEW: chamber_fields(contact={"phone": phone})}))] == [
        "CONTACT-001"
    ]


@pytest.mark.parametrize(
    "fact",
    [
        "见 https://example.org/13812345678",
        "产值13800000000元",
        "编号2013812345678",
        "51320000MJ13812345",
        "138 1234 567",
        "2008-06-30",
    ],
)
def test_what_only_looks_like_a_mobile_number_is_left_alone(tmp_path: Path, fact: str) -> None:
    activity = {"topic": "培训", "fact": fact, "source": "r1"}
    assert found(make_site(tmp_path, {NEW: chamber_fields(activities=[activity])})) == []


@pytest.mark.parametrize("number", ["11010519491231002X", "11010519491231002x", "440308199901010012"])
def test_identity_numbers_are_found_by_birthday_and_check_character(tmp_path: Path, number: str) -> None:
    activity = {"topic": "培训", "fact": f"经办人{number}", "source": "r1"}
    (problem,) = problems(make_site(tmp_path, {NEW: chamber_fields(activities=[activity])}))
    assert problem.rule == "PII-002"
    assert number[6:14] not in problem.line()


@pytest.mark.parametrize("number", ["110105194912310021", "11010519491331002X", "999999999999999999"])
def test_other_numbers_of_eighteen_digits_are_none(tmp_path: Path, number: str) -> None:
    activity = {"topic": "培训", "fact": f"凭证{number}", "source": "r1"}
    assert found(make_site(tmp_path, {NEW: chamber_fields(activities=[activity])})) == []


REAL_CODES = (
    "51420000MJH2003604", "51420000MJH200408C", "52420000MJH233410E", "51420000MJH200395N", "51420000MJH2003791",
    "53420000MJH2448303", "52420000MJH233402K", "52420000MJH2333813", "52420000MJH23339XT", "51420000MJH200387U",
)  # fmt: skip


@pytest.mark.parametrize("code", [*REAL_CODES, "91350100M000100Y43"])
def test_real_credit_codes_pass_both_checks(code: str) -> None:
    assert uscc.outer_check(code) == code[17]
    assert uscc.inner_check(code) == code[16]


@settings(deadline=None)
@given(st.sampled_from(REAL_CODES), st.integers(0, 16), st.sampled_from(uscc.ALPHABET))
def test_any_single_slip_in_a_credit_code_is_noticed(code: str, index: int, character: str) -> None:
    wrong = code[:index] + character + code[index + 1 :]
    assert (uscc.outer_check(wrong) == code[17]) == (wrong == code)


def test_personal_numbers_are_masked() -> None:
    assert masked("电话13812345678、+86 139-1234-5678") == "电话138****5678、139****5678"
    assert masked("11010519491231002X") == "110105***********X"
    assert masked("0510-87491234") == "0510-87491234"


def test_a_shown_value_is_short_and_on_one_line() -> None:
    assert shown("甲\n乙\x1b[31m") == "甲 乙\ufffd[31m"
    assert len(shown("长" * 100)) == 40


def test_a_report_is_in_order_and_counts_what_it_lists() -> None:
    said = Message("甲")
    listed = [
        Problem(Place("b.yml", 2, 1), "A-001", said, severity="hint"),
        Problem(Place("b.yml", 10, 1), "A-001", said, Message("乙")),
        Problem(Place("a.yml", 9, 9), "B-001", said, severity="warning"),
    ]
    assert report(listed).split("\n") == [
        "a.yml:9:9: 提醒 B-001: 甲",
        "b.yml:2:1: 建议 A-001: 甲",
        "b.yml:10:1: 错误 A-001: 甲；乙",
        "共 1 处错误、1 处提醒、1 处建议，涉及 2 个文件。",
    ]
    assert report([]) == "检查通过，没有发现问题。"


def test_values_in_a_message_are_never_read_as_templates() -> None:
    assert Message("{a}", {"a": "{b} %s {0.__class__}"}).text() == "{b} %s {0.__class__}"


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ('contact: {phone: "05108749123"} # 05108749123', 19),
        ('contact: {address: "05108749123", phone: "05108749123"}', 43),
    ],
)
def test_a_correction_goes_to_the_value_itself_where_its_line_says_the_same_twice(
    tmp_path: Path, line: str, column: int
) -> None:
    record = yaml.safe_dump(chamber_fields(), allow_unicode=True, sort_keys=False) + line + "\n"
    (fix,) = [p.fix for p in problems(make_site(tmp_path, {NEW: record})) if p.rule == "CONTACT-002"]
    assert fix is not None
    assert (fix.column, fix.length) == (column, 11)


def test_regions_proposed_for_an_unknown_code_are_those_of_its_prefecture(tmp_path: Path) -> None:
    (problem,) = problems(make_site(tmp_path, {NEW: chamber_fields(region="320299")}))
    assert problem.rule == "REGION-001"
    assert problem.hint is not None
    assert re.findall(r'"(\d{6})"', problem.hint.text(str)) == ["320282", "320200", "320281"]


@pytest.mark.parametrize(
    ("first", "second"), [({}, {"successor": "yixing-shili"}), ({"successor": "yixing-xin"}, {})]
)
def test_a_chamber_and_the_one_it_merged_into_may_have_nearly_one_name(
    tmp_path: Path, first: dict[str, object], second: dict[str, object]
) -> None:
    def files(one: dict[str, object], two: dict[str, object]) -> dict[str, object]:
        return {
            NEW: chamber_fields(name="宜兴市陶瓷制品商会", **one),
            "chambers/yixing/yixing-xin.yml": chamber_fields(name="宜兴市陶瓷制品业商会", **two),
        }

    def ended(fields: dict[str, object]) -> dict[str, object]:
        return {**fields, "status": "merged"} if fields else {}

    apart = {rule for rule, _ in found(make_site(tmp_path / "apart", files({}, {})))}
    merged = {rule for rule, _ in found(make_site(tmp_path / "merged", files(ended(first), ended(second))))}
    assert apart - merged == {"NAME-005"}
