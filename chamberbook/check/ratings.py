"""Rules about ratings and the schemes that award them. What a rating is worth today is derived, not checked."""

from __future__ import annotations

from collections.abc import Iterator

from chamberbook.check.context import Context, Finding, nearest, positions, scheme_path
from chamberbook.problems import N_, Message


def unknown_scheme(ctx: Context) -> Iterator[Finding]:
    """等级所属的评定办法要在 chambers/_schemes/ 里。"""
    for loaded in ctx.chambers:
        for index, rating in enumerate(loaded.chamber.ratings):
            if rating.scheme in ctx.loaded.schemes or scheme_path(rating.scheme) in ctx.loaded.unread:
                continue
            message = Message(N_("没有编号为“{id}”的评定办法"), {"id": rating.scheme})
            hint = Message(N_("先在 chambers/_schemes/ 里收这项办法"))
            if near := nearest(rating.scheme, ctx.loaded.schemes):
                names = tuple(f"{slug}（{ctx.loaded.schemes[slug].short_name}）" for slug in near)
                hint = Message(N_("是不是 {choices}"), {"choices": names})
            yield Finding(ctx.at(loaded.path, "ratings", index, "scheme"), message, hint)


def unknown_level(ctx: Context) -> Iterator[Finding]:
    """等级要是该办法所列的等级。"""
    for loaded in ctx.chambers:
        for index, rating in enumerate(loaded.chamber.ratings):
            scheme = ctx.loaded.schemes.get(rating.scheme)
            if scheme is None or any(level.id == rating.level for level in scheme.levels):
                continue
            values = {"scheme": scheme.short_name, "level": rating.level}
            levels = tuple(f"{level.id}（{level.label}）" for level in scheme.levels)
            message = Message(N_("“{scheme}”没有等级 {level}"), values)
            hint = Message(N_("可以写的有：{choices}"), {"choices": levels})
            yield Finding(ctx.at(loaded.path, "ratings", index, "level"), message, hint)


def duplicate_level(ctx: Context) -> Iterator[Finding]:
    """办法里的等级编号不能相同。"""
    for slug, scheme in ctx.loaded.schemes.items():
        for index, level, first in positions(level.id for level in scheme.levels):
            message = Message(N_("等级编号“{id}”和第 {first} 个相同"), {"id": level, "first": first + 1})
            hint = Message(N_("每个等级一个编号"))
            yield Finding(ctx.at(scheme_path(slug), "levels", index, "id"), message, hint)


def stars_given(ctx: Context) -> Iterator[Finding]:
    """授星的等级写星数，别的等级不写。"""
    for slug, scheme in ctx.loaded.schemes.items():
        for index, level in enumerate(scheme.levels):
            if (level.form == "stars") == (level.stars is not None):
                continue
            message = Message(N_("形式是 stars 的等级没有写星数"))
            hint = Message(N_("补上 stars，如 stars: 4"))
            if level.stars is not None:
                message = Message(N_("形式不是 stars 的等级写了星数"))
                hint = Message(N_("删掉 stars；只有授星的办法才画星"))
            field = "form" if level.stars is None else "stars"
            yield Finding(ctx.at(scheme_path(slug), "levels", index, field), message, hint)


def unknown_result_level(ctx: Context) -> Iterator[Finding]:
    """公布过的结果写到等级的，要是该办法所列的等级。"""
    for slug, scheme in ctx.loaded.schemes.items():
        known = tuple(level.id for level in scheme.levels)
        for index, result in enumerate(scheme.results):
            if result.level is not None and result.level not in known:
                message = Message(N_("这项办法没有等级 {level}"), {"level": result.level})
                hint = Message(N_("可以写的有：{choices}"), {"choices": known})
                yield Finding(ctx.at(scheme_path(slug), "results", index, "level"), message, hint)


def unknown_federation(ctx: Context) -> Iterator[Finding]:
    """主办评定的工商联写了编号的，名录里要有这家工商联。"""
    federations = ctx.loaded.federations
    for slug, scheme in ctx.loaded.schemes.items():
        name = scheme.federation
        if name is None or name in federations or f"chambers/{name}/federation.yml" in ctx.loaded.unread:
            continue
        message = Message(N_("没有编号为“{id}”的工商联"), {"id": name})
        hint = Message(N_("名录里没有这家的，留空，只写 issuer"))
        if near := nearest(name, federations):
            names = tuple(f"{slug}（{federations[slug].short_name}）" for slug in near)
            hint = Message(N_("是不是 {choices}"), {"choices": names})
        yield Finding(ctx.at(scheme_path(slug), "federation"), message, hint)
