"""`build.py check`: every mistake in the records, nothing written."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from chamberbook import pipeline
from chamberbook.commands.common import BAD_INPUT, OK, Command, add_as_of, root_of
from chamberbook.problems import N_, Message, Translate, WrongUse
from chamberbook.reports import FORMATS, Report


def add_arguments(parser: argparse.ArgumentParser, _: Translate) -> None:
    """What to report on, and for whom."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help=_(N_("只报告这些文件或文件夹里的问题")))
    parser.add_argument(
        "--format",
        choices=tuple(FORMATS),
        default="text",
        metavar="FORMAT",
        help=_(N_("报告的格式：text（默认）、github、gitlab、sarif、rdjson、json、markdown")),
    )
    add_as_of(parser, _)


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Print the report; 1 when it holds an error."""
    root = root_of(options)
    report = _below(pipeline.check(root, options.as_of), options.paths, root)
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


COMMAND = Command("check", N_("只检查资料，不写任何文件"), add_arguments, run)
