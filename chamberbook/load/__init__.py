"""Files -> records: every mistake becomes a Problem and none stops the next."""

from chamberbook.load.loaded import Loaded, LoadedChamber
from chamberbook.load.reader import read_all

__all__ = ["Loaded", "LoadedChamber", "read_all"]
