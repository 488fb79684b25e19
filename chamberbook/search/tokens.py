"""Text -> the words that Pagefind indexes. templates/theme/assets/search/tokens.js says the same for queries.

Pagefind knows words between blanks, finds every word that begins with the one asked for, and falls back to the
longest word that the asked one begins with. Chinese has no blanks, so a run of Han characters becomes its overlapping
pairs, each spelled as one word of ASCII letters. No word made here begins another one, so neither rule can fire.
A test holds both files to the same words for the same text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

#: On every record: what a list by filters alone asks for. `search(null)` would load the whole index.
EVERYTHING = "zall"
#: Scripts without blanks between words, cut into pairs: Han, kana, Hangul, Greek, Cyrillic. Others are ASCII words.
_CHARS = (
    "\u0370-\u03ff\u0400-\u052f\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U000323af"
)
_RUN = re.compile(f"[{_CHARS}]+|[a-z0-9]+")
_MARKS = re.compile("[\u0300-\u036f]")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LONGEST = 35


@dataclass(frozen=True, slots=True)
class Hanzi:
    """Traditional -> Simplified: characters one by one, and phrases where one by one is wrong (傢俱 家具)."""

    chars: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)

    @property
    def longest(self) -> int:
        """The length of the longest phrase."""
        return max(map(len, self.phrases), default=0)


def fold(text: str) -> str:
    """Compatibility forms, case and accents away: ＡＢＣ and Ábc are abc."""
    text = unicodedata.normalize("NFKD", text).lower()
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", text)))


def simplify(text: str, hanzi: Hanzi) -> str:
    """Simplified characters: the longest phrase at each place, else the character."""
    found, at, longest = [], 0, hanzi.longest
    while at < len(text):
        for size in range(min(longest, len(text) - at), 1, -1):
            phrase = hanzi.phrases.get(text[at : at + size])
            if phrase is not None:
                found.append(phrase)
                at += size
                break
        else:
            found.append(hanzi.chars.get(text[at], text[at]))
            at += 1
    return "".join(found)


def runs(text: str, hanzi: Hanzi) -> list[str]:
    """The runs of a text that are searched: of characters, or of ASCII letters and digits."""
    return _RUN.findall(simplify(fold(text), hanzi))


def is_word(run: str) -> bool:
    """Whether a run is an ASCII word; else it is a run of characters."""
    return run[0] < "\x80"


def pairs(run: str) -> list[str]:
    """The overlapping pairs of a run of characters; a lone character stands alone."""
    if len(run) == 1:
        return [single(run)]
    return [_code(a) + _code(b) + "p" for a, b in pairwise(run)]


def singles(run: str) -> list[str]:
    """Each character of a run."""
    return [single(char) for char in run]


def single(char: str) -> str:
    """One character."""
    return _code(char) + "s"


def begins(run: str) -> list[str]:
    """A name begins with the first pair of this run."""
    return [_code(run[0]) + _code(run[1]) + "b"] if len(run) > 1 else []


def ends(run: str) -> list[str]:
    """A name ends with the last pair of this run."""
    return [_code(run[-2]) + _code(run[-1]) + "e"] if len(run) > 1 else []


def word(run: str) -> str:
    """An ASCII word; its length in front keeps `steel` from being found by `steelworks` and the reverse."""
    return _sized("w", run)


def syllables(parts: list[str]) -> list[str]:
    """Neighbouring pinyin syllables written together, so that xi'an and xian are one word; a lone one alone."""
    if len(parts) == 1:
        return [_sized("y", parts[0])]
    return [_sized("y", a + b) for a, b in pairwise(parts)]


def initials(letters: str) -> list[str]:
    """First letters of syllables: overlapping triples, for two letters the pair."""
    if len(letters) < 3:
        return [_sized("x", letters)] if len(letters) == 2 else []
    return [_sized("x", letters[at : at + 3]) for at in range(len(letters) - 2)]


def tokens(text: str, hanzi: Hanzi) -> list[str]:
    """The words of a text in order: pairs of its characters, its ASCII words."""
    return [token for run in runs(text, hanzi) for token in ([word(run)] if is_word(run) else pairs(run))]


def unique(found: Iterable[str]) -> list[str]:
    """Each token once, in order of its first place."""
    return list(dict.fromkeys(found))


def _code(char: str) -> str:
    """Four letters for any character of the runs; the first is never beyond `l`, so no other word begins alike."""
    number, letters = ord(char), ""
    for _ in range(4):
        number, rest = divmod(number, 26)
        letters = _LETTERS[rest] + letters
    return letters


def _sized(kind: str, text: str) -> str:
    text = text[:_LONGEST]
    return kind + _DIGITS[len(text)] + text
