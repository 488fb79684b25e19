"""What the tests share: the built sites, each built once for all workers of a run."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from building import ROOT, Once, Served, built, make_root, serving
from filelock import FileLock
from hostile_site import build_hostile_site

#: The files whose tests are to run through the branches of load, check and derive. The others are not watched while they
#: do it too: that makes reading half as slow again.
COVERING = (
    "test_awards", "test_check", "test_check_charters", "test_check_ratings", "test_derive", "test_load",
    "test_reading_again", "test_reports", "test_rules", "test_source", "test_source_plain", "test_tombstones",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.stem not in COVERING:
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Once:
    """`once("real", make)`: a folder that `make` filled once, whatever the number of workers.

    Each worker of pytest-xdist has a session of its own, with a temporary folder inside that of the run.
    """
    run = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):
        run = run.parent

    def folder_of(name: str, make: Callable[[Path], object]) -> Path:
        folder, done = run / f"shared-{name}", run / f"shared-{name}.done"
        with FileLock(run / f"shared-{name}.lock"):
            if not done.exists():
                # What an attempt that failed has left is not to be taken for the whole.
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                done.touch()
        return folder

    return folder_of


@pytest.fixture(scope="session")
def real_site(once: Once) -> Path:
    """The real directory, built once for all tests: read it, never change it."""
    return once("real", lambda folder: built(folder / "site")) / "site"


@pytest.fixture(scope="session")
def demo_site(once: Once) -> Path:
    """The sample directory of examples/."""
    return once("demo", lambda folder: built(folder / "site", "--root", ROOT / "examples")) / "site"


@pytest.fixture(scope="session")
def hostile_site(once: Once) -> Path:
    """A directory whose every text is hostile."""
    return once("hostile", build_hostile_site) / "site"


@pytest.fixture(scope="session")
def kept(once: Once) -> Path:
    """What a build of the small directory keeps for the next, the code of all templates among it; copy, never change it.

    Making that code takes three times as long as the rest of a small build.
    """
    return (
        once("kept", lambda folder: built(folder / "site", "--root", make_root(folder / "root")))
        / "root/.cache"
    )


@pytest.fixture
def small_root(tmp_path: Path, kept: Path) -> Path:
    """A copy of the small directory with everything that a build needs, for a test to change as it likes."""
    return make_root(tmp_path / "small", kept=kept)


@pytest.fixture(scope="session")
def served(real_site: Path) -> Iterator[Served]:
    """The real directory under a sub-path."""
    with serving(real_site) as site:
        yield site


@pytest.fixture(scope="session")
def served_demo(demo_site: Path) -> Iterator[Served]:
    """The sample directory under a sub-path."""
    with serving(demo_site) as site:
        yield site
