"""A federation's chambers as an Excel workbook: lists to choose from, text that stays text, the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from chamberbook.load import Loaded, LoadedChamber
from chamberbook.sheets.cells import SEPARATOR
from chamberbook.sheets.columns import GUIDE, LISTS, Column, Kind, Table, tables
from chamberbook.sheets.rows import REQUIRED
from chamberbook.sheets.values import texts_of
from chamberbook.sheets.words import Words, vocabularies

_TEXT, _NUMBER = "@", "General"
_HEAD, _NEEDED = PatternFill("solid", fgColor="E3E8EE"), PatternFill("solid", fgColor="F6DDB8")
_BOLD, _WRAP = Font(bold=True), Alignment(vertical="top", wrap_text=True)
#: Rows below the last one that have drop-down lists, for new chambers and items.
_SPARE_ROWS = 500
#: Programs that read these signs at the start of a cell as a formula are told that it is text.
_FORMULA_SIGNS = ("=", "+", "-", "@")
_SEVERAL: frozenset[Kind] = frozenset({"industries", "charter_topics"})
_WIDTHS: Mapping[Kind, int] = {"slug": 26, "date": 12, "count": 9, "score": 9, "yes": 9, "period": 12}
_RULES = (
    "一行一家商会，“商会”表写基本栏目；会员规模、等级、公约等有几条写几行，写在各自的表里，用编号指到商会。",
    f"标题带“{REQUIRED}”、底色不同的栏必填，别的不知道就留空，不要猜。",
    "每一条都要在“来源”一栏写上“来源”表里的编号；没有来源的不收。一家商会有两个以上来源的，在“各项的来源”表里写明基本栏目出自哪里。",
    "日期写成 2008、2008-06 或 2008-06-30，知道多细写多细。代码、日期、电话所在的栏已设成文本，请保留，免得丢掉前面的 0。",
    "不写个人姓名、手机号、身份证号、住址；联系方式写办公电话和机构邮箱。电话确是手机号的，写明机主单独同意，或公开的出处。",
    "编号定了不改。删掉一行商会，不会删除它的资料；合并、终止的，改“状态”。各表里删掉的一条，就从资料里去掉。",
    "公约全文不在表里，按编号留着不动。公式不读；以 = + - @ 开头的内容当文字。",
    "可以加减空行、换栏目次序、加筛选；不要改表名和栏目名。存成 .xlsx 交回。",
)


def workbook_bytes(loaded: Loaded, federation: str) -> bytes:
    """The workbook of one federation: a sheet of chambers, one for each list, instructions, the vocabularies."""
    words = vocabularies(loaded)
    chambers = [entry for _, entry in sorted(loaded.chambers.items()) if entry.federation == federation]
    book = Workbook()
    book.remove(book.active)
    sheets = [(table, book.create_sheet(table.sheet)) for table in tables()]
    guide = book.create_sheet(GUIDE)
    ranges = _write_lists(book.create_sheet(LISTS), _choices(words, loaded))
    for table, sheet in sheets:
        _write_table(sheet, table, chambers, loaded, words)
        _add_choices(sheet, table, ranges)
    _write_guide(guide, federation, loaded)
    buffer = io.BytesIO()
    book.save(buffer)
    return _undated(buffer.getvalue())


def _choices(words: Mapping[Kind, Words], loaded: Loaded) -> dict[Kind, list[str]]:
    """What each kind of column can be chosen from; levels of all schemes together, as a list knows no other cell."""
    found: dict[Kind, list[str]] = {kind: list(known.codes) for kind, known in words.items()}
    labels = (level.label for scheme in loaded.schemes.values() for level in scheme.levels)
    found["rating_level"] = list(dict.fromkeys(labels))
    retired = {region.code for region in loaded.vocabulary.regions if region.retired}
    found["region"] = [label for label in found["region"] if label.partition(" ")[0] not in retired]
    return found


def _write_table(
    sheet: Any, table: Table, chambers: Iterable[LoadedChamber], loaded: Loaded, words: Mapping[Kind, Words]
) -> None:
    for index, column in enumerate(table.columns, 1):
        cell = sheet.cell(1, index)
        _set_text(cell, column.heading + (f" {REQUIRED}" if column.required else ""))
        cell.font, cell.fill, cell.alignment = _BOLD, _NEEDED if column.required else _HEAD, _WRAP
        layout = sheet.column_dimensions[get_column_letter(index)]
        layout.width = _WIDTHS.get(
            column.kind, 40 if column.loc[-1:] in (("fact",), ("note",), ("summary",)) else 18
        )
        layout.number_format = _NUMBER if column.kind in ("count", "score") else _TEXT
    number = 1
    for entry in chambers:
        for texts in texts_of(entry.chamber, table, loaded, words):
            number += 1
            for index, column in enumerate(table.columns, 1):
                special = {"slug": entry.slug, "shown": entry.chamber.name}
                _set(sheet.cell(number, index), special.get(column.kind) or texts.get(column, ""), column)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{max(number, 2)}"


def _set(cell: Any, text: str, column: Column) -> None:
    cell.alignment = _WRAP
    if column.kind in ("count", "score") and text:
        cell.value = float(text) if "." in text else int(text)
        cell.number_format = _NUMBER
    else:
        cell.number_format = _TEXT
        if text:
            _set_text(cell, text)


def _set_text(cell: Any, text: str) -> None:
    """Text is text, whatever it begins with."""
    cell.value = text
    cell.data_type = "s"
    if text.startswith(_FORMULA_SIGNS):
        cell.quotePrefix = True


def _write_lists(sheet: Any, choices: Mapping[Kind, list[str]]) -> dict[Kind, str]:
    """Each vocabulary in a column of its own; the ranges that drop-down lists refer to."""
    ranges = {}
    for index, (kind, labels) in enumerate(choices.items(), 1):
        _set_text(sheet.cell(1, index), _LIST_TITLES[kind])
        sheet.cell(1, index).font = _BOLD
        for number, label in enumerate(labels, 2):
            _set_text(sheet.cell(number, index), label)
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = 24
        if labels:
            ranges[kind] = f"'{LISTS}'!${letter}$2:${letter}${len(labels) + 1}"
    sheet.freeze_panes = "A2"
    return ranges


_LIST_TITLES: Mapping[Kind, str] = {
    "kind": "商会类型", "level": "层级", "status": "状态", "charter_status": "公约状态", "source_kind": "来源种类",
    "yes": "是否", "region": "地区", "industries": "行业", "scheme": "办法", "rating_level": "等级",
    "charter_type": "文种", "charter_topics": "公约主题", "activity_topic": "活动主题", "about": "存疑的栏目",
    "fact": "基本栏目",
}  # fmt: skip


def _add_choices(sheet: Any, table: Table, ranges: Mapping[Kind, str]) -> None:
    """Drop-down lists; where several words or a bare code may stand, other content is let through to the check."""
    for index, column in enumerate(table.columns, 1):
        if column.kind not in ranges:
            continue
        choice = DataValidation(type="list", formula1=ranges[column.kind], allow_blank=True)
        choice.showErrorMessage = column.kind not in {*_SEVERAL, "region", "about"}
        choice.errorTitle, choice.error = "不在表里", f"请从下拉表里选；见“{LISTS}”。"
        letter = get_column_letter(index)
        choice.add(f"{letter}2:{letter}{sheet.max_row + _SPARE_ROWS}")
        sheet.add_data_validation(choice)


def _write_guide(sheet: Any, federation: str, loaded: Loaded) -> None:
    """Whose workbook it is, the rules, and every column: what belongs there and what may stand there."""
    record = loaded.federations.get(federation)
    rows: list[tuple[str, ...]] = [
        ("工商联编号", federation),
        ("工商联", record.name if record else federation),
        ("怎样填",),
        *(("", rule) for rule in _RULES),
        ("表", "栏目", "必填", "填什么", "可以写的"),
    ]
    head = len(rows)
    for table in tables():
        for column in table.columns:
            rows.append(
                (
                    table.sheet,
                    column.heading,
                    "必填" if column.required else "",
                    column.note,
                    _allowed(column),
                )
            )
    for number, row in enumerate(rows, 1):
        for index, text in enumerate(row, 1):
            cell = sheet.cell(number, index)
            cell.alignment = _WRAP if number >= head else Alignment(vertical="top")
            if text:
                _set_text(cell, text)
            if number == head or index == 1:
                cell.font = _BOLD
    for letter, width in zip("ABCDE", (14, 18, 8, 70, 50), strict=True):
        sheet.column_dimensions[letter].width = width


def _allowed(column: Column) -> str:
    fixed: Mapping[Kind, str] = {
        "slug": "小写字母和数字，中间用减号",
        "shown": "",
        "code": "字母和数字，照原样",
        "phone": "0510-87491234，分机写“转 801”，几个号码用顿号分开",
        "date": "2008、2008-06、2008-06-30",
        "period": "2023，跨年的 2021-2022",
        "count": "整数",
        "score": "数",
        "texts": f"几项用分号“{SEPARATOR}”隔开",
        "text": "文字",
    }
    if column.kind in fixed:
        return fixed[column.kind]
    several = f"；几项用分号“{SEPARATOR}”隔开" if column.kind in _SEVERAL else ""
    return f"见“{LISTS}”的“{_LIST_TITLES[column.kind]}”{several}"


def _undated(data: bytes) -> bytes:
    """The workbook without the moment of its making, so that equal records give equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2000-01-01T00:00:00Z", content)
            part = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, content)
    return buffer.getvalue()
