"""The statistics and the numbers of their charts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from factories import make_loaded
from planning import DAY, loaded, make_directory, parsed, real_directory, rendered, texts, with_class

from chamberbook import derive
from chamberbook.derive import Directory
from chamberbook.exports import figure_tables
from chamberbook.history import History, Missing
from chamberbook.pages import stats
from chamberbook.pages.charts import WIDTH, bars, columns
from chamberbook.pages.model import Page
from chamberbook.settings import Settings

SVG = "{http://www.w3.org/2000/svg}"


def stats_page(directory: Directory, url: str = "stats/") -> Page:
    return next(page for page in stats.pages(directory, Settings(), str) if page.url == url)


def award(level: str, **fields: object) -> dict[str, object]:
    return {"scheme": "shehui-zuzhi-pinggu", "level": level, "source": "r1", **fields}


def test_each_chamber_counts_once_in_a_row_with_its_best_award() -> None:
    renewed = [award("5a", awarded="2012"), award("5a", awarded="2024")]
    directory = make_directory(make_loaded(ratings=renewed))
    (row,) = stats_page(directory).data["ratings"]
    assert dict(zip(stats.STATES, row.counts, strict=True))["in_force"] == row.total == 1


def told(history: History) -> Directory:
    found = {slug: make_loaded(slug) for slug in ("a", "b", "c")}
    return derive.directory(replace(loaded(), chambers=found), DAY, history=history)


def test_years_of_last_changes_are_those_of_the_history() -> None:
    days = {"a": datetime(2019, 3, 1, tzinfo=UTC), "b": datetime(2024, 5, 6, tzinfo=UTC)}
    directory = told(History(days, days))
    tree = parsed(rendered(stats_page(directory, "stats/completeness/")))
    chart = next(one for one in with_class(tree, "sec") if one.attrib["id"] == "changed")
    assert "2/3 家知道" in texts([chart])[0]
    assert [texts(row) for row in next(chart.iter("tbody"))] == [["2019", "1"], ["2024", "1"]]
    alike = rendered(stats_page(told(History(days, dict.fromkeys(days, days["b"]))), "stats/completeness/"))
    assert "都在2024年。" in alike
    assert 'id="cy"' not in alike
    (ages,) = (table for table in figure_tables(directory) if table.name == "stats/ages")
    assert [(row[0], row[-1]) for row in ages.rows() if row[-1]] == [(2019, 1), (2024, 1)]


@pytest.mark.parametrize("missing", ["shallow", "no git", "preview"])
def test_without_a_whole_history_no_year_of_a_change_is_told(missing: Missing) -> None:
    directory = told(History(missing=missing))
    page = rendered(stats_page(directory, "stats/completeness/"))
    assert ("这份网站生成时没有完整的修改历史" in page) == (missing != "preview")
    assert 'id="cy"' not in page
    (ages,) = (table for table in figure_tables(directory) if table.name == "stats/ages")
    assert {row[-1] for row in ages.rows()} == {None}


def test_rows_of_ratings_hold_every_chamber_of_a_level() -> None:
    directory = real_directory()
    rows = {row.url: row for row in stats_page(directory).data["ratings"]}
    for (scheme, level), entries in directory.by_level.items():
        url = f"ratings/{scheme}/{level}/"
        row = rows[url] if url in rows else rows[f"ratings/{scheme}/"]
        assert row.total == len(entries) == sum(row.counts)


def test_levels_are_counted_by_province_for_today_and_for_all_time() -> None:
    made = {
        "a": ("320282", [award("4a", awarded="2018"), award("5a", awarded="2024")]),
        "b": ("320500", [award("5a", awarded="2012")]),
        "c": ("440300", [award("5a", awarded="2024"), award("5a", awarded="2019")]),
        "d": (None, [award("4a")]),
        "e": ("440300", []),
    }
    directory = make_directory(
        *(make_loaded(slug, region=region, ratings=held) for slug, (region, held) in made.items())
    )
    rows = stats_page(directory, "stats/levels/").data["places"]
    assert [(row.place.title if row.place else None, row.holding, row.total) for row in rows] == [
        ("江苏", 1, 2),
        ("广东", 1, 1),
        (None, 0, 1),
    ]
    assert [[(c.url[-3:-1], c.holding, c.total) for c in row.levels] for row in rows] == [
        [("4a", 0, 1), ("5a", 1, 2)],
        [("5a", 1, 1)],
        [("4a", 0, 1)],
    ]
    shown = texts(with_class(parsed(rendered(stats_page(directory))), "coverage"))
    assert "3/4" in shown


def test_levels_by_province_add_up_to_the_holders_of_each_level() -> None:
    directory = real_directory()
    rows = stats_page(directory, "stats/levels/").data["places"]
    for (scheme, level), entries in directory.by_level.items():
        url = f"ratings/{scheme}/{level}/"
        assert sum(c.total for row in rows for c in row.levels if c.url == url) == len(entries)


def test_parts_of_a_bar_lie_end_to_end() -> None:
    for row in stats_page(real_directory()).data["ratings"]:
        left = 0.0
        for part in row.parts:
            assert part.left == pytest.approx(left)
            left += part.width
        assert left <= 100.5


def test_every_chart_of_bars_is_a_table_with_its_numbers() -> None:
    directory = real_directory()
    page = stats_page(directory)
    shown = [int(text) for text in texts(with_class(parsed(rendered(page)), "v"))]
    drawn = [row.total for row in page.data["charted"]]
    drawn += [row.total for row in page.data["located"]]
    for name in ("industries", "kinds", "regions", "topics", "facts"):
        drawn += [bar.count for bar in page.data[name]]
    assert shown == drawn
    assert sum(bar.count for bar in page.data["kinds"]) == directory.totals.chambers
    assert sum(bar.count for bar in page.data["regions"]) == directory.totals.chambers - len(
        directory.national
    )


def test_columns_count_the_chambers_with_a_year() -> None:
    page = stats_page(real_directory())
    assert sum(count for _year, count in page.data["founded"].years) == page.data["totals"].founded
    ages = page.data["ages"]
    assert (
        sum(c for _y, c in (*ages.earlier, *ages.years)) + page.data["undated"]
        == page.data["totals"].chambers
    )


def test_coverage_stands_under_each_title() -> None:
    page = stats_page(real_directory())
    totals = page.data["totals"]
    shown = texts(with_class(parsed(rendered(page)), "coverage"))
    assert f"{totals.founded}/{totals.chambers}" in shown
    assert len(shown) == 8


def test_a_bar_is_as_long_as_its_share_of_the_longest() -> None:
    assert [bar.width for bar in bars([("a", None, 8), ("b", None, 2), ("c", None, 0)])] == [100.0, 25.0, 0.0]


def test_bars_beyond_the_limit_are_one_row_unless_that_row_would_hold_one() -> None:
    rows = [(str(n), None, 10 - n) for n in range(6)]
    assert [bar.count for bar in bars(rows, 4)] == [10, 9, 8, 7, 11]
    assert len(bars(rows, 5)) == 6


def test_years_long_ago_are_told_and_not_drawn() -> None:
    found = columns({1912: 1, 2004: 11, 2024: 1})
    assert found is not None
    assert found.earlier == ((1912, 1),)
    assert [column.year for column in found.columns] == [2004, 2024]


def test_columns_stay_inside_their_picture() -> None:
    for peak in (1, 7, 11, 160, 9999):
        found = columns({2000: 1, 2024: peak})
        assert found is not None
        assert all(c.x >= 0 and c.x + c.width <= WIDTH and c.y >= 0 for c in found.columns)
        assert len(found.lines) <= 10
        assert found.lines[-1][1] >= peak


def test_no_year_no_chart() -> None:
    assert columns({}) is None
    parsed(rendered(stats_page(make_directory(make_loaded(founded=None)))))


def test_totals_without_names_are_told_and_not_charted() -> None:
    page = stats_page(real_directory())
    assert "南京市星级基层商会" in [item.scheme for item in page.data["unlisted"]]
    assert not any("南京" in row.label for row in page.data["ratings"])


def test_every_chart_of_each_page_has_a_table_and_a_file() -> None:
    directory = real_directory()
    files = {f"{table.name.removeprefix('stats/')}.csv" for table in figure_tables(directory)}
    named = set()
    for page in stats.pages(directory, Settings(), str):
        body = parsed(rendered(page))
        for section in body.iter("section"):
            if not list(section.iter(f"{SVG}svg")):
                continue
            links = [a.get("href", "") for a in section.iter("a")]
            csv = [href.rpartition("/")[2] for href in links if href.startswith(page.root + stats.TABLES)]
            assert csv, (page.url, section.get("id"))
            assert list(section.iter("table")), (page.url, section.get("id"))
            named |= set(csv)
    assert named | {"completeness_by_region.csv"} == files


def test_a_drawn_chart_of_years_is_an_image_with_a_title_and_its_table_beside_it() -> None:
    body = parsed(rendered(stats_page(real_directory(), "stats/completeness/")))
    drawn = [svg for svg in body.iter(f"{SVG}svg") if svg.get("role") == "img"]
    assert len(drawn) == 2
    for svg in drawn:
        ids = (svg.get("aria-labelledby") or "").split()
        assert [
            node.tag.removeprefix(SVG) for id_ in ids for node in svg.iter() if node.get("id") == id_
        ] == [
            "title",
            "desc",
        ]
        assert "最多" in "".join(svg[1].itertext())
    assert len(with_class(body, "years")) == 2


def test_completeness_counts_each_fact_in_each_place() -> None:
    told = {
        "contact": {"phone": "0510-87654321", "address": "人民路1号"},
        "founded": "2003",
    }
    directory = make_directory(
        make_loaded("a", region="320282", **told),
        make_loaded("b", region="320500"),
        make_loaded("c", region=None),
    )
    page = stats_page(directory, "stats/completeness/")
    facts = {bar.label: (bar.count, bar.width) for bar in page.data["facts"]}
    assert facts["办公电话"] == facts["地址"] == (1, 33.3)
    assert facts["统一社会信用代码"] == (0, 0.0)
    at = page.data["titles"].index("办公电话")
    assert [
        (row.place.title if row.place else None, row.chambers, row.counts[at]) for row in page.data["places"]
    ] == [("江苏", 2, 1), (None, 1, 0)]


def test_a_directory_without_chambers_has_its_pages() -> None:
    for page in stats.pages(make_directory(), Settings(), str):
        assert parsed(rendered(page)) is not None
