"""The site's folder from one build to the next: files that are still right stay, the others are written, the rest goes.

What a folder holds is kept in the cache under the folder's own number on the disk: for each work its key and the stamps
of its files. A work whose key is there and whose files are all as they were stamped is done already. A folder that
nobody knows, or that somebody has changed, is only a folder with more to write.
"""

from __future__ import annotations

import marshal
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from chamberbook.cache import Cache
from chamberbook.write import Stamp, Told, Work, link, write_all

#: Where the files wait while MkDocs builds: it empties the folder but for hidden names.
_ASIDE = ".chamberbook-kept"

Stamps = dict[bytes, tuple[Stamp, ...]]


class Tree:
    """The folder of a site through one build: `set_aside`, MkDocs writes its part, `begin`, `write`, `finish`."""

    def __init__(self, site: Path, cache: Cache, published: Path | None = None) -> None:
        """`published` is a finished site of an earlier build, from which files that are still right are linked."""
        self._site = site
        self._published = published
        self._aside = site / _ASIDE
        self._cache = cache
        self._known: Stamps = {}
        self._there: Stamps | None = None
        self._stamps: Stamps = {}
        self._back: set[str] = set()

    def set_aside(self) -> None:
        """Move everything out of MkDocs' way."""
        self._site.mkdir(parents=True, exist_ok=True)
        if self._aside.exists():
            self.put_back()
        names = os.listdir(self._site)
        self._aside.mkdir()
        for name in names:
            (self._site / name).rename(self._aside / name)

    def put_back(self) -> set[str]:
        """Move everything back; what MkDocs has written stays. Gives the paths of what came back."""
        back: set[str] = set()
        if self._aside.exists():
            _merge(os.fspath(self._aside), os.fspath(self._site), "", back)
            shutil.rmtree(self._aside)
        return back

    def begin(self) -> None:
        """MkDocs has written its part: bring back what was set aside, and see what is known of it."""
        self._known = self._read(self._site)
        self._back = self.put_back()
        # From here on the folder is not what the cache says of it.
        self._save({})

    def write(self, works: Sequence[Work], jobs: int = 1, told: Told | None = None) -> None:
        """Make the folder hold the files of the works; those that are done already are left alone."""
        missing = [work for work in works if not self._keep(work.key)]
        if missing and self._published and self._there is None:
            self._there = self._read(self._published)
        there = self._there or {}
        pending = [work for work in missing if not self._link(work.key, there)]
        # What writes by itself would write into files that may have another name in a site that is being read.
        old = (path for work in pending for pattern in work.patterns for path in self._site.glob(pattern))
        _remove(self._site, [path.relative_to(self._site).as_posix() for path in old if path.is_file()])
        self._stamps.update(write_all(pending, self._site, jobs, told))

    def put(self, work: Work) -> None:
        """Write files of which another round has the works, ahead of it."""
        for key, stamps in write_all([work], self._site):
            self._stamps[key] = (*self._stamps.get(key, ()), *stamps)

    def again(self, works: Iterable[Work], stop: Callable[[], bool] = lambda: False) -> bool:
        """Another round over the same folder, which nobody else writes to: works that are done stay, the others are
        made, and files that nobody made this time go. For a preview, after `finish`.

        `stop` is asked before each work; what is made until then stays, and the next round makes the others. Gives
        whether the round has come to its end.
        """
        before, self._stamps = self._stamps, {}
        for work in works:
            if stop():
                self._stamps = {**before, **self._stamps}
                return False
            if work.key in before:
                self._stamps[work.key] = before[work.key]
            else:
                self._stamps.update(write_all([work], self._site))
        made = {stamp.path for found in self._stamps.values() for stamp in found}
        _remove(self._site, {stamp.path for found in before.values() for stamp in found} - made)
        return True

    def listed(self) -> list[str]:
        """The addresses of all pages for the sitemap."""
        stamps = (stamp for found in self._stamps.values() for stamp in found)
        return [stamp.path.removesuffix("index.html") for stamp in stamps if stamp.listed]

    def made(self) -> list[Stamp]:
        """What the works of this build have made or kept, in order of path."""
        return sorted(stamp for found in self._stamps.values() for stamp in found)

    def finish(self) -> None:
        """Remove what nobody made this time, and keep what the folder holds now."""
        made = {stamp.path for found in self._stamps.values() for stamp in found}
        _remove(self._site, self._back - made)
        self._save(self._stamps)

    def _read(self, folder: Path) -> Stamps:
        try:
            name = self._name(folder)
        except OSError:
            return {}
        packed = self._cache.read([name]).get(name, marshal.dumps({}))
        return {key: tuple(Stamp(*one) for one in found) for key, found in marshal.loads(packed).items()}

    def _save(self, stamps: Stamps) -> None:
        plain = {key: tuple(map(tuple, found)) for key, found in stamps.items()}
        self._cache.write({self._name(self._site): marshal.dumps(plain)})

    def _name(self, folder: Path) -> bytes:
        status = folder.stat()
        return self._cache.key("tree", f"{status.st_dev} {status.st_ino}")

    def _keep(self, key: bytes) -> bool:
        """Take a work as done when its files are there as they were written."""
        stamps = self._known.get(key)
        if stamps is None or not all(_is_whole(self._site, stamp) for stamp in stamps):
            return False
        self._stamps[key] = stamps
        return True

    def _link(self, key: bytes, there: Stamps) -> bool:
        """The same from the published site: its files get a second name, which costs a tenth of writing them."""
        stamps = there.get(key)
        if (
            stamps is None
            or self._published is None
            or not all(_is_whole(self._published, s) for s in stamps)
        ):
            return False
        try:
            for stamp in stamps:
                link(f"{self._published}/{stamp.path}", f"{self._site}/{stamp.path}")
        except OSError:
            return False
        self._stamps[key] = stamps
        return True


def _is_whole(folder: Path, stamp: Stamp) -> bool:
    try:
        return stamp.fits(os.stat(f"{folder}/{stamp.path}"))
    except OSError:
        return False


def _merge(source: str, target: str, below: str, back: set[str]) -> None:
    """Move what is in `source` to `target`, folder by folder where both have one."""
    with os.scandir(source) as entries:
        for entry in list(entries):
            path, name = f"{target}/{entry.name}", f"{below}{entry.name}"
            folder = entry.is_dir(follow_symlinks=False)
            if not os.path.lexists(path):
                os.rename(entry.path, path)
                back.update(_files(path, f"{name}/") if folder else (name,))
            elif folder and os.path.isdir(path):
                _merge(entry.path, path, f"{name}/", back)


def _files(folder: str, below: str) -> Iterable[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{below}{entry.name}/")
            else:
                yield f"{below}{entry.name}"


def _remove(site: Path, paths: Iterable[str]) -> None:
    """Remove files, and the folders that are empty without them."""
    for path in sorted(paths):
        with suppress(FileNotFoundError):
            os.unlink(site / path)
        folder = os.path.dirname(path)
        while folder:
            try:
                os.rmdir(site / folder)
            except OSError:
                break
            folder = os.path.dirname(folder)
