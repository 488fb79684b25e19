"""`build.py rules`: what is checked, why, and how to mend it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from textwrap import indent

from chamberbook.commands.common import OK
from chamberbook.problems import N_, SEVERITIES, Message, Translate, WrongUse
from chamberbook.rules import CATALOGUE, GROUPS, RuleText


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Print every rule with one sentence, or one rule in full."""
    if options.format == "json":
        rules = [_find(options.rule)] if options.rule else CATALOGUE
        told = [_values(rule, translate) for rule in rules]
        print(json.dumps(told, ensure_ascii=False, indent=2))
    elif options.rule:
        print("\n".join(_in_full(_find(options.rule), translate)))
    else:
        print("\n".join(_overview(translate)))
    return OK


def _find(name: str) -> RuleText:
    for rule in CATALOGUE:
        if rule.id == name.upper():
            return rule
    raise WrongUse(Message(N_("没有规则 {id}；build.py rules 列出全部"), {"id": name}))


def _values(rule: RuleText, translate: Translate) -> dict[str, str]:
    return {
        "id": rule.id,
        "severity": rule.severity,
        "asks": translate(rule.asks),
        "why": translate(rule.why),
        "mend": translate(rule.mend),
        "wrong": rule.wrong,
        "right": rule.right,
    }


def _overview(translate: Translate) -> Iterator[str]:
    for group in GROUPS:
        yield translate(group.title)
        for rule in group.rules:
            yield f"  {rule.id:<15}{translate(SEVERITIES[rule.severity])}  {translate(rule.asks)}"
        yield ""
    count = {"count": len(CATALOGUE)}
    yield Message(N_("共 {count} 条。build.py rules 加编号，看为什么、怎么改和例子。"), count).text(translate)


def _in_full(rule: RuleText, translate: Translate) -> Iterator[str]:
    yield f"{rule.id} {translate(SEVERITIES[rule.severity])}"
    for label, text in ((N_("是什么"), rule.asks), (N_("为什么"), rule.why), (N_("怎么改"), rule.mend)):
        values = {"label": Message(label), "text": translate(text)}
        yield Message(N_("{label}：{text}"), values).text(translate)
    for label, example in ((N_("错的"), rule.wrong), (N_("对的"), rule.right)):
        if example:
            yield (
                Message(N_("{label}：{text}"), {"label": Message(label), "text": ""}).text(translate).strip()
            )
            yield indent(example, "    ")
