"""Where a build's time and memory go, as `--times` writes it down."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from building import AS_OF, built

from chamberbook.memory import tree_memory
from chamberbook.times import Times


def spend(seconds: float) -> None:
    """Use so much CPU in this process."""
    used = os.times()
    while os.times().user + os.times().system - used.user - used.system < seconds:
        sum(range(1000))


def test_a_build_says_what_each_stage_and_each_kind_of_page_took(small_root: Path, tmp_path: Path) -> None:
    file = tmp_path / "times.json"
    built(tmp_path / "site", "--root", small_root, "--as-of", AS_OF, "--jobs", 2, "--times", file)
    found = json.loads(file.read_text("utf-8"))
    expected = {"start", "read", "check", "derive", "prose", "templates", "pages", "search", "publish"}
    assert expected <= found["stages"].keys()
    assert {"chamber", "lists", "charters", "records", "data"} <= found["kinds"].keys()
    whole, stages = found["total"], found["stages"].values()
    assert 0 < sum(stage["user"] for stage in stages) <= whole["user"] + 0.1 * len(stages)
    assert 0 < sum(stage["wall"] for stage in stages) <= whole["wall"] + 0.1
    if sys.platform == "linux":  # elsewhere nobody can look
        assert found["stages"]["search"]["peak_mib"] > 20
        assert whole["peak_mib"] >= max(stage["peak_mib"] or 0 for stage in stages)


def test_a_stage_within_another_counts_for_itself_alone(tmp_path: Path) -> None:
    times = Times()
    with times.stage("outer"):
        spend(0.05)
        with times.stage("inner"):
            spend(0.3)
    times.write(tmp_path / "times.json")
    stages = json.loads((tmp_path / "times.json").read_text("utf-8"))["stages"]
    outer, inner = (stages[name]["user"] + stages[name]["system"] for name in ("outer", "inner"))
    assert inner >= 0.25
    assert outer < inner


def test_the_memory_of_a_process_is_seen_from_outside() -> None:
    before = tree_memory(os.getpid())
    held = bytearray(os.urandom(1 << 20) * 40)
    assert 30 < tree_memory(os.getpid()) - before < 80
    assert len(held) == 40 << 20
