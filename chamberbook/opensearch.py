"""The OpenSearch description, by which a browser offers the site's search in its address bar.

OpenSearch 1.1: https://github.com/dewitt/opensearch. Its addresses are absolute, so only a site that knows its own base
URL has one.
"""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from chamberbook.problems import N_, Translate
from chamberbook.settings import Settings

FILE = "opensearch.xml"
#: The most characters that OpenSearch allows.
SHORT_NAME, LONG_NAME = 16, 48

_NAME = N_("商会名录")
_WHAT = N_("按名称、简称、地区、行业、公约和拼音查找商会与公约。")


def write_description(settings: Settings, languages: tuple[Translate, ...], out: Path) -> None:
    """Write opensearch.xml: the site's own name, then name and purpose in each of the languages."""
    base = settings.base_url
    assert base is not None
    names = dict.fromkeys([settings.name, *(_(_NAME) for _ in languages)])
    what = " ".join(_(_WHAT) for _ in languages)
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        _element("ShortName", settings.name[:SHORT_NAME]),
        _element("LongName", " · ".join(names)[:LONG_NAME]),
        _element("Description", what),
        *(_element("Language", language) for language in ("zh-CN", "en")),
        _element("InputEncoding", "UTF-8"),
        _element("OutputEncoding", "UTF-8"),
        f'<Image type="image/svg+xml">{escape(base)}assets/seal.svg</Image>',
        _url("text/html", "results", f"{base}search/?q={{searchTerms}}"),
        _url("application/opensearchdescription+xml", "self", f"{base}{FILE}"),
        "</OpenSearchDescription>",
    )
    (out / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def _url(kind: str, relation: str, template: str) -> str:
    return f'<Url type="{kind}" rel="{relation}" method="get" template="{escape(template, {chr(34): "&quot;"})}"/>'
