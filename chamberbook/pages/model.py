"""The plan of one page: where it is, what it is called, and the data that its template prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

#: Digests and texts that something follows from.
Inputs = tuple[bytes | str, ...]
#: The picture of a chamber for shared links, beside its page.
CARD_FILE = "card.png"
Tab = Literal["", "chambers", "charters", "stats", "contribute", "about"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page without HTML.

    `url` is site-relative: "" for the home page, else ends in `/` (or is a file name such as `404.html`).
    `template` is a file of templates/pages. `data` holds only frozen values, strings, numbers and tuples or dicts
    of them; a template prints it and never sorts, counts or decides. `source` is the record's path from the root,
    for the edit link. Pages that are not `listed` stay out of the sitemap. `headline` is the title as search engines and
    shared links show it, which stands alone and says more; empty means the title. `feed` is the site-relative folder of
    the feeds of what changed here. A page is `dated` when it shows awards: what they are worth follows from the day,
    which its chrome names; others stay as they are from day to day.
    """

    url: str
    title: str
    description: str
    template: str
    data: Mapping[str, Any] = field(default_factory=dict)
    tab: Tab = ""
    source: str | None = None
    listed: bool = True
    headline: str = ""
    feed: str | None = None
    dated: bool = False

    @property
    def root(self) -> str:
        """The relative way from this page to the site's root: `../../` for `chambers/x/`, "" for the home page."""
        return "../" * self.url.count("/")

    @property
    def file(self) -> str:
        """The output file: `chambers/x/index.html`."""
        return f"{self.url}index.html" if self.url.endswith("/") or not self.url else self.url


@dataclass(frozen=True, slots=True)
class Unit:
    """Some pages that are made in one go, so that nobody has to make all to have these.

    `inputs` are digests and texts that stand for everything that the pages follow from, beside the settings, the
    language and `Directory.digest`: when they are as before, so are the pages. `count` is about how many pages it is.
    """

    inputs: Inputs
    count: int
    make: Callable[[], Iterable[Page]]
    #: What pages they are, for who asks where the time goes.
    kind: str = ""


def gathered(kind: str, units: Iterable[Unit], least: int) -> Iterator[Unit]:
    """The same pages in the same order, units put together until they have `least` pages; they are of one kind."""
    waiting: list[Unit] = []
    for unit in units:
        waiting.append(unit)
        if sum(one.count for one in waiting) >= least:
            yield _together(kind, tuple(waiting))
            waiting = []
    if waiting:
        yield _together(kind, tuple(waiting))


def _together(kind: str, units: tuple[Unit, ...]) -> Unit:
    inputs = tuple(part for unit in units for part in (f"{len(unit.inputs)}", *unit.inputs))
    # The units go, and with them what they follow from.
    makes = tuple(unit.make for unit in units)
    return Unit(inputs, sum(unit.count for unit in units), partial(_make_all, makes), kind)


def _make_all(makes: tuple[Callable[[], Iterable[Page]], ...]) -> Iterator[Page]:
    for make in makes:
        yield from make()
