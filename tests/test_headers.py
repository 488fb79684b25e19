"""The ready configuration on real servers: each sends the headers, with the very policy that the pages have."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from pathlib import Path

import programs
import pytest
from test_policy import policy_in
from test_redirects import APACHE, BASE, CADDY, NGINX, apache, caddy, nginx, running

from chamberbook.exports.headers import COMPANIONS, FOLDER, SERVERS, write_headers
from chamberbook.policy import policy_of
from chamberbook.settings import Settings

Command = Callable[[Path, dict[str, object]], list[object]]
PAGE = "<html><script>a('b')</script><style>p{}</style><p style='color:red'></html>"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a server with a site below it."""
    site = tmp_path / "www" / BASE.strip("/")
    site.mkdir(parents=True)
    (site / "index.html").write_text(PAGE)
    write_headers(policy_of([PAGE], Settings()), site, Settings(base_url=f"https://example.org{BASE}"))
    (site / "data/redirects").mkdir()
    for name in ("nginx.conf", "caddy.conf", "apache.conf"):
        (site / "data/redirects" / name).write_text("")
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() == tmp_path.owner() and "pytest" in folder.name:
            folder.chmod(0o755)
    return tmp_path / "www"


@pytest.mark.parametrize(
    ("server", "template"),
    [
        (nginx, NGINX.replace("if ($chamberbook_moved) {{ return 301 $chamberbook_moved; }}", "include {redirects}/../headers/nginx.conf;")),
        (caddy, CADDY.replace("{redirects}/caddy.conf", "{redirects}/../headers/caddy.conf")),
        (apache, APACHE.replace("{include}", "Include {redirects}/../headers/apache.conf").replace("{modules}", "{modules}\nLoadModule headers_module {headers}")),
    ],
)  # fmt: skip
def test_a_server_sends_the_headers_with_pages_and_with_faults(
    server: Command, template: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if server is apache:
        template = template.replace("{headers}", str(programs.apache_module("mod_headers")))
    monkeypatch.setattr(f"test_redirects.{server.__name__.upper()}", template)
    policy = policy_of([PAGE], Settings()).header
    with running(server, root) as port:
        for path, status in ((BASE, 200), (f"{BASE}nowhere", 404)):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == status
            if server is caddy and status == 404:
                continue
            for name, value in {"Content-Security-Policy": policy, **COMPANIONS}.items():
                assert answer.headers.get_all(name) == [value], (path, name)


def test_the_files_of_a_site_hold_the_policy_of_its_pages(real_site: Path) -> None:
    policy = policy_in((real_site / "index.html").read_text("utf-8"))
    assert {path.name for path in (real_site / FOLDER).iterdir()} == set(SERVERS)
    for name in SERVERS:
        assert f"{policy}; frame-ancestors 'self'" in (real_site / FOLDER / name).read_text("utf-8")
    assert (real_site / FOLDER / "_headers").read_text("utf-8").splitlines()[1] == "/*"
