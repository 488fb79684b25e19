"""JSON-LD: valid schema.org, read back by a JSON-LD processor, true to the page, harmless in a page."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import schema_org
from factories import make_loaded
from planning import make_directory, plan, real_directory
from pyld import jsonld

from chamberbook.linked import linked_data
from chamberbook.pages.model import Page
from chamberbook.settings import Settings

BASE = "https://example.org/mulu/"
SITE = Settings(base_url=BASE)
#: schema.org's own context needs the network; this is what it amounts to for the terms used here.
CONTEXT = {"@context": {"@vocab": "https://schema.org/", "url": {"@type": "@id"}}}
PARTIAL_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def of(page: Page, settings: Settings = SITE) -> list[dict[str, Any]]:
    text = linked_data(page, settings, str, search=True)
    if not text:
        return []
    found = json.loads(text)
    assert found["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = found["@graph"]
    return graph


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return plan(real_directory(), SITE)


def value_of(given: Any, key: str) -> Any:
    """A value as schema_org takes it: its own classes for things, dates for dates."""
    if isinstance(given, list):
        return [value_of(one, key) for one in given]
    if isinstance(given, dict):
        return part_of(json.dumps(given))
    if key in ("foundingDate", "dissolutionDate"):
        # ISO 8601 allows a date of less precision; the library knows whole ones only.
        assert PARTIAL_DATE.fullmatch(given)
        return date.fromisoformat((given + "-01-01")[:10])
    return given


@functools.cache
def part_of(text: str) -> Any:
    """A thing within another; the same ones stand on many pages, and are looked at once."""
    return thing_of(json.loads(text))


def thing_of(given: dict[str, Any]) -> Any:
    """The thing as an object of schema_org, which refuses unknown types and properties and values out of range."""
    if "@type" not in given:
        assert given.keys() == {"@id"}
        return schema_org.Thing()
    plain = {key: value for key, value in given.items() if key not in ("@id", "@type", "query-input")}
    return getattr(schema_org, given["@type"])(**{key: value_of(value, key) for key, value in plain.items()})


def test_every_type_property_and_value_is_of_the_vocabulary(pages: dict[str, Page]) -> None:
    types = set()
    for page in pages.values():
        for thing in of(page):
            types.add(thing["@type"])
            thing_of(thing)
    assert types == {"WebSite", "Organization", "ItemList", "BreadcrumbList"}


def test_the_vocabulary_refuses_what_it_does_not_know() -> None:
    for wrong in (
        {"@type": "Organization", "founded": "2003"},
        {"@type": "ItemList", "numberOfItems": "many"},
    ):
        with pytest.raises(ValueError, match="validation error"):
            thing_of(wrong)


def load(url: str, _options: dict[str, Any]) -> dict[str, Any]:
    assert url == "https://schema.org"
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": CONTEXT}


def test_a_json_ld_processor_reads_the_same_facts(pages: dict[str, Page]) -> None:
    entry = next(one for one in real_directory().chambers if one.chamber.founded and one.awards)
    page = pages[entry.url]
    triples = jsonld.to_rdf(
        json.loads(linked_data(page, SITE, str, search=True)),
        {"documentLoader": load, "format": "application/n-quads", "base": BASE + page.url},
    )
    subject = f"<{BASE}{entry.url}#chamber>"
    assert f'{subject} <https://schema.org/name> "{entry.chamber.name}" .' in triples
    assert f'{subject} <https://schema.org/foundingDate> "{entry.chamber.founded}" .' in triples
    assert f"{subject} <https://schema.org/url> <{BASE}{entry.url}> ." in triples
    assert triples.count("<https://schema.org/award>") == len(entry.awards)


def test_a_chamber_says_what_its_page_says() -> None:
    loaded = make_loaded(
        "yixing-a", name="宜兴市示例商会", uscc="51320282MJ0000000X", aliases=("示例商会",), founded="2003-08"
    )
    page = plan(make_directory(loaded), SITE)["chambers/yixing-a/"]
    chamber, trail = of(page)
    assert chamber["@id"] == f"{BASE}chambers/yixing-a/#chamber"
    assert chamber["foundingDate"] == "2003-08"
    assert chamber["identifier"] == {
        "@type": "PropertyValue", "propertyID": "统一社会信用代码", "value": "51320282MJ0000000X",
    }  # fmt: skip
    area = chamber["areaServed"]
    assert [area["name"], area["containedInPlace"]["name"], area["containedInPlace"]["containedInPlace"]["name"]] == [
        "宜兴市", "无锡市", "江苏省",
    ]  # fmt: skip
    assert [step["position"] for step in trail["itemListElement"]] == list(
        range(1, len(trail["itemListElement"]) + 1)
    )
    assert trail["itemListElement"][0]["item"] == {"@id": BASE}
    assert trail["itemListElement"][-1] == {
        "@type": "ListItem", "position": len(trail["itemListElement"]), "name": "宜兴市示例商会",
        "item": {"@id": f"{BASE}chambers/yixing-a/"},
    }  # fmt: skip


def test_a_list_counts_on_through_its_pages(pages: dict[str, Page]) -> None:
    second, _ = of(pages["chambers/page/2/"])
    assert second["itemListElement"][0]["position"] == SITE.page_size + 1
    assert second["numberOfItems"] == len(real_directory().chambers)
    assert all(item["url"].removeprefix(BASE) in pages for item in second["itemListElement"])


def test_the_home_page_tells_how_to_search_where_there_is_search(pages: dict[str, Page]) -> None:
    (site,) = of(pages[""])
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{BASE}search/?q={{search_term_string}}"
    (without,) = json.loads(linked_data(pages[""], SITE, str, search=False))["@graph"]
    assert "potentialAction" not in without


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--<script>", "]]>&amp;\u2028\u2029"]
)
def test_a_stranger_s_text_cannot_end_the_script(pages: dict[str, Page], text: str) -> None:
    found = linked_data(replace(pages[""], description=text), SITE, str, search=True)
    assert not re.search("[<>&\u2028\u2029]", found)
    assert json.loads(found)["@graph"][0]["description"] == text


def test_nothing_is_said_without_an_address_or_on_a_page_that_is_not_listed(pages: dict[str, Page]) -> None:
    assert linked_data(pages[""], Settings(), str, search=True) == ""
    assert linked_data(pages["404.html"], SITE, str, search=True) == ""
