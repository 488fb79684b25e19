"""Random queries of every kind, drawn from a directory's own records, with what must and what may be found."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

import opencc

from chamberbook.derive import ChamberEntry, Directory
from chamberbook.search.generic import bare_place, contractions
from search_texts import (
    BODY,
    HAN,
    Query,
    Texts,
    letters,
    simple,
    sound_within,
    spoken,
    syllables,
    texts_of,
    within_one,
)

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


class Drawer:
    """Draws queries of one directory."""

    def __init__(self, found: Directory, seed: int) -> None:
        self.rng = random.Random(seed)
        self.entries = found.chambers
        self.texts = texts_of(found)
        self.own = dict(zip((e.url for e in found.chambers), self.texts, strict=False))
        self.charters = list(found.charters)
        self.chars = sorted(
            {char for one in self.texts for name in one.names for char in name if HAN.match(char)}
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
        text = BODY.sub(" ", part)
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
        runs = [run for name in own.names for run in HAN.findall(name) if len(run) > 1]
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
        for found in BODY.finditer(run):
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
        if len(text) < 2 or not HAN.fullmatch(text):
            return None
        if self.rng.random() < 0.5:
            text += self.rng.choice(("商会", "协会", ""))
        return Query("", text, self.named(BODY.sub("", text)), self.holding(self.pieces(text, entry)))

    def place_and_trade(self) -> Query | None:
        entry, _own = self.chamber()
        trade = entry.chamber.trade
        if not entry.place.chain or not trade or not HAN.fullmatch(trade):
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
        if len(text) < 2 or not HAN.fullmatch(text):
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
        if len(text) < 3 or not HAN.fullmatch(text):
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
        runs = HAN.findall(simple(self.rng.choice(self.charters).charter.title or ""))
        text = self.cut([run for run in runs if len(run) > 3], 4, 8)
        return self.written(text, lambda t: t.charter) if text else None

    def topic(self) -> Query | None:
        if not self.charters:
            return None
        topics = self.rng.choice(self.charters).topics
        return self.written(self.rng.choice(topics).title, lambda t: t.charter) if topics else None

    def article(self) -> Query | None:
        if not self.charters:
            return None
        charter = self.rng.choice(self.charters)
        runs = HAN.findall(simple(charter.text or charter.charter.summary or ""))
        text = self.cut([run for run in runs if len(run) > 3], 4, 8)
        return self.written(text, lambda t: t.prose) if text else None

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
        pairs = [a + b for a, b in pairwise(BODY.sub("", text))]
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
        text = simple(self.rng.choice(entry.chamber.former_names).name)
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
        if len(text) < 5 or not HAN.fullmatch(text):
            return None
        at = self.rng.randrange(len(text))
        text = text[:at] + self.rng.choice(self.chars) + text[at + 1 :]
        near = frozenset(t.url for t in self.texts if any(within_one(text, n) for n in (*t.names, *t.bare)))
        short = BODY.sub("", text)
        near |= {t.url for t in self.texts if any(within_one(short, n) for n in (*t.names, *t.bare))}
        return Query("", text, frozenset({own.url}), near | self.named(text))

    def wrong_letter(self) -> Query | None:
        _entry, own = self.chamber()
        text = own.bare[0]
        if not 4 <= len(text) <= 10 or not HAN.fullmatch(text):
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
        short = BODY.sub("", text)
        if self.holding([text]) or any(
            within_one(part, n) for t in self.texts for n in (*t.names, *t.bare) for part in (text, short)
        ):
            return None
        return Query("", text, frozenset(), frozenset())
