"""The whole history of the records: the steps of the main line laid one upon another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from chamberbook.cache import Cache, digest
from chamberbook.changes.log import Past, commits, find, held_by, touched, unchanged
from chamberbook.changes.steps import Reader, Step, packed, unpacked
from chamberbook.history import Event, History
from chamberbook.load import Loaded
from chamberbook.records import Chamber

#: Commits that are worked out before they are kept.
_TOGETHER = 64


def read_history(folder: Path, loaded: Loaded, cache: Cache, revision: str | None = None) -> History:
    """What git tells of the records that lie in a folder, or of those of a revision of the repository that it is.

    Without the whole of it nothing is told: in a shallow clone the oldest commit there is seems to have made every
    record. What is not committed has no dates. Raises WrongUse when git breaks off.
    """
    past = find(folder, revision)
    if not isinstance(past, Past):
        return History(missing=past)
    blobs = unchanged(past) if past.alone else held_by(past)
    steps = list(_steps(past, loaded, blobs, cache))
    if not steps:
        return History(missing="not committed")
    return _laid(steps, loaded, blobs)


def _steps(past: Past, loaded: Loaded, blobs: Mapping[str, str], cache: Cache) -> Iterator[Step]:
    """Every step, oldest first; those of an earlier build are taken from the cache."""
    line = commits(past)
    rules = digest(*(part for id_, one in loaded.schemes.items() for part in (id_, one.model_dump_json())))
    keys = {commit.id: cache.key("step", commit.id, past.prefix, rules) for commit in line}
    kept = cache.read(keys.values())
    new = [commit for commit in line if keys[commit.id] not in kept]
    reader = Reader(past, loaded, _known(loaded, blobs))
    made: dict[str, Step] = {}
    for start in range(0, len(new), _TOGETHER):
        some = [reader.step(commit, files) for commit, files in touched(past, new[start : start + _TOGETHER])]
        cache.write({keys[step.commit]: packed(step) for step in some})
        made |= {step.commit: step for step in some}
    for commit in line:
        yield made.get(commit.id) or unpacked(kept[keys[commit.id]], commit)


def _known(loaded: Loaded, blobs: Mapping[str, str]) -> dict[str, Chamber]:
    """The records that are read already, by what git calls the bytes of their files."""
    return {blobs[one.path]: one.chamber for one in loaded.chambers.values() if one.path in blobs}


@dataclass
class _Dates:
    """Since when the records are there, and when they last changed, up to some step."""

    created: dict[str, datetime] = field(default_factory=dict)
    changed: dict[str, datetime] = field(default_factory=dict)

    def take(self, step: Step, owners: Mapping[str, tuple[str, str]]) -> None:
        moved = {new: self.created[old] for old, new in step.moved if old in self.created}
        for slug in step.went:
            self.created.pop(slug, None)
            self.changed.pop(slug, None)
        self.created |= dict.fromkeys(step.came, step.when) | moved
        self.changed |= dict.fromkeys(step.touched, step.when)
        self.changed |= {owners[path][0]: step.when for path in step.texts if path in owners}


def _laid(steps: Sequence[Step], loaded: Loaded, blobs: Mapping[str, str]) -> History:
    owners = dict(_owners(loaded))
    dates = _Dates()
    events: list[Event] = []
    for step in steps:
        dates.take(step, owners)
        events += (*step.events, *_text_events(step, loaded, owners))
    whole = {one.slug for one in loaded.chambers.values() if _paths(one.path, one.texts) <= blobs.keys()}
    return History(
        created={slug: day for slug, day in dates.created.items() if slug in loaded.chambers},
        changed={slug: day for slug, day in dates.changed.items() if slug in whole},
        events=tuple(_tellable(reversed(events), loaded)),
    )


def _owners(loaded: Loaded) -> Iterator[tuple[str, tuple[str, str]]]:
    """The slug and the charter that each full text belongs to today, by the path of the text."""
    for one in loaded.chambers.values():
        for charter in one.chamber.charters:
            if charter.text in one.texts:
                yield f"{one.path.rpartition('/')[0]}/{charter.text}", (one.slug, charter.id)


def _paths(record: str, texts: Iterable[str]) -> set[str]:
    folder = record.rpartition("/")[0]
    return {record, *(f"{folder}/{name}" for name in texts)}


def _text_events(step: Step, loaded: Loaded, owners: Mapping[str, tuple[str, str]]) -> Iterator[Event]:
    """Changes of full texts: which charter a text belongs to is known of today's records."""
    for path in step.texts:
        if path in owners:
            slug, id_ = owners[path]
            one = loaded.chambers[slug]
            charter = next(charter for charter in one.chamber.charters if charter.id == id_)
            facts = {"charter": id_, "title": charter.title or "", "type": charter.type}
            yield Event(
                "charter_text_changed",
                slug,
                {key: value for key, value in facts.items() if value},
                (),
                one.federation,
                one.chamber.region or "",
                one.chamber.industries,
                step.when,
                step.commit,
            )


def _tellable(events: Iterable[Event], loaded: Loaded) -> Iterator[Event]:
    """Of a record that was taken out nothing is told but that it was: what it said is nowhere any more."""
    there = {*loaded.chambers, *(old for one in loaded.chambers.values() for old in one.chamber.former_slugs)}
    stones = loaded.tombstones
    gone = {*stones, *(old for stone in stones.values() for old in stone.former_slugs)}
    for event in events:
        if event.name == "removed" or (event.slug in there and event.slug not in gone):
            yield event
