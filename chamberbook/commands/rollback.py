"""`build.py rollback`: the site before the last build is published again."""

from __future__ import annotations

import argparse
import sys

from chamberbook import pipeline
from chamberbook.commands.common import OK, out_of, sayer
from chamberbook.problems import N_, Message, Translate


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Exchange the two and say what stands where; WrongUse goes to the caller."""
    out = out_of(options)
    pipeline.roll_back(out, sayer(translate))
    message = Message(
        N_("{out} 换回了上一次生成的网站；再运行一次 rollback 就换过来。下次生成会再换成新的。"), {"out": out}
    )
    print(message.text(translate), file=sys.stderr)
    return OK
