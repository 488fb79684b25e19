"""What the tests of search share: asking the modules themselves, and listening to what a page announces."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page

#: Collects every text that a live region comes to hold, each as a screen reader gets it: when the page is at rest.
LISTEN = """() => {
  window.said = [];
  const region = (node) => (node instanceof Element ? node : node.parentElement)?.closest('[role=status],[role=alert],[aria-live]');
  new MutationObserver((records) => {
    for (const live of new Set(records.map(({ target }) => region(target)))) {
      const text = live?.textContent.replace(/\\s+/g, ' ').trim();
      if (text && live.checkVisibility() && !live.closest('[inert]')) window.said.push(text);
    }
  }).observe(document.body, { childList: true, characterData: true, subtree: true });
}"""


def ask(page: Page, module: str, expression: str, *values: Any) -> Any:
    """`expression` in the page, with the module's exports as `m` and the values as `v`."""
    code = f"async ([url, v]) => {{ const m = await import(url); return {expression}; }}"
    base = page.evaluate("document.querySelector('script[src$=\"search/main.js\"]').src")
    return page.evaluate(code, [base.replace("main.js", module), list(values)])


def listen(page: Page) -> None:
    """From now on `said` knows what the page announces."""
    page.evaluate(LISTEN)


def said(page: Page) -> list[str]:
    """What the page has announced since `listen`, in order."""
    return list(page.evaluate("window.said"))


def box(page: Page, facet: str, value: str) -> Locator:
    """The checkbox of one choice."""
    return page.locator(f"#facets input[name='{facet}'][value='{value}']")


def number(page: Page, facet: str, value: str) -> Locator:
    """The number beside one choice."""
    return page.locator(f"#facets label:has(input[name='{facet}'][value='{value}']) .n")
