"""The rows of one chamber -> the values of its file, and the way back from each value to its cell."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chamberbook.load import Loaded
from chamberbook.problems import N_, Message, Problem, shown
from chamberbook.records import Chamber
from chamberbook.sheets.cells import Cell, Wrong, text_of, value_of
from chamberbook.sheets.columns import Column, Kind, Table
from chamberbook.sheets.place import CellPlace
from chamberbook.sheets.rows import Row, Sent
from chamberbook.sheets.words import Words, level_words
from chamberbook.source import Document, Loc

#: Lists that a file holds as a mapping.
_BY_KEY = frozenset({"sources", "fact_sources"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDocument(Document):
    """A record that stands in cells: what `load` asks of a file, answered with the places of cells."""

    home: CellPlace
    places: Mapping[Loc, CellPlace]

    def place(self, loc: Loc, *, key: bool = False) -> CellPlace:  # noqa: ARG002  # a cell has no key of its own
        """The cell of the value, else of the nearest thing around it, else of the chamber's 编号."""
        while loc and loc not in self.places:
            loc = loc[:-1]
        return self.places[loc] if loc else self.home


@dataclass(frozen=True, slots=True)
class Before:
    """A record as it is: the values of its file, and what the models read in them. Both empty for a new one."""

    raw: Mapping[str, Any]
    read: Mapping[str, Any]


def document_of(
    row: Row, sent: Sent, before: Before, loaded: Loaded, words: Mapping[Kind, Words]
) -> SheetDocument:
    """What the rows of a chamber say, laid over what its file holds: only what differs is changed."""
    reader = _Reader(row, before, loaded, words)
    reader.read_main(row)
    for sheet in sent.sheets.values():
        if sheet.table.field:
            reader.read_list(sheet.table, sheet.of(row.slug))
    if not reader.raw.get("sources"):
        message = Message(N_("缺少来源"))
        hint = Message(N_("在“来源”表里给它写至少一条；CSV 没有这张表，新加的商会要用 .xlsx"))
        reader.problems.append(Problem(row.place, "SHEET-003", message, hint))
    return SheetDocument(
        path=row.place.path,
        text="",
        value=reader.raw,
        problems=tuple(reader.problems),
        home=row.place,
        places=reader.places,
    )


class _Reader:
    """Gathers values, places and problems of one chamber."""

    def __init__(self, row: Row, before: Before, loaded: Loaded, words: Mapping[Kind, Words]) -> None:
        self.home = row.place
        self.before, self.loaded, self.words = before, loaded, words
        self.raw: dict[str, Any] = copy.deepcopy(dict(before.raw))
        self.places: dict[Loc, CellPlace] = {}
        self.problems: list[Problem] = []

    def read_main(self, row: Row) -> None:
        """The plain facts, one column each; columns that are not there leave the record as it is."""
        for column, place in row.places.items():
            if column.kind in ("slug", "shown"):
                continue
            self.places[column.loc] = place
            old = self.before.read
            for step in column.loc[:-1]:
                old = old.get(step) or {}
            ok, value = self._value(row, column)
            cell = row.cells.get(column, Cell(""))
            if ok and not self._same(old.get(column.loc[-1]), value, cell, column):
                self._put(column.loc, value)
        contact = self.raw.get("contact")
        consent = contact.get("consent") if isinstance(contact, dict) else None
        if isinstance(consent, dict) and all(value is None for value in consent.values()):
            self.raw["contact"]["consent"] = None

    def read_list(self, table: Table, rows: tuple[Row, ...]) -> None:
        """A list: its rows are all of it. A row that says what it said keeps the file's own item."""
        old_read, old_raw = self.before.read.get(table.field), self.before.raw.get(table.field)
        old = list(_items(table, old_read, old_raw))
        unused = list(range(len(old)))
        items: list[Any] = []
        for row in rows:
            key = self._key(table, row, items)
            step = key if table.field in _BY_KEY else len(items)
            self.places[table.field, step] = row.place
            self.places |= {(table.field, step, *column.loc): row.places[column] for column in table.own}
            same = next((i for i in unused if self._same_row(table, row, old[i][0])), None)
            if same is not None:
                unused.remove(same)
                items.append((key, copy.deepcopy(old[same][1])))
                continue
            base: dict[str, Any] = next((b for a, b in old if table.key and a.get(table.key) == key), {})
            items.append((key, self._item(table, row, dict(base))))
        self._check_texts(table, {key for key, _ in items})
        if items or old:
            self.raw[table.field] = _joined(table, items)

    def _item(self, table: Table, row: Row, item: dict[str, Any]) -> dict[str, Any]:
        for column in table.own:
            ok, value = self._value(row, column)
            if ok and value in (None, []):
                item.pop(column.loc[0], None)
            elif ok:
                single = column.loc[0] == "source" and isinstance(value, list) and len(value) == 1
                item[column.loc[0]] = value[0] if single and isinstance(value, list) else value
        return item

    def _value(self, row: Row, column: Column) -> tuple[bool, Any]:
        """Whether a cell could be read, and its value; what is wrong becomes a problem."""
        cell = row.cells.get(column)
        if cell is None:
            if column.required:
                message = Message(N_("缺少“{heading}”"), {"heading": column.heading})
                hint = Message(N_("这一格不能空；整行都不要的，把整行删掉"))
                self.problems.append(Problem(row.places[column], "SHEET-003", message, hint))
            return not column.required, None
        value = value_of(cell, column, self._words(row))
        if isinstance(value, Wrong):
            self.problems.append(Problem(row.places[column], value.rule, value.message, value.hint))
            return False, None
        return True, value

    def _words(self, row: Row) -> Mapping[Kind, Words]:
        """The vocabularies; for a rating the levels of its own scheme."""
        for column, cell in row.cells.items():
            if column.kind == "scheme":
                scheme = self.words["scheme"].code(cell.trimmed()) or ""
                return {**self.words, "rating_level": level_words(self.loaded, scheme)}
        return self.words

    def _key(self, table: Table, row: Row, items: list[Any]) -> str:
        """The text that names an item of a keyed list; taken twice it is a problem."""
        if not table.key:
            return ""
        column = table.own[0]
        cell = row.cells.get(column)
        value = value_of(cell, column, self.words) if cell else None
        key = value if isinstance(value, str) else ""
        if key and key in {known for known, _ in items}:
            values = {"heading": column.heading, "value": shown(key), "slug": row.slug}
            message = Message(N_("{slug} 的“{heading}”{value} 写了两行"), values)
            hint = Message(N_("改一个，或删去一行"))
            self.problems.append(Problem(row.places[column], "SHEET-007", message, hint))
        return key

    def _same_row(self, table: Table, row: Row, old: Mapping[str, Any]) -> bool:
        words = self._words(row)
        for column in table.own:
            cell = row.cells.get(column)
            value = value_of(cell, column, words) if cell else None
            if isinstance(value, Wrong) or not self._same(
                old.get(column.loc[0]), value, cell or Cell(""), column
            ):
                return False
        return True

    def _same(self, old: Any, new: Any, cell: Cell, column: Column) -> bool:
        """Whether a cell says what the record says; a program may have added a day to a month or a year."""
        if column.loc[-1] == "approx":
            return bool(old) == bool(new)
        before, after = _plain(old), _plain(new)
        if before == after:
            return True
        made = column.kind == "date" and (cell.type == "date" or "/" in cell.text)
        return bool(
            made and before and isinstance(after, str) and after == before + "-01-01"[len(before) - 10 :]
        )

    def _put(self, loc: tuple[str, ...], value: Any) -> None:
        box = self.raw
        for step in loc[:-1]:
            if not isinstance(box.get(step), dict):
                box[step] = {}
            box = box[step]
        name = loc[-1]
        if value not in (None, []):
            box[name] = value
        elif name in box:
            if name == "status":
                del box[name]
            else:
                box[name] = [] if isinstance(box[name], list) else None

    def _check_texts(self, table: Table, kept: set[str]) -> None:
        """A charter with its full text beside the record cannot go by a deleted row: the text would be left over."""
        for item in self.before.read.get(table.field) or () if table.field == "charters" else ():
            if item.get("text") and item["id"] not in kept:
                message = Message(
                    N_("表里少了公约 {id}，它有全文 {text}"), {"id": item["id"], "text": item["text"]}
                )
                hint = Message(N_("把这一行补回来；真要删去，在资料文件里删，连同全文"))
                self.problems.append(Problem(self.home, "SHEET-007", message, hint))


def _plain(value: Any) -> str:
    """A value as text, so that 193, 193.0 and "193" are the same, and nothing is as good as none."""
    if value is None or value == []:
        return ""
    if isinstance(value, list):
        return "\n".join(_plain(item) for item in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _items(table: Table, read: Any, raw: Any) -> Iterator[tuple[dict[str, Any], Any]]:
    """The items of a list as the models read them, each with what the file holds."""
    if not read:
        return
    if table.field == "fact_sources":
        yield from (({"fact": key, "source": value}, {"source": raw[key]}) for key, value in read.items())
    elif isinstance(read, dict):
        yield from (({"id": key, **value}, raw[key]) for key, value in read.items())
    else:
        yield from zip(read, raw, strict=True)


def _at(read: Any, loc: tuple[str, ...]) -> Any:
    """The value of a field of a record, None where a part of it is not there."""
    for step in loc:
        read = (read or {}).get(step)
    return read


def _joined(table: Table, items: list[tuple[str, Any]]) -> Any:
    if table.field == "fact_sources":
        return {key: item.get("source") for key, item in items if key}
    if table.field == "sources":
        return {key: {k: v for k, v in item.items() if k != "id"} for key, item in items if key}
    return [item for _, item in items]


def texts_of(
    chamber: Chamber, table: Table, loaded: Loaded, words: Mapping[Kind, Words]
) -> Iterator[dict[Column, str]]:
    """The rows of a chamber in a table, as cells show them."""
    read = chamber.model_dump(mode="json")
    if not table.field:
        yield {c: text_of(_at(read, c.loc), c.kind, words) for c in table.own}
        return
    for item, _ in _items(table, read[table.field], read[table.field]):
        known = words
        if table.field == "ratings":
            known = {**words, "rating_level": level_words(loaded, item["scheme"])}
        if item.get("approx") is False:
            item["approx"] = None
        yield {c: text_of(item[c.loc[0]], c.kind, known) for c in table.own}
