"""Rules about sources: each fact has one, each one is defined and used."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import get_args

from pydantic import BaseModel

from chamberbook.check.context import Cited, Context, Finding, nearest
from chamberbook.load import LoadedChamber
from chamberbook.problems import N_, Message, shown
from chamberbook.records import CITED_FACTS, Chamber, Federation, Scheme
from chamberbook.source import Loc

_CONTACT = frozenset({"address", "phone", "email", "website", "wechat"})
_FACTS = frozenset(CITED_FACTS)


def _record(cited: Cited) -> Chamber | Federation | Scheme:
    return cited.record.chamber if isinstance(cited.record, LoadedChamber) else cited.record


def _citations(record: BaseModel) -> Iterator[tuple[Loc, str]]:
    """Every use of a source: where, and its id."""
    for name in _citing(type(record)):
        for index, item in enumerate(getattr(record, name)):
            for order, source in enumerate(item.source):
                yield (name, index, "source", order), source
    if public := _public_source(record):
        yield ("contact", "public_source"), public
    for fact, sources in getattr(record, "fact_sources", {}).items():
        for order, source in enumerate(sources):
            yield ("fact_sources", fact, order), source


def _public_source(record: BaseModel) -> str | None:
    """The source that shows that a mobile number was made public."""
    contact = getattr(record, "contact", None)
    return contact.public_source if contact is not None else None


@lru_cache(maxsize=8)
def _citing(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields whose items name their sources."""
    items = {name: next(iter(get_args(field.annotation)), None) for name, field in model.model_fields.items()}
    return tuple(name for name, item in items.items() if "source" in getattr(item, "model_fields", ()))


def _used(record: BaseModel) -> set[str]:
    """The ids of all sources that are named."""
    used: set[str] = set()
    for name in _citing(type(record)):
        for item in getattr(record, name):
            used.update(item.source)
    if public := _public_source(record):
        used.add(public)
    return used.union(*getattr(record, "fact_sources", {}).values())


def unknown(ctx: Context) -> Iterator[Finding]:
    """用到的来源编号要在 sources 里。"""
    for cited in ctx.files():
        record = _record(cited)
        for loc, source in _citations(record) if _used(record) - cited.sources.keys() else ():
            if source not in cited.sources:
                message = Message(N_("没有来源 {id}"), {"id": shown(source)})
                hint = Message(N_("sources 里有：{ids}"), {"ids": tuple(cited.sources)})
                if not cited.sources:
                    hint = Message(N_("在 sources 里写上这个来源"))
                yield Finding(ctx.at(cited.path, *loc), message, hint)


def unused(ctx: Context) -> Iterator[Finding]:
    """列出的来源要用到；只有一个来源时，全部资料都出自它。"""
    for cited in ctx.files():
        if len(cited.sources) < 2:
            continue
        used = _used(_record(cited))
        for source in cited.sources:
            if source not in used:
                message = Message(N_("来源 {id} 没有用到"), {"id": source})
                hint = Message(N_("写明它证明哪一项，或删掉它"))
                yield Finding(ctx.at(cited.path, "sources", source, key=True), message, hint)


def _fact(chamber: Chamber, fact: str) -> object:
    return getattr(chamber.contact if fact in _CONTACT else chamber, fact)


def uncited_fact(ctx: Context) -> Iterator[Finding]:
    """有两个以上来源时，每个填了的基本栏目都要在 fact_sources 里写明出自哪里。"""
    for loaded in ctx.chambers:
        chamber = loaded.chamber
        if len(chamber.sources) < 2:
            continue
        for fact in CITED_FACTS:
            if fact in chamber.fact_sources or _fact(chamber, fact) in (None, (), "unknown"):
                continue
            loc = ("contact", fact) if fact in _CONTACT else (fact,)
            message = Message(N_("没有写明“{fact}”出自哪个来源"), {"fact": fact})
            hint = Message(
                N_("在 fact_sources 里加一行“{fact}: {source}”"),
                {"fact": fact, "source": next(iter(chamber.sources))},
            )
            yield Finding(ctx.at(loaded.path, *loc), message, hint)


def unknown_fact(ctx: Context) -> Iterator[Finding]:
    """fact_sources 里只写基本栏目的名字。"""
    for cited in ctx.files():
        record = _record(cited)
        if isinstance(record, Federation):
            continue
        facts = CITED_FACTS if isinstance(record, Chamber) else tuple(type(record).model_fields)
        for fact in record.fact_sources:
            if fact not in facts:
                message = Message(N_("“{fact}”不是写在这里的栏目"), {"fact": shown(fact)})
                hint = Message(N_("可以写的有：{facts}；别的栏目在各自的 source 里写"), {"facts": facts})
                if near := nearest(fact, facts):
                    hint = Message(N_("是不是 {choices}"), {"choices": near})
                yield Finding(ctx.at(cited.path, "fact_sources", fact, key=True), message, hint)


def empty_fact(ctx: Context) -> Iterator[Finding]:
    """没有填的栏目不用写来源。"""
    for loaded in ctx.chambers:
        for fact in loaded.chamber.fact_sources:
            if fact in _FACTS and _fact(loaded.chamber, fact) in (None, ()):
                message = Message(N_("“{fact}”没有填，却写了来源"), {"fact": fact})
                hint = Message(N_("填上这一项，或删掉这一行"))
                yield Finding(ctx.at(loaded.path, "fact_sources", fact, key=True), message, hint)
