"""What the catalogue says about a rule."""

from __future__ import annotations

from typing import NamedTuple

from chamberbook.problems import Severity


class RuleText(NamedTuple):
    """A rule for the people who write records: what it asks, why, how to mend a break, an example wrong and right.

    `asks`, `why` and `mend` are messages of the catalogs. An example is a piece of a chamber's file, or pieces of several
    files, each below a line `# path`; rules about what no text can show (an encoding, a link) have none.
    """

    id: str
    severity: Severity
    asks: str
    why: str
    mend: str
    wrong: str
    right: str
