"""The unified social credit code (GB 32100-2015): its letters and both of its check characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from chamberbook.check.context import Context, Finding
from chamberbook.problems import N_, Message

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPE = re.compile(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]*")
_OUTER_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_INNER_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_OUTER_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_INNER_VALUES = {character: value for value, character in enumerate(_INNER_ALPHABET)}
#: What a forbidden letter is usually a misreading of.
_LOOKALIKES = {"I": "1", "O": "0", "S": "5", "Z": "2", "V": "U"}


def outer_check(code: str) -> str:
    """The 18th character that the first 17 call for."""
    total = sum(_OUTER_VALUES[c] * w for c, w in zip(code[:17], _OUTER_WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def inner_check(code: str) -> str:
    """The 17th character that the organisation code (GB 11714, characters 9-16) calls for."""
    total = sum(_INNER_VALUES[c] * w for c, w in zip(code[8:16], _INNER_WEIGHTS, strict=True))
    rest = 11 - total % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def _codes(ctx: Context) -> Iterator[tuple[str, str, str]]:
    for loaded in ctx.chambers:
        if loaded.chamber.uscc is not None:
            yield loaded.path, loaded.chamber.uscc, loaded.slug


def _wrong(code: str) -> int | None:
    """The index of the first character that cannot stand where it stands."""
    if _SHAPE.fullmatch(code):
        return None
    for index, character in enumerate(code):
        if character not in ALPHABET or (2 <= index < 8 and not character.isdigit()):
            return index
    return None


def wrong_letter(ctx: Context) -> Iterator[Finding]:
    """统一社会信用代码只用数字和不含 I O S V Z 的大写字母，第 3 到 8 位是数字。"""
    for path, code, _ in _codes(ctx):
        index = _wrong(code)
        if index is None:
            continue
        values = {"position": index + 1, "letter": code[index]}
        message = Message(N_("统一社会信用代码第 {position} 位不能是“{letter}”"), values)
        place = ctx.at(path, "uscc")
        better = _repaired(code)
        hint = Message(N_("对照证书；代码不用字母 I O S V Z，多半是数字 1、0、5、2 看错了"))
        if better is not None:
            hint = Message(N_("改成 {code}（两位校验码都对得上）；仍请对照证书"), {"code": better})
        fix = ctx.fix(place, code, better) if better else None
        yield Finding(ctx.inside(place, code, index), message, hint, fix)


def _repaired(code: str) -> str | None:
    """The code with digits for the letters that look like them, when both check characters then fit."""
    better = "".join(_LOOKALIKES.get(c, c) for c in unicodedata.normalize("NFKC", code).upper())
    if len(better) != len(code) or _wrong(better) is not None:
        return None
    fits = outer_check(better) == better[17] and inner_check(better) == better[16]
    return better if fits else None


def wrong_check(ctx: Context) -> Iterator[Finding]:
    """统一社会信用代码的第 18 位校验码要对得上。"""
    for path, code, _ in _codes(ctx):
        if _wrong(code) is None and outer_check(code) != code[17]:
            message = Message(N_("统一社会信用代码的校验码对不上"))
            hint = Message(N_("至少有一位抄错了，对照证书逐位核对"))
            yield Finding(ctx.at(path, "uscc"), message, hint)


def wrong_inner_check(ctx: Context) -> Iterator[Finding]:
    """第 17 位是组织机构代码的校验码，对不上的多半有误。"""
    for path, code, _ in _codes(ctx):
        if _wrong(code) is None and outer_check(code) == code[17] and inner_check(code) != code[16]:
            message = Message(N_("统一社会信用代码第 17 位（组织机构代码的校验码）对不上"))
            hint = Message(N_("对照证书；证书就是这样写的，可以不改"))
            yield Finding(ctx.at(path, "uscc"), message, hint)


def company(ctx: Context) -> Iterator[Finding]:
    """9 开头的是企业的代码，不是商会的。"""
    for path, code, _ in _codes(ctx):
        if code.startswith("9"):
            message = Message(N_("9 开头的是企业的代码"))
            hint = Message(N_("商会在民政部门登记，代码以 51 开头；没有登记的写 null"))
            yield Finding(ctx.at(path, "uscc"), message, hint)


def unusual(ctx: Context) -> Iterator[Finding]:
    """商会一般登记为社会团体，代码以 51 开头。"""
    for path, code, _ in _codes(ctx):
        if _wrong(code) is None and not code.startswith(("51", "9")):
            message = Message(N_("商会的代码一般以 51（社会团体）开头，这里是 {start}"), {"start": code[:2]})
            hint = Message(N_("对照证书，看是不是别的单位的代码"))
            yield Finding(ctx.at(path, "uscc"), message, hint)


def duplicate(ctx: Context) -> Iterator[Finding]:
    """一个统一社会信用代码只属于一家商会。"""
    first: dict[str, str] = {}
    for path, code, _ in _codes(ctx):
        if code in first:
            message = Message(N_("统一社会信用代码和 {path} 相同"), {"path": first[code]})
            hint = Message(N_("同一家的合成一份，另一份写进 former_slugs；不是同一家的，其中一个抄错了"))
            yield Finding(ctx.at(path, "uscc"), message, hint)
        else:
            first[code] = path
