"""Directory -> the search index and what its scripts read."""

from chamberbook.search.index import index

__all__ = ["index"]
