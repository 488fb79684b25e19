"""`build.py codeowners`: who is asked to review a change of which folder, from the maintainers of the federations."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from chamberbook.commands.common import OK, root_of
from chamberbook.derive import Directory
from chamberbook.problems import Translate
from chamberbook.reading import as_of, read_directory

_HEAD = """\
# 由 build.py codeowners 按各工商联 federation.yml 的 maintainers 生成，不要直接改。
# 没有写维护人的，由上级工商联代看。
"""


def run(options: argparse.Namespace, translate: Translate) -> int:  # noqa: ARG001  # the shape of a command
    """Print the file; BadInput goes to the caller."""
    directory = read_directory(root_of(options), as_of(None))
    pattern = "chambers/{id}/.*" if options.gitea else "/chambers/{id}/"
    lines = [f"{pattern.format(id=id_)} {' '.join(owners)}" for id_, owners in code_owners(directory)]
    print(_HEAD + "".join(f"{line}\n" for line in lines), end="")
    return OK


def code_owners(directory: Directory) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each folder that somebody looks after, in order, with its own maintainers or those of the federation above."""
    for id_ in sorted(directory.federations):
        at: str | None = id_
        while at is not None and not directory.federations[at].federation.maintainers:
            at = directory.federations[at].parent
        if at is not None:
            names = directory.federations[at].federation.maintainers
            yield id_, tuple(name if "@" in name else f"@{name}" for name in names)
