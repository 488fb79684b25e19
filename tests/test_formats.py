"""How dates, numbers, places and strangers' Markdown read."""

from __future__ import annotations

from datetime import date
from time import monotonic

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chamberbook import formats
from chamberbook.formats import (
    date_text,
    han_script,
    host,
    number_text,
    period_text,
    safe_markdown,
    separator,
    short_place,
)
from chamberbook.messages import translate
from chamberbook.records import PartialDate


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (PartialDate(2003), "2003年"),
        (PartialDate(2003, 8), "2003年8月"),
        (PartialDate(2003, 8, 9), "2003年8月9日"),
        (date(2026, 11, 20), "2026年11月20日"),
    ],
)
def test_a_date_is_shown_as_precise_as_it_is_known(value: PartialDate | date, shown: str) -> None:
    assert date_text(value, str) == shown


def test_numbers_have_thousands_and_no_idle_zeros() -> None:
    assert [number_text(n, str) for n in (12933, 937.30, 0, 100.0)] == ["12,933", "937.3", "0", "100"]


def test_a_round_of_two_years_is_joined_by_a_dash() -> None:
    assert (period_text("2019", str), period_text("2017-2018", str)) == ("2019年度", "2017–2018年度")


def test_provinces_and_cities_lose_their_suffix_and_counties_keep_it() -> None:
    names = ["江苏省", "苏州市", "广西壮族自治区", "内蒙古自治区", "鼓楼区", "泾县", "沙市"]
    assert [short_place(name) for name in names] == [
        "江苏",
        "苏州",
        "广西",
        "内蒙古",
        "鼓楼区",
        "泾县",
        "沙市",
    ]


def test_only_traditional_characters_are_marked_as_such() -> None:
    assert han_script("蘇州市工商聯餐飲業商會") == "zh-Hant"
    assert han_script("苏州市工商联餐饮业商会") is None
    assert han_script("Suzhou") is None


def test_an_address_is_shown_by_its_host() -> None:
    assert host("https://www.soecc.org.cn/p/web.html") == "soecc.org.cn"


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[点我](javascript:alert(1))",
    "[点我](JaVaScRiPt:alert(1))",
    "[点我](&#106;avascript:alert(1))",
    "[点我](data:text/html;base64,PHNjcmlwdD4=)",
    "[点我](//elsewhere.example/)",
    "[点我](mailto:a@example.org?onclick=x)",
    "[点我](#a3)",
    "[点我](#a3:javascript:x)",
    "[点我](vbscript:x) [点我](../../x/) [点我](/\\\\elsewhere.example/)",
    '[点我](https://x.example/"onclick=x)',
    "> 引用\n\n---\n\n1.  甲\n\n        <script>x()</script>\n\n  \n末\n",
    "![图](https://elsewhere.example/x.png)",
    "<javascript:alert(1)>",
    "[a]: javascript:alert(1)\n\n[a]",
    "![图][a]\n\n[a]: https://elsewhere.example/x.png",
    "<style>body{display:none}</style>",
    '<a href="https://x.example" onclick="x()">x</a>',
    "<!-- --><iframe src=x></iframe>",
    "</div></section><h1>x</h1>",
    "# 大标题\n\n小标题\n---",
    "|a|b|\n|:-|-:|\n|<b onclick=x>|2|",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_of_a_stranger_is_inert(text: str) -> None:
    allowed = {
        "p",
        "a",
        "blockquote",
        "hr",
        "ol",
        "ul",
        "li",
        "strong",
        "em",
        "code",
        "pre",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    tree = html5lib.parseFragment(safe_markdown(text), namespaceHTMLElements=False)
    for element in tree.iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        assert element.tag in allowed
        assert set(element.attrib) <= {"href", "rel", "start"}
        assert element.attrib.get("href", "#").startswith(("#", "https://", "http://", "mailto:"))
        assert element.tag != "a" or element.attrib["rel"] == "nofollow noopener"


@given(st.text(st.sampled_from("甲1. \n*_`|-:>#[]()<>&\"'=/!abhijoprstvx\\"), max_size=60))
@settings(max_examples=300, deadline=None)
def test_the_sanitiser_finds_nothing_left_to_take_out(text: str) -> None:
    """What the conversion makes of any text is inert by itself: the list is the second lock, not the first."""
    made = formats._converter().reset().convert(text)
    kept = html5lib.parseFragment(safe_markdown(text + "\n\n"), namespaceHTMLElements=False)
    whole = html5lib.parseFragment(made, namespaceHTMLElements=False)
    assert [e.tag for e in kept.iter()] == [e.tag for e in whole.iter()]
    assert "".join(kept.itertext()) == "".join(whole.itertext())


@given(
    st.text(
        st.sampled_from("商会，。（） \n\t\r\v\u3000\u2028\u00a01a.-*_#>|&<`~+=[]:·\u200b\u0002\u0003"),
        max_size=20,
    )
)
@settings(max_examples=400, deadline=None)
def test_a_plain_text_is_the_paragraph_that_the_library_makes(text: str) -> None:
    assert safe_markdown(text) == safe_markdown(text + "\n\n")


def test_no_text_of_a_charter_looks_like_an_attribute() -> None:
    shown = safe_markdown('<a href="nowhere/">甲</a> `src="x"` **"乙"** [丙](https://example.org/?a"b)')
    assert ' href="' not in shown
    assert ' src="' not in shown
    assert html5lib.parseFragment(shown, namespaceHTMLElements=False).findtext(".//strong") == '"乙"'
    linked = safe_markdown('[a "b"](https://example.org/)')
    assert linked.count(' href="') == 1


def test_markdown_keeps_what_a_charter_needs() -> None:
    shown = safe_markdown("**一**\n\n1. 甲\n2. 乙\n\n见[法规](https://example.org/)。")
    assert "<strong>一</strong>" in shown
    assert shown.count("<li>") == 2
    assert '<a href="https://example.org/" rel="nofollow noopener">法规</a>' in shown


def test_a_text_of_brackets_takes_no_time() -> None:
    started = monotonic()
    safe_markdown("[" * 50_000 + "[a](" * 10_000)
    assert monotonic() - started < 5


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (PartialDate(2003), "2003"),
        (PartialDate(2003, 8), "August 2003"),
        (date(2026, 11, 2), "2 November 2026"),
    ],
)
def test_another_language_has_its_own_dates(value: PartialDate | date, shown: str) -> None:
    assert date_text(value, translate("en")) == shown


def test_an_enumeration_is_parted_as_its_language_does() -> None:
    assert (separator(str), separator(translate("en"))) == ("、", ", ")
