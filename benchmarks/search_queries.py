"""Random queries of every kind, drawn from a directory's own records, and how search answers them.

    python benchmarks/search_queries.py DIRECTORY --seed 7

Of each query the records that are wanted are known from the records' own text, worked out here and not by the index:
recall is the share of the wanted ones (of ten, when there are more) among the first ten results; precision the share
of all results that hold every part of the query. A query that names nothing scores 1 when nothing is found, else 0.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page

from chamberbook.derive import Directory
from search_draws import Drawer
from search_site import ROOT, blank, opened, read, write
from search_texts import Query

FIRST = 10
_ASK = """async ([url, query]) => {
    const m = await import(`${url}assets/search/engine.js`);
    return (await m.find(query)).results.map((one) => Number(one.id));
}"""


def scores(query: Query, urls: list[str]) -> tuple[float, float]:
    """Recall among the first ten and precision of all."""
    if query.kind == "nothing":
        return (0.0, 0.0) if urls else (1.0, 1.0)
    recall = len(query.wanted & set(urls[:FIRST])) / min(FIRST, len(query.wanted))
    precision = sum(url in query.allowed for url in urls) / len(urls) if urls else 0.0
    return recall, precision


def main() -> None:
    """Print a line of JSON a kind: queries, recall, precision; with --show also the poorest."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "directory", nargs="?", type=Path, default=ROOT, help="a directory's root; this one's own by default"
    )
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--queries", type=int, default=40, help="of each kind")
    parser.add_argument("--kind", action="append", help="only this kind")
    parser.add_argument("--show", type=int, default=0, help="so many of the poorest of each kind")
    parser.add_argument("--site", type=Path, help="keep the index here, and use it when it is there")
    options = parser.parse_args()
    found = read(options.directory)
    drawer = Drawer(found, options.seed)
    with tempfile.TemporaryDirectory() as folder:
        site = options.site or Path(folder)
        if not (site / "search").is_dir():
            write(found, site)
        with opened(site) as (browser, url):
            page = blank(browser, url)
            for kind in options.kind or drawer.kinds:
                report(kind, list(drawer.draw(kind, options.queries)), page, url, options.show, found)


def report(kind: str, drawn: list[Query], page: Page, url: str, show: int, found: Directory) -> None:
    """Ask and print."""
    address = [entry.url for entry in (*found.chambers, *found.charters)]
    results = []
    for query in drawn:
        # The charters of a chamber that may be found may be found with it.
        chambers = {url.split("/")[1] for url in query.allowed if url.startswith("chambers/")}
        charters = {url for url in address if url.startswith("charters/") and url.split("/")[1] in chambers}
        asked = replace(query, kind=kind, allowed=query.allowed | charters)
        urls = [address[number] for number in page.evaluate(_ASK, [url, query.text])]
        results.append((*scores(asked, urls), asked, urls))
    count = max(len(results), 1)
    recall, precision = (round(sum(one[at] for one in results) / count, 3) for at in (0, 1))
    line = {"kind": kind, "queries": len(results), "recall": recall, "precision": precision}
    print(json.dumps(line, ensure_ascii=False), flush=True)
    for *score, query, urls in sorted(results, key=lambda one: one[0] + one[1])[:show]:
        if sum(score) < 2:
            missed = sorted(query.wanted - set(urls[:FIRST]))[:3]
            extra = [one for one in urls if one not in query.allowed][:3]
            print(f"  {query.text}: {score} of {len(urls)}; missed {missed}, extra {extra}", file=sys.stderr)


if __name__ == "__main__":
    main()
