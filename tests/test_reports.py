"""The formats of a report: what each reader needs, escaped as it must be."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from building import AS_OF, run_build
from factories import SMALL, make_site
from hypothesis import given, settings
from hypothesis import strategies as st
from test_check import report_of

from chamberbook import cli, messages
from chamberbook.load import read_all
from chamberbook.problems import Fix, Message, Place, Problem
from chamberbook.reports import FORMATS, Report
from chamberbook.reports.github import PER_KIND
from chamberbook.reports.markdown import MAX_LENGTH
from chamberbook.reports.model import excerpt, width

NEW = "chambers/yixing/yixing-shili.yml"
SOURCES = "sources:\n  r1: {title: 交流材料, publisher: 宜兴市工商联, date: 2008-06, kind: report}\n"
HEAD = 'name: 宜兴市示例工艺商会\nkind: industry\nindustries: [C30]\nregion: "320282"\n'
WIDE_COLON = "kind：industry\n"


def broken(tmp_path: Path, text: str, base_url: str | None = None) -> Report:
    return report_of(make_site(tmp_path, {NEW: text}), base_url)


def told(report: Report, name: str) -> Any:
    return json.loads(FORMATS[name](report, str))


def one(
    message: str, *, line: int = 1, column: int = 1, path: str = "a.yml", fix: Fix | None = None
) -> Problem:
    return Problem(Place(path, line, column), "A-001", Message("{m}", {"m": message}), fix=fix)


def test_the_table_of_formats_is_that_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(FORMATS) == ["text", "github", "gitlab", "sarif", "rdjson", "json", "markdown"]
    for name in FORMATS:
        assert cli.main(["check", "--format", name, "--root", str(SMALL), "--as-of", AS_OF], SMALL) == 0
        assert capsys.readouterr().out


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_report_without_problems_is_a_whole_one(name: str) -> None:
    text = FORMATS[name](Report((), {"a.yml": ""}), str)
    if name in ("gitlab", "sarif", "rdjson", "json"):
        json.loads(text)
    else:
        assert text.strip("*") == "检查通过，1 个文件都没有问题。"


@pytest.mark.parametrize(
    ("line", "column", "blanks"),
    [
        ("uscc: 5144O3", 11, 10),
        ("name: 宜兴市: 示例", 10, 12),
        ("  甲：乙", 4, 4),
        ("\tphone: 1", 1, 0),
        ("a\u0301b: c", 3, 1),
        ("name: 宜\u200b兴", 8, 8),
    ],
)
def test_a_caret_stands_under_its_column_whatever_the_width(line: str, column: int, blanks: int) -> None:
    assert excerpt(line, column)[1] == " " * blanks


def test_a_long_line_is_cut_around_its_column() -> None:
    line = "fact: " + "办过银企对接会，" * 300 + "X" + "尾" * 300
    shown, blanks = excerpt(line, line.index("X") + 1)
    assert width(shown) < 110
    assert shown.startswith("...")
    assert shown.endswith("...")
    assert width(shown[: shown.index("X")]) == len(blanks)


def test_the_corrected_line_is_given_only_where_it_is_certain(tmp_path: Path) -> None:
    text = FORMATS["text"](broken(tmp_path, HEAD.replace("kind: industry", "kind：industry") + SOURCES), str)
    assert "   改成：kind: industry\n" in text
    text = FORMATS["text"](broken(tmp_path, HEAD.replace("C30", "C99") + SOURCES), str)
    assert "INDUSTRY-001" in text
    assert "改成：" not in text


def test_every_correction_of_the_broken_sites_mends_its_problem(tmp_path: Path) -> None:
    mended = 0
    for case in sorted((SMALL.parent / "broken").iterdir()):
        root = make_site(tmp_path / case.name)
        for path in case.rglob("chambers/**/*"):
            if path.is_file():
                target = root / path.relative_to(case)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())
        report = report_of(root)
        for problem in report.problems:
            better = report.corrected(problem)
            if better is None:
                continue
            path = root / problem.place.path
            before = path.read_text("utf-8")
            lines = before.split("\n")
            lines[problem.place.line - 1] = better
            path.write_text("\n".join(lines), "utf-8")
            left = [(p.rule, p.place.line, p.message.text()) for p in report_of(root).problems]
            assert (problem.rule, problem.place.line, problem.message.text()) not in left, case.name
            path.write_text(before, "utf-8")
            mended += 1
    assert mended > 20


def test_personal_numbers_stand_in_no_format(tmp_path: Path) -> None:
    text = HEAD.replace("C30", "C99") + 'contact: {phone: "138-1234-5678"}  # 11010519491231002X\n' + SOURCES
    report = broken(tmp_path, text)
    for name, format in FORMATS.items():
        shown = format(report, str)
        assert "1234-5678" not in shown, name
        assert "19491231" not in shown, name
    assert "138-****-5678" in FORMATS["text"](report, str)


def test_a_correction_that_holds_a_personal_number_is_not_printed() -> None:
    problem = one("x", fix=Fix(1, 1, "b"))
    assert Report((problem,), {"a.yml": "a: 13812345678"}).corrected(problem) is None


def test_github_gets_ten_annotations_of_a_kind_and_everything_in_the_log(tmp_path: Path) -> None:
    report = broken(tmp_path, HEAD + "".join(f"wrong{n}: 1\n" for n in range(15)) + SOURCES)
    lines = FORMATS["github"](report, str).split("\n")
    assert sum(line.startswith("::error ") for line in lines) == PER_KIND
    assert sum(": 错误 FIELD-001: " in line for line in lines) == 15


def test_github_commands_are_escaped() -> None:
    problem = one("a%b,c:d\n::warning::e", path="a,b:c.yml")
    first = FORMATS["github"](Report((problem,), {"a,b:c.yml": "##[error]x"}), str).split("\n")
    assert first[0] == (
        "::error file=a%2Cb%3Ac.yml,line=1,endLine=1,col=1,endColumn=2,title=错误 A-001"
        "::a%25b,c:d%0A::warning::e"
    )
    assert not any("##[" in line for line in first)


def test_gitlab_fingerprints_are_unique_and_do_not_follow_the_line(tmp_path: Path) -> None:
    text = HEAD + "nmae: 1\nregoin: 1\n" + SOURCES
    before = told(broken(tmp_path, text), "gitlab")
    after = told(broken(tmp_path, "# 说明\n\n" + text), "gitlab")
    assert len({entry["fingerprint"] for entry in before}) == len(before) == 2
    assert [entry["fingerprint"] for entry in before] == [entry["fingerprint"] for entry in after]
    assert before[0]["location"]["lines"]["begin"] + 2 == after[0]["location"]["lines"]["begin"]
    assert before[0]["severity"] == "major"


def test_equal_problems_have_different_fingerprints() -> None:
    report = Report((one("x", column=1), one("x", column=5)), {"a.yml": "a: b"})
    assert len(set(report.fingerprints())) == 2


def test_sarif_explains_the_rules_it_reports(tmp_path: Path) -> None:
    report = broken(
        tmp_path, HEAD.replace("kind: industry", "kind：industry") + SOURCES, "https://a.example/"
    )
    log = told(report, "sarif")
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    (result,) = run["results"]
    assert run["columnKind"] == "unicodeCodePoints"
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["id"] == result["ruleId"] == "YAML-003"
    assert rule["helpUri"] == "https://a.example/contribute/rules/#YAML-003"
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == NEW
    assert location["region"] == {"startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 6}
    replacement = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replacement["insertedContent"]["text"] == ": "


def test_rdjson_counts_bytes_and_suggests(tmp_path: Path) -> None:
    text = HEAD + SOURCES.replace("2008-06", "2008年6月")
    (found,) = told(broken(tmp_path, text), "rdjson")["diagnostics"]
    line = text.split("\n")[found["location"]["range"]["start"]["line"] - 1].encode()
    (suggestion,) = found["suggestions"]
    start, end = (suggestion["range"][name]["column"] - 1 for name in ("start", "end"))
    assert line[start:end].decode() == "2008年6月"
    assert suggestion["text"] == "2008-06"
    assert found["severity"] == "ERROR"
    assert found["code"] == {"value": "FIELD-007"}


def test_json_says_everything(tmp_path: Path) -> None:
    report = broken(tmp_path, HEAD + "成立时间: 2003\n" + SOURCES, "https://a.example/b/")
    log = told(report, "json")
    assert {name: log[name] for name in ("errors", "warnings", "hints")} == {
        "errors": 1, "warnings": 0, "hints": 0,
    }  # fmt: skip
    assert log["files"] == log["clean"] + 1
    (problem,) = log["problems"]
    assert problem["corrected"] == "founded: 2003"
    assert problem["help"] == "https://a.example/b/contribute/rules/#FIELD-001"
    assert (problem["path"], problem["line"], problem["column"]) == (NEW, 5, 1)


def test_markdown_prints_a_strangers_text_as_text() -> None:
    problem = one("<img src=x> [a](javascript:b) @all `c`")
    text = FORMATS["markdown"](Report((problem,), {"a.yml": "x: ```</details>"}), str)
    assert "<img" not in text
    assert "[a](" not in text
    assert "@all" not in text
    assert "  ````text\n      1 | x: ```</details>" in text


def test_markdown_shows_a_correction_as_a_change(tmp_path: Path) -> None:
    report = broken(
        tmp_path, HEAD.replace("kind: industry", "kind：industry") + SOURCES, "https://a.example/"
    )
    text = FORMATS["markdown"](report, messages.translate("en"))
    assert f"### `{NEW}`" in text
    assert "**error [YAML-003](https://a.example/contribute/rules/#YAML-003)** line 2, column 5: " in text
    assert "  ```diff\n  - kind：industry\n  + kind: industry\n  ```" in text


def test_markdown_stays_below_the_size_of_a_comment() -> None:
    problems = tuple(one("很长" * 100, line=n) for n in range(1, 2000))
    text = FORMATS["markdown"](Report(problems, {"a.yml": "a: b\n" * 2000}), str)
    assert len(text) < MAX_LENGTH + 200
    assert text.endswith("处没有列出；完整的结果见检查的输出。")


def test_paths_limit_the_report_and_its_counts_but_not_the_rules(tmp_path: Path) -> None:
    root = make_site(tmp_path, {NEW: HEAD + "successor: yixing-taocy\nstatus: merged\nnmae: 1\n" + SOURCES})
    elsewhere = root / "chambers/yixing/yixing-canyin.yml"
    other = run_build("check", elsewhere, "--root", root, "--as-of", AS_OF)
    assert (other.returncode, other.stdout) == (0, "检查通过，1 个文件都没有问题。\n")
    own = run_build("check", root / NEW, "--root", root, "--as-of", AS_OF)
    assert own.returncode == 1
    assert own.stdout.endswith("共 1 处错误，涉及 1 个文件。没有问题的有 0 个文件。\n")


def test_rules_are_linked_when_the_site_has_an_address(tmp_path: Path) -> None:
    root = make_site(tmp_path, {NEW: HEAD + "nmae: 1\n" + SOURCES})
    assert "详见" not in run_build("check", "--root", root).stdout
    (root / "content").mkdir()
    config = "site_name: x\nsite_url: https://a.example/b/\ndocs_dir: content\nplugins: [chamberbook]\n"
    (root / "mkdocs.yml").write_text(config, "utf-8")
    done = run_build("check", "--root", root)
    assert "   详见：https://a.example/b/contribute/rules/#FIELD-001\n" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_prints_a_mobile_number_whole_with_consent_or_without(tmp_path: Path, name: str) -> None:
    consent = "  consent: {given: true, date: 2024-05-06, by: 宜兴市工商联}\n"
    for folder, permission in (("with", consent), ("without", "")):
        contact = f'contact:\n  phone: "+86 138 1234 5678"\n{permission}  website: no\n'
        report = broken(tmp_path / folder, HEAD + contact + SOURCES + "# 139.8765.4321\n")
        assert report.problems
        text = FORMATS[name](report, str)
        assert not re.search("1381234|12345678|1398765|87654321|138 1234|1234 5678|8765.4321", text)


def test_a_mobile_number_with_consent_or_a_public_source_is_published_as_it_was_given(tmp_path: Path) -> None:
    public = SOURCES.replace("kind: report", 'url: "https://example.org/1", kind: report')
    consent = "  consent: {given: true, date: 2024-05-06, by: 宜兴市工商联}\n"
    for folder, permission, sources in (("a", consent, SOURCES), ("b", "  public_source: r1\n", public)):
        text = f'{HEAD}contact:\n  phone: "13812345678"\n{permission}{sources}'
        root = make_site(tmp_path / folder, {NEW: text})
        assert report_of(root).problems == ()
        assert read_all(root).chambers["yixing-shili"].chamber.contact.phone == "13812345678"


@given(st.text(st.sampled_from("甲a1 -３𝒜\t"), max_size=60), st.integers(1, 61))
@settings(deadline=None)
def test_a_long_line_is_shown_as_the_piece_of_it_that_counts(text: str, column: int) -> None:
    """What lies further away than a report shows changes nothing but the dots."""
    column = min(column, len(text) + 1)
    far = "乙, " * 500
    shown, blanks = excerpt(far + text + far, len(far) + column)
    near, same = excerpt("乙, " * 150 + text + "乙, " * 150, 450 + column)
    assert (shown, blanks) == (near, same)
    assert len(shown) < 120
