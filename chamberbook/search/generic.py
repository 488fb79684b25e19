"""Words that say little about which chamber is meant: they rank a result, they never exclude one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chamberbook.derive import Directory
from chamberbook.formats import short_place
from chamberbook.records import Region

#: What kind of body it is. The longest is looked for first.
BODIES = (
    "工商业联合会", "同业商会", "同业公会", "同业协会", "行业商会", "行业协会", "行业公会", "异地商会", "民间商会",
    "总商会", "联合会", "促进会", "联谊会", "理事会", "工商联", "商会", "协会", "公会", "同业", "行业",
)  # fmt: skip
#: What may follow a place or not: 苏州 and 苏州市.
TAILS = "省市区县"
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
    return short[:-1] if short == name and len(name) > 2 and name[-1] in TAILS else short


def known_words(directory: Directory) -> tuple[str, ...]:
    """Places and trades of the directory, by which a query without blanks is cut: 苏州餐饮 -> 苏州, 餐饮."""
    found: set[str] = set()
    for code in directory.by_region:
        name = directory.regions[code].name
        found |= {name, bare_place(name)}
    for entry in directory.chambers:
        found |= set(_PARTS.split(entry.chamber.trade or ""))
        origin = directory.regions.get(entry.chamber.origin_region or "")
        found |= {origin.name, bare_place(origin.name)} if origin else set()
    return tuple(sorted(word for word in found if 2 <= len(word) <= 8))
