"""What happened to each chamber, one sentence a change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from chamberbook.changes.charters import charter_changes
from chamberbook.changes.evidence import lost_sources
from chamberbook.changes.levels import level_changes
from chamberbook.changes.model import Change
from chamberbook.changes.pairs import Pairing
from chamberbook.changes.tree import Tree
from chamberbook.changes.words import evidence, listed, title_of, value
from chamberbook.load import LoadedChamber
from chamberbook.problems import N_, Message, shown
from chamberbook.records import CITED_FACTS, Chamber, Contact

#: Told by sentences of their own, or only a means to tell where facts come from.
_TOLD = {
    "name",
    "contact",
    "ratings",
    "charters",
    "status",
    "successor",
    "fact_sources",
    "sources",
    "former_slugs",
}


def chamber_changes(old: Tree, new: Tree, pairing: Pairing) -> Iterator[Change]:
    """Every change of a chamber's record, its levels, its charters and its sources."""
    for loaded in pairing.added:
        yield from _told(loaded, "added", _added(loaded, new))
        yield from _told(loaded, "level", *level_changes((old, None), (new, loaded)))
        yield from _told(loaded, "charter", *charter_changes(None, loaded))
    for loaded, heir in pairing.removed:
        yield _removed(loaded, heir, new)
    for was, now in pairing.kept:
        if was == now:
            continue
        yield from _told(now, "renamed", *_renamed(was.chamber, now.chamber))
        yield from _told(now, "moved", *_moved(was, now, new))
        yield from _status(was.chamber, now, new)
        yield from _told(now, "level", *level_changes((old, was), (new, now)))
        yield from _told(now, "charter", *charter_changes(was, now))
        yield from _told(now, "contact", *_contact(was.chamber, now.chamber))
        yield from _told(now, "source", *lost_sources(was.chamber, now.chamber))
        yield from _told(now, "fact", *_fields(was.chamber, now.chamber))


def _told(loaded: LoadedChamber, kind: str, *messages: Message) -> Iterator[Change]:
    for message in messages:
        yield Change(kind, loaded.path, shown(loaded.chamber.name), message)


def _added(loaded: LoadedChamber, tree: Tree) -> Message:
    values = {
        "federation": _federation(loaded.federation, tree),
        "address": f"chambers/{loaded.slug}/",
        "evidence": evidence(loaded.chamber.sources, loaded.chamber.sources),
    }
    return Message(N_("归{federation}，网址 {address}；来源：{evidence}"), values)


def _removed(loaded: LoadedChamber, heir: LoadedChamber | None, tree: Tree) -> Change:
    name = shown(loaded.chamber.name)
    if stone := tree.loaded.tombstones.get(loaded.slug):
        values = {"date": stone.removed, "reason": shown(stone.reason), "address": f"chambers/{loaded.slug}/"}
        text = Message(N_("{date} 撤销，原因 {reason}；网址 {address} 留一页说明"), values)
        return Change("removed", loaded.path, name, text)
    if heir is None:
        text = Message(N_("资料删掉了，网址 {address} 不再有"), {"address": f"chambers/{loaded.slug}/"})
        return Change("removed", loaded.path, name, text)
    values = {"heir": shown(heir.chamber.name), "address": f"chambers/{heir.slug}/"}
    return Change("merged", loaded.path, name, Message(N_("并入{heir}，旧网址转到 {address}"), values))


def _renamed(was: Chamber, now: Chamber) -> Iterator[Message]:
    if was.name != now.name:
        values = {"old": shown(was.name), "new": shown(now.name)}
        if any(former.name == was.name for former in now.former_names):
            yield Message(N_("{old} → {new}"), values)
        else:
            yield Message(N_("{old} → {new}；旧名没有写进 former_names"), values)


def _moved(was: LoadedChamber, now: LoadedChamber, tree: Tree) -> Iterator[Message]:
    if was.slug != now.slug:
        values = {"old": f"chambers/{was.slug}/", "new": f"chambers/{now.slug}/"}
        if was.slug in now.chamber.former_slugs:
            yield Message(N_("网址 {old} → {new}，旧网址会转过来"), values)
        else:
            yield Message(N_("网址 {old} → {new}，旧网址不再有"), values)
    if was.federation != now.federation:
        values = {"old": shown(was.federation), "new": _federation(now.federation, tree)}
        yield Message(N_("由 {old} 转归{new}"), values)


def _federation(id_: str, tree: Tree) -> str:
    federation = tree.loaded.federations.get(id_)
    return shown(federation.short_name if federation else id_)


def _status(was: Chamber, now: LoadedChamber, tree: Tree) -> Iterator[Change]:
    chamber = now.chamber
    name = shown(chamber.name)
    heir = tree.loaded.chambers.get(chamber.successor or "")
    if chamber.status == "merged" and heir and (was.status, was.successor) != ("merged", chamber.successor):
        values = {"heir": shown(heir.chamber.name)}
        yield Change("merged", now.path, name, Message(N_("并入{heir}，旧记录保留"), values))
    elif (was.status, was.successor) != (chamber.status, chamber.successor):
        values = {"old": was.status, "new": chamber.status}
        values["evidence"] = evidence(_cited(chamber, "status"), chamber.sources)  # type: ignore[assignment]
        yield Change("status", now.path, name, Message(N_("{old} → {new}；凭据：{evidence}"), values))


def _contact(was: Chamber, now: Chamber) -> Iterator[Message]:
    for field in Contact.model_fields:
        old, new = getattr(was.contact, field), getattr(now.contact, field)
        if old != new:
            yield _edit(now, Contact, field, old, new)


def _fields(was: Chamber, now: Chamber) -> Iterator[Message]:
    for field in Chamber.model_fields:
        old, new = getattr(was, field), getattr(now, field)
        if old == new or field in _TOLD:
            continue
        if any(isinstance(item, BaseModel) for item in (*_items(old), *_items(new))):
            yield from list_changes(Chamber, field, _items(old), _items(new))
        else:
            yield _edit(now, Chamber, field, old, new)


def _items(given: Any) -> tuple[Any, ...]:
    return given if isinstance(given, tuple) else ()


def _cited(chamber: Chamber, field: str) -> tuple[str, ...]:
    """The sources of a plain fact; with one source, everything stems from it."""
    if len(chamber.sources) == 1:
        return tuple(chamber.sources)
    return chamber.fact_sources.get(field, ())


def _edit(chamber: Chamber, model: type[BaseModel], field: str, old: object, new: object) -> Message:
    values = {"field": title_of(model, field), "old": value(old), "new": value(new)}
    if field not in CITED_FACTS or new in (None, "", ()):
        return Message(N_("{field}：{old} → {new}"), values)
    values["evidence"] = evidence(_cited(chamber, field), chamber.sources)
    return Message(N_("{field}：{old} → {new}；凭据：{evidence}"), values)


def list_changes(
    model: type[BaseModel], field: str, old: tuple[Any, ...], new: tuple[Any, ...]
) -> Iterator[Message]:
    """Items added to a list and dropped from it; an edited item is both."""
    title = title_of(model, field)
    added, dropped = [one for one in new if one not in old], [one for one in old if one not in new]
    if added:
        yield Message(N_("{field}：加上{items}"), {"field": title, "items": listed(added)})
    if dropped:
        yield Message(N_("{field}：去掉{items}"), {"field": title, "items": listed(dropped)})
