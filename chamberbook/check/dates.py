"""Rules about dates: nothing has happened after today, and ends follow beginnings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel

from chamberbook.check.context import Context, Finding, tombstone_path
from chamberbook.load import LoadedChamber
from chamberbook.problems import N_, Message
from chamberbook.records import PartialDate
from chamberbook.source import Loc

#: These may lie ahead: an award has an end, a scheme too, a charter can be adopted before it is in force. Whether an
#: award lies ahead is judged with its scheme: RATE-006.
_AHEAD = frozenset({"valid_until", "in_force", "superseded", "awarded"})
_PAIRS = (
    ("founded", "ended"), ("awarded", "valid_until"), ("awarded", "revoked"), ("adopted", "published"),
    ("adopted", "in_force"), ("in_force", "superseded"), ("adopted", "superseded"),
)  # fmt: skip


class _Dated(NamedTuple):
    """What a kind of record holds: its own dates that must not lie ahead, its pairs of dates, fields with dated records."""

    past: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    inner: tuple[str, ...]


@lru_cache(maxsize=64)
def _dated(model: type[BaseModel]) -> _Dated:
    types = {name: tuple(_types(field.annotation)) for name, field in model.model_fields.items()}
    dates = [name for name, found in types.items() if PartialDate in found]
    records = {name: [t for t in found if issubclass(t, BaseModel)] for name, found in types.items()}
    return _Dated(
        tuple(name for name in dates if name not in _AHEAD),
        tuple(pair for pair in _PAIRS if pair[0] in dates and pair[1] in dates),
        tuple(name for name, found in records.items() if any(any(_dated(record)) for record in found)),
    )


def _types(annotation: Any) -> Iterator[type]:
    """The classes that an annotation is made of."""
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for part in get_args(annotation):
        yield from _types(part)


def _parts(record: BaseModel) -> Iterator[tuple[Loc, BaseModel]]:
    """A record and the records with dates in it, with their addresses."""
    yield (), record
    for name in _dated(type(record)).inner:
        value = getattr(record, name)
        if isinstance(value, tuple):
            yield from (((name, index), item) for index, item in enumerate(value))
        elif isinstance(value, dict):
            yield from (((name, key), item) for key, item in value.items())
        elif value is not None:
            yield from (((name, *loc), part) for loc, part in _parts(value))


def _all_parts(ctx: Context) -> Iterator[tuple[str, Loc, BaseModel]]:
    for cited in ctx.files():
        record = cited.record.chamber if isinstance(cited.record, LoadedChamber) else cited.record
        for loc, part in _parts(record):
            yield cited.path, loc, part
    for slug, stone in ctx.tombstones.items():
        for loc, part in _parts(stone):
            yield tombstone_path(slug), loc, part


def future(ctx: Context) -> Iterator[Finding]:
    """已经发生的事，日期不能晚于今天。"""
    for path, loc, part in _all_parts(ctx):
        for name in _dated(type(part)).past:
            value = getattr(part, name)
            if value is not None and value.year >= ctx.as_of.year and value.first_day > ctx.as_of:
                values = {"field": name, "date": value, "today": ctx.as_of}
                message = Message(N_("“{field}”的日期 {date} 晚于今天（{today}）"), values)
                yield Finding(ctx.at(path, *loc, name), message, Message(N_("核对年份")))


def out_of_order(ctx: Context) -> Iterator[Finding]:
    """后面的日期不能早于前面的日期。"""
    for path, loc, part in _all_parts(ctx):
        for start, end in _dated(type(part)).pairs:
            first, last = getattr(part, start), getattr(part, end)
            if first is not None and last is not None and last.last_day < first.first_day:
                values = {"start": start, "first": first, "end": end, "last": last}
                message = Message(N_("“{end}”（{last}）早于“{start}”（{first}）"), values)
                yield Finding(ctx.at(path, *loc, end), message, Message(N_("核对这两个日期，看是不是写反了")))
