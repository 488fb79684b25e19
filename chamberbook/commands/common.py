"""What every command shares: exit codes, the shape of a command, the arguments that several take."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from chamberbook.problems import N_, Message, Translate, WrongUse
from chamberbook.reading import as_of

OK, BAD_INPUT, WRONG_USE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its word, one line of help, the arguments it adds, and what it does (returns the exit code)."""

    name: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser, Translate], None]
    run: Callable[[argparse.Namespace, Translate], int]


def add_as_of(parser: argparse.ArgumentParser, _: Translate) -> None:
    """--as-of, the day for which everything is told; today when it is not given."""
    parser.add_argument(
        "--as-of", type=_day, default=as_of(None), metavar="DATE", help=_(N_("以哪一天计（默认今天）"))
    )


def root_of(options: argparse.Namespace) -> Path:
    """The folder of the directory. Raises WrongUse when it holds no chambers/."""
    root = Path(options.root).resolve()
    if not (root / "chambers").is_dir():
        raise WrongUse(Message(N_("{root} 里没有 chambers 文件夹"), {"root": root}))
    return root


def out_of(options: argparse.Namespace) -> Path:
    """The folder of the site."""
    return Path(options.out).resolve() if options.out else root_of(options) / "site"


def base_url(text: str) -> str:
    """An address of a site, ending in /. Raises WrongUse."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise WrongUse(Message(N_("网址要写成 https://域名/路径/，现在是：{text}"), {"text": text}))
    return text if text.endswith("/") else text + "/"


def sayer(translate: Translate) -> Callable[[Message], None]:
    """Progress goes to stderr, so that what a command prints can be piped."""

    def say(message: Message) -> None:
        print(message.text(translate), file=sys.stderr, flush=True)

    return say


def _day(text: str) -> date:
    try:
        return as_of(text)
    except ValueError:
        raise WrongUse(Message(N_("--as-of 要写成 2026-11-23，现在是：{text}"), {"text": text})) from None
