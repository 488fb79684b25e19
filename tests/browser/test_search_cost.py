"""What search costs and what it may do."""

from __future__ import annotations

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
    """Of search alone, modules and index, with ten results."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(served.url + "stats/")
    sizes: dict[str, int] = {}
    page.on("requestfinished", lambda r: sizes.update({r.url: r.sizes()["responseBodySize"]}))
    page.goto(served.url + "search/?q=江苏")
    expect(page.locator(".hit")).to_have_count(10)
    of_index = {url: size for url, size in sizes.items() if "/pagefind/" in url}
    of_search = {url: size for url, size in sizes.items() if "/search/" in url and not url.endswith("%8F")}
    print(f"{len(of_index)} requests, {sum(of_index.values())} bytes of index")
    print(f"{len(of_search)} requests, {sum(of_search.values())} bytes of scripts, data and the page")
    assert sum(of_index.values()) + sum(of_search.values()) < 300_000
    assert len(of_index) <= 25
    context.close()
