"""What was read of each file, for as long as its size and its time of change stay as they were: for a preview, which
reads the same files again at every edit. A build trusts bytes alone and goes without."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

_Stamp = tuple[int, int]


class Memory:
    """Things by the path of the file that they were read from. Without a root it remembers nothing."""

    def __init__(self, root: Path | None = None) -> None:
        self._root = os.fspath(root) if root else None
        self._kept: dict[str, tuple[_Stamp, Any]] = {}
        self._seen: dict[str, _Stamp] = {}

    def find(self, path: str) -> Any:
        """What is kept of the file as it is now, or None. Call it before the file is read."""
        if self._root is None:
            return None
        try:
            status = os.stat(f"{self._root}/{path}")
        except OSError:
            self._seen.pop(path, None)
            return None
        self._seen[path] = stamp = (status.st_size, status.st_mtime_ns)
        before, kept = self._kept.get(path, (None, None))
        return kept if before == stamp else None

    def keep(self, path: str, thing: Any) -> None:
        """Keep what was read of the file since `find` looked at it."""
        if path in self._seen:
            self._kept[path] = (self._seen.pop(path), thing)
