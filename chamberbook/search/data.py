"""What the scripts read before they ask Pagefind: how to cut a query, what is known in it, words of the interface."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from chamberbook.derive import Directory
from chamberbook.problems import Translate
from chamberbook.search import tokens as t
from chamberbook.search.fields import Cutter
from chamberbook.search.generic import BODIES, ENGLISH, TAILS, known_words
from chamberbook.search.names import WHOLE
from chamberbook.search.words import words
from chamberbook.settings import Settings

#: The version of everything that a portal reads of another site: tokens, places, table, rows, this file. Raise it when
#: a script of today could not search the new files, or the scripts of before not these; base.js holds the same number.
FORMAT = 1


def query_data(
    directory: Directory, settings: Settings, cutter: Cutter, translate: Translate
) -> dict[str, Any]:
    """Conversions, known words with their pinyin, syllables in use, topics, words of the interface."""
    hanzi = cutter.hanzi
    known = [word for word in known_words(directory) if cutter.plain(word) == word]
    return {
        "format": FORMAT,
        "pagefind": version("pagefind-bin"),
        "name": settings.name,
        "sites": [{"name": site.name, "url": site.url} for site in settings.sites],
        "cut": dict(t.SPEC),
        "hanzi": {
            "chars": "".join(char + simple for char, simple in hanzi.chars.items()),
            "phrases": dict(hanzi.phrases),
        },
        # In this order: the table says by number which one a name ends in.
        "bodies": {word: " ".join(cutter.readings(word)) for word in BODIES},
        "tails": TAILS,
        "soft": " ".join(ENGLISH),
        "known": {word: " ".join(cutter.readings(word)) for word in known},
        "syllables": " ".join(_syllables(directory, known, cutter)),
        "topics": topics(directory),
        "suggest": len(directory.chambers) <= WHOLE,
        "sample": settings.sample,
        "words": words(translate),
    }


def topics(directory: Directory) -> dict[str, Any]:
    """The topics of charters by title, each with its id and how many charters it has."""
    return {
        directory.topics[id_].title: {"id": id_, "count": len(charters)}
        for id_, charters in directory.charters_by_topic.items()
    }


def _syllables(directory: Directory, known: list[str], cutter: Cutter) -> list[str]:
    texts = [*known, *BODIES]
    for entry in directory.chambers:
        chamber = entry.chamber
        texts += [chamber.name, *chamber.aliases, *(former.name for former in chamber.former_names)]
        texts += [charter.charter.title or "" for charter in entry.charters]
        texts += [industry.title for industry in entry.industries]
    found = {part for text in texts for part in cutter.readings(text)} - {"-"}
    return sorted(found | {part.replace("v", "u") for part in found})
