"""The charter library, its lists, and the page of a charter with its full text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest
from factories import make_loaded
from planning import ROOT, make_directory, parsed, real_directory, rendered, targets, texts, with_class

from chamberbook.derive import Directory
from chamberbook.load import LoadedChamber
from chamberbook.pages import charters
from chamberbook.pages.model import Page
from chamberbook.settings import Settings

TEXT = """本会会员共同订立。

## 第一章 总则

第一条 明码标价。

**第二条**　不得欺诈：

1. 虚假打折；
2. 虚构原价。

## 第二章 附则

第十二条 自公布之日起施行。
"""


def charter(**fields: object) -> dict[str, object]:
    return {"id": "gongyue", "title": "示例自律公约", "type": "自律公约", "source": "r1", **fields}


def with_charters(
    *items: Mapping[str, object], slug: str = "yixing-shili", text: str | None = None, **fields: object
) -> LoadedChamber:
    """A chamber with charters; `text` is the full text of those that name `gongyue.md`."""
    chamber = make_loaded(slug, charters=list(items), **fields)
    return replace(chamber, texts={"gongyue.md": text}) if text is not None else chamber


def planned(directory: Directory, settings: Settings | None = None) -> dict[str, Page]:
    return {page.url: page for page in charters.pages(directory, settings or Settings(), str)}


def charter_page(text: str | None = None, **fields: object) -> Element:
    """The page of one charter, with a full text when one is given."""
    held = {"text": "gongyue.md"} if text is not None else {}
    directory = make_directory(with_charters(charter(**held, **fields), text=text))
    return parsed(rendered(planned(directory)["charters/yixing-shili/gongyue/"]))


# the text


def test_the_full_text_is_shown_article_by_article() -> None:
    tree = charter_page(TEXT)
    assert [clause.attrib["id"] for clause in with_class(tree, "clause")] == ["a1", "a2", "a12"]
    toc = [a.attrib["href"] for a in with_class(tree, "toc")[0].iter("a")]
    assert toc == ["#facts", "#a1", "#a2", "#a12", "#sources"]
    assert texts(with_class(tree, "clauses__h")) == ["第一章 总则 #", "第二章 附则 #"]
    assert "仅有摘要" not in " ".join(texts([tree]))


def test_each_article_item_and_chapter_links_to_itself() -> None:
    tree = charter_page(TEXT)
    ids = {element.attrib["id"] for element in tree.iter() if "id" in element.attrib}
    here = {a.attrib["href"] for a in with_class(tree, "here")}
    items = {a.attrib["href"] for ul in with_class(tree, "items") for a in ul.iter("a")}
    assert here == {"#c1", "#a1", "#a2", "#c2", "#a12"}
    assert items == {"#a2.1", "#a2.2"}
    assert {href[1:] for href in here | items} <= ids


@pytest.mark.parametrize(
    "text",
    [
        "第一条 <script>alert(1)</script>",
        "第一条 [点](javascript:alert(1))",
        "# <img src=x onerror=alert(1)>",
        "<iframe src=//x></iframe>",
        "第一条 </div></section><style>*{display:none}</style>",
    ],
)
def test_a_hostile_text_is_inert(text: str) -> None:
    tree = charter_page(text)
    assert {"script", "img", "iframe", "style"} & {element.tag for element in tree.iter()} == set()
    assert all(not key.startswith("on") for element in tree.iter() for key in element.attrib)
    links = [a.attrib["href"] for a in tree.iter("a")]
    assert not [href for href in links if "javascript" in href.lower()]
    assert len(with_class(tree, "rec__aside")) == 1


# the page


def test_a_charter_without_its_text_says_so_and_asks_for_it() -> None:
    tree = charter_page(summary="不打价格战。")
    assert "仅有摘要" in texts(with_class(tree, "badges"))[0]
    assert texts(with_class(tree, "gaps")) == ["条款原文尚未收录，以上是摘要。提供原文"]


def test_every_stated_fact_of_a_charter_is_cited() -> None:
    tree = charter_page(adopted="2024-06", signatories=12, articles=20, monitoring=True, sanctions=False)
    facts = with_class(tree, "facts")[0]
    cited = {row[0].text for row in facts if with_class(row, "ref")}
    assert cited >= {"制定单位", "通过日期", "签署家数", "篇幅", "监督", "违约处理"}
    ids = {element.attrib.get("id") for element in tree.iter()}
    assert all(a.attrib["href"][1:] in ids for ref in with_class(tree, "ref") for a in ref.iter("a"))


def test_a_charter_without_a_title_is_called_by_its_type() -> None:
    tree = charter_page(title=None)
    assert texts(tree.iter("h1")) == ["自律公约（题目未载）"]


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("unknown", "施行状态待核实"),
        ("in_force", "施行中"),
        ("draft", "草案"),
        ("superseded", "已被新版替代"),
        ("repealed", "已废止"),
    ],
)
def test_the_status_is_said_in_words(status: str, word: str) -> None:
    assert word in texts(with_class(charter_page(status=status), "badges"))[0]


def test_versions_link_to_each_other_and_differ_in_title() -> None:
    directory = make_directory(
        with_charters(
            charter(id="v1", adopted="2008", status="superseded"),
            charter(id="v2", adopted="2024", supersedes="v1"),
        )
    )
    pages = planned(directory)
    old, new = pages["charters/yixing-shili/v1/"], pages["charters/yixing-shili/v2/"]
    assert new.url in targets(old, parsed(rendered(old)))
    assert old.url in targets(new, parsed(rendered(new)))
    assert (old.title, new.title) == (
        "《示例自律公约》（2008年，宜兴市示例商会）",
        "《示例自律公约》（2024年，宜兴市示例商会）",
    )


def test_hostile_values_of_a_charter_stay_text() -> None:
    bad = '"><script>alert(1)</script>'
    tree = charter_page(title=bad, summary=bad, adopted_by=bad, note=bad)
    assert "script" not in {element.tag for element in tree.iter()}


# the lists


def test_the_library_leads_to_every_charter_of_the_real_directory() -> None:
    directory = real_directory()
    pages = planned(directory)
    lists = [page for page in pages.values() if page.template != "charter.html"]
    reached = {url for page in lists for url in targets(page, parsed(rendered(page)))}
    assert {entry.url for entry in directory.charters} <= reached
    assert set(pages) - {"charters/"} <= reached


def test_a_topic_sets_its_charters_side_by_side() -> None:
    page = planned(real_directory())["charters/topics/jiage/"]
    tree = parsed(rendered(page))
    count = len(real_directory().charters_by_topic["jiage"])
    assert len(list(with_class(tree, "data--words")[0].iter("tr"))) == count + 1
    assert sum(len(list(side)) for side in with_class(tree, "side")) == count
    assert page.title == "公约里怎样写“价格”"


def test_what_a_charter_does_not_say_is_a_dash() -> None:
    directory = make_directory(with_charters(charter(topics=["价格"], monitoring=None, sanctions=False)))
    tree = parsed(rendered(planned(directory)["charters/topics/jiage/"]))
    row = list(with_class(tree, "data--words")[0].iter("tr"))[1]
    assert texts(row.iter("td")) == ["自律公约", "—", "待核实", "—", "没有写"]


def test_a_long_list_is_cut_into_pages() -> None:
    chambers = [with_charters(charter(), slug=f"c{n}", name=f"示例{n}商会") for n in range(5)]
    pages = planned(make_directory(*chambers), Settings(page_size=2))
    assert [url for url in pages if url.startswith("charters/types/")] == [
        "charters/types/zilv-gongyue/",
        "charters/types/zilv-gongyue/page/2/",
        "charters/types/zilv-gongyue/page/3/",
    ]


def test_an_empty_library_says_that_none_is_known() -> None:
    page = planned(make_directory(make_loaded()))["charters/"]
    assert "还没有收录公约" in texts([parsed(rendered(page))])[0]


def test_no_page_of_the_library_has_inline_style_or_a_foreign_picture() -> None:
    for page in planned(real_directory(ROOT)).values():
        tree = parsed(rendered(page))
        assert not [e for e in tree.iter() if "style" in e.attrib or e.tag == "img"], page.url
