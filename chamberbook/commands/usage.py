"""What the command line takes: every command with its arguments, in the order in which help tells of them.

What a command does stands in the module of its name beside this one, and is imported when the command runs: help, and
the commands that need little, would else wait for the whole program to load.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from keyword import iskeyword
from urllib.parse import urlsplit

from chamberbook.problems import N_, Message, Translate, WrongUse

#: The formats of a report on the records and of a comparison, the first is what is printed when none is asked for.
REPORT_FORMATS = ("text", "github", "gitlab", "sarif", "rdjson", "json", "markdown")
DIFF_FORMATS = ("text", "markdown", "json", "ndjson")


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its word, one line of help, the arguments it adds."""

    name: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser, Translate], None]

    def run(self, options: argparse.Namespace, translate: Translate) -> int:
        """Do it, and return the exit code. Raises BadInput or WrongUse."""
        # What loading makes stays: to look through it again and again took the collector a quarter of the time of a check.
        gc.disable()
        module = import_module(f"chamberbook.commands.{self.name}{'_' if iskeyword(self.name) else ''}")
        gc.freeze()
        gc.enable()
        code: int = module.run(options, translate)
        return code


def _build(parser: argparse.ArgumentParser, _: Translate) -> None:
    """Where to, for which address, how."""
    parser.add_argument("--out", metavar="DIR", help=_(N_("网站写到哪里（默认 site）")))
    parser.add_argument("--base-url", type=_base_url, metavar="URL", help=_(N_("网站的公开网址，以 / 结尾")))
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
    _add_as_of(parser, _)


def _check(parser: argparse.ArgumentParser, _: Translate) -> None:
    """What to report on, and for whom."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help=_(N_("只报告这些文件或文件夹里的问题")))
    parser.add_argument(
        "--format",
        choices=REPORT_FORMATS,
        default="text",
        metavar="FORMAT",
        help=_(N_("报告的格式：text（默认）、github、gitlab、sarif、rdjson、json、markdown")),
    )
    _add_as_of(parser, _)


def _diff(parser: argparse.ArgumentParser, _: Translate) -> None:
    """Which two versions, and how to print."""
    parser.add_argument("base", metavar="BASE", help=_(N_("原来的版本：提交号、分支名或标签名")))
    parser.add_argument("head", nargs="?", metavar="HEAD", help=_(N_("新的版本（默认是文件夹里现在的样子）")))
    parser.add_argument(
        "--format",
        choices=DIFF_FORMATS,
        default="text",
        metavar="FORMAT",
        help=_(N_("怎样打印：text、markdown、json 或 ndjson（一行一处变化；默认 text）")),
    )
    _add_as_of(parser, _)


def _fmt(parser: argparse.ArgumentParser, _: Translate) -> None:
    """What to format, and whether to write."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help=_(N_("只整理这些文件或文件夹")))
    parser.add_argument("--check", action="store_true", help=_(N_("只列出要整理的文件，不写；有就以 1 结束")))
    parser.add_argument("--diff", action="store_true", help=_(N_("显示每一处改动，不写")))


def _new(parser: argparse.ArgumentParser, _: Translate) -> None:
    """Every answer as a flag."""
    for flag, metavar, words in (
        ("--name", "TEXT", _(N_("全称；不写就在终端里逐项问"))),
        ("--kind", "KIND", _(N_("类型，编号或名称"))),
        ("--region", "REGION", _(N_("所在地区，名称或代码（默认照全称；全国性的写 -）"))),
        ("--federation", "ID", _(N_("所属工商联的编号（默认按地区）"))),
        ("--industry", "INDUSTRY", _(N_("行业，名称或代码，几个用逗号隔开"))),
        ("--trade", "TEXT", _(N_("材料里的行业说法"))),
        ("--origin", "REGION", _(N_("异地商会的原籍地"))),
        ("--founded", "DATE", _(N_("成立时间，如 2008、2008-06"))),
        ("--source-title", "TEXT", _(N_("来源的题名"))),
        ("--source-by", "TEXT", _(N_("来源的发布者"))),
        ("--source-date", "DATE", _(N_("来源的日期"))),
        ("--source-url", "URL", _(N_("来源的网址"))),
        ("--source-kind", "KIND", _(N_("来源的种类，如 official、press"))),
        ("--slug", "ID", _(N_("编号，也就是网址（默认用拼音拟）"))),
    ):
        parser.add_argument(flag, metavar=metavar, help=words)
    _add_as_of(parser, _)


def _init(parser: argparse.ArgumentParser, _: Translate) -> None:
    """Where, and every answer as a flag."""
    parser.add_argument("dir", metavar="DIR", help=_(N_("写到哪个空文件夹")))
    parser.add_argument("--name", metavar="TEXT", help=_(N_("名录的名称；不写就在终端里逐项问")))
    parser.add_argument("--province", metavar="REGION", help=_(N_("哪个省，名称或六位代码")))
    parser.add_argument("--federation", metavar="TEXT", help=_(N_("省工商联的全称（默认照省名）")))


def _codeowners(parser: argparse.ArgumentParser, _: Translate) -> None:
    """For which platform."""
    parser.add_argument("--gitea", action="store_true", help=_(N_("用 Gitea、Forgejo 的写法（正则表达式）")))


def _rules(parser: argparse.ArgumentParser, _: Translate) -> None:
    """Which rule, and for whom."""
    parser.add_argument("rule", nargs="?", metavar="ID", help=_(N_("只说明这一条，如 USCC-002")))
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help=_(N_("text（默认）或 json"))
    )


def _export(parser: argparse.ArgumentParser, _: Translate) -> None:
    """Whose chambers, and where to."""
    parser.add_argument("--federation", metavar="ID", required=True, help=_(N_("工商联的编号，即文件夹名")))
    parser.add_argument("file", metavar="FILE", help=_(N_("写到这个 .xlsx 文件")))


def _import(parser: argparse.ArgumentParser, _: Translate) -> None:
    """Which file, for whom, and whether to write."""
    parser.add_argument("file", metavar="FILE", help=_(N_("导出后改过的 .xlsx，或只有“商会”表的 .csv")))
    parser.add_argument("--federation", metavar="ID", help=_(N_("工商联的编号（默认看文件）")))
    parser.add_argument("--check", action="store_true", help=_(N_("只看会改什么，不写文件")))
    _add_as_of(parser, _)


def _serve(parser: argparse.ArgumentParser, _: Translate) -> None:
    """Where to listen."""
    parser.add_argument("--address", default="127.0.0.1:8000", metavar="HOST:PORT", help=_(N_("预览的地址")))
    parser.add_argument(
        "--poll",
        action="store_true",
        help=_(N_("资料在网络盘或虚拟机的共享文件夹里、改了不刷新时用：每秒看两次")),
    )


def _rollback(parser: argparse.ArgumentParser, _: Translate) -> None:
    """Which site."""
    parser.add_argument("--out", metavar="DIR", help=_(N_("哪个网站（默认 site）")))


def _verify(parser: argparse.ArgumentParser, _: Translate) -> None:
    """Which site: a folder, or an address and the folder that it was copied from."""
    parser.add_argument(
        "url", nargs="?", type=_base_url, metavar="URL", help=_(N_("核对服务器上的这个网址，不核对文件夹"))
    )
    parser.add_argument("--out", metavar="DIR", help=_(N_("哪个网站（默认 site）；核对网址时，照它的清单")))


def _add_as_of(parser: argparse.ArgumentParser, _: Translate) -> None:
    """--as-of, the day for which everything is told; today when it is not given."""
    parser.add_argument("--as-of", metavar="DATE", help=_(N_("以哪一天计（默认今天）")))


def _base_url(text: str) -> str:
    """An address of a site, ending in /. Raises WrongUse."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise WrongUse(Message(N_("网址要写成 https://域名/路径/，现在是：{text}"), {"text": text}))
    return text if text.endswith("/") else text + "/"


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) > 256:
        raise WrongUse(Message(N_("--jobs 要写 0 到 256 的整数，现在是：{text}"), {"text": text}))
    return int(text)


def _shard(text: str) -> tuple[int, int]:
    number, _, shards = text.partition("/")
    if not (number.isdecimal() and shards.isdecimal() and 1 <= int(number) <= int(shards) <= 1000):
        raise WrongUse(Message(N_("--shard 要写成 3/8（8 份里的第 3 份），现在是：{text}"), {"text": text}))
    return int(number), int(shards)


COMMANDS = (
    Command("build", N_("生成网站（不写命令就是它）"), _build),
    Command("check", N_("只检查资料，不写任何文件"), _check),
    Command("diff", N_("用文字说明两个版本之间改了什么"), _diff),
    Command("fmt", N_("把资料整理成统一的写法，意思和注释不变"), _fmt),
    Command("new", N_("新加一家商会：逐项问，拟好编号，写出合规的文件"), _new),
    Command("init", N_("为另一个省开一份自己的空名录"), _init),
    Command("codeowners", N_("按各工商联的维护人生成 CODEOWNERS"), _codeowners),
    Command("rules", N_("列出检查的全部规则，说明为什么、怎么改"), _rules),
    Command("export", N_("把一家工商联的商会导出成 Excel 表"), _export),
    Command("import", N_("把改过的表格读回资料，先检查再写"), _import),
    Command("serve", N_("本机预览，改了资料、模板或文章就重新生成"), _serve),
    Command("rollback", N_("换回上一次生成的网站"), _rollback),
    Command("verify", N_("核对网站的文件和生成时是不是一样"), _verify),
)
