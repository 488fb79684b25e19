"""`build.py diff`: what changes between two versions, in words."""

from __future__ import annotations

import argparse

from chamberbook.changes import Changes, compare, output, read_revision, read_tree
from chamberbook.commands.common import BAD_INPUT, OK, Command, add_as_of, root_of
from chamberbook.problems import N_, Message, Translate

_FORMATS = {
    "text": output.text,
    "markdown": output.markdown,
    "json": output.as_json,
    "ndjson": output.as_ndjson,
}


def add_arguments(parser: argparse.ArgumentParser, _: Translate) -> None:
    """Which two versions, and how to print."""
    parser.add_argument("base", metavar="BASE", help=_(N_("原来的版本：提交号、分支名或标签名")))
    parser.add_argument("head", nargs="?", metavar="HEAD", help=_(N_("新的版本（默认是文件夹里现在的样子）")))
    parser.add_argument(
        "--format",
        choices=tuple(_FORMATS),
        default="text",
        metavar="FORMAT",
        help=_(N_("怎样打印：text、markdown、json 或 ndjson（一行一处变化；默认 text）")),
    )
    add_as_of(parser, _)


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Print the comparison; 1 when it brings an error."""
    found = _compared(options, translate)
    print(_FORMATS[options.format](found, translate), end="")
    return OK if found.acceptable else BAD_INPUT


def _compared(options: argparse.Namespace, translate: Translate) -> Changes:
    root = root_of(options)
    old = read_revision(root, options.base, options.as_of)
    if options.head is None:
        new = read_tree(root, Message(N_("现在的文件夹")).text(translate), options.as_of)
    else:
        new = read_revision(root, options.head, options.as_of)
    return compare(old, new)


COMMAND = Command("diff", N_("用文字说明两个版本之间改了什么"), add_arguments, run)
