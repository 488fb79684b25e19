"""Lists of chambers, their filters, indexes, and the whole plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from factories import make_loaded
from planning import (
    PROSE,
    make_directory,
    parsed,
    plan,
    real_directory,
    rendered,
    targets,
    texts,
    with_class,
)

from chamberbook import exports, pages
from chamberbook.derive import ChamberEntry, Directory
from chamberbook.pages import initials, lists
from chamberbook.pages.facets import Choice, Filter
from chamberbook.pages.model import Page
from chamberbook.pages.views import Pager
from chamberbook.settings import Settings

OURS = (
    "home.html", "directory.html", "regions.html", "industries.html", "kinds.html", "stats.html",
    "contribute.html", "404.html", "redirect.html",
)  # fmt: skip


#: Of lists, which differ in their data only, every so many are looked at in full.
SAMPLE = 15


def our_pages(directory: Directory) -> list[Page]:
    """Every page of ours but the lists, and some of the lists."""
    ours = [page for page in plan(directory).values() if page.template in OURS]
    found = [page for page in ours if page.template == "directory.html"]
    return [page for page in ours if page.template != "directory.html"] + found[::SAMPLE]


def many(count: int, **fields: object) -> Directory:
    """Chambers 示例001商会, 示例002商会 and so on, alike but for their names."""
    return make_directory(
        *(make_loaded(f"shili-{n:03}", name=f"示例{n:03}商会", **fields) for n in range(1, count + 1))
    )


def list_pages(directory: Directory, settings: Settings | None = None) -> dict[str, Page]:
    return {page.url: page for page in lists.pages(directory, settings or Settings(), str)}


def names(entries: tuple[ChamberEntry, ...]) -> list[str]:
    return [entry.chamber.name for entry in entries]


def listed(found: dict[str, Page], url: str) -> list[str]:
    """The names in a list over all its pages."""
    return [row.name for page in found.values() if of(page, url) for row in page.data["rows"]]


def of(page: Page, url: str) -> bool:
    return bool(page.data["list"].url == url)


def pager_of(page: Page) -> Pager:
    found = page.data["pager"]
    assert isinstance(found, Pager)
    return found


def choices(filters: tuple[Filter, ...]) -> list[Choice]:
    """Every choice of some filters, the deep ones too."""
    found: list[Choice] = []
    left = [choice for group in filters for choice in (*group.options, *group.rest)]
    while left:
        choice = left.pop()
        found.append(choice)
        left += choice.children
    return found


def test_no_page_is_planned_twice() -> None:
    planned = Counter(page.url for page in pages.plan(real_directory(), Settings(), str))
    assert [url for url, count in planned.items() if count > 1] == []


def test_every_chamber_appears_exactly_once_among_all_chambers() -> None:
    directory = real_directory()
    assert listed(list_pages(directory), "chambers/") == names(directory.chambers)


def test_a_region_lists_its_own_chambers_and_those_of_the_regions_in_it() -> None:
    directory = real_directory()
    found = list_pages(directory)
    for code, entries in directory.by_region.items():
        inside = [c for c in directory.by_region if directory.regions[c].parent == code]
        own = [entry for entry in entries if entry.place.region == directory.regions[code]]
        total = len(own) + sum(len(directory.by_region[c]) for c in inside)
        assert pager_of(found[f"regions/{code}/"]).total == total == len(listed(found, f"regions/{code}/"))


def test_120_chambers_are_cut_into_pages_of_50_50_and_20() -> None:
    found = list_pages(many(120))
    urls = ["chambers/", "chambers/page/2/", "chambers/page/3/"]
    assert [len(found[url].data["rows"]) for url in urls] == [50, 50, 20]
    assert [pager_of(found[url]).previous for url in urls] == [None, urls[0], urls[1]]
    assert [pager_of(found[url]).next for url in urls] == [urls[1], urls[2], None]
    assert listed(found, "chambers/") == [f"示例{n:03}商会" for n in range(1, 121)]
    assert "第101–120家" in "".join(texts([parsed(rendered(found[urls[2]]))])).replace(" ", "")


def test_a_list_that_fits_has_one_page_and_no_pager() -> None:
    found = list_pages(many(50))
    assert "chambers/page/2/" not in found
    assert with_class(parsed(rendered(found["chambers/"])), "pager") == []


def test_the_page_size_is_a_setting() -> None:
    assert "chambers/page/10/" in list_pages(many(10), Settings(page_size=1))


def test_the_filters_of_a_long_list_are_made_once_however_many_pages_it_has() -> None:
    found = list_pages(many(10), Settings(page_size=1))
    later = [found[f"chambers/page/{number}/"].data["list"] for number in range(2, 11)]
    assert all(one is later[0] for one in later)
    assert later[0] is not found["chambers/"].data["list"]


def places(*names: str) -> Directory:
    """Chambers of these names."""
    return make_directory(*(make_loaded(f"shili-{n}", name=name) for n, name in enumerate(names)))


def test_each_initial_of_a_long_list_leads_to_the_page_where_its_names_begin() -> None:
    directory = places(
        "北京商会",
        "常州商会",
        "长沙商会",
        "赤峰商会",
        "福州商会",
        "兰州商会",
        "泰州商会",
        "365商会",
        "扬州商会",
    )
    found = list_pages(directory, Settings(page_size=2))
    for url in ("chambers/", "chambers/page/3/"):
        (index,) = with_class(parsed(rendered(found[url])), "initials")
        for link in index.iter("a"):
            (letter,) = texts([link])
            assert link.attrib["href"].startswith(found[url].root)
            page = found[link.attrib["href"].removeprefix(found[url].root)]
            earlier = [
                one
                for one in found.values()
                if of(one, "chambers/") and pager_of(one).page < pager_of(page).page
            ]
            assert letter in initials_of(directory, page)
            assert not any(letter in initials_of(directory, one) for one in earlier)
        here = [
            text
            for text, link in zip(texts(index.iter("a")), index.iter("a"), strict=True)
            if "aria-current" in link.attrib
        ]
        assert set(here) == initials_of(directory, found[url])
    shown = with_class(parsed(rendered(found["chambers/"])), "initials")[0]
    assert sorted(texts(shown.iter("a"))) == ["#", "B", "C", "F", "L", "T", "Y"]


def initials_of(directory: Directory, page: Page) -> set[str]:
    by_name = {entry.chamber.name: initials.initial(entry.pinyin) for entry in directory.chambers}
    return {by_name[row.name] for row in page.data["rows"]}


def test_a_list_of_few_pages_has_no_index_of_initials() -> None:
    found = list_pages(many(8), Settings(page_size=2))
    assert with_class(parsed(rendered(found["chambers/"])), "initials") == []
    assert (
        with_class(parsed(rendered(list_pages(many(9), Settings(page_size=2))["chambers/"])), "initials")
        != []
    )


def test_a_crossed_list_holds_exactly_the_intersection() -> None:
    directory = real_directory()
    found = list_pages(directory)
    expected = [
        entry.chamber.name
        for entry in directory.chambers
        if directory.regions["320500"] in entry.place.chain
        and any(industry.code.startswith("C") for industry in entry.industries)
    ]
    assert expected
    assert listed(found, "regions/320500/C/") == expected


@pytest.mark.parametrize(("count", "crossed"), [(20, False), (21, True)])
def test_only_a_region_of_more_than_twenty_chambers_has_lists_for_its_industries(
    count: int, crossed: bool
) -> None:
    found = list_pages(many(count, region="320282", industries=["C30"]))
    assert ("regions/320282/C30/" in found) is crossed


def test_every_link_of_our_pages_leads_to_a_page() -> None:
    planned = plan(real_directory())
    known = {*planned, *PROSE, exports.URL}
    seen: set[str] = set()
    for page in our_pages(real_directory()):
        for target in targets(page, parsed(rendered(page))):
            seen.add(target)
            # The tables of the charts are data files, which the finished site is asked for.
            assert target in known or target.startswith("data/v1/"), (page.url, target)
    assert len(seen) > 100


def test_our_pages_hold_up_under_a_strict_parser() -> None:
    for page in our_pages(real_directory()):
        tree = parsed(rendered(page))
        ids = [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]
        assert len(ids) == len(set(ids)), page.url
        assert not any("style" in element.attrib for element in tree.iter()), page.url
        levels = [int(e.tag[1]) for e in tree.iter() if e.tag in ("h1", "h2", "h3", "h4")]
        assert levels[0] == 1, page.url
        assert levels.count(1) == 1, page.url
        assert all(below <= above + 1 for above, below in pairwise(levels)), page.url


def test_hostile_text_is_inert() -> None:
    evil = "<img src=x onerror=alert(1)>\"'&商会"
    directory = make_directory(
        make_loaded(name=evil, trade="<script>alert(2)</script>", aliases=['"><svg onload=alert(3)>'])
    )
    for page in plan(directory).values():
        if page.template not in OURS:
            continue
        tree = parsed(rendered(page))
        assert not any(element.tag in ("script", "img") for element in tree.iter())
        assert not any(name.startswith("on") for element in tree.iter() for name in element.attrib)
    assert evil in texts(with_class(parsed(rendered(list_pages(directory)["chambers/"])), "row__name"))


def test_national_chambers_have_a_list_of_their_own() -> None:
    directory = make_directory(
        make_loaded(name="全国示例商会", region=None), make_loaded("b", name="宜兴示例商会")
    )
    assert listed(list_pages(directory), "regions/national/") == ["全国示例商会"]


def test_indexes_name_every_region_and_industry_with_chambers() -> None:
    directory = real_directory()
    planned = plan(directory)
    regions = set(targets(planned["regions/"], parsed(rendered(planned["regions/"]))))
    assert {f"regions/{code}/" for code in directory.by_region} <= regions
    industries = set(targets(planned["industries/"], parsed(rendered(planned["industries/"]))))
    assert {f"industries/{code}/" for code in directory.by_industry} <= industries
    kinds = set(targets(planned["kinds/"], parsed(rendered(planned["kinds/"]))))
    assert {f"kinds/{id_}/" for id_ in directory.by_kind} <= kinds


def test_places_without_chambers_are_named_and_not_linked() -> None:
    directory = real_directory()
    tree = parsed(rendered(plan(directory)["regions/"]))
    assert "330600" in directory.regions
    empty = [region for region in directory.regions.values() if region.level == "province"]
    missing = [region for region in empty if region.code not in directory.by_region]
    text = "".join(texts([tree]))
    assert missing
    assert all(region.name[:2] in text for region in missing)


def test_a_former_address_leads_to_the_record_it_became() -> None:
    directory = make_directory(make_loaded("now", former_slugs=["before"]))
    page = plan(directory)["chambers/before/"]
    assert page.data["target"] == "chambers/now/"
    assert not page.listed
    tree = parsed(rendered(page))
    assert next(tree.iter("article")).attrib["data-refresh"] == "../../chambers/now/"
    assert "chambers/now/" in targets(page, tree)


def test_former_addresses_of_charters_lead_to_them_too() -> None:
    charters = [
        {"id": "old", "type": "自律公约", "text": "now.old.md", "source": "r1"},
        {"id": "new", "type": "自律公约", "text": "now.new.md", "supersedes": "old", "source": "r1"},
    ]
    loaded = replace(
        make_loaded("now", former_slugs=["before"], charters=charters),
        texts={"now.old.md": "第一条 甲。", "now.new.md": "第一条 乙。"},
    )
    planned = plan(make_directory(loaded))
    moved = {url: page.data["target"] for url, page in planned.items() if page.template == "redirect.html"}
    assert moved == {
        "chambers/before/": "chambers/now/",
        "charters/before/old/": "charters/now/old/",
        "charters/before/new/": "charters/now/new/",
        "charters/before/new/compare/": "charters/now/new/compare/",
    }
    assert set(moved.values()) <= set(planned)


def test_a_directory_without_chambers_still_has_its_pages() -> None:
    planned = plan(make_directory())
    for url in ("", "chambers/", "regions/", "industries/", "kinds/", "stats/", "contribute/"):
        parsed(rendered(planned[url]))


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (Settings(report_mail="gengzheng@example.org"), "mailto:gengzheng@example.org"),
        (Settings(report_url="https://example.org/report"), "https://example.org/report"),
        (Settings(repository="https://example.org/repo"), "https://example.org/repo"),
        (Settings(), "../federations/"),
    ],
)
def test_reporting_an_error_is_never_a_dead_end(settings: Settings, expected: str) -> None:
    page = plan(real_directory(), settings)["contribute/"]
    report = next(e for e in parsed(rendered(page, settings)).iter() if e.attrib.get("id") == "report")
    assert expected in [link.attrib["href"] for link in report.iter("a")]
