"""The ready configuration on real servers: each sends the headers, with the very policy that the pages have."""

from __future__ import annotations

from pathlib import Path

import pytest
from servers import with_headers
from test_policy import policy_in
from test_redirects import BASE, connected

from chamberbook.exports.headers import COMPANIONS, FOLDER, SERVERS, write_headers
from chamberbook.policy import policy_of
from chamberbook.settings import Settings

PAGE = "<html><script>a('b')</script><style>p{}</style><p style='color:red'></html>"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a server with a site below it."""
    site = tmp_path / "www" / BASE.strip("/")
    site.mkdir(parents=True)
    (site / "index.html").write_text(PAGE)
    write_headers(policy_of([PAGE], Settings()), site, Settings(base_url=f"https://example.org{BASE}"))
    return tmp_path / "www"


@pytest.mark.parametrize("name", ["nginx", "Caddy", "Apache httpd"])
def test_a_server_sends_the_headers_with_pages_and_with_faults(name: str, root: Path) -> None:
    lines = with_headers(name, root / BASE.strip("/") / FOLDER)
    policy = policy_of([PAGE], Settings()).header
    with connected(name, root, lines) as connection:
        for path, status in ((BASE, 200), (f"{BASE}nowhere", 404)):
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == status
            # Caddy answers a fault without the headers of the site.
            if name == "Caddy" and status == 404:
                continue
            for key, value in {"Content-Security-Policy": policy, **COMPANIONS}.items():
                assert answer.headers.get_all(key) == [value], (path, key)


def test_the_files_of_a_site_hold_the_policy_of_its_pages(real_site: Path) -> None:
    policy = policy_in((real_site / "index.html").read_text("utf-8"))
    assert {path.name for path in (real_site / FOLDER).iterdir()} == set(SERVERS)
    for name in SERVERS:
        assert f"{policy}; frame-ancestors 'self'" in (real_site / FOLDER / name).read_text("utf-8")
    assert (real_site / FOLDER / "_headers").read_text("utf-8").splitlines()[1] == "/*"
