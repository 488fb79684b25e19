"""SHA256SUMS at the root of a site: what was built, file by file, and whether a folder or a server still has it.

The list is in the form of `sha256sum`, so `sha256sum --check --quiet SHA256SUMS` in the site's folder says the same
without this program. Digests come from where the bytes were written; only what others wrote is read again.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urljoin
from urllib.request import Request, urlopen

from chamberbook.problems import N_, Message, WrongUse
from chamberbook.write import Stamp

FILE = "SHA256SUMS"
#: The list of one part of a site that was built in parts; together they are the list of the site.
PART = "SHA256SUMS.{number}-of-{parts}"
_LISTS = re.compile(r"SHA256SUMS(?:\.[0-9]+-of-[0-9]+)?")
_LINE = re.compile(r"(\\?)([0-9a-f]{64}) [ *](.+)")
_ESCAPES = (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"))
#: Requests at once, and seconds to wait for an answer.
_AT_ONCE, _PATIENCE = 8, 30

Sums = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """How a site differs from its list: paths in order."""

    listed: int
    missing: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.different or self.extra)


def files_in(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every file below a folder, its path from there and its state; in no order."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(f"{folder}/{below}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{below}{entry.name}/")
                else:
                    yield f"{below}{entry.name}", entry.stat(follow_symlinks=False)


def write_sums(site: Path, paths: Iterable[str], made: Iterable[Stamp], name: str = FILE) -> None:
    """List the files of a finished site; `made` are those whose digests are known."""
    known = {stamp.path: stamp.digest.hex() for stamp in made}
    lines = [_line(path, known.get(path) or _digest(site, path)) for path in sorted(paths)]
    (site / name).unlink(missing_ok=True)
    (site / name).write_text("".join(lines), encoding="utf-8", newline="\n")


def read_sums(site: Path) -> Sums:
    """The digests by path. Raises WrongUse when there is no list or it cannot be read."""
    lists = sorted(path for path in site.iterdir() if _LISTS.fullmatch(path.name)) if site.is_dir() else []
    if not lists:
        raise WrongUse(
            Message(N_("{site} 里没有 {name}，不是本程序生成的网站"), {"site": site, "name": FILE})
        )
    return {
        path: digest for name in lists for path, digest in _parse(name.read_text("utf-8"), str(name)).items()
    }


def compare_folder(site: Path) -> Difference:
    """How a folder differs from its own list. Raises WrongUse as read_sums does."""
    wanted = read_sums(site)
    there = {path for path, _ in files_in(site) if not _LISTS.fullmatch(path)}
    common = sorted(there & wanted.keys())
    return Difference(
        listed=len(wanted),
        missing=tuple(sorted(wanted.keys() - there)),
        different=tuple(path for path in common if _digest(site, path) != wanted[path]),
        extra=tuple(sorted(there - wanted.keys())),
    )


def compare_server(url: str, site: Path | None = None) -> Difference:
    """How what a server answers below `url` differs from the list of `site`, else from the server's own.

    What a server has beyond the list nobody can see. Hidden files, which servers rightly keep to themselves, are left
    out. Raises WrongUse when the list cannot be had.
    """
    wanted = read_sums(site) if site else _parse(_fetch_list(url), url + FILE)
    paths = sorted(path for path in wanted if not path.startswith("."))
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        found = list(threads.map(partial(_fetched_digest, url), paths))
    return Difference(
        listed=len(paths),
        missing=tuple(path for path, digest in zip(paths, found, strict=True) if digest is None),
        different=tuple(
            path for path, digest in zip(paths, found, strict=True) if digest not in (None, wanted[path])
        ),
    )


def _fetch_list(url: str) -> str:
    try:
        with _open(url + FILE) as answer:
            return str(answer.read().decode("utf-8"))
    except (OSError, HTTPException, ValueError) as error:
        raise WrongUse(Message(N_("读不到 {url}：{error}"), {"url": url + FILE, "error": error})) from None


def _fetched_digest(url: str, path: str) -> str | None:
    """None for what the server does not have. Raises WrongUse when it does not answer at all."""
    address = urljoin(url, quote(path))
    try:
        with _open(address) as answer:
            return hashlib.file_digest(answer, "sha256").hexdigest()
    except HTTPError:
        return None
    except (OSError, HTTPException) as error:
        raise WrongUse(Message(N_("读不到 {url}：{error}"), {"url": address, "error": error})) from None


def _open(address: str) -> Any:
    return urlopen(Request(address, headers={"Accept-Encoding": "identity"}), timeout=_PATIENCE)


def _digest(site: Path, path: str) -> str:
    with open(f"{site}/{path}", "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _line(path: str, digest: str) -> str:
    """As coreutils write it: a backslash in front says that the name is escaped."""
    escaped = path
    for sign, written in _ESCAPES:
        escaped = escaped.replace(sign, written)
    return f"{'' if escaped == path else chr(92)}{digest}  {escaped}\n"


def _parse(text: str, name: str) -> dict[str, str]:
    sums = {}
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        found = _LINE.fullmatch(line)
        if not found:
            raise WrongUse(
                Message(N_("{name} 第 {number} 行看不懂，文件坏了"), {"name": name, "number": number})
            )
        path = re.sub(r"\\(.)", lambda sign: {"n": "\n", "r": "\r"}.get(sign[1], sign[1]), found[3])
        sums[path if found[1] else found[3]] = found[2]
    return sums
