"""Work over several processes: each is given the next slice when it has done one, results come in the order of the slices.

The processes are forked, so that they have everything that this one has read and nothing is sent to them but numbers.
What they send back is pickled. Where fork is missing (Windows) or one job is asked for, the same work is done here.
"""

from __future__ import annotations

import gc
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from chamberbook.problems import N_, Message, WrongUse

_STOP = (signal.SIGINT, signal.SIGTERM)
#: Slices that make a process worth its start.
_LEAST = 2
#: Slices that a process knows of at a time, so that it need not wait between two.
_AHEAD = 2
#: Bytes that a process may fill with its own and with copies of what its parent holds: in time it would copy all of it.
ROOM = 128 << 20

if sys.platform != "win32":
    import resource

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
    work: Callable[[S], R],
    slices: Sequence[S],
    jobs: int,
    finish: Callable[[], None] = lambda: None,
    room: int = ROOM,
) -> Generator[R]:
    """`work(slice)` for every slice, in order; with one job, or few slices, in this process. Another process calls
    `finish` when its work is done; one that has filled its `room` (bytes) ends, and another takes its place.

    Raises what the work raised here, an OSError of another process, WrongUse when another was killed, RuntimeError when one
    ended badly (its traceback is on stderr). A result that comes before its turn waits; nothing is begun while nobody
    asks for results. When the generator is closed no other process is left.
    """
    jobs = min(jobs, len(slices) // _LEAST)
    if jobs <= 1:
        yield from map(work, slices)
        return
    helpers = _Helpers(work, slices, finish, room)
    try:
        yield from helpers.results(jobs)
    finally:
        helpers.stop()


class _Helpers(Generic[S, R]):
    """The processes of one pool, by the connections to them."""

    def __init__(
        self, work: Callable[[S], R], slices: Sequence[S], finish: Callable[[], None], room: int
    ) -> None:
        self._work = work
        self._slices = slices
        self._finish = finish
        self._room = room
        self._next = 0
        self._there: dict[Connection, BaseProcess] = {}
        #: The slices that a process was given and has not answered for.
        self._given: dict[Connection, set[int]] = {}
        self._done: dict[int, R] = {}

    def results(self, jobs: int) -> Generator[R]:
        """The result of every slice, in order."""
        for _ in range(jobs):
            self._start()
        for number in range(len(self._slices)):
            self._receive(wait=False)
            while number not in self._done:
                self._receive(wait=True)
            yield self._done.pop(number)

    def stop(self) -> None:
        """No process is left."""
        for connection in self._there:
            connection.close()
        for process in self._there.values():
            process.join()
        gc.unfreeze()

    def _start(self) -> None:
        # What is there stays: the collector would write into every object, and each process would have its own copy of all.
        gc.freeze()
        context = multiprocessing.get_context("fork")
        here, there = context.Pipe()
        target = partial(_serve, self._work, self._slices, self._finish, self._room)
        with _no_signals():
            process = context.Process(target=target, args=(there, (*self._there, here)), daemon=True)
            process.start()
            self._there[here], self._given[here] = process, set()
        there.close()
        for _ in range(_AHEAD):
            self._give(here)

    def _give(self, connection: Connection) -> None:
        """Give a process its next slice, or tell it to end."""
        number = None
        if self._next < len(self._slices):
            number = self._next
            self._given[connection].add(number)
            self._next += 1
        _tell(connection, number)

    def _receive(self, *, wait: bool) -> None:
        for connection in multiprocessing.connection.wait(self._there, None if wait else 0):
            assert isinstance(connection, Connection)
            try:
                number, result, filled = connection.recv()
            except (EOFError, ConnectionError):
                self._ended(connection)
                continue
            if isinstance(result, _Failure):
                raise result.error
            self._given[connection].remove(number)
            self._done[number] = result
            if filled:
                _tell(connection, None)
            else:
                self._give(connection)

    def _ended(self, connection: Connection) -> None:
        """A process is gone: as it was told, or it has failed."""
        process = self._there.pop(connection)
        connection.close()
        process.join()
        if process.exitcode or self._given.pop(connection):
            raise _failed(process.exitcode or 0)
        if self._next < len(self._slices):
            self._start()


@dataclass(frozen=True, slots=True)
class _Failure:
    """What the disk said to another process: no mistake of the program, so it is told here as if it had been met here."""

    error: OSError


def _failed(code: int) -> Exception:
    if code < 0:
        return WrongUse(
            Message(
                N_("一个进程被系统结束了（信号 {number}），多半是内存不够；可以用 --jobs 1 再试"),
                {"number": -code},
            )
        )
    return RuntimeError("a process of the pool ended before its work was done; its traceback is above")


def _tell(connection: Connection, number: int | None) -> None:
    """Give a process a slice to do, or tell it to end; one that is gone is met where its answers are read."""
    with suppress(ConnectionError):
        connection.send(number)


@contextmanager
def _no_signals() -> Iterator[None]:
    """Signals to stop reach this process afterwards, and one that is forked inside when it is ready."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _STOP)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOP)


def _serve(
    work: Callable[[S], R],
    slices: Sequence[S],
    finish: Callable[[], None],
    room: int,
    connection: Connection,
    others: Sequence[Connection],
) -> None:
    """A process of the pool. It holds no end of a pipe that others read: when they are gone it must notice, and that
    is how it is stopped: Ctrl-C is for the one that prints."""
    for stop in _STOP:
        signal.signal(stop, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOP)
    for other in others:
        other.close()
    for number in _asked(connection):
        result: R | _Failure
        try:
            result = work(slices[number])
        except OSError as error:
            result = _Failure(error)
        try:
            connection.send((number, result, _filled() > room))
        except ConnectionError:
            break  # nobody listens: what else was asked for is not wanted
    finish()


def _asked(connection: Connection) -> Iterator[int]:
    """The numbers of the slices to do, until there are no more or nobody asks."""
    with suppress(EOFError, ConnectionError):
        yield from iter(connection.recv, None)


def _filled() -> int:
    """Bytes of memory that this process was the first to touch, or has copied from its parent: each page of them was a
    fault that read nothing from a disk. It copies what it only looks at, since objects count who refers to them.
    """
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt * resource.getpagesize()
