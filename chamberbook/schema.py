"""JSON Schema of the record files, made from the models: what editors check and complete while a record is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from chamberbook.records import Chamber, Federation, Scheme, Tombstone, Vocabulary

FOLDER = "chambers/_schema"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each kind of file by its name: chamber, federation, scheme, tombstone, and each list of the vocabulary."""
    found = {
        "chamber": _schema(Chamber),
        "federation": _schema(Federation),
        "scheme": _schema(Scheme),
        "tombstone": _schema(Tombstone),
    }
    for name, field in Vocabulary.model_fields.items():
        found[name] = _schema(field.annotation)
    return found


def write_schemas(root: Path) -> None:
    """Write them to `chambers/_schema/<name>.schema.json`; records name that path in their first line."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        (folder / f"{name}.schema.json").write_text(text_of(schema), encoding="utf-8", newline="\n")


def text_of(schema: dict[str, Any]) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _schema(annotation: Any) -> dict[str, Any]:
    schema = TypeAdapter(annotation).json_schema(mode="validation")
    for definition in (schema, *schema.get("$defs", {}).values()):
        _name(definition)
    return {"$schema": _DIALECT, **schema}


def _name(definition: dict[str, Any]) -> None:
    """A model's docstring is its Chinese name, or begins with it: 商会：一家一份资料文件。"""
    description = definition.get("description", "")
    if description:
        title, _, rest = description.partition("：")
        definition["title"], definition["description"] = title.rstrip("。"), rest or description
