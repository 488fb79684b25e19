"""What all records share: the frozen base, dates as precise as they are known, sources."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    PlainSerializer,
    PlainValidator,
    StrictBool,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError, PydanticKnownError

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class Record(BaseModel):
    """A frozen record: unknown keys are refused, text loses outer blanks."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        use_attribute_docstrings=True,
        allow_inf_nan=False,
    )


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, the month or the day: `2008`, `2008-06`, `2008-06-30`."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, value: object) -> PartialDate:
        """Read ISO text; ValueError-like pydantic errors for a wrong shape or a day that is not in the calendar."""
        if isinstance(value, PartialDate):
            return value
        return _parse_date(value if isinstance(value, str) else "")

    @property
    def first_day(self) -> date:
        """The earliest day that this date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day that this date can mean; domain rule: a year-only award counts to 31 December."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        # Written out: a directory of 10,000 chambers prints a date 160,000 times.
        if self.month is None:
            return f"{self.year:02d}"
        if self.day is None:
            return f"{self.year:02d}-{self.month:02d}"
        return f"{self.year:02d}-{self.month:02d}-{self.day:02d}"


@lru_cache(maxsize=20_000)
def _parse_date(text: str) -> PartialDate:
    """The date of a text. Records share their dates: there are far fewer days than mentions of them."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise PydanticCustomError("date_shape", "not a date of the shape 2008, 2008-06 or 2008-06-30")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise PydanticCustomError("date_calendar", "not a day of the calendar") from None
    return PartialDate(year, month, day)


def _one_or_many(value: object) -> object:
    if isinstance(value, list | tuple) and not value:
        # Not left to pydantic, which calls a list too short too when all that it holds is wrong.
        raise PydanticKnownError("too_short", {"field_type": "Tuple", "min_length": 1, "actual_length": 0})
    return (value,) if isinstance(value, str) else value


def _or_year(pattern: str) -> dict[str, JsonValue]:
    """For editors: they read a bare `2008` as a number, where our reader sees the text that it is."""
    year: dict[str, JsonValue] = {"type": "integer", "minimum": 1000, "maximum": 9999}
    return {"anyOf": [{"type": "string", "pattern": pattern}, year]}


WhenKnown = Annotated[
    PartialDate,
    PlainValidator(PartialDate.parse),
    PlainSerializer(str),
    WithJsonSchema(_or_year(r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")),
]
Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=120)]
Text = Annotated[str, Field(min_length=1, max_length=2000)]
Name = Annotated[str, Field(min_length=2, max_length=80)]
RegionCode = Annotated[str, Field(pattern=r"^[1-8][0-9]{5}$")]
IndustryCode = Annotated[str, Field(pattern=r"^[A-T]([0-9]{2})?$")]
Period = Annotated[
    str, Field(pattern=r"^[0-9]{4}(-[0-9]{4})?$"), WithJsonSchema(_or_year(r"^[0-9]{4}(-[0-9]{4})?$"))
]
Url = Annotated[str, Field(pattern=r"^https?://[^\s<>\"]+$", max_length=2000)]
Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
SourceId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
SourceIds = Annotated[
    tuple[SourceId, ...],
    BeforeValidator(
        _one_or_many, json_schema_input_type=SourceId | Annotated[tuple[SourceId, ...], Field(min_length=1)]
    ),
]


class Source(Record):
    """来源：一份能查到的材料。"""

    title: Text = Field(title="题名", description="原文的标题，照抄；报告、文件加书名号。")
    publisher: Text = Field(title="发布者", description="发布它的机关、商会或媒体。")
    date: WhenKnown | None = Field(None, title="日期", description="材料发布的日期；未载则留空。")
    url: Url | None = Field(None, title="网址", description="可以链接的原网页；没有就留空。")
    kind: Literal["official", "organisation", "press", "aggregator", "report"] = Field(
        title="种类",
        description="official 机关公告，organisation 商会自己公开，press 报道，aggregator 转载或汇集，report 工作材料。",
    )


class Doubt(Record):
    """存疑：哪一项、为什么拿不准。"""

    about: Annotated[str, Field(min_length=1, max_length=60)] = Field(
        title="哪一项", description="这份资料里的栏目名，如 name、founded、ratings。"
    )
    note: Text = Field(title="说明", description="用一句话写清两种说法，或怎样推定的。")


class Honor(Record):
    """荣誉：一次性的表彰，没有固定办法。"""

    title: Text = Field(title="名称", description="奖项或表彰的全名，照材料写。")
    period: Period | None = Field(None, title="年度", description="2023，或 2021-2022；材料没写就留空。")
    awarded_by: Text | None = Field(None, title="授予机关", description="发文或授奖的机关；材料没写就留空。")
    source: SourceIds = Field(title="来源", description="依据哪几条来源，如 r1 或 [r1, r2]。")


class Consent(Record):
    """同意：手机号的机主单独同意公开它（个人信息保护法第二十五条）；由谁取得、哪一天。"""

    given: StrictBool = Field(title="机主单独同意公开手机号", description="机主书面同意公开才写 true。")
    date: WhenKnown = Field(title="同意日期", description="同意书上的日期。")
    by: Text = Field(
        title="取得同意的机构", description="拿着同意书的工商联或商会，写机构全称，不写个人姓名。"
    )


class Contact(Record):
    """联系方式：收办公电话和机构邮箱；手机号要有机主同意或公开的出处。"""

    address: Text | None = Field(None, title="地址", description="办公地址，不写个人住址。")
    phone: Annotated[str, Field(max_length=40)] | None = Field(
        None,
        title="办公电话",
        description="办公室固定电话，如 0510-87654321；手机号只在写了下面的 consent 或 public_source 时收。",
    )
    email: Annotated[str, Field(pattern=r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$", max_length=120)] | None = Field(
        None, title="机构邮箱", description="机构公用的邮箱。"
    )
    website: Url | None = Field(None, title="网址", description="商会自己的网站，以 http 开头。")
    wechat: Annotated[str, Field(min_length=1, max_length=60)] | None = Field(
        None, title="公众号", description="微信公众号的名称，不写个人微信号。"
    )
    consent: Consent | None = Field(
        None, title="手机号的同意", description="电话是手机号、机主单独同意公开的才填。"
    )
    public_source: SourceId | None = Field(
        None,
        title="手机号的公开出处",
        description="电话是手机号、商会或机主自己公开过的，写那条来源的编号，如 r1；来源要有网址。",
    )
