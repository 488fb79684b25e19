"""What happened to the charters of a chamber, article by article where the full text is held."""

from __future__ import annotations

from collections.abc import Iterator

from chamberbook import versions
from chamberbook.changes.model import Told
from chamberbook.changes.words import evidence, held, title_of, value
from chamberbook.history import Facts
from chamberbook.load import LoadedChamber
from chamberbook.problems import N_, Message, shown
from chamberbook.records import Charter


def charter_changes(old: LoadedChamber | None, new: LoadedChamber | None) -> Iterator[Told]:
    """What is said about charters added, dropped, changed, and about new versions."""
    before = {charter.id: charter for charter in old.chamber.charters} if old else {}
    after = {charter.id: charter for charter in new.chamber.charters} if new else {}
    for id_, charter in after.items():
        was = before.get(id_)
        if was is None and new:
            yield _added(charter, new)
        elif was is not None and old and new:
            yield from _edited(was, charter, new)
            yield from _text(was, charter, old, new)
    for id_, charter in before.items():
        if id_ not in after:
            message = Message(N_("删去《{title}》（编号 {id}），它的网址不再有"), _named(charter))
            yield Told(message, "corrected", {"fields": ("charters",)})


def _named(charter: Charter) -> dict[str, object]:
    return {"title": shown(charter.title or charter.type), "id": shown(charter.id)}


def _facts(charter: Charter, *, earlier: bool = False) -> Facts:
    found = {
        "charter": charter.id,
        "title": charter.title and shown(charter.title),
        "type": shown(charter.type),
        "supersedes": charter.supersedes if earlier else None,
        "adopted": charter.adopted and str(charter.adopted),
    }
    return {key: one for key, one in found.items() if one}


def _added(charter: Charter, new: LoadedChamber) -> Told:
    values = {**_named(charter), "evidence": evidence(charter.source, new.chamber.sources)}
    earlier = next((c for c in new.chamber.charters if c.id == charter.supersedes), None)
    sources = held(charter.source, new.chamber.sources)
    if earlier is None:
        message = Message(N_("新增《{title}》；凭据：{evidence}"), values)
        return Told(message, "charter_adopted", _facts(charter), sources)
    facts = _facts(charter, earlier=True)
    values["earlier"] = shown(earlier.title or earlier.type)
    found = _counted(new.texts.get(earlier.text or ""), new.texts.get(charter.text or ""))
    if found is None:
        message = Message(N_("新版《{title}》替代《{earlier}》；凭据：{evidence}"), values)
        return Told(message, "charter_revised", facts, sources)
    values["counts"] = found
    message = Message(N_("新版《{title}》替代《{earlier}》（{counts}）；凭据：{evidence}"), values)
    return Told(message, "charter_revised", facts, sources)


def _edited(was: Charter, now: Charter, new_record: LoadedChamber) -> Iterator[Told]:
    for field in Charter.model_fields:
        old, new = getattr(was, field), getattr(now, field)
        if old == new or field == "source":
            continue
        values = {**_named(now), "field": title_of(Charter, field), "old": value(old), "new": value(new)}
        message = Message(N_("《{title}》的{field}：{old} → {new}"), values)
        if field == "status" and new == "repealed":
            sources = held(now.source, new_record.chamber.sources)
            yield Told(message, "charter_withdrawn", _facts(now), sources)
        elif field in ("status", "superseded") and now.status == "superseded":
            yield Told(message)  # the charter that takes its place is the event
        else:
            yield Told(message, "corrected", {"fields": ("charters",)})


def _text(was: Charter, now: Charter, old: LoadedChamber, new: LoadedChamber) -> Iterator[Told]:
    found = _counted(old.texts.get(was.text or ""), new.texts.get(now.text or ""))
    if found is not None:
        message = Message(N_("《{title}》的全文改了：{counts}"), {**_named(now), "counts": found})
        yield Told(message, "charter_text_changed", _facts(now))


def _counted(before: str | None, after: str | None) -> Message | None:
    """How many articles of two full texts differ; None when there is nothing to compare or no difference."""
    if before is None or after is None or before == after:
        return None
    counts = versions.compare(before, after).counts
    return Message(N_("改 {changed} 条，增 {added} 条，删 {removed} 条，移 {moved} 条"), dict(counts))
