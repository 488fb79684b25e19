"""Values for tests: the least that is valid, with the fields that a test is about."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import yaml

from chamberbook.load import LoadedChamber
from chamberbook.records import Chamber, Federation, Scheme

SITES = Path(__file__).resolve().parent / "sites"
SMALL = SITES / "small"

_SOURCES = {"r1": {"title": "交流材料", "publisher": "宜兴市工商联", "date": "2008-06", "kind": "report"}}


def chamber_fields(**fields: object) -> dict[str, object]:
    """The values of a valid chamber's file."""
    valid = {"name": "宜兴市示例商会", "kind": "industry", "industries": ["C30"], "region": "320282"}
    return {**valid, "sources": _SOURCES, **fields}


def make_chamber(**fields: object) -> Chamber:
    """A chamber that differs from the least one in the given fields."""
    return Chamber.model_validate(chamber_fields(**fields))


def make_loaded(slug: str = "yixing-shili", federation: str = "yixing", **fields: object) -> LoadedChamber:
    """A chamber with its address in the directory, without full texts."""
    return LoadedChamber(slug, federation, f"chambers/{federation}/{slug}.yml", make_chamber(**fields), {})


def make_federation(**fields: object) -> Federation:
    """A federation that differs from the least one in the given fields."""
    valid = {
        "name": "宜兴市工商业联合会",
        "short_name": "宜兴市工商联",
        "level": "county",
        "region": "320282",
    }
    return Federation.model_validate({**valid, **fields})


def make_scheme(**fields: object) -> Scheme:
    """A scheme with one level that differs from the least one in the given fields."""
    levels = [{"id": "wu-xing", "label": "五星级", "form": "stars", "stars": 5, "rank": 5}]
    valid = {
        "name": "示例市星级商会考评办法",
        "short_name": "示例星级",
        "summary": "评五星。",
        "levels": levels,
    }
    return Scheme.model_validate({**valid, **fields})


def make_site(root: Path, files: Mapping[str, object] | None = None) -> Path:
    """A copy of sites/small below `root`, with files (text, bytes, or values for YAML; None removes) laid over it."""
    shutil.copytree(SMALL, root, dirs_exist_ok=True)
    for name, content in (files or {}).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            path.unlink()
        elif isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = (
                content
                if isinstance(content, str)
                else yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
            )
            path.write_text(text, "utf-8", newline="\n")
    return root
