"""Run the check over hostile cases in this process, which gives itself a limit of memory and of time for each.

Reads cases as lines of JSON, writes for each a line of JSON: the problems, or how it ended otherwise.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import traceback
from datetime import date
from pathlib import Path

from hostile_corpus import MEGABYTES, SECONDS, Case, make

from chamberbook import check
from chamberbook.load import read_all
from chamberbook.problems import Problem, in_order
from chamberbook.reports import FORMATS, Report

TODAY = date(2026, 11, 23)


class TooSlow(Exception):
    """The case has used up its time."""


def judged(case: Case, folder: Path) -> dict[str, object]:
    """What the check says of a case, in a directory of its own."""
    root = make(case, folder / "site")
    try:
        return verdict(root, case)
    finally:
        shutil.rmtree(root)


def verdict(root: Path, case: Case) -> dict[str, object]:
    """What the check says of a directory: `problems` and `lines`, or `crash` with the traceback."""
    signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        loaded = read_all(root)
        found = in_order((*loaded.problems, *check.run(loaded, TODAY)))
        report = Report(tuple(found), loaded.files, None)
        for write in FORMATS.values():
            write(report, str)
        return {
            "problems": [_short(problem, case) for problem in found],
            "lines": [problem.line() for problem in found],
        }
    except (Exception, RecursionError, MemoryError):
        return {"crash": traceback.format_exc(limit=-6)}
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def limit_memory() -> None:
    """From here on this process gets so much memory beyond what it has, and then MemoryError."""
    with open("/proc/self/statm") as file:
        now = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + MEGABYTES * 2**20, resource.RLIM_INFINITY))


def _short(problem: Problem, case: Case) -> str:
    place = problem.place
    here = "" if place.path == case["at"] else f"{place.path} "
    return f"{problem.rule} {here}{place.line}:{place.column}"


def _stop(*_: object) -> None:
    raise TooSlow


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        make({"at": "chambers/yixing/yixing-shili.yml", "text": ""}, Path(folder) / "warm")
        read_all(Path(folder) / "warm")  # what is made once, such as compiled patterns, is nobody's cost
        limit_memory()
        for line in sys.stdin:
            case = json.loads(line)
            sys.stdout.write(json.dumps({"name": case["name"], **judged(case, Path(folder))}) + "\n")
            sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
