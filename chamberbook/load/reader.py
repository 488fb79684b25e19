"""Walks `chambers/` in order of name and reads every file once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, TypeAdapter

from chamberbook.cache import Cache
from chamberbook.load.fields import valid, validate
from chamberbook.load.folders import (
    TOP,
    VOCABULARY,
    Folder,
    check_name,
    check_slug,
    list_folder,
    read_bytes,
    stray,
)
from chamberbook.load.loaded import Loaded, LoadedChamber
from chamberbook.load.memory import Memory
from chamberbook.load.parsing import Values, parse_files, remembered, top_of
from chamberbook.load.texts import Texts, may_hold_number
from chamberbook.problems import N_, Message, Place, Problem
from chamberbook.records import Chamber, Contact, Federation, Scheme, Tombstone, Vocabulary
from chamberbook.source import parse_text, parse_yaml

SCHEMES = f"{TOP}/_schemes"
TOMBSTONES = f"{TOP}/_tombstones"
#: Generated from the models; not data.
SCHEMA = "_schema"
FEDERATION = "federation.yml"


def read_all(root: Path, jobs: int = 1, cache: Cache | None = None, memory: Memory | None = None) -> Loaded:
    """Read everything below `root/chambers`, with so many processes; what is in the memory is not read again. Never
    raises for what the files hold."""
    reader = _Reader(root, cache or Cache(None), memory or Memory())
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
    folders = []
    for name in top.folders:
        if name in ("_vocabulary", "_schemes", "_tombstones", SCHEMA):
            continue
        if problem := check_slug(f"{TOP}/{name}", name):
            reader.problems.append(problem)
        else:
            folders.append(reader.federation_folder(name))
    paths = [path for folder in folders for path in folder.records]
    with closing(remembered(root, paths, reader.cache, jobs, reader.memory)) as values:
        for folder in folders:
            reader.read_federation(folder, values)
    return reader.loaded()


class _FederationFolder(NamedTuple):
    """A federation's folder as listed, and the paths of the records in it, its own first or in order of name."""

    id: str
    listed: Folder
    records: Sequence[str]


class _Reader:
    """Gathers what the files hold; `loaded` freezes it."""

    def __init__(self, root: Path, cache: Cache, memory: Memory) -> None:
        self.root = root
        self.cache = cache
        self.memory = memory
        self.lists: dict[str, Any] = {}
        self.schemes: dict[str, Scheme] = {}
        self.tombstones: dict[str, Tombstone] = {}
        self.federations: dict[str, Federation] = {}
        self.chambers: dict[str, LoadedChamber] = {}
        self.problems: list[Problem] = []
        self.unread: set[str] = set()
        self.files: dict[str, bool] = {}
        #: Digests of the records that are not chambers, by path; empty of what could not be read.
        self.beside: dict[str, bytes] = {}
        self.sets: dict[frozenset[str], set[str]] = {}

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
            files=Texts(self.root, self.files),
            beside=self._beside(),
        )

    def _beside(self) -> bytes:
        parts = [part for item in self.beside.items() for part in item]
        return self.cache.key("beside", *parts) if all(parts) else b""

    def folder(self, path: str) -> Folder:
        """List a folder and keep its problems."""
        found = list_folder(self.root, path)
        self.problems += found.problems
        return found

    def record(self, path: str, model: type[BaseModel] | TypeAdapter[Any], values: Values | None) -> Any:
        """The record or list of a file with these values; one that cannot be is read once more to say why."""
        if values is not None and isinstance(values.value, BaseModel):
            self.files[path] = values.maybe_number
            return values.value
        if values is not None and (record := valid(model, values.value)) is not None:
            self.files[path] = values.maybe_number
            if isinstance(record, BaseModel):
                self.memory.keep(path, values._replace(value=record))
            if isinstance(record, Chamber):
                self._share_sets(record)
            return record
        data = read_bytes(self.root, path)
        if isinstance(data, Problem):
            self.problems.append(data)
            self.unread.add(path)
            return None
        document = parse_yaml(data, path, top=top_of(path))
        self.files[path] = may_hold_number(document.text)
        record, problems = validate(model, document)
        self.problems += problems
        if record is None:
            self.unread.add(path)
        return record

    def _share_sets(self, record: BaseModel) -> None:
        """pydantic keeps in every record the set of the fields given; they take more room than the values.

        Of equal ones a single one is kept, for the record and the records in it.
        """
        given = record.model_fields_set
        object.__setattr__(record, "__pydantic_fields_set__", self.sets.setdefault(frozenset(given), given))
        for value in vars(record).values():
            kind = value.__class__
            if kind is tuple or kind is dict:
                inner = value if kind is tuple else tuple(value.values())
                if inner and hasattr(inner[0], "model_fields_set"):
                    for item in inner:
                        self._share_sets(item)
            elif kind is Contact:
                self._share_sets(value)

    def _single(self, path: str, model: type[BaseModel] | TypeAdapter[Any]) -> Any:
        """The record of a file that is not one of many."""
        (values,) = parse_files(self.root, (path,), self.cache, 1)
        self.beside[path] = values.digest if values else b""
        return self.record(path, model, values)

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
                entries = self._single(path, TypeAdapter(annotation))
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
            elif (record := self._single(path, model)) is not None:
                yield name.removesuffix(".yml"), record

    def federation_folder(self, federation: str) -> _FederationFolder:
        """List a federation's folder."""
        found = self.folder(f"{TOP}/{federation}")
        self.problems += [stray(f"{found.path}/{name}") for name in found.folders]
        if FEDERATION not in found.files:
            hint = Message(N_("写一份工商联的资料；文件夹名就是它的编号"))
            message = Message(N_("文件夹里缺少 {name}"), {"name": FEDERATION})
            self.problems.append(Problem(Place(f"{found.path}/{FEDERATION}"), "FILE-007", message, hint))
        records = []
        for name in found.files:
            path = f"{found.path}/{name}"
            if problem := check_name(path):
                self.problems.append(problem)
            elif name.endswith(".yml"):
                records.append(path)
        return _FederationFolder(federation, found, records)

    def read_federation(self, folder: _FederationFolder, values: Iterator[Values | None]) -> None:
        """A federation's own file, its chambers, the full texts of their charters; `values` gives what is next."""
        beside = frozenset(folder.listed.files)
        for path in folder.records:
            own = next(values)
            if path.endswith(f"/{FEDERATION}"):
                self.beside[path] = own.digest if own else b""
                if (record := self.record(path, Federation, own)) is not None:
                    self.federations[folder.id] = record
            else:
                chamber = self.record(path, Chamber, own)
                self._read_chamber(path, folder.id, chamber, beside, own.digest if own else b"")
        if self.unread.isdisjoint(folder.records):
            self._check_texts_used(folder.listed)

    def _read_chamber(
        self, path: str, federation: str, chamber: Chamber | None, beside: frozenset[str], digest: bytes
    ) -> None:
        slug = path.rpartition("/")[2].removesuffix(".yml")
        if slug in self.chambers:
            other = {"path": self.chambers[slug].path}
            hint = Message(N_("编号就是网址，全站不能重复；给其中一个改名，前面加上地名"))
            message = Message(N_("编号和 {path} 相同"), other)
            self.problems.append(Problem(Place(path), "FILE-009", message, hint))
            self.unread.add(path)
        elif chamber is not None:
            texts: dict[str, str] = {}
            parts = [digest]
            for name in sorted({charter.text for charter in chamber.charters if charter.text} & beside):
                texts[name], part = self._read_text(path, name)
                parts.append(part)
            whole = (digest if len(parts) == 1 else self.cache.key("chamber", *parts)) if all(parts) else b""
            self.chambers[slug] = LoadedChamber(slug, federation, path, chamber, texts, whole)

    def _read_text(self, record: str, name: str) -> tuple[str, bytes]:
        """A charter's text and what stands for its bytes; nothing does when there is something to say about it."""
        path = f"{record.rpartition('/')[0]}/{name}"
        if kept := self.memory.find(path):
            text, self.files[path], whole = kept
            return text, whole
        data = read_bytes(self.root, path)
        if isinstance(data, Problem):
            self.problems.append(data)
            return "", b""
        text, problems = parse_text(data, path)
        self.files[path] = may_hold_number(text)
        self.problems += problems
        if problems:
            return text, b""
        whole = self.cache.key("text", data)
        self.memory.keep(path, (text, self.files[path], whole))
        return text, whole

    def _check_texts_used(self, folder: Folder) -> None:
        """A Markdown file that no charter names would never be published; called when every record could be read."""
        for name in folder.files:
            path = f"{folder.path}/{name}"
            if name.endswith(".md") and path not in self.files and check_name(path) is None:
                hint = Message(N_("在公约的 text 一栏写上 {name}，或删掉这个文件"), {"name": name})
                message = Message(N_("没有一份公约用到这个文件"))
                self.problems.append(Problem(Place(path), "FILE-010", message, hint))
