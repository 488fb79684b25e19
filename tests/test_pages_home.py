"""The home page and the map on it."""

from __future__ import annotations

from factories import make_loaded
from planning import make_directory, parsed, plan, real_directory, rendered, targets, texts, with_class

from chamberbook.derive import Directory
from chamberbook.pages import home
from chamberbook.pages.model import Page
from chamberbook.pages.tiles import tile_map
from chamberbook.settings import Settings


def home_page(directory: Directory) -> Page:
    return next(home.pages(directory, Settings(), str))


def test_the_numbers_are_those_of_the_directory() -> None:
    directory = real_directory()
    totals = directory.totals
    box = with_class(parsed(rendered(home_page(directory))), "counts")[0]
    figures = [int(text.split()[0].replace(",", "")) for text in texts(box.iter("dd"))]
    assert figures == [totals.chambers, totals.charters, totals.provinces, totals.sources]


def test_tiles_and_the_provinces_own_chambers_make_up_the_province() -> None:
    directory = real_directory()
    area = home_page(directory).data["area"]
    assert area.tiles is not None
    assert area.own + sum(tile.count for tile in area.tiles.tiles) == area.tiles.count


def test_each_tile_has_a_place_of_its_own() -> None:
    directory = real_directory()
    found = tile_map(directory, directory.regions["320000"])
    assert found is not None
    assert len({(tile.x, tile.y) for tile in found.tiles}) == len(found.tiles) == 13


def test_darkest_tiles_have_most_chambers_and_empty_ones_none() -> None:
    directory = make_directory(
        *(make_loaded(f"a{n}", name=f"苏州示例{n}商会", region="320500") for n in range(10)),
        make_loaded("b", name="徐州示例商会", region="320300"),
    )
    found = tile_map(directory, directory.regions["320000"])
    assert found is not None
    shades = {tile.name: tile.shade for tile in found.tiles}
    assert (shades["苏州"], shades["徐州"], shades["盐城"]) == (4, 1, 0)


def test_an_empty_tile_leads_to_its_place_in_the_index() -> None:
    directory = make_directory(make_loaded(region="320282"))
    planned = plan(directory)
    anchors = {element.attrib.get("id") for element in parsed(rendered(planned["regions/"])).iter()}
    empty = [tile for tile in planned[""].data["area"].tiles.tiles if not tile.count]
    assert len(empty) == 12
    assert all(tile.url.removeprefix("regions/#") in anchors for tile in empty)


def test_a_province_without_known_places_gets_a_list() -> None:
    directory = make_directory(make_loaded(name="杭州示例商会", region="330100"))
    page = home_page(directory)
    assert page.data["area"].tiles is None
    tree = parsed(rendered(page))
    assert "regions/330100/" in targets(page, tree)
    assert with_class(tree, "tile") == []


def test_a_directory_of_national_chambers_has_no_section_of_regions() -> None:
    page = home_page(make_directory(make_loaded(name="全国示例商会", region=None)))
    assert page.data["area"] is None
    parsed(rendered(page))


def test_totals_without_names_are_shown_as_such_and_counted_nowhere() -> None:
    directory = real_directory()
    lines = {line.title: line for line in home_page(directory).data["schemes"]}
    stars = lines["南京市星级基层商会"].levels
    assert [(level.mark.stars, level.text) for level in stars] == [(5, "30家"), (4, "51家，名单未公布")]
    assert "nanjing-xingji-jiceng" not in directory.by_scheme


def test_titles_are_words_and_letters_are_letters() -> None:
    lines = {line.title: line for line in home_page(real_directory()).data["schemes"]}
    assert [level.mark for level in lines["全国“四好”商会"].levels] == [None]
    assert [level.mark.words for level in lines["社会组织评估等级"].levels] == ["5A", "4A"]


def test_newest_material_comes_first_and_names_its_source() -> None:
    recent = home_page(real_directory()).data["recent"]
    days = [item.verified.last_day for item in recent]
    assert days == sorted(days, reverse=True)
    assert all(item.title and item.publisher for item in recent)


def test_example_queries_name_what_is_there() -> None:
    directory = real_directory()
    trade, place, *topics = home_page(directory).data["examples"]
    assert any(industry.title == f"{trade}业" for industry in directory.industries.values())
    assert place.endswith(f" {trade}")
    assert {topic.title for topic in directory.topics.values()} >= set(topics)


def test_the_search_form_works_without_a_script() -> None:
    form = next(parsed(rendered(home_page(real_directory()))).iter("form"))
    assert (form.attrib["method"], form.attrib["action"]) == ("get", "search/")
    assert [field.attrib["name"] for field in form.iter("input")] == ["q"]
