"""From an edit to the page in a preview: `.venv/bin/python benchmarks/preview.py 10000`, `--rounds 5`, `--json FILE`.

`build.py serve` runs on an invented directory. In each round a record is saved with another name, and its page is asked
for until it has the name (wall seconds from saving to the last byte of that answer); then the list of all chambers of its
region, until that has the name too, and beside it the home page all the while: the longest that one of these answers took is
what a reader of the preview waits for anything. The seconds of CPU that the server took until the page was there say what a
machine with nothing else to do would take (Linux). Last the state of search is asked for until it is ready again (seconds
from saving). The first page that says something is the start, with an empty cache in the first run over a folder.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from generate import REPOSITORY, generate

_PATIENCE = 900
_PAUSE = 0.02
_NAME = re.compile("^name: (.+)$", re.MULTILINE)
_REGION = re.compile('^region: "?([0-9]{6})', re.MULTILINE)


def wait_for(
    process: subprocess.Popen[bytes], url: str, words: str, beside: str = "", took: list[float] | None = None
) -> float:
    """When the answer of an address holds the words; SystemExit when it does not in time, or the preview has ended.

    Between the questions another address is asked too; `took` is given the seconds of each of its answers.
    """
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit(f"the preview ended with {process.returncode}")
        try:
            if beside and took is not None:
                asked = time.monotonic()
                with urllib.request.urlopen(beside, timeout=_PATIENCE) as other:
                    other.read()
                took.append(time.monotonic() - asked)
            with urllib.request.urlopen(url, timeout=_PATIENCE) as answer:
                if words in answer.read().decode():
                    return time.monotonic()
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(_PAUSE)
    raise SystemExit(f"{url}: no {words!r} within {_PATIENCE} s")


def cpu_of(process: subprocess.Popen[bytes]) -> float:
    """Seconds of CPU that a process has taken so far; 0 where the system does not say."""
    try:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def edits(
    root: Path, url: str, rounds: int, search: bool, process: subprocess.Popen[bytes]
) -> list[dict[str, float]]:
    """Rounds over records that lie apart; each is put back as it was."""
    records = sorted((root / "chambers").glob("[a-z]*/[a-z]*-*.yml"))
    found = []
    for number in range(rounds):
        path = records[len(records) * number // rounds]
        text = path.read_text("utf-8")
        name, page = f"改名第{number}回商会", f"{url}chambers/{path.stem}/"
        saved, spent = time.monotonic(), cpu_of(process)
        path.write_text(re.sub(r"^name: .+$", f"name: {name}", text, count=1, flags=re.M), "utf-8")
        try:
            one = {"page": wait_for(process, page, name) - saved}
            one["page, CPU"] = cpu_of(process) - spent
            region = _REGION.search(text)
            if region:
                took: list[float] = []
                one["list"] = wait_for(process, f"{url}regions/{region[1]}/", name, url, took) - saved
                one["longest answer"] = max(took)
            if search:
                one["search"] = wait_for(process, f"{url}search/state.json", '"ready"') - saved
        finally:
            path.write_text(text, "utf-8")
        wait_for(process, page, _NAME.search(text)[1].strip("'\""))  # type: ignore[index]
        print("  ".join(f"{key} {value:.2f} s" for key, value in one.items()), flush=True)
        found.append(one)
    return found


def run(root: Path, rounds: int, *, search: bool) -> dict[str, float]:
    """Start a preview and give the seconds to its first page, and the medians of the rounds."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url, start = f"http://127.0.0.1:{port}/", time.monotonic()
    process = subprocess.Popen(
        [sys.executable, REPOSITORY / "build.py", "serve", "--root", root, "--address", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
    )
    try:
        first = wait_for(process, url, "</html>") - start
        if search:
            wait_for(process, f"{url}search/state.json", '"ready"')
        found = edits(root, url, rounds, search, process)
    finally:
        process.terminate()
        process.wait()
    keys = [key for key in found[0] if all(key in one for one in found)]
    medians = {key: statistics.median(one[key] for one in found) for key in keys}
    return {"start": first, **medians, "longest": max(one["page"] for one in found)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("chambers", type=int, nargs="?", default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-search", action="store_true", help="do not wait for search after each edit")
    parser.add_argument("--root", type=Path, help="an invented directory that is there already")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="preview-"))
    try:
        root = options.root or folder / "root"
        if not root.is_dir():
            generate(root, options.chambers, options.seed)
        result = run(root, options.rounds, search=not options.no_search)
    finally:
        shutil.rmtree(folder)
    print(json.dumps(result, indent=1))
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
