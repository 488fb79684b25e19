"""A build that takes what earlier builds left gives the same bytes as one that has nothing, whatever was edited."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from building import AS_OF, built, run_build
from test_pipeline import tree

from chamberbook import sums

Edit = Callable[[Path], None]


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, path
    path.write_text(text.replace(old, new, 1), "utf-8")


def chambers(root: Path) -> list[Path]:
    """The records, without those of federations."""
    return [p for p in sorted(root.glob("chambers/[a-z]*/*.yml")) if p.name != "federation.yml"]


def change_a_name(root: Path) -> None:
    replace(root / "chambers/yixing/yixing-zisha.yml", "示例紫砂商会", "示例砂壶商会")


def change_a_fact(root: Path) -> None:
    path = chambers(root)[-1]
    path.write_text(path.read_text("utf-8") + "\ntrade: 打铁与补锅\n", "utf-8")


def add_a_record(root: Path) -> None:
    text = (root / "chambers/jiangsu/jiangsu-fujian.yml").read_text("utf-8")
    kept = [line for line in text.splitlines() if not line.startswith(("uscc:", "contact:"))]
    added = "\n".join(kept).replace("江苏省示例福建商会", "江苏省示例闽南商会")
    (root / "chambers/jiangsu/added-one.yml").write_text(added + "\n", "utf-8")


def rename_a_record(root: Path) -> None:
    (path,) = root.glob("chambers/*/added-one.yml")
    path.rename(path.with_name("added-again.yml"))


def delete_a_record(root: Path) -> None:
    (path,) = root.glob("chambers/*/added-again.yml")
    path.unlink()


def change_a_term(root: Path) -> None:
    path = root / "chambers/_vocabulary/kinds.yml"
    replace(path, "title: 行业商会", "title: 同业商会")


def change_a_scheme(root: Path) -> None:
    path = sorted((root / "chambers/_schemes").glob("*.yml"))[0]
    name = next(line for line in path.read_text("utf-8").splitlines() if line.startswith("short_name:"))
    replace(path, name, name + "甲")


def change_a_template(root: Path) -> None:
    replace(root / "templates/pages/macros.html", '<li class="row">', '<li class="row row--other">')


def change_the_chrome(root: Path) -> None:
    replace(root / "templates/theme/partials/footer.html", "<footer", "<footer data-other")


def change_prose(root: Path) -> None:
    path = root / "content/about/index.md"
    path.write_text(path.read_text("utf-8") + "\n\n又一句。\n", "utf-8")


def touch_the_published_site(root: Path) -> None:
    """Somebody edits, adds and removes files of the site itself."""
    site = root.parent / "site"
    pages = sorted(site.glob("chambers/*/index.html"))
    pages[0].write_text("not what was built", "utf-8")
    pages[1].unlink()
    (pages[2].parent / "added.txt").write_text("added")
    (site / "chambers/empty/folder").mkdir(parents=True)


EDITS: tuple[Edit, ...] = (
    change_a_name, change_a_fact, change_a_term, change_a_scheme, change_a_template, change_the_chrome, change_prose,
    touch_the_published_site,
)  # fmt: skip


def both(root: Path, day: str = AS_OF, *more: str) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The site built over the last one with all that was kept, and the site built from nothing."""
    options = ("--root", root, "--as-of", day, *more)
    warm = built(root.parent / "site", *options)
    cold = built(root.parent / "cold", *options, "--no-cache")
    found = tree(warm), tree(cold)
    shutil.rmtree(cold)
    return found


def test_warm_equals_cold_over_a_random_sequence_of_edits(small_root: Path) -> None:
    seed = random.randrange(10_000)
    edits = [*random.Random(seed).sample(EDITS, len(EDITS))]
    places = sorted(random.Random(seed).sample(range(len(edits) + 3), 3))
    for place, edit in zip(places, (add_a_record, rename_a_record, delete_a_record), strict=True):
        edits.insert(place, edit)
    day = AS_OF
    built(small_root.parent / "site", "--root", small_root, "--as-of", day, "--no-search")
    for number, edit in enumerate(edits):
        edit(small_root)
        if number == 4:
            day = "2027-03-01"
        if number % 2 == 0 and number + 1 < len(edits):
            built(small_root.parent / "site", "--root", small_root, "--as-of", day, "--no-search")
            continue
        warm, cold = both(small_root, day, "--no-search")
        assert sorted(warm) == sorted(cold), (seed, edit.__name__)
        assert [name for name in warm if warm[name] != cold[name]] == [], (seed, edit.__name__)


def change_a_doubt(root: Path) -> None:
    path = chambers(root)[0]
    path.write_text(path.read_text("utf-8") + "\ndoubts: [{about: level, note: 拿不准}]\n", "utf-8")


def test_the_index_is_built_anew_only_for_what_search_sees(small_root: Path) -> None:
    warm, cold = both(small_root)
    index = small_root.parent / "site/pagefind/pagefind-entry.json"
    first = index.stat().st_mtime_ns
    for unseen in (change_prose, change_a_template, change_a_doubt):
        unseen(small_root)
    warm, cold = both(small_root)
    assert index.stat().st_mtime_ns == first
    assert warm == cold
    change_a_fact(small_root)
    warm, cold = both(small_root)
    assert index.stat().st_mtime_ns != first
    assert sorted(warm) == sorted(cold)
    assert [name for name in warm if warm[name] != cold[name]] == []


def test_another_day_makes_only_the_pages_that_tell_of_the_day(small_root: Path) -> None:
    """The next day, on which no award changes, and one of another year, on which some have ended."""
    options = ("--root", small_root, "--no-search")
    site = built(small_root.parent / "site", *options, "--as-of", "2026-11-23")
    records = {f"chambers/{path.stem}/index.html" for path in chambers(small_root)}
    before, old = {name: (site / name).stat().st_mtime_ns for name in records}, tree(site)
    for day in ("2026-11-24", "2028-02-29"):
        warm, cold = both(small_root, day, "--no-search")
        assert sorted(warm) == sorted(cold), day
        assert [name for name in warm if warm[name] != cold[name]] == [], day
        if day == "2026-11-24":
            kept = {name for name in records if (site / name).stat().st_mtime_ns == before[name]}
            assert kept == {name for name in records if warm[name] == old[name]}
            assert 0 < len(kept) < len(records)


def test_what_did_not_change_is_not_written_again(small_root: Path) -> None:
    options = ("--root", small_root, "--as-of", AS_OF, "--no-search")
    site = built(small_root.parent / "site", *options)
    before = {path: path.stat() for path in site.rglob("*.html")}
    change_a_fact(small_root)
    edited = chambers(small_root)[-1].stem
    built(site, *options)
    again = [str(p.relative_to(site)) for p, s in before.items() if p.stat().st_mtime_ns == s.st_mtime_ns]
    assert f"chambers/{edited}/index.html" not in again
    assert len(again) > 10


@pytest.mark.parametrize("damage", ["delete", "noise"])
def test_a_cache_that_is_gone_or_damaged_changes_nothing(small_root: Path, damage: str) -> None:
    options = ("--root", small_root, "--as-of", AS_OF, "--no-search")
    site = built(small_root.parent / "site", *options)
    first = tree(site)
    folder = small_root / ".cache"
    if damage == "delete":
        shutil.rmtree(folder)
    else:
        for path in folder.rglob("*.sqlite"):
            path.write_bytes(os.urandom(path.stat().st_size))
    assert tree(built(site, *options)) == first
    assert tree(built(site, *options)) == first


def test_no_cache_keeps_nothing(small_root: Path) -> None:
    shutil.rmtree(small_root / ".cache", ignore_errors=True)
    built(small_root.parent / "site", "--root", small_root, "--as-of", AS_OF, "--no-search", "--no-cache")
    assert not (small_root / ".cache").exists()


def test_shards_laid_over_one_another_are_the_site(small_root: Path, tmp_path: Path) -> None:
    options = ("--root", small_root, "--no-search", "--no-cache", "--base-url", "https://example.org/dir/")
    whole = tree(built(tmp_path / "whole", *options))
    merged = tmp_path / "merged"
    parts = []
    for number in (1, 2, 3):
        part = built(tmp_path / f"part-{number}", *options, "--shard", f"{number}/3")
        parts.append(len(tree(part)))
        shutil.copytree(part, merged, dirs_exist_ok=True)
    lists = [merged / sums.PART.format(number=number, parts=3) for number in (1, 2, 3)]
    assert sums.compare_folder(merged) == sums.Difference(len(whole) - 1)
    lines = {line for path in lists for line in path.read_text("utf-8").splitlines()}
    assert lines == set(whole.pop(sums.FILE).decode().splitlines())
    for path in lists:
        path.unlink()
    assert tree(merged) == whole
    assert max(parts) < len(whole)


@pytest.mark.parametrize("text", ["0/3", "4/3", "3", "a/b", "1/0", "-1/3"])
def test_a_wrong_shard_is_named(small_root: Path, text: str) -> None:
    done = run_build("--root", small_root, f"--shard={text}")
    assert done.returncode == 2
    assert text in done.stderr
