"""A chamber of commerce (商会): one YAML file, `chambers/<federation>/<slug>.yml`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool

from chamberbook.records.base import (
    Contact,
    Count,
    Doubt,
    Honor,
    Id,
    IndustryCode,
    Name,
    Period,
    Record,
    RegionCode,
    Source,
    SourceId,
    SourceIds,
    Text,
    Url,
    WhenKnown,
)

Kind = Literal[
    "industry", "township", "subdistrict", "village", "market", "park", "nonlocal", "general", "other"
]
Level = Literal["national", "province", "prefecture", "county", "township"]
Status = Literal["active", "preparing", "merged", "dissolved", "unknown"]
CharterStatus = Literal["draft", "in_force", "superseded", "repealed", "unknown"]

#: Plain facts whose source is named in `fact_sources` when a record has more than one source.
CITED_FACTS = (
    "name", "name_en", "kind", "level", "industries", "trade", "region", "region_then", "origin_region",
    "status", "founded", "ended", "uscc", "address", "phone", "email", "website", "wechat",
)  # fmt: skip


class Members(Record):
    """会员规模：某一时间的一个数。"""

    count: Count = Field(title="数目", description="只写数字。")
    unit: Annotated[str, Field(min_length=1, max_length=20)] = Field(
        title="单位", description="企业、会员、会员单位等。"
    )
    as_of: WhenKnown | None = Field(None, title="截至", description="这个数是什么时候的；材料没写就留空。")
    approx: StrictBool = Field(False, title="约数", description="材料写“约”“近”“多”的写 true。")
    source: SourceIds = Field(title="来源", description="依据哪几条来源，如 r1 或 [r1, r2]。")


class FormerName(Record):
    """曾用名。"""

    name: Name = Field(title="名称", description="更名以前的全称。")
    until: WhenKnown | None = Field(None, title="用到", description="更名的日期。")
    source: SourceIds = Field(title="来源", description="依据哪几条来源，如 r1 或 [r1, r2]。")


class Rating(Record):
    """等级或称号：一次授予就是一条，续评另写一条。"""

    scheme: Id = Field(title="办法", description="chambers/_schemes/ 里的编号。")
    level: Id = Field(title="等级", description="该办法所列等级的编号。")
    period: Period | None = Field(None, title="年度或届", description="2023，或 2021-2022。")
    score: Annotated[float, Field(ge=0, le=10000)] | None = Field(
        None, title="得分", description="公布了得分才填。"
    )
    awarded: WhenKnown | None = Field(
        None, title="授予日期", description="公布或发证的日期；只知道年份就写年份。"
    )
    valid_until: WhenKnown | None = Field(
        None, title="有效期至", description="证书或文件写明的才填；否则由办法推算。"
    )
    awarded_by: Text | None = Field(None, title="授予机关", description="公布或发证的机关；材料没写就留空。")
    document: Text | None = Field(None, title="文号", description="公布它的文件的文号；材料没写就留空。")
    revoked: WhenKnown | None = Field(
        None, title="撤销日期", description="被授予机关撤销的日期；没有就留空。"
    )
    note: Text | None = Field(None, title="说明", description="需要说明的一句话，如“第三次”。")
    source: SourceIds = Field(title="来源", description="依据哪几条来源，如 r1 或 [r1, r2]。")


class Charter(Record):
    """公约：行规行约、自律公约、倡议书等，一份一条。"""

    id: Id = Field(title="编号", description="网址的最后一段，定了不改。")
    title: Annotated[str, Field(min_length=2, max_length=120)] | None = Field(
        None, title="题名", description="不带书名号；材料没有给出题名就留空。"
    )
    type: Text = Field(title="文种", description="_vocabulary/charter_types.yml 里的名称。")
    status: CharterStatus = Field(
        "unknown",
        title="状态",
        description="draft 草案，in_force 施行中，superseded 已被新版替代，repealed 已废止，unknown 待核实。",
    )
    adopted: WhenKnown | None = Field(None, title="通过日期", description="会员大会或理事会通过的日期。")
    published: WhenKnown | None = Field(None, title="公布日期", description="公开发布的日期。")
    in_force: WhenKnown | None = Field(None, title="施行日期", description="开始施行的日期。")
    superseded: WhenKnown | None = Field(None, title="被替代日期", description="被新版替代的日期。")
    adopted_by: Text | None = Field(None, title="通过机构", description="会员大会、理事会等。")
    signatories: Count | None = Field(None, title="签署家数", description="签署的企业或单位数，只写数字。")
    supersedes: Id | None = Field(None, title="替代", description="同一商会被这份替代的那份的编号。")
    chapters: Annotated[int, Field(ge=1, le=200)] | None = Field(
        None, title="章数", description="原文分几章；不分章就留空。"
    )
    articles: Annotated[int, Field(ge=1, le=1000)] | None = Field(
        None, title="条数", description="原文有几条；不知道就留空。"
    )
    topics: tuple[Text, ...] = Field(
        (), title="主题", description="_vocabulary/charter_topics.yml 里的名称。"
    )
    monitoring: StrictBool | None = Field(None, title="写明监督机构", description="材料没提就留空。")
    monitoring_body: Text | None = Field(
        None, title="监督机构", description="公约写明由谁监督，如“理事会”；写了这一项，monitoring 填 true。"
    )
    sanctions: StrictBool | None = Field(None, title="写明违约处理", description="材料没提就留空。")
    sanctions_text: Text | None = Field(
        None,
        title="违约处理",
        description="用自己的话写违约怎么处理，如“提醒、批评、通报”；写了这一项，sanctions 填 true。",
    )
    summary: Text | None = Field(None, title="摘要", description="用自己的话概括，不抄原文。")
    text: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*\.md$", max_length=120)] | None = Field(
        None, title="全文", description="同一文件夹里的 Markdown 文件名；不能公布全文就留空。"
    )
    pdf: Url | None = Field(None, title="PDF 原件", description="制定单位或机关公布的 PDF 文件的网址。")
    pdf_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        None,
        title="PDF 的 SHA-256",
        description="PDF 文件的 SHA-256 校验值，64 位小写十六进制；日后凭它辨认是不是同一份文件。",
    )
    note: Text | None = Field(None, title="说明", description="需要说明的一句话。")
    source: SourceIds = Field(title="来源", description="依据哪几条来源，如 r1 或 [r1, r2]。")


class Activity(Record):
    """活动与服务：一件做过的事。"""

    topic: Text = Field(title="主题", description="_vocabulary/activity_topics.yml 里的名称。")
    fact: Text = Field(title="事实", description="做了什么、结果怎样，一两句话，带数字和日期。")
    as_of: WhenKnown | None = Field(None, title="时间", description="什么时候的事，或截至什么时候。")
    source: SourceIds = Field(title="来源", description="依据哪几条来源，如 r1 或 [r1, r2]。")


class Chamber(Record):
    """商会：一家一份资料文件。"""

    name: Name = Field(title="名称", description="登记的或自己公开使用的全称。")
    name_en: Annotated[str, Field(min_length=2, max_length=160)] | None = Field(
        None, title="英文名称", description="商会自己使用的英文名；不要翻译。"
    )
    aliases: tuple[Name, ...] = Field((), title="又称", description="材料里的其他写法、简称。")
    former_names: tuple[FormerName, ...] = Field((), title="曾用名", description="登记过、后来不用的名称。")
    kind: Kind = Field(
        title="类型",
        description="industry 行业，township 乡镇，subdistrict 街道，village 村级，market 市场，park 园区，nonlocal 异地，general 综合，other 其他。",
    )
    level: Level | None = Field(None, title="层级", description="登记或主管机关的层级；材料没写就留空。")
    industries: tuple[IndustryCode, ...] = Field(
        (), title="行业代码", description="GB/T 4754-2017，门类或大类，如 C30。"
    )
    trade: Annotated[str, Field(min_length=1, max_length=40)] | None = Field(
        None, title="行业", description="材料里的说法，如“工业陶瓷”。"
    )
    region: RegionCode | None = Field(
        None, title="地区代码", description="今天的六位行政区划代码，加引号；全国性的留空。"
    )
    region_then: RegionCode | None = Field(
        None, title="当时的地区代码", description="材料所写、后来停用的代码。"
    )
    origin_region: RegionCode | None = Field(None, title="原籍地代码", description="异地商会的会员来自哪里。")
    status: Status = Field(
        "unknown",
        title="状态",
        description="active 有活动记录，preparing 筹备中，merged 已并入，dissolved 已终止，unknown 材料没写。",
    )
    status_as_of: WhenKnown | None = Field(None, title="状态的日期", description="材料反映的时间。")
    successor: Id | None = Field(None, title="并入", description="并入、更替后的商会编号。")
    former_slugs: tuple[Id, ...] = Field((), title="旧编号", description="用过的编号，旧网址会转到这里。")
    founded: WhenKnown | None = Field(
        None, title="成立时间", description="成立大会或登记的日期；只知道年份就写年份，不知道就留空。"
    )
    ended: WhenKnown | None = Field(
        None, title="终止时间", description="注销、解散或并入的日期；没有就留空。"
    )
    uscc: Annotated[str, Field(min_length=18, max_length=18)] | None = Field(
        None, title="统一社会信用代码", description="18 位，照登记证书写；没有登记或不知道就留空。"
    )
    members: tuple[Members, ...] = Field(
        (), title="会员规模", description="一个时间的一个数，一条一个，旧的不删。"
    )
    contact: Contact = Field(
        default_factory=lambda: Contact.model_validate({}),
        title="联系方式",
        description="办公电话、机构邮箱等，不收个人信息。",
    )
    ratings: tuple[Rating, ...] = Field(
        (), title="等级与称号", description="有固定办法的等级和称号，一次授予一条。"
    )
    charters: tuple[Charter, ...] = Field(
        (), title="公约", description="行规行约、自律公约、倡议书等，一份一条。"
    )
    activities: tuple[Activity, ...] = Field(
        (), title="活动与服务", description="材料写到它做过的事，一件一条。"
    )
    honors: tuple[Honor, ...] = Field((), title="其他荣誉", description="没有固定办法的一次性表彰。")
    doubts: tuple[Doubt, ...] = Field((), title="存疑", description="拿不准的地方，一处一条。")
    fact_sources: dict[str, SourceIds] = Field(
        default_factory=dict,
        title="各项的来源",
        description="只有一个来源时不用写；有两个以上时，每个填了的基本栏目都要写明出自哪里。",
    )
    sources: dict[SourceId, Source] = Field(
        title="来源", description="编号和材料，编号如 r1；每条都要在上面用到。", min_length=1
    )
    verified: WhenKnown | None = Field(
        None, title="核对到", description="最近一次对照来源核对所用材料的日期。"
    )
