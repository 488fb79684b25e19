"""What says what the data files are: JSON Schema, a Frictionless Data Package, Datasette's metadata, checksums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from chamberbook.exports.columns import Column, Table
from chamberbook.exports.shapes import published_schemas
from chamberbook.schema import text_of
from chamberbook.settings import Settings

SUMS = "SHA256SUMS"
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "知识共享 署名 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/deed.zh-hans",
}
#: What the vocabularies stem from; the records name their own sources, in the table `sources`.
_SOURCES = (
    {"title": "yescallop/areacodes（CC0 1.0）", "path": "https://github.com/yescallop/areacodes"},
    {"title": "国民经济行业分类 GB/T 4754-2017"},
)
_FORMULA_NOTE = "以 = + - @ 或制表符开头的文字，前面加了一个英文撇号，免得表格软件当成公式。"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A finished file: its path below the folder of the version, its size in bytes, its SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


def write_schemas(tables: Sequence[Table], folder: Path) -> None:
    """`schema/<name>.schema.json` for each JSON file."""
    (folder / "schema").mkdir()
    for name, schema in schemas_of(tables).items():
        path = folder / "schema" / f"{name}.schema.json"
        path.write_text(text_of(schema), encoding="utf-8", newline="\n")


def schemas_of(tables: Iterable[Table]) -> dict[str, dict[str, Any]]:
    """The schemas of all JSON files: records by their models, rows by their columns."""
    return {**published_schemas(), **{table.name: _rows_schema(table) for table in tables}}


def _rows_schema(table: Table) -> dict[str, Any]:
    entry = {
        "type": "object",
        "title": table.title,
        "description": table.description,
        "properties": {column.key: _value_schema(column) for column in table.columns},
        "required": list(table.key),
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "array",
        "items": entry,
    }


def _value_schema(column: Column) -> dict[str, Any]:
    form: dict[str, Any] = {"type": column.type}
    if column.type == "date":
        form = {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    elif column.pattern:
        form["pattern"] = column.pattern
    return {"title": column.title, "description": column.description, **form}


def write_package(folder: Path, tables: Sequence[Table], settings: Settings, as_of: date) -> None:
    """`datapackage.json`: every table as CSV with types, keys and links. The other files are in SHA256SUMS."""
    package = {
        "profile": "tabular-data-package",
        "name": "chamberbook",
        "title": settings.name,
        "description": "商会、等级与称号、公约，以及它们的来源。数据日期见 as_of；列名在 v1 里不改、不删。",
        "version": "1.0.0",
        "as_of": as_of.isoformat(),
        **({"homepage": settings.base_url} if settings.base_url else {}),
        "licenses": [LICENCE],
        "sources": list(_SOURCES),
        "contributors": [{"title": settings.owner or settings.name, "role": "publisher"}],
        "resources": [_resource(folder, table) for table in tables],
    }
    _write_json(folder / "datapackage.json", package)


def _resource(folder: Path, table: Table) -> dict[str, Any]:
    path = folder / f"{table.name}.csv"
    return {
        "profile": "tabular-data-resource",
        "name": _resource_name(table.name),
        "path": f"{table.name}.csv",
        "title": table.title,
        "description": f"{table.description}{_FORMULA_NOTE}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{_sha256(path)}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "header": True},
        "schema": table_schema(table),
    }


def _resource_name(table: str) -> str:
    """A name as Frictionless has it: scheme-levels, stats-levels."""
    return table.replace("_", "-").replace("/", "-")


def table_schema(table: Table) -> dict[str, Any]:
    """The Table Schema (Frictionless) of a table."""
    return {
        "fields": [_field(column, table) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
        "foreignKeys": [
            {
                "fields": list(link.columns),
                "reference": {"resource": _resource_name(link.table), "fields": list(link.to)},
            }
            for link in table.links
        ],
    }


def _field(column: Column, table: Table) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.key,
        "title": column.title,
        "description": column.description,
        "type": column.type,
    }
    if column.type == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    constraints: dict[str, Any] = {}
    if column.key in table.key:
        constraints["required"] = True
    if column.pattern:
        constraints["pattern"] = column.pattern
    return {**field, "constraints": constraints} if constraints else field


def write_metadata(folder: Path, tables: Sequence[Table], settings: Settings) -> None:
    """`metadata.json`: titles, words for columns, a licence, and a search that also finds two characters."""
    home = {"source_url": settings.base_url} if settings.base_url else {}
    metadata = {
        "title": settings.name,
        "license": LICENCE["title"],
        "license_url": LICENCE["path"],
        "source": settings.name,
        **home,
        "databases": {
            "chambers": {
                "tables": {
                    table.name: {
                        "title": table.title,
                        "description": table.description,
                        "columns": {c.key: f"{c.title}：{c.description}" for c in table.columns},
                    }
                    for table in tables
                },
                "queries": {
                    "search": {
                        "title": "找商会",
                        "description": "名称、曾用名、行业里含有这几个字的商会；两个字也能找。",
                        "sql": SEARCH,
                    }
                },
            }
        },
    }
    _write_json(folder / "metadata.json", metadata)


#: LIKE on a full-text table of trigrams uses its index from three characters on and reads the table below that.
SEARCH = (
    "select chambers.id, chambers.name, chambers.region, chambers.trade from chambers_fts "
    "join chambers on chambers.rowid = chambers_fts.rowid "
    "where chambers_fts.name like '%' || :q || '%' or chambers_fts.former_names like '%' || :q || '%' "
    "or chambers_fts.trade like '%' || :q || '%' order by chambers.id limit 100"
)


def data_files(folder: Path) -> list[DataFile]:
    """Every file below the folder of a version but the list of checksums, in order of path."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    return [
        DataFile(path.relative_to(folder).as_posix(), path.stat().st_size, _sha256(path)) for path in found
    ]


def write_sums(folder: Path) -> list[DataFile]:
    """`SHA256SUMS`, as `sha256sum --check` reads it; the files that it names."""
    files = data_files(folder)
    text = "".join(f"{file.sha256}  {file.name}\n" for file in files)
    (folder / SUMS).write_text(text, encoding="utf-8", newline="\n")
    return files


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
