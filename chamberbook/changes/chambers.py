"""What happened to each chamber, one sentence a change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from chamberbook.changes.charters import charter_changes
from chamberbook.changes.evidence import lost_sources
from chamberbook.changes.levels import level_changes
from chamberbook.changes.model import Change, Told
from chamberbook.changes.pairs import Pairing
from chamberbook.changes.tree import Tree
from chamberbook.changes.words import MOST, evidence, held, listed, published, title_of, value
from chamberbook.history import Event, EventName, Facts
from chamberbook.load import LoadedChamber
from chamberbook.problems import N_, Message, shown
from chamberbook.records import CITED_FACTS, Chamber, Contact, Source

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
        # Part of the record that is new, and no events of their own.
        parts = [replace(told, event=None) for told in level_changes((old, None), (new, loaded))]
        yield from _told(loaded, "level", *parts)
        yield from _told(loaded, "charter", *(replace(t, event=None) for t in charter_changes(None, loaded)))
    for loaded, heir in pairing.removed:
        yield _removed(loaded, heir, new)
    for was, now in pairing.kept:
        if was == now:
            continue
        yield from _told(now, "renamed", *_renamed(was.chamber, now.chamber))
        yield from _told(now, "moved", *_moved(was, now, new))
        yield from _status(was, now, new)
        yield from _told(now, "level", *level_changes((old, was), (new, now)))
        yield from _told(now, "charter", *charter_changes(was, now))
        yield from _told(now, "contact", *_contact(was.chamber, now.chamber))
        yield from _told(now, "source", *lost_sources(was.chamber, now.chamber))
        yield from _told(now, "fact", *_fields(was.chamber, now.chamber))


def _told(loaded: LoadedChamber, kind: str, *found: Told) -> Iterator[Change]:
    for told in found:
        event = _event(loaded, told.event, told.facts, told.sources) if told.event else None
        yield Change(kind, loaded.path, shown(loaded.chamber.name), told.message, event)


def _event(loaded: LoadedChamber, name: EventName, facts: Facts, sources: tuple[Source, ...] = ()) -> Event:
    chamber = loaded.chamber
    return Event(
        name,
        loaded.slug,
        facts,
        tuple(published(source) for source in sources[:MOST]),
        loaded.federation,
        chamber.region or "",
        chamber.industries,
    )


def _added(loaded: LoadedChamber, tree: Tree) -> Told:
    values = {
        "federation": _federation(loaded.federation, tree),
        "address": f"chambers/{loaded.slug}/",
        "evidence": evidence(loaded.chamber.sources, loaded.chamber.sources),
    }
    message = Message(N_("归{federation}，网址 {address}；来源：{evidence}"), values)
    counts = {"ratings": len(loaded.chamber.ratings), "charters": len(loaded.chamber.charters)}
    sources = tuple(loaded.chamber.sources.values())
    return Told(message, "added", {key: count for key, count in counts.items() if count}, sources)


def _removed(loaded: LoadedChamber, heir: LoadedChamber | None, tree: Tree) -> Change:
    name = shown(loaded.chamber.name)
    if stone := tree.loaded.tombstones.get(loaded.slug):
        values = {"date": stone.removed, "reason": shown(stone.reason), "address": f"chambers/{loaded.slug}/"}
        text = Message(N_("{date} 撤销，原因 {reason}；网址 {address} 留一页说明"), values)
        facts = {"reason": stone.reason, "date": str(stone.removed)}
        return Change("removed", loaded.path, name, text, _event(loaded, "removed", facts))
    if heir is None:
        text = Message(N_("资料删掉了，网址 {address} 不再有"), {"address": f"chambers/{loaded.slug}/"})
        return Change("removed", loaded.path, name, text, _event(loaded, "removed", {}))
    values = {"heir": shown(heir.chamber.name), "address": f"chambers/{heir.slug}/"}
    message = Message(N_("并入{heir}，旧网址转到 {address}"), values)
    return Change("merged", loaded.path, name, message, _event(loaded, "merged", {"into": heir.slug}))


def _renamed(was: Chamber, now: Chamber) -> Iterator[Told]:
    if was.name != now.name:
        values = {"old": shown(was.name), "new": shown(now.name)}
        former = next((former for former in now.former_names if former.name == was.name), None)
        if former:
            facts = {"from": shown(was.name), "to": shown(now.name)}
            yield Told(
                Message(N_("{old} → {new}"), values), "renamed", facts, held(former.source, now.sources)
            )
        else:  # not a name that it ever had, as far as the record says
            message = Message(N_("{old} → {new}；旧名没有写进 former_names"), values)
            yield Told(message, "corrected", {"fields": ("name",)})


def _moved(was: LoadedChamber, now: LoadedChamber, tree: Tree) -> Iterator[Told]:
    if was.slug != now.slug:
        values = {"old": f"chambers/{was.slug}/", "new": f"chambers/{now.slug}/"}
        facts = {"from": was.slug, "to": now.slug}
        if was.slug in now.chamber.former_slugs:
            yield Told(Message(N_("网址 {old} → {new}，旧网址会转过来"), values), "moved", facts)
        else:
            yield Told(Message(N_("网址 {old} → {new}，旧网址不再有"), values), "moved", facts)
    if was.federation != now.federation:
        values = {"old": shown(was.federation), "new": _federation(now.federation, tree)}
        facts = {"from": was.federation, "to": now.federation}
        yield Told(Message(N_("由 {old} 转归{new}"), values), "transferred", facts)


def _federation(id_: str, tree: Tree) -> str:
    federation = tree.loaded.federations.get(id_)
    return shown(federation.short_name if federation else id_)


def _status(was: LoadedChamber, now: LoadedChamber, tree: Tree) -> Iterator[Change]:
    before, chamber = was.chamber, now.chamber
    if (before.status, before.successor) == (chamber.status, chamber.successor):
        return
    sources = held(_cited(chamber, "status"), chamber.sources)
    heir = tree.loaded.chambers.get(chamber.successor or "")
    event, facts = _standing(before, chamber)
    if chamber.status == "merged" and heir:
        message = Message(N_("并入{heir}，旧记录保留"), {"heir": shown(heir.chamber.name)})
        yield from _told(now, "merged", Told(message, event, facts, sources))
        return
    values = {"old": before.status, "new": chamber.status}
    values["evidence"] = evidence(_cited(chamber, "status"), chamber.sources)  # type: ignore[assignment]
    message = Message(N_("{old} → {new}；凭据：{evidence}"), values)
    yield from _told(now, "status", Told(message, event, facts, sources))


def _standing(was: Chamber, now: Chamber) -> tuple[EventName, Facts]:
    """What a change of the status is; the name of the heir is left to who knows today's records."""
    if now.status == "merged" and now.successor:
        return "merged", {"into": now.successor}
    if now.status == "dissolved" and was.status != "dissolved":
        return "dissolved", {"ended": str(now.ended)} if now.ended else {}
    return "status_changed", {"from": was.status, "to": now.status}


def _contact(was: Chamber, now: Chamber) -> Iterator[Told]:
    for field in Contact.model_fields:
        old, new = getattr(was.contact, field), getattr(now.contact, field)
        if old != new:
            message = _edit(now, Contact, field, old, new)
            yield Told(message, "corrected", {"fields": (f"contact.{field}",)})


def _fields(was: Chamber, now: Chamber) -> Iterator[Told]:
    for field in Chamber.model_fields:
        old, new = getattr(was, field), getattr(now, field)
        if old == new or field in _TOLD:
            continue
        # The name that it had until now is a part of its new name.
        event: EventName | None = None if field == "former_names" and was.name != now.name else "corrected"
        facts: Facts = {"fields": (field,)}
        if any(isinstance(item, BaseModel) for item in (*_items(old), *_items(new))):
            for message in list_changes(Chamber, field, _items(old), _items(new)):
                yield Told(message, event, facts)
        else:
            yield Told(_edit(now, Chamber, field, old, new), event, facts)


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
