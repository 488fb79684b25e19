"""The cache: what was kept comes back or is made again, whatever happens to the file."""

from __future__ import annotations

import multiprocessing
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from chamberbook.cache import Cache, digest, program_digest


def entries(number: int, size: int = 100, salt: bytes = b"") -> dict[bytes, bytes]:
    return {digest(salt, str(n)): bytes([n % 256]) * size for n in range(number)}


def kept(folder: Path, found: dict[bytes, bytes]) -> None:
    cache = Cache(folder)
    cache.write(found)
    cache.close()


def file_of(folder: Path) -> Path:
    (file,) = [path for path in folder.iterdir() if path.suffix == ".sqlite"]
    return file


def test_what_was_kept_comes_back_in_another_build(tmp_path: Path) -> None:
    found = entries(20)
    kept(tmp_path, found)
    cache = Cache(tmp_path)
    assert cache.read([*found, digest("never kept")]) == found
    cache.close()


def test_keys_tell_apart_what_is_cut_differently_and_other_programs() -> None:
    cache = Cache(None, b"one")
    assert cache.key("a", "bc") != cache.key("ab", "c")
    assert cache.key("a") == cache.key(b"a")
    assert cache.key("a") != Cache(None, b"two").key("a")
    assert program_digest() == program_digest()


def test_without_a_folder_nothing_is_kept() -> None:
    cache = Cache(None)
    cache.write(entries(1))
    assert cache.read(entries(1)) == {}
    cache.close()


def test_a_changed_byte_makes_an_entry_missing(tmp_path: Path) -> None:
    found = entries(3)
    kept(tmp_path, found)
    first = next(iter(found))
    with sqlite3.connect(file_of(tmp_path)) as connection:
        connection.execute("UPDATE entries SET value = zeroblob(100) WHERE key = ?", (digest(b"", "2"),))
        connection.execute("UPDATE entries SET value = NULL WHERE key = ?", (digest(b"", "1"),))
    cache = Cache(tmp_path)
    assert cache.read(found) == {first: found[first]}
    cache.write(found)
    assert cache.read(found) == found
    cache.close()


@pytest.mark.parametrize("part", ["all", "head", "middle", "cut"])
def test_a_damaged_file_is_replaced(tmp_path: Path, part: str) -> None:
    found = entries(400, 2000)
    kept(tmp_path, found)
    file = file_of(tmp_path)
    data = file.read_bytes()
    noise = bytes(range(256)) * 400
    damaged = {
        "all": noise,
        "head": noise[:100] + data[100:],
        "middle": data[:40_000] + noise + data[40_000 + len(noise) :],
        "cut": data[: len(data) // 2],
    }
    file.write_bytes(damaged[part])
    cache = Cache(tmp_path)
    assert cache.read(found).items() <= found.items()
    cache.close()
    kept(tmp_path, found)
    kept(tmp_path, found)
    cache = Cache(tmp_path)
    assert cache.read(found) == found
    cache.close()


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("a file, where a folder should be")
    cache = Cache(place / "cache")
    cache.write(entries(1))
    assert cache.read(entries(1)) == {}
    cache.close()


def test_the_oldest_go_when_the_file_is_too_large(tmp_path: Path) -> None:
    limit = 1 << 20
    for build in range(12):
        cache = Cache(tmp_path, limit=limit)
        cache.write(entries(20, 10_000, salt=b"%d" % build))
        cache.close()
    assert file_of(tmp_path).stat().st_size < 2 * limit
    cache = Cache(tmp_path)
    assert not cache.read(entries(20, salt=b"0"))
    assert len(cache.read(entries(20, salt=b"11"))) == 20
    cache.close()


def test_what_is_used_stays(tmp_path: Path) -> None:
    used, limit = entries(20, 10_000), 1 << 20
    for build in range(40):
        cache = Cache(tmp_path, limit=limit)
        if cache.read(used) != used:
            assert build == 0
            cache.write(used)
        cache.write(entries(4, 10_000, salt=b"%d" % build))
        cache.close()


def keep_in_a_process(cache: Cache, name: bytes) -> None:
    for part in range(10):
        cache.write(entries(10, salt=name + b"%d" % part))
    cache.close()


def test_processes_that_were_forked_share_the_file(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    cache = Cache(tmp_path)
    cache.write(entries(1))
    others = [context.Process(target=keep_in_a_process, args=(cache, b"%d" % n)) for n in range(3)]
    for process in others:
        process.start()
    for process in others:
        process.join()
        assert process.exitcode == 0
    for name in range(3):
        for part in range(10):
            assert len(cache.read(entries(10, salt=b"%d%d" % (name, part)))) == 10
    cache.close()


def test_two_builds_at_once_both_keep_what_they_made(tmp_path: Path) -> None:
    def build(name: bytes) -> None:
        keep_in_a_process(Cache(tmp_path), name)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(build, [b"a", b"b", b"c", b"d"]))
    cache = Cache(tmp_path)
    for name in b"abcd":
        assert len(cache.read(entries(10, salt=bytes([name]) + b"9"))) == 10
    cache.close()


def test_a_cache_deleted_under_a_build_is_no_error(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.write(entries(5))
    for path in tmp_path.iterdir():
        path.unlink()
    cache.write(entries(5, salt=b"more"))
    cache.close()
    kept(tmp_path, entries(5))
    cache = Cache(tmp_path)
    assert len(cache.read(entries(5))) == 5
    cache.close()
