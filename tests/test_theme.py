"""The style sheets and templates: what is written twice is equal, nothing inline, nothing of others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tinycss2
from building import ROOT

ASSETS = ROOT / "templates" / "theme" / "assets"
SHEETS = sorted(ASSETS.rglob("*.css"))


def rules(nodes: list[Any], media: str = "") -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every style rule of a sheet: its media query, selector and declarations."""
    for node in nodes:
        if node.type == "at-rule" and node.content is not None and node.at_keyword == "media":
            yield from rules(
                tinycss2.parse_blocks_contents(node.content), tinycss2.serialize(node.prelude).strip()
            )
        elif node.type == "qualified-rule":
            items = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            yield (
                media,
                tinycss2.serialize(node.prelude).strip(),
                {i.name: tinycss2.serialize(i.value).strip() for i in items if i.type == "declaration"},
            )


def test_dark_tokens_for_readers_without_scripts_equal_those_of_the_toggle() -> None:
    sheet = tinycss2.parse_stylesheet((ASSETS / "site.css").read_text("utf-8"))
    found = {(media, selector): values for media, selector, values in rules(sheet)}
    toggled = found["screen", "[data-md-color-scheme=slate]"]
    without_scripts = found["screen and (prefers-color-scheme:dark)", ".no-js [data-md-color-scheme]"]
    assert len(toggled) > 20
    assert without_scripts == toggled


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_sheet_parses_without_an_error(path: Path) -> None:
    def errors(nodes: list[Any]) -> list[str]:
        found = [f"line {node.source_line}: {node.message}" for node in nodes if node.type == "error"]
        for node in nodes:
            if getattr(node, "content", None) is not None and node.type in ("qualified-rule", "at-rule"):
                found += errors(tinycss2.parse_blocks_contents(node.content))
        return found

    assert errors(tinycss2.parse_stylesheet(path.read_text("utf-8"))) == []


def test_no_sheet_names_a_font_or_a_file_of_others() -> None:
    for path in SHEETS:
        text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
        assert "@font-face" not in text, path
        assert "@import" not in text, path
        assert re.findall(r"url\(\s*[\"']?(?:https?:|//)[^)]*", text) == [], path


def test_templates_hold_no_inline_style_and_no_inline_handler() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text("utf-8")
        assert re.findall(r"""\sstyle\s*=\s*["']""", text) == [], path
        assert re.findall(r"""\son[a-z]+\s*=\s*["']""", text) == [], path
