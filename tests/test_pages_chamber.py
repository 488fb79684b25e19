"""The page of a chamber: what it says, from where, and what it does not claim."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import pytest
from factories import make_loaded
from planning import DAY, ROOT, loaded, make_directory, parsed, rendered, texts, with_class

from chamberbook import derive
from chamberbook.derive import Directory
from chamberbook.pages import chamber
from chamberbook.pages.model import Page
from chamberbook.settings import Settings

SOURCES = {
    f"r{n}": {"title": f"材料{n}", "publisher": "某工商联", "date": "2025-01", "kind": "official"}
    for n in (1, 2, 3)
}
LETTERS, STARS, TITLE = "shehui-zuzhi-pinggu", "nanjing-xingji", "quanguo-sihao"


def page_of(directory: Directory, slug: str = "yixing-shili") -> Page:
    return next(p for p in chamber.pages(directory, Settings(), str) if p.url == f"chambers/{slug}/")


def chamber_page(settings: Settings | None = None, **fields: object) -> Element:
    """The page of a chamber with these fields."""
    return parsed(rendered(page_of(make_directory(make_loaded(**fields))), settings))


def section(tree: Element, name: str) -> Element:
    return next(element for element in tree.iter() if element.attrib.get("id") == name)


def rating(**fields: object) -> dict[str, object]:
    return {"scheme": LETTERS, "level": "5a", "source": "r1", **fields}


def all_text(tree: Element) -> str:
    return " ".join(texts([tree]))


# sources


def test_every_fact_points_to_a_source_on_the_page() -> None:
    tree = chamber_page(
        founded="2003-08",
        level="county",
        trade="工业陶瓷",
        contact={"address": "人民路1号", "website": "https://example.org/"},
        members=[{"count": 193, "unit": "企业", "as_of": "2025", "source": "r2"}],
        ratings=[rating(awarded="2023", source="r3")],
        charters=[{"id": "gongyue", "type": "自律公约", "summary": "不打价格战。", "source": "r2"}],
        activities=[{"topic": "融资", "fact": "周转182次", "source": "r3"}],
        honors=[{"title": "先进", "source": "r2"}],
        fact_sources=dict.fromkeys(("name", "kind", "industries", "trade", "region", "founded"), "r1")
        | {"level": ["r1", "r3"], "address": "r2", "website": "r2"},
        sources=SOURCES,
    )
    ids = {element.attrib["id"] for element in tree.iter() if "id" in element.attrib}
    facts = [
        *with_class(tree, "facts")[0].iter("dd"),
        *with_class(tree, "tl")[0].iter("li"),
        *with_class(tree, "law__b"),
        *(item for part in ("activities", "honours") for item in section(tree, part).iter("li")),
    ]
    assert len(facts) > 10
    for fact in facts:
        refs = [a.attrib["href"] for sup in with_class(fact, "ref") for a in sup.iter("a")]
        assert refs, texts([fact])
        assert all(ref.startswith("#") and ref[1:] in ids for ref in refs)


def test_sources_are_numbered_in_the_order_in_which_the_page_cites_them() -> None:
    tree = chamber_page(
        former_names=[{"name": "旧名商会", "source": "r3"}],
        founded="2003",
        activities=[{"topic": "融资", "fact": "周转", "source": "r2"}],
        fact_sources=dict.fromkeys(("name", "kind", "industries", "region", "founded"), "r1"),
        sources=SOURCES,
    )
    cited = [int(a.attrib["href"][2:]) for sup in with_class(tree, "ref") for a in sup.iter("a")]
    assert list(dict.fromkeys(cited)) == [1, 2, 3]
    assert [text[:7] for text in texts(with_class(tree, "src")[0].iter("li"))] == [
        "[1]材料3某",
        "[2]材料1某",
        "[3]材料2某",
    ]


def test_the_order_of_citation_holds_on_every_real_page() -> None:
    directory = derive.directory(loaded(ROOT), DAY)
    for page in chamber.pages(directory, Settings(), str):
        numbers = [int(n) for n in re.findall(r'<a href="#s(\d+)" aria', rendered(page))]
        first = list(dict.fromkeys(numbers))
        assert first == list(range(1, len(first) + 1)), page.url


def test_a_source_without_an_address_is_not_a_link() -> None:
    sources = {
        "r1": {"title": "内部材料", "publisher": "某会", "kind": "report"},
        "r2": {"title": "公告", "publisher": "某局", "url": "https://example.org/", "kind": "official"},
    }
    listed = list(with_class(chamber_page(sources=sources), "src")[0].iter("li"))
    assert [[a.attrib["href"] for a in item.iter("a")] for item in listed] == [[], ["https://example.org/"]]
    assert "日期未载" in texts(listed)[0]


# status and age


def test_a_chamber_is_never_said_to_be_registered() -> None:
    assert "在册" not in all_text(chamber_page(status="active", verified="2026-01"))


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"status": "active", "verified": "2025-06"}, "有活动记录"),
        ({"status": "active", "verified": "2008-06"}, "现状待核实"),
        ({"status": "active"}, "现状待核实"),
        ({"status": "unknown", "verified": "2025-06"}, "现状待核实"),
        ({"status": "preparing", "verified": "2025-06"}, "筹备中"),
        ({"status": "dissolved", "verified": "2025-06"}, "已终止"),
        ({"status": "merged"}, "已并入"),
    ],
)
def test_the_status_claims_no_more_than_is_known(fields: dict[str, object], word: str) -> None:
    assert word in texts(with_class(chamber_page(**fields), "badges"))[0].split()[-1]


def test_old_material_is_said_to_be_old() -> None:
    assert "资料较旧：以下据2008年6月的材料整理" in all_text(chamber_page(verified="2008-06"))
    assert "资料较旧" not in all_text(chamber_page(verified="2025-06"))


def test_an_old_number_of_members_carries_its_year_and_a_remark() -> None:
    text = all_text(
        chamber_page(verified="2025", members=[{"count": 193, "unit": "家", "as_of": "2008", "source": "r1"}])
    )
    assert re.search(r"193家（2008年）\s*\[1\]\s*资料较旧", text)
    assert "尚缺：成立时间、最近五年会员数" in text


def test_a_mobile_number_says_why_it_may_be_published() -> None:
    consent = {"given": True, "date": "2024-05-06", "by": "宜兴市工商联"}
    tree = chamber_page(contact={"phone": "13812345678", "consent": consent})
    (said,) = [t for t in texts(tree.iter("dd")) if t.startswith("13812345678")]
    assert said == "13812345678手机号经机主单独同意公开（宜兴市工商联，2024年5月6日）[1]"
    public = {"phone": "13812345678", "public_source": "r3"}
    named = dict.fromkeys(("name", "kind", "industries", "region", "phone"), "r1")
    tree = chamber_page(contact=public, sources=SOURCES, fact_sources=named)
    (said,) = [t for t in texts(tree.iter("dd")) if t.startswith("13812345678")]
    assert re.fullmatch(r"13812345678\s?手机号由其自行公开\s?\[\d\]\s?\[\d\]", said), said


def test_what_is_missing_is_named_with_a_way_to_supply_it() -> None:
    tree = chamber_page(Settings(edit_url="https://example.org/edit/{path}"))
    gap = with_class(tree, "gaps")[0]
    assert texts([gap]) == ["尚缺：成立时间、会员数、联系方式、统一社会信用代码。补充并附上来源"]
    link = next(gap.iter("a"))
    assert link.attrib["href"] == "../../contribute/form/?chamber=yixing-shili"


@pytest.mark.parametrize(
    ("edit_url", "offered"),
    [
        (None, ["报告错误", "填表更正", "下载JSON", "打印"]),
        ("https://example.org/edit/{path}", ["报告错误", "填表更正", "编辑此页", "下载JSON", "打印"]),
    ],
)
def test_a_record_is_corrected_in_the_form_with_or_without_a_repository(
    edit_url: str | None, offered: list[str]
) -> None:
    acts = with_class(chamber_page(Settings(edit_url=edit_url)), "acts")[0]
    assert texts(acts) == offered
    (link,) = [a for a in acts.iter("a") if "填表更正" in texts([a])]
    assert link.attrib["href"] == "../../contribute/form/?chamber=yixing-shili"
    (json,) = [a for a in acts.iter("a") if "下载JSON" in texts([a])]
    assert json.attrib["href"] == "record.json"


def test_only_the_missing_way_of_contact_is_asked_for() -> None:
    gap = with_class(chamber_page(contact={"address": "人民路1号"}), "gaps")[0]
    assert "办公电话" in texts([gap])[0]
    assert "联系方式" not in texts([gap])[0]


def test_a_merged_chamber_leads_to_where_it_went() -> None:
    directory = make_directory(
        make_loaded("old", status="merged", successor="new"), make_loaded("new", name="新的示例商会")
    )
    note = with_class(parsed(rendered(page_of(directory, "old"))), "note--moved")[0]
    assert [a.attrib["href"] for a in note.iter("a")] == ["../../chambers/new/"]


@pytest.mark.parametrize(
    ("about", "place"),
    [("founded", "facts"), ("ratings", "ratings"), ("charters", "charters"), ("activities", "activities")],
)
def test_a_doubt_stands_in_the_section_that_it_touches(about: str, place: str) -> None:
    tree = chamber_page(founded="2004", doubts=[{"about": about, "note": "两说不一。"}])
    assert "存疑 两说不一。" in texts(with_class(section(tree, place), "doubt"))


@pytest.mark.parametrize(
    "about", ["name", "uscc", "website", "federation", "sources", "ratings[0].awarded", "nonsense"]
)
def test_no_doubt_is_lost(about: str) -> None:
    tree = chamber_page(doubts=[{"about": about, "note": "两说不一。"}])
    assert texts(with_class(tree, "doubt")) == ["存疑 两说不一。"]


# the page as a whole


def test_hostile_text_in_any_field_stays_text() -> None:
    bad = '"><script>alert(1)</script><b onclick=x>'
    settings = Settings(report_mail="a@b.example")
    tree = chamber_page(
        settings,
        name=bad,
        name_en=bad,
        aliases=[bad],
        former_names=[{"name": bad, "source": "r1"}],
        trade=bad[:40],
        contact={"address": bad, "phone": bad, "wechat": bad},
        members=[{"count": 1, "unit": "家<b>", "source": "r1"}],
        ratings=[rating(awarded="2024", awarded_by=bad, document=bad, note=bad)],
        charters=[{"id": "a", "title": bad, "type": "自律公约", "summary": bad, "source": "r1"}],
        activities=[{"topic": "融资", "fact": bad, "source": "r1"}],
        honors=[{"title": bad, "awarded_by": bad, "source": "r1"}],
        doubts=[{"about": "founded", "note": bad}],
        sources={"r1": {"title": bad, "publisher": bad, "kind": "report"}},
    )
    assert "script" not in {element.tag for element in tree.iter()}
    assert [element for element in tree.iter() if any(key.startswith("on") for key in element.attrib)] == []
    assert all_text(tree).count("<script>") > 10


def test_headings_go_down_one_step_at_a_time_and_no_id_comes_twice() -> None:
    tree = chamber_page(
        ratings=[rating(awarded="2024")],
        members=[{"count": 5, "unit": "家", "as_of": "2024", "source": "r1"}],
    )
    levels = [int(element.tag[1]) for element in tree.iter() if re.fullmatch("h[1-6]", element.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))


def test_there_is_no_inline_style() -> None:
    tree = chamber_page(
        members=[{"count": n, "unit": "家", "as_of": str(n), "source": "r1"} for n in (2003, 2008)]
    )
    assert [element.tag for element in tree.iter() if "style" in element.attrib] == []


def test_corrections_go_where_the_operator_wants_them() -> None:
    def report(settings: Settings) -> str:
        return next(with_class(chamber_page(settings), "acts")[0].iter("a")).attrib["href"]

    assert report(Settings()) == "../../contribute/#report"
    assert report(Settings(report_url="https://example.org/report")) == "https://example.org/report"
    assert report(Settings(report_mail="a@b.example")).startswith("mailto:a@b.example?subject=%E5%AE%9C")


def test_a_report_carries_the_record() -> None:
    def actions(settings: Settings) -> dict[str, str]:
        links = with_class(chamber_page(settings, name="甲&乙 商会"), "acts")[0].iter("a")
        return {"".join(link.itertext()).strip(): link.attrib["href"] for link in links}

    base = "https://a.example/b/"
    wanted = "https://e.org/new?title={name}&body={url}%0A{path}"
    parts = urlsplit(actions(Settings(report_url=wanted, base_url=base))["报告错误"])
    query = parse_qs(parts.query)
    assert query["title"] == ["甲&乙 商会"]
    url, path = query["body"][0].split("\n")
    assert url.startswith(f"{base}chambers/")
    assert path.startswith("chambers/")
    mail = parse_qs(urlsplit(actions(Settings(report_mail="a@b.example", base_url=base))["报告错误"]).query)
    assert mail["subject"] == ["甲&乙 商会"]
    assert f"网页：{url}\r\n资料文件：{path}\r\n" in mail["body"][0]


def test_a_record_leads_to_its_file_and_its_history() -> None:
    settings = Settings(edit_url="https://e.org/edit/{path}", history_url="https://e.org/log/{path}")
    found = [link.attrib["href"] for link in with_class(chamber_page(settings), "acts")[0].iter("a")]
    assert found[2].startswith("https://e.org/edit/chambers/")
    assert found[3].startswith("https://e.org/log/chambers/")
    without = [link.attrib["href"] for link in with_class(chamber_page(), "acts")[0].iter("a")]
    assert len(without) == 3
    assert without[-1] == "record.json"


def test_neighbours_share_trade_or_region_and_leave_out_the_chamber_itself() -> None:
    directory = make_directory(
        make_loaded("a", name="甲商会"),
        make_loaded("b", name="乙商会"),
        make_loaded("c", name="丙商会", region="320583"),
        make_loaded("d", name="丁商会", region="440300", industries=["H62"]),
    )
    near = page_of(directory, "a").data["near"]
    assert [link.url for link in near] == ["chambers/b/", "chambers/c/"]


def test_a_page_does_not_depend_on_the_day_unless_a_grade_ends_soon() -> None:
    def data(days_later: int, awarded: str) -> object:
        entry = make_loaded(verified="2025-01", ratings=[rating(awarded=awarded)])
        directory = derive.directory(
            replace(loaded(ROOT), chambers={entry.slug: entry}), DAY.replace(day=DAY.day + days_later)
        )
        return page_of(directory).data

    assert data(0, "2024-01-01") == data(3, "2024-01-01")
    assert data(0, "2021-12-10") != data(3, "2021-12-10")


def test_the_description_says_who_where_and_since_when() -> None:
    page = page_of(make_directory(make_loaded(founded="2003-08", trade="工业陶瓷")))
    assert page.description == (
        "宜兴市示例商会：江苏省无锡市宜兴市的行业商会，行业为工业陶瓷，2003年8月成立。每条事实都注明来源，人人可以更正。"
    )
