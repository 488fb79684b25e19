"""Rows against records: what would change, checked by the same models and rules, every problem at its cell."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from chamberbook import check as rules
from chamberbook.canonical import Shape, shapes
from chamberbook.load import Loaded, LoadedChamber
from chamberbook.load.fields import validate
from chamberbook.load.folders import check_slug
from chamberbook.problems import N_, Message, Place, Problem, in_order, shown
from chamberbook.records import Chamber
from chamberbook.sheets.columns import MAIN, tables
from chamberbook.sheets.place import CellPlace
from chamberbook.sheets.rewrite import KIND, new_text, rewritten
from chamberbook.sheets.rows import Row, Sent, read_rows
from chamberbook.sheets.tables import read_grids
from chamberbook.sheets.values import Before, SheetDocument, document_of
from chamberbook.sheets.words import vocabularies
from chamberbook.source import Loc, parse_yaml
from chamberbook.source.events import positions


@dataclass(frozen=True, slots=True)
class Change:
    """One record that the table adds or changes, and what its file will hold."""

    slug: str
    path: str
    chamber: Chamber
    text: str
    new: bool
    #: Titles of the fields that change; empty for a new record.
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Import:
    """What an import would do. With a problem of severity error nothing of it may be done."""

    federation: str
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...] = ()
    unchanged: int = 0
    #: Records of the federation without a row; they stay.
    absent: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether a mistake stands in the way."""
        return any(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A record as the table wants it."""

    slug: str
    existing: LoadedChamber | None
    document: SheetDocument
    chamber: Chamber


def read_import(data: bytes, path: str, loaded: Loaded, as_of: date, federation: str = "") -> Import:
    """Compare a file's rows with the records of one federation: the given one, else the one that the file names.

    `Import.federation` is empty when neither says which one it is.
    """
    grids = read_grids(data, path)
    if isinstance(grids, Problem):
        return Import(federation, (grids,))
    sent = read_rows(grids, tables(), path)
    rows = sent.sheets[MAIN].rows if MAIN in sent.sheets else ()
    federation = federation or sent.federation or _federation_of(rows, loaded)
    if not federation:
        return Import("", tuple(in_order(sent.problems)))
    accepted = list(_accepted(rows, federation, loaded, sent))
    drafts = _drafts(accepted, sent, loaded)
    changed = [draft for draft in drafts if not _unchanged(draft)]
    problems, changes = _checked(changed, loaded, federation, as_of)
    own = {slug for slug in loaded.chambers if _is_own(slug, federation, loaded)}
    absent = tuple(sorted(own - {row.slug for row in rows}))
    unchanged = len(drafts) - len(changed)
    return Import(federation, tuple(in_order([*sent.problems, *problems])), changes, unchanged, absent)


def write_import(root: Path, found: Import) -> None:
    """Write the files of an import; each one is replaced whole or not at all."""
    for change in found.changes:
        target = root / change.path
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".import-")
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(change.text)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
        os.chmod(name, mode)
        os.replace(name, target)


def _federation_of(rows: Iterable[Row], loaded: Loaded) -> str:
    """The one federation to which the known chambers of a table belong."""
    found = {loaded.chambers[row.slug].federation for row in rows if row.slug in loaded.chambers}
    return found.pop() if len(found) == 1 else ""


def _accepted(rows: Iterable[Row], federation: str, loaded: Loaded, sent: Sent) -> Iterator[Row]:
    """The rows that may speak for a record; what is wrong with the others, and with rows that belong to nobody."""
    seen: set[str] = set()
    for row in rows:
        problem = _row_problem(row, federation, loaded, seen)
        seen.add(row.slug)
        if problem is None:
            yield row
        else:
            sent.problems.append(problem)
    for sheet in sent.sheets.values():
        for row in sheet.rows:
            # Rows of a record that is there, but not among the chambers of this file, are left alone with it.
            if sheet.table.field and row.slug not in seen and not _is_own(row.slug, federation, loaded):
                message = Message(N_("“商会”表里没有编号“{slug}”"), {"slug": shown(row.slug)})
                hint = Message(N_("核对编号，或在“商会”表里加上它"))
                sent.problems.append(Problem(row.place, "SHEET-007", message, hint))


def _is_own(slug: str, federation: str, loaded: Loaded) -> bool:
    return slug in loaded.chambers and loaded.chambers[slug].federation == federation


def _row_problem(row: Row, federation: str, loaded: Loaded, seen: set[str]) -> Problem | None:
    values = {"slug": shown(row.slug), "federation": federation}
    if not row.slug:
        message, hint = (
            Message(N_("缺少“{heading}”"), {"heading": "编号"}),
            N_("用拼音起一个，如 yixing-gongye-taoci"),
        )
        return Problem(row.place, "SHEET-003", message, Message(hint))
    if row.slug in seen:
        message = Message(N_("编号“{slug}”写了两行"), values)
        return Problem(row.place, "SHEET-007", message, Message(N_("改一个，或删去一行")))
    existing = loaded.chambers.get(row.slug)
    if existing is not None and existing.federation != federation:
        message = Message(
            N_("编号“{slug}”是别的工商联（{other}）的"), {**values, "other": existing.federation}
        )
        return Problem(row.place, "SHEET-007", message, Message(N_("去掉这一行，或换一个编号")))
    if row.slug in loaded.tombstones:
        message = Message(N_("编号“{slug}”的资料已经撤销"), values)
        return Problem(row.place, "SHEET-007", message, Message(N_("去掉这一行，或换一个编号")))
    wrong = check_slug("", row.slug) if existing is None else None
    if wrong is None and row.slug == "federation":
        message = Message(N_("“{name}”不能作编号"), {"name": row.slug})
        return Problem(row.place, "SHEET-007", message, Message(N_("换一个编号")))
    return replace(wrong, place=row.place) if wrong else None


def _drafts(rows: Iterable[Row], sent: Sent, loaded: Loaded) -> list[_Draft]:
    """The records that the rows make; what is wrong with a row goes to `sent.problems`."""
    words = vocabularies(loaded)
    drafts = []
    for row in rows:
        existing = loaded.chambers.get(row.slug)
        before = _before(existing, loaded)
        document = document_of(row, sent, before, loaded, words)
        chamber, problems = validate(Chamber, document)
        sent.problems += problems
        if chamber is not None and not problems:
            drafts.append(_Draft(row.slug, existing, document, chamber))
    return drafts


def _before(existing: LoadedChamber | None, loaded: Loaded) -> Before:
    if existing is None:
        return Before({}, {})
    value = parse_yaml(loaded.files[existing.path].encode(), existing.path).value
    assert isinstance(value, dict)
    return Before(value, existing.chamber.model_dump(mode="json"))


def _unchanged(draft: _Draft) -> bool:
    return draft.existing is not None and not _changed_fields(draft.existing.chamber, draft.chamber)


def _changed_fields(old: Chamber, new: Chamber) -> list[str]:
    """Names of the fields that differ; the order of sources counts, as it is the order of their numbers."""
    before, after = old.model_dump(mode="json"), new.model_dump(mode="json")
    return [name for name in Chamber.model_fields if _ordered(before[name]) != _ordered(after[name])]


def _ordered(value: Any) -> Any:
    return list(value.items()) if isinstance(value, dict) else value


def _checked(
    drafts: Iterable[_Draft], loaded: Loaded, federation: str, as_of: date
) -> tuple[list[Problem], tuple[Change, ...]]:
    """The changes as files, and what the rules newly say of the directory with them in it."""
    drafts = tuple(drafts)
    if not drafts:
        return [], ()
    changes, documents = [], {}
    shape = shapes()[KIND]
    for draft in drafts:
        change = _change(draft, loaded, federation, shape)
        changes.append(change)
        documents[change.path] = draft.document
    problems = [
        problem for change in changes for problem in parse_yaml(change.text.encode(), change.path).problems
    ]
    texts = {entry.slug: entry.texts for entry in loaded.chambers.values()}
    after = {
        c.slug: LoadedChamber(c.slug, federation, c.path, c.chamber, texts.get(c.slug, {})) for c in changes
    }
    files = loaded.files.beside({change.path: change.text for change in changes})
    candidate = replace(loaded, chambers={**loaded.chambers, **after}, files=files)
    known = {_said(problem) for problem in rules.run(loaded, as_of)}
    for problem in rules.run(candidate, as_of):
        if problem.place.path in documents or _said(problem) not in known:
            problems.append(problem)
    return [_at_cell(problem, documents, files) for problem in problems], tuple(changes)


def _said(problem: Problem) -> tuple[Place, str, str]:
    return problem.place, problem.rule, problem.message.text()


def _change(draft: _Draft, loaded: Loaded, federation: str, shape: Shape) -> Change:
    existing, value = draft.existing, draft.document.value
    assert isinstance(value, dict)
    if existing is None:
        path = f"chambers/{federation}/{draft.slug}.yml"
        return Change(draft.slug, path, draft.chamber, new_text(value, shape), True, ())
    fields = _changed_fields(existing.chamber, draft.chamber)
    titles = tuple(str(Chamber.model_fields[name].title) for name in fields)
    text = rewritten(loaded.files[existing.path], value, shape)
    return Change(draft.slug, existing.path, draft.chamber, text, False, titles)


def _at_cell(problem: Problem, documents: Mapping[str, SheetDocument], files: Mapping[str, str]) -> Problem:
    """The problem at the cell that its place in the file stems from; those of other files stay where they are."""
    document = documents.get(problem.place.path)
    if document is None or isinstance(problem.place, CellPlace):
        return problem
    place = document.place(_loc_at(files[problem.place.path], problem.place))
    return replace(problem, place=place, fix=None)


def _loc_at(text: str, place: Place) -> Loc:
    """The innermost value that begins at a place or last before it."""
    lines = text.split("\n")
    index = sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1
    values, keys = positions(text)
    begun = [
        (start, len(loc), loc) for found in (values, keys) for loc, start in found.items() if start <= index
    ]
    return max(begun, key=lambda item: item[:2], default=(0, 0, ()))[2]
