"""What happened to the charters of a chamber, article by article where the full text is held."""

from __future__ import annotations

from collections.abc import Iterator

from chamberbook import versions
from chamberbook.changes.words import evidence, title_of, value
from chamberbook.load import LoadedChamber
from chamberbook.problems import N_, Message, shown
from chamberbook.records import Charter


def charter_changes(old: LoadedChamber | None, new: LoadedChamber | None) -> Iterator[Message]:
    """Sentences about charters added, dropped, changed, and about new versions."""
    before = {charter.id: charter for charter in old.chamber.charters} if old else {}
    after = {charter.id: charter for charter in new.chamber.charters} if new else {}
    for id_, charter in after.items():
        was = before.get(id_)
        if was is None and new:
            yield _added(charter, new)
        elif was is not None and old and new:
            yield from _edited(was, charter)
            yield from _text(was, charter, old, new)
    for id_, charter in before.items():
        if id_ not in after:
            yield Message(N_("删去《{title}》（编号 {id}），它的网址不再有"), _named(charter))


def _named(charter: Charter) -> dict[str, object]:
    return {"title": shown(charter.title or charter.type), "id": shown(charter.id)}


def _added(charter: Charter, new: LoadedChamber) -> Message:
    values = {**_named(charter), "evidence": evidence(charter.source, new.chamber.sources)}
    earlier = next((c for c in new.chamber.charters if c.id == charter.supersedes), None)
    if earlier is None:
        return Message(N_("新增《{title}》；凭据：{evidence}"), values)
    values["earlier"] = shown(earlier.title or earlier.type)
    found = _counted(new.texts.get(earlier.text or ""), new.texts.get(charter.text or ""))
    if found is None:
        return Message(N_("新版《{title}》替代《{earlier}》；凭据：{evidence}"), values)
    values["counts"] = found
    return Message(N_("新版《{title}》替代《{earlier}》（{counts}）；凭据：{evidence}"), values)


def _edited(was: Charter, now: Charter) -> Iterator[Message]:
    for field in Charter.model_fields:
        old, new = getattr(was, field), getattr(now, field)
        if old != new and field != "source":
            values = {**_named(now), "field": title_of(Charter, field), "old": value(old), "new": value(new)}
            yield Message(N_("《{title}》的{field}：{old} → {new}"), values)


def _text(was: Charter, now: Charter, old: LoadedChamber, new: LoadedChamber) -> Iterator[Message]:
    found = _counted(old.texts.get(was.text or ""), new.texts.get(now.text or ""))
    if found is not None:
        yield Message(N_("《{title}》的全文改了：{counts}"), {**_named(now), "counts": found})


def _counted(before: str | None, after: str | None) -> Message | None:
    """How many articles of two full texts differ; None when there is nothing to compare or no difference."""
    if before is None or after is None or before == after:
        return None
    counts = versions.compare(before, after).counts
    return Message(N_("改 {changed} 条，增 {added} 条，删 {removed} 条，移 {moved} 条"), dict(counts))
