"""What a page is about, for machines: schema.org in JSON-LD, made from the values that the page shows.

Only a site that knows its own base URL has it: the names of things are addresses. An organization is one thing in all
languages of a site, under the name (`@id`) of its page in the first; what is a page or leads to one is each language's
own. Terms and their domains are those of https://schema.org; a test holds every type and property against the vocabulary.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chamberbook.derive import ChamberEntry, FederationEntry, Place
from chamberbook.formats import date_text, period_text
from chamberbook.pages.model import Page
from chamberbook.pages.views import ChamberRow, Crumb, Pager, RatingView, shown_trade
from chamberbook.problems import Translate
from chamberbook.records import Chamber
from chamberbook.settings import Settings

Thing = dict[str, Any]

#: JSON inside a script element: no text can end the element or begin a comment.
_INERT = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_SCHEMA = "https://schema.org"
_PLACE_PARTS = ("addressRegion", "addressLocality")


def linked_data(page: Page, settings: Settings, _: Translate, *, search: bool) -> str:
    """The JSON-LD of a page, safe inside a script element; empty when there is nothing to say.

    `search`: the site can be searched.
    """
    base = settings.base_url
    if base is None or not page.listed:
        return ""
    graph = list(_things(page, base, settings, _, search=search))
    if not graph:
        return ""
    text = _JSON.encode({"@context": _SCHEMA, "@graph": graph})
    for sign, escaped in _INERT:
        text = text.replace(sign, escaped)
    return text


def _things(page: Page, base: str, settings: Settings, _: Translate, *, search: bool) -> Iterator[Thing]:
    data = page.data
    if page.template == "home.html":
        yield website(settings, page.description, search=search)
    elif page.template == "chamber.html":
        yield chamber(data["entry"], data["ratings"], data["federation"], settings, _)
    elif page.template == "federation.html":
        yield federation(data["entry"], settings, _)
    elif page.template == "directory.html":
        yield item_list(page, data["rows"], data["pager"], base)
    crumbs = data["list"].crumbs if page.template == "directory.html" else data.get("crumbs")
    if crumbs:
        yield breadcrumbs(crumbs, settings.name, page.url, base)


def website(settings: Settings, description: str, *, search: bool) -> Thing:
    """The site in one language, and how it is searched."""
    base = settings.base_url or ""
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{base}search/?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    return {
        "@type": "WebSite",
        "@id": f"{base}#site",
        "url": base,
        "name": settings.name,
        "description": description,
        "inLanguage": settings.language.tag,
        **({"potentialAction": action} if search else {}),
    }


def chamber(
    entry: ChamberEntry,
    ratings: Sequence[RatingView],
    guide: FederationEntry,
    settings: Settings,
    _: Translate,
) -> Thing:
    """A chamber as an organization. `guide` is the federation that keeps its record."""
    record, base = entry.chamber, settings.base_url or ""
    former = (one.name for one in record.former_names)
    names = (record.name_en, entry.reading, *record.aliases, *former)
    return _filled({
        "@type": "Organization",
        "@id": f"{_first(settings)}{entry.url}#chamber",
        "url": base + entry.url,
        "name": record.name,
        "alternateName": list(dict.fromkeys(name for name in names if name and name != record.name)),
        "foundingDate": str(record.founded) if record.founded else None,
        "dissolutionDate": str(record.ended) if record.ended else None,
        "areaServed": _area(entry.place, base, _),
        "address": _address(entry.place, record.contact.address),
        "telephone": _office_phone(record),
        "email": record.contact.email,
        "sameAs": record.contact.website,
        "identifier": _identifier(record.uscc),
        "knowsAbout": shown_trade(entry),
        "award": [award(view, _) for view in ratings if view.state != "revoked"],
        "memberOf": _organization(guide, settings),
    })  # fmt: skip


def federation(entry: FederationEntry, settings: Settings, _: Translate) -> Thing:
    """A federation as an organization."""
    return {**_organization(entry, settings), "areaServed": _area(entry.place, settings.base_url or "", _)}


def item_list(page: Page, rows: Sequence[ChamberRow], pager: Pager, base: str) -> Thing:
    """The chambers of one page of a list, numbered through all its pages; their names are on their own pages."""
    return {
        "@type": "ItemList",
        "name": page.title,
        "numberOfItems": pager.total,
        "itemListElement": [
            {"@type": "ListItem", "position": position, "url": base + row.url}
            for position, row in enumerate(rows, pager.first)
        ],
    }


def breadcrumbs(crumbs: Sequence[Crumb], home: str, url: str, base: str) -> Thing:
    """The way from the home page down to the page at `url`."""
    trail = [(home, ""), *((title, url if target is None else target) for title, target in crumbs)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": title, "item": {"@id": base + target}}
            for position, (title, target) in enumerate(trail, 1)
        ],
    }


def award(view: RatingView, _: Translate) -> str:
    """An award in words: 四星级（苏州市星级商会，2024年1月）."""
    when = date_text(view.when, _) if view.when else period_text(view.period, _) if view.period else ""
    details = _("，").join(part for part in (view.scheme, when) if part)
    return _("{words}（{details}）").format(words=view.words, details=details) if details else view.words


def _organization(entry: FederationEntry, settings: Settings) -> Thing:
    return {
        "@type": "Organization",
        "@id": f"{_first(settings)}{entry.url}#federation",
        "url": f"{settings.base_url}{entry.url}",
        "name": entry.federation.name,
    }


def _first(settings: Settings) -> str:
    """The address below which the pages of the site's first language lie."""
    return settings.site_url or settings.base_url or ""


def _area(place: Place, base: str, _: Translate) -> Thing:
    """The most precise region, with those that it lies in."""
    area: Thing | None = None
    for region in place.chain:
        around = {"containedInPlace": area} if area else {}
        area = {
            "@type": "AdministrativeArea",
            "name": region.name,
            "url": f"{base}regions/{region.code}/",
            **around,
        }
    return area or {"@type": "Country", "name": _("中国")}


def _address(place: Place, street: str | None) -> Thing:
    parts = dict(zip(_PLACE_PARTS, (region.name for region in place.chain), strict=False))
    return {
        "@type": "PostalAddress",
        "addressCountry": "CN",
        **parts,
        **({"streetAddress": street} if street else {}),
    }


def _office_phone(record: Chamber) -> str | None:
    """The telephone, unless it is somebody's own: that is shown to readers by permission, not handed to machines."""
    contact = record.contact
    return None if contact.consent or contact.public_source else contact.phone


def _identifier(uscc: str | None) -> Thing | None:
    return {"@type": "PropertyValue", "propertyID": "统一社会信用代码", "value": uscc} if uscc else None


def _filled(thing: Mapping[str, Any]) -> Thing:
    return {key: value for key, value in thing.items() if value}
