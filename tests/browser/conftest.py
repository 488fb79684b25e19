"""Real browsers. Chromium is watched: a page that logs an error or asks another host for anything fails its test."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import programs
import pytest
from building import AS_OF, ROOT, free_port
from marionette_driver.marionette import Marionette
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    Response,
    expect,
    sync_playwright,
)

from chamberbook import load
from chamberbook.derive import Directory, directory

OpenPage = Callable[..., Page]
#: Patience costs nothing where a claim holds; a machine may be busy.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One browser for the session; a missing one is a failure with the words that say how to get it."""
    # Chromium's sandbox refuses to run as root, which a container usually is.
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    browser = playwright.chromium.launch(executable_path=programs.chromium(shell=True), args=arguments)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marionette]:
    """A real Firefox, driven over its own protocol, with a profile of its own."""
    profile, port = tmp_path_factory.mktemp("firefox"), free_port()
    (profile / "user.js").write_text(f'user_pref("marionette.port", {port});\n')
    command = [programs.firefox(), "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        driver = Marionette(host="127.0.0.1", port=port, startup_timeout=120)
        driver.raise_for_port(timeout=120)
        driver.start_session()
        driver.set_context(Marionette.CONTEXT_CONTENT)
        driver.timeout.script = driver.timeout.page_load = 30
        yield driver
        driver.delete_session()
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="session")
def real() -> Directory:
    """The records of the real directory, as its pages show them."""
    return directory(load.read_all(ROOT), date.fromisoformat(AS_OF))


class Watch:
    """Everything that pages did which a reader would not forgive."""

    def __init__(self) -> None:
        self.complaints: list[str] = []

    def follow(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)
        page.on("requestfailed", self._failed)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console {message.type}: {message.text} at {message.location}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1":
            self.complaints.append(f"request to another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status} {response.url}")

    def _failed(self, request: Request) -> None:
        # A reader who moves on stops what is still loading; that is not the page's fault.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.failure} {request.url}")


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open a page in a context of its own: `open_page(url, java_script_enabled=False, color_scheme="dark")`.

    At the end of the test nothing may have been complained of: no console error or warning, no failed request, no
    request to a host other than the site's own.
    """
    watch = Watch()
    contexts = []

    def open_(url: str, **options: Any) -> Page:
        options = {
            "viewport": {"width": 1280, "height": 900},
            "locale": "zh-CN",
            "reduced_motion": "reduce",
            **options,
        }
        context = browser.new_context(**options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        watch.follow(page)
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert watch.complaints == []
