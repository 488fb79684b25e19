"""The page of the data files: what there is, for whom, how large, under which licence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chamberbook.derive import Directory
from chamberbook.exports.columns import Table, explained
from chamberbook.exports.package import DataFile
from chamberbook.feeds import MOST
from chamberbook.pages.feeds import URL as FEEDS
from chamberbook.pages.feeds import feed_folders
from chamberbook.pages.model import Page
from chamberbook.problems import Translate
from chamberbook.settings import Settings

URL = "data/"


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as the page lists it."""

    name: str
    url: str
    what: str
    form: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Fields:
    """A table with its columns, for the explanation of fields."""

    name: str
    title: str
    description: str
    columns: tuple[tuple[str, str, str, str], ...]


def data_page(
    directory: Directory, files: Sequence[DataFile], tables: Sequence[Table], settings: Settings, _: Translate
) -> Page:
    """The page; `files` are the finished ones."""
    rows = {file.name: _row(file, tables, _) for file in files}
    first = [rows.pop(name) for name in _FIRST if name in rows]
    return Page(
        url=URL,
        title=_("下载数据"),
        description=_(
            "名录的全部内容，Excel、CSV、JSON、SQLite 都有，可以自由使用、转载、再加工，请注明出处。"
        ),
        template="data.html",
        data={
            "totals": directory.totals,
            "as_of": directory.as_of,
            "version": VERSION,
            "folder": FOLDER,
            "files": tuple(first),
            "more": tuple(row for row in rows.values() if not _describes(row.name) and not _counts(row.name)),
            "figures": tuple(row for row in rows.values() if _counts(row.name)),
            "schemas": tuple(row for row in rows.values() if row.name.startswith("schema/")),
            "formats": {row.name.rpartition(".")[2] for row in first},
            "fields": tuple(_fields(table, _) for table in tables if not _counts(table.name)),
            "home": settings.base_url or "",
            "fed": bool(feed_folders(directory, settings)),
            "most": MOST,
        },
        tab="stats",
        feed=FEEDS if feed_folders(directory, settings) else None,
    )


#: The version of keys and columns: they are added to, never renamed, retyped or removed; that takes the next number.
VERSION = "v1"
FOLDER = f"data/{VERSION}/"
#: The files that most people want, in the order of the page.
_FIRST = (
    "chambers.xlsx", "chambers.csv", "chambers.json", "chambers.ndjson", "chambers.sqlite", "ratings.csv", "charters.csv",
    "federations.csv", "schemes.csv", "sources.csv", "vocabularies.json",
)  # fmt: skip


def _describes(name: str) -> bool:
    """Whether a file says what the others are."""
    return name.startswith("schema/") or name in ("datapackage.json", "metadata.json")


def _counts(name: str) -> bool:
    """Whether a file holds what the others add up to."""
    return name.startswith("stats/")


def _row(file: DataFile, tables: Sequence[Table], _: Translate) -> FileRow:
    stem, _dot, ending = file.name.rpartition(".")
    titles = {table.name: f"{_(table.title)}{_('：')}{explained(table.description, _)}" for table in tables}
    what = _what(_).get(file.name) or titles.get(stem) or titles.get(stem.removeprefix("schema/"), "")
    return FileRow(file.name, FOLDER + file.name, what, _forms(_)[ending], file_size(file.size), file.sha256)


def _what(_: Translate) -> Mapping[str, str]:
    return {
        "chambers.xlsx": _("全部表，一张一页，中文表头；商会一家一行"),
        "chambers.csv": _("全部商会，一家一行；UTF-8，Excel、WPS直接打开不乱码"),
        "chambers.json": _("全部商会，含来源、等级、公约"),
        "chambers.ndjson": _("同上，一行一家，可以边读边用"),
        "chambers.sqlite": _("全部表，带全文检索"),
        "changes.json": _("更新记录，最近的在前"),
        "changes.ndjson": _("同上，一行一条"),
        "ratings.csv": _("等级与称号，逐条带日期和状态"),
        "charters.csv": _("行规行约，逐份带主题和日期"),
        "federations.csv": _("工商联"),
        "schemes.csv": _("评定办法"),
        "sources.csv": _("每条资料的来源"),
        "vocabularies.json": _("地区、行业、类型、主题等词表"),
    }


def _forms(_: Translate) -> Mapping[str, str]:
    return {
        "xlsx": _("Excel、WPS"),
        "csv": "CSV",
        "json": "JSON",
        "ndjson": "NDJSON",
        "sqlite": "SQLite",
    }


def _fields(table: Table, _: Translate) -> Fields:
    types = {
        "string": _("文字"),
        "integer": _("整数"),
        "number": _("数"),
        "boolean": _("是否"),
        "date": _("日期"),
    }
    columns = tuple(
        (
            column.key,
            _(column.title),
            _("日期") if column.pattern else types[column.type],
            explained(column.description, _),
        )
        for column in table.columns
    )
    return Fields(table.name, _(table.title), explained(table.description, _), columns)


def file_size(size: int) -> str:
    """Bytes as people write them: 88 B, 188 KB, 1.9 MB."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{round(size / 1024)} KB"
    return f"{size / 1024 / 1024:.1f} MB"
