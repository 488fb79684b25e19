"""The command line: finds the command, prints problems, gives the exit code.

Exit codes: 0 fine, 1 problems in the input, 2 wrong use or a missing tool.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from chamberbook import messages
from chamberbook.commands.common import BAD_INPUT, OK, WRONG_USE
from chamberbook.commands.usage import COMMANDS
from chamberbook.problems import N_, BadInput, Message, Translate, WrongUse, report


class _Parser(argparse.ArgumentParser):
    """argparse whose own words come from our catalogs, and whose help tells of every command at once."""

    usage_word = "usage:"
    commands: tuple[argparse.ArgumentParser, ...] = ()

    def format_help(self) -> str:
        own = super().format_help().replace("usage:", self.usage_word, 1)
        return "\n".join([own, *(command.format_help() for command in self.commands)])

    def error(self, message: str) -> NoReturn:
        raise WrongUse(
            Message(N_("命令不对：{message}。看用法：python build.py --help"), {"message": message})
        )


#: What ends a command: Ctrl-C, and what a system sends before it kills.
_STOP = (signal.SIGINT, signal.SIGTERM)


def heed_signals() -> None:
    """Let a signal to stop end the command in order: it cleans up and says so. What is ignored stays ignored."""
    for number in _STOP:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    """Once is enough: a second signal, of an impatient hand or a group of processes, would interrupt the cleaning up."""
    for number in _STOP:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def main(arguments: Sequence[str], root: Path) -> int:
    """Run one command and return its exit code. `root` is the folder of build.py, the default of --root."""
    translate = messages.translate(_language(arguments))
    try:
        options = _parser(translate, root).parse_args(_with_command(arguments))
        command = next(command for command in COMMANDS if command.name == options.command)
        code = command.run(options, translate)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The other end of a pipe, such as `head`, has read what it wanted; what is left must not fail at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except BadInput as error:
        print(report(error.problems, translate), file=sys.stderr)
        return BAD_INPUT
    except WrongUse as error:
        print(error.message.text(translate), file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        print(translate(N_("已停止；原来的网站没有动。")), file=sys.stderr)
        return WRONG_USE


def _parser(_: Translate, root: Path) -> _Parser:
    parser = _Parser(
        prog="build.py",
        description=_(N_("商会名录：由 YAML 资料生成可搜索的静态网站。")),
        epilog=_(N_("退出码：0 正常，1 资料有错，2 用法不对或缺少工具。")),
        add_help=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    below = parser.add_subparsers(dest="command", title=_(N_("命令")), metavar="", parser_class=_Parser)
    for command in COMMANDS:
        own = below.add_parser(command.name, help=_(command.help), add_help=False)
        command.add_arguments(own, _)
        own.add_argument("--root", default=str(root), metavar="DIR", help=_(N_("名录所在的文件夹")))
        _add_common(own, _)
        parser.commands = (*parser.commands, own)
    _add_common(parser, _)
    return parser


def _add_common(parser: _Parser, _: Translate) -> None:
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help=_(N_("提示用中文还是英文")))
    parser.add_argument("-h", "--help", action="help", help=_(N_("显示用法")))
    parser.usage_word = _(N_("用法："))
    parser._optionals.title = _(N_("选项"))
    parser._positionals.title = _(N_("参数"))


def _with_command(arguments: Sequence[str]) -> list[str]:
    """`build.py --out x` means `build.py build --out x`; only --lang and help may stand before a command."""
    given = list(arguments)
    start = 0
    while start < len(given) and given[start].startswith("--lang"):
        start += 1 if "=" in given[start] else 2
    first = given[start] if start < len(given) else None
    if first in ("-h", "--help") or first in [command.name for command in COMMANDS]:
        return given
    return [*given[:start], "build", *given[start:]]


def _language(arguments: Sequence[str]) -> str:
    """--lang, looked up before the parser exists, because the parser's own words depend on it."""
    for position, argument in enumerate(arguments):
        if argument == "--lang=en" or (
            argument == "--lang" and list(arguments[position + 1 : position + 2]) == ["en"]
        ):
            return "en"
    return "zh"
