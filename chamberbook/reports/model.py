"""What a report is made from, and how a line of a file is shown in it: masked, short, with a caret that fits."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chamberbook.load.texts import Texts
from chamberbook.problems import Problem, Severity, Translate, masked_in_place

#: A line wider than this is shown in part, around the column; two columns for a Han character.
_WIDTH = 100
_BEFORE = 40
#: Characters on either side of the column that are looked at: more than are shown and a number to mask that begins there.
_AROUND = 400


@dataclass(frozen=True, slots=True)
class Report:
    """The problems in order of place, the text of every file looked at by path, and the public address of the site."""

    problems: tuple[Problem, ...]
    files: Texts
    base_url: str | None = None

    @property
    def file_count(self) -> int:
        """How many files were looked at, those that could not be read included."""
        return len(self.files.keys() | {problem.place.path for problem in self.problems})

    def count(self, severity: Severity) -> int:
        """How many problems of a severity."""
        return sum(problem.severity == severity for problem in self.problems)

    def line(self, problem: Problem) -> str:
        """The line of the file that a problem is about, without its end; empty when the file could not be read."""
        lines = self.files.get(problem.place.path, "").split("\n")
        return lines[problem.place.line - 1].rstrip("\r") if problem.place.line <= len(lines) else ""

    def corrected(self, problem: Problem) -> str | None:
        """The whole line as it should be, where that is certain and holds no personal number."""
        if problem.fix is None:
            return None
        line, start = self.line(problem), problem.fix.column - 1
        better = line[:start] + problem.fix.text + line[start + problem.fix.length :]
        return better if masked_in_place(better) == better else None

    def help_url(self, problem: Problem) -> str | None:
        """Where the rule is explained."""
        return rule_url(self.base_url, problem.rule)

    def fingerprints(self) -> Iterator[str]:
        """One for each problem: unique, and the same as long as the file's line says the same, wherever it stands."""
        seen: Counter[str] = Counter()
        for problem in self.problems:
            text = "\n".join((problem.place.path, problem.rule, self.line(problem).strip()))
            seen[text] += 1
            yield hashlib.sha256(f"{text}\n{seen[text]}".encode()).hexdigest()


#: A format turns a report into the text that a command prints.
Format = Callable[[Report, Translate], str]


def rule_url(base_url: str | None, rule: str) -> str | None:
    """The address of a rule's explanation on the site, None when the site has no address."""
    return f"{base_url}contribute/rules/#{rule}" if base_url else None


def advice(problem: Problem, translate: Translate) -> str:
    """What is wrong and what to write instead, in one sentence for formats that have one text."""
    text = problem.message.text(translate)
    return f"{text}{translate('；')}{problem.hint.text(translate)}" if problem.hint else text


def excerpt(line: str, column: int) -> tuple[str, str]:
    """A line as a report prints it, and the blanks that put a caret under its column."""
    # A file may be one line of half a megabyte with a hundred problems.
    first, last = max(column - 1 - _AROUND, 0), column - 1 + _AROUND
    text, column = _visible(masked_in_place(line[first:last])), column - first
    if first or last < len(line) or width(text) > _WIDTH:
        start = end = min(column - 1, len(text))
        while start > 0 and width(text[start : column - 1]) < _BEFORE:
            start -= 1
        while end < len(text) and width(text[start:end]) < _WIDTH - 6:
            end += 1
        before, after = first + start > 0, first + end < len(line)
        cut = ("..." if before else "") + text[start:end] + ("..." if after else "")
        return cut, " " * (width(text[start : column - 1]) + (3 if before else 0))
    return text, " " * width(text[: column - 1])


def width(text: str) -> int:
    """The columns that a text takes on a terminal: full-width characters take two, combining ones none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def _visible(text: str) -> str:
    """A tab as its symbol, what nobody sees as a replacement mark; each one column wide, so that it can be pointed at."""
    if text.isprintable():
        return text
    return "".join("\u2409" if c == "\t" else c if c.isprintable() else "\ufffd" for c in text)
