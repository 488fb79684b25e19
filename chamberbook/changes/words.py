"""Values of records as a sentence of the report shows them; titles of the fields come from the models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic import BaseModel

from chamberbook.history import Cited
from chamberbook.problems import N_, Message, shown
from chamberbook.records import Source

#: At most so many items of a list are spelled out.
MOST = 3


def title_of(model: type[BaseModel], field: str) -> Message:
    """What a field is called."""
    return Message(model.model_fields[field].title or field)


def value(given: object) -> object:
    """A value on one short line, with personal numbers masked."""
    if given in (None, "", ()):
        return Message(N_("（空）"))
    if isinstance(given, tuple):
        return tuple(shown(item) for item in given)
    if isinstance(given, BaseModel):
        return summary(given)
    return shown(given)


def evidence(ids: Iterable[str], sources: Mapping[str, Source]) -> object:
    """The sources that ids stand for, in words."""
    found = tuple(cited(sources[id_]) for id_ in ids if id_ in sources)
    return found or Message(N_("没有来源"))


def held(ids: Iterable[str], sources: Mapping[str, Source]) -> tuple[Source, ...]:
    """The sources that ids stand for."""
    return tuple(sources[id_] for id_ in ids if id_ in sources)


def published(source: Source) -> Cited:
    """A source as an event names it."""
    return Cited(shown(source.title), shown(source.publisher), str(source.date or ""), source.url or "")


def cited(source: Source) -> Message:
    """One source: title, publisher, date."""
    values = {"title": shown(source.title), "publisher": shown(source.publisher), "date": source.date}
    if source.date is None:
        return Message(N_("{title}（{publisher}）"), values)
    return Message(N_("{title}（{publisher}，{date}）"), values)


def summary(item: BaseModel) -> object:
    """An item of a list by the text that people would name it by; the word for a fact without any."""
    for name in ("title", "name", "fact", "about", "label", "by"):
        text = getattr(item, name, None)
        if text:
            return shown(text)
    if getattr(item, "count", None) is not None:
        return shown(f"{item.count} {getattr(item, 'unit', '')}")  # type: ignore[attr-defined]
    return shown(getattr(item, "id", "")) or Message(N_("一条"))


def listed(items: Iterable[BaseModel]) -> tuple[object, ...]:
    """The first few of a list, and how many more there are."""
    found = [summary(item) for item in items]
    more = [Message(N_("等 {count} 条"), {"count": len(found)})] if len(found) > MOST else []
    return (*found[:MOST], *more)
