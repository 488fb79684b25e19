"""Moved addresses on real servers: each answers 301 by the file that is made for it, and serves the rest as before."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from factories import make_loaded
from planning import DAY, loaded
from servers import Lines, server

from chamberbook import derive, pages
from chamberbook.derive import Directory
from chamberbook.exports.redirects import FOLDER, SERVERS, write_redirects
from chamberbook.records import Tombstone
from chamberbook.settings import Settings

BASE = "/a/b/"

#: How each server is told of the files in {folder}, and the modules that Apache needs for it.
TOLD = {
    "nginx": Lines(
        within="if ($chamberbook_moved) {{ return 301 $chamberbook_moved; }}",
        above="include {folder}/nginx.conf;",
    ),
    "Caddy": Lines(within="import {folder}/caddy.conf"),
    "Apache httpd": Lines(within="Include {folder}/apache.conf", modules=("alias",)),
}


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
    return tmp_path / "www"


@contextmanager
def running(name: str, root: Path) -> Iterator[http.client.HTTPConnection]:
    """A connection to a server of the folder that was told where the moved addresses are."""
    lines = TOLD[name]
    folder = root / BASE.strip("/") / FOLDER
    lines = replace(lines, within=lines.within.format(folder=folder), above=lines.above.format(folder=folder))
    with connected(name, root, lines) as connection:
        yield connection


@contextmanager
def connected(name: str, root: Path, lines: Lines) -> Iterator[http.client.HTTPConnection]:
    """A connection to a server of the folder."""
    with server(name, root.with_name("run"), root, lines=lines) as address:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
        yield connection
        connection.close()


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[int, str, str]:
    """Status, the path that it leads to, and the body; nothing is followed."""
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode("utf-8", "replace")
    return answer.status, urlsplit(answer.headers.get("Location", "")).path, body


def assert_moved(connection: http.client.HTTPConnection, directory: Directory) -> None:
    moves = list(pages.moved(directory))
    assert len(moves) > 300
    for old, new in moves:
        assert ask(connection, BASE + old)[:2] == (301, BASE + new)
    for old, new in moves[:5]:
        assert ask(connection, BASE + new) == (200, "", new)
        # Without its slash the way is longer, and ends at the same place.
        status, there, _ = ask(connection, BASE + old.rstrip("/"))
        assert (status in (301, 302, 307, 308), there) in ((True, BASE + old), (True, BASE + new))
    assert ask(connection, f"{BASE}chambers/gone/") == (200, "", "chambers/gone/")
    assert ask(connection, f"{BASE}chambers/never/")[0] == 404


@pytest.mark.parametrize("name", TOLD)
def test_every_moved_address_is_answered_with_the_new_one(
    name: str, directory: Directory, root: Path
) -> None:
    with running(name, root) as connection:
        assert_moved(connection, directory)


def test_the_file_for_apache_is_an_htaccess_too(directory: Directory, root: Path) -> None:
    site = root / BASE.strip("/")
    (site / ".htaccess").write_text((site / FOLDER / "apache.conf").read_text("utf-8"))
    with connected("Apache httpd", root, Lines(modules=("alias",))) as connection:
        assert_moved(connection, directory)


def test_there_is_a_file_for_each_kind_of_server(directory: Directory, root: Path) -> None:
    folder = root / BASE.strip("/") / FOLDER
    assert {path.name for path in folder.iterdir()} == set(SERVERS)
    lines = [line.split(" ") for line in (folder / "_redirects").read_text("utf-8").splitlines()]
    assert lines[0][0] == "#"
    assert lines[1:] == [[BASE + old, BASE + new, "301"] for old, new in sorted(pages.moved(directory))]


@pytest.mark.parametrize("name", TOLD)
def test_a_directory_in_which_nothing_moved_gives_files_that_servers_read(name: str, tmp_path: Path) -> None:
    root = tmp_path / "www"
    site = root / BASE.strip("/")
    write_redirects(derive.directory(replace(loaded(), chambers={}), DAY), site, Settings())
    (site / "index.html").write_text("home")
    with running(name, root) as connection:
        assert ask(connection, BASE) == (200, "", "home")
