"""What hostile texts become in a finished site: text, in every page and in every file of data."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from hostile_site import ALL, BASE_URL, MAIL, TEXTS, URL, name_of, slug_of
from openpyxl import load_workbook

NAMES = {slug_of(index): name_of(index, text) for index, text in enumerate(ALL)}
#: Attributes whose address is loaded or sent to; links are another matter.
LOADS = ("src", "srcset", "poster", "data", "action", "formaction", "background", "ping", "manifest")
#: What a text might open; the site itself has none of them.
FOREIGN = {
    "iframe", "frame", "object", "embed", "applet", "base", "math", "style", "img", "x-canary", "animate",
    "video", "audio", "marquee", "portal",
}  # fmt: skip
#: What the operators write: `content/` is theirs.
PROSE = ("about/", "contribute/", "own-directory/")


class Reader(HTMLParser):
    """A page as a browser's tokens: elements with attributes, and the text of each script."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[tuple[dict[str, str], str]] = []
        self.title = ""
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        self._within = tag
        if tag == "script":
            self.scripts.append((given, ""))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "script":
            given, text = self.scripts[-1]
            self.scripts[-1] = (given, text + data)
        elif self._within == "title":
            self.title += data


def read(path: Path) -> Reader:
    reader = Reader()
    reader.feed(path.read_text("utf-8"))
    reader.close()
    return reader


@pytest.fixture(scope="module")
def pages(hostile_site: Path) -> dict[str, Reader]:
    """Every page of the site by its address."""
    found = {
        path.relative_to(hostile_site).as_posix(): read(path) for path in sorted(hostile_site.rglob("*.html"))
    }
    assert len(found) > 8 * len(ALL)
    return found


def test_no_text_opens_an_element_or_an_attribute(pages: dict[str, Reader]) -> None:
    for url, page in pages.items():
        for tag, attributes in page.elements:
            assert tag not in FOREIGN or (tag == "img" and url.startswith(PROSE)), (url, tag, attributes)
            for name in attributes:
                assert not name.startswith("on"), (url, tag, attributes)
                assert name not in ("canary", "style", "srcdoc", "formaction", "ping"), (url, tag, attributes)
                assert name.replace("-", "").replace(":", "").isalnum(), (url, tag, attributes)


def test_every_link_is_one_of_the_site_or_a_harmless_one(pages: dict[str, Reader]) -> None:
    for url, page in pages.items():
        for tag, attributes in page.elements:
            for name in ("href", "xlink:href"):
                scheme = urlsplit(attributes.get(name, "").strip()).scheme
                assert scheme in ("", "http", "https", "mailto", "tel"), (url, tag, attributes)
            for name in LOADS:
                if name in attributes and not (tag == "meta" or (tag == "link" and name == "data")):
                    assert urljoin(BASE_URL + url, attributes[name]).startswith(BASE_URL), (
                        url,
                        tag,
                        attributes,
                    )
            if attributes.get("http-equiv", "").lower() == "refresh":
                target = attributes["content"].partition("url=")[2]
                assert urljoin(BASE_URL + url, target).startswith(BASE_URL), (url, attributes)


def test_the_scripts_of_every_page_are_those_of_the_prose(pages: dict[str, Reader], demo_site: Path) -> None:
    """Inline scripts are the chrome's, the same as in another site; all else is data, or a file of the site."""
    known = {
        text for path in demo_site.rglob("*.html") for given, text in read(path).scripts if "src" not in given
    }
    for url, page in pages.items():
        for given, text in page.scripts:
            if given.get("type", "").endswith("json"):
                json.loads(text)
            elif "src" not in given:
                assert text in known, (url, text)


def test_titles_and_linked_data_hold_the_very_names(pages: dict[str, Reader]) -> None:
    for slug, name in NAMES.items():
        page = pages[f"chambers/{slug}/index.html"]
        assert page.title.startswith(name), slug
        ((_, text),) = [
            (given, text) for given, text in page.scripts if given.get("type") == "application/ld+json"
        ]
        graph = json.loads(text)["@graph"]
        assert name in [thing.get("name") for thing in graph]
        assert any(thing.get("email") == MAIL for thing in graph)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_tables_give_the_very_texts_back_and_no_formula(hostile_site: Path) -> None:
    folder = hostile_site / "data/v1"
    signs = tuple("=+-@＝＋－＠")
    for path in sorted(folder.glob("*.csv")):
        for row in rows(path):
            for key, cell in row.items():
                number = cell.lstrip("-").replace(".", "", 1).isdecimal()
                assert number or not cell.startswith(signs), (path.name, key, cell)
    names = {row["id"]: row["name"] for row in rows(folder / "chambers.csv")}
    for slug, name in NAMES.items():
        assert names[slug] == (f"'{name}" if name.startswith(signs) else name)


def test_the_workbook_holds_texts_and_no_formula(hostile_site: Path) -> None:
    book = load_workbook(hostile_site / "data/v1/chambers.xlsx", read_only=True)
    seen: set[object] = set()
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.value)
                seen.add(cell.value)
    assert set(NAMES.values()) <= seen
    assert {text for text in ALL if len(text) <= 40} <= seen
    assert URL in seen


def test_json_gives_the_very_texts_back(hostile_site: Path) -> None:
    for index, (slug, name) in enumerate(NAMES.items()):
        record = json.loads((hostile_site / f"chambers/{slug}/record.json").read_text("utf-8"))
        assert name in texts_in(record)
        assert ALL[index] in texts_in(record)
    lines = (hostile_site / "data/v1/chambers.ndjson").read_text("utf-8").splitlines()
    assert set(NAMES.values()) <= {json.loads(line)["record"]["name"] for line in lines}


def texts_in(value: object) -> Iterator[str]:
    """Every text of a JSON value."""
    if isinstance(value, dict):
        for item in value.values():
            yield from texts_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts_in(item)
    elif isinstance(value, str):
        yield value


def test_the_database_holds_the_very_texts(hostile_site: Path) -> None:
    database = sqlite3.connect(f"file:{hostile_site / 'data/v1/chambers.sqlite'}?mode=ro", uri=True)
    assert dict(database.execute("SELECT id, name FROM chambers")).items() >= NAMES.items()


def test_feeds_give_the_very_names_back(hostile_site: Path) -> None:
    """Each chamber was added to a federation of its own, whose feeds tell it."""
    for index, name in enumerate(NAMES.values()):
        folder = hostile_site / f"federations/g{index}"
        atom = ElementTree.fromstring((folder / "feed.xml").read_bytes())
        titles = [title.text or "" for title in atom.iterfind(".//{*}entry/{*}title")]
        items = [item["title"] for item in json.loads((folder / "feed.json").read_text("utf-8"))["items"]]
        assert titles == items
        assert any(title.endswith(f"：{name}") for title in titles), (name, titles)


def test_files_of_xml_are_read_and_hold_no_entity(hostile_site: Path) -> None:
    for path in sorted([*hostile_site.rglob("*.xml"), *hostile_site.rglob("*.atom")]):
        text = path.read_text("utf-8")
        assert "<!ENTITY" not in text
        ElementTree.fromstring(text)


def test_a_charter_keeps_its_anchors_and_shows_markup_as_text(
    pages: dict[str, Reader], hostile_site: Path
) -> None:
    index = list(TEXTS).index("markup-in-markdown")
    url = f"charters/h{index}/constructor/index.html"
    ids = {attributes.get("id") for _, attributes in pages[url].elements}
    assert {"a1", "a2", "a2.1", "a2.2", "a3"} <= ids
    text = (hostile_site / url).read_text("utf-8")
    assert "<strong>&lt;img src=x onerror=canary()&gt;</strong>" in text


def test_nothing_hidden_among_the_records_is_published(hostile_site: Path) -> None:
    assert [
        path for path in hostile_site.rglob("*") if path.name.startswith(".ht") or ".git" in path.parts
    ] == []
