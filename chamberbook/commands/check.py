"""`build.py check`: every mistake in the records, nothing written."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from chamberbook.commands.common import BAD_INPUT, OK, root_of
from chamberbook.commands.day import day_of
from chamberbook.problems import N_, Message, Translate, WrongUse
from chamberbook.reading import report_on
from chamberbook.reports import FORMATS, Report


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Print the report; 1 when it holds an error."""
    root = root_of(options)
    report = _below(report_on(root, day_of(options)), options.paths, root)
    print(FORMATS[options.format](report, translate))
    return BAD_INPUT if report.count("error") else OK


def _below(report: Report, paths: Sequence[str], root: Path) -> Report:
    """The report on the given files and folders; on all when none are given. The rules always see everything."""
    if not paths:
        return report
    wanted = []
    for path in paths:
        full = Path(path) if Path(path).is_absolute() else Path.cwd() / path
        if not full.exists():
            raise WrongUse(Message(N_("没有这个文件或文件夹：{path}"), {"path": path}))
        wanted.append(full.resolve())

    def is_wanted(path: str) -> bool:
        full = (root / path).resolve()
        return any(full.is_relative_to(folder) for folder in wanted)

    problems = tuple(problem for problem in report.problems if is_wanted(problem.place.path))
    return Report(problems, report.files.only(is_wanted), report.base_url)
