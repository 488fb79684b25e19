"""`build.py codeowners`: who is asked to review a change of which folder, from the maintainers of the federations."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

from chamberbook.commands.common import OK, Command, root_of
from chamberbook.derive import Directory
from chamberbook.plugin import as_of, read_directory
from chamberbook.problems import N_, BadInput, Message, Place, Problem, Translate, shown

#: An account, a team of an organisation, or a mailbox: what platforms take. Anything else could add rules.
_ACCOUNT = re.compile(r"@?[A-Za-z0-9][\w.-]*(?:/[A-Za-z0-9][\w.-]*)*", re.ASCII)
_MAILBOX = re.compile(r"[\w.+-]+@[A-Za-z0-9][A-Za-z0-9.-]*\.[A-Za-z]+", re.ASCII)
_HEAD = """\
# 由 build.py codeowners 按各工商联 federation.yml 的 maintainers 生成，不要直接改。
# 没有写维护人的，由上级工商联代看。
"""


def add_arguments(parser: argparse.ArgumentParser, _: Translate) -> None:
    """For which platform."""
    parser.add_argument("--gitea", action="store_true", help=_(N_("用 Gitea、Forgejo 的写法（正则表达式）")))


def run(options: argparse.Namespace, translate: Translate) -> int:  # noqa: ARG001  # the shape of a command
    """Print the file; BadInput goes to the caller."""
    directory = read_directory(root_of(options), as_of(None))
    pattern = "chambers/{id}/.*" if options.gitea else "/chambers/{id}/"
    lines = [f"{pattern.format(id=id_)} {' '.join(owners)}" for id_, owners in code_owners(directory)]
    print(_HEAD + "".join(f"{line}\n" for line in lines), end="")
    return OK


def code_owners(directory: Directory) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each folder that somebody looks after, in order, with its own maintainers or those of the federation above.

    Raises BadInput for a maintainer that is not an account.
    """
    wrong = [
        Problem(Place(f"chambers/{id_}/federation.yml"), "OWNER-001", _not_an_account(name))
        for id_, entry in sorted(directory.federations.items())
        for name in entry.federation.maintainers
        if not _ACCOUNT.fullmatch(name) and not _MAILBOX.fullmatch(name)
    ]
    if wrong:
        raise BadInput(wrong)
    for id_ in sorted(directory.federations):
        at: str | None = id_
        while at is not None and not directory.federations[at].federation.maintainers:
            at = directory.federations[at].parent
        if at is not None:
            names = directory.federations[at].federation.maintainers
            yield id_, tuple(name if "@" in name else f"@{name}" for name in names)


def _not_an_account(name: str) -> Message:
    return Message(N_("维护人“{name}”不是平台的账号；只写账号名，如 zhangsan"), {"name": shown(name)})


COMMAND = Command("codeowners", N_("按各工商联的维护人生成 CODEOWNERS"), add_arguments, run)
