"""The pictures of the contributor's guide, taken of the sample directory as it looks today: `python tools/pictures.py`.

Needs what the tests need: Playwright with a Chromium (`python tests/programs.py` installs it).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import programs  # noqa: E402
from building import built, serving  # noqa: E402

GUIDE = ROOT / "content" / "contribute"
#: Settings with which every button of a record is there; their addresses are never opened.
SETTINGS = "".join(
    f'    {name}: "https://platform.example/{name}/{{path}}"\n'
    for name in ("edit_url", "history_url", "new_file_url", "report_url")
)
#: Each picture: the page, the width of the window in pixels, what is taken of it.
PICTURES = (
    ("record.png", "chambers/shili-canyin/", 900, ".rec__head"),
    ("report.png", "contribute/", 430, "#report"),
    ("form.png", "contribute/form/?chamber=shili-canyin", 900, "#names"),
)
MOST_PIXELS = 532
#: The settings go above this line of mkdocs.yml.
PLACE = "    jobs: 0"


def main() -> None:
    """Build the sample directory, take every picture."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "examples"
        shutil.copytree(ROOT / "examples", root)
        for folder in ("content", "templates"):
            shutil.copytree(ROOT / folder, Path(name) / folder)
        for picture, *_ in PICTURES:
            # A new one is named in the guide before it is there.
            (Path(name) / "content" / "contribute" / picture).touch()
        config = (ROOT / "mkdocs.yml").read_text("utf-8")
        assert PLACE in config
        (Path(name) / "mkdocs.yml").write_text(config.replace(PLACE, SETTINGS + PLACE), "utf-8")
        with serving(built(Path(name) / "site", "--root", root)) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=programs.chromium(), args=["--no-sandbox"])
            for picture, url, width, selector in PICTURES:
                page = browser.new_page(viewport={"width": width, "height": 900}, locale="zh-CN")
                page.goto(site.url + url, wait_until="networkidle")
                box = page.locator(selector).bounding_box()
                assert box is not None, selector
                page.screenshot(
                    path=GUIDE / picture,
                    full_page=True,
                    clip={**box, "height": min(box["height"] + 12, MOST_PIXELS)},
                )
            browser.close()


if __name__ == "__main__":
    main()
