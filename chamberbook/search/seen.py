"""What search sees of a directory, as one digest: while it is as it was, so is the index.

Of a record everything counts but what is named here, so that a new field counts until somebody has made sure that
search does not read it; a test builds the index without each of them and finds the same files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from chamberbook.cache import Cache, digest
from chamberbook.derive import ChamberEntry, Directory
from chamberbook.problems import Translate
from chamberbook.search.words import words
from chamberbook.settings import Settings

#: The fields of a chamber that search does not read, as pydantic's `exclude` takes them.
UNSEEN: Mapping[str, Any] = MappingProxyType({
    **dict.fromkeys(("doubts", "sources", "fact_sources", "contact", "members", "activities", "honors"), True),
    **dict.fromkeys(("status_as_of", "successor", "former_slugs", "region_then", "level", "ended"), True),
    "former_names": {"__all__": {"until", "source"}},
    "ratings": {"__all__": {"score", "awarded_by", "document", "note", "source"}},
    "charters": {
        "__all__": {"monitoring", "monitoring_body", "sanctions", "sanctions_text", "pdf", "pdf_sha256", "note", "source"}
    },
})  # fmt: skip
#: Records whose digest is kept together.
_TOGETHER = 50


def seen_digest(directory: Directory, settings: Settings, translate: Translate, cache: Cache) -> bytes:
    """Stands for everything that `search.index` is made from, beside the program."""
    chambers = directory.chambers
    parts: list[bytes | str] = [repr(settings), repr(words(translate)), *_terms(directory)]
    slices = [chambers[start : start + _TOGETHER] for start in range(0, len(chambers), _TOGETHER)]
    keys = [cache.key("seen", *(entry.digest for entry in part)) for part in slices]
    known = cache.read(keys)
    new: dict[bytes, bytes] = {}
    for key, part in zip(keys, slices, strict=True):
        parts.append(known.get(key) or new.setdefault(key, _records_digest(part)))
    cache.write(new)
    parts += [f"{entry.stale}{[(award.state, award.ends) for award in entry.awards]}" for entry in chambers]
    return digest(*parts)


def _terms(directory: Directory) -> Iterator[str]:
    """The words of the vocabularies and the schemes."""
    for terms in (
        directory.regions, directory.industries, directory.kinds, directory.topics, directory.charter_types,
        directory.schemes,
    ):  # fmt: skip
        for id_, term in sorted(terms.items()):
            yield f"{id_} {term.model_dump_json()}"


def _records_digest(entries: Sequence[ChamberEntry]) -> bytes:
    """Stands for the records, whatever the day."""
    parts = []
    for entry in entries:
        parts += [entry.slug, entry.chamber.model_dump_json(exclude=dict(UNSEEN))]
        parts += [charter.text or "" for charter in entry.charters]
    return digest(*parts)
