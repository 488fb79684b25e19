"""The tables of the statistics, one for each chart: `stats/<name>.csv` below the folder of the version, CSV only."""

from __future__ import annotations

from collections.abc import Iterator

from chamberbook.derive import Directory
from chamberbook.exports.columns import Column, Link, Row, Table
from chamberbook.statistics import FACTS, Statistics, fact_titles, level_of, statistics

_CHAMBERS = Column("chambers", "商会数", "收录的商会家数，不是当地商会的总数。", "integer")
_YEAR = Column("year", "年份", "公历年。", "integer")
_REGION = Column("region", "地区代码", "六位行政区划代码；全国性商会写 national。")
_REGION_NAME = Column("region_name", "地区", "地区的名称。")
_LEVEL = (
    Column("scheme", "办法", "评定办法的编号。"),
    Column("scheme_name", "办法名称", "评定办法的全称。"),
    Column("level", "等级", "等级在办法里的编号。"),
    Column("level_name", "等级名称", "等级的名称。"),
)
_STATES = (
    Column("in_force", "有效", "生成那天有效，不含将到期的。", "integer"),
    Column("expiring", "将到期", "有效，90天内到期。", "integer"),
    Column("by_period", "按年度认定", "按年度认定，不设有效期。", "integer"),
    Column("undated", "日期待补", "没有日期，算不出是否有效。", "integer"),
    Column("expired", "已过期", "有效期已过。", "integer"),
    Column("superseded", "已被替代", "被同一办法的新等级替代。", "integer"),
    Column("revoked", "已撤销", "被授予机关撤销。", "integer"),
)
_TOTAL = Column("total", "全部", "得过这一等级的商会数。", "integer")
_LEVEL_LINK = Link(("scheme", "level"), "scheme_levels", ("scheme", "id"))


def figure_tables(directory: Directory) -> tuple[Table, ...]:
    """The tables; each name begins with `stats/`."""
    found = statistics(directory)
    return (*_level_tables(directory, found), *_index_tables(directory), *_record_tables(directory, found))


def _level_tables(directory: Directory, found: Statistics) -> tuple[Table, ...]:
    return (
        Table(
            "stats/levels", "统计：等级与称号", "一个办法的一个等级一行；一家在同一等级有几次授予的，按最近有效的一次。",
            (*_LEVEL, *_STATES, _TOTAL), ("scheme", "level"), lambda: _levels(directory, found), (_LEVEL_LINK,),
        ),
        Table(
            "stats/levels_by_region", "统计：各地的等级与称号", "一个省（区、市）的一个等级一行；不同办法的等级不能相加。",
            (_REGION, _REGION_NAME, *_LEVEL, Column("holding", "现在有效", "现在有效的商会数，含将到期的。", "integer"), _TOTAL),
            ("region", "scheme", "level"), lambda: _levels_by_region(directory, found), (_LEVEL_LINK,),
        ),
    )  # fmt: skip


def _index_tables(directory: Directory) -> tuple[Table, ...]:
    return (
        Table(
            "stats/regions", "统计：地区", "一个省、市或县一行，含下属地区的商会；收录了商会的才有。",
            (_REGION, _REGION_NAME, Column("parent", "上级", "上级地区的代码；省级的留空。"), _CHAMBERS),
            ("region",), lambda: _regions(directory), (Link(("region",), "regions", ("code",)),),
        ),
        Table(
            "stats/industries", "统计：行业", "一个门类或大类一行，门类含它的大类；一家可有几个行业，不能相加。",
            (Column("industry", "行业代码", "GB/T 4754-2017 的门类或大类。"), Column("industry_name", "行业", "行业的名称。"), _CHAMBERS),
            ("industry",), lambda: _industries(directory), (Link(("industry",), "industries", ("code",)),),
        ),
        Table(
            "stats/kinds", "统计：类型", "一个类型一行，一家只归一类。",
            (Column("kind", "类型编号", "词表里的编号。"), Column("kind_name", "类型", "类型的名称。"), _CHAMBERS),
            ("kind",), lambda: _kinds(directory),
        ),
        Table(
            "stats/topics", "统计：公约主题", "一个主题一行；一份公约可有几个主题，不能相加。",
            (
                Column("topic", "主题编号", "词表里的编号。"), Column("topic_name", "主题", "主题的名称。"),
                Column("charters", "公约数", "写到它的公约份数。", "integer"), _CHAMBERS,
            ),
            ("topic",), lambda: _topics(directory),
        ),
    )  # fmt: skip


def _record_tables(directory: Directory, found: Statistics) -> tuple[Table, ...]:
    titles = fact_titles(str)
    facts = tuple(Column(id_, titles[id_], "写了这一项的商会数。", "integer") for id_ in FACTS)
    return (
        Table(
            "stats/founded", "统计：成立年份", "一年一行；没有成立年份的不在内。",
            (_YEAR, _CHAMBERS), ("year",), lambda: iter(found.founded.items()),
        ),
        Table(
            "stats/ages", "统计：资料的年份", "一年一行；没有日期的不在内。",
            (
                _YEAR, Column("verified", "核对到这一年", "最近一次核对所用材料是这一年的商会数。", "integer"),
                Column("newest_source", "最新来源", "最新一条有日期的来源是这一年的商会数。", "integer"),
                Column(
                    "changed", "最近更新",
                    "资料或公约全文最近一次改动在这一年的商会数，据提交历史；历史不完整的留空。", "integer",
                ),
            ),
            ("year",), lambda: _ages(found),
        ),
        Table(
            "stats/completeness", "统计：资料完整度", "一项一行。",
            (
                Column("fact", "项目编号", "项目的编号。"), Column("fact_name", "项目", "项目的名称。"), _CHAMBERS,
                Column("missing", "尚缺", "没有写这一项的商会数。", "integer"),
            ),
            ("fact",), lambda: _completeness(found),
        ),
        Table(
            "stats/completeness_by_region", "统计：各地的资料完整度", "一个省（区、市）一行，每项各一栏。",
            (_REGION, _REGION_NAME, _CHAMBERS, Column("mean", "平均项数", "平均一家写了几项。", "number"), *facts),
            ("region",), lambda: _completeness_by_region(directory, found),
        ),
    )  # fmt: skip


def _region(directory: Directory, code: str) -> tuple[str, str]:
    return (code, directory.regions[code].name) if code else ("national", "全国性")


def _level(directory: Directory, scheme_id: str, level_id: str) -> tuple[str, str, str, str]:
    scheme, level = level_of(directory, scheme_id, level_id)
    return scheme_id, scheme.name, level_id, level.label


def _levels(directory: Directory, found: Statistics) -> Iterator[Row]:
    for row in sorted(found.levels, key=lambda row: (row.scheme_id, row.level_id)):
        yield *_level(directory, row.scheme_id, row.level_id), *row.counts, row.total


def _levels_by_region(directory: Directory, found: Statistics) -> Iterator[Row]:
    for place in sorted(found.places, key=lambda place: place.code or "national"):
        for row in place.levels:
            level = _level(directory, row.scheme_id, row.level_id)
            yield *_region(directory, place.code), *level, row.holding, row.total


def _regions(directory: Directory) -> Iterator[Row]:
    for code in sorted(directory.by_region):
        region = directory.regions[code]
        yield code, region.name, region.parent, len(directory.by_region[code])


def _industries(directory: Directory) -> Iterator[Row]:
    for code in sorted(directory.by_industry):
        yield code, directory.industries[code].title, len(directory.by_industry[code])


def _kinds(directory: Directory) -> Iterator[Row]:
    for id_ in sorted(directory.by_kind):
        yield id_, directory.kinds[id_].title, len(directory.by_kind[id_])


def _topics(directory: Directory) -> Iterator[Row]:
    for id_, charters in sorted(directory.charters_by_topic.items()):
        yield id_, directory.topics[id_].title, len(charters), len({charter.slug for charter in charters})


def _ages(found: Statistics) -> Iterator[Row]:
    for year in sorted({*found.verified, *found.sourced, *found.changed}):
        changed = found.changed.get(year, 0) if found.changed else None
        yield year, found.verified.get(year, 0), found.sourced.get(year, 0), changed


def _completeness(found: Statistics) -> Iterator[Row]:
    whole = found.complete
    titles = fact_titles(str)
    for id_, count in sorted(zip(FACTS, whole.counts, strict=True)):
        yield id_, titles[id_], count, whole.chambers - count


def _completeness_by_region(directory: Directory, found: Statistics) -> Iterator[Row]:
    for code, of in sorted(found.by_place.items(), key=lambda item: item[0] or "national"):
        yield *_region(directory, code), of.chambers, of.mean, *of.counts
