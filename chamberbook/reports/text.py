"""For a person at a terminal: a block a problem, then the counts."""

from __future__ import annotations

from collections.abc import Iterator

from chamberbook.problems import N_, SEVERITIES, Message, Problem, Translate, summary
from chamberbook.reports.model import Report, excerpt


def text(report: Report, translate: Translate) -> str:
    """Place, severity, rule, what is wrong; the line with a caret; how to mend it; the line as it should be."""
    blocks = ["\n".join(block(report, problem, translate)) for problem in report.problems]
    return "\n\n".join([*blocks, summary(list(report.problems), translate, report.file_count)])


def block(report: Report, problem: Problem, translate: Translate) -> Iterator[str]:
    """The lines of one problem. The first is `path:line:column: severity rule: …`, so that editors can follow it."""
    severity = translate(SEVERITIES[problem.severity])
    yield f"{problem.place}: {severity} {problem.rule}: {problem.message.text(translate)}"
    yield from pointed(report, problem)
    for label, line in _details(report, problem, translate):
        yield "   " + Message(N_("{label}：{text}"), {"label": Message(label), "text": line}).text(translate)


def pointed(report: Report, problem: Problem) -> Iterator[str]:
    """The line of the file with its number, and a caret under the column; nothing for an empty line."""
    line, blanks = excerpt(report.line(problem), problem.place.column)
    if line.strip():
        number = str(problem.place.line)
        yield f"{number:>5} | {line}".rstrip()
        yield f"      | {blanks}^"


def _details(report: Report, problem: Problem, translate: Translate) -> Iterator[tuple[str, str]]:
    if problem.hint:
        yield N_("怎么改"), problem.hint.text(translate)
    if (better := report.corrected(problem)) is not None:
        yield N_("改成"), excerpt(better, problem.place.column)[0].strip()
    if url := report.help_url(problem):
        yield N_("详见"), url
