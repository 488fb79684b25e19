"""Rules about rating schemes (评定办法) by themselves: levels, bands, prerequisites and terms that can be understood."""

from __future__ import annotations

from collections.abc import Iterator

from chamberbook.check.context import Context, Finding, nearest, positions, scheme_path
from chamberbook.problems import N_, Message
from chamberbook.records import PartialDate, Scheme
from chamberbook.source import Loc


def duplicate_level(ctx: Context) -> Iterator[Finding]:
    """办法里的等级编号不能相同。"""
    for slug, scheme in ctx.schemes.items():
        for index, level, first in positions(level.id for level in scheme.levels):
            message = Message(N_("等级编号“{id}”和第 {first} 个相同"), {"id": level, "first": first + 1})
            hint = Message(N_("每个等级一个编号"))
            yield Finding(ctx.at(scheme_path(slug), "levels", index, "id"), message, hint)


def stars_given(ctx: Context) -> Iterator[Finding]:
    """授星的等级写星数，别的等级不写。"""
    for slug, scheme in ctx.schemes.items():
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
    for slug, scheme in ctx.schemes.items():
        known = tuple(level.id for level in scheme.levels)
        for index, result in enumerate(scheme.results):
            if result.level is not None and result.level not in known:
                message = Message(N_("这项办法没有等级 {level}"), {"level": result.level})
                hint = Message(N_("可以写的有：{choices}"), {"choices": known})
                yield Finding(ctx.at(scheme_path(slug), "results", index, "level"), message, hint)


def unknown_federation(ctx: Context) -> Iterator[Finding]:
    """主办评定的工商联写了编号的，名录里要有这家工商联。"""
    federations = ctx.loaded.federations
    for slug, scheme in ctx.schemes.items():
        name = scheme.federation
        if name is None or name in federations or f"chambers/{name}/federation.yml" in ctx.loaded.unread:
            continue
        message = Message(N_("没有编号为“{id}”的工商联"), {"id": name})
        hint = Message(N_("名录里没有这家的，留空，只写 issuer"))
        if near := nearest(name, federations):
            names = tuple(f"{slug}（{federations[slug].short_name}）" for slug in near)
            hint = Message(N_("是不是 {choices}"), {"choices": names})
        yield Finding(ctx.at(scheme_path(slug), "federation"), message, hint)


def requirement(ctx: Context) -> Iterator[Finding]:
    """先决条件所说的等级要是本办法里更低的等级。"""
    for slug, scheme in ctx.schemes.items():
        ranks = {level.id: level.rank for level in scheme.levels}
        for index, level in enumerate(scheme.levels):
            lower = tuple(other.id for other in scheme.levels if other.rank < level.rank)
            for order, needed in enumerate(level.requires):
                if ranks.get(needed.level, level.rank) < level.rank:
                    continue
                message = Message(N_("这项办法没有等级 {level}"), {"level": needed.level})
                if needed.level in ranks:
                    message = Message(N_("先持有的等级 {level} 不低于这一级"), {"level": needed.level})
                hint = Message(N_("最低的等级不写 requires"))
                if lower:
                    hint = Message(N_("可以写的有：{choices}"), {"choices": lower})
                place = ctx.at(scheme_path(slug), "levels", index, "requires", order, "level")
                yield Finding(place, message, hint)


def score_bands(ctx: Context) -> Iterator[Finding]:
    """各等级的分数段不能颠倒、重叠，也不能超过满分。"""
    for slug, scheme in ctx.schemes.items():
        most = scheme.total_points
        for index, level in enumerate(scheme.levels):
            low, high = level.score_min, level.score_max
            field = "score_max" if low is None else "score_min"
            place = ctx.at(scheme_path(slug), "levels", index, field)
            hint = Message(N_("最低分算在内，最高分不算：80 至 90 分写 score_min: 80、score_max: 90"))
            if low is not None and high is not None and low >= high:
                yield Finding(place, Message(N_("最低分不小于最高分")), hint)
            elif most is not None and low is not None and low > most:
                yield Finding(place, Message(N_("最低分超过满分 {most}"), {"most": f"{most:g}"}), hint)
            elif other := _overlapping(scheme, index):
                yield Finding(place, Message(N_("分数段和{level}重叠"), {"level": other}), hint)


def _overlapping(scheme: Scheme, index: int) -> str | None:
    """The label of an earlier level whose band shares a score with that of a level."""

    def band(position: int) -> tuple[float, float] | None:
        low, high = scheme.levels[position].score_min, scheme.levels[position].score_max
        if low is None and high is None:
            return None
        return -1.0 if low is None else low, float("inf") if high is None else high

    mine = band(index)
    for position in range(index if mine else 0):
        if mine and (other := band(position)) and other[0] < mine[1] and mine[0] < other[1]:
            return scheme.levels[position].label
    return None


def term(ctx: Context) -> Iterator[Finding]:
    """有效期和起止时间要说得通：固定的月日要配年数，停办和到期不能早于开始。"""
    for slug, scheme in ctx.schemes.items():
        path = scheme_path(slug)
        has_years = scheme.validity_years or any(level.validity_years for level in scheme.levels)
        if scheme.ends_on is not None and not has_years:
            message = Message(N_("写了到期的月日，没有写有效期是几年"))
            hint = Message(N_("补上 validity_years；每年换届、当年到期的，用 valid_until 逐届写"))
            yield Finding(ctx.at(path, "ends_on"), message, hint)
        days: dict[Loc, PartialDate | None] = {("ended",): scheme.ended, ("valid_until",): scheme.valid_until}
        for index, level in enumerate(scheme.levels):
            days["levels", index, "valid_until"] = level.valid_until
        for loc, day in days.items():
            if day is not None and scheme.since is not None and day.last_day < scheme.since.first_day:
                values = {"field": loc[-1], "day": day, "since": scheme.since}
                message = Message(N_("“{field}”（{day}）早于办法开始（{since}）"), values)
                yield Finding(ctx.at(path, *loc), message, Message(N_("核对这两个日期，看是不是写反了")))
