"""Records and an as-of date -> `Directory`: what follows from the records, and every index, built once."""

from chamberbook.derive.directory import (
    STALE_YEARS,
    derive_pinyin,
    derive_place,
    directory,
    industry_codes,
    is_stale,
)
from chamberbook.derive.events import events_digest
from chamberbook.derive.model import (
    ChamberEntry,
    CharterEntry,
    Directory,
    Events,
    FederationEntry,
    Place,
    TombstoneEntry,
    Totals,
)

__all__ = [
    "STALE_YEARS",
    "ChamberEntry",
    "CharterEntry",
    "Directory",
    "Events",
    "FederationEntry",
    "Place",
    "TombstoneEntry",
    "Totals",
    "derive_pinyin",
    "derive_place",
    "directory",
    "events_digest",
    "industry_codes",
    "is_stale",
]
