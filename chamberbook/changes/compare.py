"""Two trees -> `Changes`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from pydantic import BaseModel

from chamberbook import pages
from chamberbook.changes.chambers import chamber_changes, list_changes
from chamberbook.changes.model import SECTIONS, Change, Changes, PageChanges
from chamberbook.changes.pairs import Pairing, pair
from chamberbook.changes.tree import Tree
from chamberbook.changes.words import title_of, value
from chamberbook.derive import Directory
from chamberbook.load import LoadedChamber
from chamberbook.problems import N_, Message, Place, Problem, in_order, shown
from chamberbook.records import Federation, Scheme, Tombstone
from chamberbook.settings import Settings


def compare(old: Tree, new: Tree) -> Changes:
    """Everything that differs between two versions of the directory."""
    files = tuple(sorted(p for p in {*old.digests, *new.digests} if old.digests.get(p) != new.digests.get(p)))
    pairing = pair(old.loaded, new.loaded)
    order = list(SECTIONS)
    found = [
        *chamber_changes(old, new, pairing),
        *_records(
            "federation", "chambers/{id}/federation.yml", old.loaded.federations, new.loaded.federations
        ),
        *_records("scheme", "chambers/_schemes/{id}.yml", old.loaded.schemes, new.loaded.schemes),
        *_vocabulary(old, new, files),
        *_unreadable(new, files),
    ]
    problems = in_order([*new.problems, *_lost_addresses(pairing, old, new)])
    known = {(p.place.path, p.rule, p.message.text()) for p in old.problems}
    touched = tuple(p for p in problems if p.place.path in files)
    rest = [p for p in problems if p.place.path not in files]
    caused = tuple(
        p for p in rest if p.severity == "error" and (p.place.path, p.rule, p.message.text()) not in known
    )
    return Changes(
        base=old.label,
        head=new.label,
        files=files,
        changes=tuple(sorted(found, key=lambda change: (order.index(change.kind), change.path))),
        pages=_pages(old.directory, new.directory) if old.directory and new.directory else None,
        touched=touched,
        caused=caused,
        older=tuple(p for p in rest if p not in caused),
    )


def _lost_addresses(pairing: Pairing, old: Tree, new: Tree) -> Iterator[Problem]:
    """An address is permanent: a record that goes or moves leaves a way on, or a tombstone."""
    held = _held(new)
    for was, now in pairing.kept:
        for slug in (was.slug, *was.chamber.former_slugs):
            if slug not in held:
                yield _not_held(slug, was, now, new)
    for gone, heir in pairing.removed:
        stone = new.loaded.tombstones.get(gone.slug)
        if stone is not None:
            yield from _not_copied(gone, stone, held)
        elif heir is None:
            yield _removed(gone)
        else:
            for slug in gone.chamber.former_slugs:
                if slug not in held:
                    yield _not_held(slug, gone, heir, new)
    for slug in old.loaded.tombstones:
        path = f"chambers/_tombstones/{slug}.yml"
        if slug not in held and path not in new.loaded.unread:
            message = Message(N_("撤销记录删掉了，网址 {address} 会断"), {"address": f"chambers/{slug}/"})
            hint = Message(N_("把撤销记录放回去；资料确实还要，就把资料放回去"))
            yield Problem(Place(path), "CHANGE-002", message, hint)


def _held(new: Tree) -> set[str]:
    """Every id that an address of the new version has or leads on from."""
    records = new.loaded.chambers.values()
    held = {*new.loaded.chambers, *(slug for one in records for slug in one.chamber.former_slugs)}
    stones = new.loaded.tombstones
    return held | {*stones, *(slug for stone in stones.values() for slug in stone.former_slugs)}


def _not_held(slug: str, was: LoadedChamber, now: LoadedChamber, new: Tree) -> Problem:
    place = new.loaded.place(now.path, ("former_slugs",))
    values = {"old": slug, "path": was.path}
    message = Message(N_("原来的编号是 {old}（{path}），旧网址会断"), values)
    hint = Message(N_("加一行：former_slugs: [{old}]；或者把文件名改回去"), values)
    return Problem(place, "CHANGE-001", message, hint)


def _removed(gone: LoadedChamber) -> Problem:
    values = {"slug": gone.slug, "name": shown(gone.chamber.name)}
    message = Message(N_("{name}的资料删掉了，没有写去处，也没有写撤销记录"), values)
    hint = Message(
        N_(
            "合并的，在接续它的商会里写 former_slugs: [{slug}]；终止的不删，写 status: dissolved；确要撤下，写 chambers/_tombstones/{slug}.yml，里面写 removed 日期和 reason 原因"
        ),
        values,
    )
    return Problem(Place(gone.path), "CHANGE-002", message, hint)


def _not_copied(gone: LoadedChamber, stone: Tombstone, held: Collection[str]) -> Iterator[Problem]:
    """What the record had and its tombstone does not say, so that addresses would break."""
    found = {
        "former_slugs": [slug for slug in gone.chamber.former_slugs if slug not in held],
        "charters": [one.id for one in gone.chamber.charters if one.id not in stone.charters],
    }
    lines = tuple(f"{field}: [{', '.join(ids)}]" for field, ids in found.items() if ids)
    if lines:
        message = Message(N_("撤销记录漏了原来的编号，这些旧网址会断"))
        hint = Message(N_("加上：{lines}"), {"lines": lines})
        yield Problem(Place(f"chambers/_tombstones/{gone.slug}.yml"), "CHANGE-003", message, hint)


def _records(
    kind: str, path: str, old: Mapping[str, BaseModel], new: Mapping[str, BaseModel]
) -> Iterator[Change]:
    """Federations and schemes: added, removed, and field by field."""
    for id_ in sorted({*old, *new}):
        was, now = old.get(id_), new.get(id_)
        name = shown(getattr(now or was, "short_name", id_))
        where = path.format(id=id_)
        if was is None:
            yield Change(kind, where, name, Message(N_("新增")))
        elif now is None:
            yield Change(kind, where, name, Message(N_("删去")))
        else:
            for message in _edits(was, now):
                yield Change(kind, where, name, message)


def _edits(was: BaseModel, now: BaseModel) -> Iterator[Message]:
    model = type(now)
    assert model in (Federation, Scheme)
    for field in model.model_fields:
        old: Any = getattr(was, field)
        new: Any = getattr(now, field)
        title = title_of(model, field)
        if old == new:
            continue
        if isinstance(new, tuple) and any(isinstance(item, BaseModel) for item in (*old, *new)):
            yield from list_changes(model, field, old, new)
        elif isinstance(new, dict | BaseModel):
            yield Message(N_("改了{field}"), {"field": title})
        else:
            yield Message(
                N_("{field}：{old} → {new}"), {"field": title, "old": value(old), "new": value(new)}
            )


def _vocabulary(old: Tree, new: Tree, files: tuple[str, ...]) -> Iterator[Change]:
    for name in type(new.loaded.vocabulary).model_fields:
        path = f"chambers/_vocabulary/{name}.yml"
        before, after = getattr(old.loaded.vocabulary, name), getattr(new.loaded.vocabulary, name)
        if path in files and path not in new.loaded.unread:
            values = {
                "added": sum(one not in before for one in after),
                "removed": sum(one not in after for one in before),
            }
            text = N_("加上或改过 {added} 项，去掉或改掉 {removed} 项")
            yield Change("vocabulary", path, f"{name}.yml", Message(text, values))


def _unreadable(new: Tree, files: tuple[str, ...]) -> Iterator[Change]:
    for path in sorted(new.loaded.unread):
        if path in files:
            text = Message(N_("读不出来，里面改了什么没有列出；先改好下面的错误"))
            yield Change("file", path, shown(PurePosixPath(path).name), text)


def _pages(old: Directory, new: Directory) -> PageChanges:
    """Pages by address. An address that becomes a redirect has moved."""
    before, after = _planned(old), _planned(new)
    moved = tuple(
        (url, after[url] or "") for url in sorted(before) if after.get(url) and after[url] != before[url]
    )
    targets = {target for _, target in moved}
    return PageChanges(
        added=tuple(sorted(url for url in after if url not in before and url not in targets)),
        moved=moved,
        removed=tuple(sorted(url for url in before if url not in after)),
    )


def _planned(directory: Directory) -> dict[str, str | None]:
    """Every address, with where it leads on to if it is a redirect."""
    planned = pages.plan(directory, Settings(), str)
    return {
        page.url: str(page.data["target"]) if page.template == "redirect.html" else None for page in planned
    }
