"""The rules of the check, explained: where reports of the check lead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chamberbook.derive import Directory
from chamberbook.pages.model import Page
from chamberbook.problems import SEVERITIES, Translate
from chamberbook.rules import CATALOGUE, GROUPS, RuleText
from chamberbook.settings import Settings


def pages(_directory: Directory, _settings: Settings, _: Translate) -> Iterator[Page]:
    """One page; each rule has its id for an anchor."""
    groups = tuple(
        {"id": group.id, "title": _(group.title), "rules": tuple(_rule(rule, _) for rule in group.rules)}
        for group in GROUPS
    )
    yield Page(
        url="contribute/rules/",
        title=_("检查规则"),
        description=_("提交资料后自动检查的{count}条规则：是什么、为什么、怎么改、例子。").format(
            count=len(CATALOGUE)
        ),
        template="rules.html",
        data={"groups": groups, "count": len(CATALOGUE)},
        tab="contribute",
    )


def _rule(rule: RuleText, _: Translate) -> dict[str, Any]:
    return {
        "id": rule.id,
        "severity": rule.severity,
        "severity_title": _(SEVERITIES[rule.severity]),
        "asks": _(rule.asks),
        "why": _(rule.why),
        "mend": _(rule.mend),
        "wrong": rule.wrong,
        "right": rule.right,
    }
