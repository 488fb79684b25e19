"""The two small files that the scripts read before they ask Pagefind: how to cut a query, and names to suggest."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from chamberbook.derive import ChamberEntry, Directory
from chamberbook.formats import han_script
from chamberbook.pages.views import rating_view, short_chain
from chamberbook.problems import Translate
from chamberbook.search import tokens as t
from chamberbook.search.fields import han_syllables
from chamberbook.search.generic import BODIES, TAILS, known_words
from chamberbook.search.tokens import Hanzi
from chamberbook.search.words import words
from chamberbook.settings import Settings

#: Above this many chambers the names to suggest are no longer one file that loads while somebody types: a hundred
#: bytes a name before compression, some thirty after it.
SUGGESTED = 3000


#: The version of everything that a portal reads of another site: tokens, fields, facets, rows, this file. Raise it when
#: a script of today could not search the new files, or the scripts of before not these; base.js holds the same number.
FORMAT = 1


def query_data(
    directory: Directory, settings: Settings, hanzi: Hanzi, translate: Translate
) -> dict[str, Any]:
    """Conversions, known words with their pinyin, syllables in use, topics, words of the interface."""
    known = [word for word in known_words(directory) if t.simplify(t.fold(word), hanzi) == word]
    return {
        "format": FORMAT,
        "pagefind": version("pagefind-bin"),
        "name": settings.name,
        "sites": [{"name": site.name, "url": site.url} for site in settings.sites],
        "hanzi": {
            "chars": "".join(char + simple for char, simple in hanzi.chars.items()),
            "phrases": dict(hanzi.phrases),
        },
        "bodies": {word: " ".join(han_syllables(word)) for word in BODIES},
        "tails": TAILS,
        "known": {word: " ".join(han_syllables(word)) for word in known},
        "syllables": " ".join(_syllables(directory, known)),
        "topics": {
            directory.topics[id_].title: {"id": id_, "count": len(charters)}
            for id_, charters in directory.charters_by_topic.items()
        },
        "suggest": len(directory.chambers) <= SUGGESTED,
        "sample": settings.sample,
        "words": words(translate),
    }


def suggestions(directory: Directory, hanzi: Hanzi) -> list[dict[str, Any]]:
    """Every chamber in the order of names: name, address, place, pinyin of each character, other names, rating."""
    return [_suggestion(entry, hanzi) for entry in directory.chambers]


def _suggestion(entry: ChamberEntry, hanzi: Hanzi) -> dict[str, Any]:
    chamber = entry.chamber
    place, within = short_chain(entry.place)
    held = next((rating_view(award) for award in entry.awards if award.holds), None)
    values = {
        "slug": entry.slug,
        "name": chamber.name,
        "script": han_script(chamber.name),
        "pinyin": " ".join(_aligned(chamber.name, hanzi)),
        "place": place,
        "within": within,
        "other": [*chamber.aliases, *(former.name for former in chamber.former_names)],
        "level": " ".join(part for part in (held.scheme, held.words) if part) if held else None,
        "state": held.state if held else None,
    }
    return {key: value for key, value in values.items() if value}


def _aligned(name: str, hanzi: Hanzi) -> list[str]:
    """The reading of each character of a name, `-` for what has none."""
    found = han_syllables(t.simplify(name, hanzi))
    return found if len(found) == len(name) else []


def _syllables(directory: Directory, known: list[str]) -> list[str]:
    texts = [*known, *BODIES]
    for entry in directory.chambers:
        chamber = entry.chamber
        texts += [chamber.name, *chamber.aliases, *(former.name for former in chamber.former_names)]
        texts += [charter.charter.title or "" for charter in entry.charters]
        texts += [industry.title for industry in entry.industries]
    found = {part for text in texts for part in han_syllables(text)} - {"-"}
    return sorted(found | {part.replace("v", "u") for part in found})
