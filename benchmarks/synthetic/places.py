"""Where the invented chambers and federations are: the real regions, in an order that the seed decides."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import yaml
from pypinyin import lazy_pinyin

#: Beyond the mainland there are no federations of industry and commerce of this kind.
_ELSEWHERE = ("71", "81", "82")


@dataclass(frozen=True, slots=True)
class Place:
    """A region as chambers' names begin: a district is told with its city (南京市鼓楼区)."""

    code: str
    name: str
    level: str
    slug: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Places:
    """The regions in use, those that lie right below each, and the retired codes of each."""

    all: tuple[Place, ...]
    below: dict[str, tuple[Place, ...]]
    retired: dict[str, tuple[str, ...]]


def read_places(vocabulary: Path) -> Places:
    """Read regions.yml of a vocabulary."""
    rows = yaml.load((vocabulary / "regions.yml").read_text("utf-8"), yaml.CSafeLoader)
    current = {row["code"]: row for row in rows if "retired" not in row and row["code"][:2] not in _ELSEWHERE}
    often = Counter(row["name"] for row in current.values())
    taken: Counter[str] = Counter()
    places = []
    for code, row in current.items():
        above = current.get(row.get("parent") or "")
        district = row["level"] == "county" and (row["name"].endswith("区") or often[row["name"]] > 1)
        name = f"{above['name']}{row['name']}" if district and above else row["name"]
        slug = "".join(lazy_pinyin(name.removesuffix("市").removesuffix("省")))
        taken[slug] += 1
        unique = slug if taken[slug] == 1 else f"{slug}-{code}"
        places.append(Place(code, name, row["level"], unique, row.get("parent")))
    below: defaultdict[str, list[Place]] = defaultdict(list)
    for place in places:
        below[place.parent or ""].append(place)
    retired: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        for heir in row.get("successors", ()):
            retired[heir["code"]].append(row["code"])
    return Places(
        tuple(places), {k: tuple(v) for k, v in below.items()}, {k: tuple(v) for k, v in retired.items()}
    )


def share_out(total: int, places: Places, seed: int) -> tuple[tuple[Place | None, int], ...]:
    """Federations with the number of their chambers, the national one first; a few are large, most are small."""
    shuffled = list(places.all)
    random.Random(f"{seed} places").shuffle(shuffled)
    homes: list[Place | None] = [None, *shuffled[: max(5, min(len(shuffled), total // 20))]]
    weights = [(rank + 10) ** -0.5 for rank in range(len(homes))]
    weights[0] /= 4
    counts = [max(1, int(total * weight / sum(weights))) for weight in weights]
    index = 0
    while (gap := total - sum(counts)) != 0:
        counts[index % len(counts)] += 1 if gap > 0 else -(counts[index % len(counts)] > 1)
        index += 1
    return tuple(zip(homes, counts, strict=True))
