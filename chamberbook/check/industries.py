"""Rules about kinds and industries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from chamberbook.check.context import VOCABULARY, Context, Finding, doubted, nearest
from chamberbook.problems import N_, Message

#: GB/T 4754-2011 -> GB/T 4754-2017: from 79 on every division moved by one. Only the codes that now name nothing tell;
#: the others name another industry, which nobody can see.
_NEW_CODES: Mapping[str, str] = MappingProxyType({
    "O79": "O80", "P82": "P83", "Q83": "Q84", "R85": "R86", "S90": "S91", "T96": "T97",
})  # fmt: skip
#: Names of divisions that the 2017 edition changed, with their code and name in it.
_NEW_NAMES: Mapping[str, tuple[str, str]] = MappingProxyType({
    "农、林、牧、渔服务业": ("A05", "农、林、牧、渔专业及辅助性活动"),
    "开采辅助活动": ("B11", "开采专业及辅助性活动"),
    "石油加工、炼焦和核燃料加工业": ("C25", "石油、煤炭及其他燃料加工业"),
    "建筑装饰和其他建筑业": ("E50", "建筑装饰、装修和其他建筑业"),
    "装卸搬运和运输代理业": ("G58", "多式联运和运输代理业"),
    "仓储业": ("G59", "装卸搬运和仓储业"),
    "广播、电视、电影和影视录音制作业": ("R87", "广播、电视、电影和录音制作业"),
    "基层群众自治组织": ("S96", "基层群众自治组织及其他组织"),
})  # fmt: skip


def unknown(ctx: Context) -> Iterator[Finding]:
    """行业代码要在 GB/T 4754-2017 的表里。"""
    if not ctx.lists_read("industries"):
        return
    for loaded in ctx.chambers:
        for index, code in enumerate(loaded.chamber.industries):
            if code in ctx.industries:
                continue
            message = Message(N_("没有行业代码 {code}"), {"code": code})
            if newer := _NEW_CODES.get(code):
                hint = Message(
                    N_("这是 2011 年版的代码；2017 年版是 {choices}"), {"choices": _named(ctx, newer)}
                )
                yield Finding(ctx.at(loaded.path, "industries", index), message, hint)
                continue
            same = [known for known in ctx.industries if known[1:] == code[1:] and code[1:]]
            codes = dict.fromkeys([*same, *nearest(code, ctx.industries)])
            titles = tuple(_named(ctx, c) for c in list(codes)[:3])
            hint = Message(N_("从 chambers/_vocabulary/{file} 里选一个"), {"file": "industries.yml"})
            if titles:
                hint = Message(N_("是不是 {choices}"), {"choices": titles})
            yield Finding(ctx.at(loaded.path, "industries", index), message, hint)


def _named(ctx: Context, code: str) -> str:
    industry = ctx.industries.get(code)
    return f"{code} {industry.title}" if industry else code


def old_edition(ctx: Context) -> Iterator[Finding]:
    """行业名称用 2017 年版的。"""
    names = [
        (f"{VOCABULARY}/industries.yml", (index, "title"), industry.title, ())
        for index, industry in enumerate(ctx.loaded.vocabulary.industries)
    ]
    chambers = [(one.path, ("trade",), one.chamber.trade, one.chamber.industries) for one in ctx.chambers]
    for path, loc, name, given in (*names, *chambers):
        code, title = _NEW_NAMES.get(name or "", ("", ""))
        if name is None or not code or code in given:
            continue
        message = Message(N_("“{name}”是 2011 年版的行业名称"), {"name": name})
        hint = Message(N_("2017 年版是 {code} {title}"), {"code": code, "title": title})
        place = ctx.at(path, *loc)
        # What a chamber's file says is its source's word; only the list itself is corrected.
        fix = ctx.fix(place, name, title) if path.startswith(VOCABULARY) else None
        yield Finding(place, message, hint, fix)


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
