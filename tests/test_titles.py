"""What a search engine shows of a page: a title and a description that stand alone, are its own, and fit."""

from __future__ import annotations

from collections import Counter

import pytest
from factories import make_loaded
from planning import make_directory, plan, real_directory

from chamberbook.pages.model import Page


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    return [page for page in plan(real_directory()).values() if page.listed]


def test_no_two_pages_have_the_same_title_or_description(pages: list[Page]) -> None:
    for texts in ([page.headline or page.title for page in pages], [page.description for page in pages]):
        assert [text for text, count in Counter(texts).items() if count > 1] == []


def test_titles_and_descriptions_have_the_length_that_engines_show(pages: list[Page]) -> None:
    titles = sorted((page.headline or page.title for page in pages), key=len)
    assert len(titles[int(len(titles) * 0.95)]) <= 40
    assert len(titles[-1]) <= 64
    assert len(titles[0]) >= 2
    descriptions = sorted((page.description for page in pages), key=len)
    assert len(descriptions[0]) >= 12
    assert len(descriptions[-1]) <= 200


def test_the_title_of_a_chamber_tells_place_trade_level_and_charters() -> None:
    charter = {"id": "gongyue", "type": "自律公约", "source": "r1"}
    award = {"scheme": "shehui-zuzhi-pinggu", "level": "5a", "awarded": "2024-05-01", "source": "r1"}
    directory = make_directory(
        make_loaded("a", name="宜兴市示例商会", trade="陶瓷", ratings=[award], charters=[charter]),
        make_loaded("b", name="宜兴市陶瓷商会", trade="陶瓷"),
        make_loaded("c", name="很长的名字" * 7, trade="陶瓷"),
    )
    found = {url: page for url, page in plan(directory).items() if url.startswith("chambers/")}
    level = next(award.level.label for award in directory.by_slug["a"].awards if award.holds)
    assert found["chambers/a/"].headline == f"宜兴市示例商会（江苏无锡宜兴） 陶瓷 {level} 行规行约1份"
    assert f"现有{level}" in found["chambers/a/"].description
    assert found["chambers/b/"].headline == "宜兴市陶瓷商会（江苏无锡宜兴）", (
        "the name says the trade already"
    )
    assert found["chambers/c/"].headline == "很长的名字" * 7 + "（江苏无锡宜兴）"
    assert found["chambers/a/"].title == "宜兴市示例商会"


def test_a_later_page_of_a_list_says_which_and_names_its_own_chambers(pages: list[Page]) -> None:
    first, second = (
        next(page for page in pages if page.url == url) for url in ("chambers/", "chambers/page/2/")
    )
    assert first.headline.startswith("全部商会：")
    assert "第2页" in second.headline
    assert "第2页，共" in second.description
    assert second.data["rows"][0].name in second.description
    assert second.data["rows"][0].name not in first.description
