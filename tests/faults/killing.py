"""Kills builds and looks at what is left.

    python tests/faults/killing.py [--kills N] [--seed S] [--log FILE]

Each round edits a record, starts a build, kills it (SIGKILL, SIGTERM or SIGINT to all its processes) at a moment of a stage
or at any moment at all, and asserts that the published site and the one before are complete, that the published one is
either the old one or the new one, and that the build said what happened. Every few rounds a build runs to its end and
its site is compared with one that was built from nothing. A line for each round goes into the log.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from at import NEVER
from building import AS_OF, ROOT, built, make_root, run_build

from chamberbook import sums

#: A build from its beginning to its end: the first call of each function is a moment to be killed at.
STAGES = (
    "load/reader:read_all",
    "check/__init__:run",
    "derive/directory:directory",
    "publish:staging",
    "tree:set_aside",
    "tree:begin",
    "write:_write",
    "exports/write:write_files",
    "search/pagefind:run_pagefind",
    "search/index:_write_index",
    "tree:finish",
    "precompress:write_compressed",
    "whole:check_links",
    "sums:write_sums",
    "publish:settle",
    "publish:publish",
    "publish:_exchange",
    "publish:_keep",
)
SIGNALS = ("SIGKILL", "SIGTERM", "SIGINT")
#: Rounds after which a build runs to its end.
_EVERY = 12


@dataclass
class Killer:
    """A directory whose builds are killed; `folder` is empty at first, `kept` what an earlier build may have kept. `lines`
    is the log."""

    folder: Path
    kept: Path | None = None
    lines: list[str] = field(default_factory=list)
    rounds: int = 0

    def __post_init__(self) -> None:
        self.root = make_root(self.folder / "small", kept=self.kept)
        self.site, self.before = self.folder / "site", self.folder / "site.previous"
        self.options = ("--root", self.root, "--out", self.site, "--as-of", AS_OF, "--precompress")
        self.record = min(self.root.glob("chambers/*/*canyin.yml"))
        self.text = self.record.read_text("utf-8")
        for _ in range(2):
            self.edit()
            built(self.site, *self.options[:2], *self.options[4:])

    def edit(self) -> None:
        """Change what a page and the search index say."""
        self.rounds += 1
        assert "\nname_en:" not in self.text
        self.record.write_text(f"{self.text}\nname_en: Round {self.rounds} Chamber\n", "utf-8")

    def kill(self, stage: str | None, number: str, seconds: float, *more: str) -> None:
        """One round: a build that is killed; `stage` None is any moment, counted from its start."""
        self.edit()
        old = self._list()
        moment = stage or "load/reader:read_all"
        command = [
            sys.executable,
            ROOT / "tests/faults/at.py",
            f"chamberbook/{moment}",
            "kill",
            number,
            f"{seconds}",
        ]
        done = subprocess.run(
            [*map(str, command), "--", *map(str, self.options), *more],
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True, text=True, encoding="utf-8", check=False, timeout=600, start_new_session=True,
        )  # fmt: skip
        said = done.stderr.strip().splitlines()
        state = "new" if self._list() != old else "old"
        self.lines.append(
            f"{self.rounds:3} {moment} +{seconds:.2f}s {number}: exit {done.returncode}, the {state} site"
        )
        assert done.returncode != NEVER, f"a build never comes to {moment}"
        self.assert_whole()
        assert "Traceback" not in done.stderr, done.stderr
        if done.returncode == -signal.SIGKILL:
            assert number == "SIGKILL"
        elif done.returncode:
            assert (done.returncode, number == "SIGKILL") == (2, False)
            assert said[-1] == "已停止；原来的网站没有动。"
            assert state == "old"
        else:
            assert said[-1].startswith("完成：")
            assert state == "new"

    def finish(self, *more: str) -> None:
        """A build that nobody kills gives the site that a build from nothing gives, and leaves nothing else behind."""
        self.edit()
        start = time.monotonic()
        built(self.site, *self.options[:2], *self.options[4:], *more)
        self.assert_whole()
        cold = built(self.folder / "cold", *self.options[:2], *self.options[4:], "--no-cache")
        assert self._list() == (cold / sums.FILE).read_bytes()
        assert sorted(
            path.name for path in self.folder.iterdir() if path.name.startswith(("site", ".site"))
        ) == [
            "site",
            "site.previous",
        ]
        self.lines.append(
            f"{self.rounds:3} ran to its end in {time.monotonic() - start:.1f}s: as built from nothing"
        )

    def assert_whole(self) -> None:
        """Both sites are complete."""
        # Right after a kill the one before may still have the name under which it was exchanged.
        before = self.before if self.before.exists() else self.folder / ".site-ready"
        for site in (self.site, before):
            assert not sums.compare_folder(site), (self.lines[-1:], site, sums.compare_folder(site))

    def roll_back(self) -> None:
        """After whatever happened a rollback gives the site before, and another the site of now."""
        now, earlier = self._list(), None
        for _ in range(2):
            done = run_build("rollback", "--root", self.root, "--out", self.site)
            assert done.returncode == 0, done.stderr
            self.assert_whole()
            earlier = earlier or self._list()
        assert self._list() == now
        self.lines.append(f"{self.rounds:3} rolled back and forward again")

    def _list(self) -> bytes:
        return (self.site / sums.FILE).read_bytes()


def run(kills: int, seed: int, killer: Killer) -> None:
    """Every stage with each signal, at once or a little later, until there are enough; half of the rest at any moment."""
    chance = random.Random(seed)
    plan = [(stage, number) for stage in STAGES for number in SIGNALS]
    while len(plan) < kills:
        plan.append((chance.choice((None, *STAGES)), chance.choice(SIGNALS)))
    chance.shuffle(plan)
    for count, (stage, number) in enumerate(plan[:kills], 1):
        late = 3.0 if stage is None else 0.3
        seconds = 0.0 if stage and chance.random() < 0.5 else round(chance.random() * late, 2)
        killer.kill(stage, number, seconds, "--jobs", str(chance.choice((1, 2))))
        if count % _EVERY == 0:
            killer.finish()
            killer.roll_back()
        print(killer.lines[-1], flush=True)


def main() -> int:
    """Run, and write the log also when an assertion fails."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=72)
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    parser.add_argument("--log", type=Path, default=ROOT / "build/faults.log")
    options = parser.parse_args()
    options.log.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="chamberbook-faults-") as name:
        killer = Killer(Path(name))
        killer.lines.append(f"seed {options.seed}, {options.kills} kills")
        try:
            run(options.kills, options.seed, killer)
            killer.finish()
            states = [line.rpartition(", the ")[2] for line in killer.lines if ", the " in line]
            killer.lines.append(
                f"{len(states)} kills: {states.count('old site')} left the old site, {states.count('new site')} the new one"
            )
            print(killer.lines[-1])
        finally:
            options.log.write_text("\n".join(killer.lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
