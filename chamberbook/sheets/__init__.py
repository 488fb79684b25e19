"""Spreadsheets: a federation's chambers as a workbook, and a workbook or CSV table back into records."""

from chamberbook.sheets.archive import MAX_BYTES
from chamberbook.sheets.merge import Import, read_import, write_import
from chamberbook.sheets.place import CellPlace
from chamberbook.sheets.workbook import workbook_bytes

__all__ = ["MAX_BYTES", "CellPlace", "Import", "read_import", "workbook_bytes", "write_import"]
