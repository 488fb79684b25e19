"""The results of several sites as one list: where one stands does not depend on how large its site is."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from scripting import Modules

MERGED = "(await m.merged(v[0], v[1], v[2], async (one) => one.row)).map((one) => one.id)"


@pytest.fixture(scope="module")
def modules() -> Iterator[Modules]:
    with Modules() as found:
        yield found


def results(site: str, *ranks: int, guess: bool = False) -> list[dict[str, Any]]:
    return [{"id": f"{site}{at}", "rank": rank, "guess": guess} for at, rank in enumerate(ranks)]


def merged(modules: Modules, lists: list[list[dict[str, Any]]], sort: str = "", until: int = 99) -> list[str]:
    return list(modules.ask("search/merge.js", MERGED, lists, sort, until))


def test_a_better_class_comes_first_whatever_its_site(modules: Modules) -> None:
    assert merged(modules, [results("a", 2, 3), results("b", 0, 3)]) == ["b0", "a0", "a1", "b1"]


def test_within_a_class_the_sites_take_turns(modules: Modules) -> None:
    large, small = results("a", *[1] * 6), results("b", 1, 1)
    assert merged(modules, [large, small]) == ["a0", "b0", "a1", "b1", "a2", "a3", "a4", "a5"]


def test_a_larger_site_does_not_move_the_results_of_a_small_one(modules: Modules) -> None:
    """Ten times as many results of the other site behind its best ones change nothing at the top."""
    small = results("b", 0, 1, 1)
    some, many = results("a", 1, 1, 1), results("a", *[1] * 30)
    assert merged(modules, [some, small])[:5] == merged(modules, [many, small])[:5]


def test_guesses_stand_behind_everything_that_was_found(modules: Modules) -> None:
    found = merged(modules, [results("a", 0, 0, guess=True), results("b", 3)])
    assert found == ["b0", "a0", "a1"]


def test_each_site_keeps_its_own_order_and_nothing_is_lost(modules: Modules) -> None:
    chance = random.Random(5)
    lists = [results(site, *sorted(chance.choices(range(4), k=chance.randrange(40)))) for site in "abcd"]
    found = merged(modules, lists)
    by_site = defaultdict(list)
    for one in found:
        by_site[one[0]].append(one)
    assert [by_site[site] for site in "abcd"] == [[one["id"] for one in part] for part in lists]


def test_an_order_is_that_of_the_keys_as_far_as_is_asked(modules: Modules) -> None:
    def dated(site: str, *keys: int) -> list[dict[str, Any]]:
        return [
            {"id": f"{site}{key}", "rank": 0, "guess": False, "row": {"name": site, "keys": {"founded": key}}}
            for key in keys
        ]

    lists = [dated("a", 1, 4, 9), dated("b", 2, 3, 11)]
    assert merged(modules, lists, "founded") == ["a1", "b2", "b3", "a4", "a9", "b11"]
    assert merged(modules, lists, "founded", 2)[:2] == ["a1", "b2"]
    assert sorted(merged(modules, lists, "founded", 2)) == sorted(merged(modules, lists, "founded"))


def test_names_are_ordered_by_their_pinyin(modules: Modules) -> None:
    def named(*names: str) -> list[dict[str, Any]]:
        return [{"id": name, "rank": 0, "guess": False, "row": {"name": name}} for name in names]

    found = merged(modules, [named("北京商会", "苏州商会"), named("常州商会", "扬州商会")], "name")
    assert found == ["北京商会", "常州商会", "苏州商会", "扬州商会"]


def test_counts_of_several_sites_are_added(modules: Modules) -> None:
    counts = [{"region": {"32": 3, "33": 1}}, {"region": {"32": 2}, "kind": {"x": 1}}]
    assert modules.ask("search/merge.js", "m.mergedCounts(v[0])", counts) == {
        "region": {"32": 5, "33": 1},
        "kind": {"x": 1},
    }
