"""Texts and queries are cut alike, on both sides, and no word that Pagefind gets begins another one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chamberbook.search import tokens as t
from chamberbook.search.hanzi import hanzi_of
from chamberbook.search.tokens import Hanzi

PLAIN = Hanzi()


def test_characters_become_overlapping_pairs() -> None:
    assert t.tokens("餐饮业", PLAIN) == t.pairs("餐饮业")
    assert len(t.pairs("餐饮业")) == 2
    assert t.pairs("餐饮业")[0] == t.pairs("餐饮")[0]


def test_a_lone_character_is_a_word_of_its_own() -> None:
    assert t.tokens("茶", PLAIN) == [t.single("茶")]


def test_width_case_and_accents_do_not_matter() -> None:
    assert t.runs("ＡＢＣ abc Ábc", PLAIN) == ["abc", "abc", "abc"]


def test_punctuation_and_blanks_part_runs() -> None:
    assert t.runs("苏州、餐饮（5A）steel-works", PLAIN) == ["苏州", "餐饮", "5a", "steel", "works"]


def test_rare_characters_beyond_the_first_plane_are_pairs_too() -> None:
    assert t.tokens("𠮷野家", PLAIN) == t.pairs("𠮷野家")
    assert len(t.pairs("𠮷野家")) == 2


def test_words_are_ascii_letters_and_digits_only() -> None:
    found = t.tokens("苏州餐饮 5A 𠮷野家 чай", PLAIN)
    assert all(token.isascii() and token.isalnum() and token == token.lower() for token in found)


texts = st.text(alphabet=st.sampled_from("苏州餐饮业商会茶𠮷𪚥abcz019 、"), max_size=12)


@given(texts, texts)
def test_no_word_begins_another_one(one: str, other: str) -> None:
    """Pagefind finds every word that begins so, and falls back to the longest word that the asked one begins with."""

    def words(text: str) -> set[str]:
        found = {t.EVERYTHING, *t.tokens(text, PLAIN)}
        for run in t.runs(text, PLAIN):
            if t.is_word(run):
                found |= {*t.syllables([run]), *t.initials(run)}
            else:
                found |= {*t.singles(run), *t.begins(run), *t.ends(run)}
        return found

    both = words(one) | words(other)
    assert not [(a, b) for a in both for b in both if a != b and b.startswith(a)]


def test_a_syllable_pair_and_a_long_syllable_are_the_same_word() -> None:
    assert t.syllables(["xi", "an"]) == t.syllables(["xian"])


def test_initials_are_triples_or_one_pair() -> None:
    assert t.initials("szcy") == [*t.initials("szc"), *t.initials("zcy")]
    assert len(t.initials("sz")) == 1
    assert t.initials("s") == []


@pytest.fixture(scope="module")
def hanzi() -> Hanzi:
    return hanzi_of("苏州市工商联餐饮业商会 家具 家俱 拉链 软件 支持 支援 乾隆 设备 装置")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("蘇州市工商聯餐飲業商會", "苏州市工商联餐饮业商会"),
        ("傢俱", "家具"),
        ("家俱", "家具"),
        ("拉鍊", "拉链"),
        ("軟體", "软件"),
        ("支援", "支援"),
        ("裝置", "装置"),
        ("𠮷", "𠮷"),
    ],
)
def test_traditional_forms_lead_to_what_the_records_say(written: str, meant: str, hanzi: Hanzi) -> None:
    assert t.simplify(written, hanzi) == meant


def test_the_conversion_holds_only_what_leads_into_the_records(hanzi: Hanzi) -> None:
    assert "龍" not in hanzi.chars
    assert len(hanzi.chars) < 60


@given(texts)
def test_simplifying_twice_changes_nothing_more(text: str) -> None:
    hanzi = Hanzi({"飲": "饮"}, {"傢俱": "家具"})
    once = t.simplify(text, hanzi)
    assert t.simplify(once, hanzi) == once
