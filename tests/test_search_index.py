"""What Pagefind gets of a directory, what it makes of it, and what is said when it cannot."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from building import ROOT
from pydantic import BaseModel

from chamberbook import load, search
from chamberbook.cache import Cache
from chamberbook.derive import Directory, directory
from chamberbook.search import tokens as t
from chamberbook.search.data import query_data
from chamberbook.search.fields import (
    Cutter,
    Value,
    chamber_fields,
    charter_fields,
    searched_text,
    value_fields,
)
from chamberbook.search.generic import bare_place, contractions, core
from chamberbook.search.hanzi import hanzi_of
from chamberbook.search.rows import row_files
from chamberbook.search.seen import UNSEEN
from chamberbook.search.table import NAMED, facets, orders, records, value_texts
from chamberbook.search.words import WORDS
from chamberbook.settings import Settings

AS_OF = date(2026, 11, 23)
SCRIPTS = ROOT / "templates/theme/assets/search"


@pytest.fixture(scope="module")
def real() -> Directory:
    return directory(load.read_all(ROOT), AS_OF)


@pytest.fixture(scope="module")
def cutter(real: Directory) -> Cutter:
    return Cutter(hanzi_of(searched_text(real.chambers)))


@pytest.fixture(scope="module")
def built(real: Directory, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of search of the real directory."""
    out = tmp_path_factory.mktemp("search")
    (out / "pagefind").mkdir()
    (out / "pagefind" / "old.pf_index").write_text("old")
    search.index(real, out, [search.View(Settings())])
    return out


def numbers(text: str) -> list[int]:
    """A column of the table, read as table.js reads it."""
    alphabet = [chr(code) for code in range(35, 127) if chr(code) != "\\"]
    width, digits = int(text[0]), [alphabet.index(char) for char in text[1:]]
    size = len(digits) // width
    return [sum(digits[place * size + at] * 91**place for place in range(width)) for at in range(size)]


def values(real: Directory, name: str) -> list[tuple[str, ...]]:
    """The values of each record that has the facet."""
    facet = facets(real)[name]
    return [tuple(facet["values"][at] for at in facet["sets"][number]) for number in numbers(facet["of"])]


def has(tokens: Sequence[str], text: str, cutter: Cutter) -> bool:
    """Whether the words of the text stand there in a row."""
    wanted = cutter.line(text)
    return any(list(tokens[at : at + len(wanted)]) == wanted for at in range(len(tokens)))


def without_unseen(record: BaseModel, unseen: Mapping[str, Any]) -> BaseModel:
    """The record as it would be, had it never held what search does not see; in the records in it too."""
    needed: dict[str, Any] = {"source": (), "sources": {}}
    update: dict[str, Any] = {}
    for name, what in unseen.items():
        if what is True:
            default = type(record).model_fields[name].get_default(call_default_factory=True)
            update[name] = needed.get(name, default)
        elif isinstance(what, Mapping):
            update[name] = tuple(
                without_unseen(one, dict.fromkeys(what["__all__"], True)) for one in getattr(record, name)
            )
        else:
            raise AssertionError(name)
    return record.model_copy(update=update)


def seen(one: Directory) -> bytes:
    return search.seen_digest(one, Settings(), str, Cache(None))


def test_search_sees_nothing_of_the_fields_that_are_named_as_unseen(
    real: Directory, built: Path, tmp_path: Path
) -> None:
    loaded = load.read_all(ROOT)
    bare = {
        slug: replace(one, chamber=without_unseen(one.chamber, UNSEEN))
        for slug, one in loaded.chambers.items()
    }
    stripped = directory(replace(loaded, chambers=bare), AS_OF)
    assert stripped.chambers != real.chambers
    assert seen(stripped) == seen(real)
    search.index(stripped, tmp_path, [search.View(Settings())])
    one, two = tree(built), tree(tmp_path)
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []


@pytest.mark.parametrize(
    "change",
    [{"name": "苏州市示例商会"}, {"aliases": ("示例",)}, {"trade": "示例"}, {"region": "320000"}, {"founded": None},
     {"charters": ()}, {"ratings": ()}, {"status": "dissolved"}, {"verified": None}],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_an_edit_that_search_sees_changes_what_stands_for_it(real: Directory, change: dict[str, Any]) -> None:
    loaded = load.read_all(ROOT)
    ((name, value),) = change.items()
    slug, one = next(item for item in loaded.chambers.items() if getattr(item[1].chamber, name) != value)
    edited = replace(one, chamber=one.chamber.model_copy(update=change), digest=b"other")
    assert seen(directory(replace(loaded, chambers={**loaded.chambers, slug: edited}), AS_OF)) != seen(real)


def test_a_day_on_which_an_award_ends_changes_what_stands_for_search_and_others_do_not(
    real: Directory,
) -> None:
    ends = min(
        award.ends
        for entry in real.chambers
        for award in entry.awards
        if award.state == "in_force" and award.ends
    )
    loaded = load.read_all(ROOT)
    assert seen(directory(loaded, AS_OF)) == seen(real)
    assert seen(directory(loaded, ends + timedelta(days=1))) != seen(real)


def test_every_chamber_and_every_charter_has_one_row(real: Directory) -> None:
    urls = [row["url"] for row in row_files(records(real)).rows]
    assert urls == [e.url for e in real.chambers] + [c.url for c in real.charters]


def test_files_of_rows_hold_every_row_once_in_each_order(real: Directory) -> None:
    found = row_files(records(real))
    assert set(found.starts) == {"name", "trade"}
    for order in found.starts:
        rows = [row for name, part in found.files() if name.startswith(order) for row in part]
        assert sorted(row["url"] for row in rows) == sorted(row["url"] for row in found.rows)
        assert max(len(part) for name, part in found.files() if name.startswith(order)) <= 50


def test_every_order_ranks_every_chamber(real: Directory) -> None:
    for order in orders(real).values():
        assert len(numbers(order)) == len(real.chambers)


def test_founded_sorts_the_oldest_first_and_the_unknown_last(real: Directory) -> None:
    ranks = numbers(orders(real)["founded"])
    in_order = sorted(range(len(ranks)), key=lambda at: ranks[at])
    known = [real.chambers[at].chamber.founded for at in in_order]
    dates = [when.first_day for when in known if when]
    assert dates == sorted(dates)
    assert known[len(dates) :] == [None] * (len(known) - len(dates))


def test_a_chamber_is_filed_under_every_region_and_industry_around_it(real: Directory) -> None:
    at = [e.slug for e in real.chambers].index("yixing-canyinye")
    assert values(real, "region")[at] == ("320000", "320200", "320282")
    assert values(real, "industry")[at] == ("H", "H62")


def test_facets_count_as_the_static_lists_do(real: Directory) -> None:
    def count(name: str, value: str) -> int:
        return sum(value in one for one in values(real, name))

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
    assert all(count("topic", topic) == len(found) for topic, found in real.charters_by_topic.items())


def test_a_charter_is_found_by_its_title_kind_and_text(real: Directory, cutter: Cutter) -> None:
    entry = next(c for c in real.charters if c.url == "charters/suzhou-canyinye/jinzhi-jiage-qizha/")
    fields = charter_fields(entry, cutter)
    assert has(fields.charter, "价格欺诈", cutter)
    assert has(fields.charter, entry.type.title, cutter)
    assert has(fields.text, "顾客", cutter)


def test_places_industries_levels_and_topics_are_words_once_for_all_records(real: Directory) -> None:
    found = value_texts(real)
    texts = {(value.facet, value.text) for value in found}
    assert len(found) == sum(len(facets(real)[name]["values"]) for name in NAMED)
    assert {("region", "苏州市"), ("industry", "餐饮业"), ("topic", "食品安全")} <= texts
    assert {
        ("rating", scheme.short_name) for id_, scheme in real.schemes.items() if id_ in real.by_scheme
    } <= texts
    english = {(value.facet, value.english) for value in found}
    assert {("region", "Suzhou City"), ("industry", "Catering"), ("topic", "Food safety")} <= english
    assert ("rating", "National Four Good chambers") in english


def test_words_in_english_are_found_in_plural_and_singular_and_by_their_beginning(cutter: Cutter) -> None:
    about = set(value_fields(Value("industry", "纺织业", "Textiles and industry (glass)"), cutter).about)
    asked = ("textiles", "textile", "texti", "industries", "industry", "glass")
    assert {t.word(one) for one in asked} <= about
    # Four letters may be pinyin; what an English word is not called is not there.
    assert not {t.word(one) for one in ("text", "glas", "gla")} & about
    place = set(value_fields(Value("region", "宜兴市", "Yixing City"), cutter).about)
    assert {t.word("yixing"), t.word("city")} <= place
    assert t.word("yixin") not in place


def test_an_english_name_is_found_in_one_piece_and_by_the_beginnings_of_its_words(
    real: Directory, cutter: Cutter
) -> None:
    entry = real.by_slug["suzhou-canyinye"]
    name = "Suzhou Catering Chamber of Commerce"
    entry = replace(entry, chamber=entry.chamber.model_copy(update={"name_en": name}))
    fields = chamber_fields(entry, cutter)
    assert has(fields.alias, name, cutter)
    assert t.word("cat") in fields.alias
    assert t.word("ca") not in fields.alias


def test_the_readings_of_a_short_name_are_those_of_the_long_one() -> None:
    """重庆 is chóngqìng also where it stands without 市."""
    cutter = Cutter(t.Hanzi())
    cutter.known("重庆市调味品商会", ("chong", "qing", "shi", "tiao", "wei", "pin", "shang", "hui"))
    cutter.known("重庆调味品", cutter.readings("重庆市调味品商会"), "重庆市调味品商会")
    assert cutter.readings("重庆调味品") == ["chong", "qing", "tiao", "wei", "pin"]


def test_the_lanes_of_a_name_begin_with_its_first_character(real: Directory, cutter: Cutter) -> None:
    entry = real.by_slug["suzhou-canyinye"]
    fields = chamber_fields(entry, cutter)
    name = entry.chamber.name
    assert list(fields.name) == t.pairs(name)
    assert list(fields.singles) == t.singles(name)
    assert list(fields.syllables)[:3] == [t.syllable(part) for part in ("su", "zhou", "shi")]
    assert list(fields.initials)[:2] == t.initials("szs")


def test_a_credit_code_is_found_by_its_beginnings(real: Directory, cutter: Cutter) -> None:
    entry = next(e for e in real.chambers if e.chamber.uscc)
    code = str(entry.chamber.uscc).lower()
    alias = set(chamber_fields(entry, cutter).alias)
    assert {t.word(code[:size]) for size in (6, 11, 18)} <= alias


@pytest.mark.parametrize(
    ("name", "slug", "short"),
    [
        ("苏州市房地产业协会", "suzhou-canyinye", ["房协", "苏房协"]),
        ("苏州市餐饮行业协会", "suzhou-canyinye", ["餐协", "苏餐协"]),
        ("苏州市餐饮业商会", "suzhou-canyinye", []),
        ("苏州市协会", "suzhou-canyinye", []),
    ],
)
def test_a_name_that_ends_in_xiehui_is_contracted_by_rule(
    real: Directory, name: str, slug: str, short: list[str]
) -> None:
    assert contractions(name, [], real.by_slug[slug].place) == short


def test_provinces_and_all_of_china_have_their_own_character(real: Directory) -> None:
    national = next(e for e in real.chambers if e.place.region is None)
    assert contractions("中国汽车工业协会", [], national.place) == ["汽协", "中汽协"]
    province = next(e for e in real.chambers if e.place.region and e.place.region.code == "320000")
    assert contractions("江苏省房地产协会", [], province.place) == ["房协", "苏房协"]


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


def test_the_data_for_queries_knows_places_trades_and_every_syllable_of_a_name(
    real: Directory, cutter: Cutter
) -> None:
    data: dict[str, Any] = query_data(real, Settings(), cutter, lambda text: text)
    assert {"苏州", "苏州市", "餐饮", "商会"} <= set(data["known"]) | set(data["bodies"])
    assert data["known"]["苏州"] == "su zhou"
    assert {"su", "zhou", "lv", "lu"} <= set(data["syllables"].split())


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_index_is_whole_and_nothing_else_is_left(built: Path) -> None:
    assert {path.name for path in built.iterdir()} == {"pagefind", "search"}
    assert not (built / "pagefind" / "old.pf_index").exists()
    kinds = {re.sub(r"unknown_\w+|unknown\.unknown_\w+", "*", name) for name in tree(built / "pagefind")}
    assert kinds == {
        "pagefind.js", "pagefind-entry.json", "wasm.unknown.pagefind", "pagefind.*.pf_meta", "index/*.pf_index",
    }  # fmt: skip
    assert all(tree(built).values())
    for path in built.glob("pagefind/**/*.pf_*"):
        assert gzip.decompress(path.read_bytes())


def test_two_indexes_of_the_same_records_are_equal_to_the_byte(
    real: Directory, built: Path, tmp_path: Path
) -> None:
    search.index(real, tmp_path, [search.View(Settings())])
    assert tree(tmp_path) == tree(built)


def test_the_scripts_say_every_word_and_no_other() -> None:
    scripts = "\n".join(path.read_text("utf-8") for path in sorted(SCRIPTS.glob("*.js")))
    asked = set(re.findall(r'\bsay(?:Nodes)?\(\s*"(\w+)"', scripts))
    assert asked <= set(WORDS)
    unused = {key for key in WORDS if not re.search(rf'"{key}"|\b{key}:', scripts)}
    assert unused == set()


def test_scripts_build_elements_and_never_parse_markup() -> None:
    for path in sorted(SCRIPTS.glob("*.js")):
        text = path.read_text("utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|DOMParser", text
        ), path
        assert len(text.splitlines()) <= 400, path
