"""The past of the records, told from real git repositories: dates, events, and silence where nothing is certain."""

from __future__ import annotations

import gc
import os
from datetime import date
from pathlib import Path

import pytest
from factories import make_site
from repositories import CANYIN, CHA, CHAYE, YIXING, begin, commit, edit, git, make_story

from chamberbook import load
from chamberbook.cache import Cache
from chamberbook.changes import log
from chamberbook.changes.past import read_history
from chamberbook.changes.steps import Reader
from chamberbook.history import Event, History, together
from chamberbook.problems import WrongUse
from chamberbook.records import Chamber


def read(root: Path, cache: Cache | None = None) -> History:
    return read_history(root, load.read_all(root), cache or Cache(None))


def told(history: History, *slugs: str) -> list[tuple[str, str, str, dict[str, object]]]:
    """(day, slug, event, facts) of some chambers, or of all, oldest first."""
    return [
        (str(event.when and event.when.date()), event.slug, event.name, dict(event.facts))
        for event in reversed(history.events)
        if not slugs or event.slug in slugs
    ]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The story of tests/repositories.py; read it only."""
    return make_story(tmp_path_factory.mktemp("story"))


@pytest.fixture(scope="module")
def past(story: Path) -> History:
    """What is told of the story."""
    return read(story)


def test_a_record_has_the_days_on_which_it_came_and_last_changed(past: History) -> None:
    history = past
    assert history.missing == ""
    days = {slug: history.days(slug) for slug in ("yixing-chaye", "yixing-taoci", "jiangsu-fujian")}
    assert days == {
        # Since it had its first address; a comment says nothing new.
        "yixing-chaye": (date(2026, 1, 2), date(2026, 6, 1)),
        "yixing-taoci": (date(2026, 1, 2), date(2026, 8, 2)),
        "jiangsu-fujian": (date(2026, 1, 2), date(2026, 10, 1)),
    }
    assert history.days("yixing-canyin") == (None, None)


def test_each_change_is_told_once_on_the_day_on_which_it_came_in(past: History) -> None:
    awarded = {"scheme": "shili-xingji", "level": "si-xing", "awarded": "2026-02-20"}
    raised = {"scheme": "shili-xingji", "level": "wu-xing", "from": "si-xing", "awarded": "2026-03-20"}
    charter = {"charter": "gongyue", "title": "餐饮业公约", "type": "自律公约", "adopted": "2026-04"}
    assert told(past, "yixing-canyin", "yixing-chaye") == [
        ("2026-01-02", "yixing-canyin", "added", {}),
        ("2026-02-01", "yixing-canyin", "corrected", {"fields": ("contact.phone", "founded")}),
        ("2026-03-01", "yixing-canyin", "level_awarded", awarded),
        ("2026-04-01", "yixing-canyin", "level_raised", raised),
        ("2026-05-01", "yixing-canyin", "charter_adopted", charter),
        ("2026-06-01", "yixing-chaye", "renamed", {"from": "宜兴市示例餐饮业商会", "to": "宜兴市示例茶业商会"}),
        ("2026-06-01", "yixing-chaye", "moved", {"from": "yixing-canyin", "to": "yixing-chaye"}),
    ]  # fmt: skip
    assert told(past, "jiangsu-fujian")[1:] == [
        ("2026-10-01", "jiangsu-fujian", "corrected", {"fields": ("trade",)})
    ]


def test_events_name_their_sources_and_whose_they_are(past: History) -> None:
    (event,) = [one for one in past.events if one.name == "level_raised"]
    (source,) = event.sources
    assert (source.title, source.publisher, source.date) == ("交流材料", "宜兴市工商联", "2008-06")
    assert (event.federation, event.region, event.industries) == ("yixing", "320282", ("H62",))


def test_of_what_cannot_be_read_nothing_is_said_and_nothing_breaks(past: History) -> None:
    names = {name for _, _, name, _ in told(past, "yixing-taoci")}
    assert names == {"added", "charter_text_changed"}


def test_of_a_record_that_was_taken_out_only_that_is_told(past: History) -> None:
    facts = {"reason": "personal", "date": "2026-09-01"}
    assert told(past, "yixing-zisha") == [("2026-09-01", "yixing-zisha", "removed", facts)]
    assert "紫砂" not in repr(past.events)


def test_ids_of_events_are_their_own_and_the_same_every_time(story: Path, past: History) -> None:
    first, again = ([event.id for event in history.events] for history in (past, read(story)))
    assert first == again
    assert len(set(first)) == len(first)


def test_many_versions_of_a_record_take_the_memory_of_one(tmp_path: Path) -> None:
    root = make_site(tmp_path / "directory")
    begin(root)
    for year in range(2001, 2013):
        edit(root, CANYIN, (f"founded: {year}", f"founded: {year + 1}"))
        commit(root, day=f"{year}-01-01")
    loaded, past = load.read_all(root), log.find(root)
    assert isinstance(past, log.Past)

    def alive() -> int:
        gc.collect()
        return sum(isinstance(one, Chamber) for one in gc.get_objects())

    before = alive()
    reader = Reader(past, loaded, {})
    steps = [reader.step(one, files) for one, files in log.touched(past, log.commits(past))]
    assert [event.name for step in steps for event in step.events if event.slug == "yixing-canyin"] == [
        "added", *["corrected"] * 12,
    ]  # fmt: skip
    assert alive() - before <= len(loaded.chambers) + 1
    del reader


def test_a_new_commit_is_worked_out_alone(tmp_path: Path) -> None:
    root = make_site(tmp_path / "directory")
    begin(root)
    edit(root, CANYIN, ("founded: 2001", "founded: 2002"))
    commit(root, day="2026-02-01")
    edit(root, CANYIN, ("founded: 2002", "founded: 2003"))
    commit(root, day="2026-03-01")
    cache = Cache(tmp_path / "cache")
    read(root, cache)
    cache.close()
    # What the middle commit held is gone: only who kept what followed from it can go on.
    lost = git(root, "rev-parse", f"HEAD~1:{CANYIN}")
    (root / ".git/objects" / lost[:2] / lost[2:]).unlink()
    edit(root, CANYIN, ("verified: 2008-06", "verified: 2008-07"))
    commit(root, day="2026-04-01")
    history = read(root, cache)
    cache.close()
    assert [day for day, *_ in told(history, "yixing-canyin")] == [
        "2026-01-02", "2026-02-01", "2026-03-01", "2026-04-01",
    ]  # fmt: skip


def test_a_shallow_clone_and_a_folder_without_commits_tell_nothing(tmp_path: Path) -> None:
    root = make_site(tmp_path / "directory")
    assert read(root) == History(missing="no git")
    git(root, "init", "--quiet")
    assert read(root) == History(missing="not committed")
    (root / "README.md").write_text("x", "utf-8")
    git(root, "add", "README.md")
    git(root, "commit", "--quiet", "-m", "x")
    assert read(root) == History(missing="not committed")
    begin(root)
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{root}", "shallow")
    assert read(tmp_path / "shallow") == History(missing="shallow")


def test_what_is_not_committed_has_no_dates(tmp_path: Path) -> None:
    root = make_site(tmp_path / "directory")
    begin(root)
    text = (root / CANYIN).read_text("utf-8")
    (root / CHA).write_text(text.replace("餐饮", "茶"), "utf-8")
    (root / CHAYE).write_text(text.replace("餐饮", "茶叶"), "utf-8")
    git(root, "add", CHAYE)
    edit(root, CANYIN, ("founded: 2001", "founded: 2002"))
    # A full text belongs to the record that names it.
    edit(root, f"{YIXING}/yixing-taoci.zilv-gongyue-2024.md", ("，", "、"))
    history, first = read(root), date(2026, 1, 2)
    assert {slug: history.days(slug) for slug in ("yixing-cha", "yixing-chaye", "yixing-canyin", "yixing-taoci")} == {
        "yixing-cha": (None, None),
        "yixing-chaye": (None, None),
        "yixing-canyin": (first, None),
        "yixing-taoci": (first, None),
    }  # fmt: skip


def test_a_hook_of_another_repository_does_not_lend_its_history(
    story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_site(tmp_path / "directory")
    monkeypatch.setenv("GIT_DIR", os.fspath(story.parent / ".git"))
    assert read(root) == History(missing="no git")


def test_the_past_of_a_revision_is_told_from_a_bare_repository(story: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", os.fspath(story.parent), "bare.git")
    bare = tmp_path / "bare.git"
    # In the bare one the records lie below mulu/, so that from its top there is nothing to tell of.
    assert read_history(bare, load.read_all(story), Cache(None), "main") == History(missing="not committed")


def test_a_broken_repository_is_said_plainly(tmp_path: Path) -> None:
    root = make_site(tmp_path / "directory")
    begin(root)
    edit(root, CANYIN, ("founded: 2001", "founded: 2002"))
    commit(root, day="2026-02-01")
    lost = git(root, "rev-parse", "HEAD^{tree}")
    (root / ".git/objects" / lost[:2] / lost[2:]).unlink()
    with pytest.raises(WrongUse, match="git"):
        read(root)


def test_corrections_of_one_commit_are_one_event() -> None:
    one = Event("corrected", "a", {"fields": ("name", "trade")})
    more = Event("corrected", "a", {"fields": ("trade", "members")})
    other = Event("corrected", "b", {"fields": ("name",)})
    assert [(event.slug, event.facts["fields"]) for event in together([one, other, more])] == [
        ("a", ("name", "trade", "members")),
        ("b", ("name",)),
    ]
