"""The names to suggest while somebody types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chamberbook.derive import ChamberEntry, Directory
from chamberbook.formats import han_script
from chamberbook.pages.views import rating_view, short_chain
from chamberbook.search.fields import Cutter

#: Above this many chambers the names to suggest are no longer one file that loads while somebody types: a hundred
#: bytes a name before compression, some thirty after it.
WHOLE = 3000


def names(directory: Directory, cutter: Cutter) -> Iterator[tuple[str, Any]]:
    """(path, content) of each file of names."""
    if len(directory.chambers) <= WHOLE:
        yield "suggest.json", suggestions(directory, cutter)


def suggestions(directory: Directory, cutter: Cutter) -> list[dict[str, Any]]:
    """Every chamber in the order of names: name, address, place, pinyin of each character, other names, rating."""
    return [_suggestion(entry, cutter) for entry in directory.chambers]


def _suggestion(entry: ChamberEntry, cutter: Cutter) -> dict[str, Any]:
    chamber = entry.chamber
    place, within = short_chain(entry.place)
    held = next((rating_view(award) for award in entry.awards if award.holds), None)
    values = {
        "slug": entry.slug,
        "name": chamber.name,
        "script": han_script(chamber.name),
        "pinyin": " ".join(_aligned(chamber.name, cutter)),
        "place": place,
        "within": within,
        "other": [*chamber.aliases, *(former.name for former in chamber.former_names)],
        "level": " ".join(part for part in (held.scheme, held.words) if part) if held else None,
        "state": held.state if held else None,
    }
    return {key: value for key, value in values.items() if value}


def _aligned(name: str, cutter: Cutter) -> list[str]:
    """The reading of each character of a name, `-` for what has none."""
    found = cutter.readings(name)
    return found if len(found) == len(name) else []
