"""Where the words of a record stand in what Pagefind indexes, so that a place in a page tells record, field and order.

Pagefind gives, for one word, the pages that hold it and the places of the word in each page. A page here is no page
of the site: it holds the words of some thirty neighbouring records, each field of each record in a stretch of its own.
The stretches of one field are equally long within a page, filled up with marks that are no words; so eight numbers a
page are all that a script needs to say to which record and field a place belongs, and two words are neighbours in the
text when their places are. Pages of many records also keep Pagefind's own tables small: a page a record costs a reader
of 10,000 records 70 KB more before the first result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

#: A place without a word: between two runs of a text, and where a stretch is filled up.
GAP = "-"
#: Records to a page, and the words after which a page is full.
_RECORDS, _WORDS = 32, 40_000


@dataclass(frozen=True, slots=True)
class Fields:
    """The words of one record by field, with a GAP wherever two neighbours are not neighbours in the text.

    `name`, `singles`, `syllables` and `initials` are the same text, the name, cut in four ways, each from its first
    character on. `alias`: what else it is called. `about`: place, trade, kind. `charter`: title and topics of a
    charter. `text`: everything else.
    """

    name: Sequence[str] = ()
    singles: Sequence[str] = ()
    syllables: Sequence[str] = ()
    initials: Sequence[str] = ()
    alias: Sequence[str] = ()
    about: Sequence[str] = ()
    charter: Sequence[str] = ()
    text: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The records of one page: how many, and how long a stretch of each field is; the text of the page."""

    records: int
    strides: tuple[int, ...]
    text: str

    def html(self) -> str:
        """What Pagefind reads. The words are letters and marks, there is nothing to escape."""
        return f"<!doctype html><html><body data-pagefind-body><p>{self.text}</p></body></html>"


def groups(found: Iterable[Fields]) -> Iterator[Group]:
    """The pages, in the order of the records."""
    waiting: list[tuple[Sequence[str], ...]] = []
    words = 0
    for fields in found:
        lanes = (
            fields.name,
            fields.singles,
            fields.syllables,
            fields.initials,
            fields.alias,
            fields.about,
            fields.charter,
            fields.text,
        )
        size = sum(map(len, lanes))
        if waiting and (len(waiting) == _RECORDS or words + size > _WORDS):
            yield _group(waiting)
            waiting, words = [], 0
        waiting.append(lanes)
        words += size
    if waiting:
        yield _group(waiting)


def _group(records: list[tuple[Sequence[str], ...]]) -> Group:
    strides = tuple(max(len(lanes[at]) for lanes in records) + 1 for at in range(len(records[0])))
    words: list[str] = []
    for at, stride in enumerate(strides):
        for lanes in records:
            words += lanes[at]
            words += [GAP] * (stride - len(lanes[at]))
    return Group(len(records), strides, " ".join(words))
