"""Rules about the closed lists themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from chamberbook.check.context import VOCABULARY, Context, Finding, positions
from chamberbook.problems import N_, Message
from chamberbook.records import Kind, Vocabulary


def duplicate(ctx: Context) -> Iterator[Finding]:
    """词表里的代码、编号不能重复；资料按名称选用的词，名称也不能重复。"""
    for name in Vocabulary.model_fields:
        entries = getattr(ctx.loaded.vocabulary, name)
        columns = ("code",) if name in ("regions", "industries") else ("id", "title")
        for column in columns:
            for index, value, first in positions(getattr(entry, column) for entry in entries):
                message = Message(N_("“{value}”和第 {first} 项相同"), {"value": value, "first": first + 1})
                hint = Message(N_("合成一项"))
                yield Finding(ctx.at(f"{VOCABULARY}/{name}.yml", index, column), message, hint)


def unknown_parent(ctx: Context) -> Iterator[Finding]:
    """地区的上级要在表里，省级没有上级，别的都有。"""
    path = f"{VOCABULARY}/regions.yml"
    for index, region in enumerate(ctx.loaded.vocabulary.regions):
        if region.parent is not None and region.parent not in ctx.regions:
            message = Message(N_("表里没有上级 {code}"), {"code": region.parent})
            yield Finding(ctx.at(path, index, "parent"), message, Message(N_("先加上级，再加它")))
        elif (region.parent is None) != (region.level == "province"):
            message = Message(N_("{name}的上级和层级对不上"), {"name": region.name})
            hint = Message(N_("省级不写 parent，地级和县级都要写"))
            yield Finding(ctx.at(path, index), message, hint)


def unknown_heir(ctx: Context) -> Iterator[Finding]:
    """停用代码的去处要在表里。"""
    path = f"{VOCABULARY}/regions.yml"
    for index, region in enumerate(ctx.loaded.vocabulary.regions):
        for order, heir in enumerate(region.successors):
            if heir.code not in ctx.regions:
                message = Message(N_("表里没有去处 {code}"), {"code": heir.code})
                hint = Message(N_("把去处也加进表里"))
                yield Finding(ctx.at(path, index, "successors", order, "code"), message, hint)


def missing_section(ctx: Context) -> Iterator[Finding]:
    """大类所属的门类要在表里。"""
    for index, industry in enumerate(ctx.loaded.vocabulary.industries):
        if industry.code[0] not in ctx.industries:
            message = Message(N_("表里没有门类 {code}"), {"code": industry.code[0]})
            yield Finding(
                ctx.at(f"{VOCABULARY}/industries.yml", index, "code"),
                message,
                Message(N_("先加门类，再加大类")),
            )


def missing_kind(ctx: Context) -> Iterator[Finding]:
    """每种商会类型都要有名称。"""
    if not ctx.lists_read("kinds"):
        return
    known = {term.id for term in ctx.loaded.vocabulary.kinds}
    if missing := tuple(kind for kind in get_args(Kind) if kind not in known):
        message = Message(N_("缺少类型 {kinds}"), {"kinds": missing})
        yield Finding(
            ctx.at(f"{VOCABULARY}/kinds.yml"), message, Message(N_("每种类型写一项：id、title、description"))
        )
