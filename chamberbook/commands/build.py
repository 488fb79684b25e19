"""`build.py build`: the whole site."""

from __future__ import annotations

import argparse
from pathlib import Path

from chamberbook import pipeline
from chamberbook.commands.common import OK, out_of, root_of, sayer
from chamberbook.commands.day import day_of
from chamberbook.problems import Translate


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Build; BadInput and WrongUse go to the caller."""
    root = root_of(options)
    told = options.as_of or not options.at
    pipeline.build(
        pipeline.BuildOptions(
            root=root,
            out=root / "site-at" if options.at and not options.out else out_of(options),
            as_of=day_of(options) if told else pipeline.commit_day(root, options.at),
            at=options.at,
            base_url=options.base_url,
            jobs=options.jobs,
            lang=options.lang,
            search=not options.no_search,
            precompress=options.precompress,
            cache=not options.no_cache,
            shard=options.shard,
            times=Path(options.times).resolve() if options.times else None,
        ),
        sayer(translate),
    )
    return OK
