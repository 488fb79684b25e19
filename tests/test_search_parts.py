"""The parts of the index: Pagefind's words, all of them and as they were, in smaller files."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise
from typing import Any

import pytest

from chamberbook.problems import WrongUse
from chamberbook.search.pagefind import find_pagefind, run_pagefind
from chamberbook.search.parts import smaller_parts

MARK = b"pagefind_dcd"
LEAST = 8_000


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    """An index of many words, a long one and a very frequent one among them, with places far into a page."""
    words = [f"w{chr(97 + a)}{chr(97 + b)}" for a in range(26) for b in range(26)]
    pages = [
        " ".join([*words[at::3], "often " * 4_000, "- " * 70_000 * (at == 1), "far", "l" * 60])
        for at in range(7)
    ]
    return run_pagefind(
        find_pagefind(), (f"<html><body data-pagefind-body><p>{page}</p></body></html>" for page in pages)
    ).files


def decoded(data: bytes, at: int = 0) -> tuple[Any, int]:
    """A value of CBOR and where it ends."""
    kind, number = divmod(data[at], 32)
    at += 1
    if number >= 24:
        size = 1 << (number - 24)
        number, at = int.from_bytes(data[at : at + size], "big"), at + size
    if kind == 0:
        return number, at
    if kind == 1:
        return -1 - number, at
    if kind == 3:
        return data[at : at + number].decode(), at + number
    assert kind == 4
    values = []
    for _ in range(number):
        value, at = decoded(data, at)
        values.append(value)
    return values, at


def content(file: bytes) -> Any:
    data = gzip.decompress(file)
    assert data.startswith(MARK)
    value, end = decoded(data, len(MARK))
    assert end == len(data)
    return value


def listed(files: dict[str, bytes]) -> list[Any]:
    """What the list of parts says, found as Pagefind's script finds it."""
    (language,) = json.loads(files["pagefind-entry.json"])["languages"].values()
    found: list[Any] = content(files[f"pagefind.{language['hash']}.pf_meta"])
    return found


def words(files: dict[str, bytes]) -> list[Any]:
    return [word for _, _, name in listed(files)[2] for word in content(files[f"index/{name}.pf_index"])[0]]


def test_every_word_stands_in_the_parts_as_pagefind_wrote_it(whole: dict[str, bytes]) -> None:
    found = words(smaller_parts(whole))
    assert found == words(whole)
    assert {"often", "far", "l" * 60, "waa"} <= {word for word, *_ in found}


def test_the_list_says_which_words_a_part_holds(whole: dict[str, bytes]) -> None:
    files = smaller_parts(whole)
    parts = listed(files)[2]
    assert len(parts) > len(listed(whole)[2])
    for first, last, name in parts:
        held = content(files[f"index/{name}.pf_index"])[0]
        assert (held[0][0], held[-1][0]) == (first, last)
    assert all(before[1] < after[0] for before, after in pairwise(parts))
    assert [path for path in files if path.endswith(".pf_index")] == [
        f"index/{part[2]}.pf_index" for part in parts
    ]
    before, after = listed(whole), listed(files)
    assert (before[:2], before[3:]) == (after[:2], after[3:])


def test_a_part_is_small_unless_one_word_is_not(whole: dict[str, bytes]) -> None:
    for path, file in smaller_parts(whole).items():
        if path.endswith(".pf_index"):
            assert len(gzip.decompress(file)) < LEAST + 20 or len(content(file)[0]) == 1


def test_what_is_no_part_of_the_index_stays(whole: dict[str, bytes]) -> None:
    files = smaller_parts(whole)
    for path in ("pagefind.js", "wasm.unknown.pagefind"):
        assert files[path] == whole[path]
    assert len([path for path in files if path.endswith(".pf_meta")]) == 1


@pytest.mark.parametrize("change", [b"\xa1\x01\x02", b"\x83caaa\x80\x80", b"\xf6"])
def test_an_index_in_another_format_stops_the_build(whole: dict[str, bytes], change: bytes) -> None:
    part = next(path for path in whole if path.endswith(".pf_index"))
    broken = gzip.compress(gzip.decompress(whole[part]) + change)
    with pytest.raises(WrongUse, match=r"1\.5\.2"):
        smaller_parts({**whole, part: broken})
