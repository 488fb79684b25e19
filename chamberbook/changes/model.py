"""What a comparison gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from chamberbook.history import Event, EventName, Facts
from chamberbook.problems import N_, Message, Problem
from chamberbook.records import Source

#: The kinds of changes with their headings, in the order in which a reviewer reads them.
SECTIONS: Mapping[str, str] = MappingProxyType({
    "added": N_("新增的商会"),
    "renamed": N_("改名"),
    "moved": N_("换了编号或工商联"),
    "merged": N_("并入"),
    "removed": N_("删掉的商会"),
    "status": N_("状态"),
    "level": N_("等级与称号"),
    "charter": N_("公约"),
    "contact": N_("联系方式"),
    "source": N_("失去来源的事实"),
    "fact": N_("其他内容"),
    "federation": N_("工商联"),
    "scheme": N_("评定办法"),
    "vocabulary": N_("词表"),
    "file": N_("读不了的文件"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What happened to a chamber: in words for a reviewer, and as an event for everybody else.

    Without `event` it is a part of another change that has one. The words may show what the record said before; the
    facts of an event never do, because what was taken out may have been taken out for a reason.
    """

    message: Message
    event: EventName | None = None
    facts: Facts = field(default_factory=dict)
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its kind (a key of SECTIONS), the file as it is now, whose it is, the words, and the event."""

    kind: str
    path: str
    name: str
    message: Message
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class PageChanges:
    """Addresses that come, that lead elsewhere from now on (from, to), and that are no more."""

    added: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """The whole comparison. `pages` is None when one of the two versions has errors and gives no pages.

    `touched` are the problems of the files that differ, `caused` the errors elsewhere that were not there before, and
    `older` all others.
    """

    base: str
    head: str
    files: tuple[str, ...]
    changes: tuple[Change, ...]
    pages: PageChanges | None
    touched: tuple[Problem, ...]
    caused: tuple[Problem, ...]
    older: tuple[Problem, ...]

    @property
    def acceptable(self) -> bool:
        """Whether it brings no error; what was wrong before in other files is not its fault."""
        return not any(problem.severity == "error" for problem in (*self.touched, *self.caused))
