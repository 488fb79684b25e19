"""`build.py init DIR`: an empty directory of another province."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from chamberbook import load
from chamberbook.commands.ask import Choice, Question, Unclear, ask
from chamberbook.commands.common import OK, WRONG_USE, root_of
from chamberbook.drafts import find_regions, pinyin_of_region
from chamberbook.load import Loaded
from chamberbook.problems import N_, Message, Translate, WrongUse
from chamberbook.starter import Plan, write_directory


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Write the directory and say what comes next; a folder that holds something is left alone."""
    project = root_of(options)
    out = Path(options.dir).absolute()
    try:
        plan = _plan(options, load.read_all(project), translate)
        write_directory(project, plan, out)
    except (KeyboardInterrupt, EOFError):
        print("\n" + translate(N_("已停止，什么也没有写。")), file=sys.stderr)
        return WRONG_USE
    message = Message(
        N_("已写好 {out}。接着：cd {out}，make site，再用 .venv/bin/python build.py new 加第一家商会。"),
        {"out": out},
    )
    print(message.text(translate))
    return OK


def _plan(options: argparse.Namespace, loaded: Loaded, translate: Translate) -> Plan:
    asking = not options.name and sys.stdin.isatty()
    if not asking and not (options.name and options.province):
        raise WrongUse(Message(N_("还要写 --name 和 --province；在终端里都不写就逐项问")))
    names = {region.code: region.name for region in loaded.vocabulary.regions}

    def province(text: str) -> str:
        found = [one for one in find_regions(text, loaded.vocabulary.regions) if one.level == "province"]
        if len(found) == 1:
            return found[0].code
        provinces = [one for one in loaded.vocabulary.regions if one.level == "province" and not one.retired]
        choices = [Choice(one.code, f"{one.name}（{one.code}）") for one in found or provinces]
        raise Unclear(Message(N_("没有找到这个省；可以写的有")), choices)

    def given(text: str) -> str:
        return text

    try:
        code = options.province and province(options.province)
    except Unclear as unclear:
        values = {"why": unclear.message, "choices": tuple(choice.shown for choice in unclear.choices)}
        raise WrongUse(Message(N_("--province：{why} {choices}"), values)) from None
    if asking and not code:
        code = ask(Question(Message(N_("哪个省，名称或代码")), province), translate)
    name = options.name or ask(
        Question(Message(N_("名录的名称")), given, f"{names[code]}商会名录"), translate
    )
    federation = options.federation or f"{names[code]}工商业联合会"
    if asking and not options.federation:
        federation = ask(Question(Message(N_("省工商联的全称")), given, federation), translate)
    short = federation.replace("工商业联合会", "工商联")
    return Plan(name.strip(), code, pinyin_of_region(names[code]), federation.strip(), short.strip())
