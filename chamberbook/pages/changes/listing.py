"""The page of changes: the newest, every month, and each kind by itself. Addresses of months never change."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from chamberbook.derive import Directory, events_digest
from chamberbook.formats import date_text
from chamberbook.history import Event
from chamberbook.pages.changes.words import GROUPS, EventView, Group, Words
from chamberbook.pages.feeds import URL, feed_folders
from chamberbook.pages.links import Counted
from chamberbook.pages.model import Page, Unit
from chamberbook.pages.views import Crumb, Pager, paged
from chamberbook.problems import Translate
from chamberbook.records import PartialDate
from chamberbook.settings import Settings

#: Events on a page.
SIZE = 100


@dataclass(frozen=True, slots=True)
class Month:
    """A month with its events, or some of them, newest first."""

    title: str
    events: tuple[EventView, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What all pages of changes share."""

    directory: Directory
    words: Words
    tabs: tuple[Counted, ...]
    months: tuple[Counted, ...]
    fed: bool
    translate: Translate


def units(directory: Directory, settings: Settings, _: Translate) -> Iterator[Unit]:
    """The newest, then each month, then each kind: they follow from the events on them and the numbers of all."""
    events = directory.events.all
    by_month: defaultdict[str, list[Event]] = defaultdict(list)
    by_group: defaultdict[Group, list[Event]] = defaultdict(list)
    for event in events:
        assert event.when is not None
        by_month[f"{event.when:%Y-%m}"].append(event)
        by_group[GROUPS[event.name]].append(event)
    counts = {month: len(found) for month, found in sorted(by_month.items(), reverse=True)}
    plan = _Plan(
        directory,
        Words(directory, _),
        _tabs({group: len(by_group[group]) for group in by_group}, len(events), _),
        tuple(Counted(month_title(month, _), month_url(month), count) for month, count in counts.items()),
        bool(feed_folders(directory, settings)),
        _,
    )
    state = f"{plan.fed} {directory.history.missing}"
    tabs = (state, repr(plan.tabs), repr(plan.months))
    yield Unit(
        ("changes", *tabs, *follows(events[:SIZE], directory)), 1, partial(_newest, plan, events[:SIZE])
    )
    for month, some in by_month.items():
        inputs = ("changes", month, state, *follows(some, directory))
        yield Unit(inputs, 1 + len(some) // SIZE, partial(_month, plan, month, some))
    for group, some in by_group.items():
        inputs = ("changes", group, *tabs, *follows(some, directory))
        yield Unit(inputs, 1 + len(some) // SIZE, partial(_kind, plan, group, some))


def follows(events: Sequence[Event], directory: Directory) -> Iterator[bytes | str]:
    """What the words of events follow from: the events, and what the chambers that they name are called today."""
    yield events_digest(events)
    for event in events:
        for slug in (event.slug, str(event.facts.get("into", ""))):
            entry = directory.by_slug.get(directory.redirects.get(slug, slug))
            yield f"{entry.slug} {entry.chamber.name}" if entry else ""


def _tabs(counts: dict[Group, int], total: int, _: Translate) -> tuple[Counted, ...]:
    titles: dict[Group, str] = {
        "added": _("新增"),
        "corrected": _("更正"),
        "levels": _("等级"),
        "charters": _("公约"),
        "moves": _("更名与撤销"),
    }
    own = (Counted(title, f"{URL}{key}/", counts[key]) for key, title in titles.items() if counts.get(key))
    return (Counted(_("全部"), URL, total), *own)


def month_url(month: str) -> str:
    """The address of a month, `2026-11`."""
    return f"{URL}{month}/"


def month_title(month: str, _: Translate) -> str:
    """2026年11月."""
    return date_text(PartialDate.parse(month), _)


def months_of(views: Iterable[EventView], _: Translate) -> tuple[Month, ...]:
    """Views in order of time, by month."""
    parts = groupby(views, key=lambda view: view.month)
    return tuple(Month(month_title(month, _), tuple(found)) for month, found in parts)


def _newest(plan: _Plan, events: Sequence[Event]) -> Iterator[Page]:
    _ = plan.translate
    yield _page(plan, URL, _("更新记录"), events, None)


def _month(plan: _Plan, month: str, events: Sequence[Event]) -> Iterator[Page]:
    _ = plan.translate
    title = _("{month}的更新").format(month=month_title(month, _))
    for url, pager, part in paged(month_url(month), events, SIZE):
        yield _page(plan, url, title, part, pager, month=True)


def _kind(plan: _Plan, group: Group, events: Sequence[Event]) -> Iterator[Page]:
    _ = plan.translate
    tab = next(tab for tab in plan.tabs if tab.url == f"{URL}{group}/")
    for url, pager, part in paged(tab.url, events, SIZE):
        yield _page(plan, url, _("更新记录：{kind}").format(kind=tab.title), part, pager)


def _page(
    plan: _Plan, url: str, title: str, events: Sequence[Event], pager: Pager | None, *, month: bool = False
) -> Page:
    _ = plan.translate
    first = pager is None or pager.page == 1
    views = [plan.words.view(event) for event in events]
    return Page(
        url=url,
        title=title if first or pager is None else _("{title}（第{n}页）").format(title=title, n=pager.page),
        description=description(views, _),
        template="changes.html",
        data={
            "crumbs": _crumbs(url, title, _),
            "months": months_of(views, _),
            "tabs": () if month else plan.tabs,
            "tab_url": pager.url if pager else URL,
            "pager": pager,
            "years": _by_year(plan.months) if url == URL else (),
            "missing": plan.directory.history.missing,
            "fed": plan.fed,
        },
        tab="stats",
        feed=URL if plan.fed else None,
    )


def _crumbs(url: str, title: str, _: Translate) -> tuple[Crumb, ...]:
    trail: tuple[Crumb, ...] = ((_("统计"), "stats/"),)
    if url == URL:
        return (*trail, (title, None))
    return (*trail, (_("更新记录"), URL), (title, None))


def description(views: Sequence[EventView], _: Translate) -> str:
    """What a search engine shows: how much, of which days, and the first of it."""
    if not views:
        return _("名录里改了什么、凭什么：新增、更正、等级、公约、更名与撤销。")
    counts = Counter(view.badge for view in views)
    named = _("、").join(_("{kind}{n}条").format(kind=kind, n=n) for kind, n in counts.most_common())
    text = _("名录在{first}至{last}的更新：{counts}。")
    return text.format(first=date_text(views[-1].day, _), last=date_text(views[0].day, _), counts=named)


def _by_year(months: Sequence[Counted]) -> tuple[tuple[str, tuple[Counted, ...]], ...]:
    """The months of each year, the newest first."""
    years = groupby(months, key=lambda month: month.url.removeprefix(URL)[:4])
    return tuple((year, tuple(found)) for year, found in years)
