"""The closed lists (词表) that records choose from: `chambers/_vocabulary/*.yml`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from chamberbook.records.base import ID_PATTERN, IndustryCode, Record, RegionCode, Text
from chamberbook.records.chamber import Kind

Year = Annotated[int, Field(ge=1949, le=2100)]


class Industry(Record):
    """行业：GB/T 4754-2017 的门类（一个字母）或大类（字母加两位数字）。"""

    code: IndustryCode = Field(title="代码")
    title: Text = Field(title="名称")
    title_en: Text = Field(title="英文名称", description="本名录所拟，非官方译名。")


class RegionSuccessor(Record):
    """停用代码的去处。"""

    code: RegionCode = Field(title="代码")
    year: Year | None = Field(None, title="年份")


class Region(Record):
    """行政区划：省、地、县三级；停用的代码写去处。"""

    code: RegionCode = Field(title="代码")
    name: Text = Field(title="名称")
    level: Literal["province", "prefecture", "county"] = Field(title="层级")
    parent: RegionCode | None = Field(None, title="上级")
    retired: Year | None = Field(None, title="停用年份", description="现行的留空。")
    successors: tuple[RegionSuccessor, ...] = Field((), title="去处")


class KindTerm(Record):
    """商会类型。"""

    id: Kind = Field(title="编号")
    title: Text = Field(title="名称")
    description: Text = Field(title="说明")


class Term(Record):
    """公约文种、公约主题、活动主题的一个词；id 用在网址里。"""

    id: Annotated[str, Field(pattern=ID_PATTERN, max_length=60)] = Field(title="编号")
    title: Text = Field(title="名称")
    description: Text | None = Field(None, title="说明")


class Vocabulary(Record):
    """全部词表，一个文件一张。"""

    industries: tuple[Industry, ...]
    regions: tuple[Region, ...]
    kinds: tuple[KindTerm, ...]
    charter_types: tuple[Term, ...]
    charter_topics: tuple[Term, ...]
    activity_topics: tuple[Term, ...]
