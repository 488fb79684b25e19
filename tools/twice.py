"""Builds one commit from two checkouts that differ in everything that must not matter, and compares the sites.

    python tools/twice.py [--root FOLDER] [--commit COMMIT] [--no-search]

Path, time zone, locale, hash seed, number of processes, umask and the cache differ. Says which files differ; 0 when
none does. `--root` is the folder of the directory in the checkout (default: the checkout itself).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from chamberbook import sums

ROOT = Path(__file__).resolve().parents[1]
AS_OF = "2026-11-23"
#: Folder, arguments of the build and environment of the two.
PLACES = (
    ("one", ("--jobs", "1"), {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1", "PYTHONUTF8": "0"}),
    (
        "another place/with 中文/rather/further/down",
        ("--jobs", "3", "--no-cache"),
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4711", "LANG": "zh_CN.UTF-8"},
    ),
)


def checkout(folder: Path, commit: str) -> None:
    """A clone of this repository at a commit."""
    git = ["git", "-c", "advice.detachedHead=false"]
    subprocess.run([*git, "clone", "--quiet", "--no-checkout", ROOT, folder], check=True)
    subprocess.run([*git, "-C", folder, "checkout", "--quiet", commit], check=True)


def build(folder: Path, root: str, arguments: tuple[str, ...], env: dict[str, str]) -> Path:
    """The site of a checkout, by the checkout's own program and this interpreter. Raises CalledProcessError."""
    out = folder / "site of it"
    command = [
        sys.executable,
        folder / "build.py",
        "--root",
        folder / root,
        "--out",
        out,
        "--as-of",
        AS_OF,
        *arguments,
    ]
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))
    }
    subprocess.run(command, cwd=folder, env={**kept, "NO_MKDOCS_2_WARNING": "1", **env}, check=True)
    return out


def lines_of(site: Path) -> set[str]:
    """Path and digest of every file of a site, read again from the disk."""
    assert not sums.compare_folder(site)
    return {f"{path} {digest}" for path, digest in sums.read_sums(site).items()}


def compare(
    folder: Path, root: str = ".", commit: str = "HEAD", more: tuple[str, ...] = ()
) -> tuple[int, list[str]]:
    """Build both below `folder`: the number of files of the first, and the names of those that differ."""
    found = []
    for number, (place, arguments, env) in enumerate(PLACES):
        where = folder / place
        where.parent.mkdir(parents=True, exist_ok=True)
        checkout(where, commit)
        before = os.umask(0o022 if number else 0o027)
        try:
            found.append(lines_of(build(where, root, (*arguments, *more), env)))
        finally:
            os.umask(before)
    return len(found[0]), sorted({line.rpartition(" ")[0] for line in found[0] ^ found[1]})


def main() -> int:
    """Compare in a folder that goes away."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", default=".")
    parser.add_argument("--commit", default="HEAD")
    parser.add_argument("--no-search", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chamberbook-twice-") as name:
        more = ("--no-search",) if options.no_search else ()
        number, differing = compare(Path(name), options.root, options.commit, more)
    for path in differing:
        print(f"differs: {path}")
    print(f"{number} files, {len(differing)} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
