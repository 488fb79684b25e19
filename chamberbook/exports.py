"""The records as data files beside their pages: `chambers/<slug>/record.json`. The form loads them."""

from __future__ import annotations

import json
from pathlib import Path

from chamberbook.derive import ChamberEntry, Directory

FILE = "record.json"


def write_records(directory: Directory, site: Path) -> None:
    """One file for each chamber, in the folder of its page: where its YAML file lies, and what that file says."""
    for entry in directory.chambers:
        folder = site / entry.url
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_text(record_json(entry), encoding="utf-8", newline="\n")


def record_json(entry: ChamberEntry) -> str:
    """The text of one file; what the record leaves open is left out."""
    record = entry.chamber.model_dump(mode="json", exclude_defaults=True)
    return json.dumps({"path": entry.path, "record": record}, ensure_ascii=False) + "\n"
