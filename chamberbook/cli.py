"""The commands: flags to calls of the pipeline, problems and progress to the terminal, results to exit codes.

Exit codes: 0 fine, 1 problems in the input, 2 wrong use or a missing tool.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from chamberbook import messages, pipeline
from chamberbook.plugin import as_of
from chamberbook.problems import N_, BadInput, Message, Problem, Translate, WrongUse, report

OK, BAD_INPUT, WRONG_USE = 0, 1, 2
COMMANDS = ("build", "check", "serve")


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


def main(arguments: Sequence[str], root: Path) -> int:
    """Run one command and return its exit code. `root` is the folder of build.py, the default of --root."""
    translate = messages.translate(_language(arguments))
    try:
        options = _parser(translate, root).parse_args(_with_command(arguments))
        return _run(options, translate)
    except BadInput as error:
        print(report(error.problems, translate), file=sys.stderr)
        return BAD_INPUT
    except WrongUse as error:
        print(error.message.text(translate), file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        print(translate(N_("已停止；原来的网站没有动。")), file=sys.stderr)
        return WRONG_USE


def _run(options: argparse.Namespace, translate: Translate) -> int:
    root = Path(options.root).resolve()
    if not (root / "chambers").is_dir():
        raise WrongUse(Message(N_("{root} 里没有 chambers 文件夹"), {"root": root}))
    if options.command == "serve":
        pipeline.serve(root, options.address)
        return OK
    if options.command == "check":
        problems = _below(pipeline.check(root, options.as_of), options.paths, root)
        print(report(problems, translate))
        return BAD_INPUT if any(problem.severity == "error" for problem in problems) else OK

    def say(message: Message) -> None:
        print(message.text(translate), file=sys.stderr, flush=True)

    pipeline.build(
        pipeline.BuildOptions(
            root=root,
            out=Path(options.out).resolve() if options.out else root / "site",
            as_of=options.as_of,
            base_url=options.base_url,
            jobs=options.jobs,
            lang=options.lang,
            search=not options.no_search,
        ),
        say,
    )
    return OK


def _below(problems: Sequence[Problem], paths: Sequence[str], root: Path) -> list[Problem]:
    """The problems of the given files and folders; of all when none are given. The rules always see everything."""
    if not paths:
        return list(problems)
    wanted = []
    for path in paths:
        full = Path(path) if Path(path).is_absolute() else Path.cwd() / path
        if not full.exists():
            raise WrongUse(Message(N_("没有这个文件或文件夹：{path}"), {"path": path}))
        wanted.append(full.resolve())
    return [
        p for p in problems if any((root / p.place.path).resolve().is_relative_to(path) for path in wanted)
    ]


def _parser(_: Translate, root: Path) -> _Parser:
    parser = _Parser(
        prog="build.py",
        description=_(N_("商会名录：由 YAML 资料生成可搜索的静态网站。")),
        epilog=_(N_("退出码：0 正常，1 资料有错，2 用法不对或缺少工具。")),
        add_help=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", title=_(N_("命令")), metavar="", parser_class=_Parser)
    build = commands.add_parser("build", help=_(N_("生成网站（不写命令就是它）")), add_help=False)
    check = commands.add_parser("check", help=_(N_("只检查资料，不写任何文件")), add_help=False)
    serve = commands.add_parser(
        "serve", help=_(N_("本机预览，改了资料、模板或文章就重新生成")), add_help=False
    )
    check.add_argument("paths", nargs="*", metavar="PATH", help=_(N_("只报告这些文件或文件夹里的问题")))
    build.add_argument("--out", metavar="DIR", help=_(N_("网站写到哪里（默认 site）")))
    build.add_argument("--base-url", type=_base_url, metavar="URL", help=_(N_("网站的公开网址，以 / 结尾")))
    build.add_argument("--jobs", type=_jobs, default=0, metavar="N", help=_(N_("用几个进程（默认自动）")))
    build.add_argument("--no-search", action="store_true", help=_(N_("不建搜索索引")))
    serve.add_argument("--address", default="127.0.0.1:8000", metavar="HOST:PORT", help=_(N_("预览的地址")))
    for command in (build, check):
        command.add_argument(
            "--as-of", type=_day, default=as_of(None), metavar="DATE", help=_(N_("以哪一天计（默认今天）"))
        )
    for command in (build, check, serve):
        command.add_argument("--root", default=str(root), metavar="DIR", help=_(N_("名录所在的文件夹")))
    for command in (parser, build, check, serve):
        command.add_argument("--lang", choices=("zh", "en"), default="zh", help=_(N_("提示用中文还是英文")))
        command.add_argument("-h", "--help", action="help", help=_(N_("显示用法")))
        command.usage_word = _(N_("用法："))
        command._optionals.title = _(N_("选项"))
        command._positionals.title = _(N_("文件"))
    parser.commands = (build, check, serve)
    return parser


def _day(text: str) -> date:
    try:
        return as_of(text)
    except ValueError:
        raise WrongUse(Message(N_("--as-of 要写成 2026-11-23，现在是：{text}"), {"text": text})) from None


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) > 256:
        raise WrongUse(Message(N_("--jobs 要写 0 到 256 的整数，现在是：{text}"), {"text": text}))
    return int(text)


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise WrongUse(Message(N_("--base-url 要写成 https://域名/路径/，现在是：{text}"), {"text": text}))
    return text if text.endswith("/") else text + "/"


def _with_command(arguments: Sequence[str]) -> list[str]:
    """`build.py --out x` means `build.py build --out x`; help stays with the program."""
    if any(a in COMMANDS for a in arguments) or any(a in ("-h", "--help") for a in arguments):
        return list(arguments)
    return ["build", *arguments]


def _language(arguments: Sequence[str]) -> str:
    """--lang, looked up before the parser exists, because the parser's own words depend on it."""
    for position, argument in enumerate(arguments):
        if argument == "--lang=en" or (
            argument == "--lang" and list(arguments[position + 1 : position + 2]) == ["en"]
        ):
            return "en"
    return "zh"
