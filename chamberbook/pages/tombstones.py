"""What stays at the addresses of removed records: what was here, why and when it went, where to go."""

from __future__ import annotations

from collections.abc import Iterator

from chamberbook.derive import Directory, TombstoneEntry
from chamberbook.pages.model import Page
from chamberbook.problems import Translate
from chamberbook.records import RemovalReason
from chamberbook.settings import Settings


def pages(directory: Directory, _settings: Settings, _: Translate) -> Iterator[Page]:
    """One page for each removed record, and one for each address that led to it or lay below it."""
    for entry in directory.tombstones:
        page = _page(entry, _)
        yield page
        for url in _former(entry):
            yield Page(
                url=url,
                title=page.title,
                description=page.description,
                template="redirect.html",
                data={
                    "target": entry.successor.url if entry.successor else entry.url,
                    "name": entry.successor.chamber.name if entry.successor else page.title,
                    "former": url.split("/")[1],
                    "slug": entry.successor.slug if entry.successor else entry.slug,
                },
                tab="chambers",
                listed=False,
            )


def _former(entry: TombstoneEntry) -> Iterator[str]:
    stone = entry.tombstone
    for slug in stone.former_slugs:
        yield f"chambers/{slug}/"
    for slug in (entry.slug, *stone.former_slugs):
        for charter in stone.charters:
            yield f"charters/{slug}/{charter}/"


def _page(entry: TombstoneEntry, _: Translate) -> Page:
    stone, data = entry.tombstone, {}
    if entry.successor is not None:
        data = {"target": entry.successor.url, "successor": entry.successor.chamber.name}
    return Page(
        url=entry.url,
        title=stone.name or _("这条记录已经撤销"),
        description=_("名录里原来的这条记录已经撤销：{reason}").format(reason=reason_text(stone.reason, _)),
        template="tombstone.html",
        data={
            "entry": entry,
            "stone": stone,
            "reason": reason_text(stone.reason, _),
            "target": None,
            "successor": None,
            "sources": tuple(enumerate(stone.sources.values(), 1)),
            **data,
        },
        tab="chambers",
        source=entry.path,
        listed=False,
    )


def reason_text(reason: RemovalReason, _: Translate) -> str:
    """Why a record was removed, as a sentence for readers."""
    return {
        "duplicate": _("同一家商会收了两次，合成了一条。"),
        "mistaken": _("核对下来不是商会，或没有这一家。"),
        "unsourced": _("据以收录的来源不成立。"),
        "personal": _("原来的内容涉及个人信息。"),
        "request": _("应这家商会的要求撤下。"),
        "other": _("其他原因。"),
    }[reason]
