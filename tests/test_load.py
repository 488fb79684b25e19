"""Files to records: every mistake is a problem, none stops the next, nothing outside the root is read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from factories import SMALL, chamber_fields, make_site

from chamberbook.load import read_all
from chamberbook.load.fields import MAX_PROBLEMS, PATTERNS
from chamberbook.problems import Place
from chamberbook.schema import schemas

NEW = "chambers/yixing/yixing-shili.yml"


def rules(root: Path) -> list[str]:
    return [problem.rule for problem in read_all(root).problems]


def test_the_small_site_is_read_whole() -> None:
    loaded = read_all(SMALL)
    assert loaded.problems == ()
    assert loaded.unread == frozenset()
    assert list(loaded.chambers) == ["jiangsu-fujian", "yixing-canyin", "yixing-taoci", "yixing-zisha"]
    assert list(loaded.federations) == ["jiangsu", "yixing"]
    assert list(loaded.schemes) == ["shili-xingji"]
    assert len(loaded.vocabulary.regions) == 8
    taoci = loaded.chambers["yixing-taoci"]
    assert (taoci.federation, taoci.path) == ("yixing", "chambers/yixing/yixing-taoci.yml")
    assert taoci.texts["yixing-taoci.zilv-gongyue-2024.md"].startswith("# 宜兴市示例陶瓷行业自律公约\n")


def test_numbers_dates_and_flags_are_typed_once_read() -> None:
    chamber = read_all(SMALL).chambers["yixing-taoci"].chamber
    assert chamber.members[1].count == 193
    assert chamber.members[1].approx is True
    assert chamber.members[1].source == ("r1", "r2")
    assert str(chamber.founded) == "2003-08"
    assert chamber.ratings[1].score == 93.5


def test_the_place_of_any_field_of_any_file_is_found() -> None:
    loaded = read_all(SMALL)
    assert loaded.place("chambers/yixing/yixing-canyin.yml", ("region",)) == Place(
        "chambers/yixing/yixing-canyin.yml", 5, 9
    )
    assert loaded.place("chambers/_vocabulary/regions.yml", (3, "successors", 0, "code")).line == 4
    assert loaded.place("chambers/nowhere.yml", ("a",)) == Place("chambers/nowhere.yml", 1, 1)


def test_mistakes_of_all_files_are_found_in_one_run(tmp_path: Path) -> None:
    root = make_site(
        tmp_path,
        {
            NEW: chamber_fields(kind="club"),
            "chambers/yixing/yixing-canyin.yml": "name: [\n",
            "chambers/jiangsu/federation.yml": {"name": "江苏省工商业联合会"},
            "chambers/_schemes/shili-xingji.yml": b"\xff",
        },
    )
    loaded = read_all(root)
    assert sorted({p.place.path for p in loaded.problems}) == sorted(loaded.unread)
    assert len(loaded.unread) == 4
    assert list(loaded.chambers) == ["jiangsu-fujian", "yixing-taoci", "yixing-zisha"]


def test_a_file_with_a_mistake_still_counts_as_there(tmp_path: Path) -> None:
    assert read_all(make_site(tmp_path, {NEW: "name: ["})).unread == {NEW}


def test_a_root_without_records_is_one_problem(tmp_path: Path) -> None:
    (problem,) = read_all(tmp_path).problems
    assert (problem.rule, str(problem.place)) == ("FILE-001", "chambers:1:1")


def test_each_missing_list_of_the_vocabulary_is_a_problem(tmp_path: Path) -> None:
    root = make_site(
        tmp_path, {"chambers/_vocabulary/regions.yml": None, "chambers/_vocabulary/kinds.yml": None}
    )
    assert rules(root) == ["FILE-006", "FILE-006"]


@pytest.mark.parametrize("name", ["yixing-link.yml", "yixing-link.md", "federation-link"])
def test_links_are_refused_and_never_followed(tmp_path: Path, name: str) -> None:
    secret = tmp_path / "secret.yml"
    secret.write_text("secret: [", "utf-8")
    root = make_site(tmp_path / "root")
    (root / "chambers/yixing" / name).symlink_to(secret if "." in name else tmp_path)
    assert rules(root) == ["FILE-002"]


def test_a_linked_folder_of_records_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "chambers").symlink_to(SMALL / "chambers")
    assert rules(root) == ["FILE-002"]


def test_devices_and_pipes_are_refused_unopened(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    os.mkfifo(root / "chambers/yixing/yixing-pipe.yml")
    assert rules(root) == ["FILE-003"]


def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        # Permissions do not bind root; a folder under a file's name cannot be opened either, but it is stray.
        (make_site(tmp_path) / "chambers/yixing/yixing-folder.yml").mkdir()
        assert rules(tmp_path) == ["FILE-003"]
        return
    root = make_site(tmp_path, {NEW: chamber_fields()})
    (root / NEW).chmod(0)
    assert rules(root) == ["FILE-008"]


def test_hidden_files_are_passed_over(tmp_path: Path) -> None:
    assert (
        rules(make_site(tmp_path, {"chambers/.DS_Store": b"\x00", "chambers/yixing/.a.yml.swp": b"\x00"}))
        == []
    )


def test_file_names_cannot_forge_lines_of_the_report(tmp_path: Path) -> None:
    root = make_site(tmp_path, {"chambers/yixing/a\n::error::b.yml": "x"})
    (problem,) = read_all(root).problems
    assert "\n" not in problem.line()


def test_values_cannot_forge_lines_of_the_report(tmp_path: Path) -> None:
    root = make_site(tmp_path, {NEW: chamber_fields(kind="a\n::error::b")})
    (problem,) = read_all(root).problems
    assert "\n" not in problem.line()


def test_personal_numbers_in_a_wrong_value_are_masked(tmp_path: Path) -> None:
    root = make_site(tmp_path, {NEW: chamber_fields(region="13812345678", level="１３８１２３４５６７８")})
    for problem in read_all(root).problems:
        assert "12345" not in problem.line()
        assert "138****5678" in problem.line()


def test_a_long_list_of_mistakes_is_cut_and_counted(tmp_path: Path) -> None:
    root = make_site(tmp_path, {NEW: chamber_fields(aliases=["甲"] * 130)})
    found = rules(root)
    assert found == ["FIELD-005"] * MAX_PROBLEMS + ["FIELD-011"]


def test_a_mistake_of_writing_is_not_reported_twice_as_a_mistake_of_meaning(tmp_path: Path) -> None:
    text = "name: 宜兴市示例商会\nkind: industry\nregion: “320282”\nsources: {r1: {title: a, publisher: b, kind: press}}\n"
    assert rules(make_site(tmp_path, {NEW: text})) == ["YAML-004"]


def patterns(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        for value in schema.values():
            yield from patterns(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from patterns(value)


def test_every_pattern_of_the_models_is_explained() -> None:
    dates_and_periods = {p for p in patterns(schemas()) if p.startswith("^[0-9]{4}(-[0-9]{2}(")}
    assert set(patterns(schemas())) - dates_and_periods == set(PATTERNS)


@pytest.mark.parametrize("value", ["宜兴", 5, ["x"], {"a": {"b": 1}}, None, True, "a: b", "- x", ""])
@pytest.mark.parametrize(
    "field",
    [
        "name",
        "kind",
        "members",
        "contact",
        "ratings",
        "charters",
        "fact_sources",
        "sources",
        "founded",
        "uscc",
    ],
)
def test_no_value_in_no_field_brings_the_words_of_the_validator(
    tmp_path: Path, field: str, value: object
) -> None:
    root = make_site(tmp_path, {NEW: chamber_fields(**{field: value})})
    for problem in read_all(root).problems:
        assert problem.rule != "FIELD-010"
        assert not any(word in problem.line() for word in ("Input", "should", "valid", "Field required"))
