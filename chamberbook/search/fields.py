"""A record -> the words of its fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pypinyin import Style
from pypinyin import pinyin as readings

from chamberbook.derive import ChamberEntry, CharterEntry
from chamberbook.pages.views import shown_trade
from chamberbook.search import tokens as t
from chamberbook.search.generic import contractions, core
from chamberbook.search.layout import GAP, Fields
from chamberbook.search.tokens import Hanzi

#: A code of a register is found by its beginning from this many characters on: authority, kind and province.
_CODE = 4
#: A word of an English name is found by its beginning from this many letters on: ceram finds ceramics. Words that many
#: chambers share need more, or syllables of pinyin would find them: man is no manufacturing.
_WORD, _SHARED = 3, 5

#: What every charter is called on English pages.
_CHARTER = "charter"

Cut = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: what it is called in Chinese and in English, empty where it has no words."""

    facet: str
    text: str
    english: str = ""


class Cutter:
    """Cuts the texts of one directory. Places and trades come back in many records, so it remembers what it cut."""

    def __init__(self, hanzi: Hanzi) -> None:
        self.hanzi = hanzi
        self._plain: dict[str, str] = {}
        self._runs: dict[str, list[str]] = {}
        self._read: dict[str, list[str]] = {}
        self._lines: dict[str, list[str]] = {}

    def line(self, text: str) -> list[str]:
        """Pairs and words."""
        found = self._lines.get(text)
        if found is None:
            found = self._lines[text] = self._lane(text, lambda run: [t.word(run)], t.pairs)
        return found

    def singles(self, text: str) -> list[str]:
        """Each character by itself."""
        return self._lane(text, lambda _run: [GAP], t.singles)

    def syllables(self, text: str) -> list[str]:
        """The reading of each character; where ü occurs, all of it once more with u."""
        at = self._syllables(text)
        spelled = [t.syllable(part) if part != "-" else GAP for part in at]
        if any("v" in part for part in at):
            spelled += [GAP, *(t.syllable(part.replace("v", "u")) if part != "-" else GAP for part in at)]
        return spelled

    def initials(self, text: str) -> list[str]:
        """First letters of neighbouring readings."""
        at = self._syllables(text)
        return [GAP if "-" in (a, b) else t.initials(a[0] + b[0])[0] for a, b in pairwise(at)]

    def every(self, text: str) -> list[str]:
        """A text cut in all four ways, one after the other."""
        return _joined(cut(text) for cut in (self.line, self.singles, self.syllables, self.initials))

    def known(self, text: str, syllables: Sequence[str], source: str | None = None) -> None:
        """Remember the readings of a text, given those of itself or of a longer one from which it was shortened."""
        plain = self.plain(text)
        whole = self.plain(source) if source else plain
        if plain in self._read or len(syllables) != len(whole):
            return
        at, found = 0, []
        for char in plain:
            at = whole.find(char, at) + 1
            if not at:
                return
            found.append(syllables[at - 1])
        self._read[plain] = found

    def readings(self, text: str) -> list[str]:
        """One toneless syllable for each character of the folded text, `-` where it has none; ü is v."""
        plain = self.plain(text)
        found = self._read.get(plain)
        if found is None:
            found = self._read[plain] = han_syllables(plain)
        return found

    def plain(self, text: str) -> str:
        """The text folded and simplified, as a query will be."""
        found = self._plain.get(text)
        if found is None:
            found = self._plain[text] = t.simplify(t.fold(text), self.hanzi)
        return found

    def _lane(self, text: str, of_word: Cut, of_characters: Cut) -> list[str]:
        return _joined((of_word if t.is_word(run) else of_characters)(run) for run in self._of(text))

    def _of(self, text: str) -> list[str]:
        found = self._runs.get(text)
        if found is None:
            found = self._runs[text] = t.runs_of(self.plain(text))
        return found

    def _syllables(self, text: str) -> list[str]:
        """The readings run by run, `-` between them and for a word."""
        plain, at = self.plain(text), 0
        read = self.readings(text)
        found: list[str] = []
        for run in self._of(text):
            at = plain.index(run, at)
            if found:
                found.append("-")
            found += ["-"] if t.is_word(run) else read[at : at + len(run)]
            at += len(run)
        return found


def chamber_fields(entry: ChamberEntry, cutter: Cutter) -> Fields:
    """The words of a chamber's own; place, industry, kind, ratings and topics are those of `value_fields`."""
    chamber, places, name = entry.chamber, entry.place.chain, entry.chamber.name
    cutter.known(name, entry.pinyin)
    others = [*chamber.aliases, *(former.name for former in chamber.former_names)]
    texts = list(others)
    for one in (name, *others):
        short = core(one, places)
        cutter.known(short, cutter.readings(one), one)
        texts.append(short)
    trade = shown_trade(entry)
    return Fields(
        name=cutter.line(name),
        singles=cutter.singles(name),
        syllables=cutter.syllables(name),
        initials=cutter.initials(name),
        alias=_joined(
            [
                *(cutter.every(text) for text in t.unique(texts) if text != name),
                *(cutter.line(text) for text in contractions(name, others, entry.place)),
                cutter.line(chamber.name_en or ""),
                starts(english(chamber.name_en or ""), _WORD),
                beginnings(chamber.uscc or "", _CODE),
            ]
        ),
        about=cutter.every(trade) if trade not in name else (),
    )


def charter_fields(entry: CharterEntry, cutter: Cutter) -> Fields:
    """The words of a charter's own. That of its chamber and of its topics finds it too, see templates' engine.js."""
    return Fields(
        charter=_joined(
            [
                cutter.every(charter_title(entry)),
                cutter.line(entry.type.title),
                [t.word(one) for one in forms(english(f"{entry.type.title_en or ''} {_CHARTER}"))],
            ]
        ),
        text=_joined(cutter.line(text) for text in (entry.charter.summary or "", entry.text or "")),
    )


def value_fields(value: Value, cutter: Cutter) -> Fields:
    """The words of a value of a facet, once for all records that have it: 苏州市, 餐饮业, 食品安全, 五星级, Catering."""
    field = {"topic": "charter", "rating": "text"}.get(value.facet, "about")
    found = english(value.english)
    # What begins alike in pinyin is a name of a place itself.
    begun = [] if value.facet == "region" else starts(found, _SHARED)
    words = [[t.word(one) for one in forms(found)], begun]
    return Fields(**{field: _joined([cutter.every(value.text) if value.text else [], *words])})


def charter_title(entry: CharterEntry) -> str:
    """The title, else the kind of document: some sources describe a charter without naming it."""
    return entry.charter.title or entry.type.title


def searched_text(chambers: Iterable[ChamberEntry]) -> str:
    """Everything that is searched, one text: what the Traditional characters must lead to."""
    texts: dict[str, None] = {}
    for entry in chambers:
        chamber = entry.chamber
        found = (
            chamber.name,
            *chamber.aliases,
            *(former.name for former in chamber.former_names),
            shown_trade(entry),
            entry.kind.title,
            *(region.name for region in entry.place.chain),
            *(industry.title for industry in entry.industries),
            *(text for award in entry.awards for text in (award.level.label, award.scheme.short_name)),
            *(text for charter in entry.charters for text in _charter_texts(charter)),
        )
        texts.update(dict.fromkeys(found))
    return "\n".join(texts)


def han_syllables(text: str) -> list[str]:
    """One toneless syllable for each character, `-` where it has no reading; ü is v."""
    found = readings(text, style=Style.NORMAL, v_to_u=False, errors=lambda rest: "-" * len(rest))
    return [part for reading in found for part in (reading[0] if reading[0][0] == "-" else [reading[0]])]


def english(text: str) -> list[str]:
    """The words of a text in Latin letters, each once."""
    return t.unique(run for run in t.runs_of(t.fold(text)) if t.is_word(run))


def starts(words: Iterable[str], shortest: int) -> list[str]:
    """The beginnings of words, as they are indexed."""
    found = (one[:size] for one in words for size in range(shortest, len(one)))
    return [t.word(start) for start in t.unique(found)]


def forms(words: Iterable[str]) -> list[str]:
    """English words with their plural or singular: textile for textiles, industries for industry."""
    found: list[str] = []
    for one in words:
        other = f"{one}s"
        if one.endswith("ies"):
            other = f"{one[:-3]}y"
        elif one.endswith(("ss", "x", "ch", "sh")):
            other = f"{one}es"
        elif one.endswith("s"):
            other = one.removesuffix("s")
        elif one.endswith("y") and one[-2:-1] not in "aeiou":
            other = f"{one[:-1]}ies"
        found += [one, other] if one.isalpha() else [one]
    return t.unique(found)


def beginnings(code: str, shortest: int) -> list[str]:
    """A code and its beginnings."""
    return [t.word(code.lower()[:size]) for size in range(shortest, len(code) + 1)]


def _charter_texts(entry: CharterEntry) -> Iterable[str]:
    yield charter_title(entry)
    yield entry.type.title
    yield from (topic.title for topic in entry.topics)
    yield entry.charter.summary or ""
    yield entry.text or ""


def _joined(parts: Iterable[Sequence[str]]) -> list[str]:
    found: list[str] = []
    for part in parts:
        if part:
            if found:
                found.append(GAP)
            found += part
    return found
