"""What is measured: our builds, and others' on the same records. Each case says how it is prepared and run."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from generate import AS_OF, REPOSITORY, generate
from measure import Usage, measure

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one size: `root` the invented directory, `hugo` the same records for Hugo, the rest are outputs."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "root"

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def hugo(self) -> Path:
        return self.folder / "hugo"

    @property
    def public(self) -> Path:
        return self.folder / "public"


@dataclass(frozen=True, slots=True)
class Case:
    """`title` for the report; `run` prepares unmeasured and returns what the measured command took."""

    title: str
    run: Callable[[Place], Usage]


def lay(place: Place, chambers: int, seed: int) -> None:
    """Generate the directory and lay its records out for Hugo, unless that is done."""
    if not place.root.is_dir():
        generate(place.root, chambers, seed)
    if place.hugo.is_dir():
        return
    shutil.copytree(HERE / "hugo", place.hugo)
    records = place.root / "chambers"
    shutil.copytree(records, place.hugo / "data/records", ignore=shutil.ignore_patterns("_schema", "*.md"))
    shutil.copytree(records, place.hugo / "assets/texts", ignore=shutil.ignore_patterns("_*", "*.yml"))


def ours(place: Place, *arguments: str | Path) -> Usage:
    """`build.py` of this checkout on the invented directory."""
    command = [
        sys.executable,
        REPOSITORY / "build.py",
        *arguments,
        "--root",
        place.root,
        "--as-of",
        str(AS_OF),
        "--lang",
        "en",
    ]
    return measure(command, place.folder, {"NO_MKDOCS_2_WARNING": "1"})


def build(place: Place, *arguments: str | Path) -> Usage:
    return ours(place, "build", "--out", place.site, *arguments)


def forget(place: Place) -> None:
    """Nothing is left of an earlier build."""
    shutil.rmtree(place.site, ignore_errors=True)
    shutil.rmtree(place.root / ".cache", ignore_errors=True)
    _built(place).unlink(missing_ok=True)


def cold(place: Place, *arguments: str) -> Usage:
    """A build that finds neither a site nor a cache."""
    forget(place)
    usage = build(place, *arguments)
    _built(place).write_text(str(arguments))
    return usage


def by_stage(place: Place) -> Usage:
    """A cold build with search that says where time and memory go. Looking at the memory takes CPU of its own, so its
    figures are not those of the other cases."""
    file = place.folder / "times.json"
    usage = cold(place, "--times", str(file))
    return replace(usage, times=json.loads(file.read_text("utf-8")))


def warm(place: Place, *arguments: str) -> Usage:
    """Nothing has changed since the build before, which is made when there is none of the same kind."""
    _ready(place, *arguments)
    return build(place, *arguments)


def one_record(place: Place, *arguments: str) -> Usage:
    """A record says something else than in the build before."""
    _ready(place, *arguments)
    records = sorted((place.root / "chambers").glob("[a-z]*/[a-z]*-*.yml"))
    path, text = next(
        (path, text) for path in records if "\ndoubts:" not in (text := path.read_text("utf-8"))
    )
    path.write_text(
        text.replace("\nsources:", "\ndoubts: [{about: level, note: 示例}]\nsources:", 1), "utf-8"
    )
    try:
        return build(place, *arguments)
    finally:
        path.write_text(text, "utf-8")
        _built(place).unlink()


def one_template(place: Place, *arguments: str) -> Usage:
    """The body of a chamber's page has a word more than in the build before."""
    _ready(place, *arguments)
    path = place.root / "templates/pages/chamber.html"
    text = path.read_text("utf-8")
    path.write_text(text.replace("</h1>", "</h1><!-- changed -->", 1), "utf-8")
    try:
        return build(place, *arguments)
    finally:
        path.write_text(text, "utf-8")
        _built(place).unlink()


def _built(place: Place) -> Path:
    """Tells with which arguments the site and the cache were made, while the records are as they were then."""
    return place.folder / ".built"


def _ready(place: Place, *arguments: str) -> None:
    mark = _built(place)
    if not mark.is_file() or mark.read_text() != str(arguments):
        build(place, *arguments)
        mark.write_text(str(arguments))


def check(place: Place) -> Usage:
    return ours(place, "check")


def floor(place: Place) -> Usage:
    out = place.folder / "floor"
    shutil.rmtree(out, ignore_errors=True)
    return measure([sys.executable, HERE / "floor/floor.py", place.root, out], place.folder)


def hugo(place: Place) -> Usage:
    shutil.rmtree(place.public, ignore_errors=True)
    shutil.rmtree(place.hugo / "resources", ignore_errors=True)
    return measure(
        [
            program("hugo", "binaries/hugo"),
            "--source",
            place.hugo,
            "--destination",
            place.public,
            "--quiet",
            "--ignoreCache",
        ],
        place.folder,
    )


def hugo_search(place: Place) -> Usage:
    """Pagefind alone, over the pages that Hugo has just written; the report adds it to Hugo's own."""
    shutil.rmtree(place.public / "pagefind", ignore_errors=True)
    command = [program("pagefind_bin_extended", "pagefind_extended"), "--site", place.public, "--silent"]
    return measure([*command, "--glob", "{chambers,charters}/**/index.html"], place.folder)


def copy(place: Place) -> Usage:
    out = place.folder / "copy"
    shutil.rmtree(out, ignore_errors=True)
    return measure(["cp", "-r", place.site, out], place.folder)


def program(package: str, name: str) -> Path:
    """The program inside a wheel, without the Python script around it."""
    spec = importlib.util.find_spec(package)
    found = [Path(folder) / name for folder in (spec.submodule_search_locations or ())] if spec else []
    for path in found:
        if path.is_file():
            return path
    raise SystemExit(
        f"{package} is not installed: .venv/bin/python -m pip install --require-hashes -r requirements/bench.txt"
    )


#: In the order of a round: a warm build follows the cold one that it repeats.
CASES = {
    "check": Case("ours: check alone", check),
    "cold": Case("ours, cold, no search", lambda place: cold(place, "--no-search")),
    "warm": Case("ours, nothing changed, no search", lambda place: warm(place, "--no-search")),
    "one": Case("ours, one record changed, no search", lambda place: one_record(place, "--no-search")),
    "template": Case("ours, one template changed, no search", lambda place: one_template(place, "--no-search")),
    "copy": Case("`cp -r` of our finished site", copy),
    "cold-search": Case("ours, cold, with search", cold),
    "warm-search": Case("ours, nothing changed, with search", warm),
    "one-search": Case("ours, one record changed, with search", one_record),
    "stages": Case("ours, cold, with search, by stage", by_stage),
    "floor": Case("floor: Jinja over CSafeLoader, one process", floor),
    "hugo": Case("Hugo from the same YAML", hugo),
    "hugo-search": Case("Pagefind (extended) over Hugo's pages", hugo_search),
}  # fmt: skip
