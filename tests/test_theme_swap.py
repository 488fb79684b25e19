"""What another theme takes: docs/theme.md says it, and a whole site is built without Material to prove it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from building import ROOT, built, make_root

DOCUMENT = ROOT / "docs" / "theme.md"
PLAIN = Path(__file__).with_name("plain_theme")
#: Where a body begins, in either chrome.
OPENING = '<div class="sh" id="main" tabindex="-1">'
#: What gives away that a file knows the theme: its name, its classes and data attributes, its functions.
THEME_WORDS = re.compile(
    r"\bmkdocs-material\b|\bmaterial[/\n]|\bMaterial's\b|\bmd-[a-z]+|\b__md_|\bdataset\.md[A-Z]"
)


def without_material(root: Path) -> Path:
    """Do to a directory what docs/theme.md says: another main.html, the theme's own parts away, other settings."""
    theme = root / "templates" / "theme"
    shutil.copy(PLAIN / "main.html", theme)
    shutil.rmtree(theme / "partials" / "languages")
    for name in ("partials/header.html", "assets/chrome.js"):
        (theme / name).unlink()
    config = root / "mkdocs.yml"
    text, replaced = re.subn(
        r"(?ms)^theme:\n.*?(?=^\S)",
        "theme: {name: null, custom_dir: templates/theme, favicon: assets/seal.svg}\n\n",
        config.read_text("utf-8"),
        count=1,
    )
    assert replaced == 1
    config.write_text(text, "utf-8")
    return root


def bodies(site: Path) -> dict[str, str]:
    """The body of each page of the directory, as it stands in the document."""
    pages = {path: path.read_text("utf-8") for path in sorted(site.rglob("*.html"))}
    return {
        path.relative_to(site).as_posix(): body_of(text.split(OPENING, 1)[1])
        for path, text in pages.items()
        if OPENING in text
    }


def body_of(text: str) -> str:
    """What stands before the tag that closes the element which `text` is the inside of."""
    depth = 1
    for tag in re.finditer(r"<(/?)div\b", text):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return text[: tag.start()]
    raise AssertionError("the body has no end")


def test_a_theme_of_forty_lines_carries_the_whole_directory(tmp_path: Path, kept: Path) -> None:
    plain = built(tmp_path / "plain", "--no-search", "--root", without_material(make_root(tmp_path / "a")))
    material = built(tmp_path / "material", "--no-search", "--root", make_root(tmp_path / "b", kept=kept))
    pages = bodies(material)
    assert len(pages) >= 50
    assert bodies(plain) == pages
    assert not (plain / "assets" / "stylesheets").exists(), "nothing of Material is published"
    for path in plain.rglob("*.html"):
        document = path.read_text("utf-8")
        assert "<title>" in document
        assert 'id="main"' in document
        assert "chamberbookmark" not in document
    assert len((PLAIN / "main.html").read_text("utf-8").splitlines()) <= 40


def test_only_the_files_that_the_document_names_know_the_theme() -> None:
    document = DOCUMENT.read_text("utf-8")
    named = set(re.findall(r"^\| `([^`]+)` \|", document, re.MULTILINE))
    places = [
        ROOT / "chamberbook",
        ROOT / "templates",
        ROOT / "content",
        ROOT / "mkdocs.yml",
        ROOT / "build.py",
    ]
    files = [file for place in places for file in ([place] if place.is_file() else sorted(place.rglob("*")))]
    knowing = {
        file.relative_to(ROOT).as_posix()
        for file in files
        if file.suffix in {".py", ".html", ".js", ".css", ".md", ".yml"}
        and THEME_WORDS.search(file.read_text("utf-8"))
    }
    assert knowing == named
