"""`build.py verify`: is a published site still what was built, file by file?"""

from __future__ import annotations

import argparse
from pathlib import Path

from chamberbook import sums
from chamberbook.commands.common import BAD_INPUT, OK, out_of
from chamberbook.problems import N_, Message, Translate


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Print every file that differs; 1 if there are any."""
    if options.url:
        place = options.url
        found = sums.compare_server(place, Path(options.out).resolve() if options.out else None)
    else:
        place = out_of(options)
        found = sums.compare_folder(place)
    kinds = ((N_("缺少"), found.missing), (N_("不同"), found.different), (N_("多出"), found.extra))
    for word, paths in kinds:
        for path in paths:
            print(f"{translate(word)}: {path}")
    if not found:
        message = Message(N_("{place}：{count} 个文件都和清单一样"), {"place": place, "count": found.listed})
        print(message.text(translate))
        return OK
    values = {
        "place": place,
        "missing": len(found.missing),
        "different": len(found.different),
        "extra": len(found.extra),
    }
    message = Message(N_("{place}：缺少 {missing} 个文件，不同 {different} 个，多出 {extra} 个"), values)
    print(message.text(translate))
    return BAD_INPUT
