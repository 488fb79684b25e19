"""Interface text: Chinese in the code and templates, other languages in `locale/<lang>/LC_MESSAGES/messages.po`."""

from __future__ import annotations

import ast
import gettext
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import IO

from chamberbook.problems import N_, Message, Translate, WrongUse

#: The language that the messages are written in; it has no catalog.
SOURCE_LANGUAGE = "zh"

_LOCALE = Path(__file__).parent / "locale"


def languages() -> tuple[str, ...]:
    """The languages that the interface speaks, the source language first."""
    return (SOURCE_LANGUAGE, *sorted(path.parent.parent.name for path in _LOCALE.glob("*/*/messages.po")))


@lru_cache(maxsize=8)
def translations(lang: str) -> gettext.NullTranslations:
    """The catalog of a language for Jinja's i18n extension. A message without a translation stays Chinese."""
    if lang == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    if lang not in languages():
        values = {"lang": lang, "languages": languages()}
        raise WrongUse(Message(N_("没有语言 {lang}；可以用的有：{languages}"), values))
    # Babel is for catalogs, and commands that speak Chinese read none.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with (_LOCALE / lang / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalog = read_po(file, locale=lang)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def translate(lang: str) -> Translate:
    """A function from a Chinese message to the language; for the source language the message itself."""
    return translations(lang).gettext


def extract_titles(
    file: IO[bytes],
    keywords: Mapping[str, object],  # noqa: ARG001  # the signature that Babel calls
    comment_tags: Collection[str],  # noqa: ARG001
    options: Mapping[str, str],  # noqa: ARG001
) -> Iterator[tuple[int, str, str, list[str]]]:
    """For Babel: what the record models call and explain their fields, and the data files their tables and columns."""
    for node in ast.walk(ast.parse(file.read())):
        for value in _explained(node):
            # A text that goes on with a constant, f"…{JOINED}", is two messages: the other is marked where it stands.
            text = value.values[0] if isinstance(value, ast.JoinedStr) else value
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text.lineno, "N_", text.value, []


def _explained(node: ast.AST) -> Sequence[ast.expr]:
    """The title and the description in `Field(title=…, description=…)`, `Column(key, …, …)` and `Table(name, …, …)`."""
    if isinstance(node, ast.keyword) and node.arg in ("title", "description"):
        return [node.value]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Column", "Table"):
        return node.args[1:3]
    return ()
