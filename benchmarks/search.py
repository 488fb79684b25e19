"""What a search costs a reader: requests and bytes as the browser counts them, times of the first and of later queries.

    python benchmarks/search.py DIRECTORY --seed 7

Bytes of three kinds: `index` is Pagefind's program and index, `data` everything below search/, `scripts` our own modules.
A cold search is a page with an empty cache that asks one query and loads the rows of its first ten results.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from search_draws import Drawer
from search_site import ROOT, blank, opened, read, write
from search_texts import Query

_FIND = """async ([url, query, options]) => {
    const m = await import(`${url}assets/search/engine.js`);
    const start = performance.now();
    const found = await m.find(query, options);
    await Promise.all(found.results.slice(0, 10).map((one) => one.data()));
    return [performance.now() - start, found.results.length];
}"""
_SUGGEST = """async ([url, text]) => {
    const [base, names] = await Promise.all([import(`${url}assets/search/base.js`), import(`${url}assets/search/names.js`)]);
    const look = new names.Names(await base.loadData());
    let found = [];
    for (let size = 1; size <= text.length; size += 1) found = await look.look(text.slice(0, size));
    return found.length;
}"""


class Counted:
    """A page with an empty cache, and what it has loaded."""

    def __init__(self, browser: Any, url: str) -> None:
        self.url = url
        self.page: Page = blank(browser, url)
        self.sizes: dict[str, int] = {}
        self.page.on("requestfinished", lambda r: self.sizes.update({r.url: r.sizes()["responseBodySize"]}))

    def run(self, code: str, *values: Any) -> Any:
        """The value of an expression, and afterwards `sizes` is complete."""
        found = self.page.evaluate(code, [self.url, *values])
        self.page.wait_for_timeout(50)
        return found

    def cost(self) -> dict[str, int]:
        """Requests and bytes by kind."""
        kinds = {"index": "/pagefind/", "data": f"{self.url}search/", "scripts": "/assets/"}
        cost = {
            name: sum(size for url, size in self.sizes.items() if part in url) for name, part in kinds.items()
        }
        requests = sum("/assets/" not in url for url in self.sizes)
        return {"requests": requests, **cost, "bytes": sum(cost.values())}


def cold(browser: Any, url: str, queries: Iterable[Query], facets: bool) -> list[dict[str, int]]:
    """The cost of each query for a reader who comes with it."""
    costs = []
    for query in queries:
        counted = Counted(browser, url)
        ms, results = counted.run(_FIND, query.text, {"facets": facets})
        costs.append({**counted.cost(), "ms": round(ms), "results": results})
        counted.page.context.close()
    return costs


def line(name: str, costs: list[dict[str, int]]) -> None:
    """Print the median and the most of each figure."""
    found: dict[str, Any] = {"what": name, "queries": len(costs)}
    for key in costs[0]:
        values = [cost[key] for cost in costs]
        found[key] = {"median": round(statistics.median(values)), "most": max(values)}
    print(json.dumps(found, ensure_ascii=False), flush=True)


def main() -> None:
    """Index, then print one line of JSON for each figure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("directory", nargs="?", type=Path, default=ROOT, help="a directory's root")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--queries", type=int, default=2, help="of each kind, each by a reader of its own")
    parser.add_argument("--site", type=Path, help="keep the index here, and use it when it is there")
    options = parser.parse_args()
    found = read(options.directory)
    with tempfile.TemporaryDirectory() as folder:
        site = options.site or Path(folder)
        if not (site / "search").is_dir():
            start = time.process_time(), time.perf_counter()
            write(found, site)
            spent = time.process_time() - start[0], time.perf_counter() - start[1]
            size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
            print(
                json.dumps(
                    {
                        "what": "indexing",
                        "cpu without Pagefind": round(spent[0], 1),
                        "wall": round(spent[1], 1),
                        "bytes": size,
                    }
                )
            )
        drawer = Drawer(found, options.seed)
        plain = [kind for kind in drawer.kinds if not kind.startswith(("one wrong", "nothing"))]
        with opened(site) as (browser, url):
            drawn = {kind: list(drawer.draw(kind, options.queries)) for kind in drawer.kinds}
            line("cold search", cold(browser, url, [q for kind in plain for q in drawn[kind]], False))
            line("cold search with the facets counted", cold(browser, url, drawn["place and industry"], True))
            line(
                "cold guess",
                cold(
                    browser,
                    url,
                    [q for kind in ("one wrong character", "one wrong letter") for q in drawn[kind]],
                    False,
                ),
            )
            line("cold list by facets", cold(browser, url, [Query("", "", frozenset(), frozenset())], True))
            warm(browser, url, [q for kind in plain for q in drawer.draw(kind, options.queries * 3)])
            suggestions(browser, url, [q.text for q in drawn["without 市 and 商会"] + drawn["pinyin"]])


def warm(browser: Any, url: str, queries: list[Query]) -> None:
    """Later queries of one reader: twice each, the first time with the parts of the index that it needs."""
    counted = Counted(browser, url)
    times = [[counted.run(_FIND, query.text, {"facets": True})[0] for query in queries] for _ in range(2)]
    for name, values in zip(("later query", "the same query again"), times, strict=True):
        costs = [{"ms": round(value)} for value in values[1:]]
        line(name, costs)


def suggestions(browser: Any, url: str, texts: list[str]) -> None:
    """Typing a query letter by letter."""
    costs = []
    for text in texts:
        counted = Counted(browser, url)
        results = counted.run(_SUGGEST, text)
        costs.append({**counted.cost(), "results": results})
        counted.page.context.close()
    line("suggestions while typing", costs)


if __name__ == "__main__":
    main()
