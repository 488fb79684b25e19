"""A federation of industry and commerce (工商联): `chambers/<federation>/federation.yml`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from chamberbook.records.base import (
    Contact,
    Doubt,
    Name,
    Record,
    RegionCode,
    Source,
    SourceId,
    SourceIds,
    Text,
    WhenKnown,
)  # fmt: skip

#: Figures that several federations report, so that they can be compared; all others only have a label.
FigureKey = Literal[
    "members_total", "enterprise_members", "group_members", "individual_members",
    "industry_chambers", "grassroots_chambers", "nonlocal_chambers", "registered_with_civil_affairs",
]  # fmt: skip


class Figure(Record):
    """工商联自己报告的一个数。"""

    label: Text = Field(title="项目")
    key: FigureKey | None = Field(None, title="通用项", description="几家都报告的项目写上通用项，便于对照。")
    value: float = Field(title="数目")
    unit: Annotated[str, Field(min_length=1, max_length=12)] = Field(title="单位")
    as_of: WhenKnown | None = Field(None, title="截至")
    approx: bool = Field(False, title="约数")
    computed: bool = Field(False, title="相加得出", description="把原文分项相加得出的数。")
    note: Text | None = Field(None, title="说明")
    source: SourceIds = Field(title="来源")


class Document(Record):
    """文件：工商联或有关机关所发。"""

    title: Text = Field(title="题名", description="不带书名号。")
    issuer: Text | None = Field(None, title="发文机关")
    number: Text | None = Field(None, title="文号")
    date: WhenKnown | None = Field(None, title="日期")
    source: SourceIds = Field(title="来源")


class Federation(Record):
    """工商联：一个文件夹一家，文件夹名就是编号。"""

    name: Name = Field(title="名称", description="写全“工商业联合会”。")
    short_name: Name = Field(title="简称", description="如“南通市工商联”。")
    name_en: Annotated[str, Field(min_length=2, max_length=160)] | None = Field(None, title="英文名称")
    aliases: tuple[Name, ...] = Field((), title="又称")
    level: Literal["national", "province", "prefecture", "county"] = Field(title="层级")
    region: RegionCode | None = Field(None, title="地区代码", description="全国工商联留空。")
    maintainers: tuple[Text, ...] = Field(
        (), title="维护人", description="代码托管平台的账号；没有就由上级代看。"
    )
    figures: tuple[Figure, ...] = Field((), title="它报告的数字")
    documents: tuple[Document, ...] = Field((), title="它发的文件")
    contact: Contact = Field(default_factory=lambda: Contact.model_validate({}), title="联系方式")
    collects_for_region: bool = Field(
        False, title="代收本省", description="所属工商联不明的商会放在本省的文件夹里，由它代收更正。"
    )
    note: Text | None = Field(None, title="说明")
    doubts: tuple[Doubt, ...] = Field((), title="存疑")
    sources: dict[SourceId, Source] = Field(default_factory=dict, title="来源")
