"""For GitLab: a Code Quality report."""

from __future__ import annotations

import json

from chamberbook.problems import Severity, Translate
from chamberbook.reports.model import Report, advice

_SEVERITIES: dict[Severity, str] = {"error": "major", "warning": "minor", "hint": "info"}


def gitlab(report: Report, translate: Translate) -> str:
    """A JSON array. GitLab drops entries whose fingerprints are equal, so each is unique."""
    found = [
        {
            "description": advice(problem, translate),
            "check_name": problem.rule,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[problem.severity],
            "location": {"path": problem.place.path, "lines": {"begin": problem.place.line}},
        }
        for problem, fingerprint in zip(report.problems, report.fingerprints(), strict=True)
    ]
    return json.dumps(found, ensure_ascii=False, indent=2)
