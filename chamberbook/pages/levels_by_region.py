"""Who has which level where, as rows of a chart and of a table: provinces by scheme and level."""

from __future__ import annotations

from dataclasses import dataclass

from chamberbook.derive import Directory
from chamberbook.formats import short_place
from chamberbook.pages.charts import Part, share
from chamberbook.pages.links import Link
from chamberbook.statistics import PlaceLevel, RatedPlace, Statistics, level_of


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level in a province: the chambers that hold it today, and all that ever got it."""

    title: str
    url: str
    holding: int
    total: int


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """A province: the chambers with any record, those that hold something today among them, and its levels.

    National chambers are a row without an address.
    """

    place: Link | None
    holding: int
    total: int
    parts: tuple[Part, ...]
    levels: tuple[LevelRow, ...]


def province_rows(directory: Directory, statistics: Statistics) -> tuple[ProvinceRow, ...]:
    """Provinces with most rated chambers first, national chambers last."""
    largest = max((place.total for place in statistics.places if place.code), default=0)
    return tuple(_province(place, largest, directory) for place in statistics.places)


def level_link(directory: Directory, scheme_id: str, level_id: str) -> Link:
    """A level as the statistics name it: the scheme in short, and the level where there are several."""
    scheme, level = level_of(directory, scheme_id, level_id)
    title = scheme.short_name if len(scheme.levels) == 1 else f"{scheme.short_name} {level.label}"
    return Link(title, f"ratings/{scheme_id}/{level_id}/")


def province_link(directory: Directory, code: str) -> Link | None:
    """A province in short, None for the empty code of national chambers."""
    return Link(short_place(directory.regions[code].name), f"regions/{code}/") if code else None


def _province(place: RatedPlace, largest: int, directory: Directory) -> ProvinceRow:
    now, rest = share(place.holding, largest), share(place.total - place.holding, largest)
    parts = (Part("c5", place.holding, 0.0, now), Part("cx", place.total - place.holding, now, rest))
    return ProvinceRow(
        place=province_link(directory, place.code),
        holding=place.holding,
        total=place.total,
        parts=tuple(part for part in parts if part.count) if place.code else (),
        levels=tuple(_level(level, directory) for level in place.levels),
    )


def _level(level: PlaceLevel, directory: Directory) -> LevelRow:
    link = level_link(directory, level.scheme_id, level.level_id)
    return LevelRow(link.title, link.url, level.holding, level.total)
