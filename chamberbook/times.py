"""Where a build's time and memory go: by stage of the build, and by kind of work, whichever process does it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from chamberbook.memory import Sample, Watch


class Cost(NamedTuple):
    """Seconds by the clock, of user CPU and of the system's; CPU is that of this process and of those it waited for."""

    wall: float = 0.0
    user: float = 0.0
    system: float = 0.0

    @classmethod
    def now(cls) -> Cost:
        """All so far; the difference of two is what lies between."""
        used = os.times()
        return cls(time.perf_counter(), used.user + used.children_user, used.system + used.children_system)

    def plus(self, other: Cost) -> Cost:
        return Cost(*(a + b for a, b in zip(self, other, strict=True)))

    def since(self, start: Cost) -> Cost:
        return Cost(*(a - b for a, b in zip(self, start, strict=True)))


class _Span(NamedTuple):
    """From when to when a stage went on, by the monotonic clock."""

    name: str
    begun: float
    ended: float


class Times:
    """Gathers the costs of one build. A stage within another counts for itself alone; a name that comes again adds up.

    The works of one kind are done in the stage `pages`, several at once: their seconds by the clock are added up.
    """

    def __init__(self, watch: Watch | None = None) -> None:
        """`watch` looks at the memory; without it peaks are not known."""
        self._watch = watch
        self._begun = Cost.now()
        self._stages: dict[str, Cost] = {}
        self._kinds: dict[str, Cost] = {}
        self._spans: list[_Span] = []
        #: For each stage that is going on what the stages within it have cost.
        self._within: list[Cost] = [Cost()]

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """What is done inside belongs to the stage."""
        start, begun = Cost.now(), time.monotonic()
        self._within.append(Cost())
        yield
        spent = Cost.now().since(start)
        own = spent.since(self._within.pop())
        self._within[-1] = self._within[-1].plus(spent)
        self._stages[name] = self._stages.get(name, Cost()).plus(own)
        self._spans.append(_Span(name, begun, time.monotonic()))

    def add(self, kind: str, cost: Cost) -> None:
        """A work of this kind is done."""
        self._kinds[kind] = self._kinds.get(kind, Cost()).plus(cost)

    def write(self, path: Path) -> None:
        """Write the file that `--times` asks for; ends the watch."""
        total = Cost.now().since(self._begun._replace(user=0.0, system=0.0))
        samples = self._watch.stop() if self._watch else []
        text = json.dumps(self._report(total, samples), indent=1)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")

    def _report(self, total: Cost, samples: Sequence[Sample]) -> dict[str, Any]:
        stages = {"start": self._begun._replace(wall=0.0), **self._stages}
        peaks = _peaks(samples, self._spans)
        return {
            "stages": {name: _shown(cost) | {"peak_mib": peaks.get(name)} for name, cost in stages.items()},
            "kinds": {name: _shown(cost) for name, cost in self._kinds.items()},
            "total": _shown(total) | {"peak_mib": max((mib for _, mib in samples), default=None)},
        }


def _shown(cost: Cost) -> dict[str, Any]:
    return {name: round(seconds, 3) for name, seconds in cost._asdict().items()}


def _peaks(samples: Sequence[Sample], spans: Sequence[_Span]) -> dict[str, float]:
    """The greatest memory seen in each stage; one that is over too soon to be looked at has none."""
    peaks: dict[str, float] = {}
    for when, mib in samples:
        around = [span for span in spans if span.begun <= when <= span.ended]
        if around:
            name = max(around, key=lambda span: span.begun).name
            peaks[name] = max(mib, peaks.get(name, 0.0))
    return peaks
