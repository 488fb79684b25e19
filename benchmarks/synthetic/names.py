"""Names of chambers: place x trade, place x origin, towns, markets, parks; each name and each address once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pypinyin import lazy_pinyin

from synthetic.places import Place, Places
from synthetic.words import GENERAL, OTHERS, PARKS, PLACE_FIRST, PLACE_SECOND, TRADES

KINDS = ("industry", "nonlocal", "township", "subdistrict", "market", "park", "other", "general", "village")
#: Nearly the shares of the real directory, with more of the rare kinds.
_SHARES = (50, 20, 11, 6, 4, 3, 3, 1, 2)
_TOWNS = tuple((a + b, "".join(lazy_pinyin(a + b))) for a in PLACE_FIRST for b in PLACE_SECOND)
_DIRECTIONS = (("东", "dong"), ("西", "xi"), ("南", "nan"), ("北", "bei"), ("中", "zhong"))


@dataclass(frozen=True, slots=True)
class Named:
    """What follows from a chamber's name; `place` is None for a national one."""

    name: str
    slug: str
    kind: str
    place: Place | None
    trade: str | None = None
    industry: str | None = None
    origin: Place | None = None


@dataclass(slots=True)
class Namer:
    """Hands out names that nobody has yet."""

    places: Places
    names: set[str] = field(default_factory=set)
    slugs: set[str] = field(default_factory=set)

    def name(self, home: Place | None, count: int, rng: random.Random) -> Iterator[Named]:
        """The chambers of one federation. Where a kind runs out of names, villages step in."""
        streams = {kind: self._candidates(kind, home, rng) for kind in KINDS}
        for kind in rng.choices(KINDS, _SHARES, k=count) if home else ["industry"] * count:
            found = self._next(streams[kind]) or self._next(streams["village"])
            if found is None:
                raise ValueError(f"no more names for {home}")
            yield found

    def _next(self, stream: Iterator[Named]) -> Named | None:
        for named in stream:
            if named.name not in self.names:
                slug = named.slug if named.slug not in self.slugs else f"{named.slug}-{len(self.slugs)}"
                self.names.add(named.name)
                self.slugs.add(slug)
                return replace(named, slug=slug)
        return None

    def _candidates(self, kind: str, home: Place | None, rng: random.Random) -> Iterator[Named]:
        if home is None:
            yield from _of_trade(None, rng)
            return
        # A city's own come first, then those of the counties below it.
        for place in (home, *self.places.below.get(home.code, ())):
            match kind:
                case "industry":
                    yield from _of_trade(place, rng)
                case "nonlocal":
                    yield from _of_origin(place, self.places, rng)
                case "township" | "subdistrict" | "village" | "market":
                    yield from _of_town(kind, place, rng)
                case _:
                    endings = {"park": PARKS, "other": OTHERS, "general": GENERAL}[kind]
                    for ending, slug in endings:
                        tail = "商会" if kind == "park" else ""
                        yield Named(f"{place.name}{ending}{tail}", f"{place.slug}-{slug}", kind, place)


def _of_trade(place: Place | None, rng: random.Random) -> Iterator[Named]:
    for trade, code, slug in rng.sample(TRADES, len(TRADES)):
        tail = rng.choice(("商会", "商会", "商会", "行业商会", "同业公会"))
        name, start = (place.name, place.slug) if place else ("全国", "quanguo")
        yield Named(f"{name}{trade}{tail}", f"{start}-{slug}", "industry", place, trade, code)


def _of_origin(place: Place, places: Places, rng: random.Random) -> Iterator[Named]:
    # A slug with a number is that of a place that sounds like another one (玉林, 榆林).
    far = (one for one in places.all if one.level != "county" and one.code[:2] != place.code[:2])
    origins = [one for one in far if "-" not in one.slug]
    for origin in rng.sample(origins, min(60, len(origins))):
        yield Named(
            f"{place.name}{origin.name}商会", f"{place.slug}-{origin.slug}", "nonlocal", place, origin=origin
        )


def _of_town(kind: str, place: Place, rng: random.Random) -> Iterator[Named]:
    towns = rng.sample(_TOWNS, len(_TOWNS))
    if kind == "village":
        for (town, slug), (village, end) in ((t, v) for t in towns for v in _DIRECTIONS):
            yield Named(
                f"{place.name}{town}镇{town[0]}{village}村商会", f"{place.slug}-{slug}-{end}", kind, place
            )
        return
    for town, slug in towns:
        trade, code, tail = rng.choice(TRADES)
        match kind:
            case "market":
                name, end = f"{place.name}{town}{trade}市场商会", f"{slug}-{tail}"
                yield Named(name, f"{place.slug}-{end}", kind, place, trade, code)
            case "township":
                yield Named(f"{place.name}{town}镇商会", f"{place.slug}-{slug}", kind, place)
            case _:
                yield Named(f"{place.name}{town}街道商会", f"{place.slug}-{slug}-jiedao", kind, place)
