"""Whatever happens to a build, the published site stays whole, the next build succeeds, and the message says what it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from at import NEVER
from building import AS_OF, ROOT, built, make_root, run_build, run_python
from killing import Killer

from chamberbook import sums
from chamberbook.problems import WrongUse
from chamberbook.search.pagefind import run_pagefind


class Directory:
    """The small directory, built once; `sums` is the list of the site that must stay."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self.root = make_root(folder / "small", kept=kept)
        self.site = folder / "site"
        self.options = ("--root", self.root, "--out", self.site, "--as-of", AS_OF, "--lang", "en")
        self.record = self.root / "chambers/yixing/yixing-canyin.yml"
        built(self.site, *self.options[:2])
        self.sums = self.list()

    def list(self) -> bytes:
        """The list of the site that is published."""
        return (self.site / sums.FILE).read_bytes()

    def edit(self) -> None:
        """Change what a page and the search index say."""
        self.record.write_text(self.record.read_text("utf-8") + "\nname_en: Another Chamber\n", "utf-8")

    def refuses(self, done: subprocess.CompletedProcess[str], *words: str) -> None:
        """The build ended with 2 and these words, and the site is whole and as it was."""
        assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
        for word in words:
            assert word in done.stderr.splitlines()[-1]
        assert self.list() == self.sums
        assert not sums.compare_folder(self.site)
        assert sorted(path.name for path in self.site.parent.iterdir() if "site" in path.name) == ["site"]

    def builds(self) -> None:
        """The next build succeeds, and its site is new and whole."""
        done = run_build(*self.options)
        assert done.returncode == 0, done.stderr
        assert self.list() != self.sums
        assert not sums.compare_folder(self.site)


@pytest.fixture
def small(tmp_path: Path, kept: Path) -> Directory:
    return Directory(tmp_path, kept)


#: Where most is half done; `make faults` kills at every stage.
HALF_DONE = (
    "write:_write", "search/index:_write_index", "publish:settle", "publish:_exchange", "publish:_keep",
)  # fmt: skip


def test_a_build_that_is_killed_leaves_whole_sites(tmp_path: Path, kept: Path) -> None:
    killer = Killer(tmp_path, kept)
    for stage in HALF_DONE:
        killer.kill(stage, "SIGKILL", 0.0)
        assert "exit -9" in killer.lines[-1]
    killer.finish()
    killer.roll_back()


@pytest.mark.parametrize(
    ("number", "stage", "jobs"),
    [("SIGTERM", "write:_write", "2"), ("SIGINT", "search/pagefind:run_pagefind", "1")],
)
def test_a_build_that_is_told_to_end_cleans_up_and_says_so(
    tmp_path: Path, kept: Path, number: str, stage: str, jobs: str
) -> None:
    killer = Killer(tmp_path, kept)
    killer.kill(stage, number, 0.0, "--jobs", jobs)
    assert "exit 2, the old site" in killer.lines[-1]
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".site")]


def test_a_build_that_is_told_twice_to_end_cleans_up_all_the_same(tmp_path: Path, kept: Path) -> None:
    killer = Killer(tmp_path, kept)
    killer.kill("write:_write+chamberbook/publish:_remove", "SIGINT", 0.0, "--jobs", "1")
    assert "exit 2, the old site" in killer.lines[-1]
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".site")]


@pytest.fixture
def disk() -> Iterator[Path | None]:
    """A file system of 48 MB of our own; None where we may not mount one."""
    with tempfile.TemporaryDirectory(prefix="chamberbook-disk-") as name:
        mount = ["mount", "-t", "tmpfs", "-o", "size=48m", "none", name]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            yield None
            return
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", "--lazy", name], check=True)


def test_a_full_disk_is_told_and_changes_nothing(disk: Path | None, tmp_path: Path, kept: Path) -> None:
    if disk is None:  # the limit on the size of a file stands in
        meets_a_limit(Directory(tmp_path, kept), 100_000)
        return
    small = Directory(disk, kept)
    small.edit()
    filler = disk / "filler"
    for left in (0, 200_000, 1_500_000):
        free = shutil.disk_usage(disk).free
        filler.write_bytes(bytes(max(free - left, 0)))
        small.refuses(run_build(*small.options, "--no-cache"), "the disk is full", "The site is as it was.")
        filler.unlink()
    small.builds()


def meets_a_limit(small: Directory, limit: int) -> None:
    """A build whose files may not be larger than so many bytes."""
    small.edit()
    code = "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)\n"
    code += "sys.argv[:2] = []; runpy.run_path(sys.argv[0], run_name='__main__')"
    done = run_python("-c", code, limit, ROOT / "build.py", *small.options, "--no-cache")
    small.refuses(done, "The site is as it was.")
    small.builds()


@pytest.mark.parametrize("limit", [0, 200_000])
def test_a_file_that_may_not_grow_is_told_and_changes_nothing(small: Directory, limit: int) -> None:
    meets_a_limit(small, limit)


#: Root may do everything; without these it has the rights of the owner of the files, as anybody has.
_WITHOUT = "-dac_override,-dac_read_search"


def with_rights(*arguments: object) -> subprocess.CompletedProcess[str]:
    """`build.py` for whom the rights of files count."""
    root = ["setpriv", "--bounding-set", _WITHOUT, "--inh-caps", _WITHOUT] if os.geteuid() == 0 else []
    return subprocess.run(
        [*root, sys.executable, ROOT / "build.py", *map(str, arguments)],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=600,
    )  # fmt: skip


@contextmanager
def rights(path: Path, mode: int) -> Iterator[None]:
    """The rights of a file or folder for a while."""
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        yield
    finally:
        path.chmod(before)


def test_rights_that_are_taken_away_are_told_and_change_nothing(small: Directory) -> None:
    small.edit()
    template = small.root / "templates/pages/chamber.html"
    for path, mode in (
        (small.site.parent, 0o555),
        (template, 0o000),
        (small.root / "content/about/levels.md", 0o000),
    ):
        with rights(path, mode):
            done = with_rights(*small.options)
        small.refuses(done, "permission denied", "The site is as it was.")
    with rights(small.record, 0o000):
        done = with_rights(*small.options)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert small.record.name in done.stderr
    with rights(small.root / ".cache", 0o555):
        assert with_rights(*small.options).returncode == 0
    assert not sums.compare_folder(small.site)


PROGRAMS = {
    "missing": ("", "Pagefind"),
    "ends with 1": ("#!/bin/sh\nexit 1\n", "Pagefind"),
    "writes rubbish": ("#!/bin/sh\necho 'Segmentation fault'\n", "cannot be read"),
    "writes what is no answer": ("#!/bin/sh\nprintf 'e30=,'\n", "cannot be read"),
    "is no program": ("\x7fELF rubbish", "Pagefind"),
}


def test_a_broken_pagefind_is_told_and_changes_nothing(small: Directory, tmp_path: Path) -> None:
    small.edit()
    package = tmp_path / "broken/pagefind_bin"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    for text, words in PROGRAMS.values():
        if text:
            (package / "pagefind").write_text(text)
            (package / "pagefind").chmod(0o755)
        small.refuses(run_build(*small.options, PYTHONPATH=str(package.parent)), words)
    small.builds()


def test_a_pagefind_that_hangs_is_stopped(tmp_path: Path) -> None:
    program = tmp_path / "hangs"
    program.write_text("#!/bin/sh\nexec sleep 600\n")
    program.chmod(0o755)
    start = time.monotonic()
    with pytest.raises(WrongUse, match="Pagefind"):
        run_pagefind(program, ["<html></html>"] * 10, patience=0.5)
    assert time.monotonic() - start < 60


def test_two_builds_at_once_come_one_after_the_other(small: Directory) -> None:
    small.edit()
    command = [sys.executable, str(ROOT / "build.py"), *map(str, small.options)]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    said = [process.communicate(timeout=600)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], said
    assert sum("waiting for it" in text for text in said) == 2
    assert not sums.compare_folder(small.site)
    assert not sums.compare_folder(small.site.with_name("site.previous"))
    assert small.list() != small.sums


def at(small: Directory, moment: str, *action: object) -> subprocess.CompletedProcess[str]:
    """A build in which something happens at a moment."""
    done = run_python(
        ROOT / "tests/faults/at.py", f"chamberbook/{moment}", *action, "--", *small.options, "--jobs", 1
    )
    assert done.returncode != NEVER
    return done


def test_what_was_read_is_what_is_built(small: Directory) -> None:
    done = at(small, "tree:set_aside", "write", small.record, "\nname_en: Too Late Chamber\n")
    assert done.returncode == 0, done.stderr
    assert small.list() == small.sums
    small.builds()
    assert "Too Late Chamber" in (small.site / "chambers/yixing-canyin/index.html").read_text("utf-8")


def test_a_record_that_vanishes_between_listing_and_reading_is_named(small: Directory) -> None:
    text = small.record.read_text("utf-8")
    done = at(small, "load/parsing:remembered", "remove", small.record)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert "chambers/yixing/yixing-canyin.yml" in done.stderr
    assert small.list() == small.sums
    small.record.write_text(text, "utf-8")
    small.edit()
    small.builds()


@pytest.mark.parametrize(
    ("moment", "path", "words"),
    [
        ("plugin:on_nav", "content/about/levels.md", "vanished"),
        ("tree:begin", "templates/pages/chamber.html", "templates changed"),
        ("pipeline:_verify", ".site-building/index.html", "not whole"),
        ("tree:begin", ".site-building", "vanished"),
    ],
)
def test_a_file_that_vanishes_during_the_build_is_told(
    small: Directory, moment: str, path: str, words: str
) -> None:
    where = small.site.parent if path.startswith(".site") else small.root
    kept = (where / path).read_bytes() if (where / path).exists() else None
    small.refuses(at(small, moment, "remove", where / path), words)
    if kept:
        (where / path).write_bytes(kept)
    small.edit()
    small.builds()


def test_a_template_that_changes_during_the_build_is_told_and_never_mixed(small: Directory) -> None:
    template = small.root / "templates/pages/chamber.html"
    small.refuses(at(small, "tree:begin", "write", template, "<p>changed</p>"), "templates changed")
    small.builds()
    cold = built(small.site.with_name("cold"), *small.options[:2], "--no-cache")
    assert small.list() == (cold / sums.FILE).read_bytes()
