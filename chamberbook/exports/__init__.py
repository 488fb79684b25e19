"""The directory as data: the files below `data/v1/` and each chamber's `record.json`; one small module a format."""

from chamberbook.exports.page import URL
from chamberbook.exports.write import FORMATS, beside, data_tables, write_files

__all__ = ["FORMATS", "URL", "beside", "data_tables", "write_files"]
