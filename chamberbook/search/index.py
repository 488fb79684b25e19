"""Directory -> the files of search: Pagefind's index, the facet table, the rows of results, names, data for queries."""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from chamberbook.derive import Directory
from chamberbook.localized import in_language
from chamberbook.problems import N_, Message, Translate, WrongUse
from chamberbook.search.data import query_data, topics
from chamberbook.search.facets import facet_tree
from chamberbook.search.fields import Cutter, chamber_fields, charter_fields, searched_text, value_fields
from chamberbook.search.hanzi import hanzi_of
from chamberbook.search.layout import Group, groups
from chamberbook.search.names import names, said
from chamberbook.search.pagefind import find_pagefind, run_pagefind
from chamberbook.search.parts import has_word, smaller_parts
from chamberbook.search.rows import RowFiles, row_files
from chamberbook.search.table import orders, other_facets, records, table, value_texts
from chamberbook.search.tokens import Hanzi, tokens
from chamberbook.search.words import words
from chamberbook.settings import Settings
from chamberbook.traditional import convert_json

#: The page for a directory without records: Pagefind refuses to index nothing. No token reads so.
_NOTHING = "<!doctype html><html><body data-pagefind-body><p>nothing</p></body></html>"


@dataclass(frozen=True, slots=True)
class View:
    """A language in which what is found is shown: the settings of its pages, and its words."""

    settings: Settings
    words: Translate = str


def index(directory: Directory, out: Path, views: Sequence[View]) -> None:
    """Write `pagefind/` and `search/` below `out`: once what is searched, and for each language what is shown of it.

    Raises WrongUse when Pagefind is missing or fails.
    """
    settings, translate = views[0].settings, views[0].words
    found = records(directory)
    cutter = Cutter(hanzi_of(searched_text(directory.chambers)))
    laid: list[Group] = []
    built = run_pagefind(find_pagefind(), _pages(directory, cutter, laid))
    if len(built.pages) != max(len(laid), 1):
        raise WrongUse(
            Message(
                N_("Pagefind 收了 {pages} 页，应有 {wanted} 页"),
                {"pages": len(built.pages), "wanted": len(laid)},
            )
        )
    files = smaller_parts(built.files)
    _write_index(files, out / "pagefind")
    folder = out / "search"
    _write(query_data(directory, settings, cutter, translate), folder / "data.json")
    _write(facet_tree(directory, translate), folder / "facets.json")
    rows = row_files(found)
    entry = json.loads(files["pagefind-entry.json"])
    _write(
        table(directory, cutter, laid, built.pages[: len(laid)], rows.starts, entry), folder / "table.json"
    )
    _write(other_facets(directory), folder / "table-facets.json")
    _write(orders(directory), folder / "orders.json")
    for name, content in rows.files():
        _write(content, folder / "rows" / name)
    for view in views[1:]:
        _write_view(directory, rows, view, folder / view.settings.language.folder)
    foreign = any(view.settings.foreign for view in views)
    for name, entries in names(directory, cutter, foreign=foreign):
        _write(entries, folder / name)


def check_index(site: Path, directory: Directory) -> None:
    """Ask the index of a finished site for the name of a chamber as a browser would: cut it, find its part, read it.

    Raises WrongUse when nothing is found.
    """
    if not directory.chambers:
        return
    name = directory.chambers[0].chamber.name
    try:
        data = json.loads((site / "search/data.json").read_bytes())
        json.loads((site / "search/table.json").read_bytes())
        chars = data["hanzi"]["chars"]
        hanzi = Hanzi(dict(zip(chars[::2], chars[1::2], strict=True)), data["hanzi"]["phrases"])
        words = tokens(name, hanzi)
        found = has_word(lambda path: (site / "pagefind" / path).read_bytes(), words[0]) if words else True
    except (OSError, EOFError, LookupError, ValueError, zlib.error) as error:
        raise WrongUse(Message(N_("搜索索引不能用：{error}"), {"error": error})) from None
    if not found:
        raise WrongUse(Message(N_("搜索索引里找不到 {name}"), {"name": name}))


def _write_view(directory: Directory, rows: RowFiles, view: View, folder: Path) -> None:
    """The files that hold words, in another language: the same rows in the same order, the facets, the words."""
    language = view.settings.language
    seen = in_language(directory, language, view.words)
    change = convert_json if language.traditional else str
    shown = {
        "name": view.settings.name,
        "topics": topics(seen),
        "words": words(view.words),
    }
    _write(shown, folder / "words.json", change)
    _write(facet_tree(seen, view.words), folder / "facets.json", change)
    if view.settings.foreign:
        _write(said(directory, seen), folder / "said.json")
    for name, content in rows.seen(records(seen)).files():
        _write(content, folder / "rows" / name, change)


def _pages(directory: Directory, cutter: Cutter, laid: list[Group]) -> Iterator[str]:
    """The pages for Pagefind, made as it takes them; `laid` keeps how each is laid out."""
    fields = chain(
        (chamber_fields(entry, cutter) for entry in directory.chambers),
        (charter_fields(entry, cutter) for entry in directory.charters),
        (value_fields(value, cutter) for value in value_texts(directory)),
    )
    for group in groups(fields):
        laid.append(Group(group.records, group.strides, ""))
        yield group.html()
    if not directory.chambers:
        yield _NOTHING


def _write_index(files: Mapping[str, bytes], out: Path) -> None:
    shutil.rmtree(out, ignore_errors=True)
    for path, content in files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(content)


def _write(value: Any, path: Path, change: Callable[[str], str] = str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = change(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    path.write_text(text, encoding="utf-8", newline="\n")
