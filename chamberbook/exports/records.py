"""Records as JSON: `chambers.json` and `.ndjson`, each chamber's own file beside its page, and the other lists.

One text of a chamber serves all three: a line of the lists is, byte for byte, the chamber's own file. The form of the
site loads that file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel
from pydantic_core import to_json

from chamberbook.changes.output import event_values
from chamberbook.derive import ChamberEntry, Directory
from chamberbook.exports.columns import Row, Table
from chamberbook.pages.changes import Words

FILE = "record.json"
#: Events of the list of changes: some years of a large directory.
MOST_CHANGES = 10_000


def write_chambers(entries: Sequence[ChamberEntry], base: str, folder: Path) -> None:
    """The two lists, one record at a time; `base` is the public address, or empty."""
    with JsonFile(folder, "chambers") as lists:
        for entry in entries:
            lists.add(chamber_json(entry, base))


def record_json(entry: ChamberEntry, base: str = "") -> bytes:
    """A chamber's own file."""
    return chamber_json(entry, base) + b"\n"


def chamber_json(entry: ChamberEntry, base: str = "") -> bytes:
    """A chamber as PublishedChamber; what the record leaves open is left out."""
    record = entry.chamber.model_dump_json(exclude_defaults=True).encode()
    head = {"id": entry.slug, "url": base + entry.url, "path": entry.path, "federation": entry.federation_id}
    head |= _days(entry)
    return to_json(head)[:-1] + b',"record":' + record + b',"derived":' + to_json(_derived(entry)) + b"}"


def _days(entry: ChamberEntry) -> dict[str, str]:
    found = {"created": entry.created, "changed": entry.changed}
    return {key: day.isoformat() for key, day in found.items() if day}


def _derived(entry: ChamberEntry) -> dict[str, Any]:
    awards = {id(award.rating): award for award in entry.awards}
    return {
        "kind": entry.kind.title,
        "places": [region.name for region in entry.place.chain],
        "industries": [industry.title for industry in entry.industries],
        "ratings": [
            {"state": award.state, "ends": award.ends} if award.ends else {"state": award.state}
            for award in (awards[id(rating)] for rating in entry.chamber.ratings)
        ],
        "stale": entry.stale,
    }


def write_lists(directory: Directory, base: str, folder: Path) -> None:
    """federations, schemes and tombstones as JSON and NDJSON; the vocabularies as one object."""
    _write(folder, "federations", _federations(directory, base))
    _write(folder, "schemes", _schemes(directory, base))
    _write(folder, "tombstones", _tombstones(directory, base))
    lists: Mapping[str, Iterable[tuple[str, BaseModel]]] = {
        "regions": sorted({**directory.retired_regions, **directory.regions}.items()),
        "industries": sorted(directory.industries.items()),
        "kinds": sorted(directory.kinds.items()),
        "charter_types": sorted(directory.charter_types.items()),
        "charter_topics": sorted(directory.topics.items()),
        "activity_topics": sorted(directory.activity_topics.items()),
    }
    parts = [
        f"{json.dumps(name)}: [\n{','.join(one.model_dump_json(exclude_defaults=True) for _, one in found)}\n]"
        for name, found in lists.items()
    ]
    text = "{" + ",\n".join(parts) + "}\n"
    (folder / "vocabularies.json").write_text(text, encoding="utf-8", newline="\n")


def write_changes(directory: Directory, base: str, folder: Path) -> None:
    """The newest of what happened, newest first; no file when the past is not known."""
    if not directory.events.all:
        return
    words = Words(directory, str)
    with JsonFile(folder, "changes") as file:
        for event in directory.events.all[:MOST_CHANGES]:
            view = words.view(event)
            line: dict[str, Any] = {**event_values(event), "name": view.name, "text": view.text}
            if view.url is not None:
                line["url"] = base + view.url
            file.add(to_json(line))


def _federations(directory: Directory, base: str) -> Iterator[bytes]:
    for id_, entry in sorted(directory.federations.items()):
        head: dict[str, Any] = {"id": id_, "url": base + entry.url}
        if entry.parent:
            head["parent"] = entry.parent
        yield _line(head, entry.federation.model_dump_json(exclude_defaults=True))


def _schemes(directory: Directory, base: str) -> Iterator[bytes]:
    for id_, scheme in sorted(directory.schemes.items()):
        head = {"id": id_, "url": f"{base}ratings/{id_}/"}
        yield _line(head, scheme.model_dump_json(exclude_defaults=True))


def _tombstones(directory: Directory, base: str) -> Iterator[bytes]:
    for entry in directory.tombstones:
        head = {"id": entry.slug, "url": base + entry.url}
        yield _line(head, entry.tombstone.model_dump_json(exclude_defaults=True))


def _line(head: dict[str, Any], record: str) -> bytes:
    return to_json(head)[:-1] + b',"record":' + record.encode() + b"}"


def _write(folder: Path, name: str, lines: Iterable[bytes]) -> None:
    with JsonFile(folder, name) as file:
        for line in lines:
            file.add(line)


class JsonFile:
    """The same entries as one JSON list and as NDJSON, added one by one."""

    def __init__(self, folder: Path, name: str) -> None:
        self._array = (folder / f"{name}.json").open("wb")
        self._lines = (folder / f"{name}.ndjson").open("wb")
        self._start = b"[\n"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._array.write(b"[]\n" if self._start == b"[\n" else b"\n]\n")
        self._array.close()
        self._lines.close()

    def add(self, line: bytes) -> None:
        """An entry, without a line end."""
        self._array.write(self._start + line)
        self._lines.write(line + b"\n")
        self._start = b",\n"


class RowsFile(JsonFile):
    """The rows of a table as JSON objects; empty cells are left out."""

    def __init__(self, folder: Path, table: Table) -> None:
        super().__init__(folder, table.name)
        self._keys = [column.key for column in table.columns]

    def write(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.add(to_json({k: v for k, v in zip(self._keys, row, strict=True) if v is not None}))
