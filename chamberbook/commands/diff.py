"""`build.py diff`: what changes between two versions, in words."""

from __future__ import annotations

import argparse

from chamberbook.changes import output
from chamberbook.changes.compare import compare
from chamberbook.changes.model import Changes
from chamberbook.changes.tree import read_revision, read_tree
from chamberbook.commands.common import BAD_INPUT, OK, root_of
from chamberbook.commands.day import day_of
from chamberbook.problems import N_, Message, Translate

FORMATS = {
    "text": output.text,
    "markdown": output.markdown,
    "json": output.as_json,
    "ndjson": output.as_ndjson,
}


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Print the comparison; 1 when it brings an error."""
    found = _compared(options, translate)
    print(FORMATS[options.format](found, translate), end="")
    return OK if found.acceptable else BAD_INPUT


def _compared(options: argparse.Namespace, translate: Translate) -> Changes:
    root, day = root_of(options), day_of(options)
    old = read_revision(root, options.base, day)
    if options.head is None:
        new = read_tree(root, Message(N_("现在的文件夹")).text(translate), day)
    else:
        new = read_revision(root, options.head, day)
    return compare(old, new)
