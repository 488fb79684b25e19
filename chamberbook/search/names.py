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
from chamberbook.localized import word_starts
from chamberbook.pages.views import rating_view, short_chain
from chamberbook.search.fields import Cutter, english
from chamberbook.search.generic import bare_place, core

#: Above this many chambers the names are a tree.
WHOLE = 1000
#: A file holds so many names at most; one that would hold more keeps the first few and has files below it.
_FULL, _FIRST = 150, 24
#: Names that are alike for so long share one file however many they are.
_DEEPEST = 12


def names(directory: Directory, cutter: Cutter, *, foreign: bool = False) -> Iterator[tuple[str, Any]]:
    """(path, content) of each file of names; `foreign`: somebody reads them in pinyin."""
    entries = suggestions(directory, cutter, foreign=foreign)
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
    latin = english(chamber.name_en or "")
    found: dict[str, None] = dict.fromkeys(latin)
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


def suggestions(directory: Directory, cutter: Cutter, *, foreign: bool = False) -> list[dict[str, Any]]:
    """Every chamber in the order of names: name, address, place, pinyin of each character, other names, rating.

    `foreign`: where a word of the name begins, its pinyin has a capital.
    """
    return [_suggestion(entry, cutter, foreign) for entry in directory.chambers]


def said(directory: Directory, seen: Directory) -> dict[str, str]:
    """What the Chinese places and levels of suggestions are called in another language, in which the directory is `seen`."""
    found: dict[str, str] = {}
    for own, other in zip(directory.chambers, seen.chambers, strict=True):
        pairs = zip(
            (*short_chain(own.place), _level(own)), (*short_chain(other.place), _level(other)), strict=True
        )
        found |= {chinese: shown for chinese, shown in pairs if chinese != shown}
    return dict(sorted(found.items()))


def _level(entry: ChamberEntry) -> str:
    held = next((rating_view(award) for award in entry.awards if award.holds), None)
    return " ".join(part for part in (held.scheme, held.words) if part) if held else ""


def _suggestion(entry: ChamberEntry, cutter: Cutter, foreign: bool) -> dict[str, Any]:
    chamber = entry.chamber
    place, within = short_chain(entry.place)
    held = next((award for award in entry.awards if award.holds), None)
    values = {
        "slug": entry.slug,
        "name": chamber.name,
        "script": han_script(chamber.name),
        "english": chamber.name_en,
        "pinyin": " ".join(_aligned(chamber.name, cutter, foreign)),
        "place": place,
        "within": within,
        "other": [*chamber.aliases, *(former.name for former in chamber.former_names)],
        "level": _level(entry),
        "state": held.state if held else None,
    }
    return {key: value for key, value in values.items() if value}


def _aligned(name: str, cutter: Cutter, foreign: bool) -> list[str]:
    """The reading of each character of a name, `-` for what has none."""
    found = cutter.readings(name)
    if len(found) != len(name):
        return []
    begins = word_starts(name) if foreign else set()
    return [one.capitalize() if at in begins else one for at, one in enumerate(found)]
