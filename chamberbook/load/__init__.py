"""Files -> records: every mistake becomes a Problem and none stops the next."""

from chamberbook.load.folders import DEVICES, RESERVED, TOP
from chamberbook.load.loaded import Loaded, LoadedChamber
from chamberbook.load.memory import Memory
from chamberbook.load.reader import read_all

__all__ = ["DEVICES", "RESERVED", "TOP", "Loaded", "LoadedChamber", "Memory", "read_all"]
