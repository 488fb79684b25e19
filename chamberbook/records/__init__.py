"""The typed, frozen record models. No I/O: `load` makes them, everything after `load` only reads them."""

from chamberbook.records.base import Consent, Contact, Doubt, Honor, PartialDate, Record, Source
from chamberbook.records.chamber import (
    CITED_FACTS,
    Activity,
    Chamber,
    Charter,
    CharterStatus,
    FormerName,
    Kind,
    Level,
    Members,
    Rating,
    Status,
)
from chamberbook.records.federation import Document, Federation, Figure
from chamberbook.records.scheme import (
    Clauses,
    Requirement,
    Scheme,
    SchemeItem,
    SchemeLevel,
    SchemeResult,
    SchemeStep,
)
from chamberbook.records.tombstone import RemovalReason, Tombstone
from chamberbook.records.vocabulary import Industry, KindTerm, Region, RegionSuccessor, Term, Vocabulary

__all__ = [
    "CITED_FACTS", "Activity", "Chamber", "Charter", "CharterStatus", "Clauses", "Consent", "Contact", "Document", "Doubt", "Federation",
    "Figure", "FormerName", "Honor", "Industry", "Kind", "KindTerm", "Level", "Members", "PartialDate", "Rating",
    "Record", "Region", "RegionSuccessor", "RemovalReason", "Requirement", "Scheme", "SchemeItem", "SchemeLevel", "SchemeResult",
    "SchemeStep", "Source", "Status", "Term", "Tombstone", "Vocabulary",
]  # fmt: skip
