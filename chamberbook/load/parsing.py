"""Files -> values, the part of reading that costs most: done over several processes, and not again for the same bytes.

What a file holds is kept as plain values, not as a record: the record's rules are always those of today.
"""

from __future__ import annotations

import marshal
from collections.abc import Generator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel

from chamberbook import pool
from chamberbook.cache import Cache
from chamberbook.load.folders import VOCABULARY, read_bytes
from chamberbook.load.memory import Memory
from chamberbook.load.texts import may_hold_number
from chamberbook.problems import Problem
from chamberbook.source import Value, parse_yaml

#: Files that a process takes at a time.
SLICE = 64
#: Entries that go into the cache in one step: each step locks it for the others.
_KEPT_AT_ONCE = 1024


def top_of(path: str) -> Literal["mapping", "list"]:
    """What a file of its folder holds: vocabularies are lists, all others records."""
    return "list" if path.startswith(f"{VOCABULARY}/") else "mapping"


class Values(NamedTuple):
    """What a file without a slip in its writing holds, whether its text may hold a person's number, what its bytes are."""

    value: Value | BaseModel
    maybe_number: bool
    digest: bytes


class _Parsed(NamedTuple):
    """A file's packed values, None when something must be said about it; their key, and whether they are kept under it."""

    packed: bytes | None
    key: bytes
    kept: bool


def parse_files(root: Path, paths: Sequence[str], cache: Cache, jobs: int) -> Generator[Values | None]:
    """The values of each file, None for those that can only be read together with their problems."""
    slices = [paths[start : start + SLICE] for start in range(0, len(paths), SLICE)]
    new: dict[bytes, bytes] = {}
    try:
        for parsed in pool.run(partial(_parse, root, cache), slices, jobs, cache.close):
            new |= {one.key: one.packed for one in parsed if one.packed and not one.kept}
            if len(new) >= _KEPT_AT_ONCE:
                cache.write(new)
                new = {}
            for one in parsed:
                yield _values(one)
    finally:
        # Who takes no more than there are values never comes back for the end.
        cache.write(new)


def remembered(
    root: Path, paths: Sequence[str], cache: Cache, jobs: int, memory: Memory
) -> Generator[Values | None]:
    """The same; what is in the memory is taken from there, and may be a record in place of plain values."""
    known: dict[str, Values] = {path: kept for path in paths if (kept := memory.find(path))}
    with closing(parse_files(root, [path for path in paths if path not in known], cache, jobs)) as parsed:
        for path in paths:
            yield known[path] if path in known else next(parsed)


def _values(parsed: _Parsed) -> Values | None:
    if parsed.packed is None:
        return None
    value, maybe_number = marshal.loads(parsed.packed)
    return Values(value, maybe_number, parsed.key)


def _parse(root: Path, cache: Cache, paths: Sequence[str]) -> list[_Parsed]:
    found = [read_bytes(root, path) for path in paths]
    keys = [cache.key("values", data) if isinstance(data, bytes) else b"" for data in found]
    kept = cache.read(key for key in keys if key)
    return [
        _Parsed(kept[key], key, True) if key in kept else _Parsed(_packed(data, path), key, False)
        for path, data, key in zip(paths, found, keys, strict=True)
    ]


def _packed(data: bytes | Problem, path: str) -> bytes | None:
    if isinstance(data, Problem):
        return None
    document = parse_yaml(data, path, top=top_of(path))
    if document.value is None or document.problems:
        return None
    return marshal.dumps((document.value, may_hold_number(document.text)))
