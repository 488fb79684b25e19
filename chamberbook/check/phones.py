"""Telephone numbers: which there are in China, and the one way in which the directory writes them."""

from __future__ import annotations

import re
import unicodedata

#: 010 and 02x have three digits and eight behind them; all other areas four digits and seven or eight.
_LAND_LINE = re.compile(
    r"(?:\+86[- ]?)?(0(?:10|2\d)|0[3-9]\d{2})-?([2-9]\d{6,7})(?:(?:-| ?转 ?| ?ext\.? ?)(\d{1,6}))?",
    re.IGNORECASE,
)
_SERVICE = re.compile(r"([48]00)-?(\d{3})-?(\d{4})")
_MOBILE = re.compile(r"(?:(?:\+|00)?86[- ]?)?(1[3-9]\d)[-. ]?(\d{4})[-. ]?(\d{4})")
_SHORT = re.compile(r"(?:95|96|12)\d{3,4}")
_OUTSIDE = re.compile(r"(\+85[23])[- ]?(\d{4})[- ]?(\d{4})|(\+886)[- ]?(\d{1,2})[- ]?(\d{3,4})[- ]?(\d{4})")
_DASHES = str.maketrans("–—−", "---")


#: One number without an extension, written as it should be: what nearly every record holds.
_COMMON = re.compile(r"0(?:10|2[0-9])-[2-9][0-9]{7}|0[3-9][0-9]{2}-[2-9][0-9]{6,7}")


def canonical(text: str) -> str | None:
    """The numbers as the directory writes them, `0510-87491234 转 801、400-123-4567`; None when one is no number."""
    if _COMMON.fullmatch(text):
        return text
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    plain = re.sub(r"^\((0\d{2,3})\) ?|^(0\d{2,3}) ", r"\1\2-", plain)
    numbers = [_one(number.strip()) for number in re.split("[、,;/]", plain)]
    return None if None in numbers else "、".join(number for number in numbers if number)


def _one(number: str) -> str | None:
    if (match := _LAND_LINE.fullmatch(number)) and (len(match[1]) == 4 or len(match[2]) == 8):
        return f"{match[1]}-{match[2]}" + (f" 转 {match[3]}" if match[3] else "")
    if match := _SERVICE.fullmatch(number):
        return "-".join(match.groups())
    if match := _MOBILE.fullmatch(number):
        return "".join(match.groups())
    if match := _OUTSIDE.fullmatch(number):
        return " ".join(part for part in match.groups() if part)
    return number if _SHORT.fullmatch(number) else None
