"""What an operator sets in mkdocs.yml, as one frozen value. The only settings that pages and templates see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from chamberbook.languages import CHINESE, Language

#: An absolute address or a path on the same host, without query or fragment, ending in a slash.
_SITE_URL = re.compile(r"(https?://[^\s/?#@]+|\.\.|)(/[^\s/?#]+)*/")


@dataclass(frozen=True, slots=True)
class Site:
    """Another federation's site that is searched with this one: its name here, its address ending in `/`."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The site's own settings; all optional ones are off by default.

    `base_url` is the public address and ends in `/`, or None when the site is not tied to one (all links are
    relative; only canonical addresses and the 404 page need it). `edit_url` and `history_url` hold `{path}`, the
    record's path from the root; `report_url` may hold `{path}`, `{name}` and `{url}`, the last two the record's name
    and page; `new_file_url` holds `{path}` and `{value}`, the text of a new file. `sample` marks every page 示例. `page_size` is chambers a list page.
    `chamber_cards`: each chamber's page has a picture of its own for shared links. `sites` are searched together with this
    one. `stood` makes it the directory as it stood on that day: every page says so, and none is for search engines or for
    editing. `language` is that of the pages, one of the `languages` of the site; then `name` and `base_url` are
    those of its pages, and `site_url` is the address of the whole site.
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
    chamber_cards: bool = False
    page_size: int = 50
    data_formats: tuple[str, ...] = ("xlsx", "sqlite")
    sites: tuple[Site, ...] = ()
    stood: date | None = None
    language: Language = CHINESE
    languages: tuple[Language, ...] = (CHINESE,)
    site_url: str | None = None

    @property
    def up(self) -> str:
        """The way from where the pages of this language begin to the site's root, where files lie that exist once."""
        return "../" * self.language.folder.count("/")

    @property
    def foreign(self) -> bool:
        """Whether the pages are in a language other than that of the records."""
        return not self.language.chinese


def search_sites(given: object) -> tuple[Site, ...]:
    """`extra.search.sites` of mkdocs.yml: a list of name and url. Raises ValueError with the entry that does not fit.

    A url is absolute (http or https), a path on the same host (`/suzhou/`) or one from this site's root (`../suzhou/`).
    """
    if given is None:
        return ()
    if not isinstance(given, list):
        raise ValueError(repr(given))
    found = []
    for entry in given:
        if not isinstance(entry, dict) or set(entry) != {"name", "url"}:
            raise ValueError(repr(entry))
        name, url = entry["name"], entry["url"]
        if not (isinstance(name, str) and name.strip() and isinstance(url, str) and _SITE_URL.fullmatch(url)):
            raise ValueError(repr(entry))
        found.append(Site(name.strip(), url))
    if len({site.url for site in found}) < len(found) or len({site.name for site in found}) < len(found):
        raise ValueError(repr(given))
    return tuple(found)
