"""Scripts and styles as they are published: the same programs and rules in fewer bytes and files."""

from __future__ import annotations

import re
from pathlib import Path

import programs
import tinycss2
from building import ROOT, built, make_root
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from scripting import ASSETS, Modules

from chamberbook.assets import prepare


def test_published_scripts_are_the_same_programs_without_their_comments(real_site: Path) -> None:
    scripts = sorted(path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*.js"))
    published = [name for name in scripts if (real_site / "assets" / name).is_file()]
    assert set(scripts) - set(published) == {"preview.js"}
    with Modules(programs.NODE) as node:
        for name in published:
            source = (ASSETS / name).read_text("utf-8")
            shrunk = (real_site / "assets" / name).read_text("utf-8")
            assert len(shrunk) < len(source), name
            assert "@param" not in shrunk, name
            assert node.ask("syntax.js", "m.same(v[0], v[1])", source, shrunk), name
        assert not node.ask("syntax.js", "m.same(v[0], v[1])", "f(`a b`)", "f(`a  b`)")


def rules(css: str) -> list[object]:
    """What a style sheet says, blanks and comments aside."""

    def plain(nodes: list[object]) -> list[object]:
        told = [
            (node.type, getattr(node, "value", getattr(node, "name", None)), *map(plain, inner(node)))
            for node in nodes
            if node.type not in ("whitespace", "comment")  # type: ignore[attr-defined]
        ]
        return told[:-1] if told and told[-1] == ("literal", ";") else told

    def inner(node: object) -> list[list[object]]:
        parts = (getattr(node, name, None) for name in ("prelude", "content", "arguments"))
        return [part for part in parts if isinstance(part, list)]

    return plain(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def test_a_page_asks_for_one_style_sheet_of_ours_that_says_what_all_say(real_site: Path) -> None:
    named = re.findall(r"^  - (assets/\S+\.css)$", (ROOT / "mkdocs.yml").read_text("utf-8"), flags=re.M)
    assert len(named) > 2
    linked = re.findall(r'rel="stylesheet" href="([^"]+)"', (real_site / "index.html").read_text("utf-8"))
    assert [href for href in linked if not href.startswith("assets/stylesheets/")] == [named[0]]
    assert [path.name for path in (real_site / "assets").glob("*.css")] == [Path(named[0]).name]
    sources = "\n".join((ROOT / "templates/theme" / name).read_text("utf-8") for name in named)
    published = (real_site / named[0]).read_text("utf-8")
    assert len(published) < len(sources)
    assert rules(published) == rules(sources)


def prepared(folder: Path, names: dict[str, str], extra_css: list[str]) -> tuple[dict[str, str], list[str]]:
    """The files of a theme folder after `prepare`, by name, and what `extra_css` has become."""
    for name, text in names.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    config = MkDocsConfig()
    config.load_dict(
        {"site_name": "-", "theme": {"name": None, "custom_dir": str(folder)}, "extra_css": extra_css}
    )
    config.validate()
    files = Files([File(name, str(folder), "site", use_directory_urls=True) for name in names])
    prepare(files, config)
    return {file.src_uri: file.content_string for file in files}, list(config.extra_css)


def test_sheets_are_joined_in_their_order_where_addresses_in_them_stay_true(tmp_path: Path) -> None:
    sheets = {"a/one.css": "b { c: d }", "a/two.css": "e { f: url(g.svg) }", "h/three.css": "i { j: k }"}
    files, left = prepared(tmp_path, sheets, [*sheets, "https://static.example/of-others.css"])
    assert files == {"a/one.css": "b{c:d}e{f:url(g.svg)}", "h/three.css": "i{j:k}"}
    assert left == ["a/one.css", "h/three.css", "https://static.example/of-others.css"]


def test_files_that_are_not_of_the_theme_folder_are_left_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/own.js").write_text("f( 1 ); // why", "utf-8")
    config = MkDocsConfig()
    config.load_dict({"site_name": "-", "theme": {"name": None, "custom_dir": str(tmp_path)}})
    config.validate()
    files = Files([File("own.js", str(tmp_path / "docs"), "site", use_directory_urls=True)])
    prepare(files, config)
    (file,) = files
    assert file.content_string == "f( 1 ); // why"


def test_prose_has_the_theme_s_scripts_only_where_its_features_are_asked_for(
    real_site: Path, tmp_path: Path, kept: Path
) -> None:
    def scripts(site: Path, page: str) -> set[str]:
        found = re.findall(r'<script [^>]*src="[./]*([^"]+)"', (site / page).read_text("utf-8"))
        return {re.sub(r"\.[0-9a-f]+\.min", "", name) for name in found}

    assert {"assets/chrome.js", "assets/prose.js"} <= scripts(real_site, "about/index.html")
    assert "assets/javascripts/bundle.js" not in scripts(real_site, "about/index.html")
    assert "assets/prose.js" not in scripts(real_site, "index.html")
    root = make_root(tmp_path / "small", kept=kept)
    config = root / "mkdocs.yml"
    wanted = config.read_text("utf-8").replace("features: [toc.follow]", "features: [content.code.copy]")
    config.write_text(wanted, "utf-8")
    site = built(tmp_path / "site", "--root", root, "--no-search")
    assert "assets/javascripts/bundle.js" in scripts(site, "about/index.html")
    assert "assets/chrome.js" not in scripts(site, "about/index.html")
    assert "assets/chrome.js" in scripts(site, "index.html")
