"""One cell: what a program may have made of it, and the value that was meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from chamberbook.problems import N_, Message, shown
from chamberbook.sheets.columns import Column, Kind
from chamberbook.sheets.words import Words
from chamberbook.source import Value

SEPARATOR = "；"

_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?)?[年月日]?")
_DAY_NUMBER, _MONTH_NUMBER = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)"), re.compile(r"((?:19|20)\d\d)(\d\d)")
_WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+")
_SERVICE = re.compile(r"(?:[48]00\d{7}|(?:95|96|12)\d{3,4})")
#: Kinds whose values are letters, digits and signs: full-width ones mean the plain ones.
_PLAIN: frozenset[Kind] = frozenset({
    "slug", "code", "phone", "date", "period", "count", "score", "region", "industries"
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds: its text, and what the program that saved it took the text for."""

    text: str
    type: Literal["text", "number", "date", "yes", "formula", "error"] = "text"

    def trimmed(self) -> str:
        """The text without outer blanks, wide and unbreakable ones too."""
        return self.text.strip().strip("\u3000\xa0\ufeff").strip()


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a cell's content cannot be its value."""

    rule: str
    message: Message
    hint: Message


def value_of(cell: Cell, column: Column, words: Mapping[Kind, Words]) -> Value | Wrong:
    """The value of a filled cell as a record's file would hold it, or what is wrong with it."""
    if (wrong := _damaged(cell, column)) is not None:
        return wrong
    text = cell.trimmed()
    if column.kind in _PLAIN:
        text = unicodedata.normalize("NFKC", text).strip()
    if column.kind == "date":
        return _date(text)
    if column.kind == "count" and _WHOLE.fullmatch(text):
        return text.replace(",", "")
    if column.kind in ("texts", "industries", "charter_topics"):
        return _several(cell, column, words)
    if column.kind == "region":
        return _coded(text, words["region"])
    if column.kind in words:
        return _word(text, column, words[column.kind])
    return text


def text_of(value: Value, kind: Kind, words: Mapping[Kind, Words]) -> str:
    """What a cell shows for a value of a record; `value_of` gives the value back."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return words["yes"].label(str(value).lower())
    if isinstance(value, list):
        labels = [text_of(item, kind, words) for item in value]
        # A separator inside an item: then an item a line, so that it stays one.
        return (
            "\n".join([*labels, ""]) if any(re.search("[;；]", x) for x in labels) else SEPARATOR.join(labels)
        )
    return words[kind].label(str(value)) if kind in words else str(value)


def _damaged(cell: Cell, column: Column) -> Wrong | None:
    """A formula, an error, or what a program turns codes, phones and dates into when it takes them for numbers."""
    values = {"heading": column.heading, "value": shown(cell.text)}
    text_cell = Message(N_("把这一格的格式改成“文本”，再照原样写"))
    if cell.type == "formula":
        hint = Message(N_("写上内容本身；要留着算出来的结果，复制后“选择性粘贴”为数值"))
        return Wrong("SHEET-005", Message(N_("这一格是公式，不读"), values), hint)
    if cell.type == "error":
        message = Message(N_("这一格是算不出来的结果“{value}”"), values)
        return Wrong("SHEET-005", message, Message(N_("写上内容本身，或清空这一格")))
    if cell.type == "date" and column.kind != "date":
        message = Message(N_("“{heading}”被表格软件当成了日期（{value}）"), values)
        return Wrong("SHEET-006", message, text_cell)
    if cell.type != "number":
        return None
    if column.kind == "phone" and not _SERVICE.fullmatch(cell.text):
        message = Message(N_("“{heading}”被表格软件当成了数字，区号前面的 0 丢了"), values)
        return Wrong("SHEET-006", message, text_cell)
    if column.kind == "code" and len(cell.text) > 15:
        message = Message(N_("“{heading}”被表格软件当成了数字，后几位不可靠"), values)
        return Wrong("SHEET-006", message, text_cell)
    return None


def _date(text: str) -> Value | Wrong:
    """ISO text of what the ways of writing a date mean; a lone day number of the program is not guessed at."""
    match = _DAY_NUMBER.fullmatch(text) or _MONTH_NUMBER.fullmatch(text) or _DATE.fullmatch(text)
    if match is None:
        hint = Message(N_("把格式改成“文本”，写成 2008、2008-06 或 2008-06-30"))
        if re.fullmatch(r"\d{5}(\.\d+)?", text):
            message = Message(N_("“{value}”像是表格软件记日期用的数，不是日期"), {"value": text})
            return Wrong("SHEET-006", message, hint)
        return text
    year, *rest = (part for part in match.groups() if part)
    if re.fullmatch(r"\d{4}\.\d", text):
        # 2008.1 may have been 2008.10 before a program took it for a number.
        message = Message(N_("“{value}”看不出是几月"), {"value": text})
        return Wrong("SHEET-006", message, Message(N_("写成 2008-01 或 2008-10，月份两位")))
    return "-".join([year, *(part.zfill(2) for part in rest)])


def _several(cell: Cell, column: Column, words: Mapping[Kind, Words]) -> Value | Wrong:
    lined = "\n" in cell.text.lstrip()
    parts = re.split(r"\n" if lined else "[;；]", cell.text)
    items = [trimmed for part in parts if (trimmed := Cell(part).trimmed())]
    if column.kind == "industries":
        found = [_coded(unicodedata.normalize("NFKC", item), words["industries"]) for item in items]
        codes: list[Value] = [item for item in found if isinstance(item, str)]
        return next((item for item in found if isinstance(item, Wrong)), codes)
    if column.loc[-1] == "source":
        items = [part for item in items for part in re.split(r"[,，、\s]+", item) if part]
    return list(items)


def _coded(text: str, words: Words) -> str | Wrong:
    """The code that begins `320282 宜兴市`; a name alone when only one code has it."""
    plain = {unicodedata.normalize("NFKC", label): code for label, code in words.codes.items()}
    if text in plain:
        return plain[text]
    code, _, name = text.partition(" ")
    if code in words.labels and name.strip():
        values = {"value": shown(text), "label": words.labels[code]}
        message = Message(N_("“{value}”的代码和名称对不上"), values)
        return Wrong("SHEET-004", message, Message(N_("这个代码是“{label}”；改代码，或只写代码"), values))
    named = [code for label, code in plain.items() if label.partition(" ")[2] == text]
    if len(named) == 1:
        return named[0]
    if named or (text not in words.labels and not re.match(r"[0-9A-Za-z]", text)):
        near = tuple(words.labels[code] for code in named[:3]) or words.nearest(text)[:3]
        message = Message(N_("“{value}”认不出是哪一个代码"), {"value": shown(text)})
        return Wrong("SHEET-004", message, Message(N_("写代码；是不是 {choices}"), {"choices": near}))
    return text


def _word(text: str, column: Column, words: Words) -> Value | Wrong:
    code = words.code(text)
    if code is None and column.kind == "yes":
        code = {"true": "true", "false": "false", "1": "true", "0": "false"}.get(text.lower())
    if code is None:
        values = {"heading": column.heading, "value": shown(text), "choices": words.nearest(text)}
        message = Message(N_("“{heading}”不能写“{value}”"), values)
        return Wrong("SHEET-004", message, Message(N_("可以写的有：{choices}"), values))
    return code == "true" if column.kind == "yes" else code
