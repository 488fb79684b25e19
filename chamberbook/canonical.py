"""The one way to write a record: keys in the order of its schema, the same quotes and brackets everywhere.

Own writer and not ruamel.yaml: that keeps a comment with what stands before it, so a field that moves would take along
the comment of the next one; and it reads plain words by YAML's rules, where our records mean the text as written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from chamberbook.problems import N_, BadInput, Message, WrongUse
from chamberbook.records import Vocabulary
from chamberbook.schema import schemas
from chamberbook.source import parse_yaml
from chamberbook.source.events import Value, compose
from chamberbook.source.tree import Collection, Entry, Tree, parse_tree

WIDTH = 100
#: Records short enough to be written in one line each.
_ONE_LINE = frozenset({"Members", "Industry", "Region", "RegionSuccessor", "KindTerm", "Term"})
#: Lists of sentences, which are read one under the other.
_SENTENCES = frozenset({"prerequisites"})
_SCHEMA_LINE = re.compile(r"#\s*yaml-language-server:\s*\$schema=")
_SAFE = re.compile(r"[A-Za-z\u4e00-\u9fff《（][\w\u4e00-\u9fff《》（）、，。；～/.-]*")
_NUMBER_OR_DAY = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?|[0-9]{4}(-[0-9]{2}){1,2}")
#: What other YAML readers, or a person, would take for a number, a day or yes and no.
_AMBIGUOUS = re.compile(
    r"[-+]?\.?[0-9][0-9_.,:]*(e[-+]?[0-9]+)?|[-+]?0[0-9-]*|0[xob][0-9a-f_]+|[-+]?\.(inf|nan)"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t ].*)?|[0-9A-Z]{18}|yes|no|on|off|true|false|null|~|=|<<|",
    re.IGNORECASE,
)
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


@dataclass(slots=True)
class Shape:
    """What a schema says about a value's form: its fields in order, its items, whether numbers belong there."""

    fields: dict[str, Shape] = field(default_factory=dict)
    values: Shape | None = None
    items: Shape | None = None
    number: bool = False
    one_line: bool = False
    sentences: bool = False

    def of(self, key: str | None) -> Shape:
        """The shape of an item (no key) or a field."""
        inner = self.items if key is None else self.fields.get(key, self.values)
        return inner or Shape()


def kind_of(path: str) -> str | None:
    """The schema of a file by its path from the root (`chambers/yixing/yixing-taoci.yml`), None when it has none."""
    parts = path.split("/")
    if len(parts) != 3 or parts[0] != "chambers" or not path.endswith(".yml"):
        return None
    folder, name = parts[1], parts[2].removesuffix(".yml")
    if folder == "_vocabulary":
        return name if name in Vocabulary.model_fields else None
    if folder == "_schemes":
        return "scheme"
    if folder == "_tombstones":
        return "tombstone"
    if folder.startswith("_"):
        return None
    return "federation" if name == "federation" else "chamber"


def shapes() -> dict[str, Shape]:
    """The shape of each kind of file by its name, as the published schemas have it."""
    return {kind: _shape(schema, schema.get("$defs", {}), "") for kind, schema in schemas().items()}


def format_yaml(data: bytes, path: str, kind: str, shape: Shape) -> str:
    """The file in its canonical form, comments included; it means what it meant.

    Raises BadInput with the problems of a file that cannot be read.
    """
    top = "list" if shape.items else "mapping"
    document = parse_yaml(data, path, top=top)  # type: ignore[arg-type]
    if document.problems:
        raise BadInput(document.problems)
    text = tree_text(parse_tree(document.text), kind, shape)
    if parse_yaml(text.encode(), path, top=top).value != document.value:  # type: ignore[arg-type]
        raise WrongUse(Message(N_("{path} 的写法太特别，没有改动；请手工整理"), {"path": path}))
    return text


def write_yaml(value: Value, kind: str, shape: Shape, head: tuple[str, ...] = ()) -> str:
    """The canonical file of a value; `head` are its comments, each with its `#`."""
    holder = Entry(None, 0, None)
    root = _grown(value, holder)
    assert isinstance(root, Collection)
    return tree_text(Tree(root, list(head), []), kind, shape)


def _grown(value: Any, owner: Entry) -> Collection | str | bool | None:
    if not isinstance(value, dict | list):
        return value  # type: ignore[no-any-return]
    box = Collection(isinstance(value, dict), False, 0, owner)
    for key, inner in value.items() if isinstance(value, dict) else [(None, item) for item in value]:
        entry = Entry(key, 0, owner)
        entry.value = _grown(inner, entry)
        box.entries.append(entry)
    return box


def _shape(schema: Mapping[str, Any], defs: Mapping[str, Any], name: str) -> Shape:
    shape = Shape(one_line=name in _ONE_LINE)
    for part in _parts(schema):
        if "$ref" in part:
            name = part["$ref"].rpartition("/")[2]
            return _shape(defs[name], defs, name)
        if part.get("type") in ("integer", "number"):
            shape.number = True
        if "items" in part:
            shape.items = _shape(part["items"], defs, "")
        if "properties" in part:
            shape.fields = {key: _shape(inner, defs, "") for key, inner in part["properties"].items()}
            for key in _SENTENCES & shape.fields.keys():
                shape.fields[key].sentences = True
        for inner in (part.get("additionalProperties"), *part.get("patternProperties", {}).values()):
            if isinstance(inner, dict):
                shape.values = _shape(inner, defs, "")
    return shape


def _parts(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield schema
    for part in schema.get("anyOf", ()):
        yield from _parts(part)


def tree_text(tree: Tree, kind: str, shape: Shape) -> str:
    """The canonical file of a tree, comments included."""
    head = _without_schema_line(tree.head)
    first_lines = [*tree.head, *(tree.root.entries[0].above if tree.root.entries else ())]
    schema_line = f"# yaml-language-server: $schema=../_schema/{kind}.schema.json"
    for line in first_lines:
        # A directory inside a directory, such as the samples, may use the schemas of the outer one.
        if _SCHEMA_LINE.match(line) and line.endswith(f"/{kind}.schema.json"):
            schema_line = line
    if tree.root.entries:
        first = tree.root.entries[0]
        first.above = [comment for comment in first.above if not _SCHEMA_LINE.match(comment)]
        above, lines = _block(tree.root, shape, 0)
    else:
        above, lines = [], ["{}" if tree.root.mapping else "[]"]
    return "\n".join([schema_line, *head, *([""] if head else []), *above, *lines, *tree.tail]) + "\n"


def _without_schema_line(head: list[str]) -> list[str]:
    kept: list[str] = []
    for line in head:
        if not _SCHEMA_LINE.match(line) and (line or (kept and kept[-1])):
            kept.append(line)
    return kept[:-1] if kept and not kept[-1] else kept


def _block(box: Collection, shape: Shape, indent: int) -> tuple[list[str], list[str]]:
    """One entry after the other: the comments above the first one without their blanks, and the lines."""
    first: list[str] = []
    lines: list[str] = []
    pad = " " * indent
    for number, entry in enumerate(_ordered(box, shape)):
        above, own = _entry(entry, shape.of(entry.key), indent)
        if number == 0:
            first = above
        else:
            lines += [pad + comment for comment in above]
        lines += own + [pad + comment for comment in entry.below]
    return first, lines


def _entry(entry: Entry, shape: Shape, indent: int) -> tuple[list[str], list[str]]:
    """The comments above an entry, and its lines."""
    pad = " " * indent
    lead = pad + ("-" if entry.key is None else _key(entry.key) + ":")
    beside = "".join("  " + comment for comment in entry.beside[:1])
    value = entry.value
    above = entry.above + entry.beside[1:]
    if entry.key is None:
        # Nothing can stand between the dash and the first field: its comments go above the dash.
        above += _hoisted(value, shape)
    if isinstance(value, str) and "\n" in value and (literal := _literal(value)):
        mark, *content = literal
        return above, [f"{lead} {mark}{beside}", *(f"{pad}  {line}" if line else "" for line in content)]
    room = WIDTH - _width(lead) - 1
    if (inline := _inline(value, shape, room, flow=False)) is not None:
        return above, [f"{lead} {inline}{beside}"]
    assert isinstance(value, Collection)
    inner_above, inner = _block(value, shape, indent + 2)
    if entry.key is None:
        return above + entry.beside[:1] + inner_above, [lead + inner[0][indent + 1 :], *inner[1:]]
    return above, [lead + beside, *(f"{pad}  {comment}" for comment in inner_above), *inner]


def _ordered(box: Collection, shape: Shape) -> list[Entry]:
    """Fields in the order of the schema, unknown ones last; items as they are."""
    order = {key: number for number, key in enumerate(shape.fields)}
    return sorted(box.entries, key=lambda entry: order.get(entry.key or "", len(order)))


def _hoisted(value: Collection | str | bool | None, shape: Shape) -> list[str]:
    """Take the comments that stand above the first entry inside an item."""
    if not isinstance(value, Collection) or not value.entries:
        return []
    first = _ordered(value, shape)[0]
    taken, first.above = first.above, []
    return taken + (_hoisted(first.value, shape.of(None)) if first.key is None else [])


def _inline(value: Collection | str | bool | None, shape: Shape, room: int, *, flow: bool) -> str | None:
    """A value on the line of its key, or None when it takes lines of its own."""
    if isinstance(value, str):
        return _text(value, shape.number, flow=flow)
    if not isinstance(value, Collection):
        return {None: "null", True: "true", False: "false"}[value]
    if not value.entries:
        return "{}" if value.mapping else "[]"
    nested = any(isinstance(entry.value, Collection) for entry in value.entries)
    if _has_comments(value) or (
        not flow and not shape.one_line and (value.mapping or nested or shape.sentences)
    ):
        return None
    parts = []
    for entry in _ordered(value, shape):
        text = _inline(entry.value, shape.of(entry.key), room, flow=True)
        parts.append(f"{_key(entry.key)}: {text}" if entry.key is not None else str(text))
    joined = ", ".join(parts)
    if not flow and not shape.one_line and _width(joined) + 2 > room:
        return None
    return f"{{{joined}}}" if value.mapping else f"[{joined}]"


def _has_comments(value: Collection) -> bool:
    return any(
        entry.above
        or entry.beside
        or entry.below
        or (isinstance(entry.value, Collection) and _has_comments(entry.value))
        for entry in value.entries
    )


def _key(key: str) -> str:
    if re.fullmatch("[A-Za-z_][A-Za-z0-9_-]*", key) and not _AMBIGUOUS.fullmatch(key):
        return key
    return _text(key, number=False, flow=True)


def _text(text: str, number: bool, *, flow: bool) -> str:
    """A text without quotes where every reader takes it for this text, or for this number where one belongs."""
    if number and _NUMBER_OR_DAY.fullmatch(text):
        return text
    if not _AMBIGUOUS.fullmatch(text) and (_SAFE.fullmatch(text) or _reads_plain(text, flow=flow)):
        return text
    if '"' in text and "'" not in text and "\\" not in text and text.isprintable():
        return f"'{text}'"
    return '"' + text.translate(_ESCAPES) + '"'


def _reads_plain(text: str, *, flow: bool) -> bool:
    """Whether our own reader finds this text, and nothing wrong, when it stands without quotes."""
    if "\n" in text:
        return False
    value, faults, _ = compose(f"[{text}]\n" if flow else f"a: {text}\n")
    return not faults and value == ([text] if flow else {"a": text})


def _literal(text: str) -> list[str] | None:
    """The `|` form of a text with line ends: its mark and lines; None when only quotes can hold it."""
    mark = "|" if text.endswith("\n") else "|-"
    if text.endswith("\n\n"):
        mark = "|+"
    lines = text.removesuffix("\n").split("\n")
    written = "\n".join([f"a: {mark}", *(f"  {line}" if line else "" for line in lines)]) + "\n"
    value, faults, _ = compose(written)
    return [mark, *lines] if not faults and value == {"a": text} else None


def _width(text: str) -> int:
    """The columns that a text takes; Han characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
