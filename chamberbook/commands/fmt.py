"""`build.py fmt`: the records in their canonical form."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from chamberbook.canonical import format_yaml, kind_of, shapes
from chamberbook.commands.common import BAD_INPUT, OK, root_of
from chamberbook.problems import N_, BadInput, Message, Problem, Translate, WrongUse, report


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Format; 1 when a file cannot be read, or with --check when one is not in its form."""
    root = root_of(options)
    changed = 0
    problems: list[Problem] = []
    known = shapes()
    dry = options.check or options.diff
    for path, kind in _files(root, options.paths):
        data = (root / path).read_bytes()
        try:
            text = format_yaml(data, path, kind, known[kind])
        except BadInput as error:
            problems += error.problems
            continue
        if text.encode() == data:
            continue
        changed += 1
        print(_diff(data, text, path) if options.diff else path)
        if not dry:
            (root / path).write_text(text, encoding="utf-8", newline="\n")
    if problems:
        print(report(problems, translate))
    print(_summary(changed, dry=dry).text(translate))
    return BAD_INPUT if problems or (options.check and changed) else OK


def _files(root: Path, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Path and kind of every file to format, in order of path; all of them when no paths are given."""
    wanted = []
    for path in paths:
        full = (Path.cwd() / path).resolve()
        if not full.exists():
            raise WrongUse(Message(N_("没有这个文件或文件夹：{path}"), {"path": path}))
        if not full.is_relative_to(root / "chambers"):
            raise WrongUse(
                Message(N_("{path} 不在 {root} 的 chambers 文件夹里"), {"path": path, "root": root})
            )
        wanted.append(full)
    for full in sorted((root / "chambers").glob("*/*.yml")):
        path = full.relative_to(root).as_posix()
        kind = kind_of(path)
        if kind is None or full.is_symlink() or not full.is_file():
            continue
        if not wanted or any(full.is_relative_to(one) for one in wanted):
            yield path, kind


def _diff(data: bytes, text: str, path: str) -> str:
    before = data.decode("utf-8").splitlines()
    lines = difflib.unified_diff(before, text.splitlines(), f"a/{path}", f"b/{path}", lineterm="")
    return "\n".join(lines)


def _summary(changed: int, *, dry: bool) -> Message:
    if not changed:
        return Message(N_("写法都合规范，没有改动。"))
    values = {"count": changed}
    return (
        Message(N_("{count} 个文件要整理；运行 python build.py fmt"), values)
        if dry
        else Message(N_("整理了 {count} 个文件。"), values)
    )
