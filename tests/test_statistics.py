"""What the records add up to, from the records themselves."""

from __future__ import annotations

import pytest
from factories import make_loaded
from planning import make_directory, real_directory

from chamberbook.statistics import FACTS, STATES, fact_titles, newest_source, statistics


def source(date: str | None, url: str | None = None) -> dict[str, object]:
    return {"title": "一份材料", "publisher": "某某", "date": date, "url": url, "kind": "press"}


def test_every_fact_has_a_title() -> None:
    assert list(fact_titles(str)) == list(FACTS)
    assert len(set(fact_titles(str).values())) == len(FACTS)


def test_each_chamber_counts_once_for_a_level_with_its_best_award() -> None:
    award = {"scheme": "shehui-zuzhi-pinggu", "level": "5a", "source": "r1"}
    renewed = [{**award, "awarded": "2012"}, {**award, "awarded": "2024"}]
    (level,) = statistics(make_directory(make_loaded(ratings=renewed))).levels
    assert dict(zip(STATES, level.counts, strict=True))["in_force"] == level.total == 1


def test_the_newest_source_counts_and_one_without_a_date_does_not() -> None:
    sources = {"r1": source("2008-06"), "r2": source("2021"), "r3": source(None)}
    directory = make_directory(
        make_loaded("a", sources=sources),
        make_loaded("b", sources={"r1": source(None, "https://example.org/")}),
    )
    assert [newest_source(directory.by_slug[slug]) for slug in "ab"] == [2021, None]
    found = statistics(directory)
    assert found.sourced == {2021: 1}
    counts = dict(zip(FACTS, found.complete.counts, strict=True))
    assert (counts["dated_source"], counts["linked_source"]) == (1, 1)


@pytest.mark.parametrize("fact", FACTS)
def test_the_places_of_a_fact_add_up_to_all(fact: str) -> None:
    found = statistics(real_directory())
    at = list(FACTS).index(fact)
    assert sum(of.counts[at] for of in found.by_place.values()) == found.complete.counts[at]
    assert found.complete.counts[at] <= found.complete.chambers == len(real_directory().chambers)


def test_a_record_has_the_facts_of_its_mean() -> None:
    found = statistics(real_directory())
    assert found.complete.mean == round(sum(found.complete.counts) / 318, 1)
    assert statistics(make_directory()).complete.mean == 0


def test_years_are_in_order_and_hold_every_chamber_with_a_date() -> None:
    directory = real_directory()
    found = statistics(directory)
    for years in (found.founded, found.verified, found.sourced):
        assert list(years) == sorted(years)
    assert sum(found.founded.values()) == directory.totals.founded
    assert sum(found.verified.values()) == sum(e.chamber.verified is not None for e in directory.chambers)
