"""The corpus of hostile input: cases as data in `hostile/*.yml`, and how a case becomes files.

A case is `name` (its claim), `why` (one sentence), what the file `at` holds, and what is `expected` of the check: every
problem as `RULE line:column`; `inert`: the check lets it pass and the site shows it as the text that it is; `any`: an
answer of whatever kind, within the limits. What a file holds is one of

    line   YAML that stands in line 5 of an otherwise valid record
    text   the whole text
    parts  the whole text as pieces, each with how often it comes: [["[", 200000], ["]", 200000]]
    count  the whole text as a line for every number: ["k{n}: v\\n", 100000]
    stairs the whole text as a line that comes so often, each time two blanks deeper: ["a:\\n", 600]
    hex    the whole file in hexadecimal
    link   a symbolic link to this address
    kind   `pipe`, `socket` or `folder`
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from factories import make_site

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "hostile"
#: What the check may use for a directory with one hostile file, all told.
SECONDS, MEGABYTES = 10, 512
AT = "chambers/yixing/yixing-shili.yml"
#: The record around a `line`, which comes fifth.
BEFORE = 'name: 宜兴市示例商会\nkind: industry\nindustries: [C30]\nregion: "320282"\n'
AFTER = "sources:\n  r1: {title: 交流材料, publisher: 宜兴市工商联, date: 2008-06, kind: report}\nverified: 2008-06\n"

Case = dict[str, Any]


def cases(kind: str = "*") -> Iterator[Case]:
    """The cases of `hostile/<topic>.yml` in order, each with the name of its file as `topic`."""
    for path in sorted(FOLDER.glob(f"{kind}.yml")):
        for case in yaml.safe_load(path.read_text("utf-8")):
            yield {"topic": path.stem, "at": AT, **case}


def content(case: Case) -> bytes:
    """The bytes of a case's file."""
    if "line" in case:
        return f"{BEFORE}{case['line']}\n{AFTER}".encode()
    if "text" in case:
        return str(case["text"]).encode()
    if "parts" in case:
        return "".join(text * times for text, times in case["parts"]).encode()
    if "count" in case:
        line, times = case["count"]
        return "".join(line.replace("{n}", str(number)) for number in range(times)).encode()
    if "stairs" in case:
        line, times = case["stairs"]
        return "".join("  " * step + line for step in range(times)).encode()
    return bytes.fromhex(case["hex"])


def make(case: Case, root: Path) -> Path:
    """The small directory with the hostile file in it. File names may hold any byte, as `\\xff` in `at`."""
    make_site(root)
    path = os.fsencode(root) + b"/" + case["at"].encode("utf-8", "surrogateescape")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if "link" in case:
        os.symlink(case["link"], path)
    elif case.get("kind") == "pipe":
        os.mkfifo(path)
    elif case.get("kind") == "folder":
        os.mkdir(path)
    elif case.get("kind") == "socket":
        here = os.getcwd()
        os.chdir(os.path.dirname(path))  # an address has 107 bytes at most
        try:
            with socket.socket(socket.AF_UNIX) as made:
                made.bind(os.path.basename(path))
        finally:
            os.chdir(here)
    else:
        with open(path, "wb") as file:
            file.write(content(case))
    return root


def expected(case: Case) -> list[str]:
    """What the check should find, none for an inert case."""
    wanted = case["expected"]
    return [] if wanted == "inert" else [wanted] if isinstance(wanted, str) else wanted


def shortened(problems: list[str]) -> list[str]:
    """Problems as `expected` gives them: of more than five, the first of each rule and how many more there are."""
    if len(problems) < 6:
        return problems
    first: dict[str, str] = {}
    for problem in problems:
        first.setdefault(problem.split()[0], problem)
    return [*first.values(), f"{len(problems) - len(first)} more"]
