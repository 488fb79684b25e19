"""Texts and queries are cut alike, on both sides, and no word that Pagefind gets begins another one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripting import Modules

from chamberbook.search import tokens as t
from chamberbook.search.hanzi import hanzi_of
from chamberbook.search.tokens import Hanzi

PLAIN = Hanzi()
SPEC = dict(t.SPEC)


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


def test_words_are_ascii_letters_only() -> None:
    """Pagefind cuts a word where letters and digits meet."""
    found = t.tokens("苏州餐饮 5A 𠮷野家 чай q1 qb", PLAIN)
    assert all(token.isascii() and token.isalpha() and token == token.lower() for token in found)
    assert len(set(found)) == len(found)


texts = st.text(alphabet=st.sampled_from("苏州餐饮业商会茶𠮷𪚥abcqz019 、"), max_size=12)


@given(texts, texts)
def test_no_word_begins_another_one(one: str, other: str) -> None:
    """Pagefind finds every word that begins so, and falls back to the longest word that the asked one begins with."""

    def words(text: str) -> set[str]:
        found = set(t.tokens(text, PLAIN))
        for run in t.runs(text, PLAIN):
            found |= {t.syllable(run), *t.initials(run)} if t.is_word(run) else set(t.singles(run))
        return found

    both = words(one) | words(other)
    assert not [(a, b) for a in both for b in both if a != b and b.startswith(a)]


def test_initials_are_pairs_of_letters() -> None:
    assert t.initials("szcy") == [*t.initials("sz"), *t.initials("zc"), *t.initials("cy")]
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


# One definition of the tokens for both sides


@pytest.fixture(scope="module")
def modules() -> Iterator[Modules]:
    with Modules() as modules:
        yield modules


characters = st.one_of(
    st.characters(exclude_categories=["Cs", "Cn"]),
    st.sampled_from("苏州餐饮蘇飲傢俱𠮷𪚥ＡÁåßİſΣς가か゛がﬁ①٣йё茶\u0301\u0345\u1e9e"),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(alphabet=characters, max_size=20), min_size=1, max_size=20))
def test_python_and_javascript_cut_the_same_text_alike(modules: Modules, texts: list[str]) -> None:
    chars, phrases = {"蘇": "苏", "飲": "饮"}, {"傢俱": "家具"}
    hanzi = t.Hanzi(chars, phrases)
    data = {"chars": "".join(a + b for a, b in chars.items()), "phrases": phrases}
    cut = "v[0].map((text) => [m.runs(text, m.hanzi(v[1], v[2])), m.tokens(text, m.hanzi(v[1], v[2]))])"
    assert modules.ask("search/tokens.js", cut, texts, data, SPEC) == [
        [t.runs(text, hanzi), t.tokens(text, hanzi)] for text in texts
    ]


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="苏州餐饮业𠮷茶", min_size=1, max_size=8),
    st.lists(st.text(alphabet="abcqxyz", min_size=1, max_size=6), min_size=1, max_size=6),
)
def test_python_and_javascript_spell_every_kind_of_word_alike(
    modules: Modules, run: str, parts: list[str]
) -> None:
    spell = (
        "[m.pairs(v[0], v[2]), m.singles(v[0], v[2]), v[1].map((one) => m.syllable(one, v[2])),"
        " m.initials(v[1].join(''), v[2]), m.word(v[1].join('').repeat(9), v[2])]"
    )
    letters = "".join(parts)
    assert modules.ask("search/tokens.js", spell, run, parts, SPEC) == [
        t.pairs(run), t.singles(run), [t.syllable(part) for part in parts], t.initials(letters), t.word(letters * 9),
    ]  # fmt: skip


#: Characters that one side could take for another thing than the other: folded into several, of two code units, marks
#: that join on, digits and letters of every script, jamo, half width, private use, the edges of the planes.
RARE = "ßİſΣςŉǰﬁﷺ①½²٣๓𝟙か゛がｶﾞ각𐐀𞤀𠮷𪚥𰀀𫟼鿿㐀〇々ヶ〻⺀⼀\u0301\u0345\u200d\ufe0f\u3099\U000e0100\ue000\ufffd\U0010fffd\u1e9e"


@pytest.mark.parametrize("char", RARE, ids=lambda char: unicodedata.name(char, f"U+{ord(char):04X}"))
def test_a_rare_character_is_cut_alike_alone_and_between_others(modules: Modules, char: str) -> None:
    texts = [char, char * 3, f"苏{char}州", f"a{char}b", f"1{char}", f"茶 {char} 茶"]
    cut = "v[0].map((text) => [m.fold(text), m.runs(text, m.hanzi(v[1], v[2])), m.tokens(text, m.hanzi(v[1], v[2]))])"
    assert modules.ask("search/tokens.js", cut, texts, {"chars": "", "phrases": {}}, SPEC) == [
        [t.fold(text), t.runs(text, PLAIN), t.tokens(text, PLAIN)] for text in texts
    ]
