"""Two versions of a charter -> a difference that people can read: article by article, word by word.

Articles are paired by equal text, then by number when the texts are alike, then by likeness alone, so that an article
that only moved is not shown as removed and added. Blanks, emphasis and half- or full-width forms are no change.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from chamberbook.articles import blocks

State = Literal["same", "changed", "added", "removed"]

#: How much two articles must share (of their pairs of characters) to be one article in two versions.
ALIKE = 0.35
#: With the same number less is enough: rewriting an article leaves its place.
ALIKE_IN_PLACE = 0.15
#: Above this many unpaired articles on a side only number and equal text pair them, and an article of more words than
#: MOST_WORDS is compared by sentences: the work grows with the square of both.
MOST_UNPAIRED, MOST_WORDS = 400, 600
#: Equal characters between two changes that are too few to help a reader; a change swallows them.
ISLAND = 1

_MARKUP = re.compile(r"\*\*|__|^#{1,6}\s*", re.MULTILINE)
_WORD = re.compile(r"[A-Za-z]+|\d+(?:[.,]\d+)*%?|\s+|.", re.DOTALL)
_HAN = re.compile(r"[\u3400-\u9fff]")
_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]?")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that both versions have, or only the old one (`del`), or only the new one (`ins`)."""

    kind: Literal["same", "del", "ins"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one article. `label` is that of the new version, of the old one when it was removed.

    `old_label` is set when the number changed. `old` and `new` are empty where a version has no such article.
    """

    state: State
    label: str
    old_label: str
    old: tuple[Run, ...]
    new: tuple[Run, ...]

    @property
    def moved(self) -> bool:
        """Whether it stands under another number than before."""
        return bool(self.old_label)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All articles of both versions, in the order of the new one, removed ones where they stood."""

    changes: tuple[Change, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many are same, changed, added, removed; `moved` counts those of the first two with a new number."""
        found = dict.fromkeys(("same", "changed", "added", "removed", "moved"), 0)
        for change in self.changes:
            found[change.state] += 1
            found["moved"] += change.moved
        return found


@dataclass(frozen=True, slots=True)
class _Unit:
    """An article, or a paragraph outside of the articles: what is compared. `pairs` are its pairs of characters."""

    label: str
    text: str
    plain: str
    pairs: frozenset[str]


def compare(old: str, new: str) -> Comparison:
    """The difference between two full texts."""
    before, after = _units(old), _units(new)
    partner = _paired(before, after)
    return Comparison(tuple(_changes(before, after, partner)))


def runs(old: str, new: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """What one text lost and the other gained, each as runs that make up the whole text."""
    a, b = _words(old), _words(new)
    if len(a) > MOST_WORDS or len(b) > MOST_WORDS:
        a, b = _SENTENCE.findall(old), _SENTENCE.findall(new)
    if len(a) > MOST_WORDS or len(b) > MOST_WORDS:
        return _run("del", old), _run("ins", new)
    matcher = SequenceMatcher(None, [_folded(w) for w in a], [_folded(w) for w in b], autojunk=False)
    lost: list[Run] = []
    gained: list[Run] = []
    for equal, i1, i2, j1, j2 in _steps(matcher.get_opcodes(), a):
        lost += _run("same" if equal else "del", "".join(a[i1:i2]))
        gained += _run("same" if equal else "ins", "".join(b[j1:j2]))
    return tuple(lost), tuple(gained)


_Step = tuple[bool, int, int, int, int]


def _steps(codes: Sequence[tuple[str, int, int, int, int]], words: Sequence[str]) -> Iterator[_Step]:
    """Equal and changed stretches in turn, the changed ones grown to what reads as a word."""
    last: _Step | None = None
    for step in _grown(codes, words):
        if last and last[0] == step[0]:
            last = (last[0], last[1], step[2], last[3], step[4])
            continue
        if last:
            yield last
        last = step
    if last:
        yield last


def _grown(codes: Sequence[tuple[str, int, int, int, int]], words: Sequence[str]) -> Iterator[_Step]:
    """A change takes the islands of equal words inside it, and the half of a word left at its edge: 一[年]。"""
    for position, (tag, i1, i2, j1, j2) in enumerate(codes):
        if tag != "equal":
            yield False, i1, i2, j1, j2
            continue
        after, before = position > 0, position < len(codes) - 1
        if after and before and i2 - i1 <= ISLAND:
            yield False, i1, i2, j1, j2
            continue
        head = int(after and _stub(words[i1 : i1 + 2]))
        tail = int(before and i2 - i1 > head + 1 and _stub(words[i2 - 2 : i2][::-1]))
        if head:
            yield False, i1, i1 + 1, j1, j1 + 1
        yield True, i1 + head, i2 - tail, j1 + head, j2 - tail
        if tail:
            yield False, i2 - 1, i2, j2 - 1, j2


def _stub(pair: Sequence[str]) -> bool:
    """Whether one Chinese character stands alone before something that is none."""
    return len(pair) == 2 and bool(_HAN.match(pair[0])) and not _HAN.match(pair[1])


def _run(kind: Literal["same", "del", "ins"], text: str) -> tuple[Run, ...]:
    return (Run(kind, text),) if text else ()


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _folded(text: str) -> str:
    """A text as it is compared: width and kind of blanks do not count."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text))


def _units(text: str) -> tuple[_Unit, ...]:
    """The articles, and the paragraphs outside of them, which have no label. A text without articles is all prose."""
    found = []
    for block in blocks(text):
        if block.kind == "heading":
            continue
        for part in [block.text] if block.kind == "article" else re.split(r"\n\s*\n", block.text):
            shown = _MARKUP.sub("", part).strip()
            plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", shown))
            pairs = frozenset(plain[n : n + 2] for n in range(max(1, len(plain) - 1)))
            found.append(_Unit(block.label, shown, plain, pairs))
    return tuple(found)


def _paired(before: Sequence[_Unit], after: Sequence[_Unit]) -> dict[int, int]:
    """For units of the new version the index of the same unit in the old one."""
    partner: dict[int, int] = {}
    free = dict.fromkeys(range(len(before)))

    def pair(candidates: Iterable[tuple[int, int]]) -> None:
        for new, old in candidates:
            if new not in partner and old in free:
                partner[new] = old
                del free[old]

    def equal(key: str) -> Iterator[tuple[int, int]]:
        """Pairs of equal units, in order; `key` says whether the number must be equal too."""
        places: dict[tuple[str, str], list[int]] = {}
        for old in reversed(free):
            unit = before[old]
            places.setdefault((unit.plain, unit.label if key else ""), []).append(old)
        for new, unit in enumerate(after):
            same = places.get((unit.plain, unit.label if key else ""))
            if same and new not in partner:
                yield new, same.pop()

    pair(list(equal("label")))
    pair(list(equal("")))
    pair(_alike_in_place(before, after, list(free), partner))
    pair(_alike(before, after, list(free), partner))
    return partner


def _alike_in_place(
    before: Sequence[_Unit], after: Sequence[_Unit], free: Sequence[int], partner: Mapping[int, int]
) -> list[tuple[int, int]]:
    """Units with the same number and words in common, unless another one is much more alike."""
    by_label = {before[old].label: old for old in reversed(free) if before[old].label}
    found = []
    for new, unit in enumerate(after):
        old = by_label.get(unit.label)
        if new not in partner and old is not None:
            likeness = _likeness(before[old], unit)
            rivals = [n for n in free if n != old] if len(free) <= MOST_UNPAIRED else []
            best = max((_likeness(before[n], unit) for n in rivals), default=0.0)
            if likeness >= ALIKE_IN_PLACE and best < max(ALIKE, likeness * 1.5):
                found.append((new, old))
    return found


def _alike(
    before: Sequence[_Unit], after: Sequence[_Unit], free: Sequence[int], partner: Mapping[int, int]
) -> list[tuple[int, int]]:
    """The other units, most alike first."""
    open_ = [new for new in range(len(after)) if new not in partner]
    if max(len(free), len(open_)) > MOST_UNPAIRED:
        return []
    scored = [(_likeness(before[old], after[new]), new, old) for new in open_ for old in free]
    best = sorted((-score, new, old) for score, new, old in scored if score >= ALIKE)
    return [(new, old) for _score, new, old in best]


def _likeness(one: _Unit, other: _Unit) -> float:
    """The share of pairs of characters that two units have in common, 0 to 1."""
    both = len(one.pairs & other.pairs)
    return 2 * both / (len(one.pairs) + len(other.pairs))


def _changes(before: Sequence[_Unit], after: Sequence[_Unit], partner: Mapping[int, int]) -> Iterator[Change]:
    kept = set(partner.values())
    gone = [old for old in range(len(before)) if old not in kept]
    for new, unit in enumerate(after):
        old = partner.get(new)
        while old is not None and gone and gone[0] < old:
            yield _removed(before[gone.pop(0)])
        if old is None:
            # What was rewritten from end to end stands where a reader looks for it: above what replaced it.
            if gone and before[gone[0]].label == unit.label:
                yield _removed(before[gone.pop(0)])
            yield Change("added", unit.label, "", (), _run("ins", unit.text))
        else:
            yield _kept(before[old], unit)
    for old in gone:
        yield _removed(before[old])


def _removed(unit: _Unit) -> Change:
    return Change("removed", unit.label, "", _run("del", unit.text), ())


def _kept(old: _Unit, new: _Unit) -> Change:
    moved = old.label if old.label != new.label else ""
    if old.plain == new.plain:
        return Change("same", new.label, moved, _run("same", old.text), _run("same", new.text))
    return Change("changed", new.label, moved, *runs(old.text, new.text))
