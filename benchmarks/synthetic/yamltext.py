"""Values -> YAML text, the few shapes that records have; a general dumper takes ten times as long."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

_PLAIN = re.compile(r"[A-Za-z\u3400-\u9fff《“][^:#\[\]{},&*!|>'\"%@`\\\n]*")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


class Bare(str):
    """Text that stands without quotes though it looks like a number or a date: 2008-06."""

    __slots__ = ()


def write_record(fields: Mapping[str, object], schema: str) -> str:
    """A record's file: who made it, the schema for editors, the fields that hold something."""
    head = f"# yaml-language-server: $schema=../_schema/{schema}.schema.json\n# 示例资料，由程序生成，不是真的。\n"
    return head + "\n".join(_mapping(fields, "")) + "\n"


def _mapping(fields: Mapping[str, object], indent: str) -> Iterator[str]:
    for key, value in fields.items():
        if value is None or value == () or value == [] or value == {}:
            continue
        if isinstance(value, Mapping):
            yield f"{indent}{key}:"
            yield from _mapping(value, indent + "  ")
        elif isinstance(value, (list, tuple)) and isinstance(value[0], Mapping):
            yield f"{indent}{key}:"
            for item in value:
                first, *rest = _mapping(item, indent + "    ")
                yield f"{indent}  - {first.lstrip()}"
                yield from rest
        elif isinstance(value, (list, tuple)):
            yield f"{indent}{key}: [{', '.join(_scalar(item) for item in value)}]"
        else:
            yield f"{indent}{key}: {_scalar(value)}"


def _scalar(value: object) -> str:
    if isinstance(value, Bare):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value not in _WORDS and value[-1] != " ":
        return value
    return json.dumps(value, ensure_ascii=False)
