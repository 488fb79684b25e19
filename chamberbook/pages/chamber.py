"""The page of one chamber: what is known, since when, from where, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from chamberbook.awards import Award, history
from chamberbook.derive import ChamberEntry, CharterEntry, Directory, Place, derive_place, is_stale
from chamberbook.formats import date_text, place_text, short_place
from chamberbook.pages import terms
from chamberbook.pages.links import Link
from chamberbook.pages.model import Inputs, Page, Unit
from chamberbook.pages.neighbours import following
from chamberbook.pages.sources import Citations, fact_sources
from chamberbook.pages.views import (
    Crumb,
    RatingView,
    rating_view,
    region_crumbs,
    short_place_of,
    shown_status,
    shown_trade,
)
from chamberbook.problems import Translate
from chamberbook.records import Activity, Chamber, FormerName, Honor, Members, PartialDate, Rating, Scheme
from chamberbook.settings import Settings

#: Chambers named beside the page.
NEAR = 6
#: What a search engine shows of a title, in characters, before the name of the site.
HEADLINE = 34
#: The order in which the page prints the plain facts, and so in which their sources are numbered.
FACTS = (
    "region", "region_then", "origin_region", "kind", "level", "industries", "status", "founded", "ended", "uscc",
)  # fmt: skip
CONTACT = ("address", "phone", "email", "website", "wechat")
#: Where a doubt stands on the page. All others stand below the plain facts.
DOUBT_PLACES = frozenset((
    "name", "name_en", "aliases", "former_names", "federation", "members", "ratings", "charters", "activities",
    "honors", "sources", *FACTS, *CONTACT,
))  # fmt: skip
#: Names of the same fact in a record.
_SAME = {"trade": "industries", "status_as_of": "status", "contact": "address"}


@dataclass(frozen=True, slots=True)
class Count:
    """A number of members. `old` when it says nothing of the last years; `width` is the bar's length of 100."""

    members: Members
    unit: str
    refs: tuple[int, ...]
    old: bool
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class AwardView:
    """One award in the timeline of its scheme."""

    view: RatingView
    rating: Rating
    awarded_by: str | None
    refs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AwardGroup:
    """The awards of one scheme in order of time. `term` is how long they last; `held` says how long the level that
    holds today has been held, empty where that cannot be told.
    """

    scheme_id: str
    scheme: Scheme
    single_title: bool
    term: str
    has_term: bool
    held: str
    awards: tuple[AwardView, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A former name, a charter, an activity or an honour with the numbers of its sources."""

    item: FormerName | CharterEntry | Activity | Honor
    refs: tuple[int, ...]


def pages(directory: Directory, settings: Settings, _: Translate) -> Iterator[Page]:
    """One page for each chamber; one that was merged into another keeps its page and says where it went."""
    for rated in (False, True):
        for unit in units(directory, settings, _, rated=rated):
            yield from unit.make()


def units(directory: Directory, _settings: Settings, _: Translate, *, rated: bool) -> Iterator[Unit]:
    """One for each chamber with awards, or without: those without do not change from day to day. A page follows from its
    record and from the names of those beside it.
    """
    position = {entry.slug: place for place, entry in enumerate(directory.chambers)}

    def place_of(entry: ChamberEntry) -> int:
        return position[entry.slug]

    def make(entry: ChamberEntry, beside: tuple[ChamberEntry, ...]) -> Iterator[Page]:
        yield chamber_page(entry, directory, beside, _)

    for entry in (one for one in directory.chambers if bool(one.awards) == rated):
        beside = near(entry, directory, place_of)
        heir = directory.by_slug.get(entry.chamber.successor or "")
        named = (
            part
            for other in (*beside, *((heir,) if heir else ()))
            for part in (other.slug, other.chamber.name)
        )
        inputs: Inputs = ("chamber", entry.digest, directory.day_on((entry,)), *named)
        yield Unit(inputs, 1, partial(make, entry, beside))


def some(directory: Directory, entries: Iterable[ChamberEntry], _: Translate) -> Iterator[Page]:
    """The pages of these chambers alone."""
    position = {entry.slug: place for place, entry in enumerate(directory.chambers)}
    for entry in entries:
        yield chamber_page(entry, directory, near(entry, directory, lambda one: position[one.slug]), _)


def chamber_page(
    entry: ChamberEntry, directory: Directory, near: tuple[ChamberEntry, ...], _: Translate
) -> Page:
    """The plan of a chamber's page."""
    chamber = entry.chamber
    crumbs: tuple[Crumb, ...] = (
        (_("商会"), "chambers/"),
        *region_crumbs(entry.place),
        (chamber.name, None),
    )
    return Page(
        url=entry.url,
        title=chamber.name,
        headline=headline(entry, _),
        description=description(entry, _),
        template="chamber.html",
        data={
            "entry": entry,
            "c": chamber,
            "crumbs": crumbs,
            "status": shown_status(entry),
            "place": place_text((region.name for region in entry.place.chain), _),
            "short_place": short_place_of(entry.place),
            "trade": shown_trade(entry),
            "then": _region_name(chamber.region_then, directory),
            "origin": _chain(chamber.origin_region, directory, _),
            "gaps": gaps(entry, directory),
            "doubts": doubts(chamber),
            "successor": _successor(chamber, directory),
            "federation": directory.federations[entry.federation_id],
            "near": tuple(Link(other.chamber.name, other.url) for other in near),
            **_cited(entry, directory, _),
        },
        tab="chambers",
        source=entry.path,
        dated=bool(entry.awards),
    )


def _cited(entry: ChamberEntry, directory: Directory, _: Translate) -> dict[str, object]:
    """Everything with references, asked for in the order of the page."""
    chamber, cite = entry.chamber, Citations(entry.chamber.sources)
    english = cite.refs(_sources_of("name_en", chamber)) if chamber.name_en else ()
    former = tuple(Cited(name, cite.refs(name.source)) for name in chamber.former_names)
    refs = {field: cite.refs(_sources_of(field, chamber)) for field in _shown_facts(chamber, FACTS)}
    counts = tuple(_count(m, cite, directory) for m in newest_members(chamber.members))
    refs |= {field: cite.refs(_contact_sources(field, chamber)) for field in _shown_facts(chamber, CONTACT)}
    growth = growing_members(chamber.members)
    most = max((m.count for m in growth), default=1) or 1
    return {
        "english": english,
        "former": former,
        "refs": refs,
        "members": counts,
        "growth": tuple(_count(m, cite, directory, 100 * m.count / most) for m in growth),
        "ratings": tuple(rating_view(award, directory.as_of) for award in entry.awards),
        "award_groups": award_groups(entry.awards, cite, directory, _),
        "charters": tuple(Cited(charter, cite.refs(charter.charter.source)) for charter in entry.charters),
        "activities": tuple(Cited(act, cite.refs(act.source)) for act in chamber.activities),
        "honors": tuple(Cited(honor, cite.refs(honor.source)) for honor in chamber.honors),
        "sources": cite.listed(),
    }


def _shown_facts(chamber: Chamber, fields: Sequence[str]) -> Iterator[str]:
    """The plain facts that the record holds."""
    for field in fields:
        if field == "industries":
            held = bool(chamber.industries or chamber.trade)
        elif field == "status":
            held = True
        else:
            held = bool(getattr(chamber.contact if field in CONTACT else chamber, field))
        if held:
            yield field


def _sources_of(field: str, chamber: Chamber) -> tuple[str, ...]:
    if field == "industries" and "trade" in chamber.fact_sources:
        field = "trade"
    return fact_sources(field, chamber.fact_sources, chamber.sources)


def _contact_sources(field: str, chamber: Chamber) -> tuple[str, ...]:
    """The sources of a way of contact; of a mobile number also the one that shows that it was public."""
    public = chamber.contact.public_source if field == "phone" else None
    return (*_sources_of(field, chamber), *([public] if public else []))


def _count(members: Members, cite: Citations, directory: Directory, width: float = 0.0) -> Count:
    old = members.as_of is not None and is_stale(members.as_of, directory.as_of)
    return Count(members, shown_unit(members.unit), cite.refs(members.source), old, round(width, 1))


def shown_unit(unit: str) -> str:
    """The unit with its measure word: 家 for 家, 家会员企业 for 会员企业, 个会员 for 会员."""
    if unit in ("家", "个", "名", "人", "户"):
        return unit
    return f"家{unit}" if "企业" in unit or "单位" in unit else f"个{unit}"


def newest_members(members: Sequence[Members]) -> tuple[Members, ...]:
    """The newest number of each unit, in the order of the record."""
    newest: dict[str, Members] = {}
    for one in members:
        known = newest.get(one.unit)
        if known is None or _day(one.as_of) > _day(known.as_of):
            newest[one.unit] = one
    return tuple(newest.values())


def growing_members(members: Sequence[Members]) -> tuple[Members, ...]:
    """The numbers of the first unit that was counted in more than one year, oldest first; else nothing."""
    for unit in dict.fromkeys(one.unit for one in members):
        counted = {one.as_of.year: one for one in members if one.unit == unit and one.as_of is not None}
        if len(counted) > 1:
            return tuple(counted[year] for year in sorted(counted))
    return ()


def _day(when: PartialDate | None) -> int:
    return when.last_day.toordinal() if when else 0


def award_groups(
    awards: Sequence[Award], cite: Citations, directory: Directory, _: Translate
) -> tuple[AwardGroup, ...]:
    """The awards by scheme, in order of time; schemes in the order of the chamber's awards, those that hold first."""
    groups = []
    for scheme_id in dict.fromkeys(award.scheme_id for award in awards):
        mine = history(award for award in awards if award.scheme_id == scheme_id)
        scheme = directory.schemes[scheme_id]
        levels = tuple({award.level.id: award.level for award in mine}.values())
        groups.append(
            AwardGroup(
                scheme_id=scheme_id,
                scheme=scheme,
                single_title=len(scheme.levels) == 1 and scheme.levels[0].form == "title",
                term=terms.terms(scheme, levels, _),
                has_term=terms.has_term(scheme, levels),
                held=terms.held(mine, directory.as_of, _),
                awards=tuple(_award_view(award, cite, directory) for award in mine),
            )
        )
    return tuple(groups)


def _award_view(award: Award, cite: Citations, directory: Directory) -> AwardView:
    return AwardView(
        view=rating_view(award, directory.as_of),
        rating=award.rating,
        awarded_by=award.rating.awarded_by or award.scheme.issuer,
        refs=cite.refs(award.rating.source),
    )


def gaps(entry: ChamberEntry, directory: Directory) -> tuple[str, ...]:
    """What a reader would look for and the record does not hold, by the names of the fields."""
    chamber, contact = entry.chamber, entry.chamber.contact
    recent = any(m.as_of and not is_stale(m.as_of, directory.as_of) for m in chamber.members)
    ways = (contact.phone, contact.email, contact.website, contact.wechat)
    missing = {
        "industries": chamber.kind == "industry" and not (chamber.industries or chamber.trade),
        "origin_region": chamber.kind == "nonlocal" and chamber.origin_region is None,
        "founded": chamber.founded is None,
        "members": not chamber.members,
        "recent_members": bool(chamber.members) and not recent,
        "contact": not contact.address and not any(ways),
        "address": not contact.address and any(ways),
        "phone": bool(contact.address or any(ways)) and not contact.phone,
        "uscc": chamber.uscc is None,
    }
    return tuple(key for key, is_missing in missing.items() if is_missing)


def doubts(chamber: Chamber) -> Mapping[str, tuple[str, ...]]:
    """The notes of the doubts by the place on the page where they stand; "" holds those without a place."""
    found: dict[str, tuple[str, ...]] = {}
    for doubt in chamber.doubts:
        field = doubt.about.split(".")[0].split("[")[0]
        field = _SAME.get(field, field)
        key = field if field in DOUBT_PLACES else ""
        found[key] = (*found.get(key, ()), doubt.note)
    return found


def headline(entry: ChamberEntry, _: Translate) -> str:
    """The title for search engines: name and place, then trade, level in force and charters as far as there is room."""
    names = [short_place(region.name) for region in entry.place.chain]
    text = _("{name}（{place}）").format(name=entry.chamber.name, place=place_text(names, _) or _("全国"))
    trade = shown_trade(entry)
    parts = (
        "" if trade.removesuffix("业") in entry.chamber.name else trade,
        *(rating_view(award).words for award in entry.awards[:1] if award.holds),
        _("行规行约{n}份").format(n=len(entry.charters)) if entry.charters else "",
    )
    for part in filter(None, parts):
        if len(text) + len(part) < HEADLINE:
            text += f" {part}"
    return text


def description(entry: ChamberEntry, _: Translate) -> str:
    """One sentence for search engines and shared links."""
    chamber = entry.chamber
    trade = shown_trade(entry)
    place = place_text((region.name for region in entry.place.chain), _) or _("全国性")
    levels = [rating_view(award).words for award in entry.awards if award.holds]
    parts = [
        _("{name}：{place}的{kind}").format(name=chamber.name, place=place, kind=entry.kind.title)
        if entry.place.chain
        else _("{name}：全国性的{kind}").format(name=chamber.name, kind=entry.kind.title),
        _("行业为{trade}").format(trade=trade) if trade else "",
        _("{date}成立").format(date=date_text(chamber.founded, _)) if chamber.founded else "",
        _("现有{levels}").format(levels=_("、").join(levels[:2])) if levels else "",
        _("收录等级与称号{n}项").format(n=len(entry.awards)) if entry.awards else "",
        _("行规行约{n}份").format(n=len(entry.charters)) if entry.charters else "",
    ]
    return _("，").join(part for part in parts if part) + _("。每条事实都注明来源，人人可以更正。")


def near(
    entry: ChamberEntry, directory: Directory, place_of: Callable[[ChamberEntry], int]
) -> tuple[ChamberEntry, ...]:
    """Chambers of the same trade in the same region, then of the same region, then of the same trade."""
    regions = [region.code for region in reversed(entry.place.chain)]
    trades = [industry.code for industry in entry.industries]
    groups: list[Sequence[ChamberEntry]] = [
        directory.by_region_industry.get((region, trade), ()) for region in regions for trade in trades
    ]
    groups += [directory.by_region.get(region, ()) for region in regions[:1]]
    groups += [directory.by_industry.get(trade, ()) for trade in trades]
    found: dict[str, ChamberEntry] = {}
    for group in groups:
        for other in following(group, entry, place_of, NEAR):
            if len(found) < NEAR:
                found.setdefault(other.slug, other)
    return tuple(found.values())


def _successor(chamber: Chamber, directory: Directory) -> Link | None:
    entry = directory.by_slug.get(chamber.successor) if chamber.successor else None
    return Link(entry.chamber.name, entry.url) if entry else None


def _region_name(code: str | None, directory: Directory) -> str | None:
    """The name of a current or a retired code."""
    return (directory.retired_regions.get(code) or directory.regions[code]).name if code else None


def _chain(code: str | None, directory: Directory, _: Translate) -> str | None:
    place = derive_place(code, directory.regions) if code else Place()
    return place_text((region.name for region in place.chain), _) or None
