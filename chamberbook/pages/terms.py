"""What a scheme rules, in words: how long a level lasts, what must be held before, who may award it, in which article.

The rules of check read the same fields (check/ratings.py); these are the words for readers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from chamberbook.awards import Award, held_for
from chamberbook.formats import date_text
from chamberbook.problems import Translate
from chamberbook.records import Requirement, Scheme, SchemeLevel


def term(scheme: Scheme, level: SchemeLevel | None, _: Translate) -> str:
    """How long an award lasts; what the level says goes before the scheme. A scheme without a term has none."""
    fixed = level.valid_until if level else None
    years = (level.validity_years if level else None) or scheme.validity_years
    if fixed is None and not (level and level.validity_years):
        fixed = scheme.valid_until
    if fixed is not None:
        return _("一律到{date}").format(date=date_text(fixed, _))
    if years is None:
        return _("按年度认定，不设")
    if scheme.ends_on is None:
        return _("{n}年").format(n=years)
    month, day = (int(part) for part in scheme.ends_on.split("-"))
    return _("到授予后第{n}年的{month}月{day}日").format(n=years, month=month, day=day)


def terms(scheme: Scheme, levels: Sequence[SchemeLevel], _: Translate) -> str:
    """The terms of several levels: one when all are the same, else each with its level."""
    found = {level.label: term(scheme, level, _) for level in levels}
    if len(set(found.values())) <= 1:
        return next(iter(found.values()), term(scheme, None, _) if scheme.levels else "")
    return _("；").join(_("{level}{term}").format(level=label, term=said) for label, said in found.items())


def has_term(scheme: Scheme, levels: Sequence[SchemeLevel]) -> bool:
    """Whether an award of any of the levels ends by itself."""
    ruled = scheme.validity_years or scheme.valid_until
    return bool(ruled or any(level.validity_years or level.valid_until for level in levels))


def required(scheme: Scheme, level: SchemeLevel, _: Translate) -> tuple[str, ...]:
    """What must be held before, in the scheme's own words where it has some: 自第2年（2006年）起，须已持有三星级满1年."""
    later = next((one.from_year for one in level.requires if one.from_year > 1), None)
    if level.prerequisite and later and scheme.since:
        year = scheme.since.year + later - 1
        return (_("{text}（第{n}年是{year}年）").format(text=level.prerequisite, n=later, year=year),)
    if level.prerequisite:
        return (level.prerequisite,)
    return tuple(_required(scheme, one, _) for one in level.requires)


def _required(scheme: Scheme, needed: Requirement, _: Translate) -> str:
    before = next((level for level in scheme.levels if level.id == needed.level), None)
    label = before.label if before else needed.level
    if before and any(level.rank > before.rank for level in scheme.levels):
        label = _("{level}（或更高）").format(level=label)
    held = (
        _("须已连续持有{level}满{n}年").format(level=label, n=needed.years)
        if needed.years
        else _("须已持有{level}").format(level=label)
    )
    if needed.from_year == 1:
        return held
    if scheme.since is None:
        return _("自第{n}年起，{held}").format(n=needed.from_year, held=held)
    year = scheme.since.year + needed.from_year - 1
    return _("自第{n}年（{year}年）起，{held}").format(n=needed.from_year, year=year, held=held)


def issuers(scheme: Scheme, level: SchemeLevel, _: Translate) -> str:
    """Who may award a level: what the scheme says of it, and the names that a certificate can bear."""
    names = level.issuers or (() if level.awarded_by else scheme.issuers)
    listed = _("、").join(name.replace("*", _("某某")) for name in names)
    said = level.awarded_by or scheme.issuer or ""
    if listed and said and listed != said:
        return _("{said}（{names}）").format(said=said, names=listed)
    return listed or said


def held(awards: Sequence[Award], as_of: date, _: Translate) -> str:
    """How long the level of one scheme that holds today has been held without a gap, by the awards on record.

    Told in full years, and only where they show at least one. Where a date of the awards that count is known to the
    month or the year only, a gap may hide between two of them, so the words say 约 and give both bounds.
    """
    best = max((award for award in awards if award.holds), key=lambda award: award.level.rank, default=None)
    if best is None:
        return ""
    least = held_for(awards, best.scheme_id, best.level.id, as_of)
    most = held_for(awards, best.scheme_id, best.level.id, as_of, at_most=True)
    if least.years < 1:
        return ""
    label = best.level.label
    if any(level.rank > best.level.rank for level in best.scheme.levels):
        label = _("{level}（或更高）").format(level=label)
    values = {"level": label, "least": least.years, "most": most.years}
    if all(_is_precise(award) for award in awards if not _is_before(award, most.since or as_of)):
        return _("照收录的记录，到现在已连续持有{level}满{least}年。").format(**values)
    if least.years == most.years:
        return _("照收录的记录，到现在已连续持有{level}约{least}年；日期不全，只能大概算。").format(**values)
    return _("照收录的记录，到现在已连续持有{level}约{least}至{most}年；日期不全，只能大概算。").format(
        **values
    )


def _is_precise(award: Award) -> bool:
    return bool(award.rating.awarded and award.rating.awarded.day and not award.ends_latest)


def _is_before(award: Award, day: date) -> bool:
    return award.rating.awarded is not None and award.rating.awarded.last_day < day


def clauses(scheme: Scheme, _: Translate) -> tuple[tuple[str, str], ...]:
    """What is ruled and the article that rules it, where the scheme's file gives it."""
    titles: Mapping[str, str] = {
        "kinds": _("评哪些商会"),
        "issuer": _("由谁授予"),
        "score": _("分数"),
        "prerequisite": _("先决条件"),
        "validity": _("有效期"),
        "since": _("起止时间"),
    }
    return tuple(
        (title, article) for key, title in titles.items() if (article := getattr(scheme.clauses, key))
    )
