"""A federation of industry and commerce (工商联): `chambers/<federation>/federation.yml`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool

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

    label: Text = Field(title="项目", description="报告里的说法，如“行业商会”。")
    key: FigureKey | None = Field(None, title="通用项", description="几家都报告的项目写上通用项，便于对照。")
    value: float = Field(title="数目", description="只写数字。")
    unit: Annotated[str, Field(min_length=1, max_length=12)] = Field(
        title="单位", description="家、个、人、% 等。"
    )
    as_of: WhenKnown | None = Field(None, title="截至", description="这个数是什么时候的；材料没写就留空。")
    approx: StrictBool = Field(False, title="约数", description="材料写“约”“近”“多”的写 true。")
    computed: StrictBool = Field(False, title="相加得出", description="把原文分项相加得出的数。")
    note: Text | None = Field(None, title="说明", description="口径、包含关系等，一句话。")
    source: SourceIds = Field(title="来源", description="依据哪几条来源，如 r1 或 [r1, r2]。")


class Document(Record):
    """文件：工商联或有关机关所发。"""

    title: Text = Field(title="题名", description="不带书名号。")
    issuer: Text | None = Field(None, title="发文机关", description="发文的机关；材料没写就留空。")
    number: Text | None = Field(None, title="文号", description="如 苏联发〔2022〕104号；材料没写就留空。")
    date: WhenKnown | None = Field(None, title="日期", description="发文的日期；材料没写就留空。")
    source: SourceIds = Field(title="来源", description="依据哪几条来源，如 r1 或 [r1, r2]。")


class Federation(Record):
    """工商联：一个文件夹一家，文件夹名就是编号。"""

    name: Name = Field(title="名称", description="写全“工商业联合会”。")
    short_name: Name = Field(title="简称", description="如“南通市工商联”。")
    name_en: Annotated[str, Field(min_length=2, max_length=160)] | None = Field(
        None, title="英文名称", description="工商联自己使用的英文名；不要翻译。"
    )
    aliases: tuple[Name, ...] = Field((), title="又称", description="材料里的其他写法。")
    level: Literal["national", "province", "prefecture", "county"] = Field(
        title="层级", description="national 全国，province 省级，prefecture 市级，county 县级。"
    )
    region: RegionCode | None = Field(None, title="地区代码", description="全国工商联留空。")
    maintainers: tuple[Text, ...] = Field(
        (), title="维护人", description="代码托管平台的账号；没有就由上级代看。"
    )
    figures: tuple[Figure, ...] = Field(
        (), title="它报告的数字", description="工商联自己的材料写到的数，一项一条，各带日期。"
    )
    documents: tuple[Document, ...] = Field((), title="它发的文件", description="它发的、或材料提到的文件。")
    contact: Contact = Field(
        default_factory=lambda: Contact.model_validate({}),
        title="联系方式",
        description="工商联机关的办公联系方式。",
    )
    collects_for_region: StrictBool = Field(
        False, title="代收本省", description="所属工商联不明的商会放在本省的文件夹里，由它代收更正。"
    )
    note: Text | None = Field(None, title="说明", description="凭什么知道有这家工商联，或需要说明的一句话。")
    doubts: tuple[Doubt, ...] = Field((), title="存疑", description="拿不准的地方，一处一条。")
    sources: dict[SourceId, Source] = Field(
        default_factory=dict, title="来源", description="编号和材料，编号如 r1；每条都要在上面用到。"
    )
