"""Rules about what stays of a record that was taken out."""

from __future__ import annotations

from collections.abc import Iterator

from chamberbook.check.context import Context, Finding, meant_chamber, tombstone_path
from chamberbook.problems import N_, Message


def still_there(ctx: Context) -> Iterator[Finding]:
    """写了撤销记录的，原来的资料文件要删掉。"""
    for slug in ctx.loaded.tombstones:
        if (loaded := ctx.loaded.chambers.get(slug)) is not None:
            message = Message(N_("这家商会的资料还在：{path}"), {"path": loaded.path})
            hint = Message(N_("要撤销的，把那份资料文件删掉；不撤销的，删掉这份撤销记录"))
            yield Finding(ctx.at(tombstone_path(slug)), message, hint)


def unknown_successor(ctx: Context) -> Iterator[Finding]:
    """撤销记录指到的商会要在名录里。"""
    unread = {path.rpartition("/")[2].removesuffix(".yml") for path in ctx.loaded.unread}
    for slug, stone in ctx.tombstones.items():
        successor = stone.successor
        if successor is None or successor in ctx.loaded.chambers or successor in unread:
            continue
        message = Message(N_("名录里没有编号为“{slug}”的商会"), {"slug": successor})
        hint = Message(N_("写名录里的编号；没有的删掉这一行"))
        place = ctx.at(tombstone_path(slug), "successor")
        yield Finding(place, message, meant_chamber(ctx, successor) or hint)


def unexplained(ctx: Context) -> Iterator[Finding]:
    """原因是重复收录的，写明留下的是哪一家；原因是其他的，写明是什么。"""
    for slug, stone in ctx.tombstones.items():
        place = ctx.at(tombstone_path(slug), "reason")
        if stone.reason == "duplicate" and stone.successor is None:
            message = Message(N_("原因是重复收录，却没有写留下的是哪一家"))
            yield Finding(place, message, Message(N_("加一行 successor，写留下的那一家的编号")))
        elif stone.reason == "other" and stone.note is None:
            message = Message(N_("原因是其他，却没有说明"))
            yield Finding(place, message, Message(N_("加一行 note，用一句话写为什么撤下")))


def leads_to_personal(ctx: Context) -> Iterator[Finding]:
    """因个人信息撤销的，撤销记录不再链接原来的材料。"""
    for slug, stone in ctx.tombstones.items():
        for key, source in stone.sources.items() if stone.reason == "personal" else ():
            if source.url is not None:
                message = Message(N_("这份材料的网址可能还带着那些个人信息"))
                hint = Message(N_("删掉网址，或换成处理这件事的公告"))
                yield Finding(ctx.at(tombstone_path(slug), "sources", key, "url"), message, hint)
