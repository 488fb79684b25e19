"""Figures -> tables in Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
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
    """Where the time of our builds goes, by the clock, as they print it."""
    lines = []
    for name in CASES:
        told = [one[name].stages for one in rounds if name in one and one[name].stages]
        titles = dict.fromkeys(title for found in told for title, _ in found)
        parts = [f"{title} {median(dict(found).get(title, 0.0) for found in told):.1f} s" for title in titles]
        if parts:
            lines.append(f"- {CASES[name].title}: {', '.join(parts)}")
    return ["By stage, wall:", "", *lines, ""] if lines else []


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
    return "\n".join(parts)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
