"""What somebody may have meant: the choices nearest to a word, by its spelling and by its sound."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, RE_HANS
from pypinyin.seg.mmseg import p_set

#: How many are offered at most: more would not be read.
MOST = 3
_HAN = re.compile("[\u3400-\u9fff]")
#: A character that pypinyin takes for a Han character, or a run of others.
_PARTS = re.compile(
    "{0}|(?:(?!{0}).)+".format(RE_HANS.pattern.removeprefix("^(?:").removesuffix(")+$")), re.DOTALL
)


def nearest(word: str, choices: Iterable[str], cutoff: float = 0.5) -> tuple[str, ...]:
    """At most three of the choices that look or sound like the word, nearest first."""
    sound = pinyin(word)
    by_sight, by_sound = SequenceMatcher(b=word), SequenceMatcher(b=sound)
    found = []
    for order, choice in enumerate(choices):
        likeness = _likeness(by_sight, choice, cutoff)
        said = pinyin(choice)
        if said != choice or sound != word:
            # A hair less than the same spelling: 质量 before 致良 for 质量.
            likeness = max(likeness, _likeness(by_sound, said, max(cutoff, 0.75)) - 0.01)
        if likeness >= cutoff:
            found.append((-likeness, order, choice))
    return tuple(choice for _, _, choice in sorted(found)[:MOST])


def _likeness(matcher: SequenceMatcher[str], choice: str, cutoff: float) -> float:
    """How like, from 0 to 1; 0 below the cutoff, told by the cheap bounds first."""
    matcher.set_seq1(choice)
    if matcher.real_quick_ratio() < cutoff or matcher.quick_ratio() < cutoff:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= cutoff else 0.0


@lru_cache(maxsize=20_000)
def pinyin(text: str) -> str:
    """The text with its Han characters as pinyin without tones and without blanks; hyphens go too."""
    if not _HAN.search(text):
        return text.replace("-", "").lower()
    return "".join(syllables(text)).replace("-", "")


def syllables(text: str) -> tuple[str, ...]:
    """Toneless syllables of the Han characters, other runs lower-cased; ü is v.

    What pypinyin gives for the whole text, word by word: names repeat their words, and a word is asked for once.
    """
    parts = _PARTS.findall(text)
    found: list[str] = []
    start = 0
    while start < len(parts):
        end = start + 1
        if end < len(parts) and parts[start] + parts[end] in p_set:
            end = _phrase_end(parts, start)
        found += _spoken("".join(parts[start:end]))
        start = end
    return tuple(found)


def _phrase_end(parts: list[str], start: int) -> int:
    """Where the longest phrase of pypinyin's dictionary that begins at a part ends."""
    longest, word = start + 1, parts[start]
    for end in range(start + 1, len(parts)):
        word += parts[end]
        if word not in p_set:
            break
        if word in PHRASES_DICT:
            longest = end + 1
    return longest


@lru_cache(maxsize=20_000)
def _spoken(word: str) -> tuple[str, ...]:
    return tuple(part.lower() for part in lazy_pinyin([word]))
