"""What commands share when they run: exit codes, the folders that they are asked for, how they tell of progress."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from chamberbook.problems import N_, Message, Translate, WrongUse

OK, BAD_INPUT, WRONG_USE = 0, 1, 2


def root_of(options: argparse.Namespace) -> Path:
    """The folder of the directory. Raises WrongUse when it holds no chambers/."""
    root = Path(options.root).resolve()
    if not (root / "chambers").is_dir():
        raise WrongUse(Message(N_("{root} 里没有 chambers 文件夹"), {"root": root}))
    return root


def out_of(options: argparse.Namespace) -> Path:
    """The folder of the site."""
    return Path(options.out).resolve() if options.out else root_of(options) / "site"


def sayer(translate: Translate) -> Callable[[Message], None]:
    """Progress goes to stderr, so that what a command prints can be piped."""

    def say(message: Message) -> None:
        print(message.text(translate), file=sys.stderr, flush=True)

    return say
