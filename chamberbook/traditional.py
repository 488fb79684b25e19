"""Chinese pages in traditional characters, converted by OpenCC after they are made: what is read, never an address.

Texts and the attributes that people hear or see are converted; addresses, ids, classes, values that are sent, code and
scripts stay as they are. Data in JSON-LD is text too, but for its addresses.
"""

from __future__ import annotations

import re
from functools import lru_cache

import opencc

_HAN = re.compile("[\u3400-\u9fff]")
#: Comments and what holds no text of the page; tags; text. JSON-LD comes first, because it is text in a script.
_PART = re.compile(
    r"""(?P<data><script\ type="application/ld\+json">.*?</script>)
    |<!--.*?-->|<(?P<raw>script|style|code|pre|textarea)\b[^>]*>.*?</(?P=raw)>
    |(?P<tag><[^>]+>)|(?P<text>[^<]+)""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
#: Attributes that hold words.
_WORDS = re.compile(r' (alt|title|aria-label|placeholder|content|data-(?!value|name)[a-z-]+)="([^"]*)"')
_ADDRESS = re.compile(r'"https?://[^"]*"')


def convert(text: str) -> str:
    """A plain text."""
    return _converter().convert(text) if _HAN.search(text) else text


def convert_page(html: str) -> str:
    """A whole page or a piece of one."""
    return _PART.sub(_converted, html)


def convert_json(text: str) -> str:
    """JSON whose keys hold no Han character: every text but addresses."""
    end, parts = 0, []
    for address in _ADDRESS.finditer(text):
        parts += [convert(text[end : address.start()]), address[0]]
        end = address.end()
    return "".join([*parts, convert(text[end:])])


def _converted(part: re.Match[str]) -> str:
    if not _HAN.search(part[0]):
        return part[0]
    if part["text"]:
        return convert(part[0])
    if part["tag"]:
        return _WORDS.sub(lambda found: f' {found[1]}="{convert(found[2])}"', part[0])
    return convert_json(part[0]) if part["data"] else part[0]


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")
