"""The catalogue of rules: whole, true to the code, and its examples break what they say they break."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from building import ROOT, run_build
from factories import SMALL, make_site
from test_check import BROKEN, ELSEWHERE, report_of

from chamberbook import messages
from chamberbook.check import RULES
from chamberbook.rules import CATALOGUE, GROUPS, RuleText

NEW = "chambers/yixing/yixing-shili.yml"
BASE = {
    "chamber": (
        'name: 宜兴市示例工艺商会\nkind: industry\nindustries: [C30]\nregion: "320282"\n'
        "sources:\n  r1: {title: 交流材料, publisher: 宜兴市工商联, date: 2008-06, kind: report}\n"
    ),
    "federation": 'name: 示例市工商业联合会\nshort_name: 示例市工商联\nlevel: county\nregion: "320282"\n',
    "tombstone": "removed: 2026-03\nreason: mistaken\n",
    "scheme": (
        "name: 示例考评办法\nshort_name: 示例考评\nsummary: 评五星。\nlevels:\n"
        "  - {id: wu-xing, label: 五星级, form: stars, stars: 5, rank: 5}\n"
        "sources:\n  r1: {title: 考评办法, publisher: 宜兴市工商联, date: 2008-06, kind: official}\n"
    ),
}
#: Rules about what no piece of a file can show.
WITHOUT_EXAMPLE = {
    "YAML-001", "YAML-012", "YAML-013", "YAML-014", "YAML-016", "YAML-017", "YAML-018", "YAML-023", "FIELD-010",
    "FIELD-011", "FILE-001", "FILE-002", "FILE-006", "FILE-008", "RATE-004", "RATE-005", "CHARTER-006", "CHARTER-007",
    "VOCABULARY-005", "SHEET-001", "SHEET-002", "SHEET-003", "SHEET-004", "SHEET-005", "SHEET-006", "SHEET-007", "SHEET-008",
}  # fmt: skip

#: Rules about what lies between two versions; test_diff tries their examples.
COMPARED = {"CHANGE-001", "CHANGE-002", "CHANGE-003"}


def emitted() -> set[str]:
    """Every id of a rule that the code names."""
    code = "".join(
        path.read_text("utf-8")
        for part in ("source", "load", "check", "sheets", "changes", "commands")
        for path in (ROOT / "chamberbook" / part).glob("*.py")
    )
    return set(re.findall(r'"([A-Z]+-\d{3})"', code))


def files_of(example: str) -> dict[str, str]:
    """The pieces of an example by path; a piece without a path belongs to a new chamber."""
    parts = re.split(r"^# (chambers/\S+)\n?", example, flags=re.MULTILINE)
    found = {NEW: parts[0]} if parts[0].strip() else {}
    return found | dict(zip(parts[1::2], parts[2::2], strict=True))


def whole(root: Path, path: str, piece: str) -> str:
    """A file that holds the piece: in place of the same keys of a valid record, or at the end of a list."""
    if "_vocabulary" in path:
        return (root / path).read_text("utf-8") + piece
    if not path.endswith((".yml", ".yaml")):
        return piece
    kind = (
        "tombstone"
        if "_tombstones" in path
        else "scheme"
        if "_schemes" in path
        else "federation"
        if "federation" in path
        else "chamber"
    )
    base = (root / path).read_text("utf-8") if (root / path).exists() else BASE[kind]
    for key in re.findall(r"^([a-z_]+)", piece, re.MULTILINE):
        base = re.sub(rf"^{key}:.*\n(?:[ -].*\n)*", "", base, flags=re.MULTILINE)
    return f"{base}{piece.rstrip(chr(10))}\n"


def broken_by(root: Path, example: str) -> set[str]:
    make_site(root)
    for path, piece in files_of(example).items():
        text = whole(root, path, piece)
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return {problem.rule for problem in report_of(root).problems}


def test_every_rule_of_the_code_is_in_the_catalogue_and_no_other() -> None:
    ids = [rule.id for rule in CATALOGUE]
    assert len(set(ids)) == len(ids)
    assert set(ids) == emitted()


def test_the_catalogue_says_what_the_rules_say() -> None:
    texts = {rule.id: rule for rule in CATALOGUE}
    for rule in RULES:
        assert texts[rule.id].asks == rule.find.__doc__
        assert texts[rule.id].severity == rule.severity


def test_severities_of_the_catalogue_are_those_of_reports(tmp_path: Path) -> None:
    severities = {rule.id: rule.severity for rule in CATALOGUE}
    for case in BROKEN:
        make_site(tmp_path / case, {})
        text = (SMALL.parent / "broken" / case / "expected.en.txt").read_text("utf-8")
        for severity, rule in re.findall(r":\d+: (error|warning|hint) ([A-Z]+-\d{3}): ", text):
            assert severities[rule] == severity


def test_every_rule_belongs_to_one_group() -> None:
    grouped = [rule.id for group in GROUPS for rule in group.rules]
    assert sorted(grouped) == sorted(rule.id for rule in CATALOGUE)


def test_rules_without_an_example_are_the_known_ones() -> None:
    assert {rule.id for rule in CATALOGUE if not rule.wrong} == WITHOUT_EXAMPLE
    assert {rule.id for rule in CATALOGUE if not rule.right} == WITHOUT_EXAMPLE
    assert set(ELSEWHERE) <= WITHOUT_EXAMPLE


@pytest.mark.parametrize(
    "rule", [rule for rule in CATALOGUE if rule.wrong and rule.id not in COMPARED], ids=lambda rule: rule.id
)
def test_the_wrong_example_breaks_its_rule_and_the_right_one_breaks_none(
    tmp_path: Path, rule: RuleText
) -> None:
    assert rule.id in broken_by(tmp_path / "wrong", rule.wrong)
    assert broken_by(tmp_path / "right", rule.right) == set()


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_a_rule_is_explained_in_both_languages(rule: RuleText) -> None:
    english = messages.translate("en")
    for text in (rule.asks, rule.why, rule.mend):
        assert re.fullmatch(r"[^\n]*[\u4e00-\u9fff][^\n]*。", text)
        assert not re.search("[\u4e00-\u9fff]", english(text).replace("转", ""))


def test_the_command_lists_every_rule_and_explains_one() -> None:
    listed = run_build("rules").stdout
    assert [rule.id for rule in CATALOGUE if f"  {rule.id} " not in listed] == []
    told = run_build("rules", "uscc-002", "--lang", "en").stdout
    assert told.startswith("USCC-002 error\nwhat: ")
    assert "    uscc: 51320282509023459L" in told


def test_the_command_gives_json() -> None:
    told = json.loads(run_build("rules", "--format", "json").stdout)
    assert [rule["id"] for rule in told] == [rule.id for rule in CATALOGUE]
    assert set(told[0]) == {"id", "severity", "asks", "why", "mend", "wrong", "right"}
    (one,) = json.loads(run_build("rules", "PII-001", "--format", "json").stdout)
    assert one["severity"] == "error"


def test_a_reader_who_stops_early_sees_no_traceback() -> None:
    command = [sys.executable, str(ROOT / "build.py"), "rules", "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_an_unknown_rule_is_wrong_use() -> None:
    done = run_build("rules", "USCC-999")
    assert done.returncode == 2
    assert "USCC-999" in done.stderr


def test_rules_that_the_guide_names_exist() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = set(re.findall(r"[A-Z]{3,}-\d{3}", guide))
    assert named
    assert named <= {rule.id for rule in CATALOGUE}
    assert "python build.py rules" in guide


def test_examples_hold_no_real_chamber() -> None:
    real = {
        yaml.safe_load(path.read_text("utf-8"))["name"]
        for path in sorted((ROOT / "chambers").glob("[a-z]*/*.yml"))[:400]
    }
    for rule in CATALOGUE:
        assert not any(name in rule.wrong + rule.right for name in real), rule.id


def test_the_page_explains_every_rule_at_its_own_anchor(real_site: Path) -> None:
    text = (real_site / "contribute/rules/index.html").read_text("utf-8")
    assert re.findall(r'<details class="law rules__one" id="([A-Z]+-\d{3})"', text) == [
        rule.id for group in GROUPS for rule in group.rules
    ]
    plain = html.unescape(text)
    for rule in CATALOGUE:
        assert [part for part in (rule.asks, rule.why, rule.mend, rule.right) if part not in plain] == []
    assert 'href="../contribute/rules/"' in (real_site / "contribute/index.html").read_text("utf-8")
