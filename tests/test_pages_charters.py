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
    assert texts(with_class(tree, "gaps")) == ["条款原文尚未收录，以上是摘要。提供原文，怎样公布一份公约"]


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


# versions


OLD_TEXT = "第一条 明码标价。\n\n第二条 不欺客。\n"
NEW_TEXT = "第一条 明码标价，不临时加价。\n\n第二条 不欺客。\n"


def two_versions(**new: object) -> Directory:
    """A chamber whose charter of 2024 replaces that of 2008, both with their texts."""
    chamber = make_loaded(
        charters=[
            charter(id="v1", adopted="2008", status="superseded", text="alt.md"),
            charter(id="v2", adopted="2024", supersedes="v1", status="in_force", **{"text": "neu.md", **new}),
        ]
    )
    return make_directory(replace(chamber, texts={"alt.md": OLD_TEXT, "neu.md": NEW_TEXT}))


def test_two_versions_are_compared_on_a_page_that_both_lead_to() -> None:
    pages = planned(two_versions())
    page = pages["charters/yixing-shili/v2/compare/"]
    for url in ("charters/yixing-shili/v1/", "charters/yixing-shili/v2/"):
        assert page.url in targets(pages[url], parsed(rendered(pages[url])))
        assert url in targets(page, parsed(rendered(page)))


def test_a_comparison_marks_words_in_ways_that_need_no_colour() -> None:
    tree = parsed(rendered(planned(two_versions())["charters/yixing-shili/v2/compare/"]))
    assert texts(with_class(tree, "diff__h")) == ["第一条 ~ 修改", "第二条 = 未改"]
    assert texts(tree.iter("ins")) == ["（新增），不临时加价（新增止）"]
    assert len(list(tree.iter("details"))) == 1
    assert "2024年版替代2008年版。修改1处，新增0处，删去0处，1处未动" in texts(with_class(tree, "lead"))[0]


def test_without_both_texts_there_is_nothing_to_compare() -> None:
    pages = planned(two_versions(text=None))
    assert not [url for url in pages if url.endswith("compare/")]
    assert (
        "对照" not in texts(with_class(parsed(rendered(pages["charters/yixing-shili/v2/"])), "versions"))[0]
    )


def test_the_versions_are_listed_newest_first_with_their_status() -> None:
    page = planned(two_versions())["charters/yixing-shili/v1/"]
    box = with_class(parsed(rendered(page)), "versions")[0]
    assert texts(box.iter("li")) == [
        "《示例自律公约》（2024年） 与上一版逐条对照",
        "《示例自律公约》（2008年），本页 已被新版替代",
    ]


def test_versions_in_a_circle_are_all_listed_once() -> None:
    directory = make_directory(
        with_charters(charter(id="v1", supersedes="v2"), charter(id="v2", supersedes="v1"))
    )
    page = planned(directory)["charters/yixing-shili/v1/"]
    assert len(page.data["versions"]) == 2


# agreed prices


def test_an_article_on_agreed_prices_carries_the_note_and_no_other_does() -> None:
    tree = charter_page("第一条 诚信。\n\n第二条 会员执行统一价格。", summary="会员执行统一价格。")
    (note,) = with_class(tree, "note--price")
    assert texts([note]) == [
        "编者注 本条涉及同业价格约定，是否符合现行《反垄断法》需以主管机关解释为准。收录只为存档，不代表认可。"
    ]
    second = next(clause for clause in with_class(tree, "clause") if clause.attrib["id"] == "a2")
    assert note in list(second.iter())


def test_a_summary_on_agreed_prices_carries_the_note_when_no_text_is_held() -> None:
    (note,) = with_class(charter_page(summary="商定最低保护价。"), "note--price")
    assert "这份公约涉及同业价格约定" in texts([note])[0]


def test_a_charter_that_forbids_agreed_prices_carries_no_note() -> None:
    assert with_class(charter_page("第一条 不得统一价格。", summary="不打价格战。"), "note--price") == []


# what is written


def test_who_watches_and_what_follows_are_said_in_the_words_of_the_record() -> None:
    tree = charter_page(
        monitoring=True, monitoring_body="理事会", sanctions=True, sanctions_text="提醒、批评、通报"
    )
    facts = {row[0].text: texts([row[1]])[0] for row in with_class(tree, "facts")[0]}
    assert facts["监督机构"].startswith("理事会")
    assert facts["违约处理"].startswith("提醒、批评、通报")


def test_an_attached_pdf_is_named_with_its_checksum() -> None:
    digest = "0123456789abcdef" * 4
    tree = charter_page(pdf="https://example.org/gongyue.pdf", pdf_sha256=digest)
    assert digest in texts(with_class(tree, "sha"))[0]
    assert "https://example.org/gongyue.pdf" in [a.attrib["href"] for a in tree.iter("a")]


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


def test_the_charters_of_a_topic_in_an_industry_are_one_page() -> None:
    jiage, canyin = charter(topics=["价格"]), charter(topics=["质量"])
    directory = make_directory(
        with_charters(jiage, slug="a", name="示例甲商会", industries=["H62"]),
        with_charters(canyin, slug="b", name="示例乙商会", industries=["H62"]),
        with_charters(jiage, slug="c", name="示例丙商会", industries=["C30"]),
    )
    pages = planned(directory)
    page = pages["charters/topics/jiage/H62/"]
    assert page.title == "餐饮业：公约里怎样写“价格”"
    assert "charters/a/gongyue/" in (reached := set(targets(page, parsed(rendered(page)))))
    assert not {"charters/b/gongyue/", "charters/c/gongyue/"} & reached
    assert {"charters/topics/jiage/", "charters/topics/zhiliang/H62/"} <= reached
    for above in ("charters/topics/jiage/", "charters/industries/H62/"):
        assert page.url in targets(pages[above], parsed(rendered(pages[above])))


def test_status_and_year_have_lists_of_their_own() -> None:
    directory = make_directory(
        with_charters(charter(status="in_force", adopted="2024-06"), slug="a", name="示例甲商会"),
        with_charters(charter(status="draft"), slug="b", name="示例乙商会"),
    )
    pages = planned(directory)
    assert [url for url in pages if url.startswith(("charters/status/", "charters/years/"))] == [
        "charters/status/draft/",
        "charters/status/in-force/",
        "charters/years/2024/",
    ]
    front = pages["charters/"]
    assert {"charters/status/draft/", "charters/years/2024/"} <= set(targets(front, parsed(rendered(front))))
    assert "charters/a/gongyue/" in targets(
        pages["charters/years/2024/"], parsed(rendered(pages["charters/years/2024/"]))
    )
