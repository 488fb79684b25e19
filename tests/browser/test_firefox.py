"""The search of the pages in Firefox: another engine than that of the other browser tests."""

from __future__ import annotations

import json

import pytest
from building import Served
from marionette_driver.marionette import Marionette
from scripting import ASSETS, Modules

READ = """
const [query, done] = arguments;
const at = document.querySelector('script[src$="search/main.js"]').src;
Promise.all(["query.js", "base.js"].map((name) => import(at.replace("main.js", name))))
  .then(async ([{ readings }, { loadData }]) => readings(query, await loadData()))
  .then(done, (error) => done(String(error)));
"""
#: The same without a page.
READ_IN_NODE = "(async ([query, raw, base]) => m.readings(query, (await import(base)).unpacked(raw)))(v)"
FOUND = """
const [done] = arguments;
const look = () => {
  const names = [...document.querySelectorAll("#main a")].map((link) => link.textContent).filter((name) => name.includes("餐饮"));
  names.length ? done(names) : setTimeout(look, 50);
};
look();
"""


@pytest.mark.parametrize(
    "query", ["苏州餐饮", "蘇州餐飲業商會", "szcy", "suzhou canyin", "常州 茶 5A", "𠮷野家"]
)
def test_firefox_and_node_read_a_query_alike(firefox: Marionette, served: Served, query: str) -> None:
    if not firefox.get_url().startswith(served.url):
        firefox.navigate(served.url)
    read = firefox.execute_async_script(READ, script_args=(query,))
    data = json.loads((served.folder / "search/data.json").read_text("utf-8"))
    base = (ASSETS / "search/base.js").as_uri()
    with Modules() as modules:
        assert read == modules.ask("search/query.js", READ_IN_NODE, query, data, base)
    assert read


def test_the_search_page_shows_results_in_firefox(firefox: Marionette, served: Served) -> None:
    firefox.navigate(served.url + "search/?q=餐饮")
    assert "常州市餐饮商会" in firefox.execute_async_script(FOUND)
