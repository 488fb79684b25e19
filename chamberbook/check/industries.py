"""Rules about kinds and industries."""

from __future__ import annotations

from collections.abc import Iterator

from chamberbook.check.context import Context, Finding, doubted, nearest
from chamberbook.problems import N_, Message


def unknown(ctx: Context) -> Iterator[Finding]:
    """行业代码要在 GB/T 4754-2017 的表里。"""
    if not ctx.lists_read("industries"):
        return
    for loaded in ctx.chambers:
        for index, code in enumerate(loaded.chamber.industries):
            if code in ctx.industries:
                continue
            same = [known for known in ctx.industries if known[1:] == code[1:] and code[1:]]
            codes = dict.fromkeys([*same, *nearest(code, ctx.industries)])
            titles = tuple(f"{c} {ctx.industries[c].title}" for c in list(codes)[:3])
            message = Message(N_("没有行业代码 {code}"), {"code": code})
            hint = Message(N_("从 chambers/_vocabulary/{file} 里选一个"), {"file": "industries.yml"})
            if titles:
                hint = Message(N_("是不是 {choices}"), {"choices": titles})
            yield Finding(ctx.at(loaded.path, "industries", index), message, hint)


def missing(ctx: Context) -> Iterator[Finding]:
    """行业商会要写代表哪个行业：代码，或者材料里的说法。"""
    for loaded in ctx.chambers:
        chamber = loaded.chamber
        if chamber.kind == "industry" and not chamber.industries and not chamber.trade:
            message = Message(N_("行业商会没有写行业"))
            hint = Message(N_("写 industries（代码）或 trade（材料里的说法）"))
            yield Finding(ctx.at(loaded.path, "kind"), message, hint)


def origin_missing(ctx: Context) -> Iterator[Finding]:
    """异地商会最好写明会员来自哪里。"""
    for loaded in ctx.chambers:
        chamber = loaded.chamber
        if chamber.kind == "nonlocal" and not chamber.origin_region and not doubted(chamber, "origin_region"):
            message = Message(N_("异地商会没有写原籍地"))
            hint = Message(N_("补上 origin_region；跨几个地区、认不准的在 doubts 里说明"))
            yield Finding(ctx.at(loaded.path, "kind"), message, hint)


def origin_unexpected(ctx: Context) -> Iterator[Finding]:
    """只有异地商会才写原籍地。"""
    for loaded in ctx.chambers:
        if loaded.chamber.kind != "nonlocal" and loaded.chamber.origin_region is not None:
            message = Message(N_("写了原籍地，类型却不是异地商会"))
            hint = Message(N_("类型改成 nonlocal，或删掉 origin_region"))
            yield Finding(ctx.at(loaded.path, "origin_region"), message, hint)
