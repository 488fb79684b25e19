"""Figures -> tables in Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from statistics import median

from cases import CASES
from measure import Usage, machine

Round = Mapping[str, Usage]
BOTH = "hugo+search"
TITLES = {**{name: case.title for name, case in CASES.items()}, BOTH: "Hugo, then Pagefind"}
_PACKAGES = (
    "chamberbook",
    "mkdocs",
    "mkdocs-material",
    "jinja2",
    "pydantic",
    "pyyaml",
    "pagefind-bin",
    "pagefind-bin-extended",
    "hugo",
)


def table(chambers: int, rounds: Sequence[Round]) -> str:
    """One size: medians, and each case's user CPU over the floor's, Hugo's and our cold build's of the same round."""
    rounds = both(rounds)
    names = [name for name in TITLES if any(name in one for one in rounds)]
    bases = [base for base in ("floor", "hugo", BOTH, "cold") if base in names]
    head = ["case", "user s", "cpu s", "wall s", "peak MiB", *(f"user ÷ {base}" for base in bases)]
    lines = [f"### {chambers:,} chambers, {len(rounds)} rounds", "", _row(head), _row(["---"] * len(head))]
    for name in names:
        used = [one[name] for one in rounds if name in one]
        figures = [f"{median(getattr(u, field) for u in used):.2f}" for field in ("user", "cpu", "wall")]
        ratios = [ratio(rounds, name, base) for base in bases]
        lines.append(_row([TITLES[name], *figures, f"{median(u.peak for u in used):.0f}", *ratios]))
    return "\n".join([*lines, "", *stages(rounds)])


def both(rounds: Sequence[Round]) -> list[Round]:
    """The rounds with Hugo and Pagefind as one case where both ran: what a searchable site costs there."""
    return [
        {**one, BOTH: one["hugo"] + one["hugo-search"]} if {"hugo", "hugo-search"} <= one.keys() else one
        for one in rounds
    ]


def stages(rounds: Sequence[Round]) -> list[str]:
    """Where time and memory go in the cold build with search that was asked for it; works of the stage `pages` by kind."""
    told = [one["stages"].times for one in rounds if "stages" in one and one["stages"].times]
    if not told:
        return []
    head = _row(["stage", "user s", "system s", "wall s", "peak MiB"])
    lines = ["By stage, a cold build with search:", "", head, _row(["---"] * 5)]
    for name in dict.fromkeys(name for one in told for name in one["stages"]):
        found = [one["stages"][name] for one in told if name in one["stages"]]
        peaks = [cost["peak_mib"] for cost in found if cost["peak_mib"]]
        peak = f"{median(peaks):.0f}" if peaks else ""
        lines.append(_row([name, *_seconds(found), peak]))
    lines += ["", "The stage `pages` by kind of work, all processes added up:", ""]
    lines += [_row(["kind", "user s", "system s", "wall s"]), _row(["---"] * 4)]
    for name in dict.fromkeys(name for one in told for name in one["kinds"]):
        lines.append(_row([name, *_seconds([one["kinds"][name] for one in told if name in one["kinds"]])]))
    return [*lines, ""]


def _seconds(costs: Sequence[Mapping[str, float]]) -> list[str]:
    return [f"{median(cost[field] for cost in costs):.2f}" for field in ("user", "system", "wall")]


def growth(sizes: Mapping[int, Sequence[Round]]) -> list[str]:
    """How much more each case takes from one size to the next, by the medians."""
    lines: list[str] = []
    for less, more in pairwise(sorted(sizes)):
        one, two = both(sizes[less]), both(sizes[more])
        names = [n for n in TITLES if any(n in r for r in one) and any(n in r for r in two)]
        lines += [f"### From {less:,} to {more:,} chambers, {more / less:.1f} times as many", ""]
        lines += [_row(["case", "user", "cpu", "wall", "peak"]), _row(["---"] * 5)]
        for name in names:
            cells = [_times(one, two, name, field) for field in ("user", "cpu", "wall", "peak")]
            lines.append(_row([TITLES[name], *cells]))
        lines.append("")
    return lines


def _times(one: Sequence[Round], two: Sequence[Round], name: str, field: str) -> str:
    less, more = (median(getattr(r[name], field) for r in found if name in r) for found in (one, two))
    return f"{more / less:.1f} ×" if less else ""


def ratio(rounds: Sequence[Round], name: str, base: str, field: str = "user") -> str:
    """The median of the rounds' ratios with the least and the greatest."""
    found = [
        getattr(one[name], field) / getattr(one[base], field)
        for one in rounds
        if name in one and base in one and getattr(one[base], field)
    ]
    if not found:
        return ""
    return f"{median(found):.2f} ({min(found):.2f}–{max(found):.2f})"


def versions() -> str:
    """What was measured with what."""
    found = []
    for name in _PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def report(sizes: Mapping[int, Sequence[Round]]) -> str:
    """The whole report."""
    parts = ["# What a build costs", "", f"{machine()}. {versions()}.", ""]
    parts += [table(chambers, rounds) for chambers, rounds in sizes.items()]
    parts += growth(sizes)
    return "\n".join(parts)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
