"""What reading gives: the records by their ids, and the way back from a record to its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chamberbook.load.texts import Texts
from chamberbook.problems import Place, Problem
from chamberbook.records import Chamber, Federation, Scheme, Tombstone, Vocabulary
from chamberbook.source import Document, Loc


@dataclass(frozen=True, slots=True)
class LoadedChamber:
    """A chamber's record with its address in the directory and the full texts of its charters by file name."""

    slug: str
    federation: str
    path: str
    chamber: Chamber
    texts: Mapping[str, str]
    #: Stands for the bytes of its files; empty when they are not as they should be, or there are none yet.
    digest: bytes = b""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything under `chambers/`. With problems of severity error, some records are missing: see `unread`."""

    vocabulary: Vocabulary
    schemes: Mapping[str, Scheme]
    federations: Mapping[str, Federation]
    chambers: Mapping[str, LoadedChamber]
    #: What stays of records that were taken out, by the slug that they had.
    tombstones: Mapping[str, Tombstone]
    problems: tuple[Problem, ...]
    #: Paths of the files that exist but gave no record, so that rules do not call what they hold unknown.
    unread: frozenset[str]
    files: Texts
    #: Stands for the bytes of all records that are not chambers; empty as above.
    beside: bytes = b""

    def place(self, path: str, loc: Loc = (), *, key: bool = False) -> Place:
        """Where the value at `loc` of a file stands; see `Document.place`."""
        return Document(path, self.files.get(path, ""), None, ()).place(loc, key=key)
