"""The names that are suggested while somebody types: what each entry says, and the tree of a large directory."""

from __future__ import annotations

from typing import Any

import pytest
from building import ROOT
from factories import make_loaded
from test_search_index import AS_OF

from chamberbook import load, messages
from chamberbook.derive import Directory, directory
from chamberbook.languages import language
from chamberbook.load import Loaded
from chamberbook.localized import in_language
from chamberbook.search import tokens as t
from chamberbook.search.fields import (
    Cutter,
    han_syllables,
    searched_text,
)
from chamberbook.search.hanzi import hanzi_of
from chamberbook.search.names import WHOLE, names, said, suggestions


@pytest.fixture(scope="module")
def real() -> Directory:
    return directory(load.read_all(ROOT), AS_OF)


@pytest.fixture(scope="module")
def cutter(real: Directory) -> Cutter:
    return Cutter(hanzi_of(searched_text(real.chambers)))


def test_names_of_places_and_levels_in_suggestions_have_their_english(real: Directory) -> None:
    seen = in_language(real, language("en", "en/", "en_GB"), messages.translate("en"))
    found = said(real, seen)
    assert found["宜兴"] == "Yixing"
    assert found["社会组织评估 5A"] == "Social organisation grades 5A"


def test_where_words_begin_the_pinyin_of_a_suggestion_has_a_capital(real: Directory, cutter: Cutter) -> None:
    plain, marked = suggestions(real, cutter), suggestions(real, cutter, foreign=True)
    assert [one["pinyin"].lower() for one in marked] == [one["pinyin"] for one in plain]
    taoci = next(one for one in marked if one["name"] == "宜兴市工业陶瓷同业商会")
    assert taoci["pinyin"] == "Yi xing Shi Gong ye Tao ci Tong ye Shang hui"


def test_suggestions_hold_a_reading_for_each_character(real: Directory, cutter: Cutter) -> None:
    for one in suggestions(real, cutter):
        assert len(one["pinyin"].split()) == len(one["name"])


@pytest.fixture(scope="module")
def many(real: Directory) -> dict[str, dict[str, Any]]:
    """The files of names of a directory that is too large for one file, by their paths without `.json`."""
    places = sorted(code for code, region in real.regions.items() if region.level == "county")[
        : WHOLE // 2 + 1
    ]
    chambers = {
        f"c{at}-{kind}": make_loaded(
            f"c{at}-{kind}", name=f"{real.regions[code].name}{trade}商会", region=code
        )
        for at, code in enumerate(places)
        for kind, trade in (("a", "丝绸"), ("b", "旅游"))
    }
    vocabulary = load.read_all(ROOT).vocabulary
    loaded = Loaded(
        vocabulary=vocabulary, schemes={}, federations={}, chambers=chambers, tombstones={}, problems=(), files={},
        unread=frozenset(),
    )  # fmt: skip
    found = directory(loaded, AS_OF)
    assert len(found.chambers) > WHOLE
    return {path.removesuffix(".json"): content for path, content in names(found, Cutter(t.Hanzi()))}


def reached(many: dict[str, dict[str, Any]], typed: str) -> list[str]:
    """The names of the file that what is typed leads to, as names.js walks."""
    found, key = many["names/index"], ""
    for char in typed:
        if char not in found["deeper"]:
            break
        key += f"{'-' if key else ''}{ord(char):x}"
        found = many[f"names/{key}"]
    return [entry["name"] for entry in found["entries"]]


def test_a_large_directory_suggests_a_name_by_each_of_its_beginnings(many: dict[str, dict[str, Any]]) -> None:
    name = next(e["name"] for e in many["names/" + f"{ord('桐'):x}"]["entries"] if e["name"].startswith("桐"))
    place = name.removesuffix("商会")[:-2]
    bare = place[:-1] if len(place) > 2 else place
    spoken = "".join(han_syllables(name))
    letters = "".join(part[0] for part in han_syllables(name))
    for typed in (name, f"{bare}{name[-4:-2]}", spoken, letters):
        assert name in reached(many, typed), typed


def test_no_file_of_names_is_large_and_every_one_can_be_reached(many: dict[str, dict[str, Any]]) -> None:
    assert max(len(content["entries"]) for content in many.values()) <= 150
    below = {
        f"{path}-{ord(char):x}" if path != "names/index" else f"names/{ord(char):x}"
        for path, content in many.items()
        for char in content["deeper"]
    }
    assert below == set(many) - {"names/index"}
