"""What a result shows of a record: values only, the words around them come from the page's language."""

from __future__ import annotations

from typing import Any

from chamberbook.articles import articles
from chamberbook.derive import ChamberEntry, CharterEntry
from chamberbook.formats import han_script
from chamberbook.pages import views
from chamberbook.search.fields import charter_title

#: Titles of charters that a chamber's result may name.
_TITLES = 5


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
