"""Names that are not what they look like: characters that nobody sees, and others in the dress of common ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from chamberbook.check.context import Context, Finding, federation_path
from chamberbook.problems import N_, Message, shown
from chamberbook.records import Chamber, Federation

#: Names of these characters alone need no second look.
_ORDINARY = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff0-9A-Za-z \u3000-\u3017（）“”‘’·，—&.,'()/-]*")
#: Printable, and yet nothing is seen: fillers, selectors of a glyph, a blank Braille pattern.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
#: Categories of Unicode that no name needs: formats, private use, characters that are none.
_NOBODY = frozenset({"Cf", "Cn", "Co", "Cs"})
#: Scripts with letters like Latin ones, by the first word of a character's Unicode name.
_DOUBLES = frozenset({"ARMENIAN", "CHEROKEE", "COPTIC", "CYRILLIC", "GREEK"})
_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]{2,}")


def names(ctx: Context) -> Iterator[Finding]:
    """名称里没有样子像别的字、或看不见的字符。"""
    for loaded in ctx.chambers:
        yield from _found(ctx, loaded.path, _names_of(loaded.chamber))
    for slug, federation in ctx.federations.items():
        yield from _found(ctx, federation_path(slug), _names_of(federation))


def _names_of(record: Chamber | Federation) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every name of a record with its place in it."""
    yield ("name",), record.name
    if record.name_en:
        yield ("name_en",), record.name_en
    for index, alias in enumerate(record.aliases):
        yield ("aliases", index), alias
    if isinstance(record, Federation):
        yield ("short_name",), record.short_name
        return
    for index, former in enumerate(record.former_names):
        yield ("former_names", index, "name"), former.name


def _found(ctx: Context, path: str, named: Iterable[tuple[tuple[str | int, ...], str]]) -> Iterator[Finding]:
    for loc, name in named:
        if _ORDINARY.fullmatch(name) is None and (words := _odd(name)) is not None:
            yield Finding(ctx.at(path, *loc), *words)


def _odd(name: str) -> tuple[Message, Message] | None:
    """What is odd about a name, and what to write instead."""
    for char in name:
        code = {"char": char, "code": f"U+{ord(char):04X}"}
        if _UNSEEN.match(char) or unicodedata.category(char) in _NOBODY:
            return Message(N_("名称里有一个看不见的字符 {code}"), code), Message(N_("删掉它"))
        plain = unicodedata.normalize("NFKC", char)
        if plain != char and len(plain) == 1 and (_is_han(plain) or "\U0001d400" <= char <= "\U0001d7ff"):
            values = code | {"plain": plain}
            return Message(N_("名称里的“{char}”（{code}）只是样子像“{plain}”"), values), Message(
                N_("改成“{plain}”，用输入法重打一次"), values
            )
    for word in _WORD.findall(name):
        scripts = {unicodedata.name(char, "").partition(" ")[0] for char in word}
        if "LATIN" in scripts and scripts & _DOUBLES:
            message = Message(N_("名称里的“{word}”混用了两种样子相近的字母"), {"word": shown(word)})
            return message, Message(N_("用输入法重打一次，只用英文字母"))
    return None


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U000323af"
