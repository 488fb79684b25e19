"""Measure builds side by side: `.venv/bin/python benchmarks/run.py 1000 10000 --report benchmarks/report.md`.

Every round runs every case once on the same records, so that ratios compare what ran in the same minutes. On a machine
that does other things too the clock wobbles; user CPU is the firmest figure.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import report
from cases import CASES, Place, lay
from measure import Failed, Usage

Rounds = list[dict[str, Usage]]


def main() -> int:
    """Read the arguments, measure each size, print what comes out, write the report when one is asked for."""
    options = _arguments()
    names = [name for name in CASES if not options.only or name in options.only]
    sizes: dict[int, Rounds] = {}
    for chambers in options.chambers:
        sizes[chambers] = list(_rounds(chambers, names, options))
        print(report.table(chambers, sizes[chambers]), flush=True)
        if options.json:
            _save(options.json, sizes)
        if options.report:  # After each size: the next may take long.
            options.report.write_text(report.report(sizes), "utf-8")
    return 0


def _rounds(chambers: int, names: Sequence[str], options: argparse.Namespace) -> Iterator[dict[str, Usage]]:
    place = Place(options.work / str(chambers))
    place.folder.mkdir(parents=True, exist_ok=True)
    lay(place, chambers, options.seed)
    for number in range(options.rounds or _usual_rounds(chambers)):
        found: dict[str, Usage] = {}
        for name in names:
            try:
                found[name] = used = CASES[name].run(place)
            except Failed as error:
                print(f"{name}: {error}", file=sys.stderr)
                continue
            print(
                f"{chambers} round {number + 1} {name}: user {used.user:.2f} cpu {used.cpu:.2f} "
                f"wall {used.wall:.2f} s, {used.peak:.0f} MiB",
                file=sys.stderr,
                flush=True,
            )
        yield found


def _usual_rounds(chambers: int) -> int:
    """Few where a round takes an hour."""
    return 3 if chambers < 10_000 else 2 if chambers < 50_000 else 1


def _save(path: Path, sizes: dict[int, Rounds]) -> None:
    plain = {
        size: [{name: asdict(used) for name, used in one.items()} for one in rounds]
        for size, rounds in sizes.items()
    }
    path.write_text(json.dumps(plain, indent=1) + "\n", "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "chambers", type=int, nargs="*", default=[1000, 10000], metavar="N", help="sizes (1000 10000)"
    )
    parser.add_argument(
        "--only", type=lambda text: text.split(","), metavar="CASE,CASE", help=", ".join(CASES)
    )
    parser.add_argument(
        "--rounds",
        type=int,
        metavar="R",
        help="how often each case runs (3, from 10,000 on 2, from 50,000 on 1)",
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--work", type=Path, default=Path("build/bench"), help="where all is written (build/bench)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="the figures for other programs")
    parser.add_argument("--report", type=Path, metavar="FILE", help="the report as Markdown")
    options = parser.parse_args()
    options.work = options.work.resolve()
    unknown = set(options.only or ()) - set(CASES)
    if unknown:
        parser.error(f"no such case: {', '.join(sorted(unknown))}")
    return options


if __name__ == "__main__":
    sys.exit(main())
