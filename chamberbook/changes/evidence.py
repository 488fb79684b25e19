"""Facts that stayed and lost what proved them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from chamberbook.changes.model import Told
from chamberbook.changes.words import cited, summary, title_of
from chamberbook.problems import N_, Message
from chamberbook.records import CITED_FACTS, Chamber, Contact, Source

#: A source is the same when title, publisher and address are; its id in the file and its kind do not count.
_Same = tuple[str, str, str | None]


def lost_sources(was: Chamber, now: Chamber) -> Iterator[Told]:
    """A sentence for each fact or item that is still there and rests on fewer sources than before."""
    before, after = dict(_facts(was)), dict(_facts(now))
    for key, (title, old) in before.items():
        if key not in after:
            continue
        new = after[key][1]
        lost = tuple(cited(source) for same, source in old.items() if same not in new)
        if not lost:
            continue
        values = {"fact": title, "lost": lost}
        if len(new) == 0:
            text = N_("{fact}：没有来源了，原来是{lost}")
        elif len(new) < len(old):
            text = N_("{fact}：少了来源{lost}")
        else:
            values["new"] = tuple(cited(source) for same, source in new.items() if same not in old)
            text = N_("{fact}：来源由{lost}换成{new}")
        yield Told(Message(text, values), "corrected", {"fields": ("sources",)})


_Facts = tuple[object, Mapping[_Same, Source]]


def _facts(chamber: Chamber) -> Iterator[tuple[tuple[object, ...], _Facts]]:
    """Everything that is said, with its sources; an item of a list counts as the same without its sources."""
    for fact in CITED_FACTS:
        model: type[BaseModel] = Contact if fact in Contact.model_fields else Chamber
        held = getattr(chamber.contact if model is Contact else chamber, fact)
        if held in (None, (), "unknown"):
            continue
        only = tuple(chamber.sources) if len(chamber.sources) == 1 else ()
        ids = chamber.fact_sources.get(fact, only)
        yield (fact, str(held)), (title_of(model, fact), _by_content(chamber, ids))
    for field in Chamber.model_fields:
        items = getattr(chamber, field)
        for item in items if isinstance(items, tuple) else ():
            if ids := getattr(item, "source", ()):
                title = Message(
                    N_("{list}“{item}”"), {"list": title_of(Chamber, field), "item": summary(item)}
                )
                yield (field, item.model_dump_json(exclude={"source"})), (title, _by_content(chamber, ids))


def _by_content(chamber: Chamber, ids: tuple[str, ...]) -> dict[_Same, Source]:
    found = [chamber.sources[id_] for id_ in ids if id_ in chamber.sources]
    return {(source.title, source.publisher, source.url): source for source in found}
