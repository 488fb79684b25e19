"""The rules about the wording and the length of a charter, beyond what the broken sites show."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from factories import chamber_fields, make_site

from chamberbook import check
from chamberbook.load import read_all
from chamberbook.problems import Problem

TODAY = date(2026, 11, 23)


def problems(root: Path, text: str | None = None, **fields: object) -> list[Problem]:
    """What is said of a chamber with one charter."""
    held = {"text": "gongyue.md"} if text is not None else {}
    charter = {"id": "gongyue", "type": "自律公约", "source": "r1", **held, **fields}
    files: dict[str, object] = {"chambers/yixing/yixing-shili.yml": chamber_fields(charters=[charter])}
    if text is not None:
        files["chambers/yixing/gongyue.md"] = text
    loaded = read_all(make_site(root, files))
    return [*loaded.problems, *check.run(loaded, TODAY)]


def test_wording_that_competition_law_looks_at_is_a_hint_and_never_stops_a_build(tmp_path: Path) -> None:
    found = problems(
        tmp_path, "第一条 会员执行统一价格，划分市场。", title="联合抵制的约定", summary="限产保价。"
    )
    assert {problem.rule for problem in found} == {"CHARTER-006"}
    assert {problem.severity for problem in found} == {"hint"}
    assert len(found) == 4


def test_a_hint_points_at_the_words_in_the_text_file(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, "# 总则\n\n第一条 诚信。\n第二条 会员执行统一价格。\n")
    assert str(problem.place) == "chambers/yixing/gongyue.md:4:9"


def test_a_charter_that_forbids_it_is_not_hinted_at(tmp_path: Path) -> None:
    assert problems(tmp_path, "第一条 不得统一价格，不得划分市场。") == []


def test_articles_that_are_as_many_as_stated_are_right(tmp_path: Path) -> None:
    assert problems(tmp_path, "第一条 甲\n\n第二条 乙", articles=2) == []


def test_a_text_without_articles_is_not_counted(tmp_path: Path) -> None:
    assert problems(tmp_path, "会员诚信经营。", articles=2) == []
