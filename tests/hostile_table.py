"""The corpus of hostile input as a table with its outcomes, `docs/hostile.md`: `python tests/hostile_table.py`."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from hostile_corpus import HERE, MEGABYTES, SECONDS, Case, cases, expected

PATH = HERE.parent / "docs" / "hostile.md"
TOPICS = {
    "fields": "What stands in a field",
    "names": "What lies among the records, and how it is called",
    "sizes": "Size and depth",
    "texts": "Texts that want to be more than text",
    "writing": "How the file is written",
    "found": "What the fuzzer found",
}


def table() -> str:
    """The whole document."""
    every = list(cases())
    refused = sum(bool(expected(case)) for case in every if case["expected"] != "any")
    parts = [
        "# Hostile records",
        "Made from `tests/hostile/` by `python tests/hostile_table.py`; a test holds it equal. Every case is tried by the tests:\n"
        "`tests/test_hostile.py` runs the check over it, `tests/test_hostile_site.py` reads the finished site and its data,\n"
        "`tests/browser/test_hostile_pages.py` opens the pages in Chromium. `make fuzz` looks for more.",
        f"{len(every)} cases: {refused} are refused, each with its message at its place, by a process that has {SECONDS} s of CPU and\n"
        f"{MEGABYTES} MB of memory for each; the others pass and are shown as the text that they are. The outcome is the first problem:\n"
        "the rule, and line and column in the hostile file.",
    ]
    for topic, group in groupby(every, key=lambda case: str(case["topic"]).partition("-")[0]):
        parts += [
            f"## {TOPICS[topic]}",
            "\n".join(["| case | what it is | outcome |", "|---|---|---|", *map(_row, group)]),
        ]
    return "\n\n".join(parts) + "\n"


def _row(case: Case) -> str:
    why = str(case["why"]).replace("|", "\\|").replace("<", "&lt;")
    return f"| {case['name']} | {why} | {_outcome(case)} |"


def _outcome(case: Case) -> str:
    wanted = expected(case)
    if case["expected"] == "any" or not wanted:
        return (
            "answered within the limits"
            if wanted
            else "shown as text"
            if case["topic"] == "texts"
            else "passes, inert"
        )
    rules = Counter(problem.split()[0] for problem in wanted if not problem.endswith(" more"))
    rest = "" if len(rules) == 1 else " and " + ", ".join(rule for rule in list(rules)[1:])
    rule, *_, place = wanted[0].split()
    return f"{rule} {place}{rest}"


if __name__ == "__main__":
    PATH.write_text(table(), "utf-8", newline="\n")
