"""The data files, each opened by a reader of its own format."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import frictionless
import jsonschema
import openpyxl
import programs
import pytest
from factories import make_loaded
from openpyxl.utils.escape import unescape
from planning import DAY, loaded

from chamberbook import derive
from chamberbook.derive import Directory
from chamberbook.exports import data_tables, figure_tables, record_json, write_files
from chamberbook.exports.columns import Table
from chamberbook.exports.package import SEARCH, data_files
from chamberbook.exports.page import data_page
from chamberbook.exports.workbook import MAX_TEXT
from chamberbook.history import Cited, Event, History
from chamberbook.messages import translate
from chamberbook.records import Tombstone
from chamberbook.settings import Settings

HOSTILE = '=HYPERLINK("http://example.org";"点我")'
SETTINGS = Settings(base_url="https://example.org/a/b/")


class Data(NamedTuple):
    """The files of a directory: `folder` holds those of the version, `site` what lies beside the pages."""

    directory: Directory
    tables: dict[str, Table]
    site: Path
    folder: Path


def write(directory: Directory, site: Path, settings: Settings = SETTINGS) -> Data:
    tables = data_tables(directory, settings)
    write_files(directory, tables, figure_tables(directory), site, settings)
    return Data(directory, {table.name: table for table in tables}, site, site / "data/v1")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    """The real directory, a chamber with hostile text, and a removed record."""
    hostile = make_loaded(
        "yixing-shili",
        name='宜兴市<示例>&"商会"',
        aliases=["@SUM(1+1)*cmd|' /C calc'!A0", "-2+3的商会"],
        trade=HOSTILE,
        contact={"phone": "+852 2345 6789"},
        former_slugs=["yixing-jiu"],
        activities=[{"topic": "公益", "fact": '_x0041_ 一行\n两行,"引号"', "source": "r1"}],
        members=[
            {"count": 12, "unit": "企业", "as_of": "2008-06", "source": "r1"},
            {"count": 30, "unit": "企业", "as_of": "2020", "approx": True, "source": "r1"},
        ],
    )
    stone = {"removed": "2026-03-05", "reason": "personal", "charters": ["gongyue"]}
    read = loaded()
    directory = derive.directory(
        replace(
            read,
            chambers={**read.chambers, hostile.slug: hostile},
            tombstones={"yixing-chexiao": Tombstone.model_validate(stone)},
        ),
        DAY,
        history=past(hostile.slug),
    )
    return write(directory, tmp_path_factory.mktemp("data"))


def past(slug: str) -> History:
    """A record that came, was corrected and got a new name, and one that went."""
    when = datetime.fromisoformat("2026-03-01T12:00:00+08:00")
    source = Cited('题名 "一"', "发布者", "2008-06", "https://example.org/?a=1&b=2")
    events = (
        Event("removed", "yixing-chexiao", {"reason": "personal"}, when=when, commit="d" * 40),
        Event("renamed", slug, {"from": "=旧名", "to": "新名"}, (source,), "yixing", "320282", ("C30",), when, "c" * 40),
        Event("corrected", slug, {"fields": ("contact.phone", "name")}, when=when, commit="b" * 40),
        Event("added", slug, {"ratings": 2}, when=when, commit="a" * 40),
    )  # fmt: skip
    return History({slug: when}, {slug: when}, events)


def test_changes_are_a_list_with_the_newest_first_and_name_no_removed_record(data: Data) -> None:
    lines = [json.loads(line) for line in (data.folder / "changes.ndjson").read_text("utf-8").splitlines()]
    assert json.loads((data.folder / "changes.json").read_bytes()) == lines
    assert [(line["event"], line["chamber"]) for line in lines] == [
        ("removed", "yixing-chexiao"), ("renamed", "yixing-shili"), ("corrected", "yixing-shili"), ("added", "yixing-shili"),
    ]  # fmt: skip
    assert lines[0]["name"] == "（名称不再公开）"
    assert lines[1]["when"] == "2026-03-01T12:00:00+08:00"
    assert lines[1]["sources"][0]["url"] == "https://example.org/?a=1&b=2"
    assert lines[2]["facts"] == {"fields": ["contact.phone", "name"]}
    assert lines[3]["facts"] == {"ratings": 2}


def test_without_a_past_there_is_no_list_of_changes_and_no_date(tmp_path: Path) -> None:
    made = write(derive.directory(replace(loaded(), chambers={"a": make_loaded("a")}), DAY), tmp_path)
    assert not (made.folder / "changes.json").exists()
    (row,) = csv_rows(made, "chambers")
    assert (row["created"], row["changed"]) == ("", "")


def csv_rows(data: Data, name: str) -> list[dict[str, str]]:
    with (data.folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_begins_with_the_mark_that_excel_and_wps_need(data: Data) -> None:
    for name in data.tables:
        assert (data.folder / f"{name}.csv").read_bytes()[:3] == b"\xef\xbb\xbf"


def test_csv_has_every_row_with_its_keys_as_headings(data: Data) -> None:
    rows = csv_rows(data, "chambers")
    assert [row["id"] for row in rows] == sorted(data.directory.by_slug)
    row = next(row for row in rows if row["id"] == "yixing-shili")
    assert row["url"] == "https://example.org/a/b/chambers/yixing-shili/"
    assert (row["province"], row["county"], row["industries"], row["stale"]) == (
        "江苏省",
        "宜兴市",
        "C30",
        "true",
    )
    assert (row["members"], row["members_as_of"], row["former_slugs"]) == ("30", "2020", "yixing-jiu")
    for name, table in data.tables.items():
        assert len(csv_rows(data, name)) == len(list(table.rows())), name


def test_no_cell_of_a_csv_is_a_formula(data: Data) -> None:
    for name, table in data.tables.items():
        numbers = {column.key for column in table.columns if column.type in ("integer", "number")}
        for row in csv_rows(data, name):
            for key, value in row.items():
                assert key in numbers or value[:1] not in set("=+-@\t\r＝＋－＠"), (name, key, value)
    row = next(row for row in csv_rows(data, "chambers") if row["id"] == "yixing-shili")
    assert row["trade"] == f"'{HOSTILE}"
    assert row["phone"] == "'+852 2345 6789"


def test_the_workbook_opens_with_a_sheet_for_each_table_and_text_as_text(data: Data) -> None:
    book = openpyxl.load_workbook(data.folder / "chambers.xlsx")
    assert book.sheetnames == [table.title for table in data.tables.values()]
    for table in data.tables.values():
        rows = list(book[table.title].iter_rows(values_only=True))
        assert rows[0] == tuple(column.title for column in table.columns)
        # openpyxl leaves Excel's escape of its own escapes as it stands.
        plain = [tuple(unescape(v) if isinstance(v, str) else v for v in row) for row in rows[1:]]
        assert plain == [tuple(row) for row in table.rows()], table.name
    streamed = openpyxl.load_workbook(data.folder / "chambers.xlsx", read_only=True)["商会"]
    assert sum(1 for _ in streamed.iter_rows()) == len(data.directory.chambers) + 1
    sheet = book["商会"]
    assert sheet.freeze_panes == "B2"
    (hostile,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == HOSTILE]
    assert hostile.data_type != "f"
    assert {cell.data_type for cell in sheet["I"][1:] if cell.value} == {"s"}, "region codes are text"


def test_a_text_too_long_for_excel_is_cut_in_the_workbook_alone(tmp_path: Path) -> None:
    aliases = [f"示例商会的第{n:04d}个{'长' * 40}名称" for n in range(700)]
    directory = derive.directory(replace(loaded(), chambers={"a": make_loaded("a", aliases=aliases)}), DAY)
    made = write(directory, tmp_path)
    (whole,) = [row["aliases"] for row in csv_rows(made, "chambers")]
    assert len(whole) > MAX_TEXT
    cut = openpyxl.load_workbook(made.folder / "chambers.xlsx")["商会"]["D2"].value
    assert cut == whole[: MAX_TEXT - 1] + "…"


def test_libreoffice_opens_the_workbook(data: Data, tmp_path: Path) -> None:
    target = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
    subprocess.run(
        [programs.libreoffice(), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         target, "--outdir", tmp_path, data.folder / "chambers.xlsx"],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    (found,) = tmp_path.glob("*.csv")
    with found.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:3] == ["编号", "名称", "英文名称"]
    assert len(rows) == len(data.directory.chambers) + 1
    assert any(HOSTILE in row for row in rows)


@pytest.fixture
def database(data: Data) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{data.folder}/chambers.sqlite?mode=ro", uri=True)


def test_the_database_has_typed_tables_that_hold_the_rows(data: Data, database: sqlite3.Connection) -> None:
    types = {"string": "TEXT", "date": "TEXT", "integer": "INTEGER", "boolean": "INTEGER", "number": "REAL"}
    for name, table in data.tables.items():
        told = [(row[1], row[2]) for row in database.execute(f'PRAGMA table_info("{name}")')]
        assert told == [(column.key, types[column.type]) for column in table.columns]
        assert list(database.execute(f'SELECT * FROM "{name}" ORDER BY rowid')) == list(table.rows())
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_full_text_finds_chinese_as_datasette_asks_for_it(data: Data, database: sqlite3.Connection) -> None:
    # What datasette runs for ?_search=…, on the table that it finds by its content.
    (fts,) = database.execute(
        "select name from sqlite_master where rootpage = 0 and sql like '%VIRTUAL TABLE%USING FTS%content=\"chambers\"%'"
    ).fetchone()
    ask = (
        f"select name from chambers where rowid in (select rowid from {fts} where {fts} match ?) order by id"
    )
    found = [name for (name,) in database.execute(ask, ['"陶瓷同业"'])]
    records = [entry.chamber for entry in data.directory.chambers]
    known = [
        r.name for r in records if any("陶瓷同业" in text for text in (r.name, *r.aliases, r.trade or ""))
    ]
    assert len(known) > 1
    assert sorted(found) == sorted(known)


def test_the_search_in_the_metadata_finds_two_characters_too(
    data: Data, database: sqlite3.Connection
) -> None:
    metadata = json.loads((data.folder / "metadata.json").read_text("utf-8"))
    assert metadata["databases"]["chambers"]["queries"]["search"]["sql"] == SEARCH
    named = {row[1] for row in database.execute(SEARCH, {"q": "餐饮"})}
    expected = {e.chamber.name for e in data.directory.chambers if "餐饮" in e.chamber.name}
    assert expected
    assert expected <= named
    described = metadata["databases"]["chambers"]["tables"]
    for name, table in data.tables.items():
        assert set(described[name]["columns"]) == {column.key for column in table.columns}


def test_json_and_ndjson_hold_the_same_entries_and_keep_to_their_schema(data: Data) -> None:
    names = sorted(path.name.removesuffix(".schema.json") for path in (data.folder / "schema").iterdir())
    assert names == sorted(
        path.stem for path in data.folder.glob("*.json") if path.stem not in ("datapackage", "metadata")
    )
    for name in names:
        schema = json.loads((data.folder / f"schema/{name}.schema.json").read_text("utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        document = json.loads((data.folder / f"{name}.json").read_text("utf-8"))
        errors = [error.json_path for error in jsonschema.Draft202012Validator(schema).iter_errors(document)]
        assert errors == [], name
        if isinstance(document, list):
            lines = (data.folder / f"{name}.ndjson").read_text("utf-8").splitlines()
            assert [json.loads(line) for line in lines] == document


def test_the_schema_refuses_what_is_not_published(data: Data) -> None:
    schema = json.loads((data.folder / "schema/chambers.schema.json").read_text("utf-8"))
    (entry,) = json.loads((data.folder / "chambers.json").read_text("utf-8"))[:1]
    check = jsonschema.Draft202012Validator(schema)
    for broken in (
        {**entry, "more": 1},
        {**entry, "id": 1},
        {k: v for k, v in entry.items() if k != "record"},
    ):
        assert not check.is_valid([broken])
    assert not check.is_valid([{**entry, "record": {**entry["record"], "founded": 2008}}]), "dates are text"


def test_a_site_has_its_data_and_each_chambers_own_file(demo_site: Path) -> None:
    lines = (demo_site / "data/v1/chambers.ndjson").read_bytes().splitlines(keepends=True)
    for line in lines:
        assert (demo_site / "chambers" / json.loads(line)["id"] / "record.json").read_bytes() == line
    page = (demo_site / "data/index.html").read_text("utf-8")
    for told in (demo_site / "data/v1/SHA256SUMS").read_text("utf-8").splitlines():
        digest, name = told.split("  ")
        assert name in ("datapackage.json", "metadata.json") or digest in page or name.startswith("schema/")
        assert f"data/v1/{name}" in page or name == "metadata.json"


def test_a_chambers_own_file_is_its_line_of_the_list(data: Data) -> None:
    lines = (data.folder / "chambers.ndjson").read_bytes().splitlines(keepends=True)
    assert [
        record_json(data.directory.by_slug[json.loads(line)["id"]], SETTINGS.base_url or "") for line in lines
    ] == lines


def test_json_says_the_record_and_what_follows_from_it(data: Data) -> None:
    entries = {entry["id"]: entry for entry in json.loads((data.folder / "chambers.json").read_text("utf-8"))}
    for slug, entry in data.directory.by_slug.items():
        assert entries[slug]["record"] == entry.chamber.model_dump(mode="json", exclude_defaults=True)
        states = [told["state"] for told in entries[slug]["derived"]["ratings"]]
        assert len(states) == len(entry.chamber.ratings)
        assert sorted(states) == sorted(award.state for award in entry.awards)


def test_the_data_package_is_valid_and_its_tables_keep_what_it_promises(data: Data) -> None:
    report = frictionless.validate(str(data.folder / "datapackage.json"))
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []
    assert len(report.tasks) == len(data.tables) + len(figure_tables(data.directory))
    package = json.loads((data.folder / "datapackage.json").read_text("utf-8"))
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["as_of"] == DAY.isoformat()
    for resource in package["resources"]:
        content = (data.folder / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (
            len(content),
            f"sha256:{hashlib.sha256(content).hexdigest()}",
        )


def test_a_row_that_breaks_a_promise_is_found_by_the_package(data: Data, tmp_path: Path) -> None:
    shutil.copytree(data.folder, tmp_path / "v1")
    path = tmp_path / "v1/ratings.csv"
    path.write_text(path.read_text("utf-8") + "nobody,x,no,,no,,,,2008-6,,,,,,,,\r\n", "utf-8")
    types = {
        error[0] for error in frictionless.validate(str(tmp_path / "v1/datapackage.json")).flatten(["type"])
    }
    assert {"type-error", "constraint-error", "foreign-key"} <= types


def test_the_checksums_are_those_of_the_files(data: Data) -> None:
    lines = (data.folder / "SHA256SUMS").read_text("utf-8").splitlines()
    told = dict(reversed(re.fullmatch(r"([0-9a-f]{64})  (\S+)", line).groups()) for line in lines)  # type: ignore[union-attr,misc]
    files = {
        path.relative_to(data.folder).as_posix(): path for path in data.folder.rglob("*") if path.is_file()
    }
    assert set(told) == set(files) - {"SHA256SUMS"}
    for name, digest in told.items():
        assert hashlib.sha256(files[name].read_bytes()).hexdigest() == digest


def test_the_same_records_give_the_same_bytes(data: Data, tmp_path: Path) -> None:
    again = write(data.directory, tmp_path / "again")
    for path in sorted(data.folder.rglob("*")):
        if path.is_file():
            assert (again.folder / path.relative_to(data.folder)).read_bytes() == path.read_bytes(), path.name


def test_a_removed_record_is_in_the_table_of_tombstones_alone(data: Data) -> None:
    (row,) = csv_rows(data, "tombstones")
    assert (row["id"], row["removed"], row["reason"], row["name"]) == (
        "yixing-chexiao",
        "2026-03-05",
        "personal",
        "",
    )
    holding = {
        path.name
        for path in data.folder.iterdir()
        if path.is_file() and b"yixing-chexiao" in path.read_bytes()
    }
    # What changed names the id and the reason, as the tombstone does.
    told = {"changes.json", "changes.ndjson"}
    assert holding == {"tombstones.csv", "tombstones.json", "tombstones.ndjson", "chambers.sqlite", *told}


def test_the_tables_of_the_statistics_are_csv_like_the_others_and_add_up(data: Data) -> None:
    for table in figure_tables(data.directory):
        raw = (data.folder / f"{table.name}.csv").read_bytes()
        assert raw[:3] == b"\xef\xbb\xbf"
        assert raw.count(b"\n") == raw.count(b"\r\n") == len(list(table.rows())) + 1
        keys = [tuple(row[: len(table.key)]) for row in table.rows()]
        assert keys == sorted(keys), table.name
    chambers = csv_rows(data, "chambers")
    kinds = csv_rows(data, "stats/kinds")
    assert sum(int(row["chambers"]) for row in kinds) == len(chambers)
    facts = {row["fact"]: row for row in csv_rows(data, "stats/completeness")}
    assert int(facts["phone"]["chambers"]) == sum(bool(row["phone"]) for row in chambers)
    assert int(facts["uscc"]["missing"]) == sum(not row["uscc"] for row in chambers)
    places = csv_rows(data, "stats/completeness_by_region")
    assert sum(int(row["phone"]) for row in places) == int(facts["phone"]["chambers"])
    holders = {(row["chamber"], row["scheme"], row["level"]) for row in csv_rows(data, "ratings")}
    assert sum(int(row["total"]) for row in csv_rows(data, "stats/levels")) == len(holders)
    assert sum(int(row["total"]) for row in csv_rows(data, "stats/levels_by_region")) == len(holders)


def test_the_page_explains_every_table_and_column_in_english_too(data: Data) -> None:
    tables = [*data.tables.values(), *figure_tables(data.directory)]
    files = data_files(data.folder)
    page = data_page(data.directory, files, tables, SETTINGS, translate("en"))
    words = [(t.title, t.description, c[1], c[3]) for t in page.data["fields"] for c in t.columns]
    words += [(row.what,) for name in ("files", "more", "figures") for row in page.data[name]]
    assert len(words) > 250
    assert [text for texts in words for text in texts if re.search("[\u3400-\u9fff]", text)] == []
    chinese = data_page(data.directory, files, tables, SETTINGS, str)
    assert [c[3] for t in chinese.data["fields"] for c in t.columns] == [
        c.description for t in data.tables.values() for c in t.columns
    ]
