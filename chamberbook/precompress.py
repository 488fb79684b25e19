"""name.gz and name.br beside each text file, for servers that hand out what is already compressed.

nginx does so with `gzip_static` (and `brotli_static` where its module is there), Caddy with `file_server { precompressed
br gzip }`. The bytes follow from the file alone: gzip writes no time. A file that would hardly shrink has neither.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from chamberbook import pool

try:
    import brotli
except ImportError:  # The extra of that name is not installed.
    brotli = None

#: What is text; what Pagefind writes is compressed by itself.
_TEXT = frozenset({".html", ".css", ".js", ".json", ".xml", ".svg", ".csv", ".txt", ".webmanifest"})
#: Smaller files fit into one packet as they are.
_LEAST = 1000
_GZIP_LEVEL = 9
#: Of 266 pages 5 makes 1.58 MB in 0.2 s, 11 makes 1.39 MB in 11 s; scripts and styles are few and in every visit.
_BROTLI_QUALITY = 5
_BROTLI_QUALITY_SHARED = 11
_SHARED = frozenset({".css", ".js", ".svg"})
_SLICE = 256


def has_brotli() -> bool:
    """Whether .br files can be made."""
    return brotli is not None


def write_compressed(site: Path, jobs: int = 1) -> int:
    """Compress every text file below `site`, with so many processes; returns the number of files written."""
    paths = sorted(_texts(site))
    slices = [paths[start : start + _SLICE] for start in range(0, len(paths), _SLICE)]
    return sum(pool.run(_compress, slices, jobs))


def _texts(site: Path) -> Iterator[str]:
    for folder, _folders, names in os.walk(site):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.splitext(name)[1] in _TEXT and os.path.getsize(path) >= _LEAST:
                yield path


def _compress(paths: Sequence[str]) -> int:
    written = 0
    for path in paths:
        data = Path(path).read_bytes()
        for ending, smaller in _ways(data, os.path.splitext(path)[1] in _SHARED):
            if len(smaller) < len(data):
                Path(path + ending).write_bytes(smaller)
                written += 1
    return written


def _ways(data: bytes, shared: bool) -> Iterator[tuple[str, bytes]]:
    yield ".gz", gzip.compress(data, _GZIP_LEVEL, mtime=0)
    if brotli is not None:
        yield ".br", brotli.compress(data, quality=_BROTLI_QUALITY_SHARED if shared else _BROTLI_QUALITY)
