"""Federations: what each reported and when, what it runs, and the chambers that the directory holds of it."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

from factories import make_federation, make_loaded
from planning import DAY, ROOT, loaded, parsed, real_directory, rendered, targets, texts, with_class

from chamberbook import derive
from chamberbook.derive import Directory
from chamberbook.load import LoadedChamber
from chamberbook.pages import federation
from chamberbook.pages.model import Page
from chamberbook.settings import Settings

SOURCES = {"r1": {"title": "交流材料", "publisher": "宜兴市工商联", "date": "2008-06", "kind": "report"}}
URL = "federations/yixing/"


def planned(directory: Directory, settings: Settings | None = None) -> dict[str, Page]:
    return {page.url: page for page in federation.pages(directory, settings or Settings(), str)}


def one_federation(*chambers: LoadedChamber, **fields: object) -> Directory:
    """The federation of Yixing alone, with these fields and chambers."""
    return derive.directory(
        replace(
            loaded(ROOT),
            federations={"yixing": make_federation(**fields)},
            chambers={c.slug: c for c in chambers},
            schemes={},
        ),
        DAY,
    )


def tree_of(*chambers: LoadedChamber, **fields: object) -> Element:
    return parsed(rendered(planned(one_federation(*chambers, **fields))[URL]))


def figure(**fields: object) -> dict[str, object]:
    return {"label": "行业商会", "value": 161, "unit": "个", "as_of": "2008-06", "source": "r1", **fields}


def test_every_figure_has_its_date_and_source() -> None:
    tree = tree_of(figures=[figure(approx=True, note="涉及60个行业。"), figure(as_of=None)], sources=SOURCES)
    rows = list(with_class(tree, "tbl")[0].iter("tr"))[1:]
    assert texts(rows[0]) == ["行业商会", "约161个[1]", "2008年6月", "涉及60个行业。"]
    assert texts(rows[1]) == ["行业商会", "161个[1]", "未载", "—"]
    assert "s1" in {element.attrib.get("id") for element in tree.iter()}


def test_a_figure_that_was_added_up_says_so() -> None:
    assert "由原文分项相加得出" in texts([tree_of(figures=[figure(computed=True)], sources=SOURCES)])[0]


def test_growth_needs_the_same_figure_on_two_dates() -> None:
    other = figure(label="异地商会", as_of="2002")
    assert with_class(tree_of(figures=[figure(), other], sources=SOURCES), "grow") == []
    tree = tree_of(figures=[figure(), figure(value=54, as_of="2002"), other], sources=SOURCES)
    assert texts(with_class(tree, "grow")[0].iter("dt")) == ["2002年", "2008年6月"]


def test_the_general_name_of_a_figure_joins_different_labels() -> None:
    figures = [
        figure(key="industry_chambers"),
        figure(label="行业组织", key="industry_chambers", value=54, as_of="2002"),
    ]
    assert len(with_class(tree_of(figures=figures, sources=SOURCES), "grow")) == 1


def test_reported_and_recorded_numbers_are_kept_apart() -> None:
    tree = tree_of(make_loaded(), figures=[figure()], sources=SOURCES)
    assert "与上面报告的数不是一回事" in texts([tree])[0]
    assert texts(with_class(tree, "data")[0].iter("td")) == ["1", "1"]


def test_chambers_are_counted_by_kind_and_level() -> None:
    tree = tree_of(
        make_loaded("a", level="county"),
        make_loaded("b", level="township"),
        make_loaded("c", kind="nonlocal", industries=[]),
    )
    rows = [texts(row) for row in with_class(tree, "data")[0].iter("tr")]
    assert rows == [
        ["类型", "县级", "乡镇级", "待补", "合计"],
        ["行业商会", "1", "1", "0", "2"],
        ["异地商会", "0", "0", "1", "1"],
    ]


def test_many_chambers_are_cut_into_pages_and_each_is_named_once() -> None:
    chambers = [
        make_loaded(f"c{n}", name=f"示例{n}商会", kind="industry" if n % 2 else "park") for n in range(7)
    ]
    pages = planned(one_federation(*chambers), Settings(page_size=3))
    assert list(pages) == ["federations/", URL, f"{URL}page/2/", f"{URL}page/3/"]
    named = [
        url
        for page in list(pages.values())[1:]
        for url in targets(page, parsed(rendered(page)))
        if url.startswith("chambers/")
    ]
    assert sorted(named) == [f"chambers/c{n}/" for n in range(7)]


def test_one_that_collects_for_its_province_says_so() -> None:
    said = "所属工商联不明的江苏省商会也放在这里，由它代收更正，不表示归它主管。"
    fields = {"level": "province", "region": "320000"}
    assert said in texts([tree_of(**fields, collects_for_region=True)])[0]
    assert said not in texts([tree_of(**fields)])[0]


def test_a_federation_without_maintainers_is_looked_after_from_above() -> None:
    assert "由上级代看" in texts([tree_of()])[0]
    assert "nantong-gsl" in texts([tree_of(maintainers=["nantong-gsl"])])[0]


def test_federations_link_up_and_down() -> None:
    pages = planned(real_directory())
    nantong, jiangsu = pages["federations/nantong/"], pages["federations/jiangsu/"]
    assert jiangsu.url in targets(nantong, parsed(rendered(nantong)))
    assert nantong.url in targets(jiangsu, parsed(rendered(jiangsu)))


def test_the_list_names_every_federation() -> None:
    directory = real_directory()
    page = planned(directory)["federations/"]
    named = set(targets(page, parsed(rendered(page))))
    assert {entry.url for entry in directory.federations.values()} <= named


def test_a_place_without_chambers_is_not_linked() -> None:
    page = planned(one_federation())[URL]
    assert not [url for url in targets(page, tree_of()) if url.startswith("regions/")]


def test_hostile_text_of_a_federation_stays_text() -> None:
    bad = '"><script>alert(1)</script>'
    tree = tree_of(
        name=bad, short_name=bad, aliases=[bad], note=bad, maintainers=[bad],
        figures=[figure(label=bad, note=bad, unit="个<b>")],
        documents=[{"title": bad, "issuer": bad, "number": bad, "source": "r1"}],
        doubts=[{"about": "name", "note": bad}],
        sources={"r1": {"title": bad, "publisher": bad, "kind": "report"}},
    )  # fmt: skip
    assert "script" not in {element.tag for element in tree.iter()}
