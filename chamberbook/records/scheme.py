"""A rating scheme (评定办法): who awards which levels, how they are won and how long they last."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from chamberbook.records.base import (
    Doubt,
    Id,
    Name,
    Record,
    RegionCode,
    Source,
    SourceId,
    SourceIds,
    Text,
    WhenKnown,
)  # fmt: skip
from chamberbook.records.chamber import Kind
from chamberbook.records.federation import Document

#: A day of any year, 12-31; 02-29 is the last day of February.
MONTH_DAY = r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
Score = Annotated[float, Field(ge=0, le=10000)]
Years = Annotated[int, Field(ge=1, le=50)]


class Requirement(Record):
    """先决条件：先持有本办法的哪个等级，满几年。"""

    level: Id = Field(title="先持有的等级", description="本办法所列等级的编号；持有更高等级的也算。")
    years: Annotated[int, Field(ge=0, le=50)] = Field(
        title="满几年", description="授予时已连续持有的整年数；只要求持有的写 0。"
    )
    from_year: Years = Field(
        1, title="从第几年起", description="办法开始的那一年是第 1 年；“自第二年起”写 2。"
    )


class SchemeLevel(Record):
    """办法里的一个等级或称号；rank 大的高，只在本办法之内比较。"""

    id: Id = Field(title="编号")
    label: Text = Field(title="名称", description="五星级、5A、四好等。")
    form: Literal["stars", "letter", "title"] = Field(
        title="形式", description="授星的画星，A 级用字母标，其余写称号。"
    )
    stars: Annotated[int, Field(ge=1, le=10)] | None = Field(None, title="星数")
    rank: Annotated[int, Field(ge=1, le=100)] = Field(title="次序")
    awarded_by: Text | None = Field(None, title="由谁授予")
    issuers: tuple[Text, ...] = Field(
        (),
        title="认可的授予机关",
        description="和整项办法不同的才写；* 代表任意几个字，如“*区工商业联合会”。",
    )
    score_min: Score | None = Field(None, title="最低分（含）")
    score_max: Score | None = Field(None, title="最高分（不含）")
    rule: Text | None = Field(None, title="条件")
    prerequisite: Text | None = Field(None, title="先决条件", description="照办法的说法写给人看。")
    requires: tuple[Requirement, ...] = Field(
        (), title="先决条件（可核对）", description="先持有某一等级满几年的，在这里分栏写，检查时照此核对。"
    )
    validity_years: Years | None = Field(None, title="有效期（年）", description="和整项办法不同的才写。")
    valid_until: WhenKnown | None = Field(
        None, title="统一到期日", description="不论何时授予都到这一天为止的才写。"
    )


class SchemeItem(Record):
    """考评项目。"""

    text: Text = Field(title="内容")
    points: Score | None = Field(None, title="分值")


class SchemeStep(Record):
    """评定的一步。"""

    actor: Text | None = Field(None, title="谁")
    action: Text = Field(title="做什么")
    when: Text | None = Field(None, title="何时")


class SchemeResult(Record):
    """公布过的结果：只有总数、没有名单的也记在这里。"""

    label: Text = Field(title="结果")
    level: Id | None = Field(None, title="等级")
    count: Annotated[int, Field(ge=0)] | None = Field(None, title="数目")
    unit: Annotated[str, Field(min_length=1, max_length=12)] = Field("家", title="单位")
    period: Text | None = Field(None, title="年度或届")
    scope: Text | None = Field(None, title="口径")
    listed: bool = Field(False, title="有名单", description="公布了名单的写 true。")
    source: SourceIds = Field(title="来源")


class Clauses(Record):
    """条文：各项规定出自文件的哪一条，如“第七条”；检查和页面照此指明。"""

    kinds: Text | None = Field(None, title="适用的商会类型")
    issuer: Text | None = Field(None, title="授予机关")
    score: Text | None = Field(None, title="分数线")
    prerequisite: Text | None = Field(None, title="先决条件")
    validity: Text | None = Field(None, title="有效期")
    since: Text | None = Field(None, title="起止时间")


class Scheme(Record):
    """评定办法：一项一个文件，`chambers/_schemes/<编号>.yml`。"""

    name: Name = Field(title="名称")
    short_name: Annotated[str, Field(min_length=2, max_length=40)] = Field(
        title="简称", description="列表里用。"
    )
    name_en: Annotated[str, Field(min_length=2, max_length=160)] | None = Field(None, title="英文名称")
    summary: Text = Field(title="一句话", description="谁给谁评什么，怎样算有效。")
    issuer: Text | None = Field(None, title="授予机关", description="材料没写就留空。")
    issuers: tuple[Text, ...] = Field(
        (),
        title="认可的授予机关",
        description="资料里的授予机关可以怎样写；留空就以 issuer 为准。* 代表任意几个字，如“*民政局”。",
    )
    issuer_region: RegionCode | None = Field(None, title="授予机关所在地区")
    federation: Id | None = Field(None, title="主办的工商联", description="名录里有这家工商联就写它的编号。")
    kinds: tuple[Kind, ...] = Field((), title="适用的商会类型", description="留空表示不限。")
    levels: tuple[SchemeLevel, ...] = Field((), title="等级", description="只打分、没有写出等级的办法留空。")
    validity_years: Years | None = Field(
        None, title="有效期（年）", description="没有写明期限的留空，按年度认定。"
    )
    ends_on: Annotated[str, Field(pattern=MONTH_DAY)] | None = Field(
        None,
        title="到期的月日",
        description="到期日固定的才写，如 12-31：授予年份加有效年数的那一年的这一天。",
    )
    valid_until: WhenKnown | None = Field(
        None, title="统一到期日", description="不论何时授予都到这一天为止的才写。"
    )
    validity_note: Text | None = Field(None, title="有效期说明")
    since: WhenKnown | None = Field(None, title="开始")
    ended: WhenKnown | None = Field(None, title="停办", description="这一天之后不再按这项办法授予。")
    frequency: Text | None = Field(None, title="频率")
    total_points: Score | None = Field(None, title="满分")
    structure: Text | None = Field(None, title="结构", description="几个方面、几个大项小项。")
    items: tuple[SchemeItem, ...] = Field((), title="考什么")
    prerequisites: tuple[Text, ...] = Field((), title="申报条件")
    process: tuple[SchemeStep, ...] = Field((), title="怎么评")
    results: tuple[SchemeResult, ...] = Field((), title="公布过的结果")
    documents: tuple[Document, ...] = Field((), title="文件")
    clauses: Clauses = Field(
        default_factory=lambda: Clauses.model_validate({}),
        title="条文",
        description="见到文件正文的才写；规定出自第几条。",
    )
    note: Text | None = Field(None, title="说明")
    doubts: tuple[Doubt, ...] = Field((), title="存疑")
    fact_sources: dict[str, SourceIds] = Field(default_factory=dict, title="各项的来源")
    sources: dict[SourceId, Source] = Field(default_factory=dict, title="来源")
