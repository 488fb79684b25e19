"""Work over several processes: the same results in the same order, and no process that outlives its use."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

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
    results.close()
    assert multiprocessing.active_children() == []


def test_a_process_that_has_filled_its_room_is_replaced_by_another() -> None:
    found = list(pool.run(lambda part: (sum(part), os.getpid()), SLICES, 2, room=1))
    assert [number for number, _ in found] == [sum(part) for part in SLICES]
    assert len({process for _, process in found}) > len(SLICES) // 4
    assert multiprocessing.active_children() == []


def test_each_process_finishes_before_it_ends(tmp_path: Path) -> None:
    def finish() -> None:
        (tmp_path / f"{os.getpid()}").touch()

    workers = set(pool.run(lambda _: os.getpid(), SLICES, 2, finish, room=1))
    assert {path.name for path in tmp_path.iterdir()} == {f"{worker}" for worker in workers}


def test_a_long_slice_does_not_keep_the_other_process_waiting() -> None:
    done = multiprocessing.get_context("fork").Event()

    def work(part: list[int]) -> bool:
        if part == SLICES[-1]:
            done.set()
        return part != SLICES[0] or done.wait(30)

    assert all(pool.run(work, SLICES, 2))
