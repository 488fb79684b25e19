"""The chambers share by share: over several processes, and a share of which nothing has changed not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from chamberbook import pool
from chamberbook.cache import Cache
from chamberbook.check.context import Context
from chamberbook.load import LoadedChamber
from chamberbook.problems import Problem

#: Chambers that are judged together.
SHARE = 64


class _Share(NamedTuple):
    chambers: list[LoadedChamber]
    #: Stands for all that the rules see when they judge them; None when not all of it is known by its bytes.
    key: bytes | None


def by_shares(
    context: Context, jobs: int, cache: Cache, judge: Callable[[Context], list[Problem]]
) -> Iterator[list[Problem]]:
    """What `judge` finds in each share of the chambers."""
    shares = list(_shares(context, cache))
    clean = cache.read(share.key for share in shares if share.key)
    left = [share for share in shares if share.key not in clean]
    found = pool.run(lambda share: judge(context.share(share.chambers)), left, jobs)
    new: dict[bytes, bytes] = {}
    for share, problems in zip(left, found, strict=True):
        # A share with problems is judged anew: its places are those of the files as they are.
        if share.key and not problems:
            new[share.key] = b""
        yield problems
    cache.write(new)


def _shares(context: Context, cache: Cache) -> Iterator[_Share]:
    beside = context.loaded.beside
    chambers = list(context.chambers)
    for start in range(0, len(chambers), SHARE):
        share = chambers[start : start + SHARE]
        known = beside and all(chamber.digest for chamber in share)
        parts = [part for one in share for part in (one.path, one.digest)]
        key = cache.key("rules", context.as_of.isoformat(), beside, *parts) if known else None
        yield _Share(share, key)
