"""What stays of a record that was taken out: `chambers/_tombstones/<slug>.yml`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from chamberbook.records.base import Id, Name, Record, Source, SourceId, Text, WhenKnown

RemovalReason = Literal["duplicate", "mistaken", "unsourced", "personal", "request", "other"]


class Tombstone(Record):
    """撤销记录：商会的资料撤下以后留下的一份，写明为什么、什么时候；原来的内容不写在这里。"""

    removed: WhenKnown = Field(title="撤销日期", description="资料撤下的日期。")
    reason: RemovalReason = Field(
        title="原因",
        description="duplicate 重复收录，mistaken 不是商会或没有这一家，unsourced 来源不成立，personal 涉及个人信息，request 应商会要求，other 其他。",
    )
    note: Text | None = Field(
        None, title="说明", description="需要说明的一两句话，不写个人信息；原因是 other 的必须写。"
    )
    name: Name | None = Field(
        None, title="原来的名称", description="撤销以前的名称；名称本身不宜公开的留空。"
    )
    successor: Id | None = Field(
        None, title="现在的记录", description="重复收录的，写留下的那一家的编号；旧网址会转过去。"
    )
    former_slugs: tuple[Id, ...] = Field(
        (), title="旧编号", description="撤销以前就用过的编号，照原来的资料抄过来。"
    )
    charters: tuple[Id, ...] = Field(
        (), title="原有的公约", description="它的公约的编号，照原来的资料抄过来；公约的旧网址会转到这里。"
    )
    sources: dict[SourceId, Source] = Field(
        default_factory=dict, title="来源", description="凭什么撤销；没有公开材料就留空。"
    )
