"""The sitemap: every listed page, true days or none, an index above the protocol's limit; robots.txt."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

from factories import make_loaded
from planning import make_directory

from chamberbook.lastchanged import read_last_changes
from chamberbook.sitemap import MOST, record_days, write_robots, write_sitemap

BASE = "https://example.org/dir/"
NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def read(path: Path, item: str) -> list[tuple[str, str | None]]:
    root = ET.parse(path).getroot()
    assert root.tag == NS + {"url": "urlset", "sitemap": "sitemapindex"}[item]
    return [(str(one.findtext(f"{NS}loc")), one.findtext(f"{NS}lastmod")) for one in root]


def test_a_page_has_the_day_of_its_record_and_no_other(tmp_path: Path) -> None:
    charter = {"id": "gongyue", "type": "自律公约", "source": "r1"}
    directory = make_directory(make_loaded("a", charters=[charter]), make_loaded("b"))
    days = record_days(
        directory, {"chambers/yixing/a.yml": date(2026, 5, 6), "chambers/_schemes/x.yml": date(2026, 1, 1)}
    )
    assert days == {"chambers/a/": date(2026, 5, 6), "charters/a/gongyue/": date(2026, 5, 6)}
    write_sitemap([(url, days.get(url)) for url in ("", "chambers/a/", "chambers/b/")], BASE, tmp_path)
    assert read(tmp_path / "sitemap.xml", "url") == [
        (BASE, None),
        (f"{BASE}chambers/a/", "2026-05-06"),
        (f"{BASE}chambers/b/", None),
    ]


def test_more_addresses_than_a_file_may_hold_have_an_index(tmp_path: Path) -> None:
    day = date(2026, 5, 6)
    write_sitemap([*((f"{n:06d}/", day) for n in range(MOST + 1)), ("z/", None)], BASE, tmp_path)
    parts = read(tmp_path / "sitemap.xml", "sitemap")
    # A file with an address of unknown age has none itself.
    assert parts == [(f"{BASE}sitemap-1.xml", "2026-05-06"), (f"{BASE}sitemap-2.xml", None)]
    files = [read(tmp_path / name.removeprefix(BASE), "url") for name, _ in parts]
    assert [len(file) for file in files] == [MOST, 2]
    assert [url for file in files for url, _ in file] == [
        *(f"{BASE}{n:06d}/" for n in range(MOST + 1)),
        f"{BASE}z/",
    ]
    assert all((tmp_path / name.removeprefix(BASE)).stat().st_size < 50_000_000 for name, _ in parts)


def test_exactly_as_many_addresses_as_a_file_may_hold_need_no_index(tmp_path: Path) -> None:
    write_sitemap([(f"{n}/", None) for n in range(MOST)], BASE, tmp_path)
    assert len(read(tmp_path / "sitemap.xml", "url")) == MOST


def test_robots_may_read_everything_and_are_told_of_the_sitemap(tmp_path: Path) -> None:
    for base in (BASE, None):
        write_robots(base, tmp_path)
        rules = RobotFileParser()
        rules.parse((tmp_path / "robots.txt").read_text("utf-8").splitlines())
        assert rules.can_fetch("Baiduspider", "/chambers/x/")
        assert rules.site_maps() == ([f"{BASE}sitemap.xml"] if base else None)


def git(folder: Path, *arguments: str, day: str = "2026-01-02") -> None:
    when = f"{day}T12:00:00+08:00"
    env = os.environ | {"GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z", "GIT_COMMITTER_DATE": when}
    names = ["-c", "user.name=名录", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *names, *arguments], cwd=folder, env=env, check=True, capture_output=True)


def test_the_day_of_a_record_is_that_of_its_last_commit_and_none_where_it_is_not_known(
    tmp_path: Path,
) -> None:
    root = tmp_path / "repo" / "mulu"  # the directory need not be the top of the repository
    (root / "chambers/宜兴").mkdir(parents=True)
    names = ("old", "new", "dirty", "staged")
    for name in names:
        (root / f"chambers/宜兴/{name}.yml").write_text("1", "utf-8")
    git(root.parent, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "a", day="2026-01-02")
    (root / "chambers/宜兴/new.yml").write_text("2", "utf-8")
    git(root, "commit", "-qam", "b", day="2026-03-04")
    (root / "chambers/宜兴/dirty.yml").write_text("2", "utf-8")
    (root / "chambers/宜兴/staged.yml").write_text("2", "utf-8")
    git(root, "add", "chambers/宜兴/staged.yml")
    (root / "chambers/宜兴/untracked.yml").write_text("1", "utf-8")
    expected = {"chambers/宜兴/old.yml": date(2026, 1, 2), "chambers/宜兴/new.yml": date(2026, 3, 4)}
    assert read_last_changes(root) == expected
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root.parent}", "shallow")
    assert read_last_changes(tmp_path / "shallow/mulu") == {}
    (tmp_path / "plain").mkdir()
    assert read_last_changes(tmp_path / "plain") == {}
