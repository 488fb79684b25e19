"""What somebody may have meant: the choices nearest to a word, by its spelling and by its sound."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from pypinyin import lazy_pinyin

#: How many are offered at most: more would not be read.
MOST = 3
_HAN = re.compile("[\u3400-\u9fff]")


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
    return "".join(lazy_pinyin(text)).replace("-", "").lower()
