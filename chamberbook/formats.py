"""How values read in Chinese: dates, numbers, lists. The filters of the templates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from chamberbook.records import PartialDate


def zh_date(value: PartialDate | date) -> str:
    """2003年8月, as precise as the value is."""
    month = f"{value.month}月" if value.month else ""
    return f"{value.year}年{month}" + (f"{value.day}日" if value.day else "")


def number(value: float) -> str:
    """12,933; 937.3; no trailing zeros."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")


FILTERS: dict[str, Callable[..., Any]] = {"zh_date": zh_date, "number": number}
