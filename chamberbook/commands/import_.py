"""`build.py import`: a workbook or CSV table back into records, with every mistake at its cell."""

from __future__ import annotations

import argparse
from pathlib import Path

from chamberbook import load
from chamberbook.commands.common import BAD_INPUT, OK, root_of, sayer
from chamberbook.commands.day import day_of
from chamberbook.commands.export import known_federation
from chamberbook.load import Loaded
from chamberbook.problems import N_, BadInput, Message, Translate, WrongUse, report
from chamberbook.sheets import MAX_BYTES, Import, read_import, write_import


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Say what changes, and change it unless --check; with a mistake anywhere nothing is written."""
    root, day = root_of(options), day_of(options)
    loaded = load.read_all(root)
    if options.federation:
        known_federation(options.federation, loaded.federations)
    found = read_import(_read(options.file), options.file, loaded, day, options.federation or "")
    if found.problems:
        print(report(found.problems, translate))
    if found.refused:
        sayer(translate)(Message(N_("没有写任何文件。")))
        return BAD_INPUT
    if not found.federation:
        raise WrongUse(Message(N_("看不出是哪家工商联的表；请写 --federation 编号")))
    known_federation(found.federation, loaded.federations)
    _refuse_unread(loaded, found.federation)
    print(_summary(found, translate, written=not options.check))
    if not options.check:
        write_import(root, found)
    return OK


def _read(file: str) -> bytes:
    try:
        with Path(file).open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        values = {"path": file, "error": error.strerror}
        raise WrongUse(Message(N_("读不到 {path}：{error}"), values)) from None


def _refuse_unread(loaded: Loaded, federation: str) -> None:
    """Records that cannot be read cannot be compared with a table."""
    own = f"chambers/{federation}/"
    if problems := [p for p in loaded.problems if p.severity == "error" and p.place.path.startswith(own)]:
        raise BadInput(problems)


def _summary(found: Import, translate: Translate, *, written: bool) -> str:
    """A line for each record that changes, the records that have no row, and the totals."""
    lines = []
    values: dict[str, object]
    for change in found.changes:
        values = {
            "path": change.path,
            "name": change.chamber.name,
            "fields": tuple(map(Message, change.fields)),
        }
        lines.append(
            Message(
                N_("新加 {path}（{name}）") if change.new else N_("改 {path}（{name}）：{fields}"), values
            )
        )
    if found.absent:
        values = {"count": len(found.absent), "slugs": found.absent}
        lines.append(Message(N_("{count} 家不在表里，资料没有动：{slugs}"), values))
    new = sum(change.new for change in found.changes)
    values = {"new": new, "changed": len(found.changes) - new, "unchanged": found.unchanged}
    total = N_("新加 {new} 家，改了 {changed} 家，没有变化 {unchanged} 家。")
    planned = N_("会新加 {new} 家，改 {changed} 家，没有变化 {unchanged} 家；这次没有写。")
    lines.append(Message(total if written else planned, values))
    return "\n".join(line.text(translate) for line in lines)
