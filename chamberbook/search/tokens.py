"""Text -> the words that Pagefind indexes. templates/theme/assets/search/tokens.js cuts queries by the same SPEC.

Pagefind knows words between blanks, finds every word that begins with the one asked for, and falls back to the
longest word that the asked one begins with. Chinese has no blanks, so a run of Han characters becomes its overlapping
pairs, each spelled as one word of letters. No word made here begins another one, so neither rule can fire; none has a
digit, because Pagefind would cut it there. Where a word stands tells the rest: see `layout.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise

#: The definition that both languages work by; it reaches the scripts in search/data.json.
SPEC: Mapping[str, str | int] = {
    # Scripts without blanks between words, as ranges of code points: Greek, Cyrillic, 々, 〇, kana, Han with its
    # extensions, Hangul. Other words are ASCII letters and digits.
    "scripts": "370-3ff 400-52f 3005-3005 3007-3007 3040-30ff 3400-4dbf 4e00-9fff ac00-d7a3 f900-faff 20000-323af",
    # Combining marks that folding takes away.
    "marks": "300-36f",
    # Letters to a character. With four the first is never beyond `l`, so no other kind of word begins alike.
    "letters": 4,
    # The longest word, spelled; and what spells a digit: q and a letter; q itself is doubled.
    "longest": 60,
    "digits": "abcdefghij",
    # Kinds of words: a lone character, an ASCII word, a syllable, two first letters. Pairs are the only ones of
    # eight letters.
    "single": "z",
    "word": "w",
    "syllable": "y",
    "initials": "x",
}

_SCRIPTS = [tuple(int(code, 16) for code in part.split("-")) for part in str(SPEC["scripts"]).split()]
_RUN = re.compile(f"[{''.join(f'{chr(a)}-{chr(b)}' for a, b in _SCRIPTS)}]+|[a-z0-9]+")
_MARKS = re.compile("[{}-{}]".format(*(chr(int(code, 16)) for code in str(SPEC["marks"]).split("-"))))
_DIGITS = {"q": "qq"} | {str(at): f"q{letter}" for at, letter in enumerate(str(SPEC["digits"]))}


@dataclass(frozen=True)
class Hanzi:
    """Traditional -> Simplified: characters one by one, and phrases where one by one is wrong (傢俱 家具)."""

    chars: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """Finds the longest phrase at each place, else a character; None when there is nothing to find."""
        parts = [re.escape(phrase) for phrase in sorted(self.phrases, key=len, reverse=True)]
        if self.chars:
            parts.append(f"[{re.escape(''.join(self.chars))}]")
        return re.compile("|".join(parts)) if parts else None


def fold(text: str) -> str:
    """Compatibility forms, case and accents away: ＡＢＣ and Ábc are abc."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text).lower()
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", text)))


def simplify(text: str, hanzi: Hanzi) -> str:
    """Simplified characters: the longest phrase at each place, else the character."""
    if hanzi.pattern is None:
        return text
    return hanzi.pattern.sub(lambda found: hanzi.phrases.get(found[0]) or hanzi.chars[found[0]], text)


def runs(text: str, hanzi: Hanzi) -> list[str]:
    """The runs of a text that are searched: of characters, or of ASCII letters and digits."""
    return runs_of(simplify(fold(text), hanzi))


def runs_of(plain: str) -> list[str]:
    """The runs of a text that is folded and simplified already."""
    return _RUN.findall(plain)


def is_word(run: str) -> bool:
    """Whether a run is an ASCII word; else it is a run of characters."""
    return run[0] < "\x80"


def pairs(run: str) -> list[str]:
    """The overlapping pairs of a run of characters; a lone character stands alone."""
    if len(run) == 1:
        return [single(run)]
    return [_code(a) + _code(b) for a, b in pairwise(run)]


def singles(run: str) -> list[str]:
    """Each character of a run."""
    return [single(char) for char in run]


def single(char: str) -> str:
    """One character."""
    return _code(char) + str(SPEC["single"])


def word(run: str) -> str:
    """An ASCII word; its length in front keeps `steel` from being found by `steelworks` and the reverse."""
    return _sized("word", run)


def syllable(text: str) -> str:
    """One toneless syllable of pinyin; ü is v."""
    return _sized("syllable", text)


def initials(letters: str) -> list[str]:
    """First letters of neighbouring syllables, in pairs."""
    return [_sized("initials", a + b) for a, b in pairwise(letters)]


def tokens(text: str, hanzi: Hanzi) -> list[str]:
    """The words of a text in order: pairs of its characters, its ASCII words."""
    return [token for run in runs(text, hanzi) for token in ([word(run)] if is_word(run) else pairs(run))]


def unique(found: Iterable[str]) -> list[str]:
    """Each token once, in order of its first place."""
    return list(dict.fromkeys(found))


@cache
def _code(char: str) -> str:
    number, letters = ord(char), ""
    for _ in range(int(SPEC["letters"])):
        number, rest = divmod(number, 26)
        letters = chr(97 + rest) + letters
    return letters


@cache
def _sized(kind: str, text: str) -> str:
    spelled = "".join(_DIGITS.get(char, char) for char in text)[: int(SPEC["longest"])]
    tens, ones = divmod(len(spelled), 26)
    return f"{SPEC[kind]}{chr(97 + tens)}{chr(97 + ones)}{spelled}"
