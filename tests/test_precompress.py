"""Files compressed beforehand: the same text again, the same bytes each time, only where there is something to gain."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import brotli
import pytest
from building import AS_OF, run_build

from chamberbook.precompress import write_compressed

PAGE = "<p>商会名录：每条事实都注明来源。</p>\n".encode() * 100


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, data in {
        "index.html": PAGE,
        "a/b/style.css": PAGE,
        "short.html": b"<p>short</p>",
        "random.json": random.Random(1).randbytes(5000),
        "picture.png": PAGE,
        "pagefind/index/zh.pf_index": PAGE,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path


def compressed(site: Path) -> dict[str, bytes]:
    found = (path for path in site.rglob("*") if path.suffix in (".gz", ".br"))
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}


def test_text_that_shrinks_lies_there_compressed_and_nothing_else_does(site: Path) -> None:
    assert write_compressed(site) == 4
    found = compressed(site)
    assert sorted(found) == ["a/b/style.css.br", "a/b/style.css.gz", "index.html.br", "index.html.gz"]
    assert gzip.decompress(found["index.html.gz"]) == brotli.decompress(found["index.html.br"]) == PAGE


def test_compressed_files_are_the_same_each_time_and_with_any_number_of_processes(site: Path) -> None:
    for number in range(1500):
        (site / f"{number}.html").write_bytes(PAGE + str(number).encode())
    write_compressed(site)
    once = compressed(site)
    write_compressed(site, jobs=3)
    assert compressed(site) == once
    assert once["index.html.gz"][4:8] == bytes(4)  # RFC 1952: the time of the file, 0 for none


def test_a_build_compresses_every_page_when_asked(small_root: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    done = run_build(
        "--root", small_root, "--out", site, "--as-of", AS_OF, "--no-search", "--precompress"
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    pages = [path for path in site.rglob("*.html") if path.stat().st_size > 1000]
    assert pages
    for page in pages:
        assert gzip.decompress(Path(f"{page}.gz").read_bytes()) == page.read_bytes()
