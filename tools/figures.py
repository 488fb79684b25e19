"""The figures that the README states, counted from the records: `python tools/figures.py`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from chamberbook.derive import Directory
from chamberbook.reading import read_directory

ROOT = Path(__file__).resolve().parent.parent


def figures(directory: Directory) -> dict[str, int]:
    """Each figure by its English name, in the order of the README."""
    chambers = [entry.chamber for entry in directory.chambers]
    return {
        "chambers": len(chambers),
        "federations": len(directory.federations),
        "folders with chambers": len(directory.by_federation),
        "provinces": directory.totals.provinces,
        "charters": len(directory.charters),
        "ratings and titles": sum(len(chamber.ratings) for chamber in chambers),
        "chambers with a rating or title": sum(bool(chamber.ratings) for chamber in chambers),
        "rating schemes": len(directory.schemes),
        "activities": sum(len(chamber.activities) for chamber in chambers),
        "noted doubts": sum(len(chamber.doubts) for chamber in chambers),
        "distinct sources": directory.totals.sources,
    }


if __name__ == "__main__":
    for name, number in figures(read_directory(ROOT, date.today())).items():
        print(f"{number:6,} {name}")
