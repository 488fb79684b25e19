"""Real git repositories with directories in them, for the tests of what git tells."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

YIXING = "chambers/yixing"
TAOCI, CANYIN = f"{YIXING}/yixing-taoci.yml", f"{YIXING}/yixing-canyin.yml"


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
