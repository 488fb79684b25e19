"""The form: a chamber's record as a plain HTML form, made from the same models that check reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chamberbook.derive import Directory
from chamberbook.pages.formwords import WORDS, choices, hints, titles
from chamberbook.pages.model import Page
from chamberbook.problems import N_, Translate
from chamberbook.records import CITED_FACTS, Chamber, Region
from chamberbook.settings import Settings

#: Sections with their fields in the order of the form; the file has them in the order of the schema.
SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("names", N_("名称与类型"), (
        "name", "aliases", "kind", "level", "status", "status_as_of", "name_en", "former_names", "successor",
        "former_slugs",
    )),
    ("place", N_("地区与行业"), ("region", "industries", "trade", "origin_region", "region_then")),
    ("office", N_("登记与联系"), ("uscc", "founded", "ended", "contact", "members")),
    ("awards", N_("等级与称号"), ("ratings", "honors")),
    ("rules", N_("行规行约与活动"), ("charters", "activities")),
    ("origin", N_("来源"), ("sources", "fact_sources", "verified", "doubts")),
)  # fmt: skip
#: Written in one line each, as `fmt` has them.
_ONE_LINE = frozenset({"Members"})
_LONG = frozenset({"note", "summary", "fact", "sanctions_text"})
_DATE = "(-[0-9]{2}(-[0-9]{2})?)?"
#: The file that the form's script reads.
FILE = "contribute/form/known.json"
_LISTS = {"region": "rg", "region_then": "rg", "origin_region": "rg", "industries": "gb"}


def pages(directory: Directory, _settings: Settings, _: Translate) -> Iterator[Page]:
    """One page; what its script needs beside it is in the file of `known`."""
    fields = _fields(directory, _)
    by_key = {field["key"]: field for field in fields}
    sections = tuple(
        {"id": id_, "title": _(title), "fields": tuple(by_key[key] for key in keys)}
        for id_, title, keys in SECTIONS
    )
    yield Page(
        url="contribute/form/",
        title=_("填写一家商会"),
        description=_("在网页上填写或修改一家商会的资料，边填边检查，末尾生成资料文件；不用账号，也不会自动上传。"),
        template="form.html",
        data={
            "sections": sections,
        },
        tab="contribute",
    )  # fmt: skip


def parts(directory: Directory, _: Translate) -> Page:
    """The items of repeated groups, which are no page by themselves."""
    return Page(
        url="contribute/form/",
        title="",
        description="",
        template="form_parts.html",
        data={"fields": _fields(directory, _)},
    )


def known(directory: Directory, settings: Settings, _: Translate, parts: str) -> bytes:
    """What the script asks for when somebody begins to fill in the form: the fields with their rules, what can be chosen
    and is too much for the page, its words, the HTML of the repeated parts. As JSON.
    """
    schemes = directory.schemes
    facts = {
        "fields": _rules(_fields(directory, _)),
        "facts": CITED_FACTS,
        "federations": [(one.id, one.federation.name) for one in directory.federations.values()],
        "regions": [_region(region, directory.regions) for region in directory.regions.values()],
        "industries": [f"{one.code} {one.title}" for one in directory.industries.values()],
        "schemes": [(id_, scheme.name) for id_, scheme in schemes.items()],
        "levels": {
            id_: [(level.id, level.label) for level in scheme.levels] for id_, scheme in schemes.items()
        },
        "today": directory.as_of.isoformat(),
        "new": settings.new_file_url or "",
        "edit": settings.edit_url or "",
        "mail": settings.report_mail or "",
        "words": {key: _(text) for key, text in WORDS.items()},
        "parts": parts,
    }
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()


def _rules(fields: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The fields without what the page shows of them."""
    shown = ("hint", "optional", "choices", "blank", "datalist")
    return [
        {key: _rules(value) if key == "fields" else value for key, value in field.items() if key not in shown}
        for field in fields
    ]


def _region(region: Region, regions: Mapping[str, Region]) -> str:
    names = [region.name]
    upper = regions.get(region.parent or "")
    while upper is not None:
        names.insert(0, upper.name)
        upper = regions.get(upper.parent or "")
    return f"{region.code} {' '.join(names)}"


def _fields(directory: Directory, _: Translate) -> tuple[dict[str, Any], ...]:
    """Every field of a chamber in the schema's order; a field of records holds theirs."""
    schema = Chamber.model_json_schema()
    maker = _Maker(schema, choices(directory, _), hints(_), titles(_), _)
    return maker.fields("Chamber", schema)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes fields from the schema of a chamber, what can be chosen, and hints that a form words in its own way."""

    schema: Mapping[str, Any]
    offered: Mapping[str, tuple[tuple[str, str], ...]]
    hints: Mapping[str, str]
    titles: Mapping[str, str]
    words: Translate

    def fields(self, model: str, schema: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
        """The fields of a record, in its order."""
        needed = schema.get("required", ())
        return tuple(
            self._field(model, key, _plain(part), key in needed) for key, part in schema["properties"].items()
        )

    def _field(self, model: str, key: str, part: dict[str, Any], needed: bool) -> dict[str, Any]:
        _, name = self.words, f"{model}.{key}"
        field: dict[str, Any] = {
            "key": key, "title": self.titles.get(key, _(part["title"])), "required": needed, "optional": not needed,
            "hint": self.hints.get(name, self.hints.get(key, _(part.get("description", "")))),
            **_type(name, key, part),
        }  # fmt: skip
        if key in _LISTS:
            field["datalist"] = _LISTS[key]
        if name in self.offered:
            labels, default = dict(self.offered[name]), str(part.get("default"))
            field["type"] = "checks" if field["type"] == "list" else "choice"
            field["choices"] = tuple((value, label) for value, label in labels.items() if value != default)
            field["blank"] = labels.get(default) or (_("请选择") if needed else _("未填"))
        if "model" in part:
            inner = part["model"]
            field["fields"] = self.fields(inner, self.schema["$defs"][inner])
            field["one_line"] = inner in _ONE_LINE
        if key == "fact_sources":
            field["fields"] = self._facts()
        return field

    def _facts(self) -> tuple[dict[str, Any], ...]:
        """For each basic fact a field for its sources."""
        parts = self.schema["properties"] | self.schema["$defs"]["Contact"]["properties"]
        same = {"type": "sources", "hint": "", "required": False, "optional": False}
        return tuple(
            {"key": fact, "title": self.titles.get(fact, self.words(parts[fact]["title"])), **same}
            for fact in CITED_FACTS
        )


def _plain(part: Mapping[str, Any]) -> dict[str, Any]:
    """A property without its `anyOf` and `$ref`: one level of keywords, and the name of the record it holds."""
    plain: dict[str, Any] = {}
    for one in (part, *part.get("anyOf", ())):
        if one.get("type") in ("integer", "number"):
            plain["number"] = True
        if one.get("type") != "null":
            plain = {**one, **plain}
    for inner in (plain, plain.get("items", {}), *plain.get("patternProperties", {}).values()):
        if "$ref" in inner:
            plain["model"] = inner["$ref"].rpartition("/")[2]
    return plain


def _type(name: str, key: str, part: Mapping[str, Any]) -> dict[str, Any]:
    """What kind of field it is, with the rules that the schema has for its text."""
    rules = {
        short: part[long]
        for short, long in (
            ("pattern", "pattern"), ("min", "minimum"), ("max", "maximum"), ("shortest", "minLength"), ("longest", "maxLength"),
        )
        if long in part
    }  # fmt: skip
    kind = "long" if key in _LONG else "text"
    if key == "source":
        return {"type": "sources"}
    if "model" in part:
        kind = {"sources": "sources-group", "contact": "record", "consent": "record"}.get(key, "group")
    elif key == "fact_sources":
        kind = "facts"
    elif part.get("type") == "array":
        items = part["items"]
        rules = {s: items[k] for s, k in (("pattern", "pattern"), ("shortest", "minLength"), ("longest", "maxLength")) if k in items}  # fmt: skip
        kind = "list"
    elif part.get("type") == "boolean":
        kind = "tick" if part.get("default") is False else "yesno"
    elif _DATE in rules.get("pattern", ""):
        kind = "date"
    elif key in _LISTS:
        kind = "region"
    elif part.get("type") in ("integer", "number"):
        kind = "number"
    elif key in ("url", "website", "pdf"):
        kind = "url"
    found: dict[str, Any] = {"type": kind, **rules}
    if part.get("number"):
        found["number"] = True
    if name == "Charter.text":
        found["readonly"] = True
    return found
