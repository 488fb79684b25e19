"""One directory whose every text is hostile: for each case of `hostile/texts.yml` a chamber, its charter with full text,
a federation, a scheme and a removed record, and the words of all closed lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from building import built, make_root
from hostile_corpus import cases
from repositories import begin, commit

BASE_URL = "https://example.org/mulu/"
#: What a link may hold that is no end of an attribute, a tag or a string, and looks like one.
URL = "https://example.org/a'onmouseover='canary()';x=`${canary()}`{{7*191}}\\&quot;&lt;%22%3E/?a=b&c=d#e"
MAIL = "\"canary'onmouseover='canary()\"@example.org"
TEXTS: dict[str, str] = {case["name"]: case["text"] for case in cases("texts")}
ALL = list(TEXTS.values())


def name_of(index: int, text: str) -> str:
    """The name of a case's records: the text as it is and a number, as no two may have the same."""
    return f"{text} {index}" if len(text) <= 70 else f"载荷 {index}"


def slug_of(index: int) -> str:
    """The id of a case's chamber; two have a name that JavaScript's objects know."""
    return {0: "constructor", 1: "tostring"}.get(index, f"h{index}")


def _within(text: str, longest: int) -> str:
    return text if len(text) <= longest else "载荷"


def _sources(text: str) -> dict[str, object]:
    source = {"title": text, "publisher": text, "date": "2008-06", "url": URL, "kind": "report"}
    return {"constructor": source}


def _documents(text: str) -> list[dict[str, object]]:
    return [{"title": text, "issuer": text, "number": text, "source": "constructor"}]


def chamber(index: int, text: str) -> dict[str, object]:
    """A chamber with the text in every field that takes any."""
    name, cited = name_of(index, text), {"source": "constructor"}
    charter = {
        "id": "constructor", "title": name, "type": text, "status": "in_force", "adopted": 2008, "adopted_by": text,
        "topics": [text], "monitoring": True, "monitoring_body": text, "sanctions": True, "sanctions_text": text,
        "summary": text, "text": f"h{index}.md", "pdf": URL, "note": text, **cited,
    }  # fmt: skip
    rating = {
        "scheme": f"h{index}", "level": "x", "awarded": "2025-12-20", "awarded_by": text, "document": text,
        "note": text, **cited,
    }  # fmt: skip
    return {
        "name": name, "name_en": name, "aliases": [f"又称 {name}"], "kind": "industry", "industries": ["C30"],
        "former_names": [{"name": f"原名 {name}"[:80], **cited}], "trade": _within(text, 40), "region": "320282",
        "status": "active", "status_as_of": 2025, "founded": 2003, "ratings": [rating], "charters": [charter],
        "members": [{"count": 59, "unit": _within(text, 20), "as_of": 2003, **cited}],
        "contact": {"address": text, "email": MAIL, "website": URL, "wechat": _within(text, 60)},
        "activities": [{"topic": text, "fact": text, **cited}],
        "honors": [{"title": text, "awarded_by": text, **cited}],
        "doubts": [{"about": _within(text, 60), "note": text}],
        "sources": _sources(text),
    }  # fmt: skip


def federation(index: int, text: str) -> dict[str, object]:
    """A federation, likewise."""
    name = name_of(index, text)
    figure = {"label": text, "value": 31, "unit": _within(text, 12), "note": text, "source": "constructor"}
    return {
        "name": name, "short_name": name, "name_en": name, "aliases": [name], "level": "county", "region": "320282",
        "figures": [figure], "documents": _documents(text), "contact": {"address": text, "website": URL}, "note": text,
        "doubts": [{"about": _within(text, 60), "note": text}], "sources": _sources(text),
    }  # fmt: skip


def scheme(index: int, text: str) -> dict[str, object]:
    """A scheme, likewise."""
    name = name_of(index, text)
    level = {
        "id": "x",
        "label": text,
        "label_en": text,
        "form": "title",
        "rank": 1,
        "awarded_by": text,
        "rule": text,
        "prerequisite": text,
    }
    result = {"label": text, "count": 1, "unit": _within(text, 12), "period": text, "scope": text}
    return {
        "name": name, "short_name": _within(name, 40), "name_en": name, "title_en": name, "summary": text, "levels": [level],
        "validity_note": text, "frequency": text, "structure": text, "items": [{"text": text}], "prerequisites": [text],
        "process": [{"actor": text, "action": text, "when": text}], "results": [{**result, "source": "constructor"}],
        "documents": _documents(text), "clauses": {"validity": text}, "note": text,
        "doubts": [{"about": _within(text, 60), "note": text}], "sources": _sources(text),
    }  # fmt: skip


def charter_text(text: str) -> str:
    """A charter's Markdown with the text wherever a charter has text."""
    return f"# {text}\n\n第一条 {text}\n\n第二条 甲：\n（一）{text}\n（二）[{text}](https://example.org/)\n\n- {text}\n\n> {text}\n\n    {text}\n\n第三条\n\n{text}\n"


def make_hostile_root(folder: Path) -> Path:
    """The whole directory, ready to build."""
    root = make_root(folder)
    begin(root)
    _write(root / "chambers/_vocabulary", _vocabulary(root / "chambers/_vocabulary"))
    files: dict[str, Any] = {}
    for index, text in enumerate(ALL):
        files |= {
            f"g{index}/federation.yml": federation(index, text),
            f"g{index}/{slug_of(index)}.yml": chamber(index, text),
            f"g{index}/h{index}.md": charter_text(text),
            f"_schemes/h{index}.yml": scheme(index, text),
            f"_tombstones/t{index}.yml": {
                "removed": 2020, "reason": "other", "note": text, "name": f"撤销 {name_of(index, text)}"[:80],
                "sources": _sources(text),
            },
        }  # fmt: skip
    _write(root / "chambers", files)
    # With a past, so that what was added is told on the page of changes and in the feeds.
    commit(root, "甲 <script>canary()</script>", "2026-02-03")
    return root


def build_hostile_site(folder: Path) -> Path:
    """The finished site of it."""
    return built(folder / "site", "--root", make_hostile_root(folder / "root"), "--base-url", BASE_URL)


def _vocabulary(folder: Path) -> dict[str, Any]:
    lists: dict[str, Any] = {
        path.name: yaml.safe_load(path.read_text("utf-8")) for path in folder.glob("*.yml")
    }
    for index, kind in enumerate(lists["kinds.yml"]):
        kind |= {"title": ALL[index], "title_en": ALL[index], "description": ALL[index]}
    for index, industry in enumerate(lists["industries.yml"]):
        industry |= {"title": ALL[10 + index], "title_en": ALL[10 + index]}
    for index, region in enumerate(lists["regions.yml"]):
        region |= {"name": ALL[20 + index], "name_en": ALL[20 + index]}
    for name in ("charter_types.yml", "charter_topics.yml", "activity_topics.yml"):
        terms = [
            {"id": f"h{index}", "title": text, "title_en": text, "description": text}
            for index, text in enumerate(ALL)
        ]
        lists[name] = [*lists[name], *terms]
    return lists


def _write(folder: Path, files: dict[str, Any]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        written = (
            content
            if isinstance(content, str)
            else yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        )
        path.write_text(written, "utf-8", newline="\n")
