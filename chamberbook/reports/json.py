"""For other programs: everything that the report knows, as JSON."""

from __future__ import annotations

import json as encoder
from typing import Any

from chamberbook.problems import Problem, Translate, as_values
from chamberbook.reports.model import Report


def json(report: Report, translate: Translate) -> str:
    """Counts, and the problems in order of place."""
    found = [
        _problem(report, problem, fingerprint, translate)
        for problem, fingerprint in zip(report.problems, report.fingerprints(), strict=True)
    ]
    counts = {
        "errors": report.count("error"),
        "warnings": report.count("warning"),
        "hints": report.count("hint"),
        "files": report.file_count,
        "clean": report.file_count - len({problem.place.path for problem in report.problems}),
    }
    return encoder.dumps({**counts, "problems": found}, ensure_ascii=False, indent=2)


def _problem(report: Report, problem: Problem, fingerprint: str, translate: Translate) -> dict[str, Any]:
    return {
        **as_values(problem, translate),
        "corrected": report.corrected(problem),
        "help": report.help_url(problem),
        "fingerprint": fingerprint,
    }
