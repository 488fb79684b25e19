"""Beside a build: the search index behind a preview, the memory of files, another round over a site's folder."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event, Lock

import pytest
from building import SMALL

from chamberbook import check, derive, load, preview
from chamberbook.cache import Cache
from chamberbook.reading import as_of
from chamberbook.tree import Tree
from chamberbook.write import File, Work

DAY = as_of("2026-11-23")


def write_after(words: str, seconds: float, out: Path) -> None:
    """Stands for an index that takes its time."""
    time.sleep(seconds)
    (out / "pagefind").mkdir()
    (out / "pagefind/index.txt").write_text(words)


def fail(out: Path) -> None:
    """An index that breaks half way."""
    (out / "pagefind").mkdir()
    raise SystemExit("no index")


def wait_until_ready(said: list[str], states: int) -> None:
    deadline = time.monotonic() + 60
    while len(said) < states:
        assert time.monotonic() < deadline, said
        time.sleep(0.05)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "pagefind").mkdir(parents=True)
    (folder / "pagefind/old.txt").write_text("old")
    (folder / "search").mkdir()
    (folder / "search/index.html").write_text("the page")
    return folder


def test_search_files_are_replaced_behind_and_the_page_of_search_stays(site: Path) -> None:
    said: list[str] = []
    behind = preview.SearchBehind(said.append)
    with behind.guard:
        behind.update(b"1", partial(write_after, "one", 0), site)
        assert preview.search_files(site) == ["pagefind/old.txt", preview.STATE]
        assert (site / preview.STATE).read_text() == '{"search": "updating"}'
    wait_until_ready(said, 2)
    assert said == ["updating", "ready"]
    assert preview.search_files(site) == ["pagefind/index.txt", preview.STATE]
    assert (site / preview.STATE).read_text() == '{"search": "ready"}'
    assert (site / "search/index.html").read_text() == "the page"
    with behind.guard:
        behind.update(b"1", partial(write_after, "two", 0), site)
    assert said == ["updating", "ready"]


def test_a_newer_update_ends_the_one_that_runs(site: Path) -> None:
    said: list[str] = []
    behind = preview.SearchBehind(said.append)
    with behind.guard:
        behind.update(b"1", partial(write_after, "one", 300), site)
        behind.update(b"2", partial(write_after, "two", 0), site)
    wait_until_ready(said, 3)
    assert said == ["updating", "updating", "ready"]
    assert (site / "pagefind/index.txt").read_text() == "two"
    assert behind.round == 1


def test_an_update_that_fails_is_said_and_tried_again(site: Path) -> None:
    said: list[str] = []
    behind = preview.SearchBehind(said.append)
    with behind.guard:
        behind.update(b"1", fail, site)
    wait_until_ready(said, 2)
    assert said == ["updating", "failed"]
    assert preview.search_files(site) == ["pagefind/old.txt", preview.STATE]
    with behind.guard:
        behind.update(b"1", partial(write_after, "one", 0), site)
    wait_until_ready(said, 4)
    assert said[2:] == ["updating", "ready"]


def test_what_is_remembered_is_what_would_be_read(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(SMALL, root)
    memory, cache = load.Memory(root), Cache(None)
    first = load.read_all(root, 1, cache, memory)
    before = derive.directory(first, DAY)
    path = next(one.path for one in first.chambers.values())
    file = root / path
    file.write_text(file.read_text("utf-8").replace("\nname: ", "\nname: 改", 1), "utf-8")
    again = load.read_all(root, 1, cache, memory)
    fresh = load.read_all(root, 1, cache)
    assert again.chambers == fresh.chambers
    assert again.beside == fresh.beside
    assert check.run(again, DAY) == check.run(fresh, DAY)
    known, anew = derive.directory(again, DAY, before), derive.directory(fresh, DAY)
    assert known.chambers == anew.chambers
    changed = [e.path for e in known.chambers if before.by_slug[e.slug] is not e]
    assert changed == [path]


def test_a_file_that_was_touched_or_is_gone_is_not_remembered(tmp_path: Path) -> None:
    memory, file = load.Memory(tmp_path), tmp_path / "a"
    file.write_text("1")
    assert memory.find("a") is None
    memory.keep("a", "one")
    assert memory.find("a") == "one"
    os.utime(file, ns=(1, 1))
    assert memory.find("a") is None
    file.unlink()
    assert memory.find("a") is None


def test_another_round_writes_what_is_new_and_removes_what_nobody_makes(tmp_path: Path) -> None:
    def work(name: str, text: str) -> Work:
        return Work(text.encode(), lambda: [File(name, text.encode())])

    tree = Tree(tmp_path / "site", Cache(None))
    tree.set_aside()
    tree.begin()
    tree.write([work("a", "a1"), work("b/c", "c1")])
    tree.finish()
    kept = (tmp_path / "site/a").stat().st_mtime_ns
    tree.put(work("d", "ahead"))
    tree.again([work("a", "a1"), work("e", "e1")])
    assert sorted(p.name for p in (tmp_path / "site").iterdir()) == ["a", "e"]
    assert (tmp_path / "site/a").stat().st_mtime_ns == kept


def test_a_round_that_is_stopped_keeps_what_it_made_and_the_next_makes_the_others(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    tree = Tree(site, Cache(tmp_path / "cache", b"1"))

    def work(name: str, text: str) -> Work:
        return Work(f"{name} {text}".encode(), lambda: [File(f"{name}.html", text.encode())])

    def there() -> dict[str, str]:
        return {path.name: path.read_text() for path in site.iterdir()}

    assert tree.again([work("a", "1"), work("b", "1"), work("gone", "1")])
    asked: list[bool] = []

    def after_one() -> bool:
        asked.append(True)
        return len(asked) > 1

    assert not tree.again([work("a", "2"), work("b", "2")], after_one)
    assert there() == {"a.html": "2", "b.html": "1", "gone.html": "1"}
    assert tree.again([work("a", "3"), work("b", "3")])
    assert there() == {"a.html": "3", "b.html": "3"}


class Watching:
    """Stands where a server does: all that the rest asks of it is to watch a folder."""

    def __init__(self) -> None:
        self.folder = Path()

    def watch(self, path: str) -> None:
        self.folder = Path(path)


def test_the_rest_is_made_behind_and_told_to_browsers_unless_something_newer_stops_it() -> None:
    server, guard, stopped = Watching(), Lock(), Event()
    rest = preview.Rest(server, guard)  # type: ignore[arg-type]

    def until_stopped(stop: Callable[[], bool]) -> bool:
        assert guard.locked()
        while not stop():
            time.sleep(0.01)
        stopped.set()
        return False

    rest.start(until_stopped)
    time.sleep(preview.SEEN + 0.2)
    assert not stopped.is_set()
    rest.stop()
    assert stopped.wait(20)
    with guard:
        assert list(server.folder.iterdir()) == []
    rest.start(lambda _stop: True)
    deadline = time.monotonic() + 20
    while not list(server.folder.iterdir()):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_files_that_differ_have_other_stamps(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b").write_text("1")
    before = preview.stamps([tmp_path / "a", tmp_path / "missing"])
    assert before == preview.stamps([tmp_path / "a"])
    (tmp_path / "a/b").write_text("12")
    assert preview.stamps([tmp_path / "a"]) != before


def test_a_built_site_has_nothing_of_a_preview(real_site: Path) -> None:
    assert not (real_site / preview.STATE).exists()
    assert not (real_site / "assets/preview.js").exists()
    assert "preview.js" not in (real_site / "search/index.html").read_text("utf-8")
