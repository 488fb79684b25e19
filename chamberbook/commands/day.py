"""The day for which a command tells everything."""

from __future__ import annotations

import argparse
from datetime import date

from chamberbook.problems import N_, Message, WrongUse
from chamberbook.reading import as_of


def day_of(options: argparse.Namespace) -> date:
    """The day of --as-of, for which everything is told; today when it is not given. Raises WrongUse."""
    try:
        return as_of(options.as_of)
    except ValueError:
        values = {"text": options.as_of}
        raise WrongUse(Message(N_("--as-of 要写成 2026-11-23，现在是：{text}"), values)) from None
