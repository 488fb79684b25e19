"""What may lie where under `chambers/`: names, endings, no links, nothing outside the root."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from chamberbook.problems import N_, Message, Place, Problem, shown
from chamberbook.records.base import ID_PATTERN
from chamberbook.source import MAX_BYTES

TOP = "chambers"
VOCABULARY = f"{TOP}/_vocabulary"
_SLUG = re.compile(ID_PATTERN)
_SLUG_LENGTH = 120
#: The names of devices: under them Windows makes no file and no folder.
DEVICES = frozenset({
    "aux", "con", "nul", "prn", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
})  # fmt: skip
#: Those, and words that stand in the place of an id in an address: chambers/page/2/, charters/topics/…
RESERVED = DEVICES | {"industries", "page", "status", "topics", "types", "years"}
_MARKDOWN = re.compile(r"[a-z0-9][a-z0-9.-]*\.md")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder's plain files and folders in order of name; links, devices and the like have become problems."""

    path: str
    files: tuple[str, ...]
    folders: tuple[str, ...]
    problems: tuple[Problem, ...]


def list_folder(root: Path, path: str) -> Folder:
    """List one folder under the root. Hidden names belong to editors and systems and are passed over."""
    files: list[str] = []
    folders: list[str] = []
    problems: list[Problem] = []
    try:
        if (root / path).is_symlink():
            return Folder(path, (), (), (_link(path),))
        entries = sorted(os.scandir(root / path), key=lambda entry: entry.name)
    except OSError:
        hint = Message(N_("资料放在项目根目录的 chambers 文件夹里"))
        return Folder(path, (), (), (_problem(path, "FILE-001", Message(N_("读不到这个文件夹")), hint),))
    for entry in entries:
        name = entry.name
        if name.startswith("."):
            continue
        if entry.is_symlink():
            problems.append(_link(f"{path}/{name}"))
        elif entry.is_dir(follow_symlinks=False):
            folders.append(name)
        elif entry.is_file(follow_symlinks=False):
            files.append(name)
        else:
            problems.append(stray(f"{path}/{name}"))
    return Folder(path, tuple(files), tuple(folders), tuple(problems))


def read_bytes(root: Path, path: str) -> bytes | Problem:
    """The bytes of a file, never more than one beyond what `source` accepts."""
    try:
        with open(f"{root}/{path}", "rb") as file:  # a Path costs more than the reading
            return file.read(MAX_BYTES + 1)
    except OSError:
        return _problem(path, "FILE-008", Message(N_("读不到这个文件")), Message(N_("检查文件的读取权限")))


def check_name(path: str) -> Problem | None:
    """Whether a file may lie in a federation's folder or among the schemes, by its name."""
    name = path.rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    if ending == "yaml":
        hint = Message(N_("改名为 {name}"), {"name": shown(stem + ".yml")})
        return _problem(path, "FILE-005", Message(N_("文件名的结尾应当是 .yml")), hint)
    if ending == "yml" and dot:
        return check_slug(path, stem)
    if _MARKDOWN.fullmatch(name):
        return None
    return stray(path)


def check_slug(path: str, slug: str) -> Problem | None:
    """Whether a file or folder name can be an id: it becomes part of an address and never changes."""
    if slug in RESERVED:
        hint = Message(N_("换一个编号；这个词另有用处"))
        return _problem(path, "FILE-004", Message(N_("“{name}”不能作编号"), {"name": shown(slug)}), hint)
    if _SLUG.fullmatch(slug) and len(slug) <= _SLUG_LENGTH:
        return None
    better = re.sub(r"[^a-z0-9]+", "-", slug.lower()).strip("-")
    hint = Message(N_("用小写字母和数字，中间用减号，如 yixing-taoci"))
    if _SLUG.fullmatch(better) and len(better) <= _SLUG_LENGTH and better.isascii() and slug.isascii():
        hint = Message(N_("改名为 {name}"), {"name": better})
    return _problem(path, "FILE-004", Message(N_("“{name}”不能作编号"), {"name": shown(slug)}), hint)


def stray(path: str) -> Problem:
    """A file or folder that has no business where it lies."""
    hint = Message(N_("这里只放 .yml 资料和公约全文 .md；移走或删掉它"))
    return _problem(path, "FILE-003", Message(N_("这里不该有这个文件或文件夹")), hint)


def _link(path: str) -> Problem:
    hint = Message(N_("换成文件本身"))
    return _problem(path, "FILE-002", Message(N_("不能用符号链接")), hint)


def _problem(path: str, rule: str, message: Message, hint: Message) -> Problem:
    return Problem(Place(printable(path)), rule, message, hint)


def printable(path: str) -> str:
    """A path as a report may print it: file names can hold anything, line ends and broken bytes too."""
    return "".join(c if c.isprintable() else "\ufffd" for c in path)
