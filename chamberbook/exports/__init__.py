"""The directory as data: the files below `data/v1/` and each chamber's `record.json`; one small module a format."""

from chamberbook.exports.figures import figure_tables
from chamberbook.exports.page import URL
from chamberbook.exports.records import FILE, record_json
from chamberbook.exports.write import FORMATS, DataSite, PageMaker, data_tables, write_files

__all__ = [
    "FILE",
    "FORMATS",
    "URL",
    "DataSite",
    "PageMaker",
    "data_tables",
    "figure_tables",
    "record_json",
    "write_files",
]
