"""`build.py export`: a federation's chambers as a workbook for Excel, WPS or LibreOffice."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterable
from pathlib import Path

from chamberbook import load
from chamberbook.commands.common import OK, root_of, sayer
from chamberbook.problems import N_, BadInput, Message, Translate, WrongUse
from chamberbook.sheets import workbook_bytes


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Write the workbook. Records with mistakes are reported instead: they could not be read back."""
    path = Path(options.file)
    if path.suffix.lower() != ".xlsx":
        raise WrongUse(Message(N_("文件名的结尾要写 .xlsx：{path}"), {"path": path}))
    loaded = load.read_all(root_of(options))
    known_federation(options.federation, loaded.federations)
    own = f"chambers/{options.federation}/"
    if problems := [p for p in loaded.problems if p.severity == "error" and p.place.path.startswith(own)]:
        raise BadInput(problems)
    data = workbook_bytes(loaded, options.federation)
    try:
        path.write_bytes(data)
    except OSError as error:
        values = {"path": path, "error": error.strerror}
        raise WrongUse(Message(N_("{path} 写不进去：{error}；正在表格软件里打开的先关掉"), values)) from None
    count = sum(entry.federation == options.federation for entry in loaded.chambers.values())
    sayer(translate)(Message(N_("写好 {path}，有 {count} 家商会"), {"path": path, "count": count}))
    return OK


def known_federation(federation: str, known: Iterable[str]) -> None:
    """WrongUse with the nearest ids when there is no such federation."""
    names = list(known)
    if federation not in names:
        near = tuple(difflib.get_close_matches(federation, names, n=3)) or tuple(names[:9])
        values = {"federation": federation, "choices": near}
        raise WrongUse(Message(N_("没有编号是 {federation} 的工商联；有的如 {choices}"), values))
