"""The description by which a browser adds the site's search."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from chamberbook import messages
from chamberbook.opensearch import LONG_NAME, SHORT_NAME, write_description
from chamberbook.settings import Settings

NS = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
LANGUAGES = (messages.translate("zh"), messages.translate("en"))


def described(out: Path, name: str, base: str = "https://example.org/a/") -> ElementTree.Element:
    write_description(Settings(name=name, base_url=base), LANGUAGES, out)
    return ElementTree.fromstring((out / "opensearch.xml").read_bytes())


def text(root: ElementTree.Element, name: str) -> str:
    return root.findtext(f"o:{name}", "", NS)


def test_it_names_the_site_in_chinese_and_english(tmp_path: Path) -> None:
    root = described(tmp_path, "江苏商会名录")
    assert text(root, "ShortName") == "江苏商会名录"
    assert text(root, "LongName") == "江苏商会名录 · 商会名录 · Chambers Register"
    assert "查找商会" in text(root, "Description")
    assert "Find chambers of commerce" in text(root, "Description")
    assert [found.text for found in root.findall("o:Language", NS)] == ["zh-CN", "en"]


def test_its_addresses_are_absolute_and_lead_to_the_search_page(tmp_path: Path) -> None:
    root = described(tmp_path, "商会名录")
    templates = {url.get("rel"): url.get("template") for url in root.findall("o:Url", NS)}
    assert templates == {
        "results": "https://example.org/a/search/?q={searchTerms}",
        "self": "https://example.org/a/opensearch.xml",
    }
    assert text(root, "Image") == "https://example.org/a/assets/seal.svg"


def test_a_long_or_hostile_name_keeps_the_file_within_the_rules(tmp_path: Path) -> None:
    root = described(tmp_path, '<&"商会>' * 20, 'https://example.org/"&/')
    assert len(text(root, "ShortName")) == SHORT_NAME
    assert len(text(root, "LongName")) == LONG_NAME
    assert root.findall("o:Url", NS)[0].get("template") == 'https://example.org/"&/search/?q={searchTerms}'
