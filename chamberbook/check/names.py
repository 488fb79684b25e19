"""Rules about names and ids: each chamber once, and old addresses lead somewhere."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from chamberbook.check.context import (
    VOCABULARY,
    Context,
    Finding,
    doubted,
    meant_chamber,
    scheme_path,
    tombstone_path,
)
from chamberbook.load import DEVICES, RESERVED, LoadedChamber
from chamberbook.nearest import pinyin
from chamberbook.problems import N_, Message, shown
from chamberbook.records import Term, Vocabulary


def _plain(name: str) -> str:
    """A name without what people write in different ways: width, blanks, punctuation."""
    plain = unicodedata.normalize("NFKC", name)
    return (plain if plain.isalnum() else re.sub(r"[\W_]+", "", plain)).casefold()


def _namesakes(ctx: Context) -> Iterator[tuple[LoadedChamber, LoadedChamber]]:
    """Each chamber with every earlier one of the same name."""
    by_name: dict[str, list[LoadedChamber]] = defaultdict(list)
    for loaded in ctx.chambers:
        others = by_name[_plain(loaded.chamber.name)]
        for other in others:
            yield loaded, other
        others.append(loaded)


def same_region(ctx: Context) -> Iterator[Finding]:
    """同一地区不能有两家同名的商会。"""
    for loaded, other in _namesakes(ctx):
        if loaded.chamber.region == other.chamber.region:
            message = Message(N_("名称和同一地区的 {path} 相同"), {"path": other.path})
            hint = Message(N_("同一家的合成一份，另一份的编号写进 former_slugs"))
            yield Finding(ctx.at(loaded.path, "name"), message, hint)


def same_name(ctx: Context) -> Iterator[Finding]:
    """不同地区的商会同名，多半其中一家的名称没有写全。"""
    for loaded, other in _namesakes(ctx):
        if loaded.chamber.region != other.chamber.region:
            message = Message(N_("名称和 {path} 相同"), {"path": other.path})
            hint = Message(N_("名称前面写上市县；确实同名的可以不改"))
            yield Finding(ctx.at(loaded.path, "name"), message, hint)


def nearly_same(ctx: Context) -> Iterator[Finding]:
    """同一地区的商会几乎同名，多半是同一家。"""
    by_region: dict[str | None, list[LoadedChamber]] = defaultdict(list)
    for loaded in ctx.chambers:
        by_region[loaded.chamber.region].append(loaded)
    for neighbours in by_region.values():
        for loaded, other in _near_pairs(neighbours) if len(neighbours) > 1 else ():
            chamber = loaded.chamber
            if doubted(chamber, "name") or doubted(other.chamber, "name") or _follows(loaded, other):
                continue
            values = {"path": other.path, "name": shown(other.chamber.name)}
            message = Message(N_("名称和同一地区的“{name}”（{path}）几乎相同"), values)
            hint = Message(N_("同一家的合成一份；不是同一家的，在 doubts 里说明（about: name）"))
            yield Finding(ctx.at(loaded.path, "name"), message, hint)


def _near_pairs(chambers: Iterable[LoadedChamber]) -> Iterator[tuple[LoadedChamber, LoadedChamber]]:
    """Each chamber with earlier ones of nearly the same name. One region at a time: the keys take much room."""
    first: dict[str, tuple[str, LoadedChamber]] = {}
    for loaded in chambers:
        plain = _plain(loaded.chamber.name)
        mine, told = (plain, loaded), {loaded.path}
        for key in _near_keys(plain):
            name, other = first.setdefault(key, mine)
            if other is not loaded and other.path not in told and _nearly(plain, name):
                told.add(other.path)
                yield loaded, other


def _near_keys(plain: str) -> Iterator[str]:
    """What nearly equal names share: the sound, or the name, whole or without one character."""
    yield pinyin(plain)
    yield plain
    for index in range(len(plain)):
        yield plain[:index] + plain[index + 1 :]


def _nearly(one: str, two: str) -> bool:
    """Whether names differ, but only in a character more, in characters of the same sound, or in the order of two."""
    if one == two:
        return False
    return len(one) != len(two) or pinyin(one) == pinyin(two) or sorted(one) == sorted(two)


def _follows(one: LoadedChamber, two: LoadedChamber) -> bool:
    """Whether one of two chambers merged into the other: then they may well have one name."""
    return one.slug == two.chamber.successor or two.slug == one.chamber.successor


def unknown_successor(ctx: Context) -> Iterator[Finding]:
    """并入的商会要在名录里，且不是它自己。"""
    unread = {path.rpartition("/")[2].removesuffix(".yml") for path in ctx.loaded.unread}
    known = ctx.loaded.chambers.keys() | unread
    for loaded in ctx.chambers:
        successor = loaded.chamber.successor
        if successor is None or (successor != loaded.slug and successor in known):
            continue
        message = Message(N_("名录里没有另一家编号为“{slug}”的商会"), {"slug": successor})
        hint = Message(N_("写名录里的编号；没有收录的留空"))
        yield Finding(ctx.at(loaded.path, "successor"), message, meant_chamber(ctx, successor) or hint)


def merged_without_successor(ctx: Context) -> Iterator[Finding]:
    """状态是并入的，最好写明并入哪一家。"""
    for loaded in ctx.chambers:
        if loaded.chamber.status == "merged" and loaded.chamber.successor is None:
            message = Message(N_("状态是 merged，却没有写并入哪一家"))
            hint = Message(N_("名录里有的写 successor；没有的在 doubts 里说明"))
            yield Finding(ctx.at(loaded.path, "status"), message, hint)


def successor_of_living(ctx: Context) -> Iterator[Finding]:
    """写了并入哪一家的，状态应当是并入或注销。"""
    for loaded in ctx.chambers:
        if loaded.chamber.successor is not None and loaded.chamber.status not in ("merged", "dissolved"):
            message = Message(N_("写了并入哪一家，状态却是 {status}"), {"status": loaded.chamber.status})
            hint = Message(N_("状态改成 merged，或删掉 successor"))
            yield Finding(ctx.at(loaded.path, "status"), message, hint)


def former_slug_taken(ctx: Context) -> Iterator[Finding]:
    """旧编号不能是别家现在或从前的编号。"""
    owners: dict[str, str] = {slug: tombstone_path(slug) for slug in ctx.loaded.tombstones}
    owners |= {slug: loaded.path for slug, loaded in ctx.loaded.chambers.items()}
    former = [(loaded.path, loaded.chamber.former_slugs) for loaded in ctx.chambers]
    former += [(tombstone_path(slug), stone.former_slugs) for slug, stone in ctx.loaded.tombstones.items()]
    for path, slugs in former:
        for index, slug in enumerate(slugs):
            if slug in owners:
                message = Message(N_("旧编号“{slug}”已归 {path}"), {"slug": slug, "path": owners[slug]})
                hint = Message(N_("一个网址只能转到一家；删掉这个旧编号"))
                yield Finding(ctx.at(path, "former_slugs", index), message, hint)
            else:
                owners[slug] = path


def former_slug_reserved(ctx: Context) -> Iterator[Finding]:
    """旧编号不能是另有用处的词。"""
    former = [(loaded.path, loaded.chamber.former_slugs) for loaded in ctx.chambers]
    former += [(tombstone_path(slug), stone.former_slugs) for slug, stone in ctx.tombstones.items()]
    for path, slugs in former:
        for index, slug in enumerate(slugs):
            if slug in RESERVED:
                message = Message(N_("“{name}”不能作编号"), {"name": slug})
                yield Finding(ctx.at(path, "former_slugs", index), message, Message(N_("删掉这个旧编号")))


def device(ctx: Context) -> Iterator[Finding]:
    """公约、等级、词表里的编号不能是 Windows 的设备名。"""
    places = [
        (charter.id, ctx.at(loaded.path, "charters", index, "id"))
        for loaded in ctx.chambers
        for index, charter in enumerate(loaded.chamber.charters)
        if charter.id in DEVICES
    ]
    places += [
        (level.id, ctx.at(scheme_path(slug), "levels", index, "id"))
        for slug, scheme in ctx.schemes.items()
        for index, level in enumerate(scheme.levels)
        if level.id in DEVICES
    ]
    places += [
        (term.id, ctx.at(f"{VOCABULARY}/{name}.yml", index, "id"))
        for name in Vocabulary.model_fields
        for index, term in enumerate(getattr(ctx.loaded.vocabulary, name))
        if isinstance(term, Term) and term.id in DEVICES
    ]
    for id_, place in places:
        message = Message(N_("“{name}”不能作编号"), {"name": id_})
        yield Finding(place, message, Message(N_("换一个编号；这个词另有用处")))
