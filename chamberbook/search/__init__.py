"""Directory -> the search index and what its scripts read."""

from chamberbook.search.index import check_index, index
from chamberbook.search.seen import seen_digest

__all__ = ["check_index", "index", "seen_digest"]
