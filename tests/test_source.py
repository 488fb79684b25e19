"""YAML text to values and places: nothing is raised, nothing is guessed, everything has an address."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chamberbook.problems import Place
from chamberbook.source import MAX_BYTES, parse_text, parse_yaml

RECORD = """\
name: 宜兴市示例商会
contact:
  phone: 0510-87491234
members:
  - {count: 59, unit: 企业}
  - count: 193
    unit: 企业
"""


def value(text: str) -> object:
    document = parse_yaml(text.encode(), "a.yml")
    assert document.problems == ()
    return document.value


def rules(data: bytes | str) -> list[str]:
    return [p.rule for p in parse_yaml(data.encode() if isinstance(data, str) else data, "a.yml").problems]


@pytest.mark.parametrize(
    "text", ["02134", "no", "yes", "5E3", "0x1F", "1_000", "2008-06", "2008-06-01", "12:30", ".inf"]
)
def test_plain_scalars_stay_as_written(text: str) -> None:
    assert value(f"a: {text}\n") == {"a": text}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("NULL", None),
        ("true", True),
        ("False", False),
        ('"true"', "true"),
        ("''", ""),
    ],
)
def test_only_nulls_and_booleans_are_more_than_text(text: str, expected: object) -> None:
    assert value(f"a: {text}\n") == {"a": expected}


def test_values_are_plain_and_ordered() -> None:
    assert value(RECORD) == {
        "name": "宜兴市示例商会",
        "contact": {"phone": "0510-87491234"},
        "members": [{"count": "59", "unit": "企业"}, {"count": "193", "unit": "企业"}],
    }


def test_a_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    document = parse_yaml(b"\xef\xbb\xbf" + RECORD.replace("\n", "\r\n").encode(), "a.yml")
    assert document.problems == ()
    assert document.value == value(RECORD)
    assert document.place(("members", 1, "unit")) == Place("a.yml", 7, 11)


@pytest.mark.parametrize(
    ("loc", "key", "line", "column"),
    [
        (("name",), False, 1, 7),
        (("name",), True, 1, 1),
        (("contact", "phone"), False, 3, 10),
        (("members", 0, "unit"), False, 5, 23),
        (("members", 1, "count"), True, 6, 5),
        (("members", 1), False, 6, 5),
        (("members", 1, "as_of"), False, 6, 5),
        (("contact", "phone", "nothing", 3), False, 3, 10),
        (("region",), False, 1, 1),
    ],
)
def test_a_place_is_that_of_the_value_its_key_or_what_lacks_it(
    loc: tuple[str | int, ...], key: bool, line: int, column: int
) -> None:
    assert parse_yaml(RECORD.encode(), "a.yml").place(loc, key=key) == Place("a.yml", line, column)


def test_columns_count_characters() -> None:
    document = parse_yaml("甲: {乙: 𠮷𠮷, 丙: x}\n".encode(), "a.yml")
    assert document.place(("甲", "丙")).column == 15


@pytest.mark.parametrize("opening", ["[", "- ", "? ", "{a: ", "[{"])
def test_deep_nesting_is_refused_before_it_can_hurt(opening: str) -> None:
    data = opening * (MAX_BYTES // len(opening))
    assert rules(data[:200_000]) == ["YAML-017"]


def test_twenty_levels_are_allowed() -> None:
    assert rules("a: " + "[" * 19 + "]" * 19) == []
    assert rules("a: " + "[" * 20 + "]" * 20) == ["YAML-017"]


def test_a_large_file_is_refused_unread() -> None:
    assert rules(b"a: " + b"x" * MAX_BYTES) == ["YAML-016"]


def test_very_many_keys_are_refused() -> None:
    assert rules("".join(f"k{i}: 1\n" for i in range(50_000))) == ["YAML-018"]


def test_reading_stops_after_a_hundred_faults() -> None:
    found = rules("a: 1\n" * 50_000)
    assert found == ["YAML-006"] * 100 + ["YAML-023"]


def test_faults_of_one_file_are_reported_together_in_order() -> None:
    text = "a: &x 1\nb: !t 2\na: 3\nc: “四”\nd: [1\n"
    assert rules(text) == ["YAML-007", "YAML-008", "YAML-006", "YAML-004", "YAML-019"]


def test_the_first_of_two_equal_keys_counts() -> None:
    document = parse_yaml(b"a: 1\nb: 2\na: 3\n", "a.yml")
    assert document.value == {"a": "1", "b": "2"}
    assert document.place(("a",)) == Place("a.yml", 1, 4)


def test_wide_quotes_are_text_inside_ascii_quotes_and_inside_a_name() -> None:
    assert value('a: "“四好”"\nb: “四好”商会\nc: “甲”和“乙”\n') == {
        "a": "“四好”",
        "b": "“四好”商会",
        "c": "“甲”和“乙”",
    }


def test_words_of_libyaml_are_never_shown() -> None:
    for text in (
        "a: [",
        "a: 'x",
        "a: b: c",
        "a: @",
        "\ta: b",
        "a: *",
        "- a\nb: c",
        "%a",
        'a: "\\q"',
        "a: |x",
    ):
        (problem,) = parse_yaml(text.encode(), "a.yml").problems
        assert not any(word in problem.line() for word in ("expected", "while", "found", "scanning")), problem


def test_text_files_lose_windows_line_ends_and_keep_the_rest() -> None:
    assert parse_text(b"\xef\xbb\xbf# a\r\n\r\nb\r\n", "a.md") == ("# a\n\nb\n", ())
    assert [p.rule for p in parse_text("条".encode("gbk"), "a.md")[1]] == ["YAML-014"]
    assert [p.rule for p in parse_text(b" \n", "a.md")[1]] == ["YAML-012"]


def check_whatever(data: bytes) -> None:
    document = parse_yaml(data, "a.yml")
    assert document.value is not None or document.problems
    lines = document.text.split("\n")
    for place in [p.place for p in document.problems] + [document.place(("a", 0, "b"))]:
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
    assert all(problem.line() for problem in document.problems)


@settings(deadline=None)
@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00")
@example(b"\xef\xbb\xbf")
def test_any_bytes_give_a_value_or_problems(data: bytes) -> None:
    check_whatever(data)


@settings(deadline=None)
@given(st.text(st.sampled_from("ab: -[]{},\"'\n\t#&*!|>%@`?<=~\\“”：　\r\x85\x00\ufeff"), max_size=60))
def test_any_soup_of_yaml_signs_gives_a_value_or_problems(text: str) -> None:
    check_whatever(text.encode())


PLAIN_TEXT = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"]), max_size=12
)
VALUES = st.recursive(
    PLAIN_TEXT | st.booleans() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(PLAIN_TEXT.filter(lambda k: k != "<<"), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["name", "kind", "members"]), VALUES, min_size=1))
def test_what_a_yaml_writer_writes_is_read_back(record: dict[str, object]) -> None:
    text = (
        yaml.safe_dump(record, allow_unicode=True, default_style='"')
        .replace('!!bool "', '"')
        .replace('!!null "', '"')
    )
    assert parse_yaml(text.encode(), "a.yml").value == as_text(record)


def as_text(value: object) -> object:
    """A value as quoted YAML holds it: booleans and nulls have become words."""
    if isinstance(value, dict):
        return {key: as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_text(item) for item in value]
    return (
        {True: "true", False: "false", None: "null"}.get(value, value)
        if not isinstance(value, str)
        else value
    )
