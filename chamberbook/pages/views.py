"""Small values that several pages print: ratings, rows of a list of chambers, page numbers, crumbs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from chamberbook.awards import Award, AwardState
from chamberbook.derive import ChamberEntry, Place
from chamberbook.formats import enumeration, short_place
from chamberbook.problems import Translate
from chamberbook.records import PartialDate, Scheme, SchemeLevel

#: What a reader is told of a chamber's standing. `unverified`: not known, or nobody checked lately.
ShownStatus = Literal["active", "unverified", "preparing", "merged", "dissolved"]
#: Crumbs are (title, url) from the home page down; the page itself has None.
Crumb = tuple[str, str | None]
#: In lists a chamber shows this many ratings; the rest is counted.
LISTED_RATINGS = 2
#: Chambers that the description of a page of a list names.
NAMED = 3
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RatingView:
    """An award as it is printed: `words` always stand beside stars and letters; `scheme` says whose they are.

    For a scheme that awards a single title, `words` is the scheme's name and `scheme` is empty. `when` is the
    award date, else None; `period` the year or round. `ends` is the last day on which the award can hold;
    `ends_latest`: only that is known, it may have ended before.
    """

    form: Literal["stars", "letter", "title"]
    stars: int
    words: str
    scheme: str
    scheme_id: str
    level_id: str
    state: AwardState
    when: PartialDate | None
    period: str | None
    ends: date | None
    days_left: int | None = None
    ends_latest: bool = False

    @property
    def url(self) -> str:
        return f"ratings/{self.scheme_id}/{self.level_id}/"


@dataclass(frozen=True, slots=True)
class ChamberRow:
    """A chamber in a list. `place` is the most precise region in short, `within` the one around it; `reading` is how the
    name is read, for readers of other languages.
    """

    url: str
    name: str
    kind: str
    founded: PartialDate | None
    alias: str | None
    status: ShownStatus
    verified: PartialDate | None
    place: str
    within: str
    trade: str
    ratings: tuple[RatingView, ...]
    more_ratings: int
    charters: int
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page of a list stands: `numbers` are (number, url), a gap is (None, "")."""

    page: int
    pages: int
    total: int
    first: int
    last: int
    url: str
    numbers: tuple[tuple[int | None, str], ...]
    previous: str | None
    next: str | None


def rating_view(award: Award, as_of: date | None = None) -> RatingView:
    """How an award is printed: in lists with the short name of its scheme.

    With `as_of`, as on the chamber's own page: with the full name, and an expiring one says how many days are left.
    """
    scheme = award.scheme.short_name if as_of is None else award.scheme.name
    single_title = award.level.form == "title" and len(award.scheme.levels) == 1
    expiring = award.state == "expiring" and award.ends is not None and as_of is not None
    return RatingView(
        form=award.level.form,
        stars=award.level.stars or 0,
        words=scheme if single_title else award.level.label,
        scheme="" if single_title else scheme,
        scheme_id=award.scheme_id,
        level_id=award.level.id,
        state=award.state,
        when=award.rating.awarded,
        period=award.rating.period,
        ends=award.ends,
        days_left=(award.ends - as_of).days if expiring and award.ends and as_of else None,
        ends_latest=award.ends_latest,
    )


def level_view(level: SchemeLevel, scheme_id: str) -> RatingView:
    """A level by itself, without anybody who holds it: the marks in the tables of a scheme."""
    return RatingView(
        level.form, level.stars or 0, level.label, "", scheme_id, level.id, "by_period", None, None, None
    )


def scheme_form(scheme: Scheme) -> Literal["stars", "letter", "title", "score"]:
    """What a scheme awards; `score` when it only gives points and no level is known."""
    return scheme.levels[0].form if scheme.levels else "score"


def chamber_row(entry: ChamberEntry) -> ChamberRow:
    """The row of a chamber; awards that hold come first, as derive sorted them."""
    chamber = entry.chamber
    place, within = short_chain(entry.place)
    return ChamberRow(
        url=entry.url,
        name=chamber.name,
        kind=entry.kind.title,
        founded=chamber.founded,
        alias=chamber.aliases[0] if chamber.aliases else None,
        status=shown_status(entry),
        verified=chamber.verified,
        place=place,
        within=within,
        trade=shown_trade(entry),
        ratings=tuple(rating_view(award) for award in entry.awards[:LISTED_RATINGS]),
        more_ratings=max(0, len(entry.awards) - LISTED_RATINGS),
        charters=len(chamber.charters),
        reading=entry.reading,
    )


def shown_status(entry: ChamberEntry) -> ShownStatus:
    """Never claims more than is known: an old or unknown record is `unverified`."""
    status = entry.chamber.status
    if status in ("preparing", "merged", "dissolved"):
        return status
    return "active" if status == "active" and not entry.stale else "unverified"


def shown_trade(entry: ChamberEntry) -> str:
    """The trade in the words of the source, else the names of its industry codes; empty when neither is known."""
    return entry.chamber.trade or enumeration([industry.title for industry in entry.industries])


def short_chain(place: Place) -> tuple[str, str]:
    """The most precise region in short and the one around it: ("宜兴", "无锡"); empty where there is none."""
    names = [short_place(region.name) for region in place.chain]
    return (names[-1] if names else "", names[-2] if len(names) > 1 else "")


def short_place_of(place: Place) -> str:
    """江苏 · 宜兴: the province and the most precise region."""
    names = [short_place(region.name) for region in place.chain]
    return " · ".join(dict.fromkeys((names[0], names[-1]))) if names else ""


def region_crumbs(place: Place) -> tuple[Crumb, ...]:
    """省 / 市 / 县, each with the address of its list."""
    return tuple((short_place(region.name), f"regions/{region.code}/") for region in place.chain)


def paged(
    url: str, items: Sequence[T], size: int, wanted: range | None = None
) -> Iterator[tuple[str, Pager, Sequence[T]]]:
    """Cut a list into pages: (address, pager, items); those of the `wanted` numbers, else all."""
    pages = page_count(items, size)
    for page in range(1, pages + 1) if wanted is None else wanted:
        start = (page - 1) * size
        part = items[start : start + size]
        yield page_url(url, page), pager(url, page, pages, len(items), start, len(part)), part


def pager(url: str, page: int, pages: int, total: int, start: int, count: int) -> Pager:
    """The pager of one page: the first and last page, the current one and its neighbours, gaps between."""
    shown = sorted({1, pages, *range(max(1, page - 1), min(pages, page + 1) + 1)})
    numbers: list[tuple[int | None, str]] = []
    for number in shown:
        if numbers and number - (numbers[-1][0] or 0) > 1:
            numbers.append((None, ""))
        numbers.append((number, page_url(url, number)))
    return Pager(
        page=page,
        pages=pages,
        total=total,
        first=min(start + 1, total),
        last=start + count,
        url=url,
        numbers=tuple(numbers),
        previous=page_url(url, page - 1) if page > 1 else None,
        next=page_url(url, page + 1) if page < pages else None,
    )


def page_count(items: Sequence[T], size: int) -> int:
    """How many pages a list takes; an empty one still has one."""
    return max(1, -(-len(items) // size))


def page_url(url: str, page: int) -> str:
    """`chambers/` for the first page, `chambers/page/2/` for the second."""
    return url if page == 1 else f"{url}page/{page}/"


def list_description(
    text: str, code: str, entries: Sequence[ChamberEntry], pager: Pager, _: Translate
) -> str:
    """A page of a list for search engines: what is listed, the code that tells it apart, which chambers come first."""
    if code:
        text += _("行业代码{code}。").format(code=code)
    if pager.pages > 1:
        text += _("第{n}页，共{pages}页。").format(n=pager.page, pages=pager.pages)
    names = _("、").join(entry.chamber.name for entry in entries[:NAMED])
    if names:
        text += (_("有{names}等。") if pager.total > NAMED else _("有{names}。")).format(names=names)
    return text
