"""Pagefind's program: it keeps an order, and what goes wrong with it stops the build in words."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import ROOT
from test_search_index import AS_OF

from chamberbook import load, search
from chamberbook.derive import directory
from chamberbook.problems import WrongUse
from chamberbook.search.pagefind import Built, check_built, find_pagefind, run_pagefind
from chamberbook.settings import Settings


def test_pagefind_keeps_the_order_of_the_pages() -> None:
    pages = [
        f"<html><body data-pagefind-body><p>{'word ' * (9 - at)}{letter}</p></body></html>"
        for at, letter in enumerate("hgfedcba")
    ]
    found = run_pagefind(find_pagefind(), pages).pages
    assert len(set(found)) == len(pages)
    assert run_pagefind(find_pagefind(), pages[:3]).pages == found[:3]


def test_a_directory_without_records_has_an_index_too(tmp_path: Path) -> None:
    (tmp_path / "chambers").mkdir()
    for name in ("_vocabulary", "_schemes"):
        shutil.copytree(ROOT / "chambers" / name, tmp_path / "chambers" / name)
    empty = directory(load.read_all(tmp_path), AS_OF)
    search.index(empty, tmp_path, [search.View(Settings())])
    assert json.loads((tmp_path / "search" / "table.json").read_text("utf-8"))["records"] == 0
    assert (tmp_path / "pagefind" / "pagefind.js").is_file()


PARTS = {
    "pagefind.js": b"1", "pagefind-entry.json": b"1", "wasm.unknown.pagefind": b"1", "pagefind.a.pf_meta": b"1",
    "index/a.pf_index": b"1",
}  # fmt: skip


def test_an_empty_file_of_the_index_stops_the_build() -> None:
    with pytest.raises(WrongUse, match=r"pagefind\.js"):
        check_built(Built((), PARTS | {"pagefind.js": b""}))


@pytest.mark.parametrize("missing", PARTS)
def test_a_missing_part_of_the_index_stops_the_build(missing: str) -> None:
    assert check_built(Built((), PARTS))
    with pytest.raises(WrongUse, match=Path(missing).suffix[1:]):
        check_built(Built((), {name: content for name, content in PARTS.items() if name != missing}))


def test_a_program_that_cannot_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="nowhere"):
        run_pagefind(tmp_path / "nowhere", [])


def test_a_mistake_while_the_pages_are_made_is_not_lost() -> None:
    def pages() -> Iterator[str]:
        yield "<html></html>"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run_pagefind(find_pagefind(), pages())


def test_a_program_that_ends_early_stops_the_build(tmp_path: Path) -> None:
    program = tmp_path / "ends"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    with pytest.raises(WrongUse, match="Pagefind"):
        run_pagefind(program, ["<html></html>"] * 1000)


def test_the_plain_program_is_used() -> None:
    assert find_pagefind().stem == "pagefind"
