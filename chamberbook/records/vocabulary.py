"""The closed lists (词表) that records choose from: `chambers/_vocabulary/*.yml`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from chamberbook.records.base import ID_PATTERN, IndustryCode, Record, RegionCode, Text
from chamberbook.records.chamber import Kind

Year = Annotated[int, Field(ge=1949, le=2100)]


class Industry(Record):
    """行业：GB/T 4754-2017 的门类（一个字母）或大类（字母加两位数字）。"""

    code: IndustryCode = Field(title="代码", description="门类是一个大写字母，大类再加两位数字，如 C30。")
    title: Text = Field(title="名称", description="照国家标准写。")
    title_en: Text = Field(title="英文名称", description="本名录所拟，非官方译名。")


class RegionSuccessor(Record):
    """停用代码的去处。"""

    code: RegionCode = Field(title="代码", description="接替它的六位代码，加引号。")
    year: Year | None = Field(None, title="年份", description="改用新代码的年份。")


class Region(Record):
    """行政区划：省、地、县三级；停用的代码写去处。"""

    code: RegionCode = Field(title="代码", description="六位行政区划代码，加引号，如 320282。")
    name: Text = Field(title="名称", description="这个代码使用期间的名称。")
    name_en: Text | None = Field(
        None,
        title="英文名称",
        description="官方罗马字不是逐字拼音的才写，如 Inner Mongolia Autonomous Region。",
    )
    level: Literal["province", "prefecture", "county"] = Field(
        title="层级", description="province 省级，prefecture 市级，county 县级。"
    )
    parent: RegionCode | None = Field(None, title="上级", description="上一级的代码；省级的留空。")
    retired: Year | None = Field(None, title="停用年份", description="现行的留空。")
    successors: tuple[RegionSuccessor, ...] = Field(
        (), title="去处", description="停用后归属的代码；可以不止一个。"
    )


class KindTerm(Record):
    """商会类型。"""

    id: Kind = Field(title="编号", description="资料里写的值，定了不改。")
    title: Text = Field(title="名称", description="页面上显示的名称。")
    title_en: Text | None = Field(None, title="英文名称", description="本名录所拟，非官方译名。")
    description: Text = Field(title="说明", description="什么样的商会归这一类。")
    description_en: Text | None = Field(None, title="英文说明", description="说明的英文。")


class Term(Record):
    """公约文种、公约主题、活动主题的一个词；id 用在网址里。"""

    id: Annotated[str, Field(pattern=ID_PATTERN, max_length=60)] = Field(
        title="编号", description="用在网址里，小写字母和减号，定了不改。"
    )
    title: Text = Field(title="名称", description="资料里写的、页面上显示的词。")
    title_en: Text | None = Field(None, title="英文名称", description="本名录所拟，非官方译名。")
    description: Text | None = Field(None, title="说明", description="什么归在这个词下面。")


class Vocabulary(Record):
    """全部词表，一个文件一张。"""

    industries: tuple[Industry, ...]
    regions: tuple[Region, ...]
    kinds: tuple[KindTerm, ...]
    charter_types: tuple[Term, ...]
    charter_topics: tuple[Term, ...]
    activity_topics: tuple[Term, ...]
