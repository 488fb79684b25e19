"""Rules about dates: nothing has happened after today, and ends follow beginnings."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from chamberbook.check.context import Context, Finding
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


def _parts(record: BaseModel) -> Iterator[tuple[Loc, BaseModel]]:
    """A record and the records in it, with their addresses."""
    yield (), record
    for name, value in vars(record).items():
        if isinstance(value, BaseModel):
            yield (name,), value
        elif isinstance(value, tuple):
            yield from (((name, i), item) for i, item in enumerate(value) if isinstance(item, BaseModel))
        elif isinstance(value, dict):
            yield from (((name, key), item) for key, item in value.items() if isinstance(item, BaseModel))


def _all_parts(ctx: Context) -> Iterator[tuple[str, Loc, BaseModel]]:
    for cited in ctx.files():
        record = cited.record.chamber if isinstance(cited.record, LoadedChamber) else cited.record
        for loc, part in _parts(record):
            yield cited.path, loc, part


def future(ctx: Context) -> Iterator[Finding]:
    """已经发生的事，日期不能晚于今天。"""
    for path, loc, part in _all_parts(ctx):
        for name, value in vars(part).items():
            if isinstance(value, PartialDate) and name not in _AHEAD and value.first_day > ctx.as_of:
                values = {"field": name, "date": value, "today": ctx.as_of}
                message = Message(N_("“{field}”的日期 {date} 晚于今天（{today}）"), values)
                yield Finding(ctx.at(path, *loc, name), message, Message(N_("核对年份")))


def out_of_order(ctx: Context) -> Iterator[Finding]:
    """后面的日期不能早于前面的日期。"""
    for path, loc, part in _all_parts(ctx):
        fields = vars(part)
        for start, end in _PAIRS:
            first, last = fields.get(start), fields.get(end)
            if (
                isinstance(first, PartialDate)
                and isinstance(last, PartialDate)
                and last.last_day < first.first_day
            ):
                values = {"start": start, "first": first, "end": end, "last": last}
                message = Message(N_("“{end}”（{last}）早于“{start}”（{first}）"), values)
                yield Finding(ctx.at(path, *loc, end), message, Message(N_("核对这两个日期，看是不是写反了")))
