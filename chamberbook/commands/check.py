"""`build.py check`: every mistake in the records, nothing written."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from chamberbook import pipeline
from chamberbook.commands.common import BAD_INPUT, OK, Command, add_as_of, root_of
from chamberbook.problems import N_, Message, Problem, Translate, WrongUse, report


def add_arguments(parser: argparse.ArgumentParser, _: Translate) -> None:
    """What to report on."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help=_(N_("只报告这些文件或文件夹里的问题")))
    add_as_of(parser, _)


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Print the report; 1 when it holds an error."""
    root = root_of(options)
    problems = _below(pipeline.check(root, options.as_of), options.paths, root)
    print(report(problems, translate))
    return BAD_INPUT if any(problem.severity == "error" for problem in problems) else OK


def _below(problems: Sequence[Problem], paths: Sequence[str], root: Path) -> list[Problem]:
    """The problems of the given files and folders; of all when none are given. The rules always see everything."""
    if not paths:
        return list(problems)
    wanted = []
    for path in paths:
        full = Path(path) if Path(path).is_absolute() else Path.cwd() / path
        if not full.exists():
            raise WrongUse(Message(N_("没有这个文件或文件夹：{path}"), {"path": path}))
        wanted.append(full.resolve())
    return [
        p for p in problems if any((root / p.place.path).resolve().is_relative_to(path) for path in wanted)
    ]


COMMAND = Command("check", N_("只检查资料，不写任何文件"), add_arguments, run)
