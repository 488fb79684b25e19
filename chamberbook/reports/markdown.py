"""For a comment on a pull request, or a file to read: Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from chamberbook.problems import N_, SEVERITIES, Message, Problem, Translate, summary
from chamberbook.reports.model import Report, advice, excerpt
from chamberbook.reports.text import pointed

#: GitHub takes comments of at most 65,536 characters.
MAX_LENGTH = 60_000


def markdown(report: Report, translate: Translate) -> str:
    """The counts, then the problems by file; cut between two problems when it would be too long for a comment."""
    parts = [f"**{escaped(summary(list(report.problems), translate, report.file_count))}**"]
    length, told = len(parts[0]), 0
    for path, problems in groupby(report.problems, lambda problem: problem.place.path):
        heading = f"### {_code(path)}"
        for problem in problems:
            entry = "\n\n".join(
                ([heading] if heading else []) + ["\n".join(_entry(report, problem, translate))]
            )
            if length + len(entry) > MAX_LENGTH:
                rest = {"n": len(report.problems) - told}
                cut = Message(N_("还有 {n} 处没有列出；完整的结果见检查的输出。"), rest).text(translate)
                return "\n\n".join([*parts, cut])
            parts.append(entry)
            length, told, heading = length + len(entry) + 2, told + 1, ""
    return "\n\n".join(parts)


def _entry(report: Report, problem: Problem, translate: Translate) -> Iterator[str]:
    place = {"line": problem.place.line, "column": problem.place.column}
    where = Message(N_("第 {line} 行第 {column} 列"), place).text(translate)
    url, rule = report.help_url(problem), problem.rule
    name = f"{translate(SEVERITIES[problem.severity])} " + (f"[{rule}]({url})" if url else rule)
    yield f"- **{name}** {where}{translate(N_('：'))}{escaped(advice(problem, translate))}"
    better = report.corrected(problem)
    if better is not None:
        old = excerpt(report.line(problem), problem.place.column)[0]
        yield from _fenced("diff", [f"- {old}", f"+ {excerpt(better, problem.place.column)[0]}"])
    elif lines := list(pointed(report, problem)):
        yield from _fenced("text", lines)


def _fenced(language: str, lines: list[str]) -> Iterator[str]:
    """A code block inside the list item, with a fence longer than any in it."""
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    yield ""
    for line in (fence + language, *lines, fence):
        yield f"  {line}"


def _code(text: str) -> str:
    return f"`{text.replace('`', '')}`"


def escaped(text: str) -> str:
    """Text of a record as Markdown prints it: no markup, no HTML, no mention of an account."""
    text = re.sub(r"([\\`*_{}\[\]#|~!])", r"\\\1", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("@", "@\u200b")
