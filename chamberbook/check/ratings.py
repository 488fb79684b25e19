"""Rules between a rating and its scheme. What a rating is worth today is derived, not checked.

A contradiction between record and scheme is an error; what the record merely does not show is a warning, because a
record may be honest and still not hold every earlier award.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from chamberbook.awards import allowed_end, derive_awards, held_for, when_awarded
from chamberbook.check.clauses import band, cite
from chamberbook.check.context import Context, Finding, Rated, doubted, nearest, ratings_of, scheme_path
from chamberbook.problems import N_, Message
from chamberbook.records import Rating, Requirement, Scheme, SchemeLevel


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


def score_outside_band(ctx: Context) -> Iterator[Finding]:
    """得分要在所得等级的分数段里；够了高一级的分数、先决条件还不够的，可以得低一级。"""
    for one in ratings_of(ctx):
        score, level, scheme = one.rating.score, one.level, one.scheme
        if score is None:
            continue
        low, high = level.score_min or 0, level.score_max
        if scheme.total_points is not None and score > scheme.total_points:
            values = {"total": f"{scheme.total_points:g}", "scheme": scheme.short_name, "score": f"{score:g}"}
            message = Message(N_("“{scheme}”满分 {total} 分，这里写 {score} 分"), values)
            yield Finding(one.at(ctx, "score"), message, Message(N_("核对得分")))
        elif score < low or (high is not None and score >= high):
            fitting = [other for other in scheme.levels if other is not level and _fits(score, other)]
            if score >= low and any(_unmet(ctx, one, other) for other in fitting):
                continue
            said = {"cite": cite(scheme, "score", level), "band": band(level), "score": f"{score:g}"}
            message = Message(N_("{cite}：{band}，这里写 {score} 分"), said)
            hint = Message(N_("核对得分"))
            if fitting:
                fits = {"score": f"{score:g}", "level": fitting[0].label}
                hint = Message(N_("{score} 分是{level}；核对得分和等级"), fits)
            yield Finding(one.at(ctx, "score"), message, hint)


def _fits(score: float, level: SchemeLevel) -> bool:
    if level.score_min is None and level.score_max is None:
        return False
    return (level.score_min or 0) <= score and (level.score_max is None or score < level.score_max)


def prerequisite_not_met(ctx: Context) -> Iterator[Finding]:
    """要先持有低一级满几年的，资料里的日期不能说明还不满。"""
    for one in ratings_of(ctx):
        for needed, held in _unmet(ctx, one, one.level):
            if held is None:
                continue
            values = {
                "cite": cite(one.scheme, "prerequisite", one.level),
                "needed": _needed(one.scheme, needed),
                "days": held,
            }
            message = Message(N_("{cite}是{needed}，照资料里的日期最多只有 {days} 天"), values)
            hint = Message(N_("核对前后两次授予的日期；更早还评过的，补上那一条"))
            yield Finding(one.at(ctx, "level"), message, hint)


def prerequisite_not_shown(ctx: Context) -> Iterator[Finding]:
    """要先持有低一级满几年的，资料里最好有那一次的记录。"""
    for one in ratings_of(ctx):
        for needed, held in _unmet(ctx, one, one.level):
            if held is not None:
                continue
            values = {
                "cite": cite(one.scheme, "prerequisite", one.level),
                "needed": _needed(one.scheme, needed),
            }
            message = Message(N_("{cite}是{needed}，资料里看不出来"), values)
            hint = Message(N_("有那一次的来源就补上一条；查不到的不用改"))
            yield Finding(one.at(ctx, "level"), message, hint)


def _needed(scheme: Scheme, needed: Requirement) -> Message:
    level = next((level.label for level in scheme.levels if level.id == needed.level), needed.level)
    values = {"level": level, "years": needed.years}
    return Message(N_("先持有{level}满 {years} 年") if needed.years else N_("先持有{level}"), values)


def _unmet(ctx: Context, one: Rated, level: SchemeLevel) -> list[tuple[Requirement, int | None]]:
    """What had to be held before a level and, as far as can be told, was not: with the most days that it can have
    been held, None when the record shows no holding at that time. Dates known roughly count in favour.
    """
    when = when_awarded(one.rating)
    known = {known.id for known in one.scheme.levels}
    others = [r for r in one.chamber.ratings if r is not one.rating and r.scheme == one.rating.scheme]
    awards = derive_awards(
        (r for r in others if r.level in known), {one.rating.scheme: one.scheme}, ctx.as_of
    )
    found: list[tuple[Requirement, int | None]] = []
    for needed in level.requires:
        if needed.level not in known or not _is_required(needed, one.scheme, one.rating):
            continue
        rank = next(other.rank for other in one.scheme.levels if other.id == needed.level)
        if when is None or one.rating.awarded is None:
            if not any(award.level.rank >= rank for award in awards):
                found.append((needed, None))
            continue
        held = held_for(awards, one.rating.scheme, needed.level, when[1], at_most=True)
        if held.since is None:
            found.append((needed, None))
        elif held.years < needed.years:
            found.append((needed, held.days))
    return found


def _is_required(needed: Requirement, scheme: Scheme, rating: Rating) -> bool:
    """Whether a prerequisite was in force at the time of an award; when that cannot be told, it is not asked for."""
    if needed.from_year == 1:
        return True
    when = when_awarded(rating)
    return bool(when and scheme.since and when[0].year >= scheme.since.year + needed.from_year - 1)


def in_future(ctx: Context) -> Iterator[Finding]:
    """授予日期和年度不能晚于今天。"""
    for one in ratings_of(ctx):
        awarded, period = one.rating.awarded, one.rating.period
        values = {"scheme": one.scheme.short_name, "level": one.level.label, "today": ctx.as_of}
        if awarded is not None and awarded.first_day > ctx.as_of:
            message = Message(
                N_("“{scheme}”{level}的授予日期 {date} 晚于今天（{today}）"), {**values, "date": awarded}
            )
            yield Finding(one.at(ctx, "awarded"), message, Message(N_("核对年份；还没有授予的先不写")))
        elif period is not None and int(period[:4]) > ctx.as_of.year:
            message = Message(
                N_("“{scheme}”{level}的年度 {date} 晚于今天（{today}）"), {**values, "date": period}
            )
            yield Finding(one.at(ctx, "period"), message, Message(N_("核对年份；还没有授予的先不写")))


def outside_scheme(ctx: Context) -> Iterator[Finding]:
    """授予要在办法开始以后、停办以前。"""
    for one in ratings_of(ctx):
        since, ended = one.scheme.since, one.scheme.ended
        awarded, period = one.rating.awarded, one.rating.period
        field = "awarded" if awarded else "period"
        first = awarded.first_day.isoformat() if awarded else period[:4] if period else None
        last = awarded.last_day.isoformat() if awarded else period[-4:] if period else None
        values = {"cite": cite(one.scheme, "since"), "date": awarded or period}
        hint = Message(N_("核对授予的日期，看是不是另一项办法"))
        if since is not None and last is not None and last < since.first_day.isoformat()[: len(last)]:
            message = Message(N_("{cite}：{since} 开始，这里写 {date}"), {**values, "since": since})
            yield Finding(one.at(ctx, field), message, hint)
        elif ended is not None and first is not None and first > ended.last_day.isoformat()[: len(first)]:
            message = Message(N_("{cite}：{ended} 停办，这里写 {date}"), {**values, "ended": ended})
            yield Finding(one.at(ctx, field), message, hint)


def before_founding(ctx: Context) -> Iterator[Finding]:
    """商会成立以后才能得等级；成立时间存疑的不查。"""
    for one in ratings_of(ctx):
        founded, rating = one.chamber.founded, one.rating
        if founded is None or doubted(one.chamber, "founded", "ratings"):
            continue
        field = "awarded" if rating.awarded else "period"
        year = int(rating.period[-4:]) if rating.period else founded.year
        if rating.awarded.last_day < founded.first_day if rating.awarded else year < founded.year:
            values = {
                "scheme": one.scheme.short_name,
                "level": one.level.label,
                "date": rating.awarded or rating.period,
                "founded": founded,
            }
            message = Message(N_("“{scheme}”{level}的授予（{date}）早于商会成立（{founded}）"), values)
            hint = Message(N_("核对两个日期；前身得的，记到前身的资料里"))
            yield Finding(one.at(ctx, field), message, hint)


def wrong_issuer(ctx: Context) -> Iterator[Finding]:
    """写明授予机关的，要是办法所定的授予这一等级的机关。"""
    for one in ratings_of(ctx):
        given, scheme = one.rating.awarded_by, one.scheme
        if given is None:
            continue
        accepted = [*(one.level.issuers or scheme.issuers)] or [scheme.issuer or ""]
        federation = ctx.loaded.federations.get(scheme.federation or "")
        if federation is not None and not one.level.issuers:
            accepted += [federation.name, federation.short_name, *federation.aliases]
        if not any(accepted) or _issuer_fits(given, accepted):
            continue
        names = one.level.issuers or scheme.issuers or (scheme.issuer or "",)
        values = {
            "cite": cite(scheme, "issuer", one.level),
            "names": tuple(name.replace("*", "某某") for name in names),
            "given": given,
        }
        message = Message(N_("{cite}是{names}，这里写“{given}”"), values)
        hint = Message(N_("核对授予机关；这家也可以授予的，写进办法的 issuers"))
        yield Finding(one.at(ctx, "awarded_by"), message, hint)


def _issuer_fits(given: str, accepted: list[str]) -> bool:
    """Whether one of the bodies that a record names is one of those accepted; `*` stands for any characters."""
    patterns = {re.escape(part).replace(r"\*", ".+") for name in accepted for part in _bodies(name)}
    return any(re.fullmatch(pattern, body) for pattern in patterns for body in _bodies(given))


def _bodies(names: str) -> set[str]:
    """The bodies that a text names, in one way of writing: 工商联 is short for 工商业联合会."""
    plain = re.sub(r"\s", "", names).replace("工商联", "工商业联合会")
    parts = [plain, *re.split("[、，,；;]", plain)]
    return {body for part in parts if (body := re.sub(r"等([0-9]+家)?(单位)?$", "", part))}


def two_levels(ctx: Context) -> Iterator[Finding]:
    """同一项分级的办法，同一次只授一个等级；称号可以同时有几个。"""
    for first, second in _pairs(ctx):
        if not _at_once(first.rating, second.rating):
            continue
        values = {"scheme": first.scheme.short_name, "first": first.level.label, "second": second.level.label}
        when = second.rating.awarded or second.rating.period
        message = Message(N_("“{scheme}”同一次（{when}）既有{first}又有{second}"), {**values, "when": when})
        hint = Message(N_("一次只授一个等级；留来源所写的那一条"))
        if first.level is second.level:
            message = Message(N_("“{scheme}”{first}的同一次授予（{when}）写了两条"), {**values, "when": when})
            hint = Message(N_("合成一条，来源写在一起"))
        yield Finding(second.at(ctx, "level"), message, hint)


def order_unknown(ctx: Context) -> Iterator[Finding]:
    """同一项分级的办法有两个等级的，日期要分得出先后。"""
    for first, second in _pairs(ctx):
        if first.level is second.level or _at_once(first.rating, second.rating):
            continue
        one, two = first.rating.awarded, second.rating.awarded
        if one is None or two is None or one.last_day < two.first_day or two.last_day < one.first_day:
            continue
        values = {
            "scheme": first.scheme.short_name,
            "first": first.level.label,
            "second": second.level.label,
            "one": one,
            "two": two,
        }
        message = Message(
            N_("“{scheme}”{first}（{one}）和{second}（{two}）分不出先后，页面上两个都算数"), values
        )
        yield Finding(second.at(ctx, "awarded"), message, Message(N_("能查到的，把日期写到日")))


def _pairs(ctx: Context) -> Iterator[tuple[Rated, Rated]]:
    """Every two ratings of a chamber by a scheme that grades: stars or letters; of titles one may hold several."""
    held: dict[tuple[str, str], list[Rated]] = {}
    for one in ratings_of(ctx):
        if one.level.form != "title":
            held.setdefault((one.path, one.rating.scheme), []).append(one)
    for ratings in held.values():
        yield from combinations(ratings, 2)


def _at_once(one: Rating, two: Rating) -> bool:
    """Whether two ratings tell of the same occasion, as precisely as they know it."""
    if one.awarded is None or two.awarded is None:
        return one.period is not None and one.period == two.period
    if one.awarded == two.awarded and one.awarded.day is not None:
        return True
    overlap = one.awarded.first_day <= two.awarded.last_day and two.awarded.first_day <= one.awarded.last_day
    return overlap and one.period is not None and one.period == two.period


def kind_not_covered(ctx: Context) -> Iterator[Finding]:
    """办法写明评哪些类型的，商会要是其中一类。"""
    titles = {kind.id: kind.title for kind in ctx.loaded.vocabulary.kinds}
    for one in ratings_of(ctx):
        kind, kinds = one.chamber.kind, one.scheme.kinds
        if not kinds or kind in kinds:
            continue
        values = {
            "cite": cite(one.scheme, "kinds"),
            "kinds": tuple(titles.get(k, k) for k in kinds),
            "kind": titles.get(kind, kind),
        }
        message = Message(N_("{cite}是{kinds}，这家是{kind}"), values)
        hint = Message(N_("核对商会的类型；办法也评这一类的，写进办法的 kinds"))
        yield Finding(one.at(ctx, "scheme"), message, hint)


def too_long(ctx: Context) -> Iterator[Finding]:
    """写明的有效期不能比办法规定的长。"""
    for one in ratings_of(ctx):
        until, allowed = one.rating.valid_until, allowed_end(one.rating, one.scheme)
        if until is None or allowed is None or until.first_day <= allowed.day:
            continue
        values = {"cite": cite(one.scheme, "validity", one.level), "allowed": allowed.day, "until": until}
        message = Message(N_("{cite}：最晚到 {allowed}，这里写 {until}"), values)
        hint = Message(N_("核对证书；办法改过有效期的，先改办法"))
        yield Finding(one.at(ctx, "valid_until"), message, hint)
