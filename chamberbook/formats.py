"""How values read in a language: dates, numbers, places, periods. The filters of the templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Any
from xml.etree.ElementTree import Element

import nh3
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup, escape

from chamberbook.problems import N_, Translate
from chamberbook.records import PartialDate

#: Each catalog answers with the CLDR locale by which its language writes dates and numbers, as `en_GB`.
LOCALE = N_("zh_Hans_CN")
#: Short names of provinces that do not come from dropping 省 or 市.
_SHORT = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
    "香港特别行政区": "香港",
    "澳门特别行政区": "澳门",
}
#: What short names in Latin letters go without.
_LATIN = re.compile(
    r" (Province|City|((Zhuang|Hui|Uygur) )?Autonomous Region|Special Administrative Region)$"
)
#: The links that a text from a stranger may have: to a page, a mailbox, an article on the same page.
_LINK = r"\[([^\[\]]{1,200})\]\((https?://[^\s()<>\"]{1,500}|mailto:[^\s()<>\"]{1,200}|#[a-z0-9._-]{1,40})\)"
#: What Markdown can do and a stranger may not.
_REFUSED = (
    "html", "link", "reference", "short_reference", "image_link", "image_reference", "short_image_ref", "autolink",
    "automail",
)  # fmt: skip
#: What may be left of it, whatever the conversion made: everything else is taken out.
_TAGS = frozenset({
    "a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "table", "tbody", "td", "th", "thead",
    "tr", "ul",
})  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_WORDS = re.compile(r">[^<]+")
_SCHEMES = frozenset({"http", "https", "mailto"})
#: Words and lines parted by one character each, without a sign that Markdown or HTML could take for its own.
_PLAIN = re.compile(r"[^\s\x00-/:-@\[-`{-\xbf]+(?:[ \n][^\s\x00-/:-@\[-`{-\xbf]+)*")

#: Text in Han characters with the signs that belong to it, across numbers and codes within it.
_SIGNS = "\u3000-\u303f\uff01-\uff5e“”‘’·—"
_CHINESE = re.compile(
    f"[{_SIGNS}]*[\u3400-\u9fff](?:[\u3400-\u9fff{_SIGNS}]|[0-9A-Z .%+–-]{{1,12}}(?=[\u3400-\u9fff{_SIGNS}]))*"
)
#: The text between two tags.
_BETWEEN = re.compile(r"(?<=>)[^<>]+(?=<)")


def date_text(value: PartialDate | date, _: Translate) -> str:
    """2003年8月, August 2003: as precise as the value is."""
    return _date_text(value.year, value.month, value.day, _(LOCALE))


@lru_cache(maxsize=20_000)
def _date_text(year: int, month: int | None, day: int | None, locale: str) -> str:
    """Directories name the same days over and over; Babel takes a while for each."""
    value = date(year, month or 1, day or 1)
    if day:
        return format_date(value, "long", _cldr(locale))
    return format_skeleton("yMMMM" if month else "y", value, locale=_cldr(locale))


@lru_cache(maxsize=16)
def _cldr(locale: str) -> Locale:
    """Found once: Babel takes longer to find a locale than to write a date in it."""
    return Locale.parse(locale)


def month_day_text(value: date, _: Translate) -> str:
    """11月23日, 23 Nov: a day of a month that is named nearby."""
    return _month_day_text(value.month, value.day, _(LOCALE))


@lru_cache(maxsize=1_000)
def _month_day_text(month: int, day: int, locale: str) -> str:
    return format_skeleton("MMMd", date(2000, month, day), locale=locale)


def number_text(value: float, _: Translate) -> str:
    """12,933; 937.3; no trailing zeros."""
    return _number_text(value, _(LOCALE))


@lru_cache(maxsize=20_000)
def _number_text(value: float, locale: str) -> str:
    return format_decimal(value, "#,##0.####", _cldr(locale))


def period_text(value: str, _: Translate) -> str:
    """2019年度; 2017–2018年度."""
    return _("{years}年度").format(years=value.replace("-", "–"))


def separator(_: Translate) -> str:
    """What stands between the members of an enumeration by CLDR: 、 in Chinese, a comma in most languages."""
    return _separator(_(LOCALE))


@lru_cache(maxsize=16)
def _separator(locale: str) -> str:
    return str(_cldr(locale).list_patterns["standard"]["middle"]).removeprefix("{0}").removesuffix("{1}")


def short_place(name: str) -> str:
    """苏州 for 苏州市, 江苏 for 江苏省; counties and districts keep their last character, which tells them apart. The same for
    names in Latin letters: Suzhou for Suzhou City.
    """
    if name.isascii() or not _CHINESE.search(name):
        return _LATIN.sub("", name)
    if name in _SHORT:
        return _SHORT[name]
    return name[:-1] if len(name) > 2 and name[-1] in "省市" else name


def han_script(text: str) -> str | None:
    """`zh-Hant` for a text in traditional characters, else None.

    GB 2312 holds only simplified characters and Big5 only traditional ones, so the two encodings tell them apart.
    """
    return "zh-Hant" if not _fits(text, "gb2312") and _fits(text, "big5") else None


def chinese(value: Any) -> Any:
    """A value as a page in another language prints it: what is Chinese in a text is marked so.

    Markup, because every tag in it was made here; markup that has tags already says its language itself.
    """
    if (
        not isinstance(value, str)
        or not _CHINESE.search(value)
        or (isinstance(value, Markup) and "<" in value)
    ):
        return value
    script = han_script(str(value)) or "zh-Hans"
    return Markup(_CHINESE.sub(rf'<span lang="{script}">\g<0></span>', str(escape(value))))


def chinese_in(html: str) -> str:
    """A piece of HTML with what is Chinese in its texts marked so."""
    return _BETWEEN.sub(lambda text: str(chinese(Markup(text[0]))), html)


def enumeration(titles: Sequence[str]) -> str:
    """Titles in a row. Those in Latin letters hold commas: what parts them is a semicolon."""
    return ("、" if any(map(_CHINESE.search, titles)) else "; ").join(titles)


def place_text(names: Iterable[str], _: Translate) -> str:
    """Places from the outermost to the innermost: 江苏省苏州市, Suzhou City, Jiangsu Province."""
    text = ""
    for name in names:
        text = _("{outer}{inner}").format(outer=text, inner=name) if text else name
    return text


def host(url: str) -> str:
    """soecc.org.cn for https://www.soecc.org.cn/: what a reader recognises of an address."""
    return url.split("://", 1)[-1].split("/", 1)[0].removeprefix("www.")


def safe_markdown(text: str) -> Markup:
    """Markdown from a stranger as HTML that cannot do anything.

    Raw HTML stays text, links go to pages, mailboxes and articles in the form `[words](address)`, there are no
    pictures, and headings become paragraphs, because the page has its own. Markup, because the sanitiser has taken out
    every tag, attribute and address that is not on its list. A text without any sign of Markdown is the paragraph that
    the library would make of it.
    """
    if _PLAIN.fullmatch(text):
        return Markup(f"<p>{text}</p>")
    made = _sanitiser().clean(_converter().reset().convert(text))
    # As templates escape: what looks for attributes in a finished page then finds none in its text.
    return Markup(_WORDS.sub(lambda words: words[0].replace('"', "&#34;"), made))


@lru_cache(maxsize=1)
def _sanitiser() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener",
        clean_content_tags=set(),
    )


@lru_cache(maxsize=1)
def _converter() -> Markdown:
    converter = Markdown(extensions=["sane_lists", "tables"])
    converter.preprocessors.deregister("html_block")
    converter.parser.blockprocessors.deregister("reference")
    for pattern in _REFUSED:
        converter.inlinePatterns.deregister(pattern)
    converter.inlinePatterns.register(_Link(_LINK, converter), "link", 160)
    converter.treeprocessors.register(_Harmless(converter), "harmless", 0)
    return converter


class _Link(InlineProcessor):
    """A plain link. The library's own looks for closing brackets so long that a text of brackets takes minutes."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002
        link = Element("a", {"href": m[2]})
        link.text = m[1]
        return link, m.start(0), m.end(0)


class _Harmless(Treeprocessor):
    """Makes paragraphs of headings: the sanitiser would keep their words alone."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                element.tag = "p"


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def filters(_: Translate) -> dict[str, Callable[..., Any]]:
    """The filters of templates in the language of `_`."""
    return {
        "date": partial(date_text, _=_),
        "period": partial(period_text, _=_),
        "number": partial(number_text, _=_),
        "short_place": short_place,
        "han_script": han_script,
        "host": host,
        "markdown": safe_markdown,
        "chinese": chinese,
    }
