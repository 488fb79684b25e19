"""Directory -> the files of search: Pagefind's index, the data for queries, the names to suggest.

Pagefind runs as its command line: the Python API of 1.5.2 left an empty file behind in 6 of 40 builds, the command in
none. Even so every file is looked at before the site counts as built.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from chamberbook.derive import Directory
from chamberbook.problems import N_, Message, Translate, WrongUse
from chamberbook.search.data import query_data, suggestions
from chamberbook.search.facets import facet_tree
from chamberbook.search.fields import searched_text
from chamberbook.search.hanzi import hanzi_of
from chamberbook.search.shadow import no_records, shadows, write_shadows
from chamberbook.settings import Settings

#: Of what Pagefind writes, the scripts use its search module alone.
_UNUSED = ("pagefind-*ui.*", "pagefind-highlight.js", "pagefind-worker.js")

_PARTS = (
    "pagefind.js", "pagefind-entry.json", "wasm.unknown.pagefind", "*.pf_meta",
    "index/*.pf_index", "filter/*.pf_filter",
)  # fmt: skip


def index(directory: Directory, out: Path, settings: Settings, translate: Translate = str) -> None:
    """Write `pagefind/` and `search/*.json` below `out`. Raises WrongUse when Pagefind is missing or fails."""
    hanzi = hanzi_of(searched_text(directory.chambers))
    data = query_data(directory, settings, hanzi, translate)
    _write(data, out / "search" / "data.json")
    _write(facet_tree(directory, translate), out / "search" / "facets.json")
    if data["suggest"]:
        _write(suggestions(directory, hanzi), out / "search" / "suggest.json")
    with tempfile.TemporaryDirectory(prefix="chamberbook-") as folder:
        found = shadows(directory, hanzi)
        write_shadows(found, Path(folder))
        if not found:
            (Path(folder) / "index.html").write_text(no_records(), encoding="utf-8", newline="\n")
        run_pagefind(find_pagefind(), Path(folder), out / "pagefind")
    check_output(out / "pagefind", max(len(found), 1))


def find_pagefind() -> Path:
    """The plain program of the pagefind-bin package. Never the extended one, which cuts Chinese its own way."""
    spec = importlib.util.find_spec("pagefind_bin")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for name in ("pagefind", "pagefind.exe"):
            if (path := Path(folder) / name).is_file():
                return path
    raise WrongUse(Message(N_("找不到 Pagefind 程序；请安装 pagefind-bin")))


def run_pagefind(program: Path, source: Path, out: Path) -> None:
    """Index `source` into `out`, which is emptied first."""
    shutil.rmtree(out, ignore_errors=True)
    command: list[str | Path] = [program, "--site", source, "--output-path", out, "--silent"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    except OSError as error:
        raise WrongUse(
            Message(N_("Pagefind 程序 {path} 不能运行：{error}"), {"path": program, "error": error})
        ) from None
    if done.returncode:
        said = (done.stderr or done.stdout).strip() or f"exit {done.returncode}"
        raise WrongUse(Message(N_("Pagefind 没有建成索引：{error}"), {"error": said}))
    for pattern in _UNUSED:
        for path in out.glob(pattern):
            path.unlink()


def check_output(out: Path, records: int) -> None:
    """Every record has its fragment, every part is there, no file is empty. Raises WrongUse."""
    files = [path for path in out.rglob("*") if path.is_file()]
    empty = sorted(str(path.relative_to(out)) for path in files if not path.stat().st_size)
    if empty:
        raise WrongUse(Message(N_("Pagefind 写出了空文件：{files}；请再建一次"), {"files": ", ".join(empty)}))
    missing = [part for part in _PARTS if not any(out.glob(part))]
    if missing:
        raise WrongUse(Message(N_("Pagefind 少写了文件：{files}"), {"files": ", ".join(missing)}))
    fragments = sum(1 for _ in out.glob("fragment/*.pf_fragment"))
    if fragments != records:
        raise WrongUse(
            Message(
                N_("Pagefind 收了 {fragments} 条，应有 {records} 条"),
                {"fragments": fragments, "records": records},
            )
        )


def _write(value: Any, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text, encoding="utf-8", newline="\n")
