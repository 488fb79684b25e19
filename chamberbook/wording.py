"""Wording in a charter that competition law looks at: what reviewers are reminded of and readers are told.

A match says only that a person should look. It is no finding: the same words stand in charters that forbid the thing,
which is why a word behind 不得, 禁止, 反对 ... is passed over, but not one behind 不得低于, which is how a price is fixed.

Sources: 中华人民共和国反垄断法（2022年修正）第十七条、第二十一条; 国务院反垄断反不正当竞争委员会《关于行业协会的
反垄断指南》（2024年1月10日）, which names fixing prices, limiting output, dividing markets and joint boycotts as what
an association must not organise its members to agree on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Concern = Literal["price", "output", "market", "boycott"]

_PRICE = r"(?:价格|定价|售价|报价|价位|收费|运价|单价|票价|价(?!格))"
#: What the guideline names, as charters write it.
_PATTERNS: tuple[tuple[Concern, str], ...] = (
    ("price", rf"统一[^，。；！？\n]{{0,6}}?{_PRICE}(?!标[签示志]|公示|牌|签|欺诈|监督)"),
    ("price", r"(?:最低|最高)[^，。；！？\n]{0,2}(?:限价|保护价|售价|价格|报价|收费|价)"),
    ("price", r"保护价|保证价|自律价|协定价|行业(?:指导|基准|参考)?价|限价|价格(?:同盟|联盟|协议|自律)"),
    ("price", r"(?<!政府)(?<!政府的)指导价"),
    (
        "price",
        rf"(?<!客户)(?<!消费者)(?<!顾客)(?<!业主)(?<!双方)(?:协商|商定|议定|约定|协调|共同(?:制定|确定))[^，。；！？\n]{{0,8}}?{_PRICE}",
    ),
    (
        "price",
        r"(?:不得|不|禁止|不准|不许)(?:擅自)?(?:降价|涨价|低于(?![^，。；！？\n]{0,6}成本)[^，。；！？\n]{0,8}?价)",
    ),
    ("price", r"订[^，。；！？\n]{0,12}元[^，。；！？\n]{0,8}价"),
    ("output", r"联合(?:限产|减产|停产)|限产保价|限制[^，。；！？\n]{0,4}(?:产量|销量|销售数量|生产数量)"),
    ("market", r"(?:划分|分割|划定|瓜分)[^，。；！？\n]{0,8}?(?:市场|客户|地盘|片区|销售区域|经营区域)"),
    (
        "boycott",
        r"(?:联合|共同|集体|一致)(?:抵制|拒绝(?:交易|供货|采购|合作))(?!"
        + "不正当|恶性|低|假|伪劣|欺|违|侵|商业贿赂|各种|一切|不良|劣质|虚假|浪费|盗版|传销)",
    ),
)
#: What every pattern of a concern holds: most texts hold nothing of it, and need no second look.
_NEEDED: Mapping[Concern, re.Pattern[str]] = MappingProxyType({
    "price": re.compile("价|收费"), "output": re.compile("产|销量|销售数量"),
    "market": re.compile("划|割|瓜分"), "boycott": re.compile("抵制|拒绝"),
})  # fmt: skip
_NEGATED = re.compile(
    r"(?:不得|不准|不许|不能|不应|不参与|不搞|不进行|不达成|不签订|不制定|禁止|严禁|反对|杜绝|防止|避免|抵制)[^，。；！？\n]{0,12}$|不$"
)
_FIXED_ALL_THE_SAME = re.compile(r"低于|高于|突破|超过|违反|擅自|执行")
_WINDOW = 20


@dataclass(frozen=True, slots=True)
class Wording:
    """A stretch of a text: what it is about, its words and where they begin."""

    concern: Concern
    words: str
    start: int


def find(text: str) -> Iterator[Wording]:
    """The stretches in order of place; of those that overlap the one that begins first, then the longest."""
    held = {concern for concern, needed in _NEEDED.items() if needed.search(text)}
    found = [
        Wording(concern, match[0], match.start())
        for concern, pattern in _PATTERNS
        if concern in held
        for match in re.finditer(pattern, text)
        if not _forbidden(text, match.start())
    ]
    end = 0
    for wording in sorted(found, key=lambda one: (one.start, -len(one.words))):
        if wording.start >= end:
            end = wording.start + len(wording.words)
            yield wording


def fixes_price(text: str) -> bool:
    """Whether a text speaks of prices that competitors agree on. Every pattern of prices has one of these words."""
    return ("价" in text or "收费" in text) and any(wording.concern == "price" for wording in find(text))


def _forbidden(text: str, start: int) -> bool:
    """Whether the words stand behind a 不得: the charter forbids what they say."""
    before = _NEGATED.search(text[max(0, start - _WINDOW) : start])
    return before is not None and not _FIXED_ALL_THE_SAME.search(before[0])
