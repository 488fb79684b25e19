"""YAML text -> plain values; where a value stands is found again only when a problem has to say it."""

from chamberbook.source.document import MAX_BYTES, Document, decode, parse_text, parse_yaml, place_at
from chamberbook.source.events import Loc, Value

__all__ = ["MAX_BYTES", "Document", "Loc", "Value", "decode", "parse_text", "parse_yaml", "place_at"]
