"""Hostile records: each is refused with its message at its place, within a stated time and memory, or passes as inert."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import fuzz
import hostile_table
import pytest
import yaml
from building import Once
from hostile_corpus import HERE, MEGABYTES, SECONDS, Case, cases, expected, shortened

JUDGED = [case for case in cases() if case["topic"] != "texts"]


@pytest.fixture(scope="module")
def results(once: Once) -> dict[str, dict[str, object]]:
    """What the check said of each case, in one process that has so much memory and so much time for each."""
    text = (once("judged", lambda folder: (folder / "said").write_text(judged())) / "said").read_text()
    found = {result["name"]: result for result in map(json.loads, text.splitlines())}
    assert [case["name"] for case in JUDGED if case["name"] not in found] == []
    return found


def judged() -> str:
    """A line of JSON for each case."""
    asked = "\n".join(json.dumps(case) for case in JUDGED)
    done = subprocess.run(
        [sys.executable, HERE / "hostile_judge.py"],
        input=asked,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS * 30,
    )
    assert len(done.stdout.splitlines()) == len(JUDGED), (
        f"the process ended after {done.stdout.splitlines()[-1:]}: {done.stderr[-2000:]}"
    )
    return done.stdout


@pytest.mark.parametrize("case", JUDGED, ids=lambda case: case["name"])
def test_a_hostile_file_is_refused_with_its_message_or_passes_as_text(
    case: Case, results: dict[str, dict[str, object]]
) -> None:
    result = results[case["name"]]
    assert "crash" not in result, result["crash"]
    problems = result["problems"]
    assert isinstance(problems, list)
    assert case["expected"] == "any" or shortened(problems) == expected(case)


def test_no_message_brings_a_control_character_or_a_second_line(
    results: dict[str, dict[str, object]],
) -> None:
    """A report goes to terminals and logs: what a file holds must not act there."""
    for name, result in results.items():
        for line in result["lines"]:  # type: ignore[attr-defined]
            assert line.isprintable(), name
            assert len(line) < 1000, name


def test_the_limits_of_the_judge_hold() -> None:
    """A case that took more time or memory would be told: what would be slow or large here is."""
    code = (
        "import hostile_judge as judge, resource, signal, sys\n"
        "judge.limit_memory()\n"
        "try:\n    bytearray(judge.MEGABYTES * 2**20 * 5 // 4)\n    sys.exit('too large')\nexcept MemoryError:\n    pass\n"
        "signal.signal(signal.SIGVTALRM, judge._stop)\nsignal.setitimer(signal.ITIMER_VIRTUAL, 0.05)\n"
        "try:\n    while True: sum(range(99))\nexcept judge.TooSlow:\n    pass\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=HERE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (SECONDS, MEGABYTES) <= (10, 512)


def test_the_corpus_is_large_and_every_case_has_a_name_of_its_own() -> None:
    names = Counter(case["name"] for case in cases())
    assert len(names) >= 300
    assert [name for name, times in names.items() if times > 1] == []


def test_mutated_records_are_answered_too() -> None:
    """The fuzzer's first steps, always the same; `make fuzz` goes on from a new place each time."""
    done, found = fuzz.run(20261123, rounds=60)
    assert done == 60
    assert [(case["name"], crash) for case, crash in found] == []


def test_what_the_fuzzer_finds_becomes_a_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "FOLDER", tmp_path)
    case = next(fuzz.mutations(random.Random(1), fuzz.seeds()))
    (kept,) = yaml.safe_load(fuzz.keep(case, "Traceback\nValueError: so").read_text("utf-8"))
    assert (kept["hex"], kept["expected"], kept["why"]) == (
        case["hex"],
        "any",
        "The fuzzer found: ValueError: so",
    )


def test_the_table_of_the_corpus_says_what_the_corpus_holds() -> None:
    assert hostile_table.PATH.read_text("utf-8") == hostile_table.table(), (
        "run: python tests/hostile_table.py"
    )
