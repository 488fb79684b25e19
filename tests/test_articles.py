"""The text of a charter: its chapters, articles and items, and the anchors by which they are quoted."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chamberbook.articles import Block, articles, blocks, numeral

TEXT = """本会会员共同订立。

## 第一章 总则

第一条 明码标价。

**第二条**　不得欺诈：

1. 虚假打折；
2. 虚构原价。

## 第二章 附则

第一节 施行

第十二条 自公布之日起施行。
"""


def anchors(text: str) -> list[str]:
    """Every anchor that a page of this text would have."""
    return [
        anchor
        for block in blocks(text)
        for anchor in (block.anchor, *(item.anchor for item in block.items))
        if anchor
    ]


def chinese(number: int) -> str:
    """12 -> 十二, 120 -> 一百二十; up to 999."""
    digits = "零一二三四五六七八九"
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")


def test_chapters_articles_and_prose_come_in_order_with_anchors_of_their_numbers() -> None:
    assert [(b.kind, b.label, b.anchor, b.level) for b in blocks(TEXT)] == [
        ("prose", "", "", 1),
        ("heading", "", "c1", 1),
        ("article", "第一条", "a1", 1),
        ("article", "第二条", "a2", 1),
        ("heading", "", "c2", 1),
        ("heading", "", "c2-1", 2),
        ("article", "第十二条", "a12", 1),
    ]


def test_an_article_is_cut_into_its_items_and_still_has_its_whole_text() -> None:
    second = articles(TEXT)[1]
    assert second.text == "不得欺诈：\n\n1. 虚假打折；\n2. 虚构原价。"
    assert second.lead == "不得欺诈："
    assert [(i.label, i.text, i.anchor) for i in second.items] == [
        ("1.", "虚假打折；", "a2.1"),
        ("2.", "虚构原价。", "a2.2"),
    ]


def test_items_nest_as_they_are_numbered() -> None:
    (article,) = articles("第三条 有：\n（一）甲：\n1、子；\n2、丑。\n（二）乙。")
    assert [(i.anchor, i.depth) for i in article.items] == [
        ("a3.1", 0),
        ("a3.1.1", 1),
        ("a3.1.2", 1),
        ("a3.2", 0),
    ]


@pytest.mark.parametrize(
    ("line", "label", "anchor", "text"),
    [
        ("第一条 甲", "第一条", "a1", "甲"),
        ("第一条　甲", "第一条", "a1", "甲"),
        ("第一条：甲", "第一条", "a1", "甲"),
        ("第一条甲", "第一条", "a1", "甲"),
        ("第1条 甲", "第1条", "a1", "甲"),
        ("第 １２ 条 甲", "第１２条", "a12", "甲"),
        ("### 第十条之一 甲", "第十条之一", "a10-1", "甲"),
        ("**第一百二十条** 甲", "第一百二十条", "a120", "甲"),
        ("**第五条 题目** 甲", "第五条", "a5", "**题目** 甲"),
        ("第一条", "第一条", "a1", ""),
        ("第一条所有会员", "第一条", "a1", "所有会员"),
    ],
)
def test_an_article_is_known_however_it_is_written(line: str, label: str, anchor: str, text: str) -> None:
    assert [(b.label, b.anchor, b.text) for b in blocks(line)] == [(label, anchor, text)]


@pytest.mark.parametrize(
    "line",
    [
        "依照本公约第三条办理。",
        "第一条规定的会员不在此列。",
        "第九条甲",
        "第一条、第二条所说的会员",
        "第" + "九" * 40 + "条 甲",
    ],
)
def test_an_article_that_is_only_mentioned_is_not_an_article(line: str) -> None:
    assert [b.kind for b in blocks(line)] == ["prose"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("倡议如下。\n一、诚信。\n二、守法。", ["一、", "二、"]),
        ("（一）诚信。\n（二）守法。", ["（一）", "（二）"]),
        ("1. 诚信，利润 3.5 元。\n2. 守法。", ["1.", "2."]),
        ("1、诚信\n2、守法", ["1、", "2、"]),
    ],
)
def test_a_text_without_di_tiao_has_the_articles_that_its_own_numbers_make(
    text: str, labels: list[str]
) -> None:
    assert [(b.label, b.anchor) for b in articles(text)] == [(labels[0], "a1"), (labels[1], "a2")]


def test_a_short_numbered_line_above_an_article_is_the_title_of_a_part() -> None:
    found = blocks("一、总则\n第一条 甲\n二、分则\n第二条 乙")
    assert [(b.kind, b.anchor) for b in found] == [
        ("heading", "c1"),
        ("article", "a1"),
        ("heading", "c2"),
        ("article", "a2"),
    ]


def test_a_number_that_comes_twice_has_two_anchors() -> None:
    assert anchors("第一条 甲\n\n第一条 乙\n\n第一条之二 丙") == ["a1", "a1_2", "a1-2"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("一百零三", 103), ("二〇", 20), ("15", 15)],
)
def test_chinese_numerals_are_read(text: str, value: int) -> None:
    assert numeral(text) == value


@given(st.integers(1, 120))
def test_articles_one_to_one_hundred_and_twenty_have_their_number_as_anchor(number: int) -> None:
    assert [b.anchor for b in blocks(f"第{chinese(number)}条 甲")] == [f"a{number}"]


_WORDS = st.text("甲乙丙丁，。；0123456789（）()、. \n第一二条章#*", max_size=60)
_LINE = st.text("甲乙丙丁，。", min_size=1, max_size=20)


@settings(deadline=None)
@given(st.lists(_WORDS, max_size=12).map("\n".join))
def test_whatever_the_text_says_no_anchor_comes_twice_and_no_article_invents_words(text: str) -> None:
    found = anchors(text)
    assert len(found) == len(set(found))
    for block in articles(text):
        assert block.text.removeprefix("*").strip("*") in text or "**" in text


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_at_all_is_read(text: str) -> None:
    assert len(anchors(text)) == len(set(anchors(text)))


@given(st.lists(_LINE, min_size=2, max_size=9), st.integers(0, 8), _LINE)
def test_rewriting_one_article_leaves_the_others_and_their_anchors_alone(
    lines: list[str], place: int, words: str
) -> None:
    def read(bodies: list[str]) -> list[Block]:
        return list(
            articles("\n\n".join(f"第{chinese(n)}条 {body}" for n, body in enumerate(bodies, start=1)))
        )

    place %= len(lines)
    before, after = read(lines), read([*lines[:place], words, *lines[place + 1 :]])
    assert [b.anchor for b in before] == [b.anchor for b in after]
    assert [b for n, b in enumerate(before) if n != place] == [b for n, b in enumerate(after) if n != place]


@pytest.mark.parametrize(
    "text",
    [
        "一、\n" * 100_000,
        "第一条" * 150_000,
        "第 " * 200_000,
        "第一条 x\n" + "（一）a\n1. b\n" * 30_000,
        "#" * 500_000,
    ],
)
def test_a_hostile_text_of_half_a_megabyte_is_read_within_seconds(text: str) -> None:
    start = process_time()
    blocks(text)
    assert process_time() - start < 5
