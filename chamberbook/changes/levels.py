"""Levels that were raised or lost, and on what evidence."""

from __future__ import annotations

from collections.abc import Iterator

from chamberbook.changes.tree import Tree
from chamberbook.changes.words import evidence, value
from chamberbook.load import LoadedChamber
from chamberbook.problems import N_, Message, shown
from chamberbook.records import Chamber, Rating, SchemeLevel

_Key = tuple[str, str, str | None, str]


def level_changes(
    old: tuple[Tree, LoadedChamber | None], new: tuple[Tree, LoadedChamber | None]
) -> Iterator[Message]:
    """Sentences about the levels of one chamber: first what it holds now and held before, then each award record."""
    before, after = _ratings(old[1]), _ratings(new[1])
    touched = {key[0] for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    for scheme in sorted(touched):
        yield from _held(scheme, old, new)
    for key in sorted(before.keys() | after.keys(), key=lambda k: (k[0], k[3], k[1], k[2] or "")):
        gone, come = before.get(key), after.get(key)
        if gone is None and come is not None and new[1]:
            yield _record(N_("新记一次授予：{level}{dated}；凭据：{evidence}"), come, new[0], new[1].chamber)
        elif come is None and gone is not None and old[1]:
            text = N_("删去一次授予的记录：{level}{dated}；原凭据：{evidence}")
            yield _record(text, gone, old[0], old[1].chamber)
        elif gone and come and gone != come and new[1]:
            yield from _edited(gone, come, new[0], new[1].chamber)


def _ratings(loaded: LoadedChamber | None) -> dict[_Key, Rating]:
    return {
        (r.scheme, r.level, r.period, str(r.awarded)): r for r in (loaded.chamber.ratings if loaded else ())
    }


def _held(
    scheme: str, old: tuple[Tree, LoadedChamber | None], new: tuple[Tree, LoadedChamber | None]
) -> Iterator[Message]:
    """Raised, lowered, gained or lost on the day of the report; nothing when a version has errors."""
    if old[0].directory is None or new[0].directory is None:
        return
    was, now = _best(scheme, *old), _best(scheme, *new)
    if (was and was.id) == (now and now.id):
        return
    values = {
        "scheme": _scheme(scheme, new[0] if scheme in new[0].loaded.schemes else old[0]),
        "old": shown(was.label) if was else "",
        "new": shown(now.label) if now else "",
    }
    if was is None:
        yield Message(N_("{scheme}：获得{new}"), values)
    elif now is None:
        yield Message(N_("{scheme}：不再有{old}"), values)
    elif now.rank >= was.rank:
        yield Message(N_("{scheme}：由{old}升为{new}"), values)
    else:
        yield Message(N_("{scheme}：由{old}降为{new}"), values)


def _best(scheme: str, tree: Tree, loaded: LoadedChamber | None) -> SchemeLevel | None:
    """The highest level of a scheme that holds on the day."""
    if loaded is None or tree.directory is None:
        return None
    awards = tree.directory.by_slug[loaded.slug].awards
    levels = [award.level for award in awards if award.scheme_id == scheme and award.holds]
    return max(levels, key=lambda level: level.rank, default=None)


def _record(text: str, rating: Rating, tree: Tree, chamber: Chamber) -> Message:
    when = rating.awarded or rating.period
    dated = Message(N_("，{date}"), {"date": when}) if when else ""
    values = {
        "level": _level(rating, tree),
        "dated": dated,
        "evidence": evidence(rating.source, chamber.sources),
    }
    return Message(text, values)


def _edited(gone: Rating, come: Rating, tree: Tree, chamber: Chamber) -> Iterator[Message]:
    if come.revoked and not gone.revoked:
        yield _record(N_("被撤销：{level}{dated}；凭据：{evidence}"), come, tree, chamber)
    for field, info in Rating.model_fields.items():
        was, now = getattr(gone, field), getattr(come, field)
        if was != now and field != "source":
            values: dict[str, object] = {"level": _level(come, tree), "field": Message(info.title or field)}
            values |= {
                "old": value(was),
                "new": value(now),
                "evidence": evidence(come.source, chamber.sources),
            }
            yield Message(N_("{level}的{field}：{old} → {new}；凭据：{evidence}"), values)


def _level(rating: Rating, tree: Tree) -> Message:
    scheme = tree.loaded.schemes.get(rating.scheme)
    label = next((one.label for one in scheme.levels if one.id == rating.level), None) if scheme else None
    values = {"scheme": _scheme(rating.scheme, tree), "level": shown(label or rating.level)}
    return Message(N_("{scheme}{level}"), values)


def _scheme(id_: str, tree: Tree) -> str:
    scheme = tree.loaded.schemes.get(id_)
    return shown(scheme.short_name if scheme else id_)
