"""The invented directories of the benchmark: the same bytes each time, and nothing that a check finds fault with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from building import ROOT, run_build

CHAMBERS = 200


def generate(out: Path, *options: str) -> dict[str, bytes]:
    command = [
        sys.executable,
        str(ROOT / "benchmarks/generate.py"),
        "--chambers",
        str(CHAMBERS),
        *options,
        str(out),
    ]
    subprocess.run(command, check=True, capture_output=True)
    files = (path for path in (out / "chambers").rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    root = tmp_path_factory.mktemp("invented") / "root"
    return root, generate(root)


def test_the_same_number_and_seed_give_the_same_bytes(
    tmp_path: Path, invented: tuple[Path, dict[str, bytes]]
) -> None:
    assert generate(tmp_path / "again") == invented[1]
    other = generate(tmp_path / "other", "--seed", "2")
    assert other.keys() != invented[1].keys()


def test_an_invented_directory_has_nothing_to_mend(invented: tuple[Path, dict[str, bytes]]) -> None:
    root, files = invented
    chambers = [name for name in files if name.count("/") == 2 and name.endswith(".yml") and "/_" not in name]
    assert len([name for name in chambers if not name.endswith("/federation.yml")]) == CHAMBERS
    checked = run_build("check", "--root", root, "--as-of", "2026-11-23")
    assert (checked.returncode, checked.stdout.count("\n")) == (0, 1), checked.stdout


def test_every_invented_record_says_that_it_is_a_sample(invented: tuple[Path, dict[str, bytes]]) -> None:
    root, files = invented
    records = {
        name: text for name, text in files.items() if name.endswith(".yml") and "_vocabulary" not in name
    }
    assert [name for name, text in records.items() if "示例资料" not in text.decode()] == []
    assert "sample: true" in (root / "mkdocs.yml").read_text("utf-8")
