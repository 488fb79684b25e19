"""An empty directory for another province: our program and lists, its own name, federation and prose.

What can be copied from the project is copied; only what differs lies in this folder: README.md, Makefile, site.yml.
The program goes along as a folder, so that the new directory depends on no package index of ours and on no network
beyond what `make` installs.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from chamberbook.canonical import shapes, write_yaml
from chamberbook.problems import N_, Message, WrongUse
from chamberbook.records import Vocabulary
from chamberbook.schema import write_schemas
from chamberbook.source import parse_yaml
from chamberbook.source.events import Value

_OWN = Path(__file__).parent
_PACKAGE = _OWN.parent
_COPIED = (
    "build.py",
    "pyproject.toml",
    "requirements/site.in",
    "requirements/site.txt",
    "LICENSE",
    ".gitignore",
)
_PROJECT = ("templates", "content", "chambers/_vocabulary", "mkdocs.yml", "LICENSE-DATA", *_COPIED)
#: The name that our own prose uses for itself.
_OUR_NAMES = ("Chamberbook 商会名录", "商会名录")
_REGIONS_HEAD = (
    "# 行政区划代码（GB/T 2260），取自数据集 yescallop/areacodes（CC0 1.0）。",
    "# 收：全部现行的省、地两级，本省在原表里已有的县级。",
    "# 缺哪个县，就按代码顺序加一行：代码加引号，parent 写上一级的代码；停用的加 retired 和 successors。",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a new directory is called and whose it is. `province` is a code that ends in 0000."""

    name: str
    province: str
    federation: str
    federation_name: str
    short_name: str


def write_directory(project: Path, plan: Plan, out: Path) -> None:
    """Write the whole directory to `out`, which must not be there or be empty; on failure nothing stays behind."""
    if missing := [name for name in _PROJECT if not (project / name).exists()]:
        values = {"root": project, "names": tuple(missing)}
        raise WrongUse(Message(N_("{root} 不是完整的名录项目，缺少 {names}"), values))
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise WrongUse(Message(N_("{out} 里已有内容，没有改动；请换一个空文件夹"), {"out": out}))
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".chamberbook-", dir=out.parent) as folder:
        made = Path(folder) / "made"
        _copy_program(project, made)
        _write_own(plan, project, made)
        _write_records(plan, project, made)
        if out.exists():
            out.rmdir()
        made.rename(out)


def _copy_program(project: Path, out: Path) -> None:
    junk = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")
    shutil.copytree(project / "templates", out / "templates", ignore=junk)
    shutil.copytree(project / "content", out / "content", ignore=junk)
    shutil.copytree(_PACKAGE, out / "chamberbook", ignore=junk)
    for name in _COPIED:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(project / name, out / name)


def _write_own(plan: Plan, project: Path, out: Path) -> None:
    """The texts that name the directory."""
    for path in (project / "LICENSE-DATA", *sorted((project / "content").rglob("*.md"))):
        text = path.read_text("utf-8")
        for ours in _OUR_NAMES:
            text = text.replace(ours, plan.name)
        _write(out / path.relative_to(project), text)
    settings = (project / "mkdocs.yml").read_text("utf-8")
    quoted = '"' + plan.name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    settings = re.sub(
        r"^site_name: .*$", lambda _: f"site_name: {quoted}", settings, count=1, flags=re.MULTILINE
    )
    settings = re.sub(r"^    languages: .*$", "    languages: [zh]", settings, count=1, flags=re.MULTILINE)
    settings = settings.replace("一份公开的商会名录", f"{plan.short_name}所在地区的商会名录", 1)
    _write(out / "mkdocs.yml", settings)
    for name, target in (
        ("README.md", "README.md"),
        ("Makefile", "Makefile"),
        ("site.yml", ".github/workflows/site.yml"),
    ):
        text = (_OWN / name).read_text("utf-8")
        for word, value in (("@NAME@", plan.name), ("@FEDERATION@", plan.federation)):
            text = text.replace(word, value)
        _write(out / target, text)


def _write_records(plan: Plan, project: Path, out: Path) -> None:
    """The vocabularies, the schemas, the federation."""
    known = shapes()
    for name in Vocabulary.model_fields:
        path = f"chambers/_vocabulary/{name}.yml"
        text = (project / path).read_text("utf-8")
        if name == "regions":
            rows = cast("list[dict[str, Value]]", parse_yaml(text.encode(), path, top="list").value)
            kept = [row for row in rows if _wanted(row, plan.province)]
            text = write_yaml(cast("Value", kept), name, known[name], _REGIONS_HEAD)
        _write(out / path, text)
    write_schemas(out)
    federation: dict[str, Value] = {
        "name": plan.federation_name,
        "short_name": plan.short_name,
        "level": "province",
        "region": plan.province,
        "maintainers": [],
        "collects_for_region": True,
    }
    text = write_yaml(federation, "federation", known["federation"])
    _write(out / "chambers" / plan.federation / "federation.yml", text)


def _wanted(row: dict[str, Value], province: str) -> bool:
    """Every province and prefecture in use, for members from elsewhere; of the own province everything."""
    own = str(row["code"]).startswith(province[:2])
    return own or (row["level"] != "county" and not row.get("retired"))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
