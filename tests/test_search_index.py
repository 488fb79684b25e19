"""What Pagefind gets of a directory, what it makes of it, and what is said when it cannot."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from building import ROOT

from chamberbook import load, search
from chamberbook.derive import Directory, directory
from chamberbook.problems import WrongUse
from chamberbook.search import tokens as t
from chamberbook.search.data import query_data, suggestions
from chamberbook.search.fields import searched_text
from chamberbook.search.generic import bare_place, core
from chamberbook.search.hanzi import hanzi_of
from chamberbook.search.index import check_output, find_pagefind, run_pagefind
from chamberbook.search.shadow import ROW_BASE, Shadow, shadows
from chamberbook.search.words import WORDS
from chamberbook.settings import Settings

AS_OF = date(2026, 11, 23)


@pytest.fixture(scope="module")
def real() -> Directory:
    return directory(load.read_all(ROOT), AS_OF)


@pytest.fixture(scope="module")
def found(real: Directory) -> Mapping[str, Shadow]:
    return {shadow.url: shadow for shadow in shadows(real, hanzi_of(searched_text(real.chambers)))}


def tokens(text: str) -> set[str]:
    return set(t.tokens(text, t.Hanzi()))


def test_every_chamber_and_every_charter_is_a_record(real: Directory, found: Mapping[str, Shadow]) -> None:
    assert set(found) == {e.url for e in real.chambers} | {c.url for c in real.charters}


def test_every_record_has_every_sort_key_and_no_place_twice(found: Mapping[str, Shadow]) -> None:
    """A record without the key vanishes from a list sorted by it."""
    for key in ("name", "rated", "founded", "verified"):
        assert sorted(shadow.sorts[key] for shadow in found.values()) == list(range(len(found)))


def test_founded_sorts_the_oldest_first_and_the_unknown_last(
    real: Directory, found: Mapping[str, Shadow]
) -> None:
    in_order = sorted(real.chambers, key=lambda e: found[e.url].sorts["founded"])
    known = [e.chamber.founded for e in in_order]
    dates = [when.first_day for when in known if when]
    assert dates == sorted(dates)
    assert known[len(dates) :] == [None] * (len(known) - len(dates))


def test_a_chamber_is_filed_under_every_region_around_it(found: Mapping[str, Shadow]) -> None:
    assert found["chambers/yixing-canyinye/"].filters["region"] == ("320000", "320200", "320282")


def test_a_chamber_is_filed_under_its_section_and_division(found: Mapping[str, Shadow]) -> None:
    assert found["chambers/yixing-canyinye/"].filters["industry"] == ("H", "H62")


def test_filters_count_as_the_static_lists_do(real: Directory, found: Mapping[str, Shadow]) -> None:
    chambers = [shadow for shadow in found.values() if shadow.filters["record"] == ("chamber",)]

    def count(name: str, value: str) -> int:
        return sum(value in shadow.filters.get(name, ()) for shadow in chambers)

    assert all(count("region", code) == len(entries) for code, entries in real.by_region.items())
    assert all(count("industry", code) == len(entries) for code, entries in real.by_industry.items())
    assert all(count("kind", kind) == len(entries) for kind, entries in real.by_kind.items())
    assert all(count("rating", scheme) == len(entries) for scheme, entries in real.by_scheme.items())
    assert all(count("rating", ":".join(level)) == len(entries) for level, entries in real.by_level.items())
    for scheme, level in real.by_level:
        holding = [
            entry
            for entry in real.chambers
            if any(a.holds and (a.scheme_id, a.level.id) == (scheme, level) for a in entry.awards)
        ]
        assert count("rating", f"{scheme}:{level}:in_force") == len(holding)
    assert count("rating", "none") == sum(not entry.awards for entry in real.chambers)


def test_a_chamber_is_found_by_the_titles_and_topics_of_its_charters(found: Mapping[str, Shadow]) -> None:
    words = set(found["chambers/suzhou-canyinye/"].fields.charter)
    assert tokens("价格欺诈") <= words
    assert tokens("食品安全") <= words


def test_a_charter_is_found_by_its_summary_and_its_chamber(found: Mapping[str, Shadow]) -> None:
    fields = found["charters/suzhou-canyinye/jinzhi-jiage-qizha/"].fields
    assert tokens("顾客") <= set(fields.text)
    assert tokens("苏州") | tokens("餐饮业") <= set(fields.about)


def test_a_name_without_its_markers_is_found_in_one_piece(real: Directory) -> None:
    places = real.by_slug["suzhou-canyinye"].place.chain
    assert core("苏州市工商联餐饮业商会", places) == "苏州餐饮业"


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("苏州市", "苏州"),
        ("吴中区", "吴中"),
        ("内蒙古自治区", "内蒙古"),
        ("丰县", "丰县"),
        ("如东县", "如东"),
    ],
)
def test_places_lose_the_character_that_people_leave_out(name: str, bare: str) -> None:
    assert bare_place(name) == bare


def test_what_a_result_shows_adds_no_word_to_the_index(found: Mapping[str, Shadow]) -> None:
    shadow = found["chambers/suzhou-canyinye/"]
    html = shadow.html()
    row = re.findall(r'meta="row">([^<]*)<', html)[0]
    assert not any(char.isalnum() for char in row)
    assert json.loads(bytes(ord(char) - ROW_BASE for char in row)) == dict(shadow.row)


def test_the_shadow_is_the_same_each_time(real: Directory, found: Mapping[str, Shadow]) -> None:
    again = shadows(real, hanzi_of(searched_text(real.chambers)))
    assert [shadow.html() for shadow in again] == [shadow.html() for shadow in found.values()]


def test_the_data_for_queries_knows_places_trades_and_every_syllable_of_a_name(real: Directory) -> None:
    data: dict[str, Any] = query_data(
        real, Settings(), hanzi_of(searched_text(real.chambers)), lambda text: text
    )
    assert {"苏州", "苏州市", "餐饮", "商会"} <= set(data["known"]) | set(data["bodies"])
    assert data["known"]["苏州"] == "su zhou"
    assert {"su", "zhou", "lv", "lu"} <= set(data["syllables"].split())


def test_suggestions_hold_a_reading_for_each_character(real: Directory) -> None:
    for one in suggestions(real, t.Hanzi()):
        assert len(one["pinyin"].split()) == len(one["name"])


def test_the_index_of_the_real_directory_is_whole_and_nothing_else_is_left(
    real: Directory, tmp_path: Path
) -> None:
    (tmp_path / "pagefind").mkdir()
    (tmp_path / "pagefind" / "old.pf_index").write_text("old")
    search.index(real, tmp_path, Settings())
    assert not (tmp_path / "pagefind" / "old.pf_index").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"pagefind", "search"}
    assert {path.name for path in (tmp_path / "search").iterdir()} == {
        "data.json",
        "facets.json",
        "suggest.json",
    }
    check_output(tmp_path / "pagefind", len(real.chambers) + len(real.charters))
    assert not list((tmp_path / "pagefind").glob("*ui*"))


def test_an_empty_file_of_the_index_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "pagefind.js").touch()
    with pytest.raises(WrongUse, match=r"pagefind\.js"):
        check_output(tmp_path, 0)


def test_a_missing_part_of_the_index_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="wasm"):
        check_output(tmp_path, 0)


def test_a_program_that_cannot_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="nowhere"):
        run_pagefind(tmp_path / "nowhere", tmp_path, tmp_path / "out")


def test_the_plain_program_is_used() -> None:
    assert find_pagefind().stem == "pagefind"


def test_the_scripts_say_every_word_and_no_other() -> None:
    scripts = "\n".join(
        path.read_text("utf-8") for path in sorted((ROOT / "templates/theme/assets/search").glob("*.js"))
    )
    asked = set(re.findall(r'\bsay(?:Nodes)?\(\s*"(\w+)"', scripts))
    assert asked <= set(WORDS)
    unused = {key for key in WORDS if not re.search(rf'"{key}"|\b{key}:', scripts)}
    assert unused == set()


def test_scripts_build_elements_and_never_parse_markup() -> None:
    for path in sorted((ROOT / "templates/theme/assets/search").glob("*.js")):
        text = path.read_text("utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|DOMParser", text
        ), path
        assert len(text.splitlines()) <= 300, path
