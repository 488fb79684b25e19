"""How records lie in an index: columns of numbers, and the places of words on a page."""

from __future__ import annotations

import pytest
from test_search_index import numbers

from chamberbook.search.layout import GAP, Fields, groups
from chamberbook.search.table import _numbers


@pytest.mark.parametrize("largest", [0, 90, 91, 8280, 8281, 700_000])
def test_numbers_of_any_size_come_back_from_a_column(largest: int) -> None:
    found = [0, largest // 2, largest, 1 % (largest + 1)]
    assert numbers(_numbers(found)) == found


def test_a_page_tells_record_field_and_order_by_the_place_of_a_word() -> None:
    found = [
        Fields(name=["a", "b"], text=["x"] * 7),
        Fields(name=["c"], alias=["d", GAP, "e"]),
        Fields(about=["f"]),
    ]
    [group] = groups(found)
    words = group.text.split()
    for number, fields in enumerate(found):
        start = 0
        for stride, lane in zip(
            group.strides,
            (fields.name, fields.singles, fields.syllables, fields.initials, fields.alias, fields.about, fields.charter, fields.text),
            strict=True,
        ):  # fmt: skip
            own = words[start + number * stride : start + (number + 1) * stride]
            assert own == [*lane, *[GAP] * (stride - len(lane))]
            assert own[-1] == GAP
            start += len(found) * stride


def test_a_page_is_full_with_thirty_two_records_or_many_words() -> None:
    assert [g.records for g in groups([Fields(name=["a"])] * 70)] == [32, 32, 6]
    assert [g.records for g in groups([Fields(text=["a"] * 30_000)] * 3)] == [1, 1, 1]
