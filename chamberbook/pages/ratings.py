"""Ratings and titles: all schemes, how each is won, and who holds each level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from chamberbook.cache import digest
from chamberbook.derive import Directory, is_stale
from chamberbook.formats import short_place
from chamberbook.pages import terms
from chamberbook.pages.holders import STATES, best_awards, scheme_groups, state_groups, used_states
from chamberbook.pages.links import Counted, Link
from chamberbook.pages.model import Inputs, Page, Unit
from chamberbook.pages.sources import Citations, fact_sources
from chamberbook.pages.views import RatingView, level_view, paged, scheme_form
from chamberbook.problems import Translate
from chamberbook.records import Document, Scheme, SchemeLevel, SchemeResult
from chamberbook.settings import Settings

FORMS = ("stars", "letter", "title", "score")
#: Parts of a scheme that print their sources, in the order of the page.
CITED_PARTS = ("summary", "levels", "structure", "items", "prerequisites", "process")
#: Parts of the page at which a doubt can stand; all others stand below the summary.
DOUBT_PLACES = ("levels", "items", "process", "results", "documents")
#: Other schemes named beside the page.
OTHERS = 5


@dataclass(frozen=True, slots=True)
class SchemeRow:
    """A scheme in the list of them all."""

    url: str
    scheme: Scheme
    levels: tuple[tuple[RatingView, int], ...]
    term: str
    holders: int


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level with what it takes in words, and how many of the recorded chambers hold it in which state."""

    level: SchemeLevel
    view: RatingView
    required: tuple[str, ...]
    issuers: str
    term: str
    states: tuple[int, ...]
    holders: int


@dataclass(frozen=True, slots=True)
class CitedResult:
    """A published result with the numbers of its sources."""

    item: SchemeResult
    refs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document with the numbers of its sources."""

    item: Document
    refs: tuple[int, ...]


def pages(directory: Directory, settings: Settings, _: Translate) -> Iterator[Page]:
    """The list of schemes, then each scheme with its levels."""
    for unit in units(directory, settings, _):
        yield from unit.make()


def units(directory: Directory, settings: Settings, _: Translate) -> Iterator[Unit]:
    """The list, then each scheme: its pages follow from those who hold it, and from how many hold the others."""
    rows = scheme_rows(directory, _)
    counts = digest(
        *(f"{row.url} {row.holders} {' '.join(str(held) for _level, held in row.levels)}" for row in rows)
    )

    def make_index() -> Iterator[Page]:
        yield index_page(rows, _)

    def make(id_: str, row: SchemeRow) -> Iterator[Page]:
        yield replace(scheme_page(id_, row, rows, directory, _), dated=True)
        for level in row.scheme.levels:
            yield from level_pages(id_, row, level, directory, settings, _)

    yield Unit(("ratings", counts), 1, make_index)
    for row in rows:
        id_ = row.url.split("/")[1]
        holders = directory.by_scheme.get(id_, ())
        inputs: Inputs = (
            "scheme",
            id_,
            directory.as_of.isoformat(),
            counts,
            *(entry.digest for entry in holders),
        )
        yield Unit(inputs, 1 + len(row.levels) + len(holders) // settings.page_size, partial(make, id_, row))


def scheme_rows(directory: Directory, _: Translate) -> tuple[SchemeRow, ...]:
    """All schemes: most holders first, then by name."""
    rows = []
    for id_, scheme in directory.schemes.items():
        levels = tuple(
            (level_view(level, id_), len(directory.by_level.get((id_, level.id), ())))
            for level in ranked(scheme)
        )
        term = terms.terms(scheme, ranked(scheme), _)
        rows.append(SchemeRow(f"ratings/{id_}/", scheme, levels, term, len(directory.by_scheme.get(id_, ()))))
    return tuple(sorted(rows, key=lambda row: (-row.holders, row.url)))


def ranked(scheme: Scheme) -> list[SchemeLevel]:
    """The levels of a scheme, highest first."""
    return sorted(scheme.levels, key=lambda level: (-level.rank, level.id))


def index_page(rows: Sequence[SchemeRow], _: Translate) -> Page:
    """All schemes, grouped by what they award; groups are not compared with each other."""
    groups = tuple((form, tuple(row for row in rows if scheme_form(row.scheme) == form)) for form in FORMS)
    return Page(
        url="ratings/",
        title=_("等级与称号"),
        description=_(
            "{n}项评定办法：星级、等级和称号，由谁授予、怎样得到、管几年，名录里哪些商会得过，是否仍然有效。"
        ).format(n=len(rows)),
        template="ratings.html",
        data={
            "crumbs": ((_("等级与称号"), None),),
            "groups": tuple((form, group) for form, group in groups if group),
        },
        tab="chambers",
    )


def scheme_page(
    id_: str, row: SchemeRow, rows: Sequence[SchemeRow], directory: Directory, _: Translate
) -> Page:
    """The plan of a scheme's page: how a level is won, what is scored, how, and what came of it."""
    scheme, cite = row.scheme, Citations(row.scheme.sources)

    def refs_of(part: str) -> tuple[int, ...]:
        cited = fact_sources(part, scheme.fact_sources, scheme.sources)
        return cite.refs(cited) if getattr(scheme, part) else ()

    refs = {part: refs_of(part) for part in CITED_PARTS}
    results = tuple(CitedResult(one, cite.refs(one.source)) for one in scheme.results)
    documents = tuple(CitedDocument(one, cite.refs(one.source)) for one in scheme.documents)
    refs |= {"note": refs_of("note")}
    return Page(
        url=row.url,
        title=scheme.name,
        headline=_headline(scheme, _),
        description=scheme.summary,
        template="scheme.html",
        data={
            "crumbs": ((_("等级与称号"), "ratings/"), (scheme.name, None)),
            "s": scheme,
            "form": scheme_form(scheme),
            "row": row,
            "refs": refs,
            "levels": tuple(level_rows(id_, scheme, directory, _)),
            "clauses": terms.clauses(scheme, _),
            **_holding(id_, scheme, directory),
            "conditions": len(scheme.levels) > 1 or any(map(has_conditions, scheme.levels)),
            "results": results,
            "unlisted": any(not r.item.listed and r.item.level and r.item.count for r in results),
            "documents": documents,
            "doubts": doubts(scheme),
            "sources": cite.listed(),
            **_about(row, rows, directory),
        },
        tab="chambers",
        source=f"chambers/_schemes/{id_}.yml",
    )


def _headline(scheme: Scheme, _: Translate) -> str:
    return _("{name}：怎样评定，谁获评").format(name=scheme.name)


def _holding(id_: str, scheme: Scheme, directory: Directory) -> dict[str, object]:
    """Who holds the levels, and on which day."""
    parts = tuple(scheme_groups(id_, scheme, directory))
    return {
        "parts": parts,
        "states": used_states(id_, scheme, directory),
        "latest": any(holder.view.ends_latest for part in parts for holder in part.holders),
        "has_term": terms.has_term(scheme, scheme.levels),
        "as_of": directory.as_of,
    }


def _about(row: SchemeRow, rows: Sequence[SchemeRow], directory: Directory) -> dict[str, object]:
    """Who runs a scheme, where, for whom, whether it is known to be run still, and which others there are."""
    scheme = row.scheme
    federation = directory.federations.get(scheme.federation or "")
    region = directory.regions.get(scheme.issuer_region or "")
    return {
        "old": scheme_is_old(scheme, directory),
        "issuer_place": short_place(region.name) if region else "",
        "federation": Link(federation.federation.short_name, federation.url) if federation else None,
        "kinds": tuple(directory.kinds[kind].title for kind in scheme.kinds),
        "others": tuple(Link(one.scheme.name, one.url) for one in rows if one is not row)[:OTHERS],
    }


def has_conditions(level: SchemeLevel) -> bool:
    """Whether it is known what a level takes."""
    return bool(
        level.rule
        or level.prerequisite
        or level.requires
        or level.score_min is not None
        or level.score_max is not None
    )


def scheme_is_old(scheme: Scheme, directory: Directory) -> bool:
    """Whether nothing newer than some years tells that the scheme is still run."""
    dates = [source.date for source in scheme.sources.values() if source.date is not None]
    return not dates or is_stale(max(dates, key=lambda day: day.last_day), directory.as_of)


def doubts(scheme: Scheme) -> Mapping[str, tuple[str, ...]]:
    """The notes of the doubts by the part of the page; "" holds those without a part."""
    found: dict[str, tuple[str, ...]] = {}
    for doubt in scheme.doubts:
        part = doubt.about.split(".")[0].split("[")[0]
        key = part if part in DOUBT_PLACES else ""
        found[key] = (*found.get(key, ()), doubt.note)
    return found


def level_rows(id_: str, scheme: Scheme, directory: Directory, _: Translate) -> Iterator[LevelRow]:
    """The levels, highest first, with the number of holders in each state that occurs."""
    states = used_states(id_, scheme, directory)
    for level in ranked(scheme):
        awards = best_awards(id_, level.id, directory)
        counts = Counter(award.state for _entry, award in awards)
        yield LevelRow(
            level=level,
            view=level_view(level, id_),
            required=terms.required(scheme, level, _),
            issuers=terms.issuers(scheme, level, _),
            term=terms.term(scheme, level, _),
            states=tuple(counts[state] for state in states),
            holders=len(awards),
        )


def level_pages(
    id_: str, row: SchemeRow, level: SchemeLevel, directory: Directory, settings: Settings, _: Translate
) -> Iterator[Page]:
    """Who holds a level, by state; long lists are cut into pages."""
    scheme = row.scheme
    awards = sorted(best_awards(id_, level.id, directory), key=lambda one: STATES.index(one[1].state))
    totals = Counter(award.state for _entry, award in awards)
    single = len(scheme.levels) == 1 and level.form == "title"
    title = scheme.name if single else f"{scheme.name} {level.label}"
    for url, pager, part in paged(f"{row.url}{level.id}/", awards, settings.page_size):
        shown = title if pager.page == 1 else _("{title}，第{page}页").format(title=title, page=pager.page)
        yield Page(
            url=url,
            title=shown,
            headline=_("{title}：获评商会{n}家").format(title=shown, n=len(awards)),
            description=_(
                "名录里得过{title}的商会{n}家，注明授予机关和日期，是否仍然有效。不是全部获评者。"
            ).format(title=title, n=len(awards)),
            template="level.html",
            dated=True,
            data={
                "crumbs": ((_("等级与称号"), "ratings/"), (scheme.name, row.url), (level.label, None)),
                "s": scheme,
                "level": level,
                "tabs": tuple(
                    Counted(view.words, view.url, count) for view, count in (() if single else row.levels)
                ),
                "tab_url": f"{row.url}{level.id}/",
                "scheme_url": row.url,
                "as_of": directory.as_of,
                "latest": any(award.ends_latest for _entry, award in part),
                "groups": tuple(state_groups(part, totals, directory)),
                "pager": pager,
            },
            tab="chambers",
            source=f"chambers/_schemes/{id_}.yml",
        )
