"""Words that say little about which chamber is meant: they rank a result, they never exclude one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chamberbook.derive import Directory, Place
from chamberbook.formats import short_place
from chamberbook.records import Region

#: What kind of body it is. The longest is looked for first.
BODIES = (
    "工商业联合会", "同业商会", "同业公会", "同业协会", "行业商会", "行业协会", "行业公会", "异地商会", "民间商会",
    "总商会", "联合会", "促进会", "联谊会", "理事会", "工商联", "商会", "协会", "公会", "同业", "行业",
)  # fmt: skip
#: What may follow a place or a trade or not: 苏州 and 苏州市, 餐饮 and 餐饮业.
TAILS = "省市区县业"
_PLACES = "省市区县"
#: The one-character names of provinces by the first two digits of their code, as on licence plates.
_PROVINCES = {
    "11": "京", "12": "津", "13": "冀", "14": "晋", "15": "蒙", "21": "辽", "22": "吉", "23": "黑", "31": "沪", "32": "苏",
    "33": "浙", "34": "皖", "35": "闽", "36": "赣", "37": "鲁", "41": "豫", "42": "鄂", "43": "湘", "44": "粤", "45": "桂",
    "46": "琼", "50": "渝", "51": "川", "52": "黔", "53": "滇", "54": "藏", "61": "陕", "62": "甘", "63": "青", "64": "宁",
    "65": "新", "71": "台", "81": "港", "82": "澳",
}  # fmt: skip
#: In English: words for a body and the small words of a title. A query of other words holds them or not.
ENGLISH = (
    "the", "of", "for", "in", "and", "chamber", "chambers", "commerce", "association", "associations", "federation",
    "federations", "guild", "guilds", "union", "unions", "society", "council", "industry", "trade",
)  # fmt: skip
_CONTRACTED = "协会"
_BODY = re.compile("|".join(sorted(BODIES, key=len, reverse=True)))
_PARTS = re.compile("[、，；（）()与和及/ ]")


def core(name: str, places: Iterable[Region]) -> str:
    """A name without its place's 省市区县 and without the words for a body: 苏州餐饮业 for 苏州市工商联餐饮业商会."""
    for region in places:
        short = bare_place(region.name)
        name = name.replace(region.name, short)
    return _BODY.sub("", name)


def bare_place(name: str) -> str:
    """苏州 for 苏州市, 吴中 for 吴中区, 内蒙古 for 内蒙古自治区; names of two characters stay."""
    short = short_place(name)
    return short[:-1] if short == name and len(name) > 2 and name[-1] in _PLACES else short


def body_of(name: str) -> str:
    """The word for a body at the end of a name, the longest; empty when it has none."""
    return max((word for word in BODIES if name.endswith(word)), key=len, default="")


def contractions(name: str, others: Iterable[str], place: Place) -> list[str]:
    """房协 and 苏房协 for 江苏省房地产业协会, from each name that ends in 协会; none from names that end otherwise.

    The rule of the field: one character of the place, one of the trade, 协. Provinces give their one-character name, all of
    China 中, other places their first character. 商会 and 公会 are not contracted so: 苏商 are merchants, no chamber.
    """
    found: dict[str, None] = {}
    for one in (name, *others):
        if not one.endswith(_CONTRACTED):
            continue
        trade = core(one, place.chain)
        nearest = place.chain[-1] if place.chain else None
        first = "中"
        if nearest:
            first = _PROVINCES.get(nearest.code[:2], "") if nearest.level == "province" else nearest.name[0]
        for start in (bare_place(region.name) for region in place.chain):
            trade = trade.removeprefix(start)
        trade = trade.removeprefix("中国").removeprefix("全国")
        if len(trade) > 1:
            found |= {f"{trade[0]}协": None, f"{first}{trade[0]}协": None}
    return list(found)


def known_words(directory: Directory) -> tuple[str, ...]:
    """Places, trades, kinds and topics of charters, by which a query without blanks is cut: 苏州餐饮 -> 苏州, 餐饮."""
    found = {term.title for terms in (directory.topics, directory.charter_types) for term in terms.values()}
    for code in directory.by_region:
        name = directory.regions[code].name
        found |= {name, bare_place(name)}
    for entry in directory.chambers:
        found |= set(_PARTS.split(entry.chamber.trade or ""))
        origin = directory.regions.get(entry.chamber.origin_region or "")
        found |= {origin.name, bare_place(origin.name)} if origin else set()
    return tuple(sorted(word for word in found if 2 <= len(word) <= 8))
