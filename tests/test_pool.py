"""Work over several processes: the same results in the same order, and no process that outlives its use."""

from __future__ import annotations

import multiprocessing
import os

import pytest

from chamberbook import pool

SLICES = [list(range(start, start + 5)) for start in range(0, 100, 5)]


@pytest.mark.parametrize("jobs", [1, 2, 3, 7])
def test_results_come_in_the_order_of_the_slices(jobs: int) -> None:
    assert list(pool.run(sum, SLICES, jobs)) == [sum(part) for part in SLICES]


def test_the_work_is_done_by_other_processes_with_what_this_one_knows() -> None:
    known = {"here": os.getpid()}
    found = set(pool.run(lambda _: (known["here"], os.getpid()), SLICES, 2))
    assert {here for here, _ in found} == {os.getpid()}
    assert len(found) == 2
    assert os.getpid() not in {there for _, there in found}


def test_little_work_stays_here() -> None:
    assert set(pool.run(lambda _: os.getpid(), SLICES[:3], 4)) == {os.getpid()}


def test_a_process_that_fails_ends_the_work(capfd: pytest.CaptureFixture[str]) -> None:
    def fail(part: list[int]) -> int:
        return 1 // (50 not in part)

    with pytest.raises(RuntimeError, match="traceback is above"):
        list(pool.run(fail, SLICES, 2))
    assert "ZeroDivisionError" in capfd.readouterr().err
    assert multiprocessing.active_children() == []


def test_who_stops_listening_leaves_no_process_behind() -> None:
    results = pool.run(lambda _: b"x" * 1_000_000, SLICES, 2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []
