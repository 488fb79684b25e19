"""For GitHub Actions: workflow commands that become annotations on the changed lines, and the whole report in the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from chamberbook.problems import SEVERITIES, Problem, Severity, Translate
from chamberbook.reports.model import Report, advice
from chamberbook.reports.text import text

#: GitHub shows about ten of a kind for each step and drops the rest without a word.
PER_KIND = 10
_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "notice"}


def github(report: Report, translate: Translate) -> str:
    """The first ten of each severity as annotations; every problem in the log below them."""
    # The runner still obeys an old form of command anywhere in a line, and a line can hold what a stranger wrote.
    log = text(report, translate).replace("##[", "## [")
    return "\n".join([*_annotations(report, translate), log])


def _annotations(report: Report, translate: Translate) -> Iterator[str]:
    shown: Counter[Severity] = Counter()
    for problem in report.problems:
        shown[problem.severity] += 1
        if shown[problem.severity] <= PER_KIND:
            yield _annotation(problem, translate)


def _annotation(problem: Problem, translate: Translate) -> str:
    place = problem.place
    properties = {
        "file": place.path,
        "line": place.line,
        "endLine": place.line,
        "col": place.column,
        "endColumn": place.column + (problem.fix.length if problem.fix else 1),
        "title": f"{translate(SEVERITIES[problem.severity])} {problem.rule}",
    }
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[problem.severity]} {listed}::{_data(advice(problem, translate))}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
