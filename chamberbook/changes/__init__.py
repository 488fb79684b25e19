"""Two versions of the directory -> what changes between them, in words that a reviewer reads."""

from chamberbook.changes import git
from chamberbook.changes.compare import compare
from chamberbook.changes.model import SECTIONS, Change, Changes, PageChanges
from chamberbook.changes.past import read_history
from chamberbook.changes.tree import Tree, exported, read_revision, read_tree

__all__ = [
    "SECTIONS",
    "Change",
    "Changes",
    "PageChanges",
    "Tree",
    "compare",
    "exported",
    "git",
    "read_history",
    "read_revision",
    "read_tree",
]
