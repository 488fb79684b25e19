"""Reading once more, or with more processes, gives what reading for the first time gives."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
from building import ROOT, SMALL
from factories import make_site

from chamberbook import check
from chamberbook.cache import Cache
from chamberbook.check.context import Context
from chamberbook.load import Loaded, read_all
from chamberbook.problems import Problem, in_order
from chamberbook.reports import Report

TODAY = date(2026, 11, 23)
RECORD = "chambers/yixing/yixing-taoci.yml"
#: What becomes of a record's text: still right, wrong in a value, wrong in its writing, with a person's number.
EDITS = (
    ("name: ", "name: 新"), ("kind: ", "kind: x"), ("sources:", "sources: ["), ("name: ", "nmae: "), ("\n", "\n# 13812345678\n"),
    ("sources:", "founded: 2062\nsources:"), ("name: ", "name: &a "),
)  # fmt: skip


def findings(loaded: Loaded) -> list[Problem]:
    return in_order((*loaded.problems, *check.run(loaded, TODAY)))


def everything(loaded: Loaded) -> tuple[object, ...]:
    """All that later stages see of what was read, with its order."""
    return (
        [*loaded.chambers.items()], [*loaded.federations.items()], [*loaded.schemes.items()], loaded.vocabulary,
        [*loaded.tombstones.items()], loaded.problems, loaded.unread, [*loaded.files], [*loaded.files.with_numbers()],
    )  # fmt: skip


def edit(root: Path, chance: random.Random) -> None:
    """One of the things that happen to a directory's files."""
    records = sorted((root / "chambers").glob("[a-z]*/*.yml"))
    path = chance.choice(records)
    what = chance.choice(("edit", "edit", "edit", "restore", "rename", "copy", "delete", "vocabulary"))
    if what == "edit":
        old, new = chance.choice(EDITS)
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    elif what == "restore" or len(records) < 3:
        for kept in sorted((SMALL / "chambers").rglob("*.yml")):
            (root / kept.relative_to(SMALL)).write_bytes(kept.read_bytes())
    elif what == "rename":
        path.rename(path.with_stem(f"{path.stem}-{chance.randrange(9)}"))
    elif what == "copy":
        folder = chance.choice(records).parent
        (folder / f"n{chance.randrange(9)}.yml").write_bytes(path.read_bytes())
    elif what == "delete":
        path.unlink()
    else:
        words = root / "chambers/_vocabulary/activity_topics.yml"
        words.write_text(words.read_text("utf-8").replace("- ", "-  ", 1), "utf-8")


@pytest.mark.parametrize("seed", range(3))
def test_any_edits_read_the_same_with_what_is_kept_and_without(tmp_path: Path, seed: int) -> None:
    root, chance = make_site(tmp_path / "site"), random.Random(seed)
    for step in range(15):
        cache = Cache(tmp_path / "cache", b"salt")
        again = read_all(root, cache=cache)
        first = read_all(root, cache=Cache(None, b"salt"))
        assert everything(again) == everything(first), step
        for _ in range(2):
            assert check.run(again, TODAY, cache=cache) == check.run(first, TODAY), step
        cache.close()
        edit(root, chance)


def test_two_processes_read_and_find_what_one_does() -> None:
    one, two = read_all(ROOT), read_all(ROOT, 2)
    assert everything(one) == everything(two)
    assert check.run(one, TODAY, 1) == check.run(one, TODAY, 2)


def test_rules_that_judge_a_record_alone_find_the_same_in_any_share() -> None:
    loaded = read_all(ROOT)
    context = Context.of(loaded, TODAY)
    shares = [context.rest(), *(context.share([one]) for one in loaded.chambers.values())]
    for rule in check.RULES:
        if rule.alone:
            apart = [finding for share in shares for finding in rule.find(share)]
            assert sorted(apart, key=str) == sorted(rule.find(context), key=str), rule.id


def test_another_day_or_another_scheme_is_judged_anew(tmp_path: Path) -> None:
    root = make_site(tmp_path / "site")
    cache = Cache(tmp_path / "cache", b"salt")
    loaded = read_all(root, cache=cache)
    assert check.run(loaded, TODAY, cache=cache) == check.run(loaded, TODAY)
    long_ago = date(1990, 1, 1)
    assert check.run(loaded, long_ago, cache=cache) == check.run(loaded, long_ago) != ()
    scheme = root / "chambers/_schemes/shili-xingji.yml"
    scheme.write_text(scheme.read_text("utf-8").replace("id: ", "id: x"), "utf-8")
    loaded = read_all(root, cache=cache)
    assert check.run(loaded, TODAY, cache=cache) == check.run(loaded, TODAY) != ()


def test_what_is_kept_is_not_parsed_again(tmp_path: Path) -> None:
    root = make_site(tmp_path / "site")
    cache = Cache(tmp_path / "cache", b"salt")
    first = read_all(root, cache=cache)
    data = (root / RECORD).read_bytes()
    (packed,) = cache.read([cache.key("values", data)]).values()
    assert first.chambers["yixing-taoci"].chamber.name.encode() in packed
    assert cache.read([cache.key("values", data + b"\n")]) == {}


def test_a_file_that_goes_or_changes_after_reading_spoils_no_report(tmp_path: Path) -> None:
    fields = (SMALL / RECORD).read_text("utf-8").replace("kind: ", "kind: x")
    root = make_site(tmp_path, {RECORD: fields, "chambers/yixing/b.yml": "name: ["})
    loaded = read_all(root)
    (root / RECORD).unlink()
    (root / "chambers/yixing/b.yml").write_text("")
    report = Report(tuple(findings(loaded)), loaded.files)
    assert len(report.problems) >= 2
    assert {report.line(problem) for problem in report.problems} >= {""}
    assert list(report.fingerprints())
