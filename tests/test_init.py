"""`build.py init`: another province's own directory that checks and builds at once."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from building import AS_OF, ROOT, run_build, run_python
from test_new import FLAGS, in_terminal

from chamberbook import load

NAMED = ("--name", "陕西商会名录", "--province", "陕西")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new directory with its site in site/."""
    folder = tmp_path_factory.mktemp("init") / "shaanxi"
    done = run_build("init", folder, *NAMED)
    assert done.returncode == 0, done.stderr
    built = run_python(folder / "build.py", "--as-of", AS_OF, cwd=folder)
    assert built.returncode == 0, built.stderr
    assert "0 家商会" in built.stderr
    return folder


def words(page: Path) -> str:
    """What a page says between its header and its footer."""
    text = page.read_text("utf-8").partition('id="main"')[2].partition("<footer")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_its_own_commands_find_nothing_wrong(own: Path) -> None:
    for command in (["check", "--as-of", AS_OF], ["fmt", "--check"]):
        done = run_python(own / "build.py", *command, cwd=own)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_program_that_runs_is_its_own(own: Path) -> None:
    done = run_python("-c", "import chamberbook; print(chamberbook.__file__)", cwd=own)
    assert done.stdout.strip() == str(own / "chamberbook" / "__init__.py")
    assert run_python(own / "build.py", "--help", cwd=own).returncode == 0


def test_empty_pages_say_so_and_carry_its_name(own: Path) -> None:
    home = own / "site/index.html"
    assert "<title>陕西商会名录" in home.read_text("utf-8")
    for page in ("index.html", "chambers/index.html", "ratings/index.html", "charters/index.html"):
        assert "还没有收录" in words(own / "site" / page), page
    ours = [
        path.relative_to(own).as_posix()
        for path in (own / "site").rglob("*.html")
        if re.search("(?<!陕西)商会名录(?!：)", words(path))
    ]
    assert ours == []


def test_it_holds_its_federation_and_its_regions_and_no_chamber(own: Path) -> None:
    loaded = load.read_all(own)
    assert loaded.problems == ()
    assert dict(loaded.chambers) == {}
    assert [(slug, one.name, one.region) for slug, one in loaded.federations.items()] == [
        ("shaanxi", "陕西省工商业联合会", "610000")
    ]
    regions = {region.code: region for region in loaded.vocabulary.regions}
    everywhere = {
        region.code for region in load.read_all(ROOT).vocabulary.regions if region.level == "province"
    }
    assert everywhere <= set(regions)
    assert "610100" in regions
    assert "320282" not in regions


def test_a_province_with_counties_keeps_them_and_their_former_codes(tmp_path: Path) -> None:
    done = run_build(
        "init", tmp_path / "a", "--name", "甲", "--province", "320000", "--federation", "江苏省总商会"
    )
    assert done.returncode == 0, done.stderr
    checked = run_python(tmp_path / "a/build.py", "check", "--as-of", AS_OF, cwd=tmp_path / "a")
    assert checked.returncode == 0, checked.stdout
    loaded = load.read_all(tmp_path / "a")
    assert {"320282", "320584"} <= {region.code for region in loaded.vocabulary.regions}
    assert loaded.federations["jiangsu"].short_name == "江苏省总商会"


def test_the_first_chamber_can_be_added_with_its_own_command(own: Path, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    shutil.copytree(own, folder, ignore=shutil.ignore_patterns("site"))
    done = run_python(
        folder / "build.py", "new", "--name", "西安市餐饮商会", "--industry", "H62", *FLAGS, cwd=folder
    )
    assert (done.returncode, done.stdout) == (0, "chambers/shaanxi/xian-canyin.yml\n"), done.stderr
    built = run_python(folder / "build.py", "--as-of", AS_OF, cwd=folder)
    assert built.returncode == 0, built.stderr
    assert (folder / "site/chambers/xian-canyin/index.html").is_file()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/file").write_text("x")
    done = run_build("init", tmp_path / "a", *NAMED)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.rglob("*")] == ["a", "file"]


def test_an_empty_folder_will_do_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert run_build("init", tmp_path / "a", *NAMED, "--lang", "en").returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("flags", [(), ("--name", "甲"), ("--name", "甲", "--province", "南极")])
def test_what_is_missing_is_named_and_nothing_is_written(tmp_path: Path, flags: tuple[str, ...]) -> None:
    done = run_build("init", tmp_path / "a", *flags)
    assert done.returncode == 2
    assert "--province" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_it_asks_in_a_terminal(tmp_path: Path) -> None:
    code, said = in_terminal(["init", tmp_path / "a"], ["南极", "甘肃", "", ""])
    assert code == 0, said
    assert "没有找到这个省" in said
    assert 'site_name: "甘肃省商会名录"' in (tmp_path / "a/mkdocs.yml").read_text("utf-8")


def test_stopping_leaves_nothing(tmp_path: Path) -> None:
    code, said = in_terminal(["init", tmp_path / "a"], ["甘肃"], b"\x03")
    assert code == 2
    assert "已停止，什么也没有写。" in said
    assert list(tmp_path.iterdir()) == []


def test_its_makefile_and_workflow_are_sound(own: Path) -> None:
    done = subprocess.run(
        ["make", "--dry-run", "site"],
        cwd=own,
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )
    assert done.returncode == 0, done.stderr
    workflow = yaml.safe_load((own / ".github/workflows/site.yml").read_text("utf-8"))
    assert workflow["permissions"] == {}
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert all(re.search(r"@[0-9a-f]{40}$", step["uses"]) for step in steps if "uses" in step)
    assert "@NAME@" not in (own / "README.md").read_text("utf-8")
