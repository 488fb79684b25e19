"""A comparison as plain text, as Markdown for a comment, as JSON, and as one line of JSON for each change.

What a record holds is a stranger's text: in Markdown it can neither format, link, call people nor refer to issues.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from chamberbook.changes.model import SECTIONS, Change, Changes, PageChanges
from chamberbook.history import Event
from chamberbook.problems import N_, Message, Problem, Translate, as_values

#: Lines of a section and addresses of a list; platforms cut comments at 64 KiB. JSON has everything.
MOST_LINES, MOST_PAGES = 60, 30

_PUNCTUATION = re.compile(r"([!-%'-/:;=?@\[-`{-~])")
#: As character references: not every Markdown takes a backslash before these.
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
#: These begin a reference to people, issues or labels on one platform or another, also when they are escaped.
_REFERENCE = re.compile(r"([@#!$%&~])(?=\w)")


def text(changes: Changes, translate: Translate) -> str:
    """For a terminal."""
    return "\n".join(_lines(changes, translate, _Plain())) + "\n"


def markdown(changes: Changes, translate: Translate) -> str:
    """For a comment on a pull request or a step's summary."""
    return "\n".join(_lines(changes, translate, _Markdown())) + "\n"


def as_json(changes: Changes, translate: Translate) -> str:
    """Everything, for machines: the sentences in the language asked for, the rest by key."""
    pages = changes.pages
    value = {
        "base": changes.base,
        "head": changes.head,
        "acceptable": changes.acceptable,
        "files": changes.files,
        "changes": [
            {"kind": c.kind, "path": c.path, "name": c.name, "text": c.message.text(translate)}
            for c in changes.changes
        ],
        "pages": pages
        and {
            "added": pages.added,
            "moved": [{"from": old, "to": new} for old, new in pages.moved],
            "removed": pages.removed,
        },
        "problems": {
            part: [as_values(problem, translate) for problem in getattr(changes, part)]
            for part in ("touched", "caused", "older")
        },
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def as_ndjson(changes: Changes, translate: Translate) -> str:
    """Each change as a line, in the shape of `changes.ndjson` among the data files (PublishedChange)."""
    lines = (
        {
            "kind": change.kind,
            "path": change.path,
            **(event_values(change.event) if change.event else {}),
            "name": change.name,
            "text": change.message.text(translate),
        }
        for change in changes.changes
    )
    return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)


def event_values(event: Event) -> dict[str, object]:
    """What an event says, as plain values; what is not known is left out."""
    sources = [{k: v for k, v in source._asdict().items() if v} for source in event.sources]
    values = {
        "id": event.id if event.when else None,
        "when": event.when and event.when.isoformat(timespec="seconds"),
        "commit": event.commit,
        "event": event.name,
        "chamber": event.slug,
        "federation": event.federation,
        "region": event.region,
        "industries": list(event.industries),
        "facts": {k: list(v) if isinstance(v, tuple) else v for k, v in event.facts.items()},
        "sources": sources,
    }
    return {key: value for key, value in values.items() if value}


def escaped(given: str) -> str:
    """A text that Markdown of any platform shows as it is."""
    plain = _PUNCTUATION.sub(r"\\\1", _REFERENCE.sub("\\1\u2060", given))
    return plain.translate(_HTML)


class _Plain:
    """How a line of each kind looks on a terminal."""

    def title(self, title: str) -> Iterator[str]:
        yield title

    def heading(self, heading: str) -> Iterator[str]:
        yield from ("", heading)

    def item(self, item: str) -> str:
        return f"  {item}"

    def quoted(self, value: object) -> object:
        return value

    def code(self, given: str) -> str:
        return given

    def name(self, given: str) -> str:
        return given


class _Markdown(_Plain):
    """The same in Markdown."""

    def title(self, title: str) -> Iterator[str]:
        yield f"## {title}"

    def heading(self, heading: str) -> Iterator[str]:
        yield from ("", f"### {heading}", "")

    def item(self, item: str) -> str:
        return f"- {item}"

    def quoted(self, value: object) -> object:
        if isinstance(value, Message):
            return _quoted(value, self.quoted)
        if isinstance(value, tuple):
            return tuple(self.quoted(item) for item in value)
        return escaped(str(value))

    def code(self, given: str) -> str:
        return "`" + given.replace("`", "'") + "`"

    def name(self, given: str) -> str:
        return f"**{escaped(given)}**"


def _quoted(message: Message, quote: Callable[[object], object]) -> Message:
    """The message with each of its values quoted; our own words stay."""
    return Message(message.template, {key: quote(value) for key, value in message.values.items()})


def _lines(changes: Changes, translate: Translate, look: _Plain) -> Iterator[str]:
    title = Message(N_("从 {base} 到 {head}"), {"base": changes.base, "head": changes.head})
    yield from look.title(_quoted(title, look.quoted).text(translate))
    for line in _verdict(changes):
        yield from ("", line.text(translate))
    yield from _problems(changes.touched, N_("改到的文件里的问题"), translate, look)
    yield from _problems(changes.caused, N_("因为这次修改，别的文件里出的错"), translate, look)
    for kind, group in groupby(changes.changes, key=lambda change: change.kind):
        yield from look.heading(translate(SECTIONS[kind]))
        yield from _cut([_change(change, translate, look) for change in group], translate, look)
    yield from _pages(changes, translate, look)
    yield from _problems(changes.older, N_("别的文件里原来就有的问题（不影响这次提交）"), translate, look)


def _verdict(changes: Changes) -> Iterator[Message]:
    if not changes.files:
        yield Message(N_("资料没有改动。"))
        return
    values = {"files": len(changes.files), "changes": len(changes.changes)}
    yield Message(N_("改了 {files} 个文件，{changes} 处变化。"), values)
    wrong = [p for p in (*changes.touched, *changes.caused) if p.severity == "error"]
    if wrong:
        yield Message(N_("有 {count} 处错误要先改好。"), {"count": len(wrong)})
    else:
        yield Message(N_("检查通过，可以合并。"))


def _change(change: Change, translate: Translate, look: _Plain) -> str:
    words = _quoted(change.message, look.quoted).text(translate)
    return translate(N_("{name}：{words}")).format(name=look.name(change.name), words=words)


def _problems(problems: Iterable[Problem], heading: str, translate: Translate, look: _Plain) -> Iterator[str]:
    found = list(problems)
    if found:
        yield from look.heading(translate(heading))
        yield from _cut([_line(problem, translate, look) for problem in found], translate, look)


def _line(problem: Problem, translate: Translate, look: _Plain) -> str:
    """A problem as it is printed everywhere, but with its address as code and its values quoted."""
    hint = problem.hint and _quoted(problem.hint, look.quoted)
    quoted = Problem(
        problem.place, problem.rule, _quoted(problem.message, look.quoted), hint, problem.severity
    )
    words = quoted.line(translate).removeprefix(f"{problem.place}: ")
    return f"{look.code(str(problem.place))}: {words}"


def _pages(changes: Changes, translate: Translate, look: _Plain) -> Iterator[str]:
    pages = changes.pages
    if pages is None:
        yield from look.heading(translate(N_("网页")))
        yield look.item(translate(N_("两个版本里有一个有错误，算不出网页的变化。")))
    elif pages != PageChanges():
        yield from look.heading(translate(N_("网页")))
        moved = [f"{look.code(old)} → {look.code(new)}" for old, new in pages.moved]
        for title, listed in (
            (N_("新出现 {count} 页"), [look.code(url) for url in pages.added]),
            (N_("换地址 {count} 页"), moved),
            (N_("不再有 {count} 页"), [look.code(url) for url in pages.removed]),
        ):
            if listed:
                yield look.item(Message(title, {"count": len(listed)}).text(translate))
                yield from (f"  {look.item(line)}" for line in listed[:MOST_PAGES])
            if len(listed) > MOST_PAGES:
                yield f"  {look.item(_more(len(listed) - MOST_PAGES, translate))}"


def _cut(lines: list[str], translate: Translate, look: _Plain) -> Iterator[str]:
    yield from (look.item(line) for line in lines[:MOST_LINES])
    if len(lines) > MOST_LINES:
        yield look.item(_more(len(lines) - MOST_LINES, translate))


def _more(count: int, translate: Translate) -> str:
    return Message(N_("另有 {count} 条没有列出"), {"count": count}).text(translate)
