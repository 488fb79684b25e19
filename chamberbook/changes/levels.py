"""Levels that were raised or lost, and on what evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chamberbook.awards import derive_awards
from chamberbook.changes.model import Told
from chamberbook.changes.tree import Tree
from chamberbook.changes.words import evidence, held, value
from chamberbook.history import EventName, Facts
from chamberbook.load import LoadedChamber
from chamberbook.problems import N_, Message, shown
from chamberbook.records import Chamber, Rating, SchemeLevel

_Key = tuple[str, str, str | None, str]


def level_changes(
    old: tuple[Tree, LoadedChamber | None], new: tuple[Tree, LoadedChamber | None]
) -> Iterator[Told]:
    """What is said about the levels of one chamber: first what it holds now and held before, then each award record.

    An award record that explains a level that is held now is a part of it, and no event of its own.
    """
    before, after = _ratings(old[1]), _ratings(new[1])
    touched = {key[0] for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    explained: set[_Key] = set()
    for scheme in sorted(touched):
        for told, key in _held(scheme, old, new):
            yield told
            explained |= {key} if key else set()
    for key in sorted(before.keys() | after.keys(), key=lambda k: (k[0], k[3], k[1], k[2] or "")):
        gone, come = before.get(key), after.get(key)
        if gone is None and come is not None and new[1]:
            text = N_("新记一次授予：{level}{dated}；凭据：{evidence}")
            event: EventName | None = None if key in explained else "level_awarded"
            yield _record(text, come, new[0], new[1].chamber, event)
        elif come is None and gone is not None and old[1]:
            text = N_("删去一次授予的记录：{level}{dated}；原凭据：{evidence}")
            yield _record(text, gone, old[0], old[1].chamber, "corrected")
        elif gone and come and gone != come and new[1]:
            yield from _edited(gone, come, new[0], new[1].chamber)


def _ratings(loaded: LoadedChamber | None) -> dict[_Key, Rating]:
    return {
        (r.scheme, r.level, r.period, str(r.awarded)): r for r in (loaded.chamber.ratings if loaded else ())
    }


def _held(
    scheme: str, old: tuple[Tree, LoadedChamber | None], new: tuple[Tree, LoadedChamber | None]
) -> Iterator[tuple[Told, _Key | None]]:
    """Raised, lowered, gained or lost on the day of the report; nothing when a version has errors.

    It is an event when an award record that is new says so; the record's key comes with it.
    """
    if not (old[0].sound and new[0].sound):
        return
    was, now = _best(scheme, *old), _best(scheme, *new)
    if (was and was.id) == (now and now.id):
        return
    key, rating = _newest(scheme, now.id, _ratings(old[1]), _ratings(new[1])) if now else (None, None)
    sources = held(rating.source, new[1].chamber.sources) if rating and new[1] else ()
    values = {
        "scheme": _scheme(scheme, new[0] if scheme in new[0].loaded.schemes else old[0]),
        "old": shown(was.label) if was else "",
        "new": shown(now.label) if now else "",
    }
    event: EventName
    if now is None:
        yield Told(Message(N_("{scheme}：不再有{old}"), values)), None
        return
    if was is None:
        text, event = N_("{scheme}：获得{new}"), "level_awarded"
    elif now.rank >= was.rank:
        text, event = N_("{scheme}：由{old}升为{new}"), "level_raised"
    else:
        text, event = N_("{scheme}：由{old}降为{new}"), "level_lowered"
    facts = _facts(rating, was) if rating else {}
    yield Told(Message(text, values), event if rating else None, facts, sources), key


def _newest(
    scheme: str, level: str, before: Mapping[_Key, Rating], after: Mapping[_Key, Rating]
) -> tuple[_Key, Rating] | tuple[None, None]:
    """The newest award record of a level that was not there before, or was not as it is."""
    found = [
        (key, one) for key, one in after.items() if key[:2] == (scheme, level) and before.get(key) != one
    ]
    return max(
        found, key=lambda pair: (str(pair[1].awarded or ""), pair[1].period or ""), default=(None, None)
    )


def _facts(rating: Rating, was: SchemeLevel | None = None) -> Facts:
    found = {
        "scheme": rating.scheme,
        "level": rating.level,
        "from": was.id if was and was.id != rating.level else None,
        "awarded": rating.awarded and str(rating.awarded),
        "period": rating.period,
    }
    return {key: one for key, one in found.items() if one}


def _best(scheme: str, tree: Tree, loaded: LoadedChamber | None) -> SchemeLevel | None:
    """The highest level of a scheme that holds on the day."""
    if loaded is None or scheme not in tree.loaded.schemes:
        return None
    known = {level.id for level in tree.loaded.schemes[scheme].levels}
    ratings = (one for one in loaded.chamber.ratings if one.scheme == scheme and one.level in known)
    awards = derive_awards(ratings, tree.loaded.schemes, tree.as_of)
    levels = [award.level for award in awards if award.holds]
    return max(levels, key=lambda level: level.rank, default=None)


def _record(text: str, rating: Rating, tree: Tree, chamber: Chamber, event: EventName | None) -> Told:
    when = rating.awarded or rating.period
    dated = Message(N_("，{date}"), {"date": when}) if when else ""
    values = {
        "level": _level(rating, tree),
        "dated": dated,
        "evidence": evidence(rating.source, chamber.sources),
    }
    if event == "corrected":
        return Told(Message(text, values), event, {"fields": ("ratings",)})
    return Told(Message(text, values), event, _facts(rating), held(rating.source, chamber.sources))


def _edited(gone: Rating, come: Rating, tree: Tree, chamber: Chamber) -> Iterator[Told]:
    if come.revoked and not gone.revoked:
        text = N_("被撤销：{level}{dated}；凭据：{evidence}")
        yield _record(text, come, tree, chamber, "level_revoked")
    for field, info in Rating.model_fields.items():
        was, now = getattr(gone, field), getattr(come, field)
        if was != now and field != "source":
            values: dict[str, object] = {"level": _level(come, tree), "field": Message(info.title or field)}
            values |= {
                "old": value(was),
                "new": value(now),
                "evidence": evidence(come.source, chamber.sources),
            }
            message = Message(N_("{level}的{field}：{old} → {new}；凭据：{evidence}"), values)
            yield Told(message, None if field == "revoked" else "corrected", {"fields": ("ratings",)})


def _level(rating: Rating, tree: Tree) -> Message:
    scheme = tree.loaded.schemes.get(rating.scheme)
    label = next((one.label for one in scheme.levels if one.id == rating.level), None) if scheme else None
    values = {"scheme": _scheme(rating.scheme, tree), "level": shown(label or rating.level)}
    return Message(N_("{scheme}{level}"), values)


def _scheme(id_: str, tree: Tree) -> str:
    scheme = tree.loaded.schemes.get(id_)
    return shown(scheme.short_name if scheme else id_)
