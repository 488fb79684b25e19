"""Random queries of every kind, drawn from a directory's own records, and how search answers them.

    python benchmarks/search_queries.py DIRECTORY --seed 7

Of each query the records that are wanted are known from the records' own text, worked out here and not by the index:
recall is the share of the wanted ones (of ten, when there are more) among the first ten results; precision the share
of all results that hold every part of the query. A query that names nothing scores 1 when nothing is found, else 0.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import opencc
from playwright.sync_api import Page
from pypinyin import Style, lazy_pinyin

from chamberbook.derive import ChamberEntry, CharterEntry, Directory
from chamberbook.search.generic import BODIES, bare_place, contractions
from search_site import ROOT, blank, opened, read, write

FIRST = 10
_ASK = """async ([url, query]) => {
    const m = await import(`${url}assets/search/engine.js`);
    return (await m.find(query)).results.map((one) => Number(one.id));
}"""
_HAN = re.compile("[\u3400-\u9fff]+")
_BODY = re.compile("|".join(sorted(BODIES, key=len, reverse=True)))
_EVERYDAY = (
    "火星飞船",
    "量子纠缠",
    "恐龙化石",
    "外卖红包",
    "天气预报",
    "世界杯决赛",
    "高考分数线",
    "彩票开奖",
    "拉面机器人",
    "月球旅馆",
)
_simple = opencc.OpenCC("t2s").convert


@dataclass(frozen=True)
class Query:
    """A query, what must be found, and what may be found."""

    kind: str
    text: str
    wanted: frozenset[str]
    allowed: frozenset[str]


@dataclass
class Texts:
    """What is written in one record: names, their short forms, and everything that a person would search it by."""

    url: str
    names: list[str]
    bare: list[str]
    about: str
    charter: str
    prose: str
    english: list[str] = field(default_factory=list)
    code: str = ""

    @property
    def all(self) -> str:
        return "\n".join([*self.names, *self.bare, self.about, self.charter, self.prose])


def bare(name: str, entry: ChamberEntry) -> str:
    """The name without 市省区县 of its places and without the words for a body."""
    for region in entry.place.chain:
        name = name.replace(region.name, bare_place(region.name))
    return _BODY.sub("", name)


def texts_of(found: Directory) -> list[Texts]:
    """The texts of all chambers, then of all charters, in Simplified characters."""
    result = []
    for entry in found.chambers:
        chamber = entry.chamber
        names = [
            _simple(n) for n in (chamber.name, *chamber.aliases, *(f.name for f in chamber.former_names))
        ]
        places = [r.name for r in entry.place.chain] or ["全国"]
        about = [*places, *(i.title for i in entry.industries), chamber.trade or "", entry.kind.title]
        charter = [part for one in entry.charters for part in _titles(one)]
        ratings = [part for a in entry.awards for part in (a.level.label, a.scheme.short_name)]
        english = re.findall("[a-z0-9]+", (chamber.name_en or "").lower())
        result.append(
            Texts(
                entry.url, names, [bare(n, entry) for n in names], "\n".join(about), "\n".join(charter),
                "\n".join(ratings), english, chamber.uscc or "",
            )
        )  # fmt: skip
    chambers = {one.url: one for one in result}
    for charter in found.charters:
        own = chambers[f"chambers/{charter.slug}/"]
        prose = f"{charter.charter.summary or ''}\n{charter.text or ''}"
        about = "\n".join([*own.names, *own.bare, own.about])
        result.append(Texts(charter.url, [], [], about, _simple("\n".join(_titles(charter))), _simple(prose)))
    return result


def _titles(charter: CharterEntry) -> list[str]:
    return [
        charter.charter.title or charter.type.title,
        charter.type.title,
        *(t.title for t in charter.topics),
    ]


@cache
def syllables(text: str) -> tuple[str, ...]:
    """One toneless syllable for each Han character."""
    return tuple(lazy_pinyin(text, style=Style.NORMAL, v_to_u=False))


@cache
def spoken(text: str) -> str:
    """The pinyin of every stretch of Han characters, with a mark before each syllable."""
    return "|".join("'" + "'".join(syllables(run)) + "'" for run in _HAN.findall(text))


@cache
def letters(text: str) -> str:
    """The first letters of the syllables of each stretch."""
    return "|".join("".join(part[0] for part in syllables(run)) for run in _HAN.findall(text))


class Drawer:
    """Draws queries of one directory."""

    def __init__(self, found: Directory, seed: int) -> None:
        self.rng = random.Random(seed)
        self.entries = found.chambers
        self.texts = texts_of(found)
        self.own = dict(zip((e.url for e in found.chambers), self.texts, strict=False))
        self.charters = list(found.charters)
        self.chars = sorted(
            {char for one in self.texts for name in one.names for char in name if _HAN.match(char)}
        )
        self.kinds: dict[str, Callable[[], Query | None]] = {
            "part of a name": self.part,
            "without 市 and 商会": self.short,
            "place and industry": self.place_and_trade,
            "Traditional": self.traditional,
            "pinyin": self.pinyin,
            "initials": self.initials,
            "pinyin and characters": self.mixed,
            "English": self.english,
            "credit code": self.code,
            "charter title": self.title,
            "topic": self.topic,
            "article": self.article,
            "former name": self.former,
            "contraction": self.contraction,
            "one wrong character": self.wrong_character,
            "one wrong letter": self.wrong_letter,
            "nothing": self.nothing,
        }

    def draw(self, kind: str, count: int) -> Iterator[Query]:
        """So many queries of a kind, fewer where the records do not have them."""
        drawn = 0
        for _ in range(count * 30):
            query = self.kinds[kind]()
            if query is None or (not query.wanted and kind != "nothing"):
                continue
            yield query
            drawn += 1
            if drawn == count:
                return

    def chamber(self) -> tuple[ChamberEntry, Texts]:
        entry = self.rng.choice(self.entries)
        return entry, self.own[entry.url]

    def holding(self, pieces: Iterable[str]) -> frozenset[str]:
        """Records whose text holds every piece."""
        wanted = [piece for piece in pieces if piece]
        return frozenset(t.url for t in self.texts if all(piece in t.all for piece in wanted))

    def named(self, part: str) -> frozenset[str]:
        """Chambers one of whose names, or names in short, holds the part."""
        return frozenset(t.url for t in self.texts if any(part in name for name in (*t.names, *t.bare)))

    def pieces(self, part: str, entry: ChamberEntry) -> list[str]:
        """What a part of a name is made of: place, the rest; words for a body and 市省区县业 say nothing."""
        text = _BODY.sub(" ", part)
        for region in entry.place.chain:
            text = text.replace(region.name, f" {bare_place(region.name)} ").replace(
                bare_place(region.name), f" {bare_place(region.name)} "
            )
        found = [piece.strip("市省区县业") for piece in text.split()]
        # Where the part cuts a place or a body in two, its rest is a piece of its own.
        found = [piece for piece in found if piece]
        return found or [part]

    def part(self) -> Query | None:
        entry, own = self.chamber()
        runs = [run for name in own.names for run in _HAN.findall(name) if len(run) > 1]
        run = self.rng.choice(runs)
        size = self.rng.randint(2, min(8, len(run)))
        start = self.rng.randrange(len(run) - size + 1)
        text = run[start : start + size]
        wanted = self.named(text)
        return Query(
            "part of a name", text, wanted, wanted | self.holding(self.split(text, run, start, entry))
        )

    def split(self, text: str, run: str, start: int, entry: ChamberEntry) -> list[str]:
        """The part of a name along the borders of the name's own words."""
        marks = [0] * len(run)
        for region in entry.place.chain:
            for found in re.finditer(re.escape(bare_place(region.name)), run):
                for at in range(found.start(), found.end()):
                    marks[at] = 1
        for found in _BODY.finditer(run):
            for at in range(found.start(), found.end()):
                marks[at] = 2
        pieces, last = [""], -1
        for at in range(start, start + len(text)):
            tail = run[at] in "市省区县业"
            if marks[at] != last:
                pieces.append("")
                last = marks[at]
            if marks[at] != 2 and not (tail and marks[at] != 1 and len(pieces[-1]) == 0):
                pieces[-1] += run[at]
        return [piece.rstrip("市省区县业") or piece for piece in pieces if piece] or [text]

    def short(self) -> Query | None:
        entry, own = self.chamber()
        text = self.rng.choice(own.bare)
        if len(text) < 2 or not _HAN.fullmatch(text):
            return None
        if self.rng.random() < 0.5:
            text += self.rng.choice(("商会", "协会", ""))
        return Query("", text, self.named(_BODY.sub("", text)), self.holding(self.pieces(text, entry)))

    def place_and_trade(self) -> Query | None:
        entry, _own = self.chamber()
        trade = entry.chamber.trade
        if not entry.place.chain or not trade or not _HAN.fullmatch(trade):
            return None
        region = self.rng.choice(entry.place.chain)
        place = self.rng.choice((region.name, bare_place(region.name)))
        both = [place, trade]
        self.rng.shuffle(both)
        allowed = self.holding([bare_place(region.name), trade])
        wanted = frozenset(url for url in allowed if url.startswith("chambers/"))
        return Query("", self.rng.choice(("", " ")).join(both), wanted, allowed)

    def traditional(self) -> Query | None:
        kind = self.rng.choice((self.part, self.short, self.place_and_trade))
        query = kind()
        if query is None:
            return None
        text = opencc.OpenCC(self.rng.choice(("s2t", "s2tw", "s2hk"))).convert(query.text)
        return Query("", text, query.wanted, query.allowed) if text != query.text else None

    def pinyin(self) -> Query | None:
        entry, own = self.chamber()
        text = self.rng.choice(own.bare)
        if len(text) < 2 or not _HAN.fullmatch(text):
            return None
        size = self.rng.randint(2, min(6, len(text)))
        start = self.rng.randrange(len(text) - size + 1)
        parts = syllables(text)[start : start + size]
        text = self.rng.choice(("", "", " ", "'")).join(parts)
        return self.said(self.rng.choice((text, text.replace("v", "u"))), parts, entry)

    def said(self, text: str, parts: tuple[str, ...], entry: ChamberEntry) -> Query:
        """Records in whose names the letters are read, however they are cut; or in whose texts all the words are."""
        wanted = self.heard("".join(parts), lambda t: [*t.names, *t.bare])
        allowed = self.heard("".join(parts), lambda t: [t.all])
        whole = "'".join(parts)
        words = [
            "'".join(syllables(word))
            for word in (*(bare_place(r.name) for r in entry.place.chain), entry.chamber.trade or "")
            if len(word) > 1 and "'".join(syllables(word)) in whole
        ]
        rest = whole
        for word in words:
            rest = rest.replace(word, "|")
        pieces = [*words, *(piece.strip("'") for piece in rest.split("|") if piece.strip("'"))]
        apart = {t.url for t in self.texts if all(f"'{piece}'" in spoken(t.all) for piece in pieces)}
        return Query("", text, wanted, allowed | frozenset(apart))

    def heard(self, sound: str, of: Callable[[Texts], list[str]]) -> frozenset[str]:
        pattern = re.compile("'" + "'?".join(sound) + "'")
        return frozenset(t.url for t in self.texts if any(pattern.search(spoken(text)) for text in of(t)))

    def initials(self) -> Query | None:
        _entry, own = self.chamber()
        text = self.rng.choice([*own.names, *own.bare])
        if len(text) < 3 or not _HAN.fullmatch(text):
            return None
        size = self.rng.randint(3, min(8, len(text)))
        first = letters(text)[:size]
        # Letters that read as syllables mean those.
        if re.search("[aeiouv]", first):
            return None
        wanted = frozenset(t.url for t in self.texts if any(first in letters(n) for n in (*t.names, *t.bare)))
        return Query("", first, wanted, wanted | {t.url for t in self.texts if first in letters(t.all)})

    def mixed(self) -> Query | None:
        query, entry = self.place_and_trade(), None
        if query is None or " " not in query.text:
            return None
        one, two = query.text.split(" ")
        sound = "".join(syllables(one))
        del entry
        text = self.rng.choice((f"{sound} {two}", f"{sound}{two}", f"{two}{sound}"))
        pattern = re.compile("'" + "'?".join(sound) + "'")
        bare_sound = re.compile("'" + "'?".join("".join(syllables(bare_place(one)))) + "'")
        allowed = frozenset(
            t.url for t in self.texts
            if bare_place(two) in t.all and (pattern.search(spoken(t.all)) or bare_sound.search(spoken(t.all)))
        )  # fmt: skip
        return Query("", text, query.wanted, query.allowed | allowed)

    def english(self) -> Query | None:
        named = [t for t in self.texts if len(t.english) > 1]
        if not named:
            return None
        own = self.rng.choice(named)
        size = self.rng.randint(2, len(own.english))
        start = self.rng.randrange(len(own.english) - size + 1)
        words = own.english[start : start + size]
        text = " ".join(words)
        wanted = frozenset(t.url for t in named if all(word in t.english for word in words))
        allowed = {t.url for t in named if all(any(w.startswith(word) for w in t.english) for word in words)}
        return Query(
            "",
            self.rng.choice((text, text.title(), text.upper())),
            wanted,
            wanted | allowed | self.heard("".join(words), lambda t: [t.all]),
        )

    def code(self) -> Query | None:
        _entry, own = self.chamber()
        if not own.code:
            return None
        text = own.code[: self.rng.choice((18, 18, self.rng.randint(8, 17)))]
        wanted = frozenset(t.url for t in self.texts if t.code.startswith(text))
        return Query("", self.rng.choice((text, text.lower())), wanted, wanted)

    def title(self) -> Query | None:
        if not self.charters:
            return None
        runs = _HAN.findall(_simple(self.rng.choice(self.charters).charter.title or ""))
        text = self.cut([run for run in runs if len(run) > 3], 4, 8)
        return text and self.written(text, lambda t: t.charter)

    def topic(self) -> Query | None:
        if not self.charters:
            return None
        topics = self.rng.choice(self.charters).topics
        return self.written(self.rng.choice(topics).title, lambda t: t.charter) if topics else None

    def article(self) -> Query | None:
        if not self.charters:
            return None
        charter = self.rng.choice(self.charters)
        runs = _HAN.findall(_simple(charter.text or charter.charter.summary or ""))
        text = self.cut([run for run in runs if len(run) > 3], 4, 8)
        return text and self.written(text, lambda t: t.prose)

    def cut(self, runs: list[str], least: int, most: int) -> str:
        if not runs:
            return ""
        run = self.rng.choice(runs)
        size = self.rng.randint(least, min(most, len(run)))
        start = self.rng.randrange(len(run) - size + 1)
        return run[start : start + size]

    def written(self, text: str, where: Callable[[Texts], str]) -> Query:
        wanted = frozenset(t.url for t in self.texts if text in where(t))
        # A cut through a title leaves pieces: what holds all neighbouring characters is what was asked for.
        pairs = [a + b for a, b in pairwise(_BODY.sub("", text))]
        return Query(
            "",
            text,
            wanted,
            wanted | self.holding([text]) | (self.holding(pairs) if len(pairs) > 2 else frozenset()),
        )

    def former(self) -> Query | None:
        entry, _own = self.chamber()
        if not entry.chamber.former_names:
            return None
        text = _simple(self.rng.choice(entry.chamber.former_names).name)
        return Query("", text, self.named(text), self.holding(self.pieces(text, entry)))

    def contraction(self) -> Query | None:
        entry, _own = self.chamber()
        found = self.contracted(entry)
        if not found:
            return None
        text = self.rng.choice(found)
        wanted = frozenset(e.url for e in self.entries if text in self.contracted(e))
        return Query(
            "",
            text,
            wanted,
            wanted
            | self.holding([text])
            | {e.url for e in self.entries if any(text in c for c in self.contracted(e))},
        )

    def contracted(self, entry: ChamberEntry) -> list[str]:
        others = [*entry.chamber.aliases, *(former.name for former in entry.chamber.former_names)]
        return contractions(entry.chamber.name, others, entry.place)

    def wrong_character(self) -> Query | None:
        _entry, own = self.chamber()
        text = self.rng.choice((own.names[0], own.bare[0]))
        if len(text) < 5 or not _HAN.fullmatch(text):
            return None
        at = self.rng.randrange(len(text))
        text = text[:at] + self.rng.choice(self.chars) + text[at + 1 :]
        near = frozenset(t.url for t in self.texts if any(within_one(text, n) for n in (*t.names, *t.bare)))
        short = _BODY.sub("", text)
        near |= {t.url for t in self.texts if any(within_one(short, n) for n in (*t.names, *t.bare))}
        return Query("", text, frozenset({own.url}), near | self.named(text))

    def wrong_letter(self) -> Query | None:
        _entry, own = self.chamber()
        text = own.bare[0]
        if not 4 <= len(text) <= 10 or not _HAN.fullmatch(text):
            return None
        sound = "".join(syllables(text))
        at = self.rng.randrange(len(sound))
        wrong = (
            sound[:at]
            + self.rng.choice("abcdefghijklmnopqrstuvwxyz".replace(sound[at], ""))
            + sound[at + 1 :]
        )
        allowed = {
            t.url for t in self.texts
            if any(sound_within(wrong, spoken(n).replace("'", "")) for n in (*t.names, *t.bare))
        }  # fmt: skip
        return Query(
            "", wrong, frozenset({own.url}), frozenset(allowed) | self.heard(wrong, lambda t: [t.all])
        )

    def nothing(self) -> Query | None:
        choice = self.rng.randrange(4)
        if choice == 0:
            text = "".join(self.rng.choices(self.chars, k=self.rng.randint(3, 6)))
        elif choice == 1:
            entry, _own = self.chamber()
            other, _own = self.chamber()
            if not entry.place.chain or not other.chamber.trade:
                return None
            place = bare_place(entry.place.chain[-1].name)
            if self.holding([place, other.chamber.trade]):
                return None
            text = place + other.chamber.trade + self.rng.choice(("", "商会"))
        elif choice == 2:
            text = "".join(self.rng.choices("bcdfghjklmnpqrtvwxz", k=self.rng.randint(6, 10)))
            if any(text in letters(t.all) for t in self.texts):
                return None
        else:
            text = self.rng.choice(_EVERYDAY)
        short = _BODY.sub("", text)
        if self.holding([text]) or any(
            within_one(part, n) for t in self.texts for n in (*t.names, *t.bare) for part in (text, short)
        ):
            return None
        return Query("", text, frozenset(), frozenset())


def within_one(text: str, name: str) -> bool:
    """Whether a part of the name differs from the text in one character at most."""
    size = len(text)
    for start in range(len(name) - size + 1):
        wrong = 0
        for a, b in zip(text, name[start : start + size], strict=True):
            wrong += a != b
            if wrong > 1:
                break
        else:
            return True
    return False


def sound_within(text: str, sound: str) -> bool:
    """The same for letters, of which one may also be missing or too many."""
    half = len(text) // 2
    if text[:half] not in sound and text[half:] not in sound:
        return False
    return any(
        re.search(f"{re.escape(text[:at])}.{{0,2}}{re.escape(text[at + 1 :])}", sound) is not None
        for at in range(len(text))
    )


def scores(query: Query, urls: list[str]) -> tuple[float, float]:
    """Recall among the first ten and precision of all."""
    if query.kind == "nothing":
        return (0.0, 0.0) if urls else (1.0, 1.0)
    recall = len(query.wanted & set(urls[:FIRST])) / min(FIRST, len(query.wanted))
    precision = sum(url in query.allowed for url in urls) / len(urls) if urls else 0.0
    return recall, precision


def main() -> None:
    """Print a line of JSON a kind: queries, recall, precision; with --show also the poorest."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "directory", nargs="?", type=Path, default=ROOT, help="a directory's root; this one's own by default"
    )
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--queries", type=int, default=40, help="of each kind")
    parser.add_argument("--kind", action="append", help="only this kind")
    parser.add_argument("--show", type=int, default=0, help="so many of the poorest of each kind")
    parser.add_argument("--site", type=Path, help="keep the index here, and use it when it is there")
    options = parser.parse_args()
    found = read(options.directory)
    drawer = Drawer(found, options.seed)
    with tempfile.TemporaryDirectory() as folder:
        site = options.site or Path(folder)
        if not (site / "search").is_dir():
            write(found, site)
        with opened(site) as (browser, url):
            page = blank(browser, url)
            for kind in options.kind or drawer.kinds:
                report(kind, list(drawer.draw(kind, options.queries)), page, url, options.show, found)


def report(kind: str, drawn: list[Query], page: Page, url: str, show: int, found: Directory) -> None:
    """Ask and print."""
    address = [entry.url for entry in (*found.chambers, *found.charters)]
    results = []
    for query in drawn:
        # The charters of a chamber that may be found may be found with it.
        chambers = {url.split("/")[1] for url in query.allowed if url.startswith("chambers/")}
        charters = {url for url in address if url.startswith("charters/") and url.split("/")[1] in chambers}
        asked = replace(query, kind=kind, allowed=query.allowed | charters)
        urls = [address[number] for number in page.evaluate(_ASK, [url, query.text])]
        results.append((*scores(asked, urls), asked, urls))
    count = max(len(results), 1)
    recall, precision = (round(sum(one[at] for one in results) / count, 3) for at in (0, 1))
    line = {"kind": kind, "queries": len(results), "recall": recall, "precision": precision}
    print(json.dumps(line, ensure_ascii=False), flush=True)
    for *score, query, urls in sorted(results, key=lambda one: one[0] + one[1])[:show]:
        if sum(score) < 2:
            missed = sorted(query.wanted - set(urls[:FIRST]))[:3]
            extra = [one for one in urls if one not in query.allowed][:3]
            print(f"  {query.text}: {score} of {len(urls)}; missed {missed}, extra {extra}", file=sys.stderr)


if __name__ == "__main__":
    main()
