"""Mutate records and run the check over them: `make fuzz`, or `python tests/fuzz.py SECONDS [SEED]`.

Seeds are the small directory and the corpus. What makes the check raise, or use more time or memory than it may,
becomes a case of the corpus, `tests/hostile/found-<digest>.yml`, with which the tests fail until it is mended.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import yaml
from factories import SMALL, make_site
from hostile_corpus import AT, FOLDER, Case, cases, content
from hostile_judge import limit_memory, verdict

#: The longest text that is mutated; size itself is the business of `hostile/sizes.yml`.
LONGEST = 20_000
#: What YAML, the models and the rules look at, and what they may trip over.
TOKENS = (
    "\n", "\r", "\t", " ", "  ", ": ", ":", "：", "- ", "-", "? ", "[", "]", "{", "}", ", ", ",", "#", " #", "&a ", "*a", "!!str ",
    "!", "| ", ">", ">-\n", "|+\n", "%", "@", "`", '"', "'", '\\"', "\\", "\\u202e", "\\x00", "“", "”", "‘", "---\n", "...\n", "<<: *a\n",
    "null", "~", "true", "no", "0", "-1", "1e999", ".nan", "0x10", "1_000", "9" * 30, "2008-02-30", "2008-06", "99999", "０",
    "\u00a0", "\u3000", "\u200b", "\u2028", "\u202e", "\ufeff", "\x00", "\x1b[31m", "\ufffd", "\uffff", "\U0001f600", "\U000e0041", "⼯", "а",
    "name", "kind: industry\n", "sources:\n", "  r1: {}\n", "{title: x}", "ratings:\n  - {scheme: a, level: b, source: r1}\n",
    "charters:\n  - {id: a, type: 自律公约, source: r1}\n", "contact: {phone: 13912345678}\n", "11010519491231002X", "..", "/", "{{ x }}", "{0}",
    "%s", "第一条", "一、", "（一）", "商" * 100, "[" * 50, "{a: " * 30, "- " * 30, "*" * 40, "(" * 40, "1." * 20,
)  # fmt: skip


def seeds() -> list[tuple[str, str]]:
    """Paths and texts to begin with: every file of the small directory, every case of a moderate size."""
    small = [
        (path.relative_to(SMALL).as_posix(), path.read_text("utf-8")) for path in sorted(SMALL.rglob("*.*"))
    ]
    hostile = [
        (AT, content(case).decode("utf-8", "replace")[:LONGEST])
        for case in cases()
        if case["topic"] in ("writing", "sizes", "fields") and "link" not in case and case["at"] == AT
    ]
    return small + hostile


def mutations(rng: random.Random, known: list[tuple[str, str]]) -> Iterator[Case]:
    """Cases without end: a seed, changed in one to six places."""
    while True:
        at, text = rng.choice(known)
        for _ in range(rng.randint(1, 6)):
            text = _changed(rng, text, known)[:LONGEST]
        data = text.encode("utf-8", "surrogatepass")
        if rng.random() < 0.1:
            data = _broken(rng, data)
        yield {
            "name": f"found-{hashlib.sha256(at.encode() + data).hexdigest()[:12]}",
            "at": at,
            "hex": data.hex(),
        }


def _changed(rng: random.Random, text: str, known: list[tuple[str, str]]) -> str:
    start, end = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
    end = min(end, start + rng.choice((1, 5, 40, 400)))
    return rng.choice(
        (
            lambda: text[:start] + rng.choice(TOKENS) + text[start:],
            lambda: text[:start] + rng.choice(TOKENS) + text[end:],
            lambda: text[:start] + text[end:],
            lambda: text[:end] + text[start:end] * rng.choice((1, 2, 30)) + text[end:],
            lambda: text[:start] + rng.choice(TOKENS) * rng.choice((2, 20, 200)) + text[start:],
            lambda: _line_moved(rng, text),
            lambda: text[:start] + rng.choice(known)[1][: rng.choice((20, 200))] + text[end:],
        )
    )()


def _line_moved(rng: random.Random, text: str) -> str:
    """A line at another place, or at another depth."""
    lines = text.split("\n")
    line = lines.pop(rng.randrange(len(lines)))
    lines.insert(rng.randint(0, len(lines)), " " * rng.choice((0, 1, 2, 4)) + line)
    return "\n".join(lines)


def _broken(rng: random.Random, data: bytes) -> bytes:
    spot = rng.randint(0, len(data))
    return (
        data[:spot]
        + rng.choice((b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xe5\x95", b"\x00", b"\xf4\x90\x80\x80"))
        + data[spot:]
    )


def run(
    seed: int, *, rounds: int | None = None, seconds: float | None = None
) -> tuple[int, list[tuple[Case, str]]]:
    """How many cases were judged, and those that the check could not take, with their tracebacks."""
    done, found, until = 0, [], time.monotonic() + (seconds or 0)
    with tempfile.TemporaryDirectory() as folder:
        root = make_site(Path(folder))
        for case in mutations(random.Random(seed), seeds()):
            if done >= rounds if rounds is not None else time.monotonic() >= until:
                break
            path = root / case["at"]
            before = path.read_bytes() if path.exists() else None
            path.write_bytes(content(case))
            result = verdict(root, case)
            path.unlink() if before is None else path.write_bytes(before)
            done += 1
            if "crash" in result:
                found.append((case, str(result["crash"])))
    return done, found


def keep(case: Case, crash: str) -> Path:
    """Write a case into the corpus; `expected: any` asks for an answer of whatever kind."""
    path = FOLDER / f"{case['name']}.yml"
    why = f"The fuzzer found: {crash.strip().splitlines()[-1][:200]}"
    entry = {"name": case["name"], "why": why, "at": case["at"], "hex": case["hex"], "expected": "any"}
    path.write_text(yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=10_000), "utf-8")
    return path


def main() -> int:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int.from_bytes(os.urandom(4), "big")
    limit_memory()
    done, found = run(seed, seconds=seconds)
    for case, crash in found:
        print(f"{keep(case, crash)}\n{crash}")
    print(
        f"seed {seed}: {done} mutated records in {seconds:.0f} s, {len(found)} that the check could not take"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
