"""What an operator sets in mkdocs.yml, as one frozen value. The only settings that pages and templates see."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """The site's own settings; all optional ones are off by default.

    `base_url` is the public address and ends in `/`, or None when the site is not tied to one (all links are
    relative; only canonical addresses and the 404 page need it). `edit_url` and `history_url` hold `{path}`, the
    record's path from the root; `report_url` may hold `{path}`, `{name}` and `{url}`, the last two the record's name
    and page; `new_file_url` holds `{path}` and `{value}`, the text of a new file. `sample` marks every page 示例. `page_size` is chambers a list page.
    """

    name: str = "商会名录"
    base_url: str | None = None
    repository: str | None = None
    edit_url: str | None = None
    new_file_url: str | None = None
    history_url: str | None = None
    report_url: str | None = None
    report_mail: str | None = None
    icp: str | None = None
    police: str | None = None
    police_url: str | None = None
    owner: str | None = None
    sample: bool = False
    page_size: int = 50
