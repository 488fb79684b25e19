"""The tables of chambers and of what their records hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chamberbook.derive import ChamberEntry, CharterEntry
from chamberbook.exports.columns import (
    JOINED,
    Column,
    Link,
    Row,
    Table,
    chamber_link,
    code,
    iso,
    joined,
    number,
    text,
    when,
)
from chamberbook.records import (
    Activity,
    Chamber,
    Charter,
    Contact,
    Doubt,
    FormerName,
    Honor,
    Members,
    Rating,
    Region,
)

_ID = Column("chamber", "商会编号", "chambers 表里的编号。", width=24)
_NUMBER = Column("number", "序号", "在这家商会的这一类里是第几条，从 1 起。", "integer", width=6)
_SOURCE = Column("source", "来源", f"sources 表里这家商会的来源编号。{JOINED}")
_URL = Column("url", "网址", "网页的网址；没有设网站地址的，从网站根目录算起。", width=40)

_CHAMBERS = (
    Column("id", "编号", "永久编号，也是网址的最后一段。", width=24),
    text(Chamber, "name", width=36),
    text(Chamber, "name_en", width=36),
    Column("aliases", "又称", f"材料里的其他写法、简称。{JOINED}", free=True, width=24),
    Column("former_names", "曾用名", f"更名以前的全称，详见 former_names 表。{JOINED}", free=True, width=24),
    code(Chamber, "kind"),
    Column("kind_title", "类型名称", "类型的中文名称。", free=True),
    code(Chamber, "level"),
    code(Chamber, "region"),
    Column("province", "省", "所在省、自治区、直辖市；全国性的留空。", free=True),
    Column("prefecture", "市", "所在设区市、自治州等。", free=True),
    Column("county", "县", "所在县、县级市、区。", free=True),
    code(Chamber, "region_then"),
    code(Chamber, "origin_region"),
    Column("industries", "行业代码", f"GB/T 4754-2017，门类或大类，如 C30。{JOINED}"),
    text(Chamber, "trade", width=16),
    code(Chamber, "status"),
    when(Chamber, "status_as_of"),
    code(Chamber, "successor", width=24),
    when(Chamber, "founded"),
    when(Chamber, "ended"),
    code(Chamber, "uscc", width=20),
    text(Contact, "address", width=36),
    text(Contact, "phone", width=18),
    text(Contact, "email"),
    text(Contact, "website"),
    text(Contact, "wechat", width=16),
    Column("members", "会员数", "日期最近的一个数，各年的见 members 表。", "integer", width=8),
    Column("members_unit", "会员单位", "企业、会员、会员单位等。", free=True),
    when(Members, "as_of", "members_as_of"),
    Column("ratings", "有效的等级与称号", f"生成那天有效的，详见 ratings 表。{JOINED}", free=True, width=36),
    Column("charters", "公约份数", "收录的公约有几份，详见 charters 表。", "integer", width=8),
    Column("former_slugs", "旧编号", f"用过的编号，旧网址会转过来。{JOINED}", width=24),
    Column("federation", "工商联编号", "federations 表里的编号，更正归它。", width=20),
    when(Chamber, "verified"),
    Column("stale", "资料较旧", "核对所用材料在五年以前，或没有日期。", "boolean", width=8),
    Column("created", "收录日期", "资料收进名录的日期，据提交历史；历史不完整的留空。", "date"),
    Column("changed", "最近更新", "资料或公约全文最近一次有改动的日期，据提交历史；不确知的留空。", "date"),
    _URL,
)  # fmt: skip


def chamber_tables(entries: Sequence[ChamberEntry], base: str) -> tuple[Table, ...]:
    """The tables; `base` is the public address, or empty."""
    key = ("chamber", "number")
    own = (chamber_link(),)
    return (
        Table(
            "chambers", "商会", "一家商会一行。", _CHAMBERS, ("id",), lambda: _chambers(entries, base),
            (Link(("federation",), "federations", ("id",)),),
        ),
        Table(
            "ratings", "等级与称号", "一次授予一行，状态按生成那天算。", _RATINGS, key, lambda: _ratings(entries),
            (*own, Link(("scheme", "level"), "scheme_levels", ("scheme", "id"))),
        ),
        Table(
            "charters", "公约", "一份公约一行，只有摘要；原文归制定单位，见公约页。", _CHARTERS, ("chamber", "id"),
            lambda: _charters(entries, base), own,
        ),
        Table("members", "会员规模", "某一时间的一个数，一行一个。", _MEMBERS, key, lambda: _members(entries), own),
        Table("former_names", "曾用名", "更名以前的全称。", _FORMER_NAMES, key, lambda: _former_names(entries), own),
        Table("activities", "活动与服务", "做过的事，一件一行。", _ACTIVITIES, key, lambda: _activities(entries), own),
        Table("honors", "其他荣誉", "没有固定办法的一次性表彰。", _HONORS, key, lambda: _honors(entries), own),
        Table("doubts", "存疑", "资料里拿不准的地方。", _DOUBTS, key, lambda: _doubts(entries), own),
    )  # fmt: skip


def _chambers(entries: Sequence[ChamberEntry], base: str) -> Iterator[Row]:
    for entry in entries:
        chamber, place, contact = entry.chamber, entry.place, entry.chamber.contact
        members = max(chamber.members, key=_when, default=None)
        yield (
            entry.slug, chamber.name, chamber.name_en, joined(chamber.aliases),
            joined([former.name for former in chamber.former_names]), chamber.kind, entry.kind.title, chamber.level,
            chamber.region, _name(place.province), _name(place.prefecture),
            _name(place.county), chamber.region_then, chamber.origin_region,
            joined(chamber.industries), chamber.trade, chamber.status, iso(chamber.status_as_of), chamber.successor,
            iso(chamber.founded), iso(chamber.ended), chamber.uscc, contact.address, contact.phone, contact.email,
            contact.website, contact.wechat, members.count if members else None, members.unit if members else None,
            iso(members.as_of) if members else None,
            joined([f"{a.scheme.short_name} {a.level.label}" for a in entry.awards if a.holds]),
            len(entry.charters), joined(chamber.former_slugs), entry.federation_id, iso(chamber.verified), entry.stale,
            iso(entry.created), iso(entry.changed), base + entry.url,
        )  # fmt: skip


def _name(region: Region | None) -> str | None:
    return None if region is None else region.name


def _when(members: Members) -> tuple[int, int, int]:
    day = members.as_of
    return (day.year, day.month or 0, day.day or 0) if day else (0, 0, 0)


_RATINGS = (
    _ID,
    _NUMBER,
    code(Rating, "scheme", width=24),
    Column("scheme_name", "办法名称", "办法或称号的简称。", free=True, width=24),
    code(Rating, "level"),
    Column("level_label", "等级名称", "五星级、5A、四好等。", free=True),
    code(Rating, "period"),
    number(Rating, "score", "number"),
    when(Rating, "awarded"),
    when(Rating, "valid_until"),
    Column(
        "state", "状态",
        "生成那天：in_force 有效，expiring 90 天内到期，expired 已过期，superseded 已被新的替代，revoked 已撤销，undated 日期待补，by_period 按年度认定。",
    ),
    Column("ends", "最后有效日", "按证书或办法算出的最后一天；算不出的留空。", "date"),
    text(Rating, "awarded_by"),
    text(Rating, "document"),
    when(Rating, "revoked"),
    text(Rating, "note"),
    _SOURCE,
)  # fmt: skip


def _ratings(entries: Sequence[ChamberEntry]) -> Iterator[Row]:
    for entry in entries:
        if not entry.awards:
            continue
        awards = {id(award.rating): award for award in entry.awards}
        for number_, rating in enumerate(entry.chamber.ratings, 1):
            award = awards[id(rating)]
            yield (
                entry.slug, number_, rating.scheme, award.scheme.short_name, rating.level, award.level.label, rating.period,
                rating.score, iso(rating.awarded), iso(rating.valid_until), award.state,
                award.ends.isoformat() if award.ends else None, rating.awarded_by, rating.document,
                iso(rating.revoked), rating.note, joined(rating.source),
            )  # fmt: skip


_CHARTERS = (
    _ID,
    code(Charter, "id", width=24),
    text(Charter, "title", width=36),
    text(Charter, "type"),
    code(Charter, "status"),
    when(Charter, "adopted"),
    when(Charter, "published"),
    when(Charter, "in_force"),
    when(Charter, "superseded"),
    text(Charter, "adopted_by"),
    number(Charter, "signatories"),
    code(Charter, "supersedes"),
    number(Charter, "chapters"),
    number(Charter, "articles"),
    Column("topics", "主题", f"_vocabulary/charter_topics.yml 里的名称。{JOINED}", free=True, width=24),
    number(Charter, "monitoring", "boolean"),
    text(Charter, "monitoring_body"),
    number(Charter, "sanctions", "boolean"),
    text(Charter, "sanctions_text"),
    text(Charter, "summary", width=48),
    text(Charter, "pdf"),
    code(Charter, "pdf_sha256"),
    text(Charter, "note"),
    _SOURCE,
    _URL,
)


def _charters(entries: Sequence[ChamberEntry], base: str) -> Iterator[Row]:
    for entry in entries:
        for one in sorted(entry.charters, key=_charter_id):
            charter = one.charter
            yield (
                entry.slug, charter.id, charter.title, charter.type, charter.status, iso(charter.adopted),
                iso(charter.published), iso(charter.in_force), iso(charter.superseded), charter.adopted_by,
                charter.signatories, charter.supersedes, charter.chapters, charter.articles, joined(charter.topics),
                charter.monitoring, charter.monitoring_body, charter.sanctions, charter.sanctions_text,
                charter.summary, charter.pdf, charter.pdf_sha256, charter.note, joined(charter.source), base + one.url,
            )  # fmt: skip


def _charter_id(entry: CharterEntry) -> str:
    return entry.charter.id


_MEMBERS = (
    _ID, _NUMBER, number(Members, "count"), text(Members, "unit", width=12), when(Members, "as_of"),
    number(Members, "approx", "boolean"), _SOURCE,
)  # fmt: skip
_FORMER_NAMES = (_ID, _NUMBER, text(FormerName, "name", width=36), when(FormerName, "until"), _SOURCE)
_ACTIVITIES = (
    _ID, _NUMBER, text(Activity, "topic", width=12), text(Activity, "fact", width=60), when(Activity, "as_of"), _SOURCE,
)  # fmt: skip
_HONORS = (
    _ID, _NUMBER, text(Honor, "title", width=36), code(Honor, "period"), text(Honor, "awarded_by"), _SOURCE,
)  # fmt: skip
_DOUBTS = (_ID, _NUMBER, text(Doubt, "about", width=12), text(Doubt, "note", width=60))


def _members(entries: Sequence[ChamberEntry]) -> Iterator[Row]:
    for entry in entries:
        for n, one in enumerate(entry.chamber.members, 1):
            yield entry.slug, n, one.count, one.unit, iso(one.as_of), one.approx, joined(one.source)


def _former_names(entries: Sequence[ChamberEntry]) -> Iterator[Row]:
    for entry in entries:
        for n, one in enumerate(entry.chamber.former_names, 1):
            yield entry.slug, n, one.name, iso(one.until), joined(one.source)


def _activities(entries: Sequence[ChamberEntry]) -> Iterator[Row]:
    for entry in entries:
        for n, one in enumerate(entry.chamber.activities, 1):
            yield entry.slug, n, one.topic, one.fact, iso(one.as_of), joined(one.source)


def _honors(entries: Sequence[ChamberEntry]) -> Iterator[Row]:
    for entry in entries:
        for n, one in enumerate(entry.chamber.honors, 1):
            yield entry.slug, n, one.title, one.period, one.awarded_by, joined(one.source)


def _doubts(entries: Sequence[ChamberEntry]) -> Iterator[Row]:
    for entry in entries:
        for n, one in enumerate(entry.chamber.doubts, 1):
            yield entry.slug, n, one.about, one.note
