"""For code scanning: SARIF 2.1.0."""

from __future__ import annotations

import json
from typing import Any

from chamberbook.problems import Problem, Severity, Translate
from chamberbook.reports.model import Report, advice, rule_url
from chamberbook.rules import CATALOGUE, RuleText

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(report: Report, translate: Translate) -> str:
    """One run; the rules that were broken are explained in it, and columns count characters."""
    broken = {problem.rule for problem in report.problems}
    rules = [rule for rule in CATALOGUE if rule.id in broken]
    order = {rule.id: index for index, rule in enumerate(rules)}
    driver: dict[str, Any] = {
        "name": "chamberbook",
        "rules": [_rule(rule, report.base_url, translate) for rule in rules],
    }
    results = [
        {**_result(report, problem, translate), "partialFingerprints": {"chamberbook/v1": fingerprint}}
        | ({"ruleIndex": order[problem.rule]} if problem.rule in order else {})
        for problem, fingerprint in zip(report.problems, report.fingerprints(), strict=True)
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(rule: RuleText, base_url: str | None, translate: Translate) -> dict[str, Any]:
    words = f"{translate(rule.why)} {translate(rule.mend)}"
    found = {
        "id": rule.id,
        "shortDescription": {"text": translate(rule.asks)},
        "help": {"text": words},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }
    url = rule_url(base_url, rule.id)
    return {**found, "helpUri": url} if url else found


def _result(report: Report, problem: Problem, translate: Translate) -> dict[str, Any]:
    artifact = {"uri": problem.place.path, "uriBaseId": "%SRCROOT%"}
    region = _region(problem, problem.place.column, 1)
    found: dict[str, Any] = {
        "ruleId": problem.rule,
        "level": _LEVELS[problem.severity],
        "message": {"text": advice(problem, translate)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
    }
    if problem.fix and report.corrected(problem) is not None:
        deleted = _region(problem, problem.fix.column, problem.fix.length)
        replacement = {"deletedRegion": deleted, "insertedContent": {"text": problem.fix.text}}
        found["fixes"] = [
            {"artifactChanges": [{"artifactLocation": artifact, "replacements": [replacement]}]}
        ]
    return found


def _region(problem: Problem, column: int, length: int) -> dict[str, int]:
    line = problem.place.line
    return {"startLine": line, "startColumn": column, "endLine": line, "endColumn": column + length}
