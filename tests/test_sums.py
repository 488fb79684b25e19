"""The list of a site's files: every difference is named, by the folder and over HTTP."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from building import run_build, serving

from chamberbook import sums
from chamberbook.problems import WrongUse


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for name in ("index.html", "a/index.html", "a/名录.csv", "a/b%20c.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    sums.write_sums(folder, [path for path, _ in sums.files_in(folder)], [])
    return folder


def spoil(site: Path) -> sums.Difference:
    (site / "index.html").write_text("indey.html")
    (site / "a/index.html").unlink()
    (site / "a/more").mkdir()
    (site / "a/more/new.html").write_text("new")
    return sums.Difference(4, ("a/index.html",), ("index.html",), ("a/more/new.html",))


def test_a_site_as_it_was_written_does_not_differ(site: Path) -> None:
    found = sums.compare_folder(site)
    assert found == sums.Difference(4)
    assert not found


def test_missing_changed_and_added_files_are_named(site: Path) -> None:
    expected = spoil(site)
    assert sums.compare_folder(site) == expected
    assert expected


def test_sha256sum_reads_the_list(site: Path) -> None:
    (site / "odd\nna\\me.txt").write_text("odd")
    sums.write_sums(site, [path for path, _ in sums.files_in(site) if path != sums.FILE], [])
    command = ["sha256sum", "--check", "--quiet", "--strict", sums.FILE]
    assert subprocess.run(command, cwd=site, check=False).returncode == 0
    assert sums.compare_folder(site) == sums.Difference(5)


def test_a_server_is_compared_with_its_own_list_or_with_that_of_a_folder(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "ours")
    with serving(site) as served:
        assert sums.compare_server(served.url) == sums.Difference(4)
        expected = spoil(site)
        assert sums.compare_server(served.url) == sums.Difference(4, expected.missing, expected.different)
        (site / sums.FILE).unlink()
        assert sums.compare_server(served.url, tmp_path / "ours").different == expected.different
        with pytest.raises(WrongUse, match=sums.FILE):
            sums.compare_server(served.url)


def test_a_folder_without_a_list_and_a_damaged_list_are_told(site: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match=sums.FILE):
        sums.compare_folder(tmp_path)
    (site / sums.FILE).write_text("0" * 64 + "  index.html\nnonsense\n")
    with pytest.raises(WrongUse, match="2"):
        sums.compare_folder(site)


def test_the_command_names_each_file_and_ends_with_0_or_1(site: Path) -> None:
    done = run_build("verify", "--out", site, "--lang", "en")
    assert (done.returncode, done.stdout) == (0, f"{site}: all 4 files are as listed\n")
    spoil(site)
    done = run_build("verify", "--out", site, "--lang", "en")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "missing: a/index.html",
        "different: index.html",
        "extra: a/more/new.html",
        f"{site}: 1 files missing, 1 different, 1 extra",
    ]
