"""Rules about charters and activities: words from the closed lists, ids, versions, full texts."""

from __future__ import annotations

from collections.abc import Iterator

from chamberbook import wording
from chamberbook.articles import count_articles
from chamberbook.check.context import Context, Finding, nearest, positions
from chamberbook.problems import N_, Message, Place, shown
from chamberbook.records import Term


def _unlisted(terms: tuple[Term, ...], word: str, file: str) -> Message | None:
    """The hint for a word that is not in its list, or None when it is."""
    for term in terms:
        if term.title == word:
            return None
    titles = [term.title for term in terms]
    by_id = [term.title for term in terms if term.id == word]
    choices = tuple(by_id) or nearest(word, titles)
    if choices:
        return Message(
            N_("是不是 {words}；整张表在 chambers/_vocabulary/{file}"), {"words": choices, "file": file}
        )
    return Message(N_("从 chambers/_vocabulary/{file} 里选一个"), {"file": file})


def unknown_type(ctx: Context) -> Iterator[Finding]:
    """公约的文种要在词表里。"""
    if not ctx.lists_read("charter_types"):
        return
    for loaded in ctx.chambers:
        for index, charter in enumerate(loaded.chamber.charters):
            if hint := _unlisted(ctx.loaded.vocabulary.charter_types, charter.type, "charter_types.yml"):
                message = Message(N_("没有文种“{word}”"), {"word": shown(charter.type)})
                yield Finding(ctx.at(loaded.path, "charters", index, "type"), message, hint)


def unknown_topic(ctx: Context) -> Iterator[Finding]:
    """公约的主题要在词表里。"""
    if not ctx.lists_read("charter_topics"):
        return
    for loaded in ctx.chambers:
        for index, charter in enumerate(loaded.chamber.charters):
            for item, topic in enumerate(charter.topics):
                if hint := _unlisted(ctx.loaded.vocabulary.charter_topics, topic, "charter_topics.yml"):
                    message = Message(N_("没有公约主题“{word}”"), {"word": shown(topic)})
                    yield Finding(ctx.at(loaded.path, "charters", index, "topics", item), message, hint)


def unknown_activity(ctx: Context) -> Iterator[Finding]:
    """活动的主题要在词表里。"""
    if not ctx.lists_read("activity_topics"):
        return
    for loaded in ctx.chambers:
        for index, activity in enumerate(loaded.chamber.activities):
            if hint := _unlisted(
                ctx.loaded.vocabulary.activity_topics, activity.topic, "activity_topics.yml"
            ):
                message = Message(N_("没有活动主题“{word}”"), {"word": shown(activity.topic)})
                yield Finding(ctx.at(loaded.path, "activities", index, "topic"), message, hint)


def duplicate_id(ctx: Context) -> Iterator[Finding]:
    """同一商会的公约编号不能相同。"""
    for loaded in ctx.chambers:
        for index, name, first in positions(charter.id for charter in loaded.chamber.charters):
            message = Message(N_("公约编号“{id}”和第 {first} 份相同"), {"id": name, "first": first + 1})
            hint = Message(N_("换一个编号；同一份的新版本在编号后面加年份"))
            yield Finding(ctx.at(loaded.path, "charters", index, "id"), message, hint)


def unknown_supersedes(ctx: Context) -> Iterator[Finding]:
    """被替代的公约要在同一商会的公约里，且不是它自己。"""
    for loaded in ctx.chambers:
        ids = [charter.id for charter in loaded.chamber.charters]
        for index, charter in enumerate(loaded.chamber.charters):
            others = [name for name in ids if name != charter.id]
            if charter.supersedes is not None and charter.supersedes not in others:
                message = Message(N_("这家商会没有另一份编号为“{id}”的公约"), {"id": charter.supersedes})
                hint = Message(N_("可以写的有：{choices}"), {"choices": tuple(others)})
                if not others:
                    hint = Message(N_("先把被替代的那份也收进来，或删掉 supersedes"))
                yield Finding(ctx.at(loaded.path, "charters", index, "supersedes"), message, hint)


def missing_text(ctx: Context) -> Iterator[Finding]:
    """公约全文的文件要在同一文件夹里。"""
    for loaded in ctx.chambers:
        folder = loaded.path.rpartition("/")[0]
        for index, charter in enumerate(loaded.chamber.charters):
            if charter.text is not None and charter.text not in loaded.texts:
                message = Message(N_("找不到全文文件 {name}"), {"name": charter.text})
                hint = Message(N_("把它放进 {folder}，或写 text: null"), {"folder": folder})
                yield Finding(ctx.at(loaded.path, "charters", index, "text"), message, hint)


#: What the wording of a charter may be about, as the hint says it.
_CONCERNS: dict[wording.Concern, Message] = {
    "price": Message(N_("同业约定价格")),
    "output": Message(N_("同业限制产量或销量")),
    "market": Message(N_("同业划分市场")),
    "boycott": Message(N_("联合抵制交易")),
}


def competition_wording(ctx: Context) -> Iterator[Finding]:
    """公约里像是约定价格、限产、划分市场、联合抵制的字句，请人看一眼。"""
    for loaded in ctx.chambers:
        for index, charter in enumerate(loaded.chamber.charters):
            for field in ("title", "summary"):
                value = getattr(charter, field) or ""
                for found in wording.find(value):
                    place = ctx.at(loaded.path, "charters", index, field)
                    yield _worded(ctx.inside(place, value, found.start), found)
            if charter.text is not None and (text := loaded.texts.get(charter.text)):
                path = f"{loaded.path.rpartition('/')[0]}/{charter.text}"
                for found in wording.find(text):
                    before = text[: found.start]
                    column = found.start - (before.rfind("\n") + 1)
                    yield _worded(Place(path, before.count("\n") + 1, column + 1), found)


def _worded(place: Place, found: wording.Wording) -> Finding:
    message = Message(
        N_("“{words}”像是{concern}"), {"words": shown(found.words), "concern": _CONCERNS[found.concern]}
    )
    hint = Message(
        N_(
            "对照《反垄断法》第十七条、第二十一条和《关于行业协会的反垄断指南》看一眼；照原文收录没有错，不用改"
        )
    )
    return Finding(place, message, hint)


def articles_counted(ctx: Context) -> Iterator[Finding]:
    """写明的条数要和全文的条数一样。"""
    for loaded in ctx.chambers:
        for index, charter in enumerate(loaded.chamber.charters):
            text = loaded.texts.get(charter.text) if charter.text is not None else None
            counted = count_articles(text) if text is not None and charter.articles is not None else 0
            if counted and charter.articles != counted:
                message = Message(
                    N_("写的是 {stated} 条，全文里认出 {counted} 条"),
                    {"stated": charter.articles, "counted": counted},
                )
                hint = Message(
                    N_("改成 articles: {counted}；或看看 {name} 里哪一条没有另起一行、条号后没有空格"),
                    {"counted": counted, "name": charter.text or ""},
                )
                yield Finding(ctx.at(loaded.path, "charters", index, "articles"), message, hint)
