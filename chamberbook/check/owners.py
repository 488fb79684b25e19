"""A rule about who looks after a folder of records."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chamberbook.check.context import Context, Finding, federation_path
from chamberbook.problems import N_, Message, shown

#: An account, a team of an organisation, or a mailbox: what platforms take. Anything else could add rules to a list of
#: code owners.
_ACCOUNT = re.compile(r"@?[A-Za-z0-9][\w.-]*(?:/[A-Za-z0-9][\w.-]*)*", re.ASCII)
_MAILBOX = re.compile(r"[\w.+-]+@[A-Za-z0-9][A-Za-z0-9.-]*\.[A-Za-z]+", re.ASCII)


def not_an_account(ctx: Context) -> Iterator[Finding]:
    """维护人写代码托管平台的账号，或一个邮箱。"""
    for slug, federation in ctx.federations.items():
        for index, name in enumerate(federation.maintainers):
            if not _ACCOUNT.fullmatch(name) and not _MAILBOX.fullmatch(name):
                path = federation_path(slug)
                message = Message(N_("维护人“{name}”不是平台的账号"), {"name": shown(name)})
                hint = Message(N_("只写账号名，如 yixing-gsl；没有账号的，删掉这一项，由上级代看"))
                yield Finding(ctx.at(path, "maintainers", index), message, hint)
