"""The place of a cell, in the words that Excel and WPS use."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from chamberbook.problems import Place


@dataclass(frozen=True, slots=True, order=False)
class CellPlace(Place):
    """A cell of a table: `line` is its row and `column` its column, both from 1; row 0 means the whole sheet."""

    sheet: str = ""
    number: int = 0

    def __str__(self) -> str:
        cell = f"{get_column_letter(self.column)}{self.line}" if self.line else ""
        inside = "!".join(part for part in (self.sheet, cell) if part)
        return f"{self.path}[{inside}]" if inside else self.path

    def __lt__(self, other: object) -> bool:
        return _key(self) < _key(other) if isinstance(other, Place) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return _key(self) > _key(other) if isinstance(other, Place) else NotImplemented


def _key(place: Place) -> tuple[str, int, int, int]:
    """Sheets in their order, then rows, then columns; a file's own places keep theirs."""
    number = place.number if isinstance(place, CellPlace) else 0
    return place.path, number, place.line, place.column
