"""The promise of `/data/v1/`: keys and columns of a release are in every later one, with the same type and meaning.

`tests/data/v1-schema.json` is what the last release published. Run as a script after a release, or to add what is new:
`python tests/compatibility.py` writes it again, and refuses to when something would be lost.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from planning import make_directory

from chamberbook.exports import data_tables, figure_tables
from chamberbook.exports.package import schemas_of, table_schema
from chamberbook.exports.write import AS_JSON
from chamberbook.settings import Settings

SNAPSHOT = Path(__file__).resolve().parent / "data" / "v1-schema.json"
NEXT_STEP = (
    "data/v1 的栏目发布以后不改名、不改类型、不删除。把它放回去；确实要改的，在 data/v2/ 发布新的样子，v1 照旧生成，"
    "并在 CHANGELOG.md 写明。A published key or column stays: put it back, or publish the new shape below data/v2/ beside v1 "
    "and say so in CHANGELOG.md."
)


def published() -> dict[str, Any]:
    """What this version of the program publishes: JSON files by their keys, tables by their columns."""
    directory = make_directory()
    tables = data_tables(directory, Settings())
    schemas = schemas_of(table for table in tables if table.name in AS_JSON)
    return {
        "json": {
            name: dict(sorted(_keys(schema, schema.get("$defs", {})))) for name, schema in schemas.items()
        },
        "tables": {
            table.name: {
                "key": list(table.key),
                "columns": {field["name"]: field["type"] for field in table_schema(table)["fields"]},
            }
            for table in (*tables, *figure_tables(directory))
        },
    }


def _keys(
    schema: Mapping[str, Any], defs: Mapping[str, Any], at: str = "", mark: str = ""
) -> Iterator[tuple[str, str]]:
    """Every key with its type: `[].record.members[].count: integer!`, with `!` when it is always there."""
    if "$ref" in schema:
        yield from _keys(defs[schema["$ref"].rpartition("/")[2]], defs, at, mark)
        return
    choices = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    if len(choices) == 1 and choices[0] is not schema:
        yield from _keys(choices[0], defs, at, mark)
        return
    yield at or ".", "|".join(sorted(str(one.get("type", "any")) for one in choices)) + mark
    for key, inner in schema.get("properties", {}).items():
        yield from _keys(inner, defs, f"{at}.{key}", "!" if key in schema.get("required", ()) else "")
    others = schema.get("additionalProperties"), *schema.get("patternProperties", {}).values()
    for inner in (schema.get("items"), *others):
        if isinstance(inner, Mapping):
            yield from _keys(inner, defs, f"{at}[]")


def broken(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What a later version lost or changed, a line each; what it added is no matter."""
    found = []
    for name, keys in before["json"].items():
        found += _lost(f"{name}.json", keys, after["json"].get(name))
    for name, table in before["tables"].items():
        new = after["tables"].get(name)
        found += _lost(f"{name}.csv", table["columns"], new and new["columns"])
        if new and new["key"] != table["key"]:
            found.append(f"{name}.csv: key {table['key']} became {new['key']}")
        if new and not _in_order(list(table["columns"]), list(new["columns"])):
            found.append(f"{name}.csv: the columns changed their order")
    return found


def _lost(file: str, before: Mapping[str, str], after: Mapping[str, str] | None) -> list[str]:
    if after is None:
        return [f"{file} is no longer there"]
    gone = [f"{file}: {key} ({kind}) is gone" for key, kind in before.items() if key not in after]
    changed = [
        f"{file}: {key} was {kind}, is {after[key]}"
        for key, kind in before.items()
        if after.get(key, kind) not in (kind, f"{kind}!")
    ]
    return gone + changed


def _in_order(before: Sequence[str], after: Sequence[str]) -> bool:
    kept = [column for column in after if column in before]
    return kept == [column for column in before if column in after]


def main() -> int:
    after = published()
    if SNAPSHOT.exists() and (lost := broken(json.loads(SNAPSHOT.read_text("utf-8")), after)):
        print("\n".join([*lost, NEXT_STEP]), file=sys.stderr)
        return 1
    SNAPSHOT.parent.mkdir(exist_ok=True)
    SNAPSHOT.write_text(json.dumps(after, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
