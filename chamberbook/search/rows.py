"""What a result shows of a record: values only, the words around them come from the page's language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from chamberbook.articles import articles
from chamberbook.derive import ChamberEntry, CharterEntry
from chamberbook.formats import han_script
from chamberbook.pages import views
from chamberbook.search.fields import charter_title
from chamberbook.search.table import Entry, order_keys, trades

#: Titles of charters that a chamber's result may name.
_TITLES = 5
#: Rows to a file, and the characters after which a file is full: charters bring their articles along.
_ROWS, _CHARACTERS = 50, 20_000
#: From this many files on there is a second set in the order of trades.
_BOTH = 4


@dataclass(frozen=True, slots=True)
class RowFiles:
    """The rows in files that a script can load one by one, in one order or in two.

    The first results of a search lie side by side in the order of names (one place), or in that of trades (one trade).
    So there are both, and a script loads the fewest files that hold what it shows. `starts`: for each order the place
    with which each file begins; `orders`: the numbers of the records in that order.
    """

    rows: Sequence[dict[str, Any]]
    orders: Mapping[str, Sequence[int]]
    starts: Mapping[str, Sequence[int]]

    def seen(self, found: Sequence[Entry]) -> RowFiles:
        """The same files with the rows of the same records in another language; what they are sorted by stays."""
        rows = [{**_row(one), "keys": row["keys"]} for one, row in zip(found, self.rows, strict=True)]
        return replace(self, rows=rows)

    def files(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """(name, rows) of each file."""
        for order, firsts in self.starts.items():
            for number, (first, last) in enumerate(pairwise([*firsts, len(self.rows)])):
                yield f"{order}-{number}.json", [self.rows[at] for at in self.orders[order][first:last]]


def row_files(found: Sequence[Entry]) -> RowFiles:
    """The rows of all records."""
    rows = [_row(one) for one in found]
    sizes = [len(json.dumps(row, ensure_ascii=False)) for row in rows]
    orders = {"name": list(range(len(rows)))}
    starts = {"name": _starts(orders["name"], sizes)}
    if len(starts["name"]) >= _BOTH:
        orders["trade"] = sorted(orders["name"], key=lambda at: (trades(found[at]), at))
        starts["trade"] = _starts(orders["trade"], sizes)
    return RowFiles(rows, orders, starts)


def _row(entry: Entry) -> dict[str, Any]:
    row = chamber_row(entry) if isinstance(entry, ChamberEntry) else charter_row(entry)
    return {**row, "keys": order_keys(entry)}


def _starts(numbers: Iterable[int], sizes: Sequence[int]) -> list[int]:
    starts: list[int] = []
    count = size = 0
    for place, at in enumerate(numbers):
        if not starts or count == _ROWS or size + sizes[at] > _CHARACTERS:
            starts.append(place)
            count = size = 0
        count += 1
        size += sizes[at]
    return starts


def chamber_row(entry: ChamberEntry) -> dict[str, Any]:
    """The row of a list, as templates/pages/macros.html prints it, and the titles of its charters."""
    row = views.chamber_row(entry)
    return _without_empty(
        {
            "record": "chamber",
            "url": row.url,
            "name": row.name,
            "script": han_script(row.name),
            "kind": row.kind,
            "founded": row.founded and row.founded.year,
            "reading": row.reading,
            "alias": row.alias,
            "aliasScript": row.alias and han_script(row.alias),
            "status": row.status,
            "verified": row.verified and row.verified.year,
            "place": row.place,
            "within": row.within,
            "trade": row.trade,
            "ratings": [_rating(rating) for rating in row.ratings],
            "more": row.more_ratings,
            "charters": row.charters,
            "titles": [charter_title(charter) for charter in entry.charters[:_TITLES]],
            "topics": sorted({topic.title for charter in entry.charters for topic in charter.topics}),
        }
    )


def charter_row(entry: CharterEntry) -> dict[str, Any]:
    """A charter with its chamber, summary, topics and the articles of its text."""
    return _without_empty(
        {
            "record": "charter",
            "url": entry.url,
            "name": charter_title(entry),
            "titled": entry.charter.title is not None,
            "owner": entry.chamber.name,
            "status": entry.charter.status,
            "summary": entry.charter.summary,
            "topics": [topic.title for topic in entry.topics],
            "articles": [
                {"anchor": block.anchor, "label": block.label, "text": " ".join(block.text.split())}
                for block in articles(entry.text or "")
            ],
        }
    )


def _rating(rating: views.RatingView) -> dict[str, Any]:
    return _without_empty(
        {
            "form": rating.form,
            "stars": rating.stars,
            "words": rating.words,
            "scheme": rating.scheme,
            "state": rating.state,
            "when": rating.when and str(rating.when),
            "period": rating.period,
            "ends": rating.ends and rating.ends.isoformat(),
        }
    )


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", 0, [], False)}
