"""The texts of all files by path, read again when one is wanted: only a problem wants one, and they take much room."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from chamberbook.load.folders import read_bytes
from chamberbook.source import decode

#: What a mobile or an identity number looks like at first sight, in half- or full-width digits; `privacy` looks again.
_MAYBE_NUMBER = re.compile(
    r"[1１][3-9３-９]\d\D?\d{4}\D?\d{4}(?![0-9A-Za-z０-９])"
    r"|[1-8１-８]\d{5}\D?(?:[1１][9９]|[2２][0０])\d{6}\D?\d{3}[0-9Xx０-９](?![0-9A-Za-z０-９])"
)


def may_hold_number(text: str) -> bool:
    """Whether a text may hold a person's number; no text that does is missed."""
    return _MAYBE_NUMBER.search(text) is not None


class Texts(Mapping[str, str]):
    """The text of every YAML file and charter by its path from the root.

    A file that has changed or gone since it was read gives what it holds now, or nothing.
    """

    def __init__(self, root: Path, paths: Mapping[str, bool], held: Mapping[str, str] | None = None) -> None:
        """`paths` says of each whether its text may hold a person's number; `held` are texts that are in no file."""
        self._root = root
        self._paths = paths
        self._held = held or {}
        self._last = ("", "")

    def __getitem__(self, path: str) -> str:
        if path in self._held:
            return self._held[path]
        if path not in self._paths:
            raise KeyError(path)
        if self._last[0] != path:
            data = read_bytes(self._root, path)
            text = decode(data)[0] if isinstance(data, bytes) else ""
            self._last = (path, text.replace("\r\n", "\n") if path.endswith(".md") else text)
        return self._last[1]

    def __iter__(self) -> Iterator[str]:
        yield from self._paths
        yield from (path for path in self._held if path not in self._paths)

    def __len__(self) -> int:
        return len(self._paths.keys() | self._held.keys())

    def __contains__(self, path: object) -> bool:
        return path in self._paths or path in self._held

    def with_numbers(self) -> Iterator[str]:
        """The paths of the texts that may hold a person's number, in order."""
        yield from (path for path, maybe in self._paths.items() if maybe and path not in self._held)
        yield from (path for path, text in self._held.items() if may_hold_number(text))

    def beside(self, texts: Mapping[str, str]) -> Texts:
        """With other texts, which go before those of the files."""
        return Texts(self._root, self._paths, {**self._held, **texts})

    def only(self, wanted: Callable[[str], bool]) -> Texts:
        """Those whose path is wanted."""
        paths = {path: maybe for path, maybe in self._paths.items() if wanted(path)}
        return Texts(self._root, paths, {path: text for path, text in self._held.items() if wanted(path)})

    def held(self) -> Texts:
        """The same with every text in memory, for files that are about to go."""
        return Texts(self._root, {}, dict(self))
