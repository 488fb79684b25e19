"""The shape of the code: who may import whom, and how large a piece may be."""

from __future__ import annotations

import ast
import functools
import subprocess
import sys
from pathlib import Path

import pytest
from building import ROOT

PACKAGE = ROOT / "chamberbook"
#: Read downward this is the flow of the data; a module imports only from those above it.
ORDER = (
    "problems",
    "memory",
    "times",
    "cache",
    "pool",
    "nearest",
    "rules",
    "records",
    "schema",
    "source",
    "load",
    "awards",
    "history",
    "articles",
    "versions",
    "wording",
    "check",
    "derive",
    "statistics",
    "reports",
    "languages",
    "localized",
    "settings",
    "formats",
    "pages",
    "linked",
    "feeds",
    "changes",
    "flatten",
    "fragments",
    "qr",
    "render",
    "policy",
    "shell",
    "traditional",
    "search",
    "pictures",
    "manifest",
    "sitemap",
    "opensearch",
    "links",
    "write",
    "tree",
    "exports",
    "assets",
    "precompress",
    "works",
    "sums",
    "whole",
    "publish",
    "messages",
    "canonical",
    "sheets",
    "starter",
    "drafts",
    "preview",
    "options",
    "address",
    "reading",
    "editions",
    "plugin",
    "pipeline",
    "commands",
    "cli",
)
FUNCTION_LINES, MODULE_LINES, TEMPLATE_LINES, ARGUMENTS = 40, 400, 120, 6


@functools.cache
def modules() -> tuple[tuple[str, Path, ast.Module], ...]:
    """Every module of the package: its layer, path and tree."""
    found = (
        (path.relative_to(PACKAGE).parts[0].removesuffix(".py"), path)
        for path in sorted(PACKAGE.rglob("*.py"))
    )
    return tuple(
        (layer, path, ast.parse(path.read_text("utf-8"))) for layer, path in found if layer != "__init__"
    )


def imported_layers(tree: ast.Module) -> set[str]:
    layers = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            if node.module == "chamberbook":
                layers |= {alias.name for alias in node.names}
            elif node.module and node.module.startswith("chamberbook."):
                layers.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            layers |= {a.name.split(".")[1] for a in node.names if a.name.startswith("chamberbook.")}
    return layers - {"__version__"}


def test_every_layer_has_its_place_in_the_order() -> None:
    assert {layer for layer, _, _ in modules()} == set(ORDER)


def test_imports_go_only_to_layers_above() -> None:
    upward = [
        f"{path.relative_to(ROOT)} imports {other}"
        for layer, path, tree in modules()
        for other in imported_layers(tree) - {layer}
        if ORDER.index(other) >= ORDER.index(layer)
    ]
    assert upward == []


@pytest.mark.parametrize(
    ("library", "layers"),
    [
        ("mkdocs", {"shell", "assets", "preview", "options", "address", "editions", "plugin", "pipeline"}),
        ("yaml", {"source"}),
        ("rjsmin", {"assets"}),
        ("jinja2", {"flatten", "render", "shell", "works", "editions", "plugin"}),
        ("opencc", {"search", "traditional"}),
        ("zxingcpp", {"qr"}),
        ("PIL", {"pictures"}),
        ("openpyxl", {"sheets", "exports"}),
        ("argparse", {"commands", "cli"}),
        ("sqlite3", {"cache", "exports"}),
    ],
)
def test_a_library_is_known_to_its_layers_alone(library: str, layers: set[str]) -> None:
    users = {
        layer
        for layer, _, tree in modules()
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == library)
        or (isinstance(node, ast.Import) and any(a.name.split(".")[0] == library for a in node.names))
    }
    assert users <= layers


def test_modules_functions_and_templates_stay_small() -> None:
    large = []
    for _, path, tree in modules():
        name, lines = path.relative_to(ROOT), len(path.read_text("utf-8").splitlines())
        if lines > MODULE_LINES:
            large.append(f"{name}: {lines} lines")
        for node in ast.walk(tree):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if (length := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES:
                large.append(f"{name}: {node.name} has {length} lines")
            arguments = [a for a in node.args.args + node.args.kwonlyargs if a.arg not in ("self", "cls")]
            if len(arguments) > ARGUMENTS:
                large.append(f"{name}: {node.name} has {len(arguments)} arguments")
    for path in sorted((ROOT / "templates").rglob("*.html")):
        lines = len(path.read_text("utf-8").splitlines())
        if lines > TEMPLATE_LINES:
            large.append(f"{path.relative_to(ROOT)}: {lines} lines")
    assert large == []


def test_templates_never_switch_escaping_off() -> None:
    for path in (ROOT / "templates/pages").rglob("*.html"):
        text = path.read_text("utf-8")
        assert "|safe" not in text.replace(" ", ""), path
        assert "autoescape" not in text, path


@pytest.mark.parametrize("command", [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]])
def test_style_and_types_are_clean(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
