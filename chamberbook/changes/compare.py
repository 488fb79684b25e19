"""Two trees -> `Changes`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
from chamberbook.records import Federation, Scheme
from chamberbook.settings import Settings

#: The reason that a commit gives for removing the file at a path, if any.
Reason = Callable[[str], str | None]


def compare(old: Tree, new: Tree, reason: Reason) -> Changes:
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
    problems = in_order([*new.problems, *_lost_addresses(pairing, new, reason)])
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


def _lost_addresses(pairing: Pairing, new: Tree, reason: Reason) -> Iterator[Problem]:
    """An address is permanent: a record that goes or moves leaves a way on, or a reason."""
    for was, now in pairing.kept:
        if was.slug != now.slug and was.slug not in now.chamber.former_slugs:
            place = new.loaded.place(now.path, ("former_slugs",))
            values = {"old": was.slug, "path": was.path}
            message = Message(N_("原来的编号是 {old}（{path}），旧网址会断"), values)
            hint = Message(N_("加一行：former_slugs: [{old}]；或者把文件名改回去"), values)
            yield Problem(place, "CHANGE-001", message, hint)
    for gone, heir in pairing.removed:
        if heir is None and gone.slug not in new.loaded.tombstones and not reason(gone.path):
            yield _removed(gone)


def _removed(gone: LoadedChamber) -> Problem:
    values = {"slug": gone.slug, "name": shown(gone.chamber.name)}
    message = Message(N_("{name}的资料删掉了，没有写去处，也没有写原因"), values)
    hint = Message(
        N_(
            "合并的，在接续它的商会里写 former_slugs: [{slug}]；终止的不删，写 status: dissolved；确要删除，在提交说明里另起一行写“删除原因：……”"
        ),
        values,
    )
    return Problem(Place(gone.path), "CHANGE-002", message, hint)


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
