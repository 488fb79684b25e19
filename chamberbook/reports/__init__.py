"""Problems -> a report, in the format that its reader needs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from chamberbook.reports.github import github
from chamberbook.reports.gitlab import gitlab
from chamberbook.reports.json import json
from chamberbook.reports.markdown import markdown
from chamberbook.reports.model import Format, Report
from chamberbook.reports.rdjson import rdjson
from chamberbook.reports.sarif import sarif
from chamberbook.reports.text import text

__all__ = ["FORMATS", "Report"]

FORMATS: Mapping[str, Format] = MappingProxyType({
    "text": text,  # a person at a terminal
    "github": github,  # GitHub Actions
    "gitlab": gitlab,  # GitLab Code Quality
    "sarif": sarif,  # code scanning
    "rdjson": rdjson,  # reviewdog
    "json": json,  # other programs
    "markdown": markdown,  # a comment
})  # fmt: skip
