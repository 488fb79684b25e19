"""The memory of a tree of processes, watched from beside it: `python memory.py PID` until its standard input closes.

A process that works cannot look at itself, and threads and forks do not mix; so one of its own looks five times a second
and says at the end what it saw. Linux only; it uses nothing but the standard library, so that it is small itself.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

INTERVAL = 0.2

#: When, by the monotonic clock, and how many MiB.
Sample = tuple[float, float]


class Watch:
    """Watches this process and those that it starts, from now until `stop`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def stop(self) -> list[Sample]:
        """What was seen, in order of time; nothing where there is no /proc."""
        said, _ = self._process.communicate()
        return [(float(when), float(mib)) for when, mib in map(str.split, said.splitlines())]


def tree_memory(root: int, without: int = 0) -> float:
    """MiB of a process and all below it. What is shared counts once (proportional set sizes)."""
    return sum(_proportional(pid) for pid in _tree(root) if pid != without) / 1024


def _tree(root: int) -> list[int]:
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        try:
            for task in os.listdir(f"/proc/{pid}/task"):
                todo += map(int, Path(f"/proc/{pid}/task/{task}/children").read_text().split())
        except OSError:
            pass
    return found


def _proportional(pid: int) -> int:
    """KiB; 0 for a process that has just ended."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def main() -> None:
    """Look until nobody holds the other end of the standard input, then print what was seen."""
    pid, seen = int(sys.argv[1]), []
    while not select.select([sys.stdin], [], [], INTERVAL)[0]:
        seen.append((time.monotonic(), tree_memory(pid, without=os.getpid())))
    for when, mib in seen:
        if mib:
            print(f"{when:.3f} {mib:.1f}")


if __name__ == "__main__":
    main()
