"""A record -> the words of its fields, and what a reader of the results sees of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pypinyin import Style
from pypinyin import pinyin as readings

from chamberbook.derive import ChamberEntry, CharterEntry, Place
from chamberbook.pages.views import shown_trade
from chamberbook.records import Industry
from chamberbook.search import tokens as t
from chamberbook.search.generic import bare_place, core
from chamberbook.search.tokens import Hanzi


class Cutter:
    """Cuts the texts of one directory. Places and trades come back in many records, so it remembers what it cut."""

    def __init__(self, hanzi: Hanzi) -> None:
        self.hanzi = hanzi
        self._known: dict[str, list[str]] = {}

    def all(self, texts: Iterable[str]) -> list[str]:
        """Pairs, single characters, pinyin and initials of short texts."""
        return [token for text in texts for token in self._cut(text)]

    def plain(self, texts: Iterable[str]) -> list[str]:
        """Pairs and words alone."""
        return [token for text in texts for token in t.tokens(text, self.hanzi)]

    def _cut(self, text: str) -> list[str]:
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = []
            for run in t.runs(text, self.hanzi):
                if t.is_word(run):
                    found += _prefixes(run)
                else:
                    found += [*t.pairs(run), *t.singles(run), *_pinyin(run)]
        return found


@dataclass(frozen=True, slots=True)
class Fields:
    """The words of one record by field; templates/theme/assets/search/engine.js weighs the fields.

    `name`: what it is called, with the marks of where a name begins and ends. `alias`: what else it is called.
    `about`: place, trade, kind. `charter`: titles and topics of charters. `text`: everything else.
    """

    name: Sequence[str] = ()
    alias: Sequence[str] = ()
    about: Sequence[str] = ()
    charter: Sequence[str] = ()
    text: Sequence[str] = field(default=())


def chamber_fields(entry: ChamberEntry, cutter: Cutter) -> Fields:
    """The words of a chamber; it is also found by its charters' titles and topics and by its ratings."""
    chamber, places = entry.chamber, entry.place.chain
    nearest = bare_place(places[-1].name) if places else ""
    others = [*chamber.aliases, *(former.name for former in chamber.former_names)]
    short = [core(name, places) for name in (chamber.name, *others)]
    titles = [charter_title(charter) for charter in entry.charters]
    topics = [topic.title for charter in entry.charters for topic in charter.topics]
    about = [
        *_place_words(entry.place),
        shown_trade(entry),
        *_industry_words(entry.industries),
        entry.kind.title,
    ]
    ratings = [text for award in entry.awards for text in (award.level.label, award.scheme.short_name)]
    return Fields(
        name=t.unique([*_edges([chamber.name], cutter.hanzi), *cutter.all([chamber.name])]),
        alias=t.unique(
            [
                *_edges([*others, *short], cutter.hanzi),
                *cutter.all([*others, *short, f"{nearest}{chamber.trade or ''}"]),
                *cutter.all([chamber.name_en or "", chamber.uscc or ""]),
            ]
        ),
        about=t.unique(cutter.all(about)),
        charter=t.unique(cutter.plain([*titles, *topics])),
        text=t.unique(cutter.plain(ratings)),
    )


def charter_fields(entry: CharterEntry, cutter: Cutter) -> Fields:
    """The words of a charter; it is also found by its chamber, place and trade."""
    title, chamber, charter = charter_title(entry), entry.chamber, entry.charter
    about = [
        chamber.name,
        core(chamber.name, entry.place.chain),
        *_place_words(entry.place),
        chamber.trade or "",
    ]
    return Fields(
        name=t.unique([*_edges([title], cutter.hanzi), *cutter.all([title])]),
        about=t.unique(cutter.all([*about, *_industry_words(entry.industries)])),
        charter=t.unique(cutter.plain([entry.type.title, *(topic.title for topic in entry.topics)])),
        text=t.unique(cutter.plain([charter.summary or "", entry.text or ""])),
    )


def charter_title(entry: CharterEntry) -> str:
    """The title, else the kind of document: some sources describe a charter without naming it."""
    return entry.charter.title or entry.type.title


def searched_text(chambers: Iterable[ChamberEntry]) -> str:
    """Everything that is searched, one text: what the Traditional characters must lead to."""
    return "\n".join(
        text
        for entry in chambers
        for text in (
            entry.chamber.name,
            *entry.chamber.aliases,
            *(former.name for former in entry.chamber.former_names),
            shown_trade(entry),
            entry.kind.title,
            *_place_words(entry.place),
            *_industry_words(entry.industries),
            *(f"{award.level.label}\n{award.scheme.short_name}" for award in entry.awards),
            *(text for charter in entry.charters for text in _charter_texts(charter)),
        )
    )


def han_syllables(text: str) -> list[str]:
    """One toneless syllable for each character, `-` where it has no reading; ü is v."""
    found = readings(text, style=Style.NORMAL, v_to_u=False, errors=lambda rest: "-" * len(rest))
    return [part for reading in found for part in (reading[0] if reading[0][0] == "-" else [reading[0]])]


def _charter_texts(entry: CharterEntry) -> Iterable[str]:
    yield charter_title(entry)
    yield entry.type.title
    yield from (topic.title for topic in entry.topics)
    yield entry.charter.summary or ""
    yield entry.text or ""


def _place_words(place: Place) -> list[str]:
    return [word for region in place.chain for word in dict.fromkeys((region.name, bare_place(region.name)))]


def _industry_words(industries: Iterable[Industry]) -> list[str]:
    return [industry.title for industry in industries]


def _edges(names: Iterable[str], hanzi: Hanzi) -> list[str]:
    found = []
    for name in names:
        parts = t.runs(name, hanzi)
        if parts and not t.is_word(parts[0]):
            found += t.begins(parts[0])
        if parts and not t.is_word(parts[-1]):
            found += t.ends(parts[-1])
    return found


def _prefixes(run: str) -> list[str]:
    """The word and its beginnings from three letters on: ceram finds ceramics. Codes with digits only whole."""
    if any(char.isdigit() for char in run):
        return [t.word(run)]
    return [t.word(run[:size]) for size in range(min(3, len(run)), len(run) + 1)]


def _pinyin(run: str) -> list[str]:
    """Pinyin of a run: neighbouring syllables, each syllable, first letters. ü is found as v and as u."""
    found: list[str] = []
    for parts in _readable(han_syllables(run)):
        for spelling in dict.fromkeys(("v", "u")):
            spelled = [part.replace("v", spelling) for part in parts]
            found += t.syllables(spelled)
            found += [token for part in spelled for token in t.syllables([part])]
        letters = "".join(part[0] for part in parts)
        found += t.initials(letters)
        found += [token for a, b in pairwise(letters) for token in t.initials(a + b)]
    return found


def _readable(syllables: list[str]) -> Iterable[list[str]]:
    """The stretches of a run whose characters all have a reading."""
    stretch: list[str] = []
    for part in syllables:
        if part != "-":
            stretch.append(part)
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch
