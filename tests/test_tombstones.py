"""What stays of a removed record: a page at its address, and nothing of it anywhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from building import run_build
from factories import make_loaded, make_site
from planning import DAY, loaded, parsed, plan, rendered, targets, texts

from chamberbook import derive, load
from chamberbook.canonical import kind_of
from chamberbook.derive import Directory
from chamberbook.drafts import propose_slug
from chamberbook.pages.model import Page
from chamberbook.records import Tombstone

ROOT = Path(__file__).resolve().parent.parent


def make_directory(**fields: object) -> Directory:
    """A chamber `now`, and the tombstone of `gone`."""
    stone = Tombstone.model_validate({"removed": "2026-03-05", "reason": "mistaken", **fields})
    one = make_loaded("now", name="宜兴市示例商会")
    return derive.directory(replace(loaded(), chambers={"now": one}, tombstones={"gone": stone}), DAY)


def text(page: Page) -> str:
    return "".join(texts([parsed(rendered(page))]))


def test_a_removed_record_leaves_a_page_that_says_why_and_when() -> None:
    page = plan(make_directory(name="宜兴市旧商会", note="是一家企业的部门。"))["chambers/gone/"]
    assert page.title == "宜兴市旧商会"
    assert not page.listed
    assert page.data["target"] is None
    for told in ("已撤销", "2026年3月5日", "核对下来不是商会", "是一家企业的部门。", "gone"):
        assert told in text(page)


def test_a_name_that_must_go_is_not_needed() -> None:
    page = plan(make_directory(reason="personal"))["chambers/gone/"]
    assert page.title == "这条记录已经撤销"
    assert "原来的内容涉及个人信息" in text(page)


def test_a_duplicate_leads_to_the_record_that_stays() -> None:
    page = plan(make_directory(reason="duplicate", successor="now"))["chambers/gone/"]
    assert page.data["target"] == "chambers/now/"
    assert "chambers/now/" in targets(page, parsed(rendered(page)))
    assert "宜兴市示例商会" in text(page)


def test_every_address_that_the_record_had_leads_on() -> None:
    fields = {"former_slugs": ["older"], "charters": ["gongyue"]}
    planned = plan(make_directory(**fields))
    old = {"chambers/older/", "charters/gone/gongyue/", "charters/older/gongyue/"}
    assert {planned[url].data["target"] for url in old} == {"chambers/gone/"}
    planned = plan(make_directory(**fields, reason="duplicate", successor="now"))
    assert {planned[url].data["target"] for url in old} == {"chambers/now/"}


def test_a_removed_record_is_in_no_list_and_no_total() -> None:
    directory = make_directory(name="宜兴市旧商会")
    assert directory.totals.chambers == 1
    named = [url for url, page in plan(directory).items() if "宜兴市旧商会" in rendered(page)]
    assert named == ["chambers/gone/"]


def test_the_id_of_a_removed_record_is_not_proposed_again() -> None:
    proposed = propose_slug("宜兴市陶瓷商会", loaded(ROOT / "tests/sites/small"))
    stone = Tombstone.model_validate({"removed": "2026", "reason": "mistaken"})
    taken = replace(loaded(ROOT / "tests/sites/small"), tombstones={proposed: stone})
    assert propose_slug("宜兴市陶瓷商会", taken) != proposed


def test_tombstones_are_read_formatted_and_checked_like_other_records(tmp_path: Path) -> None:
    path = "chambers/_tombstones/gone.yml"
    assert kind_of(path) == "tombstone"
    root = make_site(tmp_path, {path: "reason: mistaken\nremoved: 2026-03-05\n"})
    assert load.read_all(root).tombstones["gone"].reason == "mistaken"
    done = run_build("fmt", "--root", root, path, cwd=root)
    assert done.returncode == 0, done.stderr
    assert (root / path).read_text("utf-8").splitlines() == [
        "# yaml-language-server: $schema=../_schema/tombstone.schema.json",
        "removed: 2026-03-05",
        "reason: mistaken",
    ]
