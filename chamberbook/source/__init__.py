"""YAML text -> plain values; where a value stands is found again only when a problem has to say it."""

from chamberbook.source.document import Document, decode, parse_yaml, place_at
from chamberbook.source.events import Loc, Value

__all__ = ["Document", "Loc", "Value", "decode", "parse_yaml", "place_at"]
