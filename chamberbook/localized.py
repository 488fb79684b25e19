"""The directory as readers of another language see it: names of the vocabularies in Latin letters, pinyin beside names.

A view of the one that was derived: nothing is read or worked out again, every order and every digest stays. What
records quote from their sources stays Chinese; pages mark it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from pypinyin import Style, lazy_pinyin
from pypinyin.seg.mmseg import seg

from chamberbook.awards import Award
from chamberbook.derive import ChamberEntry, CharterEntry, Directory, FederationEntry, Place, TombstoneEntry
from chamberbook.languages import Language
from chamberbook.problems import N_, Translate
from chamberbook.records import Chamber, Industry, KindTerm, Region, Scheme, Term

#: What the last characters of a region's name say; the longest that fits counts.
_GENERIC = {
    "特别行政区": "Special Administrative Region", "自治州": "Autonomous Prefecture", "自治县": "Autonomous County",
    "自治区": "Autonomous Region", "地区": "Prefecture", "省": "Province", "市": "City", "区": "District",
    "县": "County", "盟": "League", "旗": "Banner",
}  # fmt: skip
#: How a federation is called after its region, and what that is in the name that federations use in English.
_FEDERATION = re.compile("工商业联合会(（.+）)?|工商联")
_HAN = re.compile("[\u3400-\u9fff]+")
#: A syllable that begins with a vowel is set off, by GB/T 16159: Xi'an, Huai'an.
_VOWELS = tuple("aoeāáǎàōóǒòēéěè")
#: Name endings that are words of their own.
_ENDINGS = re.compile("(商会|协会|公会|学会|总会|联合会|促进会|联盟)$")
T = TypeVar("T", Term, KindTerm)


def in_language(directory: Directory, language: Language, translate: Translate) -> Directory:
    """The directory for pages in a language; for Chinese the directory itself."""
    return directory if language.chinese else _View(directory, translate).directory()


def romanised(region: Region) -> str:
    """The name of a region in Latin letters: Suzhou City, Gulou District."""
    if region.name_en:
        return region.name_en
    ending = next(end for end in (*_GENERIC, "") if region.name.endswith(end))
    # A name of one character keeps its ending as a syllable: 泾县 is Jingxian County.
    own = region.name.removesuffix(ending) if len(region.name) > len(ending) + 1 else region.name
    return f"{_word(own, Style.NORMAL)} {_GENERIC.get(ending, '')}".strip()


@lru_cache(maxsize=100_000)
def pinyin_words(name: str) -> str:
    """A name as words of pinyin with tones: Sūzhōu Shì Guāngdiàn Chǎnyè Shānghuì."""
    parts = re.sub(f"({_HAN.pattern})", lambda found: f" {' '.join(_words(found[0]))} ", name)
    return re.sub(r"\s+([）)”》、，])|([（(“《])\s+", r"\1\2", " ".join(parts.split()))


def word_starts(name: str) -> set[int]:
    """With which characters of a name its words of pinyin begin."""
    found: set[int] = set()
    for run in _HAN.finditer(name):
        at = run.start()
        for word in _cut(run[0]):
            found.add(at)
            at += len(word)
    return found


def _words(text: str) -> list[str]:
    return [_word(word, Style.TONE) for word in _cut(text)]


def _cut(text: str) -> list[str]:
    """A run of characters in words, by GB/T 16159."""
    ending = _ENDINGS.search(text)
    body, last = (text[: ending.start()], [ending[0]]) if ending and ending.start() else (text, [])
    words: list[str] = []
    for word in seg.cut(body):
        # 苏州市 is two words in names, by GB/T 16159.
        apart = len(word) > 2 and word[-1] in "省市县区镇"
        words += [word[:-1], word[-1]] if apart else [word]
    return _joined(words + last)


def _joined(words: list[str]) -> list[str]:
    """Single characters that stand side by side are one word, but for the kinds of places."""
    found: list[str] = []
    for word in words:
        single = len(word) == 1 and word not in "省市县区镇"
        if found and single and len(found[-1]) == 1 and found[-1] not in "省市县区镇":
            found[-1] += word
        else:
            found.append(word)
    return found


def _word(text: str, style: Style) -> str:
    syllables = lazy_pinyin(text, style=style, v_to_u=True)
    rest = (f"'{one}" if one.startswith(_VOWELS) else one for one in syllables[1:])
    return f"{syllables[0]}{''.join(rest)}".capitalize()


@dataclass(frozen=True)
class _View:
    """How the values of one directory are seen in another language."""

    source: Directory
    translate: Translate

    def directory(self) -> Directory:
        """The view of everything: whatever holds a value holds its view."""
        parts = {part.name: getattr(self.source, part.name) for part in fields(Directory)}
        seen = {name: self._seen(part) for name, part in parts.items()}
        return replace(self.source, **seen | {"source": self.source})

    def _seen(self, value: Any) -> Any:
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            return tuple(map(self._seen, value))
        if isinstance(value, Mapping):
            return {key: self._seen(part) for key, part in value.items()}
        if isinstance(value, ChamberEntry):
            return self._chambers[value.slug]
        if isinstance(value, CharterEntry):
            return self._charters[value.url]
        return self._other(value)

    def _other(self, value: Any) -> Any:
        if isinstance(value, Region):
            return self._region(value)
        if isinstance(value, Industry):
            return self._industries[value.code]
        if isinstance(value, Scheme):
            return self._scheme(value)
        if isinstance(value, Term):
            return _term(value)
        if isinstance(value, KindTerm):
            return _term(value)
        if isinstance(value, FederationEntry):
            return self._federation(value)
        if isinstance(value, TombstoneEntry):
            heir = value.successor
            return replace(value, successor=heir and self._chambers[heir.slug])
        return value

    @cached_property
    def _chambers(self) -> dict[str, ChamberEntry]:
        return {entry.slug: self._chamber(entry) for entry in self.source.chambers}

    @cached_property
    def _charters(self) -> dict[str, CharterEntry]:
        return {charter.url: charter for entry in self._chambers.values() for charter in entry.charters}

    @cached_property
    def _regions(self) -> dict[str, Region]:
        return {code: self._region(region) for code, region in self.source.regions.items()}

    @cached_property
    def _industries(self) -> dict[str, Industry]:
        return {c: i.model_copy(update={"title": i.title_en}) for c, i in self.source.industries.items()}

    @cached_property
    def _schemes(self) -> dict[str, Scheme]:
        return {id_: self._scheme(scheme) for id_, scheme in self.source.schemes.items()}

    @cached_property
    def _types(self) -> dict[str, str]:
        return {term.title: _term(term).title for term in self.source.charter_types.values()}

    @cached_property
    def _activities(self) -> dict[str, str]:
        return {term.title: _term(term).title for term in self.source.activity_topics.values()}

    def _chamber(self, entry: ChamberEntry) -> ChamberEntry:
        chamber = self._record(entry.chamber)
        place = self._place(entry.place)
        trades = tuple(self._industries[one.code] for one in entry.industries)
        charters = tuple(
            replace(
                one,
                chamber=chamber,
                place=place,
                industries=trades,
                charter=record,
                type=_term(one.type),
                topics=tuple(map(_term, one.topics)),
            )
            for one, record in zip(entry.charters, chamber.charters, strict=True)
        )
        return replace(
            entry,
            chamber=chamber,
            kind=_term(entry.kind),
            place=place,
            industries=trades,
            awards=tuple(map(self._award, entry.awards)),
            charters=charters,
            reading="" if chamber.name_en else pinyin_words(chamber.name),
        )

    def _record(self, chamber: Chamber) -> Chamber:
        """The record under its English name, where it has one, with the words of the vocabularies."""
        changed: dict[str, Any] = {}
        if chamber.name_en:
            changed |= {"name": chamber.name_en, "aliases": (chamber.name, *chamber.aliases)}
        if chamber.industries:
            # The words of the source are Chinese; the names of the codes say the same.
            changed["trade"] = None
        if chamber.charters:
            changed["charters"] = tuple(
                one.model_copy(update={"type": self._types[one.type]}) for one in chamber.charters
            )
        if chamber.activities:
            changed["activities"] = tuple(
                one.model_copy(update={"topic": self._activities.get(one.topic, one.topic)})
                for one in chamber.activities
            )
        return chamber.model_copy(update=changed) if changed else chamber

    def _award(self, award: Award) -> Award:
        scheme = self._schemes[award.scheme_id]
        level = next(level for level in scheme.levels if level.id == award.level.id)
        return replace(award, scheme=scheme, level=level)

    def _place(self, place: Place) -> Place:
        parts = (place.region, place.province, place.prefecture, place.county)
        return Place(*(one and self._regions[one.code] for one in parts))

    def _region(self, region: Region) -> Region:
        return region.model_copy(update={"name": romanised(region)})

    def _scheme(self, scheme: Scheme) -> Scheme:
        title = scheme.name_en or scheme.title_en
        levels = tuple(
            level.model_copy(update={"label": level.label_en or level.label}) for level in scheme.levels
        )
        names = {"name": title, "short_name": title} if title else {}
        return scheme.model_copy(update={**names, "levels": levels})

    def _federation(self, entry: FederationEntry) -> FederationEntry:
        """Under the name that federations use in English: their region and what they are."""
        record, place = entry.federation, self._place(entry.place)
        name = record.name_en
        if not name and place.region is None and record.level == "national":
            name = self.translate(N_("中华全国工商业联合会"))
        region = entry.place.region
        if not name and region and place.region:
            own = _FEDERATION.sub("", record.short_name)
            if own.endswith(region.name):
                name = self.translate(N_("{place}工商业联合会")).format(place=place.region.name)
        if not name:
            return replace(entry, place=place)
        names = {"name": name, "short_name": name, "aliases": (record.name, *record.aliases)}
        return replace(entry, place=place, federation=record.model_copy(update=names))


def _term(term: T) -> T:
    found = {"title": term.title_en or term.title}
    if isinstance(term, KindTerm) and term.description_en:
        found["description"] = term.description_en
    return term.model_copy(update=found)
