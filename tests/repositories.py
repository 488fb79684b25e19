"""Real git repositories with directories in them, for the tests of what git tells."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from factories import make_site
from planning import DAY

from chamberbook import derive, load
from chamberbook.cache import Cache
from chamberbook.changes.past import read_history
from chamberbook.derive import Directory

YIXING = "chambers/yixing"
TAOCI, CANYIN = f"{YIXING}/yixing-taoci.yml", f"{YIXING}/yixing-canyin.yml"
CHAYE, CHA = f"{YIXING}/yixing-chaye.yml", f"{YIXING}/yixing-cha.yml"
ZISHA = f"{YIXING}/yixing-zisha.yml"


def git(repository: Path, *arguments: str, day: str = "2026-01-02") -> str:
    """Run git there as a person of our invention, at noon of a day in Beijing."""
    when = f"{day}T12:00:00+08:00"
    env = os.environ | {"GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z", "GIT_COMMITTER_DATE": when}
    own = ["-c", "user.name=张三", "-c", "user.email=zhangsan@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(
        ["git", *own, *arguments],
        cwd=repository,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(repository: Path, message: str = "修改", day: str = "2026-01-02") -> str:
    """Everything as it is now, as a commit of a day."""
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--allow-empty", "-m", message, day=day)
    return git(repository, "rev-parse", "HEAD")


def edit(root: Path, path: str, *changes: tuple[str, str]) -> None:
    """Replace texts of a file; each must be there."""
    text = (root / path).read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    (root / path).write_text(text, "utf-8")


def begin(root: Path, top: Path | None = None) -> None:
    """A repository at `top` with the folder as its first commit."""
    git(top or root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "第一版", "2026-01-02")


def read_story(top: Path) -> Directory:
    """The directory of `make_story`, with its past."""
    root = make_story(top)
    records = load.read_all(root)
    return derive.directory(records, DAY, history=read_history(root, records, Cache(None)))


def rating(level: str, day: str) -> str:
    return f"  - {{scheme: shili-xingji, level: {level}, awarded: {day}, awarded_by: 宜兴市工商联, source: r1}}\n"


def make_story(top: Path) -> Path:
    """A directory below the top of its repository, with everything that can happen to a record."""
    root = make_site(top / "mulu")
    begin(root, root.parent)
    edit(root, CANYIN, ("founded: 2001\n", "founded: 2002\ncontact: {phone: 0510-87654321}\n"))
    commit(root, day="2026-02-01")
    edit(root, CANYIN, ("activities:\n", f"ratings:\n{rating('si-xing', '2026-02-20')}activities:\n"))
    commit(root, day="2026-03-01")
    edit(root, CANYIN, ("activities:\n", f"{rating('wu-xing', '2026-03-20')}activities:\n"))
    commit(root, day="2026-04-01")
    charter = (
        "charters:\n  - {id: gongyue, title: 餐饮业公约, type: 自律公约, adopted: 2026-04, source: r1}\n"
    )
    edit(root, CANYIN, ("activities:\n", f"{charter}activities:\n"))
    edit(root, f"{YIXING}/yixing-taoci.zilv-gongyue-2024.md", ("，", "、"))
    commit(root, day="2026-05-01")
    # A name and an address change together.
    edit(
        root,
        CANYIN,
        ("name: 宜兴市示例餐饮业商会\n", "name: 宜兴市示例茶业商会\nformer_slugs: [yixing-canyin]\n"
         "former_names:\n  - {name: 宜兴市示例餐饮业商会, source: r1}\n"),
    )  # fmt: skip
    (root / CANYIN).rename(root / CHAYE)
    commit(root, day="2026-06-01")
    edit(root, CHAYE, ("verified: 2008-06", "verified: 2008-06\n# 只加了一行注释"))
    commit(root, "只改写法", "2026-07-01")
    # What today's models cannot read, and its end.
    edit(root, TAOCI, ("kind: industry", "kind: guild"))
    commit(root, day="2026-08-01")
    edit(root, TAOCI, ("kind: guild", "kind: industry"))
    commit(root, day="2026-08-02")
    (root / ZISHA).unlink()
    (root / "chambers/_tombstones").mkdir()
    (root / "chambers/_tombstones/yixing-zisha.yml").write_text(
        "removed: 2026-09-01\nreason: personal\nformer_slugs: [zisha]\n", "utf-8"
    )
    commit(root, day="2026-09-01")
    # Two commits of a branch come in by a merge on one day.
    git(root, "checkout", "--quiet", "-b", "branch")
    edit(root, "chambers/jiangsu/jiangsu-fujian.yml", ("verified:", "trade: 综合\nverified:"))
    commit(root, day="2026-09-02")
    edit(root, "chambers/jiangsu/jiangsu-fujian.yml", ("trade: 综合", "trade: 贸易"))
    commit(root, day="2026-09-03")
    git(root, "checkout", "--quiet", "main")
    git(root, "merge", "--quiet", "--no-ff", "-m", "合并", "branch", day="2026-10-01")
    return root
