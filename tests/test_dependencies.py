"""What a build is made with: pinned with hashes, listed with licences, the oldest allowed versions known."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from building import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

REQUIREMENTS = ROOT / "requirements"
LOCKS = sorted(REQUIREMENTS.glob("*.txt"))
#: Licences that allow what we do with the packages: to run them, and to publish what they make.
AGREED = {
    "Apache Software License", "Apache-2.0", "Apache-2.0 OR BSD-2-Clause", "BSD License", "BSD-2-Clause", "BSD-3-Clause",
    "HPND", "MIT", "MIT-CMU", "MPL-2.0", "Mozilla Public License 2.0 (MPL 2.0)", "OFL-1.1", "PSF-2.0",
}  # fmt: skip


def pins(path: Path) -> dict[str, list[Requirement]]:
    """Each package of a lock file with its pins: one, or one for each range of Python versions."""
    found: dict[str, list[Requirement]] = {}
    for line in re.findall(r"^(\S+==[^\\\n]+)", path.read_text("utf-8"), re.MULTILINE):
        pin = Requirement(line.strip())
        found.setdefault(canonicalize_name(pin.name), []).append(pin)
    return found


def version(pin: Requirement) -> str:
    return next(iter(pin.specifier)).version


def direct() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [Requirement(line) for line in project["dependencies"]]


def listed() -> dict[str, tuple[str, str, str]]:
    """The table of docs/dependencies.md: version, licence, whether the build asks for it itself."""
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8").split("|---|---|---|---|\n")[1]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]
    return {canonicalize_name(name): (number, licence, asked) for name, number, licence, asked in rows}


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_every_pin_of_a_lock_file_has_hashes(path: Path) -> None:
    blocks = re.split(r"^(?=\S+==)", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert len(blocks) > 30
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert (REQUIREMENTS / f"{path.stem}.in").exists() or path.stem == "lowest"


@pytest.mark.parametrize(
    "path", [p for p in LOCKS if p.stem not in ("lowest", "site")], ids=lambda path: path.stem
)
def test_what_comes_on_top_of_a_build_leaves_its_versions_alone(path: Path) -> None:
    ours, theirs = pins(REQUIREMENTS / "site.txt"), pins(path)
    assert {name: list(map(str, theirs[name])) for name in ours} == {
        n: list(map(str, p)) for n, p in ours.items()
    }


def test_the_table_and_the_bill_of_materials_hold_what_is_pinned() -> None:
    bill = json.loads((ROOT / "docs" / "sbom.cdx.json").read_text("utf-8"))
    assert bill["bomFormat"] == "CycloneDX"
    components = {canonicalize_name(part["name"]): part["version"] for part in bill["components"]}
    assert {name: number for name, (number, _, _) in listed().items()} == components
    pinned = {
        name: {version(pin) for pin in found} for name, found in pins(REQUIREMENTS / "site.txt").items()
    }
    assert set(components) == set(pinned)
    assert [name for name, number in components.items() if number not in pinned[name]] == []


def test_every_dependency_of_the_project_is_in_the_table_as_one() -> None:
    asked = {name for name, (_, _, asked) in listed().items() if asked == "yes"}
    assert asked == {canonicalize_name(requirement.name) for requirement in direct()}


def test_no_package_has_a_licence_that_nobody_agreed_to() -> None:
    assert {
        name: licence
        for name, (_, licence, _) in listed().items()
        if not licence or not set(licence.split("; ")) <= AGREED
    } == {}


def test_the_oldest_versions_are_those_that_the_project_allows() -> None:
    oldest = pins(REQUIREMENTS / "lowest.txt")
    for requirement in direct():
        bound = next(part for part in requirement.specifier if part.operator in (">=", "=="))
        (pin,) = oldest[canonicalize_name(requirement.name)]
        assert (
            Version(version(pin)).release[: len(Version(bound.version).release)]
            == Version(bound.version).release
        )
        assert pin.specifier is not None
        assert requirement.specifier.contains(version(pin))
