"""The numbers of sources on a page: [1] is what the page cites first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chamberbook.records import Source

#: A source with its number on the page.
Numbered = tuple[int, Source]


class Citations:
    """Numbers the sources of one record in the order in which one page first cites them.

    Ask for the references in the order in which the page prints them.
    """

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._numbers: dict[str, int] = {}

    def refs(self, ids: Iterable[str]) -> tuple[int, ...]:
        """The numbers to print behind a fact, smallest first."""
        return tuple(sorted({self._numbers.setdefault(id_, len(self._numbers) + 1) for id_ in ids}))

    def cited(self) -> tuple[Numbered, ...]:
        """The sources that the page cited so far."""
        return tuple((number, self._sources[id_]) for id_, number in self._numbers.items())

    def listed(self) -> tuple[Numbered, ...]:
        """All sources of the record: those cited, then those that stand behind no single fact."""
        self.refs(id_ for id_ in self._sources if id_ not in self._numbers)
        return self.cited()


def fact_sources(
    field: str, stated: Mapping[str, tuple[str, ...]], sources: Mapping[str, Source]
) -> tuple[str, ...]:
    """The sources of a plain fact: those that the record names for it, else all it has (mostly one)."""
    return stated.get(field) or tuple(sources)
