"""Files -> values, the part of reading that costs most: done over several processes, and not again for the same bytes.

What a file holds is kept as plain values, not as a record: the record's rules are always those of today.
"""

from __future__ import annotations

import marshal
from collections.abc import Generator, Sequence
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from chamberbook import pool
from chamberbook.cache import Cache
from chamberbook.load.folders import VOCABULARY, read_bytes
from chamberbook.load.texts import may_hold_number
from chamberbook.source import Value, parse_yaml

#: Files that a process takes at a time.
SLICE = 64
#: Entries that go into the cache in one step: each step locks it for the others.
_KEPT_AT_ONCE = 1024


def top_of(path: str) -> Literal["mapping", "list"]:
    """What a file of its folder holds: vocabularies are lists, all others records."""
    return "list" if path.startswith(f"{VOCABULARY}/") else "mapping"


class Values(NamedTuple):
    """What a file without a slip in its writing holds, and whether its text may hold a person's number."""

    value: Value
    maybe_number: bool


class _Parsed(NamedTuple):
    """A file's packed values, None when something must be said about it; the key under which they are not yet kept."""

    packed: bytes | None
    key: bytes | None


def parse_files(root: Path, paths: Sequence[str], cache: Cache, jobs: int) -> Generator[Values | None]:
    """The values of each file, None for those that can only be read together with their problems."""
    slices = [paths[start : start + SLICE] for start in range(0, len(paths), SLICE)]
    new: dict[bytes, bytes] = {}
    try:
        for parsed in pool.run(partial(_parse, root, cache), slices, jobs, cache.close):
            new |= {one.key: one.packed for one in parsed if one.key and one.packed}
            if len(new) >= _KEPT_AT_ONCE:
                cache.write(new)
                new = {}
            for one in parsed:
                yield None if one.packed is None else Values(*marshal.loads(one.packed))
    finally:
        # Who takes no more than there are values never comes back for the end.
        cache.write(new)


def _parse(root: Path, cache: Cache, paths: Sequence[str]) -> list[_Parsed]:
    found = [read_bytes(root, path) for path in paths]
    keys = [cache.key("values", data) if isinstance(data, bytes) else None for data in found]
    kept = cache.read(key for key in keys if key)
    parsed = []
    for path, data, key in zip(paths, found, keys, strict=True):
        if key in kept:
            parsed.append(_Parsed(kept[key], None))
        else:
            parsed.append(_Parsed(_packed(data, path) if isinstance(data, bytes) else None, key))
    return parsed


def _packed(data: bytes, path: str) -> bytes | None:
    document = parse_yaml(data, path, top=top_of(path))
    if document.value is None or document.problems:
        return None
    return marshal.dumps((document.value, may_hold_number(document.text)))
