"""Pagefind's own program, spoken to as its libraries do: pages go in and the files of the index come back.

Two things speak against its command line over a folder of pages: it numbers the pages in the order in which the file
system lists them, so that two machines build different indexes, and it writes (and a site would carry) a fragment for
every page that nobody reads here. The libraries' protocol takes the pages in a given order and hands over the files
before anything is written; Pagefind's Python library for it waits for each answer and takes minutes.

A message is JSON in base64 with a comma after it, in both directions.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import IO, Any

from chamberbook.problems import N_, Message, WrongUse

#: What the scripts load; the rest (interfaces, highlighting, fragments) is not written.
_WANTED = ("pagefind.js", "pagefind-entry.json", "wasm.unknown.pagefind")
_ENDINGS = (".pf_meta", ".pf_index")
_MARK = b"pagefind_dcd"
#: Seconds of silence after which it hangs: for 50,000 records it thinks for about 90 seconds of a processor.
PATIENCE = 1800.0
#: What an answer is not made of.
_STRAY = re.compile(rb"[^A-Za-z0-9+/=,]")

_UNREADABLE = Message(N_("Pagefind 的回答看不懂；请重装 requirements/ 里锁定的 pagefind-bin"))


@dataclass(frozen=True, slots=True)
class Built:
    """An index: the id that Pagefind gave each page, in the order of the pages, and its files by path."""

    pages: tuple[str, ...]
    files: dict[str, bytes]


def find_pagefind() -> Path:
    """The plain program of the pagefind-bin package. Never the extended one, which cuts Chinese its own way."""
    spec = importlib.util.find_spec("pagefind_bin")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for name in ("pagefind", "pagefind.exe"):
            if (path := Path(folder) / name).is_file():
                return path
    raise WrongUse(Message(N_("找不到 Pagefind 程序；请安装 pagefind-bin")))


def run_pagefind(program: Path, pages: Iterable[str], patience: float = PATIENCE) -> Built:
    """Index pages of HTML. Raises WrongUse when the program cannot run, refuses a page, leaves something out, answers
    what nobody can read, or says nothing for more than `patience` seconds.
    """
    try:
        process = subprocess.Popen(
            [program, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError as error:
        raise WrongUse(
            Message(N_("Pagefind 程序 {path} 不能运行：{error}"), {"path": program, "error": error})
        ) from None
    assert process.stdin is not None
    assert process.stdout is not None
    # Both pipes fill up: one thread writes while this one reads.
    writer = _Writer(process.stdin, pages)
    writer.start()
    watch = _Watch(process, patience)
    watch.start()
    try:
        files = _files(_answers(process.stdout, watch))
    finally:
        watch.stop()
        process.kill()
        writer.join()
        with suppress(OSError):
            process.stdin.close()
        process.stdout.close()
        process.wait()
        if writer.error:
            raise writer.error
    return check_built(_built(files))


def check_built(built: Built) -> Built:
    """The same, when every part is there and none is empty. Raises WrongUse."""
    empty = sorted(path for path, content in built.files.items() if not content)
    if empty:
        raise WrongUse(Message(N_("Pagefind 写出了空文件：{files}；请再建一次"), {"files": ", ".join(empty)}))
    wanted = {part: part in built.files for part in _WANTED}
    wanted |= {f"*{end}": any(path.endswith(end) for path in built.files) for end in _ENDINGS}
    missing = [part for part, there in wanted.items() if not there]
    if missing:
        raise WrongUse(Message(N_("Pagefind 少写了文件：{files}"), {"files": ", ".join(missing)}))
    return built


class _Writer(Thread):
    """Sends the pages; `error` is what went wrong while they were made."""

    def __init__(self, pipe: IO[bytes], pages: Iterable[str]) -> None:
        super().__init__(daemon=True)
        self.error: Exception | None = None
        self._pipe, self._pages = pipe, pages

    def run(self) -> None:
        try:
            for number, payload in enumerate(_messages(self._pages)):
                text = json.dumps({"message_id": number, "payload": payload})
                self._pipe.write(b64encode(text.encode()) + b",")
            self._pipe.flush()
        except OSError:
            return  # The program ended early; the reader says so.
        except Exception as error:
            self.error = error
            # Without this the program would wait for more, and the reader for the program.
            self._pipe.close()


def _messages(pages: Iterable[str]) -> Iterator[dict[str, Any]]:
    yield {"type": "NewIndex", "config": {}}
    for number, html in enumerate(pages):
        yield {"type": "AddFile", "index_id": 0, "url": f"{number:06d}/", "file_contents": html}
    yield {"type": "BuildIndex", "index_id": 0}
    yield {"type": "GetFiles", "index_id": 0}


class _Watch(Thread):
    """Ends a program that says nothing from one look to the next, `patience` seconds later."""

    def __init__(self, process: subprocess.Popen[bytes], patience: float) -> None:
        super().__init__(daemon=True)
        self.patience, self.hangs, self.heard = patience, False, True
        self._process, self._over = process, Event()

    def run(self) -> None:
        while not self._over.wait(self.patience):
            if not self.heard:
                self.hangs = True
                self._process.kill()
                return
            self.heard = False

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()


def _files(answers: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """Reads answers until the files come."""
    for answer in answers:
        if answer["type"] == "Error":
            raise WrongUse(Message(N_("Pagefind 没有建成索引：{error}"), {"error": answer["message"]}))
        if answer["type"] == "GetFiles":
            return list(answer["files"])
    raise WrongUse(Message(N_("Pagefind 没有建成索引：{error}"), {"error": "the program ended early"}))


def _answers(pipe: IO[bytes], watch: _Watch) -> Iterator[dict[str, Any]]:
    parts: list[bytes] = []
    while block := pipe.read1(1 << 16):  # type: ignore[attr-defined]
        watch.heard = True
        if _STRAY.search(block):
            raise WrongUse(_UNREADABLE)
        *done, rest = block.split(b",")
        for part in done:
            yield _payload(b"".join([*parts, part]))
            parts = []
        parts.append(rest)
    if watch.hangs:
        seconds = {"seconds": round(watch.patience)}
        raise WrongUse(Message(N_("Pagefind {seconds} 秒没有回答，已停止；请再建一次"), seconds))


def _payload(text: bytes) -> dict[str, Any]:
    try:
        payload = json.loads(b64decode(text))["payload"]
        if payload["type"] in ("Error", "GetFiles"):
            payload["message" if payload["type"] == "Error" else "files"]
    except (ValueError, LookupError, TypeError):
        raise WrongUse(_UNREADABLE) from None
    return dict(payload)


def _built(files: Iterable[dict[str, str]]) -> Built:
    """Sorts the files out; a fragment tells which page an id stands for."""
    pages: dict[str, str] = {}
    kept: dict[str, bytes] = {}
    for file in files:
        path, content = file["path"], b64decode(file["content"])
        if path.endswith(".pf_fragment"):
            fragment = json.loads(gzip.decompress(content).removeprefix(_MARK))
            pages[fragment["url"]] = Path(path).stem
        elif path in _WANTED or path.endswith(_ENDINGS):
            kept[path] = content
    return Built(tuple(pages[url] for url in sorted(pages)), dict(sorted(kept.items())))
