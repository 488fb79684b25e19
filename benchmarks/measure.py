"""What a command costs: CPU and time by wait4, memory by looking at the whole tree of processes.

wait4 counts a process together with the children it has waited for, so CPU is that of the whole tree. Its memory is
that of the largest single process, which says little where several work at once; so the tree is sampled: five times a
second the proportional set sizes (PSS, what is shared counts once) of all processes below the command are added up.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chamberbook.memory import INTERVAL, tree_memory


class Failed(Exception):
    """A command that did not end well; the text is what it said."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Seconds of user CPU, of all CPU and of the clock; MiB at the peak; what a build of ours said with `--times`."""

    user: float
    cpu: float
    wall: float
    peak: float
    times: Mapping[str, Any] = field(default_factory=dict)

    def __add__(self, other: Usage) -> Usage:
        """One after the other."""
        peak = max(self.peak, other.peak)
        return Usage(self.user + other.user, self.cpu + other.cpu, self.wall + other.wall, peak)


def measure(command: Sequence[str | Path], cwd: Path, env: Mapping[str, str] | None = None) -> Usage:
    """Run a command to its end. Raises Failed with the end of its output."""
    os.sync()
    with (cwd / ".said").open("w+b") as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            list(map(str, command)), cwd=cwd, env={**os.environ, **(env or {})}, stdout=said, stderr=said
        )
        memory = _Memory(process.pid)
        memory.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        memory.stop()
        said.seek(0)
        text = said.read().decode(errors="replace")
    if process.returncode:
        raise Failed(f"{' '.join(map(str, command))}\n{text[-2000:]}")
    return Usage(used.ru_utime, used.ru_utime + used.ru_stime, wall, memory.peak)


class _Memory(threading.Thread):
    """Samples the tree below a process until told to stop."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self._root = root
        self._done = threading.Event()

    def run(self) -> None:
        while not self._done.wait(INTERVAL):
            self.peak = max(self.peak, tree_memory(self._root))

    def stop(self) -> None:
        self._done.set()
        self.join()


def machine() -> str:
    """Cores, memory, processor and system in one line."""
    cpu = next(
        (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "?"
    )
    kib = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, {kib / 1024 / 1024:.0f} GiB, {cpu}, {os.uname().sysname} {os.uname().release}, Python {sys.version.split()[0]}"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
