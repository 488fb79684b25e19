"""The catalogs: complete for what the commands say, and made from the code as it is."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from building import ROOT

from chamberbook import messages
from chamberbook.formats import separator
from chamberbook.problems import WrongUse

LOCALE = ROOT / "chamberbook" / "locale"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}


def used() -> dict[str, set[str]]:
    """Every message of code and templates with the files that use it."""
    found: dict[str, set[str]] = {}
    with (LOCALE / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file, filename="babel.cfg")
    for part in ("chamberbook", "templates"):
        mapping = [
            (pattern.removeprefix(f"{part}/"), method)
            for pattern, method in methods
            if pattern.startswith(part)
        ]
        ours = {pattern.removeprefix(f"{part}/"): values for pattern, values in options.items()}
        for name, _, message, *_ in extract_from_dir(ROOT / part, mapping, ours, KEYWORDS):
            for text in message if isinstance(message, tuple) else (message,):
                found.setdefault(text, set()).add(f"{part}/{name}")
    return found


def catalog(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        return {m.id if isinstance(m.id, str) else m.id[0]: m.string for m in read_po(file) if m.id}


ENGLISH = catalog(LOCALE / "en" / "LC_MESSAGES" / "messages.po")


def test_the_template_holds_every_message_of_the_code() -> None:
    template = set(catalog(LOCALE / "messages.pot"))
    code = {text for text, files in used().items() if any(f.startswith("chamberbook/") for f in files)}
    assert sorted(code - template) == [], "run the pybabel commands in chamberbook/locale/babel.cfg"


@pytest.mark.parametrize("lang", messages.languages()[1:])
def test_a_catalog_has_every_message_of_code_and_templates_and_guesses_none(lang: str) -> None:
    with (LOCALE / lang / "LC_MESSAGES" / "messages.po").open("rb") as file:
        held = {m.id: m for m in read_po(file, locale=lang) if m.id}
    assert len(held) > 1500
    assert sorted(text for text in used() if text not in held or not held[text].string) == []
    assert sorted(text for text, m in held.items() if m.fuzzy) == []


@pytest.mark.parametrize("lang", messages.languages())
def test_the_comma_of_enumerations_is_that_of_cldr(lang: str) -> None:
    translate = messages.translate(lang)
    assert translate("、") == separator(translate)


def names(template: str) -> set[str]:
    braces = {name for _, name, _, _ in string.Formatter().parse(template) if name}
    return braces | set(re.findall(r"%\((\w+)\)s", template))


@pytest.mark.parametrize("text", sorted(text for text, english in ENGLISH.items() if english))
def test_a_translation_has_the_same_names_and_no_chinese(text: str) -> None:
    english = ENGLISH[text]
    assert names(english) == names(text)
    assert re.findall("[\u4e00-\u9fff]", english.replace("转 801", "")) == []


def test_chinese_is_the_source_and_needs_no_catalog() -> None:
    assert messages.languages() == ("zh", "en")
    assert messages.translate("zh")("错误") == "错误"
    assert messages.translate("en")("错误") == "error"


def test_a_message_without_translation_stays_chinese() -> None:
    assert messages.translate("en")("没有这一句") == "没有这一句"


def test_an_unknown_language_is_wrong_use_that_names_the_known_ones() -> None:
    with pytest.raises(WrongUse, match="zh、en"):
        messages.translate("fr")


def test_jinja_gets_the_same_catalog() -> None:
    assert messages.translations("en").gettext("提醒") == "warning"
    assert messages.translations("zh").ngettext("{n} 家", "{n} 家", 2) == "{n} 家"
