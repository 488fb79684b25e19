"""What libyaml's errors mean for somebody who writes a record, in plain words; its own English is never shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from chamberbook.problems import N_, Message, shown
from chamberbook.source.faults import Edit, Fault

_KEY = r"^[ \t]*(?:- +)*(?P<key>[A-Za-z_][A-Za-z0-9_-]*)"
_TAB = re.compile(r"^ *(?:- +)*(\t)")
_WIDE_COLON = re.compile(_KEY + r"[ \t]*(?P<sign>：)[ \t\u3000]*")
_TIGHT_COLON = re.compile(_KEY + r"(?P<sign>:)(?=[^\s:/])")
_WIDE_BLANK = re.compile(_KEY + r":(?P<blank>[\u00a0\u3000][ \u00a0\u3000]*)")
_FILLED = re.compile(_KEY + r":[ \t]+[^\s#]")
_ITEM_BELOW = re.compile(r"\n[ \t]*(?=-[ \n])")
_SECOND_COLON = re.compile(_KEY + r":\s+[^\s\"'\[{|>#].*?(?P<sign>:)(?:\s|$)")


def explain(text: str, error: yaml.YAMLError) -> Fault:
    """The fault behind an error of libyaml, placed where the writer has to change something."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return _general(0)
    at, since = error.problem_mark.index, error.problem_mark.index
    if error.context_mark is not None:
        since = error.context_mark.index
    problem = error.problem or ""
    context = error.context or ""
    last = _line_of(text, at)
    # A slip ends in an error on its own line or the next; libyaml's context can begin many lines before.
    if "quoted scalar" not in context and (slip := misspelt_line(text, last - 1, last)):
        return slip
    return _by_wording(text, context, problem, since, at)


def misspelt_line(text: str, first: int, last: int) -> Fault | None:
    """The first line from `first` to `last` (counted from 0) with a slip that libyaml cannot name itself."""
    for start, line in _lines(text, max(first, 0), last):
        if match := _TAB.match(line):
            hint = Message(N_("缩进一律用空格，每层两个"))
            return Fault(start + match.start(1), "YAML-002", Message(N_("缩进用了制表符（Tab）")), hint)
        if match := _WIDE_COLON.match(line):
            values = {"key": match["key"]}
            hint = Message(N_("改成英文冒号加一个空格：“{key}: ……”"), values)
            message = Message(N_("“{key}”后面是全角冒号"), values)
            edit = Edit(start + match.start("sign"), match.end() - match.start("sign"), ": ")
            return Fault(start + match.start("sign"), "YAML-003", message, hint, edit)
        if match := _WIDE_BLANK.match(line):
            values = {"key": match["key"]}
            hint = Message(N_("冒号后面用一个英文空格：“{key}: ……”"), values)
            message = Message(N_("“{key}”的冒号后面是全角空格或不换行空格"), values)
            edit = Edit(start + match.start("blank"), len(match["blank"]), " ")
            return Fault(start + match.start("blank"), "YAML-005", message, hint, edit)
        if match := _TIGHT_COLON.match(line):
            values = {"key": match["key"]}
            hint = Message(N_("冒号后面加一个空格：“{key}: ……”"), values)
            message = Message(N_("“{key}”的冒号后面没有空格"), values)
            edit = Edit(start + match.start("sign"), 1, ": ")
            return Fault(start + match.start("sign"), "YAML-005", message, hint, edit)
    return None


def swallowed_item(text: str, start: int, end: int) -> Fault | None:
    """An item of a list that YAML took for more words of the plain text from `start` to `end`."""
    match = _ITEM_BELOW.search(text, start, end)
    return _stray_item(text, match.end()) if match else None


def _stray_item(text: str, at: int) -> Fault | None:
    """An item of a list, at the dash, below a field that has its content already."""
    begin = text.rfind("\n", 0, at) + 1
    if text[begin:at].strip() or not text.startswith(("- ", "-\n"), at):
        return None
    above = [line for line in text[:begin].split("\n") if line.strip() and not line.lstrip().startswith("#")]
    if not above or not (match := _FILLED.match(above[-1])):
        return None
    values = {"key": match["key"]}
    message = Message(N_("“- ”开头的是表里的一项，可上面的“{key}”已经有了内容"), values)
    hint = Message(N_("要列成表，“{key}:”后面的内容也另起一行、以“- ”开头；不是表就删掉这一行的“- ”"), values)
    return Fault(at, "YAML-022", message, hint)


def _by_wording(text: str, context: str, problem: str, since: int, at: int) -> Fault:
    if "quoted scalar" in context:
        if "escape" in problem or "hexdecimal" in problem:
            hint = Message(N_("反斜杠要写两个，或者改用单引号"))
            return Fault(at, "YAML-020", Message(N_("双引号里的反斜杠写法不对")), hint)
        return _open_quote(since)
    if "node content" in problem:
        return Fault(
            at, "YAML-019", Message(N_("这里少了内容")), Message(N_("删掉多余的逗号或括号，或补上内容"))
        )
    if "flow sequence" in context or "flow mapping" in context:
        hint = Message(N_("检查逗号（要用英文半角），补上 ] 或 }}"))
        return Fault(since, "YAML-019", Message(N_("从这里开始的方括号或花括号没有写完整")), hint)
    if item := _stray_item(text, at):
        return item
    if "expected key" in problem and (quote := _around_quote(text, at)):
        return quote
    if "mapping values are not allowed" in problem:
        return _stray_colon(text, at)
    sign = text[since : since + 1] if re.search("alias|anchor|tag|directive", context) else text[at : at + 1]
    if re.search("alias|anchor|tag|directive|block scalar", context) or "cannot start any token" in problem:
        return _special_start(text, since if "next token" not in context else at, sign)
    if "did not find expected" in problem or "could not find expected ':'" in problem:
        hint = Message(N_("同一层的各行从同一列写起；表里每一项以“- ”开头"))
        return Fault(
            at if "key" not in context else since,
            "YAML-022",
            Message(N_("这一行和上下文对不齐，或少了冒号")),
            hint,
        )
    return _general(at)


def _around_quote(text: str, at: int) -> Fault | None:
    """A fault right behind a closing quote: it closes one of an earlier line, or something follows it."""
    close = len(text[:at].rstrip()) - 1
    if close < 0 or text[close] not in "\"'":
        return None
    start = text.rfind(text[close], 0, close)
    if "\n" in text[start:close]:
        return _open_quote(start)
    hint = Message(N_("把整个内容放进引号；里面的引号改用全角“”"))
    return Fault(at, "YAML-020", Message(N_("引号后面还有别的字")), hint)


def _open_quote(index: int) -> Fault:
    return Fault(index, "YAML-019", Message(N_("引号没有配对")), Message(N_("在内容末尾补上同样的引号")))


def _stray_colon(text: str, at: int) -> Fault:
    line = _line_of(text, at)
    for start, content in _lines(text, line, line):
        if (match := _SECOND_COLON.match(content)) and start + match.start("sign") == at:
            message = Message(N_("“{key}”的内容里又有一个英文冒号"), {"key": match["key"]})
            hint = Message(N_("把整个内容放进英文引号，或把里面的冒号改成全角"))
            return Fault(at, "YAML-020", message, hint, _quoted(start, content, match.end("key")))
    hint = Message(N_("比上一行缩进多了就退回去；内容里的英文冒号要放进引号"))
    return Fault(at, "YAML-022", Message(N_("这里不该出现冒号")), hint)


def _quoted(start: int, line: str, key_end: int) -> Edit | None:
    """The value of a line put into quotes, when it holds nothing that quotes would change."""
    colon = line.index(":", key_end)
    value = line[colon + 1 :].strip()
    if any(sign in value for sign in ('"', "\\", " #")):
        return None
    index = line.index(value, colon + 1)
    return Edit(start + index, len(value), f'"{value}"')


def _special_start(text: str, index: int, sign: str) -> Fault:
    message = Message(N_("内容不能以 {sign} 开头"), {"sign": shown(text[index : index + 1] or sign)})
    return Fault(index, "YAML-020", message, Message(N_("把整个内容放进英文引号")))


def _general(index: int) -> Fault:
    hint = Message(N_("对照别的资料文件检查这一行的缩进、冒号、引号"))
    return Fault(index, "YAML-001", Message(N_("这里不合 YAML 的写法，读不下去")), hint)


def _line_of(text: str, index: int) -> int:
    return text.count("\n", 0, index)


def _lines(text: str, first: int, last: int) -> Iterator[tuple[int, str]]:
    start = 0
    for number, line in enumerate(text.split("\n")):
        if number > last:
            return
        if number >= first:
            yield start, line
        start += len(line) + 1
