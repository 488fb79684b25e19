"""The certain corrections of a field's value: another way of writing what was clearly meant, never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date

from chamberbook.problems import Fix, Place
from chamberbook.source import Document

_YES = frozenset({"是", "对", "真", "有", "yes", "y", "on", "true"})
_NO = frozenset({"否", "不", "不是", "假", "无", "没有", "no", "n", "off", "false"})
_DATE = re.compile(r"(\d{4})(?:(?:年|[./-])(?:(\d{1,2})(?:(?:月|[./-])(?:(\d{1,2})日?)?)?)?)?")
#: The end of a name that says only what the field is about: 行业商会 for 行业.
_TAILS = ("商会", "级", "单位")


def narrow(text: str) -> str:
    """The text with half-width letters, digits and signs."""
    return unicodedata.normalize("NFKC", text).replace("，", ",").strip()


def as_flag(text: str) -> str | None:
    """`true` or `false` for a word that means it."""
    word = narrow(text).lower()
    return "true" if word in _YES else "false" if word in _NO else None


def as_date(text: str) -> str | None:
    """`2008-06` for `2008年6月` or `2008/6`; only year, month, day in that order, and only days of the calendar."""
    match = _DATE.fullmatch(narrow(text).replace(" ", ""))
    if match is None:
        return None
    parts = [int(part) for part in match.groups() if part]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        return None
    return "-".join([match[1], *(f"{part:02d}" for part in parts[1:])])


def as_whole(text: str) -> str | None:
    """`1930` for `１９３０` or `1,930`."""
    plain = narrow(text)
    if re.fullmatch(r"\d{1,3}(,\d{3})+", plain):
        plain = plain.replace(",", "")
    return plain if plain != text and re.fullmatch(r"\d+", plain) else None


def as_pattern(text: str, pattern: str) -> str | None:
    """The text as its pattern wants it, where only width, case or a year's 年 stands in the way."""
    plain = narrow(text)
    years = re.sub(r"\s*(?:--?|—+|–|~|至)\s*", "-", plain).replace("年度", "").replace("年", "")
    for other in (plain, plain.upper(), plain.lower(), years):
        if other != text and re.fullmatch(pattern, other):
            return other
    return None


def as_choice(text: str, choices: Collection[str], description: str) -> str | None:
    """The choice for its own Chinese name, as the field's description gives it (`industry 行业，…`), or in other case."""
    word = narrow(text).lower()
    if word in choices:
        return word
    names: dict[str, str] = {
        name: choice for choice, name in re.findall(r"([a-z_]+) ([^，。]+)[，。]", description)
    }
    for name in (word, *(word.removesuffix(tail) for tail in _TAILS)):
        if (choice := names.get(name)) in choices:
            return choice
    return None


def unquoted(document: Document, place: Place, old: str, new: str | None) -> Fix | None:
    """As `replaced`, for a value that is not text: the quotes around it go too."""
    fix = replaced(document, place, old, new)
    if fix and fix.column > place.column:
        return Fix(fix.column - 1, fix.length + 2, fix.text)
    return fix


def replaced(document: Document, place: Place, old: str, new: str | None) -> Fix | None:
    """The correction of a value or key that stands at `place` as it is written; quotes around it stay."""
    # A record need not stand in a text: that of a spreadsheet has cells for places.
    line = next(iter(document.text.split("\n")[place.line - 1 : place.line]), "")
    start = place.column - 1
    start += line[start : start + 1] in ('"', "'")
    if not new or not old or not line.startswith(old, start):
        return None
    return Fix(start + 1, len(old), new)
