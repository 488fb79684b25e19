"""A rating scheme (评定办法): who awards which levels, how they are won and how long they last."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool

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

    id: Id = Field(title="编号", description="小写字母和减号，定了不改。")
    label: Text = Field(title="名称", description="五星级、5A、四好等。")
    label_en: Text | None = Field(None, title="英文名称", description="本名录所拟，非官方译名。")
    form: Literal["stars", "letter", "title"] = Field(
        title="形式", description="授星的画星，A 级用字母标，其余写称号。"
    )
    stars: Annotated[int, Field(ge=1, le=10)] | None = Field(
        None, title="星数", description="form 是 stars 的写几颗星。"
    )
    rank: Annotated[int, Field(ge=1, le=100)] = Field(
        title="次序", description="1 最低；只用来在本办法里排高低。"
    )
    awarded_by: Text | None = Field(None, title="由谁授予", description="这一级由谁评定、由谁授牌。")
    issuers: tuple[Text, ...] = Field(
        (),
        title="认可的授予机关",
        description="和整项办法不同的才写；* 代表任意几个字，如“*区工商业联合会”。",
    )
    score_min: Score | None = Field(None, title="最低分（含）", description="达到这个分数才够这一级。")
    score_max: Score | None = Field(None, title="最高分（不含）", description="到这个分数就是上一级了。")
    rule: Text | None = Field(None, title="条件", description="除分数以外的条件，一句话。")
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

    text: Text = Field(title="内容", description="考什么，照材料写。")
    points: Score | None = Field(None, title="分值", description="公布了分值才填。")


class SchemeStep(Record):
    """评定的一步。"""

    actor: Text | None = Field(None, title="谁", description="做这一步的机关；材料没写就留空。")
    action: Text = Field(title="做什么", description="这一步做什么，一句话。")
    when: Text | None = Field(None, title="何时", description="如“每年四季度”；材料没写就留空。")


class SchemeResult(Record):
    """公布过的结果：只有总数、没有名单的也记在这里。"""

    label: Text = Field(title="结果", description="如“五星级”“认定的商会”。")
    level: Id | None = Field(None, title="等级", description="对应的等级编号；不对应就留空。")
    count: Annotated[int, Field(ge=0)] | None = Field(
        None, title="数目", description="只写数字；没有公布就留空。"
    )
    unit: Annotated[str, Field(min_length=1, max_length=12)] = Field(
        "家", title="单位", description="家、个等，默认是家。"
    )
    period: Text | None = Field(None, title="年度或届", description="如 2019-2020，或“两年累计”。")
    scope: Text | None = Field(None, title="口径", description="包括哪里、怎样数的。")
    listed: StrictBool = Field(False, title="有名单", description="公布了名单的写 true。")
    source: SourceIds = Field(title="来源", description="依据哪几条来源，如 r1 或 [r1, r2]。")


class Clauses(Record):
    """条文：各项规定出自文件的哪一条，如“第七条”；检查和页面照此指明。"""

    kinds: Text | None = Field(None, title="适用的商会类型", description="适用范围的规定在办法哪一条。")
    issuer: Text | None = Field(None, title="授予机关", description="授予机关的规定在办法哪一条。")
    score: Text | None = Field(None, title="分数线", description="分数的规定在办法哪一条。")
    prerequisite: Text | None = Field(None, title="先决条件", description="先决条件的规定在办法哪一条。")
    validity: Text | None = Field(None, title="有效期", description="有效期的规定在办法哪一条。")
    since: Text | None = Field(None, title="起止时间", description="施行日期的规定在办法哪一条。")


class Scheme(Record):
    """评定办法：一项一个文件，`chambers/_schemes/<编号>.yml`。"""

    name: Name = Field(title="名称", description="办法或称号的全名。")
    short_name: Annotated[str, Field(min_length=2, max_length=40)] = Field(
        title="简称", description="列表里用。"
    )
    name_en: Annotated[str, Field(min_length=2, max_length=160)] | None = Field(
        None, title="英文名称", description="授予机关自己使用的英文名；不要翻译。"
    )
    title_en: Annotated[str, Field(min_length=2, max_length=80)] | None = Field(
        None, title="英文译名", description="本名录所拟，非官方译名；英文页面没有官方英文名时用它。"
    )
    summary: Text = Field(title="一句话", description="谁给谁评什么，怎样算有效。")
    issuer: Text | None = Field(None, title="授予机关", description="材料没写就留空。")
    issuers: tuple[Text, ...] = Field(
        (),
        title="认可的授予机关",
        description="资料里的授予机关可以怎样写；留空就以 issuer 为准。* 代表任意几个字，如“*民政局”。",
    )
    issuer_region: RegionCode | None = Field(
        None, title="授予机关所在地区", description="六位代码，加引号；全国性的留空。"
    )
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
    validity_note: Text | None = Field(None, title="有效期说明", description="期限怎样规定、有什么不清楚的。")
    since: WhenKnown | None = Field(None, title="开始", description="开始评定的日期；只知道年份就写年份。")
    ended: WhenKnown | None = Field(None, title="停办", description="这一天之后不再按这项办法授予。")
    frequency: Text | None = Field(None, title="频率", description="如“每两年一次”。")
    total_points: Score | None = Field(None, title="满分", description="打分的办法写满分是多少。")
    structure: Text | None = Field(None, title="结构", description="几个方面、几个大项小项。")
    items: tuple[SchemeItem, ...] = Field((), title="考什么", description="考评项目，一项一条。")
    prerequisites: tuple[Text, ...] = Field(
        (), title="申报条件", description="够什么条件才能申报，一条一句。"
    )
    process: tuple[SchemeStep, ...] = Field((), title="怎么评", description="从申报到公布的步骤，按先后。")
    results: tuple[SchemeResult, ...] = Field(
        (), title="公布过的结果", description="历次结果；只有总数、没有名单的也写。"
    )
    documents: tuple[Document, ...] = Field((), title="文件", description="规定它的、公布结果的文件。")
    clauses: Clauses = Field(
        default_factory=lambda: Clauses.model_validate({}),
        title="条文",
        description="见到文件正文的才写；规定出自第几条。",
    )
    note: Text | None = Field(None, title="说明", description="需要说明的一句话。")
    doubts: tuple[Doubt, ...] = Field((), title="存疑", description="拿不准的地方，一处一条。")
    fact_sources: dict[str, SourceIds] = Field(
        default_factory=dict, title="各项的来源", description="只有一个来源时不用写；栏目名和来源编号。"
    )
    sources: dict[SourceId, Source] = Field(
        default_factory=dict, title="来源", description="编号和材料，编号如 r1；每条都要在上面用到。"
    )
