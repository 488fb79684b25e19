"""Moved addresses on real servers: each answers 301 by the file that is made for it, and serves the rest as before."""

from __future__ import annotations

import http.client
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import programs
import pytest
from factories import make_loaded
from planning import DAY, loaded
from test_pipeline import free_port

from chamberbook import derive, pages
from chamberbook.derive import Directory
from chamberbook.exports.redirects import FOLDER, SERVERS, write_redirects
from chamberbook.records import Tombstone
from chamberbook.settings import Settings

BASE = "/a/b/"

NGINX = """
daemon off; master_process off; worker_processes 1; pid {run}/nginx.pid; error_log {run}/error.log; {user}
events {{ worker_connections 64; }}
http {{
  access_log off; client_body_temp_path {run}/body; proxy_temp_path {run}/proxy; fastcgi_temp_path {run}/fastcgi;
  uwsgi_temp_path {run}/uwsgi; scgi_temp_path {run}/scgi;
  include {redirects}/nginx.conf;
  server {{
    listen 127.0.0.1:{port};
    root {root};
    if ($chamberbook_moved) {{ return 301 $chamberbook_moved; }}
  }}
}}
"""
CADDY = """
{{
  admin off
  auto_https off
}}
http://127.0.0.1:{port} {{
  import {redirects}/caddy.conf
  root * {root}
  file_server
}}
"""
APACHE = """
ServerRoot {run}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {run}/apache.pid
ErrorLog {run}/error.log
{modules}
DocumentRoot {root}
DirectoryIndex index.html
<Directory {root}>
  Require all granted
  AllowOverride FileInfo
</Directory>
{include}
"""


def nginx(run: Path, values: dict[str, object]) -> list[object]:
    user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    (run / "nginx.conf").write_text(NGINX.format(**values, user=user))
    return [programs.nginx(), "-p", run, "-c", run / "nginx.conf", "-e", run / "error.log"]


def caddy(run: Path, values: dict[str, object]) -> list[object]:
    (run / "Caddyfile").write_text(CADDY.format(**values))
    return [programs.caddy(), "run", "--adapter", "caddyfile", "--config", run / "Caddyfile"]


def apache(
    run: Path, values: dict[str, object], include: str = "Include {redirects}/apache.conf"
) -> list[object]:
    names = ("mpm_event", "authz_core", "dir", "alias")
    modules = "\n".join(f"LoadModule {name}_module {programs.apache_module(f'mod_{name}')}" for name in names)
    text = APACHE.format(**values, modules=modules, include=include.format(**values))
    (run / "apache.conf").write_text(text)
    return [programs.apache(), "-f", run / "apache.conf", "-D", "FOREGROUND"]


def htaccess(run: Path, values: dict[str, object]) -> list[object]:
    site = Path(str(values["root"])) / BASE.strip("/")
    (site / ".htaccess").write_text((Path(str(values["redirects"])) / "apache.conf").read_text("utf-8"))
    return apache(run, values, include="")


@pytest.fixture(scope="module")
def directory() -> Directory:
    """Renamed chambers with charters, one with the longest id there can be, a duplicate, and a removed record."""
    charters = [{"id": "gongyue", "type": "自律公约", "source": "r1"}]
    chambers = [
        make_loaded(
            "now", name="宜兴市示例商会", former_slugs=["before", "long-" * 23 + "ago"], charters=charters
        ),
        *(
            make_loaded(f"now-{n}", name=f"宜兴市示例{n}商会", former_slugs=[f"before-{n}"])
            for n in range(300)
        ),
    ]
    stones = {
        "twice": {"removed": "2026", "reason": "duplicate", "successor": "now", "charters": ["gongyue"]},
        "gone": {"removed": "2026", "reason": "mistaken", "former_slugs": ["gone-before"]},
    }
    read = replace(
        loaded(),
        chambers={one.slug: one for one in chambers},
        tombstones={slug: Tombstone.model_validate(stone) for slug, stone in stones.items()},
    )
    return derive.directory(read, DAY)


@pytest.fixture
def root(directory: Directory, tmp_path: Path) -> Path:
    """The folder of a server with the site below it: a page at every address, as the build writes them."""
    site = tmp_path / "www" / BASE.strip("/")
    for url in {url for move in pages.moved(directory) for url in move} | {"chambers/gone/"}:
        (site / url).mkdir(parents=True)
        (site / url / "index.html").write_text(url)
    write_redirects(directory, site, Settings(base_url=f"https://example.org{BASE}"))
    for folder in (tmp_path, *tmp_path.parents):
        if os.access(folder, os.W_OK) and folder.stat().st_uid == os.getuid() and "pytest" in folder.name:
            folder.chmod(0o755)
    return tmp_path / "www"


@contextmanager
def running(command: Callable[[Path, dict[str, object]], list[object]], root: Path) -> Iterator[int]:
    """A server on a free port, until the end of the test."""
    run, port = root.parent, free_port()
    values = {"run": run, "port": port, "root": root, "redirects": root / BASE.strip("/") / FOLDER}
    with (run / "said.log").open("wb") as said:
        process = subprocess.Popen(
            [str(part) for part in command(run, values)],
            stdout=said,
            stderr=said,
            # Caddy keeps what it was told, and not in somebody's home.
            env={**os.environ, "XDG_CONFIG_HOME": str(run), "XDG_DATA_HOME": str(run)},
        )
        try:
            deadline = time.monotonic() + 20
            while not _answers(port):
                log = run / "error.log"
                told = (run / "said.log").read_text("utf-8") + (
                    log.read_text("utf-8") if log.exists() else ""
                )
                assert process.poll() is None, told
                assert time.monotonic() < deadline, told
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=20)


def _answers(port: int) -> bool:
    try:
        ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "/")
    except OSError:
        return False
    return True


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[int, str, str]:
    """Status, the path that it leads to, and the body; nothing is followed."""
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode("utf-8", "replace")
    return answer.status, urlsplit(answer.headers.get("Location", "")).path, body


@pytest.mark.parametrize("server", [nginx, caddy, apache, htaccess])
def test_every_moved_address_is_answered_with_the_new_one(
    server: Callable[[Path, dict[str, object]], list[object]], directory: Directory, root: Path
) -> None:
    moves = list(pages.moved(directory))
    assert len(moves) > 300
    with running(server, root) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        for old, new in moves:
            assert ask(connection, BASE + old)[:2] == (301, BASE + new)
        for old, new in moves[:5]:
            assert ask(connection, BASE + new) == (200, "", new)
            # Without its slash the way is longer, and ends at the same place.
            status, there, _ = ask(connection, BASE + old.rstrip("/"))
            assert (status in (301, 302, 307, 308), there) in ((True, BASE + old), (True, BASE + new))
        assert ask(connection, f"{BASE}chambers/gone/") == (200, "", "chambers/gone/")
        assert ask(connection, f"{BASE}chambers/never/")[0] == 404


def test_there_is_a_file_for_each_kind_of_server(directory: Directory, root: Path) -> None:
    folder = root / BASE.strip("/") / FOLDER
    assert {path.name for path in folder.iterdir()} == set(SERVERS)
    lines = [line.split(" ") for line in (folder / "_redirects").read_text("utf-8").splitlines()]
    assert lines[0][0] == "#"
    assert lines[1:] == [[BASE + old, BASE + new, "301"] for old, new in sorted(pages.moved(directory))]


@pytest.mark.parametrize("server", [nginx, caddy, apache])
def test_a_directory_in_which_nothing_moved_gives_files_that_servers_read(
    server: Callable[[Path, dict[str, object]], list[object]], tmp_path: Path
) -> None:
    root = tmp_path / "www"
    site = root / BASE.strip("/")
    write_redirects(derive.directory(replace(loaded(), chambers={}), DAY), site, Settings())
    (site / "index.html").write_text("home")
    with running(server, root) as port:
        assert ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5), BASE) == (200, "", "home")
