"""The reports for machines, held against the shapes that their readers publish."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, Literal

import pytest
from factories import make_site
from pydantic import BaseModel, ConfigDict, HttpUrl, PositiveInt
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as SarifLog
from test_check import report_of
from test_reports import HEAD, NEW, SOURCES

from chamberbook.reports import FORMATS, Report

#: Everything at once: certain corrections, none, the same mistake twice, warnings, files that no text comes from.
FAULTY = {
    NEW: HEAD.replace("kind: industry", "kind: 行业")
    + "nmae: 1\n成立时间: 2003年\nmembers:\n"
    + "  - {count: 59, unit: 企业, approx: 是, source: r1}\n" * 2
    + SOURCES,
    "chambers/yixing/gbk.yml": "name: 宜兴商会\n",
    "chambers/yixing/empty.yml": "",
    "chambers/yixing/wide.yml": HEAD.replace("kind: industry", "kind：industry") + SOURCES,
    "chambers/yixing/unused.yml": HEAD.replace("宜兴市示例", "宜兴市另一")
    + SOURCES
    + "  r2: {title: 另一份, publisher: 宜兴市工商联, date: 2008-07, kind: report}\n",
}
STEM = "chambers/yixing/gbk.yml"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return of(tmp_path_factory.mktemp("faulty"), FAULTY)


def of(folder: Path, files: dict[str, str]) -> Report:
    root = make_site(folder, files)
    (root / STEM).write_bytes(files[STEM].encode("gbk"))
    found = report_of(root, "https://a.example/")
    assert {problem.severity for problem in found.problems} >= {"error", "warning"}
    assert any(problem.fix for problem in found.problems)
    assert len(found.problems) > len(FAULTY)
    return found


def told(report: Report, name: str) -> Any:
    return json.loads(FORMATS[name](report, str))


def test_sarif_fits_the_schema_of_oasis(report: Report) -> None:
    """pydantic-sarif is made from the schema that OASIS publishes; it refuses what the schema does not name."""
    log = told(report, "sarif")
    SarifLog.model_validate(log)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    assert len(run["results"]) == len(report.problems)
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) < (region["endLine"], region["endColumn"])
        assert not location["physicalLocation"]["artifactLocation"]["uri"].startswith("/")


def test_what_is_no_sarif_does_not_fit(report: Report) -> None:
    log = told(report, "sarif")
    log["runs"][0]["results"][0].pop("message")
    with pytest.raises(ValueError, match="message"):
        SarifLog.model_validate(log)


class Shape(BaseModel):
    """A part of reviewdog's DiagnosticResult; strict, with no key beyond those of reviewdog.rdf."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Position(Shape):
    """Line and column from 1; the column counts bytes of UTF-8."""

    line: PositiveInt
    column: PositiveInt


class Range(Shape):
    """From `start` to the position before `end`."""

    start: Position
    end: Position


class Location(Shape):
    """A file and a range in it."""

    path: str
    range: Range


class Code(Shape):
    """The rule and where it is explained."""

    value: str
    url: HttpUrl


class Suggestion(Shape):
    """A range and the text that takes its place."""

    range: Range
    text: str


class Source(Shape):
    """Who reports."""

    name: str


class Diagnostic(Shape):
    """One problem."""

    message: str
    location: Location
    severity: Literal["ERROR", "WARNING", "INFO"]
    code: Code
    suggestions: list[Suggestion] = []


class DiagnosticResult(Shape):
    """A whole report."""

    source: Source
    diagnostics: list[Diagnostic]


def test_rdjson_fits_the_shape_that_reviewdog_documents(report: Report) -> None:
    found = DiagnosticResult.model_validate_json(FORMATS["rdjson"](report, str)).diagnostics
    assert len(found) == len(report.problems)
    assert any(diagnostic.suggestions for diagnostic in found)
    ranges = [d.location.range for d in found] + [s.range for d in found for s in d.suggestions]
    assert all((r.start.line, r.start.column) <= (r.end.line, r.end.column) for r in ranges)
    for problem, diagnostic in zip(report.problems, found, strict=True):
        room = len(report.line(problem).encode()) + 2
        assert diagnostic.location.range.end.column <= room, problem.line()


def test_the_fingerprints_of_gitlab_and_sarif_are_unique_and_stay_when_lines_move(
    report: Report, tmp_path: Path
) -> None:
    moved = of(tmp_path, {path: f"# new\n\n{text}" if text else text for path, text in FAULTY.items()})
    for read in (
        lambda one: [(e["check_name"], e["fingerprint"]) for e in told(one, "gitlab")],
        lambda one: [
            (e["ruleId"], e["partialFingerprints"]["chamberbook/v1"])
            for e in told(one, "sarif")["runs"][0]["results"]
        ],
    ):
        before, after = read(report), read(moved)
        assert max(Counter(mark for _, mark in before).values()) == 1
        assert sorted(before) == sorted(after)


def test_gitlab_entries_have_what_code_quality_reads(report: Report) -> None:
    for entry in told(report, "gitlab"):
        assert entry.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not entry["location"]["path"].startswith(("./", "/"))
        assert entry["location"]["lines"]["begin"] >= 1
