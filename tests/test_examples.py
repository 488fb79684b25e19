"""The sample directory: clean, invented throughout, and showing each feature."""

from __future__ import annotations

from typing import get_args

from planning import DAY, ROOT, loaded, parsed, plan, real_directory, rendered

from chamberbook import check
from chamberbook.awards import AwardState
from chamberbook.settings import Settings

EXAMPLES = ROOT / "examples"


def test_the_examples_have_no_problem_at_all() -> None:
    found = loaded(EXAMPLES)
    problems = (*found.problems, *check.run(found, DAY))
    assert [problem.line() for problem in problems] == []


def test_the_examples_show_every_state_of_an_award() -> None:
    shown = {award.state for entry in real_directory(EXAMPLES).chambers for award in entry.awards}
    assert shown == set(get_args(AwardState))


def test_the_examples_show_stars_letters_and_titles() -> None:
    directory = real_directory(EXAMPLES)
    assert {award.level.form for entry in directory.chambers for award in entry.awards} == {
        "stars", "letter", "title",
    }  # fmt: skip
    assert {a.level.stars for e in directory.chambers for a in e.awards if a.level.stars} == {3, 4, 5}


def test_the_examples_show_an_upgrade() -> None:
    awards = real_directory(EXAMPLES).by_slug["shili-canyin"].awards
    stars = [(award.level.stars, award.state) for award in awards if award.level.stars]
    assert stars == [(4, "in_force"), (3, "superseded")]


def test_the_examples_show_two_versions_of_a_charter_with_their_texts() -> None:
    new, old = real_directory(EXAMPLES).by_slug["shili-canyin"].charters
    assert new.charter.supersedes == old.charter.id
    assert new.text is not None
    assert old.text is not None
    assert "第八条" in new.text


def test_the_examples_show_every_status_of_a_charter_and_of_a_chamber() -> None:
    directory = real_directory(EXAMPLES)
    assert {entry.charter.status for entry in directory.charters} == {
        "draft", "in_force", "superseded", "repealed", "unknown",
    }  # fmt: skip
    assert {entry.chamber.status for entry in directory.chambers} == {
        "active", "preparing", "merged", "dissolved", "unknown",
    }  # fmt: skip


def test_a_merged_chamber_and_a_former_address_lead_to_the_record_of_today() -> None:
    directory = real_directory(EXAMPLES)
    assert directory.by_slug["shili-muye"].chamber.successor == "shili-jiaju"
    assert plan(directory)["chambers/shili-jiaju-tongye/"].data["target"] == "chambers/shili-jiaju/"


def test_nothing_in_the_examples_is_the_name_or_place_of_anything_real() -> None:
    found = loaded(EXAMPLES)
    assert all("示例" in item.chamber.name for item in found.chambers.values())
    real = {region.code[:2] for region in loaded().vocabulary.regions}
    assert not any(region.code[:2] in real for region in found.vocabulary.regions)
    links = [s.url for item in found.chambers.values() for s in item.chamber.sources.values() if s.url]
    assert all(link.startswith("https://example.org/") for link in links)


def test_every_page_of_the_examples_is_marked_and_sound() -> None:
    settings = Settings(sample=True)
    for page in plan(real_directory(EXAMPLES), settings).values():
        parsed(rendered(page, settings))
