"""Lighthouse, as on a phone, for each kind of page: `.venv/bin/python benchmarks/lighthouse.py SITE [KIND …]`.

Needs what the tests need. The first run installs the locked packages of benchmarks/node. The scores of performance
depend on the machine: on one that does other things too they say little.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import readers
from readers import KINDS, programs, serving

PACKAGES = Path(__file__).resolve().parent / "node"
_MAIN = PACKAGES / "node_modules/lighthouse/cli/index.js"
#: The least that each category should have on each kind of page.
MARK = 98


def install() -> None:
    """Get the locked packages unless they are there."""
    if _MAIN.is_file():
        return
    node = Path(programs.node())
    npm = node.parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    command = [str(node), str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=PACKAGES, env={**os.environ, "PATH": path}, check=True, stdout=sys.stderr)


def scores(url: str) -> tuple[dict[str, int], list[str]]:
    """Each category's score of 100, and the audits that cost any. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as folder:
        out = Path(folder) / "report.json"
        command = [
            programs.node(), str(_MAIN), url, "--quiet", "--output=json", f"--output-path={out}",
            "--chrome-flags=--headless=new --no-sandbox",
        ]  # fmt: skip
        environment = {**os.environ, "CHROME_PATH": programs.chromium()}
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True)
        told = json.loads(out.read_text("utf-8"))
    categories, audits = told["categories"], told["audits"]
    costly = {
        ref["id"]
        for category in categories.values()
        for ref in category["auditRefs"]
        if ref["weight"] and (audits[ref["id"]]["score"] or 0) < 1 and audits[ref["id"]]["score"] is not None
    }
    return {id_: round(100 * (one["score"] or 0)) for id_, one in categories.items()}, sorted(costly)


def main() -> int:
    """Print a table; 1 when a category is below the mark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path, metavar="SITE", help="a built site")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    options = parser.parse_args()
    install()
    least = 100
    print(
        "| page | performance | accessibility | best practices | SEO | what costs |\n| --- | --- | --- | --- | --- | --- |"
    )
    with serving(options.site.resolve()) as base:
        for kind, url in readers.examples(options.site.resolve()).items():
            if options.kinds and kind not in options.kinds:
                continue
            found, costly = scores(base + url)
            least = min(least, *found.values())
            print(f"| {kind} | {' | '.join(map(str, found.values()))} | {', '.join(costly)} |", flush=True)
    return int(least < MARK)


if __name__ == "__main__":
    sys.exit(main())
