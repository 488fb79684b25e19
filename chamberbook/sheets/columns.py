"""Which sheets there are and which column carries which field. Headings and notes are the models' own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import BaseModel

from chamberbook.records import (
    Activity,
    Chamber,
    Charter,
    Consent,
    Contact,
    Doubt,
    FormerName,
    Honor,
    Members,
    Rating,
    Source,
)

Kind = Literal[
    "slug", "shown", "text", "texts", "code", "phone", "date", "period", "count", "score", "yes", "kind", "level",
    "status", "charter_status", "source_kind", "scheme", "rating_level", "region", "industries", "charter_type",
    "charter_topics", "activity_topic", "about", "fact",
]  # fmt: skip
MAIN = "商会"
GUIDE = "填写说明"
LISTS = "词表"
SLUG = "编号"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the field of the record or of the list's item, what its cells hold, what to tell."""

    heading: str
    loc: tuple[str, ...]
    kind: Kind
    required: bool
    note: str


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet. `field` is the list that it carries (none: a row is a chamber); `key` the column that names an item."""

    sheet: str
    field: str
    columns: tuple[Column, ...]
    key: str = ""

    @property
    def own(self) -> tuple[Column, ...]:
        """The columns that carry a field."""
        return tuple(column for column in self.columns if column.kind not in ("slug", "shown"))


#: Fields that no column carries: a charter's text is a file beside the record.
NOT_CARRIED = frozenset({("charters", "text")})

_KINDS: Mapping[tuple[str, str], Kind] = {
    ("", "kind"): "kind", ("", "level"): "level", ("", "status"): "status", ("", "industries"): "industries",
    ("", "aliases"): "texts", ("", "former_slugs"): "texts", ("", "uscc"): "code",
    ("", "region"): "region", ("", "region_then"): "region", ("", "origin_region"): "region",
    ("contact", "phone"): "phone", ("members", "count"): "count", ("charters", "signatories"): "count",
    ("charters", "chapters"): "count", ("charters", "articles"): "count", ("members", "approx"): "yes",
    ("ratings", "scheme"): "scheme", ("ratings", "level"): "rating_level", ("ratings", "score"): "score",
    ("charters", "type"): "charter_type", ("charters", "status"): "charter_status",
    ("charters", "topics"): "charter_topics", ("charters", "monitoring"): "yes", ("charters", "sanctions"): "yes",
    ("charters", "pdf_sha256"): "code", ("contact", "given"): "yes", ("activities", "topic"): "activity_topic", ("doubts", "about"): "about",
    ("sources", "kind"): "source_kind",
}  # fmt: skip
_DATES = frozenset({
    "status_as_of", "founded", "ended", "verified", "as_of", "until", "awarded", "valid_until", "revoked",
    "adopted", "published", "in_force", "superseded", "date",
})  # fmt: skip
_HEADINGS = {("charters", "id"): "公约编号"}
#: Where the model's own words speak of the YAML file.
_NOTES: Mapping[tuple[str, str] | str, str] = {
    "kind": "选一项。",
    "level": "登记或主管机关的层级，选一项；材料没写就留空。",
    "status": "选一项；不清楚的选“材料没写”或留空。",
    "charter_status": "选一项；不清楚的选“待核实”或留空。",
    "source_kind": "选一项。",
    "yes": "选“是”或“否”；不知道就留空。",
    "scheme": "选一项；名录里还没有的办法，先请维护人加上。",
    "rating_level": "选该办法所列的等级。",
    "charter_type": "选一项。",
    "charter_topics": "选一项；几项的用分号“；”隔开。",
    "activity_topic": "选一项。",
    "industries": "代表的行业，选一项；几项的用分号“；”隔开。只写代码也可以，如 C30。",
    "about": "存疑的栏目名，如 名称、成立时间、等级与称号。",
    ("", "region"): "今天的地区；全国性的留空。",
    ("contact", "phone"): "办公室固定电话，如 0510-87654321；手机号只在填了后面的同意或公开出处时收。",
    ("contact", "given"): "电话是手机号、机主书面同意公开的选“是”；别的情况留空。",
    ("members", "approx"): "材料写“约”“近”“多”的选“是”，不是就留空。",
    ("charters", "monitoring_body"): "公约写明由谁监督，如“理事会”；写了这一项，“写明监督机构”选“是”。",
    ("charters", "sanctions_text"): "用自己的话写违约怎么处理；写了这一项，“写明违约处理”选“是”。",
}
_SOURCE_NOTE = "依据哪几条来源，写“来源”表里的编号，如 r1；几条的用分号隔开：r1；r2。"
_SLUG_NOTE = "商会的编号，就是网址的最后一段；新加的自己起，用拼音，如 yixing-gongye-taoci，定了不改。"


def _column(field: str, model: type[BaseModel], name: str, below: tuple[str, ...] = ()) -> Column:
    info = model.model_fields[name]
    where = (below[0] if below else field, name)
    default: Kind = "date" if name in _DATES else "period" if name == "period" else "text"
    kind = "texts" if name == "source" else _KINDS.get(where, default)
    note = _NOTES.get(where) or _NOTES.get(kind) or info.description or ""
    return Column(
        heading=_HEADINGS.get(where, str(info.title)),
        loc=(*below, name),
        kind=kind,
        required=info.is_required(),
        note=_SOURCE_NOTE if name == "source" else note,
    )


def _slug(note: str) -> Column:
    return Column(SLUG, (), "slug", True, note)


def _main() -> Table:
    columns = [_slug(_SLUG_NOTE)]
    for name in Chamber.model_fields:
        if name == "contact":
            columns += _contact()
        elif name not in _LIST_FIELDS:
            columns.append(_column("", Chamber, name))
    return Table(MAIN, "", tuple(columns))


def _contact() -> Iterator[Column]:
    """A column for each field, and for each part of a consent; who gives none leaves all of them empty."""
    for name in Contact.model_fields:
        if name != "consent":
            yield _column("", Contact, name, ("contact",))
            continue
        for part in Consent.model_fields:
            yield replace(_column("", Consent, part, ("contact", "consent")), required=False)


_LIST_FIELDS = (
    "members", "ratings", "charters", "activities", "honors", "former_names", "doubts", "sources", "fact_sources",
)  # fmt: skip
_SHOWN = Column("商会名称", (), "shown", False, "给人看的，改了不算；新加的行可以空着。")


def _list(field: str, model: type[BaseModel], key: str = "", first: Column | None = None) -> Table:
    fields = [name for name in model.model_fields if (field, name) not in NOT_CARRIED]
    columns = [_column(field, model, name) for name in fields]
    sheet = str(Chamber.model_fields[field].title)
    own = (first, *columns) if first else tuple(columns)
    return Table(sheet, field, (_slug("“商会”表里的编号。"), _SHOWN, *own), key)


def tables() -> tuple[Table, ...]:
    """Every sheet that is read, in its order in the workbook."""
    source_id = Column(
        "来源编号", ("id",), "text", True, "同一家商会里不重复，如 r1、r2；别的表凭它指到这条来源。"
    )
    fact = Column("栏目", ("fact",), "fact", True, "“商会”表里的栏目名。只有一个来源时整张表不用填。")
    facts = Column("来源", ("source",), "texts", True, _SOURCE_NOTE)
    return (
        _main(),
        _list("members", Members),
        _list("ratings", Rating),
        _list("charters", Charter, key="id"),
        _list("activities", Activity),
        _list("honors", Honor),
        _list("former_names", FormerName),
        _list("doubts", Doubt),
        _list("sources", Source, key="id", first=source_id),
        Table("各项的来源", "fact_sources", (_slug("“商会”表里的编号。"), _SHOWN, fact, facts), "fact"),
    )
