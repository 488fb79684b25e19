"""Directory -> the search index and what its scripts read."""

from chamberbook.search.index import check_index, index

__all__ = ["check_index", "index"]
