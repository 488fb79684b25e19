"""What one commit did to the records: the changes between it and its parent, by the rules of every comparison.

A step follows from its commit and today's rating schemes alone, so that it is worked out once and kept. Only what the
commit touched is read: what it left alone cannot have changed, and cannot be what something else was renamed to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chamberbook.changes.chambers import chamber_changes
from chamberbook.changes.log import Commit, Past, Touched, contents
from chamberbook.changes.pairs import pair
from chamberbook.changes.tree import Tree
from chamberbook.history import Cited, Event, together
from chamberbook.load import TOP, Loaded, LoadedChamber
from chamberbook.load.fields import valid
from chamberbook.records import Chamber, Tombstone
from chamberbook.source import parse_yaml

_RECORD = re.compile(rf"{TOP}/([a-z0-9][a-z0-9-]*)/([a-z0-9][a-z0-9-]*)\.yml")
_STONE = re.compile(rf"{TOP}/_tombstones/([a-z0-9][a-z0-9-]*)\.yml")
_TEXT = re.compile(rf"{TOP}/[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9.-]*\.md")


@dataclass(frozen=True, slots=True)
class Step:
    """One commit: the records that came and went by their slugs, those that changed their slug (from, to), those that
    say something else than before, the full texts that changed by their paths, and the events.
    """

    commit: str
    when: datetime
    came: tuple[str, ...]
    went: tuple[str, ...]
    moved: tuple[tuple[str, str], ...]
    touched: tuple[str, ...]
    texts: tuple[str, ...]
    events: tuple[Event, ...]


class Reader:
    """Gives steps; keeps what a commit leaves, because that is what a later one finds, and nothing older: a history of
    many versions takes no more memory than one of few.

    `today` is what lies in the folder now: its schemes say what levels mean, and of `known` blobs it knows the records.
    """

    def __init__(self, past: Past, today: Loaded, known: Mapping[str, Chamber]) -> None:
        self._past = past
        self._bare = replace(today, federations={}, problems=())
        self._known = known
        self._read: dict[str, Chamber | None] = {}

    def step(self, commit: Commit, files: Sequence[Touched]) -> Step:
        """What a commit did."""
        self._read_all(files)
        old = self._tree(commit, files, new=False)
        new = self._tree(commit, files, new=True)
        pairing = pair(old.loaded, new.loaded)
        changes = chamber_changes(old, new, pairing)
        found = together(change.event for change in changes if change.event)
        for file in files:
            self._read.pop(file.old, None)
        before, after = (_slugs(files, new=new) for new in (False, True))
        same = {now.slug for was, now in pairing.kept if was.chamber == now.chamber}
        return Step(
            commit.id,
            commit.when,
            tuple(sorted(after - before)),
            tuple(sorted(before - after)),
            tuple((was.slug, now.slug) for was, now in pairing.kept if was.slug != now.slug),
            tuple(sorted(after - same)),
            tuple(file.path for file in files if file.old and file.new and _TEXT.fullmatch(file.path)),
            tuple(_dated(event, commit) for event in found),
        )

    def _tree(self, commit: Commit, files: Sequence[Touched], *, new: bool) -> Tree:
        chambers: dict[str, LoadedChamber] = {}
        unread: set[str] = set()
        for file in files:
            blob, match = (file.new if new else file.old), _RECORD.fullmatch(file.path)
            if not blob or match is None or match[2] == "federation":
                continue
            chamber = self._known.get(blob) or self._read.get(blob)
            if chamber is None or match[2] in chambers:
                unread.add(file.path)
            else:
                chambers[match[2]] = LoadedChamber(match[2], match[1], file.path, chamber, {})
        stones = dict(self._stones(files)) if new else {}
        loaded = replace(self._bare, chambers=chambers, tombstones=stones, unread=frozenset(unread))
        return Tree(commit.id, loaded, (), None, {}, commit.when.date(), sound=True)

    def _stones(self, files: Sequence[Touched]) -> Iterator[tuple[str, Tombstone]]:
        found = {file.new: match[1] for file in files if file.new and (match := _STONE.fullmatch(file.path))}
        for blob, data in contents(self._past, list(found)):
            stone = valid(Tombstone, parse_yaml(data, TOP, top="mapping").value)
            if stone is not None:
                yield found[blob], stone

    def _read_all(self, files: Sequence[Touched]) -> None:
        records = (file for file in files if _RECORD.fullmatch(file.path))
        blobs = {blob: None for file in records for blob in (file.old, file.new) if blob}
        wanted = [blob for blob in blobs if blob not in self._known and blob not in self._read]
        for blob, data in contents(self._past, wanted):
            document = parse_yaml(data, TOP, top="mapping")
            self._read[blob] = valid(Chamber, document.value) if not document.problems else None


def _dated(event: Event, commit: Commit) -> Event:
    dated = replace(event, when=commit.when, commit=commit.id)
    return replace(dated, key=dated.id)


def _slugs(files: Sequence[Touched], *, new: bool) -> set[str]:
    found = (
        match for file in files if (file.new if new else file.old) and (match := _RECORD.fullmatch(file.path))
    )
    return {match[2] for match in found if match[2] != "federation"}


def packed(step: Step) -> bytes:
    """A step as bytes to keep; times and the commit come from the log."""
    events = [
        (e.name, e.slug, dict(e.facts), e.sources, e.federation, e.region, e.industries, e.id)
        for e in step.events
    ]
    parts = (step.came, step.went, step.moved, step.touched, step.texts, events)
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(data: bytes, commit: Commit) -> Step:
    """The step again."""
    came, went, moved, touched, texts, events = json.loads(data)
    return Step(
        commit.id,
        commit.when,
        tuple(came),
        tuple(went),
        tuple((old, new) for old, new in moved),
        tuple(touched),
        tuple(texts),
        tuple(_event(values, commit) for values in events),
    )


def _event(values: Sequence[Any], commit: Commit) -> Event:
    name, slug, facts, sources, federation, region, industries, key = values
    return Event(
        name,
        slug,
        {key: tuple(value) if isinstance(value, list) else value for key, value in facts.items()},
        tuple(Cited(*source) for source in sources),
        federation,
        region,
        tuple(industries),
        commit.when,
        commit.id,
        key,
    )
