"""The plan of one page: where it is, what it is called, and the data that its template prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Tab = Literal["", "chambers", "charters", "stats", "contribute", "about"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page without HTML.

    `url` is site-relative: "" for the home page, else ends in `/` (or is a file name such as `404.html`).
    `template` is a file of templates/pages. `data` holds only frozen values, strings, numbers and tuples or dicts
    of them; a template prints it and never sorts, counts or decides. `source` is the record's path from the root,
    for the edit link. Pages that are not `listed` stay out of the sitemap.
    """

    url: str
    title: str
    description: str
    template: str
    data: Mapping[str, Any] = field(default_factory=dict)
    tab: Tab = ""
    source: str | None = None
    listed: bool = True

    @property
    def root(self) -> str:
        """The relative way from this page to the site's root: `../../` for `chambers/x/`, "" for the home page."""
        return "../" * self.url.count("/")

    @property
    def file(self) -> str:
        """The output file: `chambers/x/index.html`."""
        return f"{self.url}index.html" if self.url.endswith("/") or not self.url else self.url
