"""For reviewdog: diagnostics with suggestions that a reviewer can apply with one click."""

from __future__ import annotations

import json
from typing import Any

from chamberbook.problems import Problem, Severity, Translate
from chamberbook.reports.model import Report, advice

_SEVERITIES: dict[Severity, str] = {"error": "ERROR", "warning": "WARNING", "hint": "INFO"}


def rdjson(report: Report, translate: Translate) -> str:
    """Reviewdog's own JSON; its columns count bytes of UTF-8."""
    found = [_diagnostic(report, problem, translate) for problem in report.problems]
    return json.dumps({"source": {"name": "chamberbook"}, "diagnostics": found}, ensure_ascii=False, indent=2)


def _diagnostic(report: Report, problem: Problem, translate: Translate) -> dict[str, Any]:
    code = {"value": problem.rule}
    if url := report.help_url(problem):
        code["url"] = url
    length = problem.fix.length if problem.fix and problem.fix.column == problem.place.column else 1
    found: dict[str, Any] = {
        "message": advice(problem, translate),
        "location": {
            "path": problem.place.path,
            "range": _range(report, problem, problem.place.column, length),
        },
        "severity": _SEVERITIES[problem.severity],
        "code": code,
    }
    if problem.fix and report.corrected(problem) is not None:
        fixed = _range(report, problem, problem.fix.column, problem.fix.length)
        found["suggestions"] = [{"range": fixed, "text": problem.fix.text}]
    return found


def _range(report: Report, problem: Problem, column: int, length: int) -> dict[str, dict[str, int]]:
    line = report.line(problem)

    def at(index: int) -> dict[str, int]:
        return {"line": problem.place.line, "column": len(line[:index].encode()) + 1}

    return {"start": at(column - 1), "end": at(column - 1 + length)}
