"""What happened to the records: one value for the sentences of a comparison, the page of changes, the feeds and the data.

How it is read from git is the business of `changes`; here is only what the later stages may know of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import Literal, NamedTuple

from chamberbook.cache import digest

#: Words of a closed list, published in the data files; a word is never given another meaning.
EventName = Literal[
    "added", "removed", "merged", "renamed", "moved", "transferred", "dissolved", "status_changed",
    "level_awarded", "level_raised", "level_lowered", "level_revoked", "level_expiring", "level_expired",
    "charter_adopted", "charter_revised", "charter_withdrawn", "charter_text_changed", "corrected",
]  # fmt: skip
#: What an event says: ids, codes, names, dates as ISO text, numbers.
Facts = Mapping[str, str | int | tuple[str, ...]]
#: Why nothing is told of the past.
Missing = Literal["", "no git", "shallow", "not committed", "preview"]
#: Since when a record is there, and when it last changed.
Days = tuple[date | None, date | None]
_NOTHING: Facts = MappingProxyType({})


class Cited(NamedTuple):
    """A source by its title, publisher, date (ISO text as precise as it is known, or empty) and address (or empty)."""

    title: str
    publisher: str
    date: str
    url: str


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a chamber, and where and to whom it belonged then.

    `when` is the time of the commit that brought it into the directory, or the beginning of the day that did; it and
    `commit` are empty in a comparison of two versions, which does not know when. `commit` is empty for what the
    calendar brings; `key` is the id where it has been worked out already. `fields` among the facts of a correction are
    fields of the record, `contact.phone` for one within.
    """

    name: EventName
    slug: str
    facts: Facts = field(default_factory=lambda: _NOTHING)
    sources: tuple[Cited, ...] = ()
    federation: str = ""
    region: str = ""
    industries: tuple[str, ...] = ()
    when: datetime | None = None
    commit: str = ""
    key: str = ""

    @property
    def id(self) -> str:
        """Tells the event from all others, in every build: 16 hexadecimal digits."""
        if self.key:
            return self.key
        facts = (part for key, value in self.facts.items() for part in (key, str(value)))
        return digest(self.name, self.slug, self.commit, *facts).hex()[:16]


@dataclass(frozen=True)
class History:
    """The past of the records as the main line of git tells it; all empty when it cannot be told for certain.

    `created` and `changed` are by slug: since when the record is there without a break, and when what it says (or the
    full text of one of its charters) last changed. `events` come newest first. `missing` says why there is nothing.
    """

    created: Mapping[str, datetime] = field(default_factory=dict)
    changed: Mapping[str, datetime] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    missing: Missing = ""

    def days(self, slug: str) -> Days:
        """The two as days where the commits were made."""
        created, changed = self.created.get(slug), self.changed.get(slug)
        return created and created.date(), changed and changed.date()

    @cached_property
    def digest(self) -> bytes:
        """Stands for the events and for why there are none; the dates are part of what stands for each record."""
        return digest(self.missing, *(f"{event.when} {event.id}" for event in self.events))


def together(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events of one commit, all corrections of a chamber made one, in the place of the first."""
    found: dict[tuple[str, str] | int, Event] = {}
    for number, event in enumerate(events):
        key = (event.slug, event.name) if event.name == "corrected" else number
        if key in found:
            before, more = found[key], event.facts.get("fields", ())
            assert isinstance(more, tuple)
            fields = (*_fields(before), *(one for one in more if one not in _fields(before)))
            found[key] = replace(before, facts={"fields": fields})
        else:
            found[key] = event
    return tuple(found.values())


def _fields(event: Event) -> tuple[str, ...]:
    fields = event.facts["fields"]
    assert isinstance(fields, tuple)
    return fields
