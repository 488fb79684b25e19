"""The JSON Schema that editors use says what the models say, in Chinese."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from building import ROOT

from chamberbook.records import Chamber
from chamberbook.schema import FOLDER, schemas, text_of, write_schemas

NAMES = sorted(schemas())


@pytest.mark.parametrize("name", NAMES)
def test_the_files_are_those_of_the_models(name: str) -> None:
    assert (ROOT / FOLDER / f"{name}.schema.json").read_text("utf-8") == text_of(schemas()[name])


def test_there_are_no_other_files() -> None:
    assert sorted(path.name for path in (ROOT / FOLDER).iterdir()) == [
        f"{name}.schema.json" for name in NAMES
    ]


def test_writing_them_twice_gives_equal_bytes(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    first = {path.name: path.read_bytes() for path in (tmp_path / FOLDER).iterdir()}
    write_schemas(tmp_path)
    assert {path.name: path.read_bytes() for path in (tmp_path / FOLDER).iterdir()} == first
    assert len(first) == len(NAMES)


def properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for definition in (schema, *schema.get("$defs", {}).values()):
        for name, field in definition.get("properties", {}).items():
            yield f"{definition.get('title')}.{name}", field


@pytest.mark.parametrize("name", NAMES)
def test_every_property_and_record_has_a_chinese_title_and_description(name: str) -> None:
    schema = schemas()[name]
    for address, field in properties(schema):
        assert re.search("[\u4e00-\u9fff]", field.get("title", "")), address
        assert re.search("[\u4e00-\u9fff]", field.get("description", "")), address
    for definition in schema.get("$defs", {}).values():
        assert re.search("[\u4e00-\u9fff]", definition["title"])
        assert re.search("[\u4e00-\u9fff]", definition["description"])


def test_every_key_of_a_chamber_is_there_and_no_other_is_allowed() -> None:
    schema = schemas()["chamber"]
    assert list(schema["properties"]) == list(Chamber.model_fields)
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["name", "kind", "sources"]


def test_a_year_may_be_bare_and_a_single_source_too() -> None:
    schema = schemas()["chamber"]
    assert {"type": "integer", "minimum": 1000, "maximum": 9999} in schema["properties"]["founded"]["anyOf"]
    assert {option["type"] for option in schema["$defs"]["Activity"]["properties"]["source"]["anyOf"]} == {
        "string",
        "array",
    }


def test_real_records_name_their_schema() -> None:
    for path in sorted((ROOT / "chambers").glob("[a-z]*/*.yml")):
        first = path.read_text("utf-8").split("\n", 1)[0]
        match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert match, path
        assert json.loads((path.parent / match[1]).read_text("utf-8"))
