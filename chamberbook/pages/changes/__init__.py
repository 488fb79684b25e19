"""The page of changes and its parts: by month, by kind; what an event reads like to a reader."""

from chamberbook.pages.changes.listing import follows, units
from chamberbook.pages.changes.words import EventView, Words

__all__ = ["EventView", "Words", "follows", "units"]
