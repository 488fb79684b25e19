"""Spreadsheets as files: what is no workbook, CSV in every encoding, and what LibreOffice makes of ours."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import programs
import pytest
from building import ROOT
from test_sheets import DAY, assert_unchanged, edited, lines

from chamberbook import load
from chamberbook.load import Loaded
from chamberbook.sheets import read_import, workbook_bytes


@pytest.fixture(scope="module")
def real() -> Loaded:
    return load.read_all(ROOT)


def packed(parts: dict[str, bytes], base: bytes = b"") -> bytes:
    """A zip of these parts, laid over those of another one."""
    found = {}
    if base:
        with zipfile.ZipFile(io.BytesIO(base)) as archive:
            found = {name: archive.read(name) for name in archive.namelist()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**found, **parts}.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_macros_links_bombs_and_other_files_are_refused_in_plain_words(real: Loaded) -> None:
    good = workbook_bytes(real, "huaian")
    bomb = {"xl/media/a.xml": b"0" * (101 * 1024 * 1024)}
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    cases = [
        ("a.xlsx", packed({"xl/vbaProject.bin": b"x"}, good), "文件里有宏或控件，不读"),
        ("a.xlsx", packed({"xl/externalLinks/externalLink1.xml": b"<a/>"}, good), "文件链接到别的文件或网上的数据，不读"),
        ("a.xlsx", packed(bomb, good), "文件解开后太大，上限 100 MB"),
        ("a.xlsx", packed({"xl/sharedStrings.xml": entity}, good), "文件里有工作簿不该有的 XML 声明，不读"),
        ("a.xlsx", packed({"a.txt": b"x"}), "这不是 .xlsx 工作簿，或文件坏了"),
        ("a.xlsx", b"not a zip", "这不是 .xlsx 工作簿，或文件坏了"),
        ("a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"x", "这是旧格式（.xls、.et）的文件，或加了密码"),
        ("a.xlsx", packed({"xl/workbook.xml": b"<broken"}, good), "文件坏了，读不下去"),
        ("a.xls", good, "只读 .xlsx 和 .csv，这是 .xls"),
        ("a.csv", b"x" * (10 * 1024 * 1024 + 1), "文件超过上限 10 MB"),
    ]  # fmt: skip
    for name, data, expected in cases:
        found = read_import(data, name, real, DAY)
        assert lines(found.problems)[0].startswith(f"{name}: 错误 SHEET-001: {expected}；"), expected


def test_a_sheet_with_a_cell_at_the_far_corner_is_refused_quickly(real: Loaded) -> None:
    def edit(book: Any) -> None:
        book["商会"]["XFD1048576"] = "x"

    found = read_import(edited(workbook_bytes(real, "huaian"), edit), "a.xlsx", real, DAY)
    assert [p.rule for p in found.problems] == ["SHEET-001"]


def csv_of(loaded: Loaded, federation: str) -> str:
    """The sheet of chambers as Excel writes it as CSV."""
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_bytes(loaded, federation)))["商会"]
    rows = [["" if c.value is None else str(c.value) for c in row] for row in sheet.iter_rows()]
    return "".join(",".join('"' + text.replace('"', '""') + '"' for text in row) + "\r\n" for row in rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_csv_is_read_in_the_encodings_that_programs_write(real: Loaded, encoding: str) -> None:
    data = csv_of(real, "yixing").encode(encoding, "replace")
    assert_unchanged(read_import(data, "a.csv", real, DAY), real, "yixing")


def test_csv_changes_plain_facts_and_its_cells_have_addresses(real: Loaded) -> None:
    text = csv_of(real, "yixing").replace("行业商会", "行业商", 1)
    found = read_import(text.encode("gb18030"), "a.csv", real, DAY)
    assert lines(found.problems)[0].startswith("a.csv[E2]: 错误 SHEET-004: ")


CONVERSIONS = {"ods": "ods", "xlsx": "xlsx", "csv": "csv:Text - txt - csv (StarCalc):44,34,76,1"}


def converted(path: Path, to: str, folder: Path) -> Path:
    """The file as LibreOffice saves it in another format."""
    profile = (folder / "profile").as_uri()
    command = [programs.libreoffice(), f"-env:UserInstallation={profile}", "--headless",
               *(["--infilter=CSV:44,34,76,1"] if path.suffix == ".csv" else []), "--convert-to", CONVERSIONS[to], "--outdir", str(folder / to), str(path)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / to / f"{path.stem}.{to}"


@pytest.mark.parametrize("federation", ["suzhou", "nantong", "shili"])
def test_what_libreoffice_saves_comes_back_without_a_change(tmp_path: Path, federation: str) -> None:
    loaded = load.read_all(ROOT / "examples" if federation == "shili" else ROOT)
    exported = tmp_path / "a.xlsx"
    exported.write_bytes(workbook_bytes(loaded, federation))
    for kept in (
        converted(converted(exported, "ods", tmp_path), "xlsx", tmp_path),
        converted(exported, "csv", tmp_path),
    ):
        assert_unchanged(read_import(kept.read_bytes(), kept.name, loaded, DAY), loaded, federation)


def test_a_csv_that_libreoffice_turned_into_a_workbook_is_read(real: Loaded, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(csv_of(real, "yixing").encode("utf-8"))
    kept = converted(path, "xlsx", tmp_path)
    found = read_import(kept.read_bytes(), kept.name, real, DAY)
    assert (lines(found.problems), found.changes) == ([], ())
