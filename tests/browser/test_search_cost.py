"""What search costs and what it may do."""

from __future__ import annotations

import gzip
from pathlib import Path

from building import SUB_PATH, Served
from playwright.sync_api import Browser, Route, expect


def test_a_strict_content_security_policy_is_enough(browser: Browser, served: Served) -> None:
    """Of our own scripts: the theme's inline ones are another matter."""
    page = browser.new_page()
    violations: list[str] = []
    page.on(
        "console",
        lambda m: violations.append(m.text) if "search/" in m.text or "pagefind" in m.text else None,
    )

    def strict(route: Route) -> None:
        response = route.fetch()
        policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
        route.fulfill(response=response, headers={**response.headers, "content-security-policy": policy})

    page.route(f"**{SUB_PATH}search/*", strict)
    page.goto(served.url + "search/?q=餐饮")
    expect(page.locator(".hit").first).to_be_visible()
    assert violations == []
    page.close()


def test_a_cold_search_costs_little(browser: Browser, served: Served) -> None:
    """Of search alone with ten results, as a server that compresses text sends it: index, data, scripts."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(served.url + "stats/")
    asked: list[str] = []
    page.on("requestfinished", lambda request: asked.append(request.url.split("?")[0]))
    page.goto(served.url + "search/?q=江苏")
    expect(page.locator(".hit")).to_have_count(10)
    files = [
        served.folder / url.removeprefix(served.url)
        for url in asked
        if url.endswith((".js", ".json", "pagefind", "_meta", "_index"))
    ]
    sizes = {str(path.relative_to(served.folder)): sent(path) for path in files}
    scripts = {name: size for name, size in sizes.items() if name.startswith("assets/")}
    data = {name: size for name, size in sizes.items() if name not in scripts}
    print(f"{len(data)} requests, {sum(data.values())} bytes of index and data")
    print(f"{len(scripts)} requests, {sum(scripts.values())} bytes of scripts")
    assert len(data) <= 12, data
    assert sum(sizes.values()) < 250_000, sizes
    assert not any("pagefind-entry" in url for url in asked), "the table holds it"
    context.close()


def sent(path: Path) -> int:
    """The bytes of a file on their way; Pagefind's own files are compressed already."""
    content = path.read_bytes()
    return len(gzip.compress(content, 6)) if path.suffix in (".js", ".json") else len(content)
