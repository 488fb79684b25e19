"""What the hooks of a bare repository do: refuse a push with mistakes, publish a good one.

The program is the one installed on this server. Of a push only chambers/ and content/ are read, as data; templates,
settings and code that it may hold are never used, so nobody runs anything here by pushing.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from chamberbook import messages, pipeline
from chamberbook.changes import git, output
from chamberbook.changes.compare import compare
from chamberbook.changes.tree import read_revision, read_tree
from chamberbook.problems import BadInput, Message, WrongUse, report
from chamberbook.reading import CACHE, Origin

PROGRAM = Path(__file__).resolve().parents[2]
FOLDERS = ("chambers", "content")


def main(hook: str) -> int:
    """Run one hook in the folder of the repository; 0 lets a push in."""
    # What is published must be readable by the web server, whatever the umask of the pusher's login.
    os.umask(0o022)
    # A published day begins in Beijing.
    os.environ.setdefault("TZ", "Asia/Shanghai")
    time.tzset()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    if hook == "publish":
        return publish()
    pushed = [line.split() for line in sys.stdin]
    ours = [(old, new) for old, new, ref in pushed if ref == f"refs/heads/{setting('branch', 'main')}"]
    if not ours:
        return 0
    return publish() if hook == "post-receive" else max(judge(old, new) for old, new in ours)


def judge(old: str, new: str) -> int:
    """Print what a push changes and what is wrong with it; 1 refuses it."""
    if not new.strip("0"):
        return refuse("发布的分支不能删除。")
    try:
        with pushed_root(new) as root:
            good = check(root, old, new)
            if good and changes_prose(old, new):
                build(root, root / "site", new, search=False)
    except (BadInput, WrongUse) as error:
        print(words(error))
        good = False
    return 0 if good else refuse("这次推送没有收下，网站没有变。改好再推。")


def check(root: Path, old: str, new: str) -> bool:
    """Print the report of a pushed tree; whether it may come in."""
    links = [path.relative_to(root) for path in sorted((root / "content").rglob("*")) if path.is_symlink()]
    for path in links:
        print(f"{path}: 不能用符号链接")
    tree = read_tree(root, new[:10], date.today())
    if old.strip("0"):
        before = read_revision(Path(), old, date.today())
        found = compare(before, tree)
        print(output.text(found, str))
        return found.acceptable and tree.directory is not None and not links
    print(report(tree.problems))
    return tree.directory is not None and not links


def publish() -> int:
    """Build the newest commit of the branch and put it in the place of the published site."""
    site = setting("site")
    if not site:
        print("没有设置网站的文件夹：git config chamberbook.site /srv/…/site", file=sys.stderr)
        return 2
    with Path("chamberbook.lock").open("w") as lock:
        # One build at a time, and each takes the newest commit: an older one never replaces a newer one.
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            commit = git.resolve(Path(), f"refs/heads/{setting('branch', 'main')}")
            with pushed_root(commit) as root:
                build(root, Path(site), commit, search=True)
        except (BadInput, WrongUse) as error:
            print(words(error))
            print("网站没有生成，还是原来的样子。", flush=True)
            return 1
    print(f"已发布 {commit[:10]}。", flush=True)
    return 0


@contextmanager
def pushed_root(commit: str) -> Iterator[Path]:
    """The records and prose of a commit beside the settings and templates of this server; gone at the end, but for what
    the next build can take from this one, which stays in the repository."""
    kept = Path("chamberbook-cache").resolve()
    with tempfile.TemporaryDirectory(prefix="chamberbook-") as name:
        root = Path(name)
        with suppress(OSError):
            kept.mkdir(exist_ok=True)
            (root / CACHE).symlink_to(kept)
        git.export(Path(), commit, FOLDERS, root)
        shutil.copy(PROGRAM / "mkdocs.yml", root)
        shutil.copytree(PROGRAM / "templates", root / "templates")
        yield root


def build(root: Path, out: Path, commit: str, *, search: bool) -> None:
    """The site of a pushed tree, with the history of its commit. Raises BadInput or WrongUse; then `out` is as it was."""
    address = setting("baseurl") or None
    options = pipeline.BuildOptions(
        root=root,
        out=out,
        as_of=date.today(),
        base_url=address,
        jobs=1,
        search=search,
        origin=Origin(Path().resolve(), commit),
    )
    pipeline.build(options, say)


def say(message: Message) -> None:
    """Progress, which git shows in the terminal of whoever pushes."""
    print(message.text(messages.translate("zh")), flush=True)


def words(error: BadInput | WrongUse) -> str:
    """What went wrong, in words."""
    return report(error.problems) if isinstance(error, BadInput) else error.message.text()


def refuse(sentence: str) -> int:
    """Say why; 1."""
    print(sentence, flush=True)
    return 1


def changes_prose(old: str, new: str) -> bool:
    """Whether content/ differs, or whether there was nothing before: then the whole site is tried out."""
    command = ["git", "diff", "--quiet", "--no-ext-diff", "--no-textconv", old, new, "--", "content"]
    return not old.strip("0") or subprocess.run(command, check=False).returncode != 0


def setting(name: str, default: str = "") -> str:
    """A setting of the repository: `git config chamberbook.NAME`."""
    done = subprocess.run(
        ["git", "config", "--get", f"chamberbook.{name}"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or default


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
