"""The facet table: of every record, by number, what filters, counts and orders it. The scripts compute over it.

Pagefind counts by scanning every value of every filter, which takes seconds at 10,000 records, and its filter files
differ from build to build. So it gets no filters, and this one file holds, for each facet, the distinct combinations
of values and which one each record has. Records are numbered: chambers in the order of names, then their charters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from chamberbook.awards import Award
from chamberbook.derive import ChamberEntry, CharterEntry, Directory, industry_codes
from chamberbook.localized import romanised
from chamberbook.pages.views import shown_status
from chamberbook.search.fields import Cutter, Value
from chamberbook.search.generic import BODIES, body_of
from chamberbook.search.layout import Group

#: The facets whose values have words of their own, numbered after the records. The first ones every search needs.
NAMED = ("region", "industry", "kind", "rating", "topic")
_ALWAYS = 3
#: What a column is written in: one character, or as many as its values need. No quote, no backslash.
_ALPHABET = "".join(chr(code) for code in range(35, 127) if code != 92)

Entry = ChamberEntry | CharterEntry


def records(directory: Directory) -> list[Entry]:
    """Every record in the order of its number."""
    return [*directory.chambers, *directory.charters]


def table(
    directory: Directory,
    cutter: Cutter,
    groups: Sequence[Group],
    pages: Sequence[str],
    rows: Mapping[str, Sequence[int]],
    entry: Mapping[str, Any],
) -> dict[str, Any]:
    """What every search needs.

    `pages`: Pagefind's id of each group; `rows`: where the files of rows begin; `entry`: pagefind-entry.json, so that
    it is no request of its own and always of one build with the rest.
    """
    chambers, found = directory.chambers, facets(directory)
    return {
        "chambers": len(chambers),
        "records": len(chambers) + len(directory.charters),
        "entry": entry,
        "pages": [page.removeprefix("unknown_") for page in pages],
        "groups": _groups(groups),
        "length": _numbers([len(cutter.line(entry.chamber.name)) + 1 for entry in chambers]),
        "body": _numbers([_body(entry) for entry in chambers]),
        "held": _column([_held(entry) for entry in chambers]),
        "charters": _numbers([len(entry.charters) for entry in chambers]),
        "rows": rows,
        "facets": {name: found[name] for name in NAMED[:_ALWAYS]},
    }


def other_facets(directory: Directory) -> dict[str, Any]:
    """The facets that only a search with choices needs."""
    return {name: facet for name, facet in facets(directory).items() if name not in NAMED[:_ALWAYS]}


def facets(directory: Directory) -> dict[str, Any]:
    """For each facet `values`: every value; `sets`: every combination, by places in `values`; `of`: each record's set.

    A charter has the places and industries of its chamber, and a chamber the topics of its charters.
    """
    chambers = directory.chambers
    found: dict[str, list[tuple[str, ...]]] = {
        "region": [tuple(region.code for region in e.place.chain) or ("national",) for e in chambers],
        "industry": [trades(e) for e in chambers],
        "kind": [(e.kind.id,) for e in chambers],
        "rating": [_ratings(e.awards) for e in chambers],
        "status": [(shown_status(e),) for e in chambers],
        "topic": [tuple(sorted(topic.id for topic in charter.topics)) for charter in directory.charters],
    }
    return {name: _facet(values) for name, values in found.items()}


def value_texts(directory: Directory) -> list[Value]:
    """Every value of the NAMED facets, in the order of `facets`."""
    found = facets(directory)
    return [
        Value(name, _text(directory, name, value), _english(directory, name, value))
        for name in NAMED
        for value in found[name]["values"]
    ]


def orders(directory: Directory) -> dict[str, str]:
    """For each order but that of names the rank of each chamber; equal ones keep the order of names."""
    return {name: _numbers(_ranks([key(e) for e in directory.chambers])) for name, key in _ORDERS.items()}


def order_keys(entry: Entry) -> dict[str, int]:
    """What an order goes by, the smallest first: ranks of two sites cannot be compared, these can."""
    return {name: key(entry) for name, key in _ORDERS.items()}


def trades(entry: Entry) -> tuple[str, ...]:
    """Sections and divisions, in order: also the order of the second set of rows."""
    return tuple(industry_codes(entry.industries))


def _text(directory: Directory, facet: str, value: str) -> str:
    scheme, _, level = value.partition(":")
    if facet == "region":
        return directory.regions[value].name if value in directory.regions else "全国"
    if facet == "industry":
        return directory.industries[value].title
    if facet == "kind":
        return directory.kinds[value].title
    if facet == "topic":
        return directory.topics[value].title
    if scheme not in directory.schemes:
        return ""
    levels = {one.id: one.label for one in directory.schemes[scheme].levels}
    return levels.get(level, "") if level else directory.schemes[scheme].short_name


def _english(directory: Directory, facet: str, value: str) -> str:
    scheme_id, _, level = value.partition(":")
    if facet == "region":
        return romanised(directory.regions[value]) if value in directory.regions else "China"
    if facet == "industry":
        return directory.industries[value].title_en
    if facet == "kind":
        # Every chamber is found by what English calls it, whatever its kind.
        return f"{directory.kinds[value].title_en or ''} chamber of commerce, association"
    if facet == "topic":
        return directory.topics[value].title_en or ""
    scheme = directory.schemes.get(scheme_id)
    if scheme is None:
        return ""
    labels = {one.id: one.label_en for one in scheme.levels}
    return (labels.get(level) if level else scheme.name_en or scheme.title_en) or ""


def _ratings(awards: Iterable[Award]) -> tuple[str, ...]:
    """Schemes and levels, and of those that hold today once more as values of their own."""
    awards = tuple(awards)
    levels = {f"{award.scheme_id}:{award.level.id}" for award in awards}
    held = {f"{award.scheme_id}:{award.level.id}:in_force" for award in awards if award.holds}
    found = {award.scheme_id for award in awards} | levels | held | ({"in_force"} if held else set())
    return tuple(sorted(found)) or ("none",)


def _facet(values: Sequence[tuple[str, ...]]) -> dict[str, Any]:
    known = sorted({value for combination in values for value in combination})
    place = {value: at for at, value in enumerate(known)}
    column = _column(values)
    return {
        "values": known,
        "sets": [[place[value] for value in combination] for combination in column["sets"]],
        "of": column["of"],
    }


def _column(values: Sequence[tuple[Any, ...]]) -> dict[str, Any]:
    known = sorted(set(values))
    place = {value: at for at, value in enumerate(known)}
    return {"sets": known, "of": _numbers([place[value] for value in values])}


def _groups(groups: Sequence[Group]) -> list[str]:
    """For each column, how many records and how long the stretches are, the numbers of all pages."""
    return [_numbers(column) for column in zip(*((g.records, *g.strides) for g in groups), strict=True)]


def _numbers(values: Sequence[int]) -> str:
    """Numbers from 0 on, each in as many characters as the largest needs; the first character says how many."""
    base, width = len(_ALPHABET), 1
    while base**width <= max(values, default=0):
        width += 1
    digits = [[value // base**place % base for value in values] for place in range(width)]
    return str(width) + "".join("".join(_ALPHABET[d] for d in digit) for digit in digits)


def _held(entry: ChamberEntry) -> tuple[str | int, ...]:
    """The scheme and the rank of the first level that holds; a level counts only beside others of its scheme."""
    award = next((award for award in entry.awards if award.holds), None)
    return (award.scheme_id, award.level.rank) if award else ()


def _body(entry: ChamberEntry) -> int:
    """Which of BODIES the name ends in, from 1; 0 for none."""
    word = body_of(entry.chamber.name)
    return BODIES.index(word) + 1 if word else 0


def _ranks(keys: Sequence[int]) -> list[int]:
    place = {key: at for at, key in enumerate(sorted(set(keys)))}
    return [place[key] for key in keys]


def _rated(entry: Entry) -> int:
    """Newest award first, charters last."""
    if isinstance(entry, CharterEntry):
        return 1
    dates = [a.rating.awarded.last_day for a in entry.awards if a.rating.awarded]
    dates += [date(int(a.rating.period[-4:]), 12, 31) for a in entry.awards if a.rating.period]
    return -max(dates).toordinal() if dates else 0


def _founded(entry: Entry) -> int:
    """Oldest first, unknown last."""
    founded = entry.chamber.founded
    return founded.first_day.toordinal() if founded else date.max.toordinal()


def _verified(entry: Entry) -> int:
    """Newest material first."""
    verified = entry.chamber.verified
    return -verified.last_day.toordinal() if verified else 0


_ORDERS: Mapping[str, Callable[[Entry], int]] = {
    "rated": _rated,
    "founded": _founded,
    "verified": _verified,
}
