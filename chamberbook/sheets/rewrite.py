"""A record's file with new values: what did not change keeps its comments, the whole is in canonical form."""

from __future__ import annotations

from typing import Any

from chamberbook.canonical import Shape, tree_text, write_yaml
from chamberbook.source.tree import Collection, Entry, parse_tree

KIND = "chamber"


def new_text(value: dict[str, Any], shape: Shape) -> str:
    """The file of a new record."""
    return write_yaml(value, KIND, shape)


def rewritten(text: str, value: dict[str, Any], shape: Shape) -> str:
    """The file with these values in place of its own. `text` is one in which nothing was found wrong."""
    tree = parse_tree(text)
    _merge_fields(tree.root, value)
    return tree_text(tree, KIND, shape)


def _merge_fields(box: Collection, value: dict[str, Any]) -> None:
    known = {entry.key: entry for entry in box.entries}
    lost = [comment for key, entry in known.items() if key not in value for comment in _comments(entry)]
    entries = [known.get(key) or Entry(key, 0, box.owner) for key in value]
    for entry in entries:
        _merge(entry, value[entry.key or ""])
    box.entries = entries
    _keep(lost, entries)


def _merge_items(box: Collection, value: list[Any]) -> None:
    """Items that stay take their comments along; the others take the places that are free, in order."""
    unused = list(box.entries)
    chosen: list[Entry | None] = []
    for item in value:
        same = next((entry for entry in unused if _plain(entry.value) == item), None)
        if same is not None:
            unused.remove(same)
        chosen.append(same)
    entries = []
    for item, entry in zip(value, chosen, strict=True):
        taken = entry or (unused.pop(0) if unused else Entry(None, 0, box.owner))
        _merge(taken, item)
        entries.append(taken)
    box.entries = entries
    _keep([comment for entry in unused for comment in _comments(entry)], entries)


def _merge(entry: Entry, value: Any) -> None:
    old = entry.value
    if isinstance(value, dict | list):
        mapping = isinstance(value, dict)
        if not isinstance(old, Collection) or old.mapping != mapping:
            entry.value = old = Collection(mapping, False, 0, entry)
        if isinstance(value, dict):
            _merge_fields(old, value)
        else:
            _merge_items(old, value)
    else:
        if isinstance(old, Collection):
            entry.above += [comment for inner in old.entries for comment in _comments(inner)]
        entry.value = value


def _keep(lost: list[str], entries: list[Entry]) -> None:
    """Comments of what went stay with what is left: nobody but their writer knows whether they still hold."""
    if entries:
        entries[-1].below += lost


def _comments(entry: Entry) -> list[str]:
    inner = entry.value.entries if isinstance(entry.value, Collection) else []
    return [*entry.above, *entry.beside, *(c for e in inner for c in _comments(e)), *entry.below]


def _plain(value: Any) -> Any:
    if not isinstance(value, Collection):
        return value
    if value.mapping:
        return {entry.key: _plain(entry.value) for entry in value.entries}
    return [_plain(entry.value) for entry in value.entries]
