"""The web manifest: name, icons and colours of the site on a home screen (https://www.w3.org/TR/appmanifest/)."""

from __future__ import annotations

import json
from pathlib import Path

from chamberbook.pictures import MASKABLE
from chamberbook.settings import Settings

FILE = "site.webmanifest"
#: Home screens cut longer names.
_SHORT = 12


def write_manifest(settings: Settings, out: Path) -> None:
    """Write site.webmanifest. Its addresses are relative, so that the site works below any path."""
    icons = [
        {"src": name, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size, name in MASKABLE.items()
        for purpose in ("maskable", "any")
    ]
    manifest = {
        "name": settings.name,
        "short_name": settings.name[:_SHORT],
        "lang": "zh-Hans",
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#fbfaf6",
        "theme_color": "#fbfaf6",
        "icons": icons,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    (out / FILE).write_text(text + "\n", encoding="utf-8", newline="\n")
