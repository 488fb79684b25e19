"""The names to suggest while somebody types: one file while that is small, else a tree of files by how names begin.

One file is searched for any part of a name and costs 28 bytes a chamber when compressed, so 1,000 cost as much as the
three files of a tree that a reader loads for three characters. In the tree a name stands under its own beginning, that of
its short form, of what follows its place, of its other names, and of the pinyin and the first letters of each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chamberbook.derive import ChamberEntry, Directory
from chamberbook.formats import han_script
from chamberbook.pages.views import rating_view, short_chain
from chamberbook.search.fields import Cutter
from chamberbook.search.generic import bare_place, core

#: Above this many chambers the names are a tree.
WHOLE = 1000
#: A file holds so many names at most; one that would hold more keeps the first few and has files below it.
_FULL, _FIRST = 150, 24
#: Names that are alike for so long share one file however many they are.
_DEEPEST = 12


def names(directory: Directory, cutter: Cutter) -> Iterator[tuple[str, Any]]:
    """(path, content) of each file of names."""
    entries = suggestions(directory, cutter)
    if len(entries) <= WHOLE:
        yield "suggest.json", entries
        return
    starts = [(start, at) for at, entry in enumerate(directory.chambers) for start in _starts(entry, cutter)]
    yield from _tree("", starts, entries)


def _tree(
    key: str, starts: Sequence[tuple[str, int]], entries: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, Any]]:
    """The file of the names that begin with `key`, then those below it; `deeper` are the characters that lead there."""
    held = sorted({at for _, at in starts})
    split = len(held) > _FULL and len(key) < _DEEPEST
    below: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for start, at in starts if split else ():
        if len(start) > len(key):
            below[start[len(key)]].append((start, at))
    shown = [] if not key else held[:_FIRST] if split else held
    yield _path(key), {"entries": [entries[at] for at in shown], "deeper": "".join(sorted(below))}
    for char in sorted(below):
        yield from _tree(key + char, below[char], entries)


def _path(key: str) -> str:
    return f"names/{'-'.join(f'{ord(char):x}' for char in key) or 'index'}.json"


def _starts(entry: ChamberEntry, cutter: Cutter) -> Iterator[str]:
    """How a reader may begin to write the name, in characters, in pinyin and in first letters."""
    chamber, places = entry.chamber, entry.place.chain
    texts: dict[str, None] = {}
    for name in (chamber.name, *chamber.aliases, *(former.name for former in chamber.former_names)):
        short = core(name, places)
        rest = short
        for region in places:
            rest = rest.removeprefix(bare_place(region.name))
        texts |= {cutter.plain(name): None, cutter.plain(short): None, cutter.plain(rest): None}
    found: dict[str, None] = {}
    for text in texts:
        read = [part for part in cutter.readings(text) if part != "-"]
        spelled = "".join(read)
        found |= {
            text: None,
            spelled: None,
            spelled.replace("v", "u"): None,
            "".join(part[0] for part in read): None,
        }
    return (text for text in found if text)


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
