"""Charts as numbers: where the rectangles and labels of an SVG go. No SVG here, no data there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chamberbook.problems import Translate

WIDTH, HEIGHT, TOP, FOOT, LEFT = 560, 200, 16, 24, 34
#: Years that a column chart shows; earlier ones are told in words.
SPAN = 50
#: Half the width of the digits of a year, on a phone too.
_HALF_LABEL = 20
#: Grid lines at most.
_LINES = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart; `width` is a percentage of the longest."""

    label: str
    url: str | None
    count: int
    width: float


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar, from `left` on, both in percent; `style` names its colour."""

    style: str
    count: int
    left: float
    width: float

    @property
    def middle(self) -> float:
        return round(self.left + self.width / 2, 2)

    @property
    def roomy(self) -> bool:
        """Whether the number can stand inside on a phone."""
        return self.width >= 7


@dataclass(frozen=True, slots=True)
class Column:
    """A column and the number that it stands for."""

    year: int
    count: int
    x: float
    y: float
    height: float
    width: float


@dataclass(frozen=True, slots=True)
class Columns:
    """A chart of numbers by year. `earlier` are the years too far back to be drawn; the table has them."""

    years: tuple[tuple[int, int], ...]
    earlier: tuple[tuple[int, int], ...]
    columns: tuple[Column, ...]
    lines: tuple[tuple[float, int], ...]
    labels: tuple[tuple[float, int, bool], ...]
    first: int
    last: int
    peak_year: int
    peak: int

    width = WIDTH
    height = HEIGHT


def share(count: int, largest: int) -> float:
    """Percent of the largest, to a tenth."""
    return round(count * 100 / largest, 1) if largest else 0.0


def bars(
    rows: Iterable[tuple[str, str | None, int]], limit: int | None = None, _: Translate = str
) -> tuple[Bar, ...]:
    """Bars in the given order; beyond `limit` the rest is one row 其他."""
    rows = list(rows)
    if limit and len(rows) > limit + 1:
        rest = sum(count for _label, _url, count in rows[limit:])
        rows = [*rows[:limit], (_("其他{n}项").format(n=len(rows) - limit), None, rest)]
    largest = max((count for _label, _url, count in rows), default=0)
    return tuple(Bar(label, url, count, share(count, largest)) for label, url, count in rows)


def columns(years: Mapping[int, int]) -> Columns | None:
    """A chart of at most fifty years up to the last one; None without any year."""
    if not years:
        return None
    last = max(years)
    drawn = {year: count for year, count in years.items() if year > last - SPAN}
    first = min(drawn) - 1
    peak_year = min(drawn, key=lambda year: (-drawn[year], year))
    peak = drawn[peak_year]
    step = _step(peak)
    highest = -(-peak // step) * step
    slot = (WIDTH - LEFT) / (last - first + 2)

    def left(year: int) -> float:
        return round(LEFT + (year - first) * slot, 1)

    return Columns(
        years=tuple(sorted(drawn.items())),
        earlier=tuple((year, count) for year, count in sorted(years.items()) if year not in drawn),
        columns=tuple(
            Column(year, count, left(year), *_rise(count, highest), round(slot * 0.78, 1))
            for year, count in sorted(drawn.items())
        ),
        lines=tuple((_rise(value, highest)[0], value) for value in range(0, highest + 1, step)),
        labels=tuple(
            (round(left(year) + slot * 0.39, 1), year, year % 10 != 0)
            for year in range(first, last + 2)
            if year % 5 == 0 and left(year) + slot * 0.39 <= WIDTH - _HALF_LABEL
        ),
        first=first + 1,
        last=last,
        peak_year=peak_year,
        peak=peak,
    )


def _rise(count: int, highest: int) -> tuple[float, float]:
    """Where the top of a column is, and how tall the column."""
    height = (HEIGHT - FOOT - TOP) * count / highest
    return round(HEIGHT - FOOT - height, 1), round(height, 1)


def _step(peak: int) -> int:
    """1, 2, 5, 10, 20, 50 ...: the smallest that needs no more than eight grid lines."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if peak <= step * _LINES:
                return step
        size *= 10
