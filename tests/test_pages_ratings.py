"""Rating schemes and levels: how they are won, who holds them, and what is not known."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest
from factories import make_loaded, make_scheme
from planning import (
    DAY,
    ROOT,
    loaded,
    make_directory,
    parsed,
    real_directory,
    rendered,
    targets,
    texts,
    with_class,
)

from chamberbook import derive
from chamberbook.derive import Directory
from chamberbook.pages import ratings
from chamberbook.pages.model import Page
from chamberbook.records import Scheme
from chamberbook.settings import Settings

LETTERS = "shehui-zuzhi-pinggu"


def planned(directory: Directory, settings: Settings | None = None) -> dict[str, Page]:
    return {page.url: page for page in ratings.pages(directory, settings or Settings(), str)}


def tree_of(url: str, directory: Directory, settings: Settings | None = None) -> Element:
    return parsed(rendered(planned(directory, settings)[url]))


def with_scheme(scheme: Scheme) -> Directory:
    """One scheme called `shili` and no chamber."""
    return derive.directory(replace(loaded(ROOT), schemes={"shili": scheme}, chambers={}), DAY)


def holders() -> Directory:
    return make_directory(
        *(
            make_loaded(
                slug,
                name=f"示例{slug}商会",
                ratings=[{"scheme": LETTERS, "level": "5a", "source": "r1", **rating}],
            )
            for slug, rating in {
                "youxiao": {"awarded": "2024"},
                "jiangdaoqi": {"awarded": "2021-12-01"},
                "guoqi": {"awarded": "2014"},
                "weizhi": {},
                "chexiao": {"awarded": "2024", "revoked": "2025"},
            }.items()
        )
    )


def test_a_level_lists_its_holders_by_what_their_award_is_worth() -> None:
    tree = tree_of(f"ratings/{LETTERS}/5a/", holders())
    assert texts(tree.iter("h2")) == [
        "有效 1家",
        "90天内到期 1家",
        "已过期 1家",
        "日期待补 1家",
        "已撤销 1家",
    ]
    rows = [row for row in tree.iter("tr") if "data-state" in row.attrib]
    assert [(row.attrib["data-state"], row.attrib.get("data-ends")) for row in rows] == [
        ("in_force", "2029-12-31"),
        ("expiring", "2026-12-01"),
        ("expired", "2019-12-31"),
        ("undated", None),
        ("revoked", "2029-12-31"),
    ]
    assert "2026年12月1日，还有8天" in texts([rows[1]])[0]
    assert "过期不等于被取消" in texts([tree])[0]


def test_a_chamber_that_got_a_level_again_is_listed_once() -> None:
    chamber = make_loaded(
        ratings=[
            {"scheme": LETTERS, "level": "5a", "awarded": year, "source": "r1"} for year in ("2018", "2024")
        ]
    )
    tree = tree_of(f"ratings/{LETTERS}/5a/", make_directory(chamber))
    assert texts(tree.iter("h2")) == ["有效 1家"]


def test_a_title_by_year_shows_years_and_no_term() -> None:
    chamber = make_loaded(
        ratings=[{"scheme": "quanguo-sihao", "level": "sihao", "period": "2017-2018", "source": "r1"}]
    )
    tree = tree_of("ratings/quanguo-sihao/sihao/", make_directory(chamber))
    assert texts(tree.iter("h2")) == ["按年度认定 1家"]
    assert "2017–2018年度" in texts([tree])[0]
    assert "有效期至" not in texts([tree])[0]


def test_a_level_that_nobody_on_record_holds_says_so() -> None:
    tree = tree_of(f"ratings/{LETTERS}/1a/", real_directory())
    assert "没有收录不代表没有获评" in texts([tree])[0]


def test_holders_are_cut_into_pages_and_the_totals_stay_whole() -> None:
    pages = planned(holders(), Settings(page_size=2))
    urls = [url for url in pages if url.startswith(f"ratings/{LETTERS}/5a/")]
    assert urls == [
        f"ratings/{LETTERS}/5a/",
        f"ratings/{LETTERS}/5a/page/2/",
        f"ratings/{LETTERS}/5a/page/3/",
    ]
    assert texts(parsed(rendered(pages[urls[1]])).iter("h2")) == ["已过期 1家", "日期待补 1家"]


def test_totals_without_names_are_said_to_be_just_that() -> None:
    tree = tree_of("ratings/nanjing-xingji/", real_directory())
    text = texts([tree])[0]
    assert "未公布" in text
    assert "资料只给出总数，没有点名" in text
    assert "还没有收录得过它的商会" in text


def test_stars_always_have_words() -> None:
    for url in ("ratings/", "ratings/nanjing-xingji/"):
        tree = tree_of(url, real_directory())
        shown = [rate for rate in with_class(tree, "rate") if with_class(rate, "rate__s")]
        assert shown
        assert all("星级" in text for text in texts(shown))


def test_each_scheme_says_how_it_is_won_with_sources_that_are_on_the_page() -> None:
    for url, page in planned(real_directory()).items():
        if page.template != "scheme.html":
            continue
        tree = parsed(rendered(page))
        ids = {element.attrib.get("id") for element in tree.iter()}
        refs = [a.attrib["href"][1:] for ref in with_class(tree, "ref") for a in ref.iter("a")]
        assert refs, url
        assert set(refs) <= ids, url


def test_score_bands_include_their_lower_bound() -> None:
    levels = [
        {"id": "a", "label": "五星级", "form": "stars", "stars": 5, "rank": 5, "score_min": 90},
        {
            "id": "b",
            "label": "四星级",
            "form": "stars",
            "stars": 4,
            "rank": 4,
            "score_min": 80,
            "score_max": 90,
        },
        {"id": "c", "label": "三星级", "form": "stars", "stars": 3, "rank": 3, "score_max": 80},
    ]
    tree = tree_of("ratings/shili/", with_scheme(make_scheme(levels=levels)))
    bands = [cell for cell in tree.iter("td") if cell.attrib.get("data-l") == "分数"]
    assert texts(bands) == ["90分及以上", "80分至90分", "不到80分"]


STARS_OF_TWO = [
    {"id": "si", "label": "四星级", "form": "stars", "stars": 4, "rank": 4, "issuers": ["*区工商业联合会"]},
    {
        "id": "wu", "label": "五星级", "form": "stars", "stars": 5, "rank": 5, "awarded_by": "市工商联",
        "requires": [{"level": "si", "years": 1, "from_year": 2}],
    },
]  # fmt: skip


def cells(scheme: Scheme, label: str) -> list[str]:
    tree = tree_of("ratings/shili/", with_scheme(scheme))
    return texts(cell for cell in tree.iter("td") if cell.attrib.get("data-l") == label)


@pytest.mark.parametrize(
    ("requires", "fields", "words"),
    [
        (
            {"years": 1, "from_year": 2},
            {"since": "2018"},
            "自第2年（2019年）起，须已连续持有四星级（或更高）满1年",
        ),
        ({"years": 1, "from_year": 2}, {}, "自第2年起，须已连续持有四星级（或更高）满1年"),
        ({"years": 2}, {"since": "2018"}, "须已连续持有四星级（或更高）满2年"),
        ({"years": 0}, {}, "须已持有四星级（或更高）"),
    ],
)
def test_what_must_be_held_before_is_said_in_words(
    requires: dict[str, object], fields: dict[str, object], words: str
) -> None:
    upper = {**STARS_OF_TWO[1], "requires": [{"level": "si", **requires}]}
    scheme = make_scheme(levels=[STARS_OF_TWO[0], upper], **fields)
    assert cells(scheme, "条件") == [words, "—"]


def test_a_scheme_s_own_words_go_first_and_its_second_year_is_a_year() -> None:
    upper = {**STARS_OF_TWO[1], "prerequisite": "自第二年起，须已是四星级"}
    scheme = make_scheme(levels=[STARS_OF_TWO[0], upper], since="2005")
    assert cells(scheme, "条件")[0] == "自第二年起，须已是四星级（第2年是2006年）"


def test_who_may_award_a_level_is_named_and_any_characters_are_some() -> None:
    assert cells(make_scheme(levels=STARS_OF_TWO, issuer="示例市工商联"), "由谁授予") == [
        "市工商联",
        "示例市工商联（某某区工商业联合会）",
    ]


@pytest.mark.parametrize(
    ("fields", "level", "words"),
    [
        ({"validity_years": 3}, {}, ["3年", "3年"]),
        ({"validity_years": 3}, {"validity_years": 5}, ["5年", "3年"]),
        ({"validity_years": 3, "ends_on": "12-31"}, {}, ["到授予后第3年的12月31日"] * 2),
        ({"valid_until": "2027-06-30"}, {}, ["一律到2027年6月30日"] * 2),
        ({"validity_years": 3}, {"valid_until": "2027"}, ["一律到2027年", "3年"]),
        ({}, {}, ["按年度认定，不设"] * 2),
    ],
)
def test_how_long_each_level_lasts_is_said_in_words(
    fields: dict[str, object], level: dict[str, object], words: list[str]
) -> None:
    levels = [STARS_OF_TWO[0], {**STARS_OF_TWO[1], **level}]
    assert cells(make_scheme(levels=levels, **fields), "有效期") == words


def test_articles_and_the_end_of_a_scheme_are_told() -> None:
    scheme = make_scheme(clauses={"score": "第五条", "validity": "第九条"}, ended="2020-12-31")
    text = texts([tree_of("ratings/shili/", with_scheme(scheme))])[0]
    assert "规定见文件：分数第五条，有效期第九条。" in text
    assert "2020年12月31日之后不再授予" in text


def test_a_scheme_names_who_holds_now_who_soon_no_more_and_who_did() -> None:
    tree = tree_of(f"ratings/{LETTERS}/", holders())
    heads = [head for head in texts(tree.iter("h3")) if "家次" in head]
    assert heads == ["现在有效 1家次", "90天内到期 1家次", "以前得过 2家次", "日期待补 1家次"]
    rows = [row for row in tree.iter("tr") if "data-state" in row.attrib]
    assert [row.attrib["data-state"] for row in rows] == [
        "in_force", "expiring", "expired", "revoked", "undated",
    ]  # fmt: skip
    assert "2029年12月31日（最迟）" in texts([rows[0]])[0]
    assert "2026年12月1日，还有8天" in texts([rows[1]])[0]


def test_a_long_list_of_holders_leads_to_the_lists_of_the_levels() -> None:
    many = make_directory(
        *(
            make_loaded(
                f"shili-{n}",
                name=f"示例第{n}商会",
                ratings=[{"scheme": LETTERS, "level": f"{4 + n % 2}a", "awarded": "2024", "source": "r1"}],
            )
            for n in range(12)
        )
    )
    tree = tree_of(f"ratings/{LETTERS}/", many)
    assert sum("data-state" in row.attrib for row in tree.iter("tr")) == 10
    assert texts(with_class(tree, "more")) == ["只列了前10家，全部名单：5A 6家、4A 6家"]


def test_a_scheme_that_only_gives_points_has_its_page() -> None:
    directory = with_scheme(make_scheme(levels=[], total_points=100))
    assert set(planned(directory)) == {"ratings/", "ratings/shili/"}
    assert "共100分" in texts([tree_of("ratings/shili/", directory)])[0]
    assert "只打分的" in texts(tree_of("ratings/", directory).iter("h2"))


def test_a_scheme_that_was_last_heard_of_long_ago_is_doubtful() -> None:
    source = {"title": "办法", "publisher": "某会", "kind": "official"}
    old = make_scheme(sources={"r1": {**source, "date": "2008-06"}})
    new = make_scheme(sources={"r1": {**source, "date": "2025"}})
    badges = [texts(with_class(tree_of("ratings/shili/", with_scheme(s)), "badges"))[0] for s in (old, new)]
    assert ["待核实" in text for text in badges] == [True, False]


def test_the_index_leads_to_every_scheme_and_each_scheme_to_its_levels() -> None:
    directory = real_directory()
    pages = planned(directory)
    index = set(targets(pages["ratings/"], tree_of("ratings/", directory)))
    assert {f"ratings/{id_}/" for id_ in directory.schemes} <= index
    held = set(targets(pages[f"ratings/{LETTERS}/"], tree_of(f"ratings/{LETTERS}/", directory)))
    assert {f"ratings/{LETTERS}/{n}a/" for n in range(1, 6)} <= held


def test_hostile_text_of_a_scheme_stays_text() -> None:
    bad = '"><script>alert(1)</script>'
    scheme = make_scheme(
        name=bad, short_name=bad, summary=bad, issuer=bad, structure=bad, note=bad, frequency=bad,
        items=[{"text": bad}], prerequisites=[bad], process=[{"actor": bad, "action": bad, "when": bad}],
        levels=[{"id": "a", "label": bad, "form": "title", "rank": 1, "rule": bad, "prerequisite": bad}],
        doubts=[{"about": "levels", "note": bad}],
    )  # fmt: skip
    for url in ("ratings/", "ratings/shili/", "ratings/shili/a/"):
        assert "script" not in {element.tag for element in tree_of(url, with_scheme(scheme)).iter()}
