"""What an event reads like: its kind in a word, whose it is, what happened, and on what evidence.

Names are those of today: an event names what it is about by its id, and the directory knows what that is called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from chamberbook.derive import Directory
from chamberbook.formats import date_text, month_day_text, period_text
from chamberbook.history import Cited, Event, EventName
from chamberbook.pages.tombstones import reason_text
from chamberbook.problems import Translate
from chamberbook.records import Chamber, Contact, PartialDate

#: The kinds that the page is divided by, in its order.
Group = Literal["added", "corrected", "levels", "charters", "moves"]
Tone = Literal["", "ok", "warn", "off"]
GROUPS: Mapping[EventName, Group] = MappingProxyType({
    "added": "added", "corrected": "corrected", "renamed": "moves", "moved": "moves", "transferred": "moves",
    "merged": "moves", "removed": "moves", "dissolved": "moves", "status_changed": "corrected",
    "level_awarded": "levels", "level_raised": "levels", "level_lowered": "levels", "level_revoked": "levels",
    "level_expiring": "levels", "level_expired": "levels", "charter_adopted": "charters", "charter_revised": "charters",
    "charter_withdrawn": "charters", "charter_text_changed": "charters",
})  # fmt: skip
#: Fields of a correction that are spelled out; the rest is counted.
_FIELDS = 4


@dataclass(frozen=True, slots=True)
class EventView:
    """An event as it is printed. `url` is the site-relative address of what it is about, None when there is none."""

    id: str
    day: date
    shown_day: str
    group: Group
    badge: str
    tone: Tone
    name: str
    url: str | None
    text: str
    source: str

    @property
    def month(self) -> str:
        """`2026-11`."""
        return f"{self.day:%Y-%m}"


class Words:
    """Gives the view of an event in a language."""

    def __init__(self, directory: Directory, _: Translate) -> None:
        self._directory = directory
        self._ = _
        self._stones = {one.slug: one for one in directory.tombstones}
        self._badges = _badges(_)
        self._texts: Mapping[EventName, Callable[[Event], str]] = {
            "added": self._added, "removed": self._removed, "merged": self._merged, "renamed": self._renamed,
            "moved": self._moved, "transferred": self._transferred, "dissolved": self._dissolved,
            "status_changed": self._status, "level_awarded": self._awarded, "level_raised": self._raised,
            "level_lowered": self._raised, "level_revoked": self._level, "level_expiring": self._ends,
            "level_expired": self._ends, "charter_adopted": self._charter, "charter_revised": self._charter,
            "charter_withdrawn": self._charter, "charter_text_changed": self._charter, "corrected": self._corrected,
        }  # fmt: skip

    def view(self, event: Event) -> EventView:
        """The event as it is printed."""
        assert event.when is not None
        badge, tone = self._badges[event.name]
        name, url = self._whose(event)
        source = self._source(event.sources[0]) if event.sources else ""
        text = self._texts[event.name](event)
        return EventView(
            event.id,
            event.when.date(),
            month_day_text(event.when.date(), self._),
            GROUPS[event.name],
            badge,
            tone,
            name,
            url,
            text,
            source,
        )

    def _whose(self, event: Event) -> tuple[str, str | None]:
        directory = self._directory
        entry = directory.by_slug.get(event.slug) or directory.by_slug.get(
            directory.redirects.get(event.slug, "")
        )
        if entry is not None:
            return entry.chamber.name, entry.url
        if stone := self._stones.get(event.slug):
            return stone.tombstone.name or self._("（名称不再公开）"), stone.url
        return event.slug, None

    def _named(self, slug: str) -> str:
        entry = self._directory.by_slug.get(slug)
        return entry.chamber.name if entry else slug

    def _source(self, cited: Cited) -> str:
        _ = self._
        if not cited.date:
            return _("来源：{publisher}").format(publisher=cited.publisher)
        when = date_text(PartialDate.parse(cited.date), _)
        return _("来源：{publisher}，{date}").format(publisher=cited.publisher, date=when)

    def _added(self, event: Event) -> str:
        _ = self._
        ratings, charters = event.facts.get("ratings"), event.facts.get("charters")
        if ratings and charters:
            text = _("新建记录，含{ratings}项等级与称号、{charters}份公约")
        elif ratings:
            text = _("新建记录，含{ratings}项等级与称号")
        elif charters:
            text = _("新建记录，含{charters}份公约")
        else:
            text = _("新建记录")
        return text.format(ratings=ratings, charters=charters)

    def _removed(self, event: Event) -> str:
        stone = self._stones.get(event.slug)
        if stone is None:
            return self._("记录撤销")
        return self._("记录撤销：{reason}").format(reason=reason_text(stone.tombstone.reason, self._))

    def _merged(self, event: Event) -> str:
        return self._("并入{name}").format(name=self._named(str(event.facts["into"])))

    def _renamed(self, event: Event) -> str:
        return self._("名称：{old} → {new}").format(old=event.facts["from"], new=event.facts["to"])

    def _moved(self, event: Event) -> str:
        text = self._("编号：{old} → {new}，旧网址会转到新网址")
        return text.format(old=event.facts["from"], new=event.facts["to"])

    def _transferred(self, event: Event) -> str:
        names = [self._federation(str(event.facts[key])) for key in ("from", "to")]
        return self._("更正归口：{old} → {new}").format(old=names[0], new=names[1])

    def _federation(self, id_: str) -> str:
        entry = self._directory.federations.get(id_)
        return entry.federation.short_name if entry else id_

    def _dissolved(self, event: Event) -> str:
        if ended := event.facts.get("ended"):
            return self._("{date}终止").format(date=self._day(ended))
        return self._("商会已终止")

    def _status(self, event: Event) -> str:
        _ = self._
        words: Mapping[object, str] = {
            "active": _("有活动记录"),
            "preparing": _("筹备中"),
            "merged": _("已并入"),
            "dissolved": _("已终止"),
            "unknown": _("现状待核实"),
        }
        old, new = (words.get(event.facts[key], str(event.facts[key])) for key in ("from", "to"))
        return _("状态：{old} → {new}").format(old=old, new=new)

    def _label(self, event: Event, key: str = "level") -> str:
        scheme = self._directory.schemes.get(str(event.facts["scheme"]))
        level = str(event.facts[key])
        return next((one.label for one in scheme.levels if one.id == level), level) if scheme else level

    def _level_name(self, event: Event) -> str:
        scheme = self._directory.schemes.get(str(event.facts["scheme"]))
        if scheme is None:
            return self._label(event)
        if len(scheme.levels) == 1 and scheme.levels[0].form == "title":
            return scheme.short_name
        return self._("{scheme}{level}").format(scheme=scheme.short_name, level=self._label(event))

    def _dated(self, text: str, event: Event) -> str:
        if when := event.facts.get("awarded"):
            return self._("{text}，{date}授予").format(text=text, date=self._day(when))
        if period := event.facts.get("period"):
            return self._("{text}，{period}").format(text=text, period=period_text(str(period), self._))
        return text

    def _awarded(self, event: Event) -> str:
        return self._dated(self._("获得{level}").format(level=self._level_name(event)), event)

    def _raised(self, event: Event) -> str:
        _ = self._
        scheme = self._directory.schemes.get(str(event.facts["scheme"]))
        text = (
            _("{scheme}：由{old}升为{new}")
            if event.name == "level_raised"
            else _("{scheme}：由{old}降为{new}")
        )
        name = scheme.short_name if scheme else str(event.facts["scheme"])
        old = self._label(event, "from") if "from" in event.facts else ""
        return self._dated(text.format(scheme=name, old=old, new=self._label(event)), event)

    def _level(self, event: Event) -> str:
        return self._("{level}被撤销").format(level=self._level_name(event))

    def _ends(self, event: Event) -> str:
        _ = self._
        text = (
            _("{level}将在{date}到期")
            if event.name == "level_expiring"
            else _("{level}已于{date}到期，未见续评")
        )
        return text.format(level=self._level_name(event), date=self._day(event.facts["ends"]))

    def _charter(self, event: Event) -> str:
        _ = self._
        title = event.facts.get("title")
        name = _("《{title}》").format(title=title) if title else str(event.facts.get("type", ""))
        text = {
            "charter_adopted": _("收录{charter}"),
            "charter_revised": _("收录{charter}，替代旧版"),
            "charter_withdrawn": _("{charter}已废止"),
            "charter_text_changed": _("{charter}的全文有改动"),
        }[event.name].format(charter=name)
        adopted = event.facts.get("adopted")
        if event.name in ("charter_adopted", "charter_revised") and adopted:
            return _("{text}（{date}通过）").format(text=text, date=self._day(adopted))
        return text

    def _corrected(self, event: Event) -> str:
        _ = self._
        fields = event.facts["fields"]
        assert isinstance(fields, tuple)
        # Several fields can have one title: the address of a place and what it was then.
        titles = list(dict.fromkeys(_(field_title(field)) for field in fields))
        named = _("、").join(titles[:_FIELDS])
        if len(titles) > _FIELDS:
            return _("改动：{fields}等{n}项").format(fields=named, n=len(titles))
        return _("改动：{fields}").format(fields=named)

    def _day(self, text: object) -> str:
        return date_text(PartialDate.parse(str(text)), self._)


def _badges(_: Translate) -> Mapping[EventName, tuple[str, Tone]]:
    """The kind of each event in a word, and its tone."""
    groups: Mapping[Group, tuple[str, Tone]] = {
        "added": (_("新增"), "ok"),
        "corrected": (_("更正"), ""),
        "levels": (_("等级"), ""),
        "charters": (_("公约"), ""),
        "moves": (_("更正"), ""),
    }
    own: Mapping[EventName, tuple[str, Tone]] = {
        "removed": (_("撤销"), "off"),
        "merged": (_("并入"), "off"),
        "dissolved": (_("终止"), "off"),
        "renamed": (_("更名"), ""),
        "level_expiring": (_("到期"), "warn"),
        "level_expired": (_("到期"), "warn"),
    }
    return {name: own.get(name, groups[group]) for name, group in GROUPS.items()}


def field_title(field: str) -> str:
    """What a field of the record is called: `members`, `contact.phone`."""
    model: type[Chamber] | type[Contact] = Contact if field.startswith("contact.") else Chamber
    return model.model_fields[field.removeprefix("contact.")].title or field
