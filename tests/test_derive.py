"""What follows from records on a day: places, indexes, order. The states of awards: test_awards."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from chamberbook.derive import derive_pinyin, derive_place, industry_codes, is_stale
from chamberbook.records import Industry, PartialDate, Region

TODAY = date(2026, 11, 23)


REGIONS = {
    region.code: region
    for region in (
        Region(code="320000", name="江苏省", level="province"),
        Region(code="320200", name="无锡市", level="prefecture", parent="320000"),
        Region(code="320282", name="宜兴市", level="county", parent="320200"),
        Region(code="110000", name="北京市", level="province"),
        Region(code="110101", name="东城区", level="county", parent="110000"),
    )
}


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("320282", ["江苏省", "无锡市", "宜兴市"]),
        ("320200", ["江苏省", "无锡市"]),
        ("110101", ["北京市", "东城区"]),
        (None, []),
    ],
)
def test_place_is_the_chain_from_the_province_down(code: str | None, names: list[str]) -> None:
    assert [region.name for region in derive_place(code, REGIONS).chain] == names


def test_a_county_of_a_municipality_has_no_prefecture() -> None:
    place = derive_place("110101", REGIONS)
    assert place.prefecture is None
    assert place.county is not None


def test_industry_codes_name_the_section_of_each_division_once() -> None:
    made = [Industry(code=code, title="业", title_en="x") for code in ("C30", "C17", "H62")]
    assert industry_codes(made) == ["C", "C17", "C30", "H", "H62"]


@pytest.mark.parametrize(
    ("verified", "stale"),
    [("2008-06", True), ("2020", True), ("2021", False), ("2026-03-09", False), (None, True)],
)
def test_a_record_is_stale_when_its_material_is_older_than_five_years(
    verified: str | None, stale: bool
) -> None:
    assert is_stale(PartialDate.parse(verified) if verified else None, TODAY) is stale


def test_names_sort_by_pinyin_not_by_code_point() -> None:
    names = ["重庆市商会", "安徽商会", "长沙商会", "北京商会"]
    assert sorted(names, key=derive_pinyin) == ["安徽商会", "北京商会", "长沙商会", "重庆市商会"]


#: Phrases of the dictionary, and what stands between them in names.
PIECES = [*[*PHRASES_DICT][::97], "银行", "长", "Ａ1", "-", " ", "〇", "重庆", "行"]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join) | st.text(max_size=20))
def test_syllables_found_word_by_word_are_those_of_the_whole_text(text: str) -> None:
    assert derive_pinyin(text) == tuple(part.lower() for part in lazy_pinyin(text))
