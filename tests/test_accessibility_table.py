"""The table of what is checked for accessibility names every criterion once and only tests that exist."""

from __future__ import annotations

import re

from building import ROOT

TABLE = (ROOT / "tests/browser/README.md").read_text("utf-8")
#: WCAG 2.2, levels A and AA: https://www.w3.org/TR/WCAG22/ (4.1.1 is no longer a criterion).
CRITERIA = """
1.1.1 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5 1.4.1 1.4.2 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13
2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.4.5 2.4.6 2.4.7 2.4.11 2.5.1 2.5.2 2.5.3 2.5.4 2.5.7 2.5.8
3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 3.2.4 3.2.6 3.3.1 3.3.2 3.3.3 3.3.4 3.3.7 3.3.8 4.1.2 4.1.3
"""


def rows() -> list[tuple[str, str, str]]:
    """Criterion, how far a machine checks it, by what."""
    lines = [line.strip("| ").split(" | ") for line in TABLE.splitlines() if re.match(r"\| \d", line)]
    return [
        (cells[0].split()[0], cells[2].rstrip(" |"), cells[3] if len(cells) > 3 else "") for cells in lines
    ]


def test_every_criterion_of_levels_a_and_aa_is_in_the_table_once() -> None:
    assert [criterion for criterion, _by, _tests in rows()] == CRITERIA.split()


def test_what_a_machine_checks_names_what_checks_it() -> None:
    for criterion, by, tests in rows():
        assert by in ("yes", "in part", "no", "none"), criterion
        assert tests or by in ("no", "none"), criterion


def test_every_test_that_the_table_names_exists() -> None:
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", TABLE)
    assert len(named) > 30
    for file, test in named:
        paths = [path for path in (ROOT / "tests" / file, ROOT / "tests/browser" / file) if path.exists()]
        assert any(f"def {test}(" in path.read_text("utf-8") for path in paths), f"{file}::{test}"
