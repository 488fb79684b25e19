"""The languages of a site: the same pages below a folder each, one set of data, every language marked; a third language
is one catalog file.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import opencc
import pytest
from babel.messages.pofile import read_po, write_po
from building import AS_OF, ROOT, Once, make_root, run_python
from planning import real_directory
from pyld import jsonld
from site_pages import page_urls, tags
from test_linked import load

from chamberbook import messages
from chamberbook.localized import pinyin_words, romanised
from chamberbook.records import Region
from chamberbook.traditional import convert_page

BASE = "https://example.org/dir/"
#: Folder -> tag of each language of the site; Esperanto is the language that nobody has translated anything into.
FOLDERS = {"": "zh-Hans", "en/": "en", "eo/": "eo", "zh-Hant/": "zh-Hant"}
XHTML = "{http://www.w3.org/1999/xhtml}"
HAN = re.compile("[\u3400-\u9fff]")
_PLACE = re.compile(r"(\{[^}]*\}|%\(\w+\)s|%%|\n|<[^>]*>)")
_ACCENTS = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")


def accented(text: str) -> str:
    """A text that is in no language and can be told from English; what stands for values stays."""
    parts = _PLACE.split(text)
    return "".join(part if at % 2 else part.translate(_ACCENTS) for at, part in enumerate(parts))


def add_catalog(package: Path) -> None:
    """A catalog for Esperanto, made from the English one: the one file that a language takes."""
    with (package / "locale/en/LC_MESSAGES/messages.po").open("rb") as file:
        catalog = read_po(file, locale="eo")
    for message in catalog:
        if message.id:
            message.string = accented(str(message.string))
    catalog["zh_Hans_CN"].string, catalog["、"].string = "eo", ", "
    own = package / "locale/eo/LC_MESSAGES/messages.po"
    own.parent.mkdir(parents=True)
    with own.open("wb") as file:
        write_po(file, catalog)


def build_in_four(folder: Path) -> None:
    """The small directory in Chinese, English, a third language and traditional characters, by a copy of the program
    that has one file more.
    """
    program = folder / "program"
    shutil.copytree(
        ROOT / "chamberbook", program / "chamberbook", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "build.py", program)
    add_catalog(program / "chamberbook")
    root = make_root(folder / "root", "[zh, en, eo, zh-Hant]")
    done = run_python(
        program / "build.py",
        *("--root", root, "--out", folder / "site", "--as-of", AS_OF, "--base-url", BASE),
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def site(once: Once) -> Path:
    return once("languages", build_in_four) / "site"


def pages(site: Path, folder: str) -> dict[str, str]:
    """The pages of a language by their address without its folder."""
    others = tuple(one for one in FOLDERS if one and one != folder)
    return {
        url.removeprefix(folder): (site / (url if url.endswith(".html") else f"{url}index.html")).read_text(
            "utf-8"
        )
        for url in page_urls(site, folder)
        if not url.startswith(others)
    }


def test_every_page_is_there_in_every_language(site: Path) -> None:
    chinese = set(pages(site, ""))
    assert {"", "404.html", "search/", "data/", "about/", "contribute/form/", "stats/"} <= chinese
    assert {folder: set(pages(site, folder)) for folder in FOLDERS} == dict.fromkeys(FOLDERS, chinese)


def test_what_has_no_language_is_there_once(site: Path) -> None:
    for folder in ("en", "eo", "zh-Hant"):
        kept = {path.suffix for path in (site / folder).rglob("*") if path.is_file()}
        assert kept <= {".html", ".json", ".xml"}
        assert {path.name for path in (site / folder).rglob("*.json")} <= {"known.json", "feed.json"}
    assert (site / "chambers/yixing-taoci/record.json").is_file()
    english = (site / "en/chambers/yixing-taoci/index.html").read_text("utf-8")
    assert 'href="../../../chambers/yixing-taoci/record.json"' in english


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_page_names_its_language_and_itself_in_the_others(site: Path, folder: str) -> None:
    for url in ("", "chambers/yixing-taoci/", "about/"):
        found = [(tag.name, tag.attributes) for tag in tags(pages(site, folder)[url])]
        (lang,) = (given["lang"] for name, given in found if name == "html")
        links = [given for name, given in found if name == "link"]
        (canonical,) = (given["href"] for given in links if given.get("rel") == "canonical")
        named = {given["hreflang"]: given["href"] for given in links if "hreflang" in given}
        (locale,) = (given["content"] for _, given in found if given.get("property") == "og:locale")
        assert lang == FOLDERS[folder]
        assert canonical == f"{BASE}{folder}{url}"
        assert named == {
            **{tag: f"{BASE}{one}{url}" for one, tag in FOLDERS.items()},
            "x-default": f"{BASE}{url}",
        }
        assert locale == {"": "zh_CN", "en/": "en_GB", "eo/": "eo", "zh-Hant/": "zh_HK"}[folder]


def triples(site: Path, folder: str, url: str) -> list[str]:
    """What a page says to machines, read by a JSON-LD processor as a line for each fact."""
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', pages(site, folder)[url])
    assert data is not None
    told = {"documentLoader": load, "format": "application/n-quads", "base": f"{BASE}{folder}{url}"}
    return str(jsonld.to_rdf(json.loads(data[1]), told)).splitlines()


@pytest.mark.parametrize("folder", FOLDERS)
def test_machines_are_told_the_language_and_the_addresses_of_the_page_and_one_name_of_the_thing(
    site: Path, folder: str
) -> None:
    schema, own = "https://schema.org/", f"{BASE}{folder}"
    home = triples(site, folder, "")
    assert f'<{own}#site> <{schema}inLanguage> "{FOLDERS[folder]}" .' in home
    assert f"<{own}#site> <{schema}url> <{own}> ." in home

    chamber = triples(site, folder, "chambers/yixing-taoci/")
    thing, guide = (
        f"<{BASE}chambers/yixing-taoci/#chamber>",
        f"<{BASE}federations/yixing/#federation>",
    )
    assert f"{thing} <{schema}url> <{own}chambers/yixing-taoci/> ." in chamber
    assert f"{thing} <{schema}memberOf> {guide} ." in chamber
    names = [
        line
        for line in chamber
        if line.startswith((f"{thing} <{schema}name>", f"{thing} <{schema}alternateName>"))
    ]
    assert any('"宜兴' in line or '"宜興' in line for line in names)
    assert any("Yixing Sample Ceramics Chamber" in line for line in names)
    assert f"{guide} <{schema}url> <{own}federations/yixing/> ." in triples(
        site, folder, "federations/yixing/"
    )

    addresses = {
        found
        for url in ("", "chambers/", "chambers/yixing-taoci/", "federations/yixing/", "ratings/")
        for line in triples(site, folder, url)
        for found in re.findall(rf"<({re.escape(BASE)}[^>]*)>", line)
        if not found.endswith(("#chamber", "#federation"))
    }
    assert all(found.startswith(own) for found in addresses)
    assert (
        not any(found.removeprefix(BASE).startswith(("en/", "eo/", "zh-Hant/")) for found in addresses)
        or folder
    )


def test_the_switch_is_plain_links_to_the_same_page(site: Path) -> None:
    for folder in FOLDERS:
        for url in ("", "chambers/yixing-taoci/", "about/levels/"):
            here = site / folder / url
            links = [
                tag.attributes
                for tag in tags(pages(site, folder)[url])
                if tag.name == "a" and "hlang" in tag.attributes.get("class", "")
            ]
            assert [link["lang"] for link in links] == [t for one, t in FOLDERS.items() if one != folder]
            targets = {(here / link["href"]).resolve() for link in links}
            assert targets == {(site / one / url).resolve() for one in FOLDERS if one != folder}


def texts(node: ET.Element, lang: str) -> Iterator[tuple[str, str]]:
    """(language, text) of everything that an element shows."""
    lang = node.attrib.get("lang", lang)
    name = node.tag.removeprefix(XHTML) if isinstance(node.tag, str) else "script"
    if name in ("script", "style", "title"):
        return
    if node.text and name not in ("option", "textarea"):
        yield lang, node.text
    for child in node:
        yield from texts(child, lang)
        if child.tail:
            yield lang, child.tail


@pytest.mark.parametrize("folder", ["en/", "eo/"])
def test_chinese_text_on_a_page_in_another_language_is_marked(site: Path, folder: str) -> None:
    for url, text in pages(site, folder).items():
        shown = list(texts(html5lib.parse(text), FOLDERS[folder]))
        assert len(shown) > 20, url
        assert [
            (lang, part) for lang, part in shown if HAN.search(part) and not lang.startswith("zh")
        ] == [], url


def test_no_text_of_the_interface_is_left_in_chinese(site: Path) -> None:
    said = {
        str(message.id).strip("，。：")
        for message in read_po((ROOT / "chamberbook/locale/messages.pot").open("rb"))
        if len(str(message.id)) > 3
    }
    records = "".join(path.read_text("utf-8") for path in (ROOT / "tests/sites/small").rglob("*.yml"))
    for url, text in pages(site, "en/").items():
        if url.startswith(("data/", "contribute/rules/")):
            continue  # they quote keys and examples of records
        marked = {
            part.strip("，。： ") for lang, part in texts(html5lib.parse(text), "en") if lang.startswith("zh")
        }
        assert [part for part in marked & said if part not in records] == [], url


def test_every_word_of_the_vocabularies_has_an_english_one() -> None:
    found = real_directory()
    terms = (
        *found.kinds.values(),
        *found.topics.values(),
        *found.charter_types.values(),
        *found.activity_topics.values(),
    )
    assert [term.title for term in terms if not term.title_en] == []
    topics = [term.title_en for term in found.topics.values()]
    assert len(set(topics)) == len(topics)


def test_a_third_language_is_one_catalog_file(site: Path) -> None:
    found = pages(site, "eo/")
    english = messages.translate("en")
    assert accented(english("查商会，看等级，读公约")) in found[""]
    assert accented(english("基本信息")) in found["chambers/yixing-taoci/"]
    words = json.loads((site / "search/eo/words.json").read_text("utf-8"))["words"]
    assert words["nothing"] == accented(english("没有找到“{query}”"))
    known = json.loads((site / "eo/contribute/form/known.json").read_text("utf-8"))
    assert accented(english("请填写这一项。")) in json.dumps(known, ensure_ascii=False)


def test_a_form_in_english_writes_the_words_of_records(site: Path) -> None:
    options = [
        tag.attributes.get("value", "")
        for tag in tags(pages(site, "en/")["contribute/form/"])
        if tag.name in ("option", "input")
    ]
    assert "industry" in options
    known = (site / "en/contribute/form/known.json").read_text("utf-8")
    assert "自律公约" in known + " ".join(options)


def test_results_are_shown_in_the_language_of_the_page(site: Path) -> None:
    def rows(folder: str) -> list[dict[str, str]]:
        return [
            row
            for path in sorted((site / "search" / folder / "rows").glob("name-*.json"))
            for row in json.loads(path.read_text("utf-8"))
        ]

    chinese, english = rows(""), rows("en")
    assert [row["url"] for row in chinese] == [row["url"] for row in english]
    (taoci,) = (row for row in english if row["url"] == "chambers/yixing-taoci/")
    # The kinds of this directory have no English names.
    assert (taoci["place"], taoci["within"], taoci["kind"]) == ("Yixing", "Wuxi", "行业商会")
    assert taoci["name"] == "Yixing Sample Ceramics Chamber"
    assert any("reading" in row for row in english)
    assert not any("reading" in row for row in chinese)
    shared = {path.relative_to(site).as_posix() for path in (site / "search").rglob("*") if path.is_file()}
    assert {path for path in shared if path.startswith("search/en/") and "rows" not in path} == {
        "search/en/facets.json",
        "search/en/said.json",
        "search/en/words.json",
    }


def test_prose_without_a_translation_says_so(site: Path) -> None:
    assert "This page has not been translated" not in pages(site, "en/")["about/levels/"]
    untranslated = pages(site, "eo/")["about/levels/"]
    assert accented(messages.translate("en")("这一页还没有译文，以下是中文。")) in untranslated


def test_traditional_characters_change_what_is_read_and_no_address(site: Path) -> None:
    chinese, traditional = pages(site, ""), pages(site, "zh-Hant/")
    own = {"lang", "hreflang", "content", "href", "src", "data-folder"}
    for url in ("", "chambers/yixing-taoci/", "charters/", "search/"):
        before = [(tag.name, set(tag.attributes) - own) for tag in tags(chinese[url])]
        after = [(tag.name, set(tag.attributes) - own) for tag in tags(traditional[url])]
        assert before == after
        for name in ("id", "class", "for", "name", "value"):
            assert [tag.attributes.get(name) for tag in tags(chinese[url])] == [
                tag.attributes.get(name) for tag in tags(traditional[url])
            ]
    assert "商會" in traditional["chambers/yixing-taoci/"]
    simplified = opencc.OpenCC("s2t")
    for _lang, text in texts(html5lib.parse(traditional["chambers/yixing-taoci/"]), "zh-Hant"):
        assert simplified.convert(text) == text


def test_text_is_converted_and_code_is_not() -> None:
    page = (
        '<a href="/搜索?q=商会" title="商会">商会</a><code>商会</code><input value="商会" placeholder="商会">'
    )
    assert convert_page(page) == (
        '<a href="/搜索?q=商会" title="商會">商會</a><code>商会</code><input value="商会" placeholder="商會">'
    )


@pytest.mark.parametrize(
    ("name", "level", "latin"),
    [
        ("江苏省", "province", "Jiangsu Province"),
        ("苏州市", "prefecture", "Suzhou City"),
        ("西安市", "prefecture", "Xi'an City"),
        ("鼓楼区", "county", "Gulou District"),
        ("泾县", "county", "Jingxian County"),
    ],
)
def test_a_region_is_romanised_with_what_it_is(name: str, level: str, latin: str) -> None:
    region = Region.model_validate({"code": "320000", "name": name, "level": level})
    assert romanised(region) == latin


def test_a_name_is_read_word_by_word_with_tones() -> None:
    assert pinyin_words("苏州市光电产业商会") == "Sūzhōu Shì Guāngdiàn Chǎnyè Shānghuì"
    assert pinyin_words("西安商会（总会）") == "Xī'ān Shānghuì (Zǒnghuì)".replace("(", "（").replace(
        ")", "）"
    )
