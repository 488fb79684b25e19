"""`build.py build`: the whole site."""

from __future__ import annotations

import argparse
from pathlib import Path

from chamberbook import pipeline
from chamberbook.commands.common import OK, Command, add_as_of, base_url, out_of, root_of, sayer
from chamberbook.problems import N_, Message, Translate, WrongUse
from chamberbook.reading import as_of


def add_arguments(parser: argparse.ArgumentParser, _: Translate) -> None:
    """Where to, for which address, how."""
    parser.add_argument("--out", metavar="DIR", help=_(N_("网站写到哪里（默认 site）")))
    parser.add_argument("--base-url", type=base_url, metavar="URL", help=_(N_("网站的公开网址，以 / 结尾")))
    parser.add_argument("--jobs", type=_jobs, default=0, metavar="N", help=_(N_("用几个进程（默认自动）")))
    parser.add_argument("--no-search", action="store_true", help=_(N_("不建搜索索引")))
    parser.add_argument(
        "--precompress", action="store_true", help=_(N_("文本文件旁边另存压缩好的 .gz 和 .br"))
    )
    parser.add_argument(
        "--shard",
        type=_shard,
        default=(1, 1),
        metavar="K/N",
        help=_(N_("只生成 N 份里的第 K 份，合起来就是整个网站")),
    )
    parser.add_argument("--no-cache", action="store_true", help=_(N_("不用以前生成的，也不留给以后")))
    parser.add_argument("--times", metavar="FILE", help=_(N_("把各步用的时间和内存写进这个文件（JSON）")))
    parser.add_argument(
        "--at",
        metavar="REV",
        help=_(N_("生成某个版本的名录当时的样子：提交号、分支名或标签名；默认写到 site-at，以提交那天计")),
    )
    add_as_of(parser, _)
    parser.set_defaults(as_of=None)


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Build; BadInput and WrongUse go to the caller."""
    root = root_of(options)
    pipeline.build(
        pipeline.BuildOptions(
            root=root,
            out=root / "site-at" if options.at and not options.out else out_of(options),
            as_of=options.as_of or (pipeline.commit_day(root, options.at) if options.at else as_of(None)),
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


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) > 256:
        raise WrongUse(Message(N_("--jobs 要写 0 到 256 的整数，现在是：{text}"), {"text": text}))
    return int(text)


def _shard(text: str) -> tuple[int, int]:
    number, _, shards = text.partition("/")
    if not (number.isdecimal() and shards.isdecimal() and 1 <= int(number) <= int(shards) <= 1000):
        raise WrongUse(Message(N_("--shard 要写成 3/8（8 份里的第 3 份），现在是：{text}"), {"text": text}))
    return int(number), int(shards)


COMMAND = Command("build", N_("生成网站（不写命令就是它）"), add_arguments, run)
