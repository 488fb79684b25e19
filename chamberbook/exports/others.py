"""The tables of everything that is not a chamber: sources, schemes, federations, vocabularies, removed records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from chamberbook.derive import ChamberEntry, Directory
from chamberbook.exports.columns import (
    JOINED,
    Column,
    Link,
    Row,
    Table,
    code,
    iso,
    joined,
    number,
    text,
    when,
)
from chamberbook.records import (
    Contact,
    Federation,
    Figure,
    Industry,
    KindTerm,
    Region,
    Scheme,
    SchemeLevel,
    SchemeResult,
    Source,
    Term,
    Tombstone,
)

_NUMBER = Column("number", "序号", "第几条，从 1 起。", "integer", width=6)
_URL = Column("url", "网址", "网页的网址；没有设网站地址的，从网站根目录算起。", width=40)


def other_tables(directory: Directory, entries: Sequence[ChamberEntry], base: str) -> tuple[Table, ...]:
    """The tables; `base` is the public address, or empty."""
    schemes, federations = sorted(directory.schemes.items()), directory
    of_scheme = (Link(("scheme",), "schemes", ("id",)),)
    return (
        Table(
            "sources", "来源", "资料引用的来源，一份资料的一条来源一行。", _SOURCES, ("record_type", "record", "id"),
            lambda: _sources(directory, entries),
        ),
        Table("schemes", "评定办法", "一项办法一行。", _SCHEMES, ("id",), lambda: _schemes(schemes, base)),
        Table(
            "scheme_levels", "办法的等级", "一项办法的一个等级一行。", _LEVELS, ("scheme", "id"),
            lambda: _levels(schemes), of_scheme,
        ),
        Table(
            "scheme_results", "办法的结果", "公布过的结果；只有总数、没有名单的也在这里。", _RESULTS, ("scheme", "number"),
            lambda: _results(schemes), of_scheme,
        ),
        Table("federations", "工商联", "一家工商联一行。", _FEDERATIONS, ("id",), lambda: _federations(federations, base)),
        Table(
            "figures", "工商联报告的数字", "工商联自己的材料写到的数，不是收录的家数。", _FIGURES,
            ("federation", "number"), lambda: _figures(directory), (Link(("federation",), "federations", ("id",)),),
        ),
        Table("regions", "地区", "行政区划代码，停用的写去处。", _REGIONS, ("code",), lambda: _regions(directory)),
        Table("industries", "行业", "GB/T 4754-2017 的门类和大类。", _INDUSTRIES, ("code",), lambda: _industries(directory)),
        Table("terms", "词表", "类型、公约文种、公约主题、活动主题。", _TERMS, ("vocabulary", "id"), lambda: _terms(directory)),
        Table(
            "tombstones", "撤销记录", "撤下的资料：什么时候、为什么；原来的内容不在任何文件里。", _TOMBSTONES, ("id",),
            lambda: _tombstones(directory, base),
        ),
    )  # fmt: skip


_SOURCES = (
    Column("record_type", "哪一类", "chambers、federations、schemes 或 tombstones，就是资料所在的表。"),
    Column("record", "资料编号", "那个表里的编号。", width=24),
    Column("id", "来源编号", "在那份资料里的编号，如 r1。"),
    text(Source, "title", width=48),
    text(Source, "publisher"),
    when(Source, "date"),
    text(Source, "url", width=36),
    code(Source, "kind"),
)


def _sources(directory: Directory, entries: Sequence[ChamberEntry]) -> Iterator[Row]:
    for entry in entries:
        yield from _sources_of("chambers", entry.slug, entry.chamber.sources)
    for id_, federation in sorted(directory.federations.items()):
        yield from _sources_of("federations", id_, federation.federation.sources)
    for id_, scheme in sorted(directory.schemes.items()):
        yield from _sources_of("schemes", id_, scheme.sources)
    for stone in directory.tombstones:
        yield from _sources_of("tombstones", stone.slug, stone.tombstone.sources)


def _sources_of(type_: str, record: str, sources: Mapping[str, Source]) -> Iterator[Row]:
    for id_, one in sorted(sources.items()) if len(sources) > 1 else sources.items():
        yield type_, record, id_, one.title, one.publisher, iso(one.date), one.url, one.kind


_SCHEMES = (
    Column("id", "编号", "永久编号，也是网址的最后一段。", width=24),
    text(Scheme, "name", width=36), text(Scheme, "short_name"), text(Scheme, "name_en"), text(Scheme, "summary", width=48),
    text(Scheme, "issuer"), code(Scheme, "issuer_region"), code(Scheme, "federation"),
    Column("kinds", "适用的商会类型", f"留空表示不限。{JOINED}"),
    number(Scheme, "validity_years"), code(Scheme, "ends_on"), when(Scheme, "valid_until"), text(Scheme, "validity_note"),
    when(Scheme, "since"), when(Scheme, "ended"), text(Scheme, "frequency"), number(Scheme, "total_points", "number"),
    text(Scheme, "note"), _URL, text(Scheme, "title_en"),
)  # fmt: skip


def _schemes(schemes: Iterable[tuple[str, Scheme]], base: str) -> Iterator[Row]:
    for id_, s in schemes:
        yield (
            id_, s.name, s.short_name, s.name_en, s.summary, s.issuer, s.issuer_region, s.federation, joined(s.kinds),
            s.validity_years, s.ends_on, iso(s.valid_until), s.validity_note, iso(s.since), iso(s.ended), s.frequency,
            s.total_points, s.note, f"{base}ratings/{id_}/", s.title_en,
        )  # fmt: skip


_SCHEME = Column("scheme", "办法编号", "schemes 表里的编号。", width=24)
_LEVELS = (
    _SCHEME, code(SchemeLevel, "id"), text(SchemeLevel, "label"), code(SchemeLevel, "form"), number(SchemeLevel, "stars"),
    number(SchemeLevel, "rank"), text(SchemeLevel, "awarded_by"), number(SchemeLevel, "score_min", "number"),
    number(SchemeLevel, "score_max", "number"), text(SchemeLevel, "rule", width=36), text(SchemeLevel, "prerequisite"),
    number(SchemeLevel, "validity_years"), when(SchemeLevel, "valid_until"), text(SchemeLevel, "label_en"),
)  # fmt: skip


def _levels(schemes: Iterable[tuple[str, Scheme]]) -> Iterator[Row]:
    for id_, scheme in schemes:
        for one in sorted(scheme.levels, key=lambda level: level.id):
            yield (
                id_, one.id, one.label, one.form, one.stars, one.rank, one.awarded_by, one.score_min, one.score_max,
                one.rule, one.prerequisite, one.validity_years, iso(one.valid_until), one.label_en,
            )  # fmt: skip


_RESULTS = (
    _SCHEME, _NUMBER, text(SchemeResult, "label"), code(SchemeResult, "level"), number(SchemeResult, "count"),
    text(SchemeResult, "unit"), text(SchemeResult, "period"), text(SchemeResult, "scope"),
    number(SchemeResult, "listed", "boolean"), Column("source", "来源", f"sources 表里这项办法的来源编号。{JOINED}"),
)  # fmt: skip


def _results(schemes: Iterable[tuple[str, Scheme]]) -> Iterator[Row]:
    for id_, scheme in schemes:
        for n, one in enumerate(scheme.results, 1):
            yield (
                id_, n, one.label, one.level, one.count, one.unit, one.period, one.scope, one.listed, joined(one.source),
            )  # fmt: skip


_FEDERATIONS = (
    Column("id", "编号", "永久编号，也是文件夹名。", width=20),
    text(Federation, "name", width=36), text(Federation, "short_name"), text(Federation, "name_en"),
    Column("aliases", "又称", f"材料里的其他写法。{JOINED}", free=True),
    code(Federation, "level"), code(Federation, "region"),
    Column("parent", "上级工商联", "名录里最近的上级工商联的编号。"),
    text(Contact, "address", width=36), text(Contact, "phone"), text(Contact, "email"), text(Contact, "website"),
    text(Contact, "wechat"),
    Column("chambers", "收录的商会数", "名录里归它的商会有几家，不是它报告的数字。", "integer", width=8),
    text(Federation, "note"), _URL,
)  # fmt: skip


def _federations(directory: Directory, base: str) -> Iterator[Row]:
    for id_, entry in sorted(directory.federations.items()):
        f, contact = entry.federation, entry.federation.contact
        yield (
            id_, f.name, f.short_name, f.name_en, joined(f.aliases), f.level, f.region, entry.parent, contact.address,
            contact.phone, contact.email, contact.website, contact.wechat, len(directory.by_federation.get(id_, ())),
            f.note, base + entry.url,
        )  # fmt: skip


_FIGURES = (
    Column("federation", "工商联编号", "federations 表里的编号。", width=20), _NUMBER, text(Figure, "label"),
    code(Figure, "key"), number(Figure, "value", "number"), text(Figure, "unit"), when(Figure, "as_of"),
    number(Figure, "approx", "boolean"), number(Figure, "computed", "boolean"), text(Figure, "note"),
    Column("source", "来源", f"sources 表里这家工商联的来源编号。{JOINED}"),
)  # fmt: skip


def _figures(directory: Directory) -> Iterator[Row]:
    for id_, entry in sorted(directory.federations.items()):
        for n, one in enumerate(entry.federation.figures, 1):
            yield (
                id_, n, one.label, one.key, one.value, one.unit, iso(one.as_of), one.approx, one.computed, one.note,
                joined(one.source),
            )  # fmt: skip


_REGIONS = (
    code(Region, "code"), text(Region, "name"), code(Region, "level"), code(Region, "parent"), number(Region, "retired"),
    Column("successors", "去处", f"停用后归属的代码。{JOINED}"), text(Region, "name_en"),
)  # fmt: skip


def _regions(directory: Directory) -> Iterator[Row]:
    regions = {**directory.retired_regions, **directory.regions}
    for code_, one in sorted(regions.items()):
        yield (
            code_,
            one.name,
            one.level,
            one.parent,
            one.retired,
            joined(heir.code for heir in one.successors),
            one.name_en,
        )


_INDUSTRIES = (
    code(Industry, "code"),
    text(Industry, "title", width=36),
    text(Industry, "title_en", width=36),
)


def _industries(directory: Directory) -> Iterator[Row]:
    for code_, one in sorted(directory.industries.items()):
        yield code_, one.title, one.title_en


_TERMS = (
    Column("vocabulary", "词表", "kinds 商会类型，charter_types 公约文种，charter_topics 公约主题，activity_topics 活动主题。"),
    code(Term, "id", width=20), text(Term, "title"), text(Term, "description", width=48),
    text(Term, "title_en"),
)  # fmt: skip


def _terms(directory: Directory) -> Iterator[Row]:
    lists: Mapping[str, Mapping[str, Term | KindTerm]] = {
        "activity_topics": directory.activity_topics,
        "charter_topics": directory.topics,
        "charter_types": directory.charter_types,
        "kinds": directory.kinds,
    }
    for name, terms in lists.items():
        for id_, term in sorted(terms.items()):
            yield name, id_, term.title, term.description, term.title_en


_TOMBSTONES = (
    Column("id", "编号", "撤下以前的编号。", width=24), text(Tombstone, "name", width=36), when(Tombstone, "removed"),
    code(Tombstone, "reason"), text(Tombstone, "note", width=36), code(Tombstone, "successor", width=24),
    Column("former_slugs", "旧编号", f"撤下以前就用过的编号。{JOINED}", width=24), _URL,
)  # fmt: skip


def _tombstones(directory: Directory, base: str) -> Iterator[Row]:
    for entry in directory.tombstones:
        one = entry.tombstone
        yield (
            entry.slug, one.name, iso(one.removed), one.reason, one.note, one.successor, joined(one.former_slugs),
            base + entry.url,
        )  # fmt: skip
