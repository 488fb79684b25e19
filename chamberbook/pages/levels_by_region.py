"""Who has which level where: provinces by scheme and level, those that hold it today and all that ever got it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from chamberbook.derive import ChamberEntry, Directory
from chamberbook.formats import short_place
from chamberbook.pages.charts import Part, share
from chamberbook.pages.links import Link


@dataclass(frozen=True, slots=True)
class LevelCount:
    """A level in a province: the chambers that hold it today, and all that ever got it."""

    title: str
    url: str
    holding: int
    total: int


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """A province: the chambers with any record, those that hold something today among them, and its levels.

    The levels of different schemes are counted side by side and never added up. National chambers are a row without
    an address.
    """

    place: Link | None
    holding: int
    total: int
    parts: tuple[Part, ...]
    levels: tuple[LevelCount, ...]


def province_rows(directory: Directory) -> tuple[ProvinceRow, ...]:
    """Provinces with most rated chambers first, national chambers last."""
    found: dict[str, list[ChamberEntry]] = {}
    for entry in directory.chambers:
        if entry.awards:
            found.setdefault(entry.place.chain[0].code if entry.place.chain else "", []).append(entry)
    largest = max((len(entries) for code, entries in found.items() if code), default=0)
    order = sorted(found, key=lambda code: (not code, -len(found[code]), code))
    return tuple(_province(code, found[code], largest, directory) for code in order)


def _province(code: str, entries: list[ChamberEntry], largest: int, directory: Directory) -> ProvinceRow:
    holding = sum(any(award.holds for award in entry.awards) for entry in entries)
    now, rest = share(holding, largest), share(len(entries) - holding, largest)
    parts = (Part("c5", holding, 0.0, now), Part("cx", len(entries) - holding, now, rest))
    held: Counter[tuple[str, str]] = Counter()
    ever: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        ever.update({(award.scheme_id, award.level.id) for award in entry.awards})
        held.update({(award.scheme_id, award.level.id) for award in entry.awards if award.holds})
    return ProvinceRow(
        place=Link(short_place(directory.regions[code].name), f"regions/{code}/") if code else None,
        holding=holding,
        total=len(entries),
        parts=tuple(part for part in parts if part.count) if code else (),
        levels=tuple(_level(key, held[key], ever[key], directory) for key in sorted(ever)),
    )


def _level(key: tuple[str, str], holding: int, total: int, directory: Directory) -> LevelCount:
    scheme = directory.schemes[key[0]]
    level = next(level for level in scheme.levels if level.id == key[1])
    title = scheme.short_name if len(scheme.levels) == 1 else f"{scheme.short_name} {level.label}"
    return LevelCount(title, f"ratings/{key[0]}/{key[1]}/", holding, total)
