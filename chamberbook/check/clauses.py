"""How a message names a clause of a scheme: the scheme, the level, what is ruled, and the article where it is known."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from chamberbook.problems import N_, Message
from chamberbook.records import Scheme, SchemeLevel

Clause = Literal["kinds", "issuer", "score", "prerequisite", "validity", "since"]
_NAMES: Mapping[Clause, str] = MappingProxyType({
    "kinds": N_("适用的商会类型"), "issuer": N_("{level}的授予机关"), "score": N_("{level}的分数线"),
    "prerequisite": N_("{level}的先决条件"), "validity": N_("{level}的有效期"), "since": N_("起止时间"),
})  # fmt: skip


def cite(scheme: Scheme, clause: Clause, level: SchemeLevel | None = None) -> Message:
    """“示例星级”四星级的先决条件（第六条）. The article is left out where the scheme's file does not give it."""
    name = Message(_NAMES[clause], {"level": level.label if level else ""})
    values = {"scheme": scheme.short_name, "clause": name}
    article = getattr(scheme.clauses, clause)
    if article is None:
        return Message(N_("“{scheme}”{clause}"), values)
    return Message(N_("“{scheme}”{clause}（{article}）"), {**values, "article": article})


def band(level: SchemeLevel) -> Message:
    """The scores of a level in words; the lower bound counts, the upper does not."""
    low, high = level.score_min, level.score_max
    values = {"low": f"{low or 0:g}", "high": f"{high or 0:g}"}
    if high is None:
        return Message(N_("{low} 分以上"), values)
    return Message(N_("不到 {high} 分") if low is None else N_("{low} 分以上、不到 {high} 分"), values)
