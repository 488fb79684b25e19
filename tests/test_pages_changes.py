"""The page of changes: every event in plain words, by month and by kind; silence where the past is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from factories import make_loaded
from planning import DAY, PROSE, loaded, parsed, plan, rendered, targets, texts, with_class
from repositories import read_story

from chamberbook import derive
from chamberbook.derive import Directory
from chamberbook.history import Event, EventName, Facts, History
from chamberbook.pages import chamber, changes
from chamberbook.pages.changes.listing import SIZE
from chamberbook.pages.model import Page
from chamberbook.settings import Settings

NOON = datetime.fromisoformat("2026-03-01T12:00:00+08:00")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    return read_story(tmp_path_factory.mktemp("story"))


@pytest.fixture(scope="module")
def pages(directory: Directory) -> dict[str, Page]:
    return plan(directory)


def changes_of(directory: Directory) -> dict[str, Page]:
    """The pages of changes alone, by their addresses."""
    return {page.url: page for unit in changes.units(directory, Settings(), str) for page in unit.make()}


def told(page: Page) -> list[str]:
    """Each entry of a page on one line."""
    (*lists,) = with_class(parsed(rendered(page)), "feed")
    return texts(entry for found in lists for entry in found)


def test_every_kind_of_change_is_told_in_plain_words(pages: dict[str, Page]) -> None:
    assert told(pages["changes/"]) == [
        "10月1日更正 江苏省示例福建商会改动：行业",
        "9月1日撤销 （名称不再公开）记录撤销：原来的内容涉及个人信息。",
        "6月1日更正 宜兴市示例茶业商会编号：yixing-canyin → yixing-chaye，旧网址会转到新网址",
        "6月1日更名 宜兴市示例茶业商会名称：宜兴市示例餐饮业商会 → 宜兴市示例茶业商会来源：宜兴市工商联，2008年6月",
        "5月1日公约 宜兴市示例陶瓷商会《宜兴市示例陶瓷行业自律公约（2024年修订）》的全文有改动",
        "5月1日公约 宜兴市示例茶业商会收录《餐饮业公约》（2026年4月通过）来源：宜兴市工商联，2008年6月",
        "4月1日等级 宜兴市示例茶业商会示例星级：由四星级升为五星级，2026年3月20日授予来源：宜兴市工商联，2008年6月",
        "3月1日等级 宜兴市示例茶业商会获得示例星级四星级，2026年2月20日授予来源：宜兴市工商联，2008年6月",
        "2月1日更正 宜兴市示例茶业商会改动：办公电话、成立时间",
        "1月2日新增 宜兴市示例陶瓷商会新建记录，含2项等级与称号、2份公约来源：宜兴市工商联，2008年6月",
        "1月2日新增 宜兴市示例茶业商会新建记录来源：宜兴市工商联，2008年6月",
        "1月2日新增 江苏省示例福建商会新建记录来源：江苏省示例福建商会，2024年3月1日",
    ]


def test_months_and_kinds_have_pages_of_their_own(pages: dict[str, Page]) -> None:
    found = {url: page for url, page in pages.items() if url.startswith("changes/")}
    months = ("01", "02", "03", "04", "05", "06", "09", "10")
    kinds = ("added", "corrected", "levels", "charters", "moves")
    assert set(found) == {
        "changes/",
        *(f"changes/2026-{month}/" for month in months),
        *(f"changes/{kind}/" for kind in kinds),
    }
    assert told(found["changes/2026-05/"]) == told(found["changes/"])[4:6]
    assert [len(told(found[f"changes/{kind}/"])) for kind in kinds] == [3, 2, 2, 2, 3]
    for page in found.values():
        known = {url.removesuffix("index.html") for url in pages} | {*PROSE, ""}
        tree = parsed(rendered(page))
        assert set(targets(page, tree)) - {"./"} <= known, page.url
        assert page.description


def test_a_long_month_is_cut_and_nothing_is_lost() -> None:
    events = tuple(
        Event("corrected", "a", {"fields": ("name",)}, when=NOON + timedelta(minutes=n), commit=f"{n}")
        for n in range(2 * SIZE + 1, 0, -1)
    )
    found = changes_of(with_events(*events))
    parts = [found[f"changes/2026-03/{rest}"] for rest in ("", "page/2/", "page/3/")]
    assert [len(told(page)) for page in parts] == [SIZE, SIZE, 1]
    assert len(told(found["changes/"])) == SIZE
    assert len({page.title for page in parts}) == 3


def with_events(*events: Event, day: date = DAY, **fields: object) -> Directory:
    records = replace(loaded(), chambers={"a": make_loaded("a", **fields)})
    return derive.directory(records, day, history=History({"a": NOON}, {"a": NOON}, events))


@pytest.mark.parametrize(
    ("name", "facts", "words"),
    [
        ("dissolved", {"ended": "2026-02"}, "终止 宜兴市示例商会2026年2月终止"),
        ("dissolved", {}, "终止 宜兴市示例商会商会已终止"),
        ("merged", {"into": "nowhere"}, "并入 宜兴市示例商会并入nowhere"),
        ("status_changed", {"from": "preparing", "to": "active"}, "更正 宜兴市示例商会状态：筹备中 → 有活动记录"),
        ("transferred", {"from": "yixing", "to": "x"}, "更正 宜兴市示例商会更正归口：宜兴市工商联 → x"),
        ("level_revoked", {"scheme": "x", "level": "y"}, "等级 宜兴市示例商会y被撤销"),
        ("charter_withdrawn", {"charter": "x", "type": "自律公约"}, "公约 宜兴市示例商会自律公约已废止"),
        ("corrected", {"fields": ("name", "trade", "kind", "level", "uscc")}, "更正 宜兴市示例商会改动：名称、行业、类型、层级等5项"),
    ],
)  # fmt: skip
def test_the_words_of_the_rarer_events(name: EventName, facts: Facts, words: str) -> None:
    page = changes_of(with_events(Event(name, "a", facts, when=NOON, commit="c")))["changes/"]
    assert told(page) == [f"3月1日{words}"]


def rated(day: str) -> list[str]:
    records = loaded()
    (id_, scheme) = next((id_, one) for id_, one in records.schemes.items() if one.validity_years == 5)
    rating = {"scheme": id_, "level": scheme.levels[0].id, "awarded": "2021-04-26", "source": "r1"}
    directory = with_events(day=date.fromisoformat(day), ratings=[rating])
    return [
        text.replace(scheme.short_name, "办法").replace(scheme.levels[0].label, "级")
        for text in told(changes_of(directory)["changes/"])
    ]


def test_the_calendar_tells_of_an_end_to_come_and_of_one_that_came() -> None:
    assert rated("2026-01-10") == []
    assert rated("2026-03-02") == ["3月1日到期 宜兴市示例商会办法级将在2026年4月26日到期"]
    assert rated("2026-04-26") == ["3月1日到期 宜兴市示例商会办法级将在2026年4月26日到期"]
    assert rated("2026-04-27") == ["4月27日到期 宜兴市示例商会办法级已于2026年4月26日到期，未见续评"]


def test_what_had_ended_before_the_record_came_is_no_news() -> None:
    rating = {"scheme": "shili", "level": "wu-xing", "awarded": "2019-04-26", "source": "r1"}
    records = loaded()
    id_, scheme = next((id_, one) for id_, one in records.schemes.items() if one.validity_years == 5)
    rating |= {"scheme": id_, "level": scheme.levels[0].id}
    assert with_events(ratings=[rating]).events.all == ()


@pytest.mark.parametrize(
    ("missing", "words"),
    [("shallow", "没有完整的修改历史"), ("no git", "没有完整的修改历史"), ("preview", "预览里没有更新记录")],
)
def test_without_the_past_the_page_says_so_and_nothing_else(missing: str, words: str) -> None:
    directory = derive.directory(loaded(), DAY, history=History(missing=missing))  # type: ignore[arg-type]
    found = changes_of(directory)
    assert set(found) == {"changes/"}
    assert words in rendered(found["changes/"])
    assert told(found["changes/"]) == []


def test_pages_name_their_feeds_when_there_are_any(directory: Directory, pages: dict[str, Page]) -> None:
    assert {page.feed for page in pages.values()} == {None}
    fed = plan(directory, Settings(base_url="https://example.org/"))
    named = {url: page.feed for url, page in fed.items() if page.feed}
    own = ("regions/320000/", "regions/320282/", "industries/C30/", "federations/yixing/")
    assert {url: named[url] for url in own} == {url: url for url in own}
    assert named[""] == named["changes/"] == named["changes/2026-05/"] == "changes/"


def test_a_chamber_says_since_when_it_is_there_and_when_it_changed(pages: dict[str, Page]) -> None:
    text = rendered(pages["chambers/yixing-chaye/"])
    assert '<dt>收录日期</dt><dd><time datetime="2026-01-02">2026年1月2日</time>' in text
    assert '<dt>最近更新</dt><dd><time datetime="2026-06-01">2026年6月1日</time>' in text
    nothing = derive.directory(replace(loaded(), chambers={"a": make_loaded("a")}), DAY)
    (page,) = chamber.some(nothing, nothing.chambers, str)
    assert "收录日期" not in rendered(page)
    assert "最近更新" not in rendered(page)
