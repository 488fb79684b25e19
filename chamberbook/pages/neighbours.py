"""What stands next to a record in a list, found without walking the list."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def following(group: Sequence[T], item: T, place_of: Callable[[T], int], count: int) -> Iterator[T]:
    """Up to `count` others of a list sorted by place, from the one after the item and round to the start."""
    start = bisect_left(group, place_of(item), key=place_of)
    around = (group[(start + step) % len(group)] for step in range(len(group)))
    return islice((other for other in around if other is not item), count)
