"""`build.py serve`: a live preview on this machine."""

from __future__ import annotations

import argparse

from chamberbook import pipeline
from chamberbook.commands.common import OK, Command, root_of
from chamberbook.problems import N_, Translate


def add_arguments(parser: argparse.ArgumentParser, _: Translate) -> None:
    """Where to listen."""
    parser.add_argument("--address", default="127.0.0.1:8000", metavar="HOST:PORT", help=_(N_("预览的地址")))
    parser.add_argument(
        "--poll",
        action="store_true",
        help=_(N_("资料在网络盘或虚拟机的共享文件夹里、改了不刷新时用：每秒看两次")),
    )


def run(options: argparse.Namespace, translate: Translate) -> int:  # noqa: ARG001  # the shape of a command
    """Serve until interrupted."""
    pipeline.serve(root_of(options), options.address, poll=options.poll)
    return OK


COMMAND = Command("serve", N_("本机预览，改了资料、模板或文章就重新生成"), add_arguments, run)
