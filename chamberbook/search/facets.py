"""What can be chosen beside a list, with its words: the script asks for it when somebody looks deeper than the page."""

from __future__ import annotations

from typing import Any

from chamberbook.derive import Directory
from chamberbook.pages.facets import Choice, directory_facets, outline
from chamberbook.problems import Translate


def facet_tree(directory: Directory, translate: Translate) -> list[dict[str, Any]]:
    """Each group with its options, each `[value, label, options below]`; an option without any has two items."""
    return [
        {
            "name": found.name,
            "title": found.title,
            "options": [_option(choice) for choice in (*found.options, *found.rest)],
        }
        for found in directory_facets(directory, outline(directory), translate)
    ]


def _option(choice: Choice) -> list[Any]:
    below = [_option(child) for child in choice.children]
    return [choice.value, choice.label, *([below] if below else [])]
