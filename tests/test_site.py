"""The built real directory, file by file: every link leads somewhere, nothing comes from elsewhere, all of it is HTML."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
from building import AS_OF, ROOT
from site_pages import KINDS, Tag, examples, kind_of, page_file, page_urls, tags

#: Attributes that make a browser load something by itself.
LOADS = {
    "script": ("src",), "img": ("src", "srcset"), "link": ("href",), "source": ("src", "srcset"), "iframe": ("src",),
    "video": ("src", "poster"), "audio": ("src",), "embed": ("src",), "object": ("data",), "use": ("href",),
    "image": ("href",), "input": ("src",),
}  # fmt: skip
#: `rel` values of a link that name an address without loading it.
NAMES_ONLY = {"canonical", "prev", "next", "alternate", "license"}


@pytest.fixture(scope="module")
def pages(real_site: Path) -> dict[str, list[Tag]]:
    """The start tags of every page by address."""
    return {url: list(tags(page_file(real_site, url).read_text("utf-8"))) for url in page_urls(real_site)}


def record_files() -> list[Path]:
    return [
        path
        for path in (ROOT / "chambers").glob("*/*.yml")
        if path.name != "federation.yml" and not path.parent.name.startswith("_")
    ]


def test_each_record_has_its_page_and_each_page_its_record(real_site: Path) -> None:
    slugs = sorted(path.stem for path in record_files())
    assert len(slugs) == 318
    shown = sorted(path.parent.name for path in real_site.glob("chambers/*/index.html"))
    assert [slug for slug in shown if slug != "page"] == slugs


#: What the records of today cannot fill: no charter and its forerunner are both held in full.
ONLY_SAMPLES = {"versions of a charter"}


def test_each_page_is_of_a_known_kind_and_each_kind_has_a_page(real_site: Path, demo_site: Path) -> None:
    kinds = Counter(kind_of(url) for url in page_urls(real_site))
    assert [url for url in (*page_urls(real_site), *page_urls(demo_site)) if kind_of(url) is None] == []
    assert set(KINDS) - set(kinds) == ONLY_SAMPLES
    assert {kind_of(url) for url in page_urls(demo_site)} >= ONLY_SAMPLES


def target_of(page: str, address: str) -> str:
    """The file that an address of a page leads to, as a static server at the site's root finds it."""
    path = unquote(urlsplit(address).path)
    here = page_file(Path(), page).as_posix()
    if not path:
        return here
    folder = "" if path.startswith("/") else posixpath.dirname(here)
    target = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
    return posixpath.normpath(posixpath.join(target, "index.html")) if path.endswith(("/", ".")) else target


def broken_links(site: Path, pages: dict[str, list[Tag]]) -> list[str]:
    """Every address of every page that leads to no file of the site, or to an anchor that its page does not have."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    anchors = {
        page_file(Path(), url).as_posix(): {tag.attributes.get("id") for tag in found}
        for url, found in pages.items()
    }
    broken = []
    for url, found in pages.items():
        for tag in found:
            for address in (
                tag.attributes[name] for name in ("href", "src", "action") if name in tag.attributes
            ):
                if urlsplit(address).scheme:
                    continue
                target, anchor = target_of(url, address), unquote(urlsplit(address).fragment)
                if target not in files or (anchor and target in anchors and anchor not in anchors[target]):
                    broken.append(f"{url or '/'}: {tag.name} {address}")
    return broken


def test_every_internal_link_and_anchor_resolves(real_site: Path, pages: dict[str, list[Tag]]) -> None:
    assert broken_links(real_site, pages) == []


def test_the_link_check_sees_a_missing_page_and_a_missing_anchor(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/index.html").write_text(
        '<a href="../b/"><a href="#no"><a href="./#yes"><p id="yes"><img src="x.svg">'
    )
    found = {"a/": list(tags((tmp_path / "a/index.html").read_text()))}
    assert broken_links(tmp_path, found) == ["a/: a ../b/", "a/: a #no", "a/: img x.svg"]


def test_addresses_of_pages_are_relative(pages: dict[str, list[Tag]]) -> None:
    absolute = [
        f"{url}: {tag.name} {tag.attributes[name]}"
        for url, found in pages.items()
        if url != "404.html"
        for tag in found
        for name in ("href", "src", "action")
        if tag.attributes.get(name, "").startswith("/")
    ]
    assert absolute == []


def test_nothing_is_loaded_from_another_host(real_site: Path, pages: dict[str, list[Tag]]) -> None:
    foreign = [
        f"{url}: {tag.name} {name}={tag.attributes[name]}"
        for url, found in pages.items()
        for tag in found
        for name in LOADS.get(tag.name, ())
        if name in tag.attributes and re.match(r"(?:[a-z]+:)?//|https?:", tag.attributes[name])
        if not (tag.name == "link" and set(tag.attributes.get("rel", "").split()) <= NAMES_ONLY)
    ]
    assert foreign == []
    for sheet in real_site.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
        assert re.findall(r"""url\(\s*["']?(?:https?:|//)[^)]*|@import[^;]*""", text) == [], sheet


def test_links_to_elsewhere_are_web_mail_or_phone(pages: dict[str, list[Tag]]) -> None:
    schemes = Counter(
        urlsplit(tag.attributes[name]).scheme
        for found in pages.values()
        for tag in found
        for name in ("href", "src", "action")
        if name in tag.attributes
    )
    assert set(schemes) <= {"", "http", "https", "mailto", "tel", "data"}


def test_no_page_uses_an_id_twice(pages: dict[str, list[Tag]]) -> None:
    twice = []
    for url, found in pages.items():
        ids = Counter(tag.attributes["id"] for tag in found if "id" in tag.attributes)
        twice += [f"{url}: {name}" for name, count in ids.items() if count > 1]
    assert twice == []


def test_no_page_of_the_real_directory_is_marked_as_a_sample(pages: dict[str, list[Tag]]) -> None:
    for url, found in pages.items():
        classes = {name for tag in found for name in tag.attributes.get("class", "").split()}
        assert "demo" not in classes, url


def test_each_page_has_a_title_a_description_a_language_and_one_h1(pages: dict[str, list[Tag]]) -> None:
    for url, found in pages.items():
        names = Counter(tag.name for tag in found)
        assert names["h1"] == 1, url
        assert names["title"] >= 1, url
        assert next(tag for tag in found if tag.name == "html").attributes["lang"] == "zh-Hans", url
        described = [t.attributes["content"] for t in found if t.attributes.get("name") == "description"]
        assert len(described) == 1, url
        assert described[0].strip(), url


def title_of(site: Path, url: str) -> str:
    found = re.search("<title>(.*?)</title>", page_file(site, url).read_text("utf-8"), re.DOTALL)
    assert found, url
    return found[1].strip()


def test_titles_of_pages_of_a_kind_differ(real_site: Path) -> None:
    titles = Counter((kind_of(url), title_of(real_site, url)) for url in page_urls(real_site))
    # The standard itself gives section K and division 70 one name.
    assert [title for title, count in titles.items() if count > 1 and "房地产业" not in title[1]] == []


def strict_errors(text: str) -> list[str]:
    """What a strict HTML5 parser has to say against a document."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(text)
    return [f"{place}: {code} {values}" for place, code, values in parser.errors]


def test_every_kind_of_page_parses_without_an_error(real_site: Path) -> None:
    urls = [url for chosen in examples(real_site).values() for url in chosen]
    # The parser needs some 0.1 s a page: every fiftieth of the others.
    urls += ["404.html", *page_urls(real_site)[::50]]
    for url in dict.fromkeys(urls):
        assert strict_errors(page_file(real_site, url).read_text("utf-8")) == [], url


def test_the_sample_directory_is_whole_too(demo_site: Path) -> None:
    found = {url: list(tags(page_file(demo_site, url).read_text("utf-8"))) for url in page_urls(demo_site)}
    assert broken_links(demo_site, found) == []
    for url, tags_of_page in found.items():
        assert strict_errors(page_file(demo_site, url).read_text("utf-8")) == [], url
        # Every page says that it is invented.
        assert any("notice" in tag.attributes.get("class", "").split() for tag in tags_of_page), url


def test_pages_that_show_awards_name_the_day_they_are_true_for(real_site: Path) -> None:
    day = f'<time datetime="{AS_OF}">2026年11月23日</time>'
    shows = {
        "chambers/": True,
        "stats/": True,
        "chambers/bao-an-qu-xin-an-shang-hui/": True,
        "charters/": False,
    }
    assert {url: day in page_file(real_site, url).read_text("utf-8") for url in shows} == shows


def test_no_file_is_empty_or_a_leftover(real_site: Path) -> None:
    files = [path for path in real_site.rglob("*") if path.is_file()]
    # A list of nothing has no lines.
    assert [path.name for path in files if path.stat().st_size == 0] == ["tombstones.ndjson"]
    assert [
        p for p in files if p.suffix in (".map", ".yml", ".py", ".j2", ".po", ".md") or p.name.startswith(".")
    ] == []
