"""One commit, two checkouts: path, time zone, locale, hash seed, processes and umask do not reach the bytes."""

from __future__ import annotations

import runpy
from pathlib import Path

from building import ROOT


def test_two_checkouts_that_differ_in_everything_else_give_equal_sites(tmp_path: Path) -> None:
    number, differing = runpy.run_path(str(ROOT / "tools/twice.py"))["compare"](tmp_path, "examples")
    assert differing == []
    assert number > 100
