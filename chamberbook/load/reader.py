"""Walks `chambers/` in order of name and reads every file once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter

from chamberbook.load.fields import validate
from chamberbook.load.folders import Folder, check_name, check_slug, list_folder, read_bytes, stray
from chamberbook.load.loaded import Loaded, LoadedChamber
from chamberbook.problems import N_, Message, Place, Problem
from chamberbook.records import Chamber, Federation, Scheme, Tombstone, Vocabulary
from chamberbook.source import parse_text, parse_yaml

TOP = "chambers"
VOCABULARY = f"{TOP}/_vocabulary"
SCHEMES = f"{TOP}/_schemes"
TOMBSTONES = f"{TOP}/_tombstones"
#: Generated from the models; not data.
SCHEMA = "_schema"
FEDERATION = "federation.yml"


def read_all(root: Path) -> Loaded:
    """Read everything below `root/chambers`. Never raises for what the files hold."""
    reader = _Reader(root)
    top = reader.folder(TOP)
    for name in top.files:
        reader.problems.append(stray(f"{TOP}/{name}"))
    if top.problems and not top.folders:
        return reader.loaded()
    reader.read_vocabulary()
    if "_schemes" in top.folders:
        reader.schemes.update(reader.records_in(SCHEMES, Scheme))
    if "_tombstones" in top.folders:
        reader.tombstones.update(reader.records_in(TOMBSTONES, Tombstone))
    for name in top.folders:
        if name in ("_vocabulary", "_schemes", "_tombstones", SCHEMA):
            continue
        if problem := check_slug(f"{TOP}/{name}", name):
            reader.problems.append(problem)
        else:
            reader.read_federation(name)
    return reader.loaded()


class _Reader:
    """Gathers what the files hold; `loaded` freezes it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lists: dict[str, Any] = {}
        self.schemes: dict[str, Scheme] = {}
        self.tombstones: dict[str, Tombstone] = {}
        self.federations: dict[str, Federation] = {}
        self.chambers: dict[str, LoadedChamber] = {}
        self.problems: list[Problem] = []
        self.unread: set[str] = set()
        self.files: dict[str, str] = {}

    def loaded(self) -> Loaded:
        empty = dict.fromkeys(Vocabulary.model_fields, ())
        return Loaded(
            vocabulary=Vocabulary.model_construct(**{**empty, **self.lists}),
            schemes=self.schemes,
            federations=self.federations,
            chambers=self.chambers,
            tombstones=self.tombstones,
            problems=tuple(self.problems),
            unread=frozenset(self.unread),
            files=self.files,
        )

    def folder(self, path: str) -> Folder:
        """List a folder and keep its problems."""
        found = list_folder(self.root, path)
        self.problems += found.problems
        return found

    def record(self, path: str, model: type[BaseModel] | TypeAdapter[Any]) -> Any:
        """The record or list that a file holds, or None after noting why not."""
        data = read_bytes(self.root, path)
        if isinstance(data, Problem):
            self.problems.append(data)
            self.unread.add(path)
            return None
        document = parse_yaml(data, path, top="list" if isinstance(model, TypeAdapter) else "mapping")
        self.files[path] = document.text
        record, problems = validate(model, document)
        self.problems += problems
        if record is None:
            self.unread.add(path)
        return record

    def read_vocabulary(self) -> None:
        """One file a list; each list is there, and nothing else."""
        found = self.folder(VOCABULARY)
        names = {f"{name}.yml": name for name in Vocabulary.model_fields}
        for name in (*found.files, *found.folders):
            if name not in names:
                self.problems.append(stray(f"{VOCABULARY}/{name}"))
        for file, name in names.items():
            path = f"{VOCABULARY}/{file}"
            if file in found.files:
                annotation: Any = Vocabulary.model_fields[name].annotation
                entries = self.record(path, TypeAdapter(annotation))
                if entries is not None:
                    self.lists[name] = entries
            else:
                self.unread.add(path)
                hint = Message(N_("每张词表都要有，没有内容的写 []"))
                self.problems.append(Problem(Place(path), "FILE-006", Message(N_("缺少这张词表")), hint))

    def records_in(self, folder: str, model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
        """The records of a folder with one file for each, the file name being its id."""
        found = self.folder(folder)
        self.problems += [stray(f"{folder}/{name}") for name in found.folders]
        for name in found.files:
            path = f"{folder}/{name}"
            if name.endswith(".md"):
                self.problems.append(stray(path))
            elif problem := check_name(path):
                self.problems.append(problem)
            elif (record := self.record(path, model)) is not None:
                yield name.removesuffix(".yml"), record

    def read_federation(self, federation: str) -> None:
        """A federation's folder: its own file, its chambers, the full texts of their charters."""
        found = self.folder(f"{TOP}/{federation}")
        self.problems += [stray(f"{found.path}/{name}") for name in found.folders]
        if FEDERATION not in found.files:
            hint = Message(N_("写一份工商联的资料；文件夹名就是它的编号"))
            message = Message(N_("文件夹里缺少 {name}"), {"name": FEDERATION})
            self.problems.append(Problem(Place(f"{found.path}/{FEDERATION}"), "FILE-007", message, hint))
        beside = frozenset(found.files)
        for name in found.files:
            path = f"{found.path}/{name}"
            if problem := check_name(path):
                self.problems.append(problem)
            elif name == FEDERATION:
                if (record := self.record(path, Federation)) is not None:
                    self.federations[federation] = record
            elif name.endswith(".yml"):
                self._read_chamber(path, federation, beside)
        self._check_texts_used(found)

    def _read_chamber(self, path: str, federation: str, beside: frozenset[str]) -> None:
        chamber = self.record(path, Chamber)
        slug = path.rpartition("/")[2].removesuffix(".yml")
        if slug in self.chambers:
            other = {"path": self.chambers[slug].path}
            hint = Message(N_("编号就是网址，全站不能重复；给其中一个改名，前面加上地名"))
            message = Message(N_("编号和 {path} 相同"), other)
            self.problems.append(Problem(Place(path), "FILE-009", message, hint))
            self.unread.add(path)
        elif chamber is not None:
            names = {charter.text for charter in chamber.charters if charter.text}
            texts = {name: self._read_text(path, name) for name in sorted(names & beside)}
            self.chambers[slug] = LoadedChamber(slug, federation, path, chamber, texts)

    def _read_text(self, record: str, name: str) -> str:
        path = f"{record.rpartition('/')[0]}/{name}"
        data = read_bytes(self.root, path)
        if isinstance(data, Problem):
            self.problems.append(data)
            return ""
        text, problems = parse_text(data, path)
        self.files[path] = text
        self.problems += problems
        return text

    def _check_texts_used(self, folder: Folder) -> None:
        """A Markdown file that no charter names would never be published; unless its record could not be read."""
        if any(path.startswith(f"{folder.path}/") for path in self.unread):
            return
        for name in folder.files:
            path = f"{folder.path}/{name}"
            if name.endswith(".md") and path not in self.files and check_name(path) is None:
                hint = Message(N_("在公约的 text 一栏写上 {name}，或删掉这个文件"), {"name": name})
                message = Message(N_("没有一份公约用到这个文件"))
                self.problems.append(Problem(Place(path), "FILE-010", message, hint))
