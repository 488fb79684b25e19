"""The scripts of the pages: typed and linted like the program."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import programs
import pytest
from building import ROOT

TYPES = ["typescript/bin/tsc", "--project", "tests/node"]
LINT = [
    "eslint/bin/eslint.js", "--config", "tests/node/eslint.config.js",
    "templates/theme/assets", "tests/node",
]  # fmt: skip


def run_package(script: str, *arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [programs.node(), programs.node_package(script), *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=300)


@pytest.mark.parametrize("command", [TYPES, LINT], ids=["types", "lint"])
def test_types_and_lint_of_the_scripts_are_clean(command: list[str]) -> None:
    done = run_package(*command)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_wrong_type_and_a_lost_variable_are_seen(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "templates/theme/assets", tmp_path / "templates/theme/assets")
    shutil.copytree(programs.NODE, tmp_path / "tests/node", ignore=shutil.ignore_patterns("node_modules"))
    (tmp_path / "tests/node/node_modules").symlink_to(programs.NODE / "node_modules")
    tokens = tmp_path / "templates/theme/assets/search/tokens.js"
    tokens.write_text(tokens.read_text("utf-8") + "\nexport const wrong = fold(1);\nlet lost = 2;\n", "utf-8")
    types, lint = run_package(*TYPES, cwd=tmp_path), run_package(*LINT, cwd=tmp_path)
    assert "tokens.js" in types.stdout
    assert "TS2345" in types.stdout
    assert "'lost' is assigned a value but never used" in lint.stdout
