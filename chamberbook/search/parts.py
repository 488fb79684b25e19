"""Pagefind's index, cut into smaller parts than Pagefind cuts it into.

Pagefind fills a part of its index by the number of pages that its words stand on. With our pages of many records a word
stands often on each, so a part takes 30 KB where a reader asks for one word of it, and no setting makes it smaller.
The parts here hold whole words as Pagefind wrote them, byte for byte; only where a part begins and ends is ours.

A file is gzip over a mark and CBOR (RFC 8949). A part is an array of one array of words, each [word, pages, variants].
The list of parts stands in the .pf_meta: [version, pages, [[first word, last word, name], ...], filters, sorts, fields].
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from chamberbook.problems import N_, Message, WrongUse

_UNKNOWN = Message(N_("Pagefind 的索引不是 1.5.2 版的格式；请安装 requirements/ 里锁定的 pagefind-bin"))
_MARK = b"pagefind_dcd"
_ENTRY = "pagefind-entry.json"
#: A part holds this many bytes before compression or more, and for large indexes as many times the root of all bytes:
#: that is where what a query reads of parts and what it reads of their list are least together.
_LEAST, _ROOT = 8_000, 4
#: A word of an array of three, up to the array of the next word: text, then nothing but numbers and arrays.
_WORD = re.compile(
    rb"(?:[\x60-\x77]|\x78.)([a-z]+)"
    rb"(?:[\x00-\x17\x20-\x37\x80-\x97]|[\x18\x38\x98].|[\x19\x39\x99]..|[\x1a\x3a\x9a]....)*+",
    re.DOTALL,
)
_ARRAY, _TEXT, _NUMBER = 4, 3, 0


def smaller_parts(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of an index in smaller parts. Raises WrongUse when a file is not what this module knows."""
    meta_path = next(path for path in files if path.endswith(".pf_meta"))
    meta, _ = _read(_open(files[meta_path]), 0)
    words = [word for _, _, name in meta[2] for word in _words(_open(files[f"index/{name}.pf_index"]))]
    size = max(_LEAST, _ROOT * math.isqrt(sum(len(entry) for _, entry in words)))
    parts = list(_parts(words, size))
    contents = [_part(part) for part in parts]
    names = _names(contents)
    meta[2] = [[part[0][0], part[-1][0], name] for part, name in zip(parts, names, strict=True)]
    listed = _write(meta)
    (list_name,) = _names([listed])
    entry = json.loads(files[_ENTRY])
    (language,) = entry["languages"].values()
    language["hash"] = list_name
    kept = {path: file for path, file in files.items() if not path.endswith((".pf_meta", ".pf_index"))}
    return kept | {
        _ENTRY: json.dumps(entry, separators=(",", ":")).encode(),
        f"pagefind.{list_name}.pf_meta": _packed(listed),
        **{f"index/{name}.pf_index": _packed(part) for name, part in zip(names, contents, strict=True)},
    }


def has_word(read: Callable[[str], bytes], word: str) -> bool:
    """Whether an index has a word, read as a browser does: the entry, the list of parts, the one part.

    `read` gives a file of the index by its path. Raises LookupError, ValueError, EOFError, OSError, zlib.error or WrongUse
    when one of them is not there or not what it should be.
    """
    (language,) = json.loads(read(_ENTRY))["languages"].values()
    meta, _ = _read(_open(read(f"pagefind.{language['hash']}.pf_meta")), 0)
    for first, last, name in meta[2]:
        if first <= word <= last:
            return any(found == word for found, _ in _words(_open(read(f"index/{name}.pf_index"))))
    return False


def _words(part: bytes) -> Iterator[tuple[str, bytes]]:
    """Each word with its bytes."""
    count, at = _head(part, 1)[1:]
    for match in _WORD.finditer(part, at + 1):
        if match.start() != at + 1:
            break
        at = match.end() - (match.end() < len(part))
        count -= 1
        yield match[1].decode(), part[match.start() - 1 : at]
    if count or at != len(part):
        raise WrongUse(_UNKNOWN)


def _parts(words: Iterable[tuple[str, bytes]], size: int) -> Iterator[list[tuple[str, bytes]]]:
    part: list[tuple[str, bytes]] = []
    filled = 0
    for word in words:
        if part and filled + len(word[1]) > size:
            yield part
            part, filled = [], 0
        part.append(word)
        filled += len(word[1])
    if part:
        yield part


def _part(words: list[tuple[str, bytes]]) -> bytes:
    return _headed(_ARRAY, 1) + _headed(_ARRAY, len(words)) + b"".join(entry for _, entry in words)


def _names(contents: Sequence[bytes]) -> list[str]:
    """As Pagefind names files: the language and as few digits of a digest as tell them apart."""
    for size in range(3, 33):
        names = [f"unknown_{blake2b(content, digest_size=size).hexdigest()}" for content in contents]
        if len(set(names)) == len(contents):
            break
    return names


def _open(file: bytes) -> bytes:
    return gzip.decompress(file).removeprefix(_MARK)


def _packed(content: bytes) -> bytes:
    return gzip.compress(_MARK + content, 9, mtime=0)


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """(kind, number, where it ends) of what begins at a place."""
    kind, number = divmod(data[at], 32)
    if number < 24:
        return kind, number, at + 1
    size = 1 << (number - 24)
    return kind, int.from_bytes(data[at + 1 : at + 1 + size], "big"), at + 1 + size


def _headed(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind * 32 + number])
    power = next(power for power in range(4) if number < 1 << (8 << power))
    return bytes([kind * 32 + 24 + power]) + number.to_bytes(1 << power, "big")


def _read(data: bytes, at: int) -> tuple[Any, int]:
    """A value of arrays, texts and numbers, and where it ends."""
    kind, number, at = _head(data, at)
    if kind == _NUMBER:
        return number, at
    if kind == _TEXT:
        return data[at : at + number].decode(), at + number
    if kind != _ARRAY:
        raise WrongUse(_UNKNOWN)
    found = []
    for _ in range(number):
        value, at = _read(data, at)
        found.append(value)
    return found, at


def _write(value: Any) -> bytes:
    if isinstance(value, int):
        return _headed(_NUMBER, value)
    if isinstance(value, str):
        return _headed(_TEXT, len(value.encode())) + value.encode()
    return _headed(_ARRAY, len(value)) + b"".join(map(_write, value))
