"""`build.py --at REV`: the directory as it stood, from a real repository; the work tree stays as it is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from building import make_root, run_build
from repositories import CANYIN, YIXING, begin, commit, edit, git


@pytest.fixture
def repository(tmp_path: Path, kept: Path) -> Path:
    """The small directory with two commits and an edit that is not committed."""
    root = make_root(tmp_path / "small", kept=kept)
    (root / ".gitignore").write_text("/site*/\n/.site*\n/.cache/\n", "utf-8")
    edit(root, "mkdocs.yml", ('site_url: ""', "site_url: https://example.org/"))
    begin(root)
    edit(root, CANYIN, ("founded: 2001", "founded: 2002"))
    (root / YIXING / "yixing-chaye.yml").write_text(
        (root / CANYIN).read_text("utf-8").replace("餐饮业", "茶业"), "utf-8"
    )
    commit(root, day="2026-03-04")
    edit(root, CANYIN, ("founded: 2002", "founded: [unfinished"))
    return root


def build(root: Path, *arguments: object) -> str:
    done = run_build("--root", root, "--no-search", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stderr


def contents(site: Path) -> dict[Path, bytes]:
    return {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_the_directory_as_it_stood_says_so_on_every_page_and_touches_nothing(repository: Path) -> None:
    before = git(repository, "status", "--porcelain")
    build(repository, "--at", "HEAD~1")
    assert git(repository, "status", "--porcelain") == before
    site = repository / "site-at"
    record = json.loads((site / "chambers/yixing-canyin/record.json").read_bytes())
    assert (record["record"]["founded"], record["changed"]) == ("2001", "2026-01-02")
    assert not (site / "chambers/yixing-chaye").exists()
    pages = [path for path in site.rglob("*.html") if path.name in ("index.html", "404.html")]
    assert len(pages) > 50
    for page in pages:
        text = page.read_text("utf-8")
        assert '<meta name="robots" content="noindex">' in text, page
        assert re.search(
            "这是名录在<time datetime=.2026-01-02.>2026年1月2日</time>的样子，不是现在的", text
        ), page
    # Levels are told for the day on which it stood.
    assert (
        'datetime="2026-01-02"' in (site / "chambers/index.html").read_text("utf-8").partition("<footer")[2]
    )
    assert not list(site.glob("sitemap*"))
    assert not list(site.rglob("feed.*"))
    assert "Sitemap" not in (site / "robots.txt").read_text("utf-8")
    # The same commit by another name, without what the first build left: the same bytes.
    again = repository / "site-again"
    build(repository, "--at", git(repository, "rev-parse", "HEAD~1"), "--out", again, "--no-cache")
    assert contents(again) == contents(site)


def test_a_build_of_today_has_sitemap_feeds_and_the_days_of_git(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "--", CANYIN)
    said = build(repository, "--as-of", "2026-03-05")
    assert "git" not in said
    site = repository / "site"
    days = {
        str(one.findtext("{*}loc")): one.findtext("{*}lastmod")
        for one in ET.parse(site / "sitemap.xml").getroot()
    }
    assert days["https://example.org/chambers/yixing-canyin/"] == "2026-03-04"
    assert days["https://example.org/chambers/yixing-taoci/"] == "2026-01-02"
    assert "https://example.org/changes/2026-03/" in days
    assert (site / "changes/feed.xml").is_file()
    assert (site / "federations/yixing/feed.json").is_file()
    head = (site / "federations/yixing/index.html").read_text("utf-8").partition("</head>")[0]
    links = re.findall(r'<link rel="alternate" type="([^"]+)" title="更新记录" href="([^"]+)">', head)
    for kind, href in links:
        assert (site / "federations/yixing" / href).resolve().is_file(), kind
    assert [kind for kind, _ in links] == ["application/atom+xml", "application/feed+json"]


def refused(root: Path, revision: str, code: int = 2) -> str:
    done = run_build("--root", root, "--at", revision)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert not (root / "site-at").exists()
    return done.stderr


def test_what_cannot_be_built_is_said_with_the_next_step(repository: Path, tmp_path: Path) -> None:
    assert "没有版本 nowhere" in refused(repository, "nowhere")
    git(repository, "checkout", "--quiet", "--", CANYIN)
    edit(repository, CANYIN, ("kind: industry", "kind: guild"))
    commit(repository, day="2026-04-01")
    said = refused(repository, "HEAD", code=1)
    assert "版本 HEAD 的资料按今天的规则有错，没有生成" in said
    assert f"{CANYIN}:3:" in said
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{repository}", "shallow")
    assert "git fetch --unshallow" in refused(tmp_path / "shallow", "HEAD~1")
    assert "不是 git 仓库" in refused(make_root(tmp_path / "plain"), "HEAD")


def test_a_shallow_clone_is_built_without_dates_and_says_why(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{repository}", "shallow")
    root = tmp_path / "shallow"
    assert "git fetch --unshallow" in build(root, "--as-of", "2026-03-05")
    assert "lastmod" not in (root / "site/sitemap.xml").read_text("utf-8")
    assert "没有完整的修改历史" in (root / "site/changes/index.html").read_text("utf-8")
    assert not list((root / "site").rglob("feed.*"))
    record = json.loads((root / "site/chambers/yixing-canyin/record.json").read_bytes())
    assert not {"created", "changed"} & set(record)
