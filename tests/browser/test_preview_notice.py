"""What somebody who edits a record sees in a preview: the page at once, and that search is behind it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import expect
from test_pipeline import STATE, preview

#: The index is made by a process that stands back behind everything else on the machine.
PATIENCE = 240


def test_search_says_that_it_is_being_updated_and_then_finds_what_was_changed(
    small_root: Path, tmp_path: Path, open_page: Any
) -> None:
    path = sorted((small_root / "chambers").glob("[a-z]*/*-*.yml"))[0]
    text = path.read_text("utf-8")
    with preview(small_root, tmp_path / "log.txt") as site:
        site.wait_for('"ready"', STATE, PATIENCE)
        page = open_page(site.url + "search/")
        note = page.locator("#search-state")
        expect(note).to_be_hidden()
        path.write_text(re.sub(r"^name: .+$", "name: 改名示例商会", text, count=1, flags=re.M), "utf-8")
        expect(note).to_have_text("搜索索引正在更新……")
        expect(note).to_be_in_viewport()
        site.wait_for("改名示例商会", f"chambers/{path.stem}/")
        site.wait_for('"ready"', STATE, PATIENCE)
        page.goto(site.url + "search/?q=改名示例商会")
        expect(page.locator(".hit").first).to_contain_text("改名示例商会")
        expect(note).to_be_hidden()
        # It asks for as long as it is open.
        page.close()
