"""What the tests share: the built sites, each built once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from building import ROOT, Served, built, make_root, serving


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real directory, built once for all tests: read it, never change it."""
    return built(tmp_path_factory.mktemp("real") / "site")


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample directory of examples/."""
    return built(tmp_path_factory.mktemp("demo") / "site", "--root", ROOT / "examples")


@pytest.fixture
def small_root(tmp_path: Path) -> Path:
    """A copy of the small directory with everything that a build needs, for a test to change as it likes."""
    return make_root(tmp_path / "small")


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
