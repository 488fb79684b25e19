"""Give an invented directory a past: `.venv/bin/python benchmarks/history.py DIRECTORY --versions 5 --batch 100`.

Writes `.git` beside the records: they come in commits of `batch` records, then each is changed until it says what it
says today, so that the last commit holds what lies in the folder. One commit touches every record at once, as a change
of all files does. Commits are an hour apart or more, over `months` months up to November 2026. The same directory and
numbers give the same commits.
"""

from __future__ import annotations

import argparse
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

_END = datetime(2026, 11, 1, tzinfo=UTC)
_RECORD = re.compile(r"chambers/[a-z0-9-]+/(?!federation\.)[a-z0-9-]+\.yml")
_VERIFIED = re.compile(rb"^verified: .*$", re.MULTILINE)
_RATINGS = re.compile(rb"^ratings:\n(?:[ -].*\n)+", re.MULTILINE)
_TRADE = re.compile(rb"^trade: .*$", re.MULTILINE)


def version(text: bytes, at: int, versions: int) -> bytes:
    """A record as it was: today's says most, each one before has another date of its check, the first no ratings."""
    if at == versions - 1:
        return text
    text = _VERIFIED.sub(b"verified: %d" % (2010 + at), text)
    if at % 2:
        text = _TRADE.sub("trade: 改过的行业".encode(), text)
    return text if at else _RATINGS.sub(b"", text)


def commits(
    files: dict[str, bytes], others: dict[str, bytes], batch: int, versions: int
) -> Iterator[dict[str, bytes]]:
    """What each commit writes, oldest first."""
    names = sorted(files)
    yield others
    for at in range(versions):
        # One version of all records is one commit.
        size = len(names) if at == versions // 2 else batch
        for start in range(0, len(names), size):
            yield {name: version(files[name], at, versions) for name in names[start : start + size]}


def write(folder: Path, changes: list[dict[str, bytes]], months: int) -> None:
    """Hand the commits to git fast-import, and make the work tree that of the last one."""
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)
    step = max(timedelta(days=30 * months) / len(changes), timedelta(hours=1))
    with subprocess.Popen(["git", "-C", str(folder), "fast-import", "--quiet"], stdin=subprocess.PIPE) as git:
        assert git.stdin is not None
        for number, written in enumerate(changes):
            seconds = int((_END - step * (len(changes) - number)).timestamp())
            git.stdin.write(
                b"commit refs/heads/main\ncommitter bench <bench> %d +0800\ndata 6\nbench\n\n" % seconds
            )
            for name, text in written.items():
                git.stdin.write(b"M 100644 inline %s\ndata %d\n%s\n" % (name.encode(), len(text), text))
    if git.returncode:
        raise SystemExit(git.returncode)
    subprocess.run(["git", "-C", str(folder), "reset", "-q"], check=True)


def main() -> None:
    """Read the directory, write its past."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("directory", type=Path, help="what benchmarks/generate.py wrote")
    parser.add_argument("--versions", type=int, default=5, help="of each record (5)")
    parser.add_argument("--batch", type=int, default=100, help="records to a commit (100)")
    parser.add_argument("--months", type=int, default=36, help="between the first commit and the last (36)")
    options = parser.parse_args()
    files = {
        path.relative_to(options.directory).as_posix(): path.read_bytes()
        for path in sorted((options.directory / "chambers").rglob("*"))
        if path.is_file()
    }
    records = {n: t for n, t in files.items() if _RECORD.fullmatch(n)}
    others = {n: t for n, t in files.items() if n not in records}
    changes = list(commits(records, others, options.batch, options.versions))
    write(options.directory, changes, options.months)
    print(f"{len(changes)} commits, {len(records) * options.versions} versions of {len(records)} records")


if __name__ == "__main__":
    main()
