"""Rules about places: the codes are known and in use, and a chamber lies where its federation does."""

from __future__ import annotations

from collections.abc import Iterator

from chamberbook.check.context import Context, Finding, doubted, federation_path, nearest, scheme_path
from chamberbook.problems import N_, Message
from chamberbook.records import Region


def _codes(ctx: Context) -> Iterator[tuple[str, str, str, bool, str]]:
    """Every region code: path, field, code, whether it must be in use today, the name of the record."""
    for loaded in ctx.chambers:
        chamber = loaded.chamber
        for field, code, today in (
            ("region", chamber.region, True),
            ("region_then", chamber.region_then, False),
            ("origin_region", chamber.origin_region, True),
        ):
            if code:
                yield loaded.path, field, code, today, chamber.name
    for slug, federation in ctx.federations.items():
        if federation.region:
            yield federation_path(slug), "region", federation.region, True, federation.name
    for slug, scheme in ctx.schemes.items():
        if scheme.issuer_region:
            yield scheme_path(slug), "issuer_region", scheme.issuer_region, True, scheme.name


def unknown(ctx: Context) -> Iterator[Finding]:
    """地区代码要在行政区划代码表里。"""
    if not ctx.lists_read("regions"):
        return
    for path, field, code, _, name in _codes(ctx):
        if code not in ctx.regions:
            message = Message(N_("没有地区代码 {code}"), {"code": code})
            yield Finding(ctx.at(path, field), message, _suggest(ctx, code, name))


def _suggest(ctx: Context, code: str, name: str) -> Message:
    named = [
        region.code
        for region in ctx.loaded.vocabulary.regions
        if name.startswith(region.name) and not region.retired
    ]
    # The first four digits name the prefecture: a slip further on is likelier than one before.
    near = nearest(code, (c for c in ctx.regions if c[:4] == code[:4])) or nearest(code, ctx.regions)
    codes = tuple(dict.fromkeys([*named[-1:], *near]))[:3]
    regions = tuple(f'"{code}" {ctx.regions[code].name}' for code in codes)
    if not regions:
        return Message(N_("查一查今天的六位代码；表里没有的，加进 chambers/_vocabulary/regions.yml"))
    return Message(
        N_("是不是 {regions}；表里没有的县，加进 chambers/_vocabulary/regions.yml"), {"regions": regions}
    )


def retired(ctx: Context) -> Iterator[Finding]:
    """地区写今天的代码，停用的写到 region_then。"""
    for path, field, code, today, _ in _codes(ctx):
        region = ctx.regions.get(code)
        if region is None or region.retired is None or not today:
            continue
        values = {"code": code, "name": region.name, "year": region.retired}
        codes = dict.fromkeys(successor.code for successor in region.successors)
        heirs = tuple(f'"{c}" {ctx.regions[c].name}' if c in ctx.regions else f'"{c}"' for c in codes)
        hint = Message(N_("写今天的代码"))
        if heirs and field == "region":
            hint = Message(N_("改成 {regions}；旧代码写到 region_then"), {"regions": heirs})
        elif heirs:
            hint = Message(N_("改成 {regions}"), {"regions": heirs})
        message = Message(N_("地区代码 {code}（{name}）{year} 年起停用"), values)
        place = ctx.at(path, field)
        fix = ctx.fix(place, code, next(iter(codes))) if len(codes) == 1 else None
        yield Finding(place, message, hint, fix)


def outside_federation(ctx: Context) -> Iterator[Finding]:
    """商会所在地区应当在它那家工商联的地区之内。"""
    for loaded in ctx.chambers:
        federation = ctx.loaded.federations.get(loaded.federation)
        inner = ctx.regions.get(loaded.chamber.region or "")
        outer = ctx.regions.get(federation.region or "") if federation else None
        if federation is None or inner is None or outer is None or _within(ctx, inner, outer):
            continue
        if not doubted(loaded.chamber, "region", "federation"):
            values = {"region": inner.name, "federation": federation.short_name}
            message = Message(N_("{region}不在{federation}的地区之内"), values)
            hint = Message(N_("核对地区代码；没有错的，在 doubts 里说明为什么归这家（about: federation）"))
            yield Finding(ctx.at(loaded.path, "region"), message, hint)


def _within(ctx: Context, inner: Region, outer: Region) -> bool:
    """Whether a region lies in another. Three levels, so three steps up are enough even in a faulty list."""
    step: Region | None = inner
    for _ in range(3):
        if step is None or step.code == outer.code:
            break
        step = ctx.regions.get(step.parent or "")
    return step is not None and step.code == outer.code
