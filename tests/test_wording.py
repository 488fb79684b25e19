"""The wording that competition law looks at, and its look-alikes that are no reason to look."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chamberbook.wording import _NEEDED, _PATTERNS, find, fixes_price


@pytest.mark.parametrize(
    ("text", "concern", "words"),
    [
        ("会员执行统一价格。", "price", "统一价格"),
        ("对同类产品实行统一的出厂定价。", "price", "统一的出厂定价"),
        ("不得低于最低限价销售。", "price", "不得低于最低限价"),
        ("每季度商定最低保护价。", "price", "商定最低保护价"),
        ("供会员参照执行的行业指导价", "price", "行业指导价"),
        ("签署并订220元/吨的质量保证价", "price", "订220元/吨的质量保证价"),
        ("会员不得擅自降价。", "price", "不得擅自降价"),
        ("旺季联合限产。", "output", "联合限产"),
        ("会员按片划分销售市场。", "market", "划分销售市场"),
        ("对不守约的供货商联合抵制。", "boycott", "联合抵制"),
    ],
)
def test_wording_that_the_guideline_names_is_found(text: str, concern: str, words: str) -> None:
    assert [(w.concern, w.words) for w in find(text)] == [(concern, words)]


@pytest.mark.parametrize(
    "text",
    [
        "明码标价，不打价格战。",
        "不得统一价格，不划分市场。",
        "禁止达成统一定价的协议。",
        "反对价格联盟。",
        "执行政府指导价。",
        "共同抵制不正当竞争。",
        "联合抵制假冒伪劣商品。",
        "不得低于成本价倾销。",
        "不低于成本报价。",
        "使用统一价格标签。",
        "菜价写清楚，不临时加价。",
        "工程款由业主与客户协商价格后支付。",
    ],
)
def test_wording_that_forbids_the_thing_or_only_looks_like_it_is_passed_over(text: str) -> None:
    assert list(find(text)) == []


@given(st.text("统一价格最低限价划分市场联合抵制不得，。", max_size=80))
def test_what_is_found_stands_in_the_text_and_does_not_overlap(text: str) -> None:
    end = 0
    for wording in find(text):
        assert text[wording.start :].startswith(wording.words)
        assert wording.start >= end
        end = wording.start + len(wording.words)


def test_only_prices_call_for_the_note_about_prices() -> None:
    assert fixes_price("商定最低保护价")
    assert not fixes_price("划分市场")


_PARTS = (
    "统一", "最低", "限价", "保护价", "收费", "价格", "报价", "协商", "不得", "低于", "降价", "订2元", "联合", "限产", "限制", "产量",
    "销售数量", "划分", "分割", "瓜分", "划定", "市场", "客户", "共同", "一致", "抵制", "拒绝供货", "行业指导价", "，",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PARTS), max_size=30).map("".join))
def test_what_a_text_must_hold_to_be_looked_at_is_part_of_every_match(text: str) -> None:
    for concern, pattern in _PATTERNS:
        for match in re.finditer(pattern, text):
            assert _NEEDED[concern].search(match[0])
