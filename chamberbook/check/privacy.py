"""Rules about personal information and contacts. A report is public: what it finds is never printed whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from chamberbook.check import phones
from chamberbook.check.context import Context, Finding, federation_path
from chamberbook.problems import ID_NUMBER, MOBILE, N_, Message, Place, half_width, masked, shown
from chamberbook.records import Contact, Source
from chamberbook.source import place_at

# A web address may hold any number; nobody reads a telephone number from it.
_URL = re.compile(r"https?://[^\s\"'<>，。）]+")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PHONE_LENGTH = 40
_PERSONAL_MAIL = re.compile(r"[1-9]\d{4,11}@(?:qq|foxmail|vip\.qq)\.com", re.IGNORECASE)


def _texts(ctx: Context) -> Iterator[tuple[str, str]]:
    """Texts with long numbers: half-width digits, web addresses blanked, each character at its own index."""
    for path in ctx.loaded.files.with_numbers():
        yield path, _URL.sub(lambda match: " " * len(match[0]), half_width(ctx.loaded.files[path]))


def mobile(ctx: Context) -> Iterator[Finding]:
    """手机号不写；联系电话确是手机号的，要记下机主单独同意，或公开的出处。"""
    entries = dict(_contacts(ctx))
    for path, text in _texts(ctx):
        for match in MOBILE.finditer(text):
            place = place_at(path, ctx.loaded.files[path], match.start())
            entry = entries.get(path)
            in_phone = entry is not None and bool(entry.contact.phone) and _in_phone(ctx, place)
            if entry is not None and in_phone and entry.permitted:
                continue
            message = Message(N_("这里有手机号 {number}"), {"number": masked(match[0])})
            hint = Message(N_("手机号是个人信息；删掉它，改写办公电话"))
            if in_phone:
                hint = Message(
                    N_(
                        "改写办公电话；机主单独同意公开的，在 contact 里写 consent: {{given: true, date: 日期, by: 取得同意的机构}}，自己公开过的，写 public_source: 来源编号"
                    )
                )
            yield Finding(place, message, hint)


def _in_phone(ctx: Context, place: Place) -> bool:
    """Whether a place lies in the telephone of its file; a telephone has at most 40 characters."""
    phone = ctx.at(place.path, "contact", "phone")
    return place.line == phone.line and 0 <= place.column - phone.column <= _PHONE_LENGTH


def public_source(ctx: Context) -> Iterator[Finding]:
    """手机号的公开出处要有网址，人人可以查看。"""
    for path, entry in _contacts(ctx):
        source = entry.sources.get(entry.contact.public_source or "")
        if source is not None and source.url is None:
            message = Message(
                N_("来源 {id} 没有网址，看不出手机号是自己公开的"), {"id": entry.contact.public_source}
            )
            hint = Message(N_("给这条来源补上网址，或换一条有网址的；没有的，改写办公电话"))
            yield Finding(ctx.at(path, "contact", "public_source"), message, hint)


def needless_permission(ctx: Context) -> Iterator[Finding]:
    """电话不是手机号的，不留同意和公开出处。"""
    for path, entry in _contacts(ctx):
        contact = entry.contact
        if MOBILE.search(half_width(contact.phone or "")):
            continue
        for field in ("consent", "public_source"):
            if getattr(contact, field) is not None:
                message = Message(N_("电话里没有手机号，“{field}”用不着"), {"field": field})
                hint = Message(N_("删掉它；同意的事只为那一个手机号记"))
                yield Finding(ctx.at(path, "contact", field, key=True), message, hint)


def identity(ctx: Context) -> Iterator[Finding]:
    """任何地方都不写身份证号。"""
    for path, text in _texts(ctx):
        for match in ID_NUMBER.finditer(text):
            if _is_identity(re.sub("[- ]", "", match[0]).upper()):
                message = Message(N_("这里有身份证号 {number}"), {"number": masked(match[0])})
                hint = Message(N_("身份证号是个人信息；删掉它"))
                yield Finding(place_at(path, ctx.loaded.files[path], match.start()), message, hint)


def _is_identity(number: str) -> bool:
    """Whether 18 characters are an identity number: a real birthday and the check character of GB 11643."""
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    return number[17] == "10X98765432"[total % 11]


class _Entry(NamedTuple):
    """How a body is reached, with the sources of its file."""

    contact: Contact
    sources: Mapping[str, Source]

    @property
    def permitted(self) -> bool:
        """Whether its telephone may be a mobile number: by consent, or because a source that anyone can open has it."""
        contact = self.contact
        source = self.sources.get(contact.public_source or "")
        return bool(contact.phone) and (
            (contact.consent is not None and contact.consent.given) or source is not None
        )


def _contacts(ctx: Context) -> Iterator[tuple[str, _Entry]]:
    for loaded in ctx.chambers:
        yield loaded.path, _Entry(loaded.chamber.contact, loaded.chamber.sources)
    for slug, federation in ctx.federations.items():
        yield federation_path(slug), _Entry(federation.contact, federation.sources)


def _phones(ctx: Context) -> Iterator[tuple[str, str, str | None]]:
    """Each telephone number that is not written as it should be: path, as written, as it should be if it is one.

    Not those with a mobile number that may not stand there: about that PII-001 says all.
    """
    for path, entry in _contacts(ctx):
        phone = entry.contact.phone
        if (
            phone is not None
            and (better := phones.canonical(phone)) != phone
            and (entry.permitted or not MOBILE.search(half_width(phone)))
        ):
            yield path, phone, better


def personal_mail(ctx: Context) -> Iterator[Finding]:
    """机构邮箱最好不用 QQ 号邮箱：号码属于个人。"""
    for path, (contact, _) in _contacts(ctx):
        if contact.email and _PERSONAL_MAIL.fullmatch(contact.email):
            message = Message(N_("邮箱像是个人的 QQ 号"))
            hint = Message(N_("确是商会公开的邮箱可以保留；有机构邮箱的换成机构邮箱"))
            yield Finding(ctx.at(path, "contact", "email"), message, hint)


def phone_shape(ctx: Context) -> Iterator[Finding]:
    """办公电话写成带区号的固定电话，几个号码用顿号分开。"""
    for path, phone, better in _phones(ctx):
        if better is None:
            message = Message(N_("“{phone}”不像电话号码"), {"phone": shown(phone)})
            hint = Message(N_("固定电话写成 0510-87491234，分机写“转 801”，几个号码用顿号分开"))
            yield Finding(ctx.at(path, "contact", "phone"), message, hint)


def phone_form(ctx: Context) -> Iterator[Finding]:
    """电话最好写成统一的样子。"""
    for path, phone, better in _phones(ctx):
        if better is not None:
            message = Message(N_("电话没有写成统一的样子"))
            hint = Message(N_("写成 {phone}"), {"phone": better})
            if MOBILE.search(better):
                hint = Message(N_("手机号只写 11 位数字，不加国家代码、空格和减号"))
            place = ctx.at(path, "contact", "phone")
            yield Finding(place, message, hint, ctx.fix(place, phone, better))
