"""Directory -> the search index and what its scripts read."""

from chamberbook.search.index import View, check_index, index
from chamberbook.search.seen import seen_digest

__all__ = ["View", "check_index", "index", "seen_digest"]
