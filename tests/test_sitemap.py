"""The sitemap: every listed page, true days or none, an index above the protocol's limit; robots.txt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

from factories import make_loaded
from planning import DAY, loaded

from chamberbook import derive
from chamberbook.history import History
from chamberbook.languages import CHINESE, language
from chamberbook.settings import Settings
from chamberbook.sitemap import MOST, Entry, record_days, write_robots, write_sitemap

BASE = "https://example.org/dir/"
SITE = Settings(base_url=BASE, site_url=BASE)
XHTML = "{http://www.w3.org/1999/xhtml}link"
NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def read(path: Path, item: str) -> list[tuple[str, str | None]]:
    root = ET.parse(path).getroot()
    assert root.tag == NS + {"url": "urlset", "sitemap": "sitemapindex"}[item]
    return [(str(one.findtext(f"{NS}loc")), one.findtext(f"{NS}lastmod")) for one in root]


def test_a_page_names_itself_in_every_language_that_has_it(tmp_path: Path) -> None:
    both = replace(SITE, languages=(CHINESE, language("en", "en/", "en_GB")))
    entries = [Entry("a/", None, "a/"), Entry("b/", None, "b/"), Entry("en/a/", None, "a/")]
    write_sitemap(entries, both, tmp_path)
    links = {
        str(page.findtext(f"{NS}loc")).removeprefix(BASE): {
            one.attrib["hreflang"]: one.attrib["href"].removeprefix(BASE) for one in page.iter(XHTML)
        }
        for page in ET.parse(tmp_path / "sitemap.xml").getroot()
    }
    two = {"zh-Hans": "a/", "en": "en/a/", "x-default": "a/"}
    assert links == {"a/": two, "en/a/": two, "b/": {"zh-Hans": "b/", "x-default": "b/"}}


def test_a_page_has_the_day_of_its_record_and_no_other(tmp_path: Path) -> None:
    charter = {"id": "gongyue", "type": "自律公约", "source": "r1"}
    chambers = {"a": make_loaded("a", charters=[charter]), "b": make_loaded("b")}
    history = History(changed={"a": datetime.fromisoformat("2026-05-06T23:30:00-05:00")})
    directory = derive.directory(replace(loaded(), chambers=chambers), DAY, history=history)
    days = record_days(directory)
    assert days == {"chambers/a/": date(2026, 5, 6), "charters/a/gongyue/": date(2026, 5, 6)}
    write_sitemap([Entry(url, days.get(url)) for url in ("", "chambers/a/", "chambers/b/")], SITE, tmp_path)
    assert read(tmp_path / "sitemap.xml", "url") == [
        (BASE, None),
        (f"{BASE}chambers/a/", "2026-05-06"),
        (f"{BASE}chambers/b/", None),
    ]


def test_more_addresses_than_a_file_may_hold_have_an_index(tmp_path: Path) -> None:
    day = date(2026, 5, 6)
    write_sitemap([*(Entry(f"{n:06d}/", day) for n in range(MOST + 1)), Entry("z/", None)], SITE, tmp_path)
    parts = read(tmp_path / "sitemap.xml", "sitemap")
    # A file with an address of unknown age has none itself.
    assert parts == [(f"{BASE}sitemap-1.xml", "2026-05-06"), (f"{BASE}sitemap-2.xml", None)]
    files = [read(tmp_path / name.removeprefix(BASE), "url") for name, _ in parts]
    assert [len(file) for file in files] == [MOST, 2]
    assert [url for file in files for url, _ in file] == [
        *(f"{BASE}{n:06d}/" for n in range(MOST + 1)),
        f"{BASE}z/",
    ]
    assert all((tmp_path / name.removeprefix(BASE)).stat().st_size < 50_000_000 for name, _ in parts)


def test_exactly_as_many_addresses_as_a_file_may_hold_need_no_index(tmp_path: Path) -> None:
    write_sitemap([Entry(f"{n}/", None) for n in range(MOST)], SITE, tmp_path)
    assert len(read(tmp_path / "sitemap.xml", "url")) == MOST


def test_robots_may_read_everything_and_are_told_of_the_sitemap(tmp_path: Path) -> None:
    for base in (BASE, None):
        write_robots(base, tmp_path)
        rules = RobotFileParser()
        rules.parse((tmp_path / "robots.txt").read_text("utf-8").splitlines())
        assert rules.can_fetch("Baiduspider", "/chambers/x/")
        assert rules.site_maps() == ([f"{BASE}sitemap.xml"] if base else None)
