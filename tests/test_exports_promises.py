"""What the data files promise: keys and columns of a version stay, every file is named, and what can be left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import compatibility
import frictionless
import pytest
from factories import make_loaded
from planning import DAY, loaded, make_directory, real_directory, rendered
from test_exports import csv_rows, write

from chamberbook import derive
from chamberbook.exports import DataSite, PageMaker
from chamberbook.policy import Policy
from chamberbook.settings import Settings


def test_heavy_formats_can_be_switched_off(tmp_path: Path) -> None:
    made = write(real_directory(), tmp_path, Settings(data_formats=()))
    names = {path.name for path in made.folder.iterdir()}
    assert {"chambers.xlsx", "chambers.sqlite", "metadata.json"}.isdisjoint(names)
    assert {"chambers.csv", "chambers.json"} <= names


def test_a_directory_without_chambers_has_its_files(tmp_path: Path) -> None:
    made = write(derive.directory(replace(loaded(), chambers={}), DAY), tmp_path)
    assert json.loads((made.folder / "chambers.json").read_text("utf-8")) == []
    assert csv_rows(made, "chambers") == []
    assert frictionless.validate(str(made.folder / "datapackage.json")).valid


def test_keys_and_columns_of_the_last_release_are_all_there() -> None:
    before = json.loads(compatibility.SNAPSHOT.read_text("utf-8"))
    lost = compatibility.broken(before, compatibility.published())
    assert not lost, "\n".join([*lost, compatibility.NEXT_STEP])


def test_what_is_new_is_in_the_snapshot_too() -> None:
    before = json.loads(compatibility.SNAPSHOT.read_text("utf-8"))
    assert before == compatibility.published(), "run: .venv/bin/python tests/compatibility.py"


def _drop(found: Any) -> None:
    del found["tables"]["chambers"]["columns"]["trade"]


def _retype(found: Any) -> None:
    found["tables"]["members"]["columns"]["count"] = "string"


def _rename(found: Any) -> None:
    found["json"]["chambers"]["[].record.title"] = found["json"]["chambers"].pop("[].record.name")


def _optional(found: Any) -> None:
    found["json"]["chambers"]["[].id"] = "string"


def _table(found: Any) -> None:
    del found["tables"]["terms"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_drop, ["chambers.csv: trade (string) is gone"]),
        (_retype, ["members.csv: count was integer, is string"]),
        (_rename, ["chambers.json: [].record.name (string!) is gone"]),
        (_optional, ["chambers.json: [].id was string!, is string"]),
        (_table, ["terms.csv is no longer there"]),
    ],
)
def test_what_breaks_a_promise_is_named(change: Callable[[Any], None], told: list[str]) -> None:
    after = compatibility.published()
    change(after)
    assert compatibility.broken(compatibility.published(), after) == told


def test_what_is_added_breaks_nothing() -> None:
    after = compatibility.published()
    after["tables"]["chambers"]["columns"] = {
        "id": "string",
        "new": "string",
        **after["tables"]["chambers"]["columns"],
    }
    after["json"]["chambers"]["[].record.new"] = "string"
    after["tables"]["new"] = {"key": [], "columns": {}}
    assert compatibility.broken(compatibility.published(), after) == []


def written(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def test_a_preview_has_the_page_alone(tmp_path: Path) -> None:
    data_site = DataSite(
        make_directory(make_loaded("a")), tmp_path, [PageMaker(Settings(), str, rendered)], Policy()
    )
    assert list(data_site.write(preview=True)) == ["data/index.html"]
    assert written(tmp_path) == {"data/index.html"}
    assert "预览里不生成数据文件" in (tmp_path / "data/index.html").read_text("utf-8")


def test_every_file_is_named(tmp_path: Path) -> None:
    data_site = DataSite(
        make_directory(make_loaded("a")), tmp_path, [PageMaker(Settings(), str, rendered)], Policy()
    )
    named = set(data_site.write())
    assert written(tmp_path) == named
    assert {"data/index.html", "data/v1/SHA256SUMS", "data/redirects/nginx.conf"} <= named
