"""The published shapes of records in JSON: what `/data/v1/*.json` and each chamber's own `record.json` hold.

They are the models of the records with what follows from them. A key that is not there was left open in the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, WithJsonSchema

from chamberbook.awards import AwardState
from chamberbook.history import EventName
from chamberbook.records import Chamber, Federation, Industry, KindTerm, Region, Scheme, Term, Tombstone
from chamberbook.records.base import Record

_URL = "网页的网址；没有设网站地址的，从网站根目录算起。"


class RatingToday(Record):
    """等级今天的状态：生成那天还有没有效。"""

    state: AwardState = Field(title="状态", description="in_force 有效，expiring 90 天内到期等。")
    ends: str | None = Field(None, title="最后有效日", description="算不出的没有这一项。")


class Derived(Record):
    """推得的：由资料和词表得出，不在资料文件里。"""

    kind: str = Field(title="类型名称", description="类型的中文名称。")
    places: tuple[str, ...] = Field(title="所在地", description="省、市、县的名称，从大到小；全国性的为空。")
    industries: tuple[str, ...] = Field(title="行业名称", description="和 industries 逐项对应。")
    ratings: tuple[RatingToday, ...] = Field(title="等级今天的状态", description="和 ratings 逐项对应。")
    stale: bool = Field(title="资料较旧", description="核对所用材料在五年以前，或没有日期。")


class PublishedChamber(Record):
    """公布的商会：资料文件里的和由它推得的，分开写。"""

    id: str = Field(title="编号", description="永久编号，也是网址的最后一段。")
    url: str = Field(title="网址", description=_URL)
    path: str = Field(title="资料文件", description="资料文件从项目根目录算起的路径。")
    federation: str = Field(title="工商联", description="它归的工商联的编号。")
    created: str | None = Field(
        None, title="收录日期", description="资料收进名录的日期，据提交历史；历史不完整的没有这一项。"
    )
    changed: str | None = Field(
        None,
        title="最近更新",
        description="资料或公约全文最近一次有改动的日期，据提交历史；不确知的没有这一项。",
    )
    record: Chamber = Field(title="资料", description="资料文件里写的，没有写的栏目不出现。")
    derived: Derived = Field(title="推得的", description="由资料和词表得出，不在资料文件里。")


class PublishedFederation(Record):
    """公布的工商联：资料文件里的和由它推得的。"""

    id: str = Field(title="编号", description="永久编号，也是文件夹名。")
    url: str = Field(title="网址", description=_URL)
    parent: str | None = Field(None, title="上级", description="名录里最近的上级工商联的编号。")
    record: Federation = Field(title="资料", description="资料文件里写的，没有写的栏目不出现。")


class PublishedScheme(Record):
    """公布的评定办法：资料文件里的。"""

    id: str = Field(title="编号", description="永久编号，也是网址的最后一段。")
    url: str = Field(title="网址", description=_URL)
    record: Scheme = Field(title="资料", description="资料文件里写的，没有写的栏目不出现。")


class PublishedTombstone(Record):
    """公布的撤销记录：什么时候、为什么。"""

    id: str = Field(title="编号", description="撤下以前的编号。")
    url: str = Field(title="网址", description=_URL)
    record: Tombstone = Field(title="撤销记录", description="撤销记录里写的，没有写的栏目不出现。")


class ChangeSource(Record):
    """更新的来源：凭什么。"""

    title: str = Field(title="题名", description="原文的标题。")
    publisher: str = Field(title="发布者", description="发布它的机关、商会或媒体。")
    date: str | None = Field(None, title="日期", description="材料发布的日期；未载的没有这一项。")
    url: str | None = Field(None, title="网址", description="可以链接的原网页。")


_FACT = WithJsonSchema({"type": ["string", "integer", "array"], "items": {"type": "string"}})


class PublishedChange(Record):
    """一处变化：一家商会发生了什么。build.py diff --format ndjson 的每一行也是这个样子，另有 kind 和 path。"""

    id: str | None = Field(None, title="编号", description="这处变化的编号，不会变；比较两个版本时没有。")
    when: str | None = Field(
        None,
        title="时间",
        description="改动进入名录的时间；到期的是那一天零点（北京时间）。比较两个版本时没有。",
    )
    commit: str | None = Field(None, title="提交", description="带来它的 git 提交；到期的没有。")
    kind: str | None = Field(None, title="报告里的分类", description="比较两个版本时才有。")
    path: str | None = Field(None, title="资料文件", description="比较两个版本时才有。")
    event: EventName | None = Field(
        None, title="发生了什么", description="固定的英文词；属于另一处变化的部分没有这一项。"
    )
    chamber: str | None = Field(None, title="商会编号", description="chambers 表里的编号，或撤下以前的编号。")
    federation: str | None = Field(None, title="工商联", description="当时归的工商联的编号。")
    region: str | None = Field(None, title="地区代码", description="当时写的地区代码；全国性的没有。")
    industries: tuple[str, ...] = Field((), title="行业代码", description="当时写的行业代码。")
    facts: dict[str, Annotated[str | int | tuple[str, ...], _FACT]] = Field(
        default_factory=dict,
        title="细节",
        description="办法 scheme、等级 level、公约 charter、改到的栏目 fields 等；不含改动以前的内容。",
    )
    sources: tuple[ChangeSource, ...] = Field((), title="来源", description="最多三条。")
    name: str = Field(title="名称", description="商会现在的名称；名称不再公开的，写明不再公开。")
    url: str | None = Field(None, title="网址", description=_URL)
    text: str = Field(title="文字说明", description="一句话。")


class Vocabularies(Record):
    """词表：资料只能从这里面选。"""

    regions: tuple[Region, ...] = Field(title="地区", description="行政区划代码，含停用的。")
    industries: tuple[Industry, ...] = Field(title="行业", description="GB/T 4754-2017 的门类和大类。")
    kinds: tuple[KindTerm, ...] = Field(title="商会类型", description="商会按什么分类。")
    charter_types: tuple[Term, ...] = Field(title="公约文种", description="公约、约定、倡议书等。")
    charter_topics: tuple[Term, ...] = Field(title="公约主题", description="公约写到的事。")
    activity_topics: tuple[Term, ...] = Field(title="活动主题", description="商会做的事。")


_SHAPES: tuple[tuple[str, type[Record], Literal["list", "one"]], ...] = (
    ("chambers", PublishedChamber, "list"),
    ("federations", PublishedFederation, "list"),
    ("schemes", PublishedScheme, "list"),
    ("tombstones", PublishedTombstone, "list"),
    ("changes", PublishedChange, "list"),
    ("vocabularies", Vocabularies, "one"),
)


def published_schemas() -> Mapping[str, dict[str, Any]]:
    """The JSON Schema of each JSON file by its name; for a list, `$defs` has the schema of one entry too."""
    return {name: _schema(shape, many=kind == "list") for name, shape, kind in _SHAPES}


def _schema(shape: type[Record], *, many: bool) -> dict[str, Any]:
    made = TypeAdapter(tuple[shape, ...] if many else shape).json_schema(mode="serialization")  # type: ignore[valid-type]
    _plain(made)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _plain(node: Any) -> None:
    """Dates and years are always text in what is published; only files that people write may have numbers there."""
    if isinstance(node, dict):
        choices = node.get("anyOf")
        if isinstance(choices, list) and {"integer", "string"} <= {one.get("type") for one in choices}:
            node["anyOf"] = [one for one in choices if one.get("type") != "integer"]
        for inner in node.values():
            _plain(inner)
    elif isinstance(node, list):
        for inner in node:
            _plain(inner)
