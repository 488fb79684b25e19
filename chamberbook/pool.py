"""Work over several processes: slices go out by turns, results come back in the order of the slices.

The processes are forked, so that they have everything that this one has read and nothing is sent to them. What they
send back is pickled. Where fork is missing (Windows) or one job is asked for, the same work is done here.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TypeVar

from chamberbook.problems import N_, Message, WrongUse

_STOP = (signal.SIGINT, signal.SIGTERM)
#: Slices that make a process worth its start.
_LEAST = 2

S = TypeVar("S")
R = TypeVar("R")


def choose_jobs(wanted: int, chambers: int = sys.maxsize) -> int:
    """The number of processes: as wanted, or for 0 one for each processor when there is work enough to share."""
    forks = "fork" in multiprocessing.get_all_start_methods()
    if wanted == 0:
        return min(os.cpu_count() or 1, 1 + chambers // 500) if forks else 1
    if wanted > 1 and not forks:
        raise WrongUse(Message(N_("这个系统不能分多个进程（fork）；请用 --jobs 1")))
    return wanted


def run(
    work: Callable[[S], R], slices: Sequence[S], jobs: int, finish: Callable[[], None] = lambda: None
) -> Generator[R]:
    """`work(slice)` for every slice, in order; with one job, or few slices, in this process. Another process calls
    `finish` when its work is done.

    Raises what the work raised here, an OSError of another process, WrongUse when another was killed, RuntimeError when one
    ended badly (its traceback is on stderr). No process runs far ahead: its results wait until it is their turn. When the
    generator is closed no other process is left.
    """
    jobs = min(jobs, len(slices) // _LEAST)
    if jobs <= 1:
        yield from map(work, slices)
        return
    context = multiprocessing.get_context("fork")
    # What is there stays: the collector would write into every object, and each process would have its own copy of all.
    gc.freeze()
    readers: list[Connection] = []
    others: list[BaseProcess] = []
    try:
        for share in range(jobs):
            reader, writer = context.Pipe(duplex=False)
            readers.append(reader)
            arguments = (work, slices[share::jobs], finish, writer, tuple(readers))
            _start(context.Process(target=_send, args=arguments, daemon=True), others)
            writer.close()
        for number in range(len(slices)):
            result = readers[number % jobs].recv()
            if isinstance(result, _Failure):
                raise result.error
            yield result
    except EOFError:
        others[number % jobs].join()
        raise _ended(others[number % jobs].exitcode or 0) from None
    finally:
        for reader in readers:
            reader.close()
        for other in others:
            other.join()
        gc.unfreeze()


@dataclass(frozen=True, slots=True)
class _Failure:
    """What the disk said to another process: no mistake of the program, so it is told here as if it had been met here."""

    error: OSError


def _ended(code: int) -> Exception:
    if code < 0:
        return WrongUse(
            Message(
                N_("一个进程被系统结束了（信号 {number}），多半是内存不够；可以用 --jobs 1 再试"),
                {"number": -code},
            )
        )
    return RuntimeError("a process of the pool ended before its work was done; its traceback is above")


def _start(process: BaseProcess, others: list[BaseProcess]) -> None:
    """Start one and list it. Signals to stop reach this process when that is done, and the other when it is ready."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _STOP)
    try:
        process.start()
        others.append(process)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOP)


def _send(
    work: Callable[[S], R],
    slices: Sequence[S],
    finish: Callable[[], None],
    writer: Connection,
    readers: Sequence[Connection],
) -> None:
    """A process of the pool. It holds no end of a pipe that others read: when they are gone it must notice, and that
    is how it is stopped: Ctrl-C is for the one that prints."""
    for number in _STOP:
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOP)
    for reader in readers:
        reader.close()
    try:
        for part in slices:
            writer.send(work(part))
    except BrokenPipeError:
        pass
    except OSError as error:
        with suppress(BrokenPipeError):
            writer.send(_Failure(error))
    finish()
