"""Feeds of what changed: read by a feed reader, held against the rules of both formats."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from factories import make_loaded
from jsonschema import Draft202012Validator
from lxml import etree
from planning import DAY, loaded
from repositories import read_story

from chamberbook import derive
from chamberbook.derive import Directory
from chamberbook.feeds import MOST, Feeds
from chamberbook.history import Event, History
from chamberbook.pages.feeds import feed_folders
from chamberbook.settings import Settings

DATA = Path(__file__).resolve().parent / "data"
SETTINGS = Settings(name="商会名录 & 示例", base_url="https://例.example.org/dir/")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    return read_story(tmp_path_factory.mktemp("story"))


@pytest.fixture(scope="module")
def files(directory: Directory) -> dict[str, bytes]:
    return made(directory)


def made(directory: Directory) -> dict[str, bytes]:
    feeds = Feeds(directory, SETTINGS, str)
    return {
        path: data
        for folder, events in feed_folders(directory, SETTINGS).items()
        for path, data in feeds.files(folder, events)
    }


def test_the_whole_and_each_place_industry_and_federation_with_news_have_feeds(
    files: dict[str, bytes],
) -> None:
    folders = {path.rpartition("/")[0] for path in files}
    assert folders == {
        "changes", "regions/320000", "regions/320200", "regions/320282", "federations/jiangsu", "federations/yixing",
        "industries/C", "industries/C30", "industries/H", "industries/H62",
    }  # fmt: skip
    assert {path.rpartition("/")[2] for path in files} == {"feed.xml", "feed.json"}


def test_every_feed_keeps_the_rules_of_its_format(files: dict[str, bytes]) -> None:
    atom = etree.RelaxNG(etree.parse(DATA / "atom.rng"))
    jsonfeed = Draft202012Validator(json.loads((DATA / "jsonfeed-1.1.json").read_text("utf-8")))
    for path, data in files.items():
        if path.endswith(".xml"):
            atom.assertValid(etree.fromstring(data))
        else:
            jsonfeed.validate(json.loads(data))


def test_the_rules_refuse_what_they_should(files: dict[str, bytes]) -> None:
    atom = etree.RelaxNG(etree.parse(DATA / "atom.rng"))
    text = files["changes/feed.xml"].decode()
    for old, new in (
        ("<updated>2026-", "<updated>26-"),
        ("<id>tag:", "<id>tag :"),
        ("<author>", "<autor>"),
        ("+08:00</updated>", "</updated>"),
    ):
        assert old in text
        wrong = text.replace(old, new, 1).replace("</author>", "</autor>" if "autor" in new else "</author>")
        assert not atom.validate(etree.fromstring(wrong.encode())), old


def test_a_reader_finds_what_happened_newest_first(files: dict[str, bytes]) -> None:
    feed: Any = feedparser.parse(files["changes/feed.xml"])
    assert feed.bozo == 0
    assert feed.version == "atom10"
    assert feed.feed.title == "商会名录 & 示例：更新记录"
    assert {link.rel: link.href for link in feed.feed.links} == {
        "self": "https://例.example.org/dir/changes/feed.xml",
        "alternate": "https://例.example.org/dir/changes/",
    }
    assert feed.feed.updated == feed.entries[0].updated
    entries = [
        (one.updated[:10], one.title, one.summary if "summary" in one else one.content[0].value)
        for one in feed.entries
    ]
    assert entries[:2] == [
        ("2026-10-01", "更正：江苏省示例福建商会", "改动：行业"),
        ("2026-09-01", "撤销：（名称不再公开）", "记录撤销：原来的内容涉及个人信息。"),
    ]  # fmt: skip
    assert (
        "2026-04-01",
        "等级：宜兴市示例茶业商会",
        "示例星级：由四星级升为五星级，2026年3月20日授予\n来源：宜兴市工商联，2008年6月",
    ) in entries
    times = [one.updated_parsed for one in feed.entries]
    assert times == sorted(times, reverse=True)


def test_both_formats_tell_the_same(files: dict[str, bytes]) -> None:
    for path, data in files.items():
        if path.endswith(".json"):
            read = feedparser.parse(files[path.replace(".json", ".xml")])
            items = json.loads(data)["items"]
            assert [(one["id"], one["url"], one["title"], one["date_published"]) for one in items] == [
                (one.id, one.link, one.title, one.updated) for one in read.entries
            ]


def test_ids_are_their_own_and_stay(directory: Directory, files: dict[str, bytes]) -> None:
    ids = [one.id for one in feedparser.parse(files["changes/feed.xml"]).entries]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("tag:") for one in ids)
    assert made(directory) == files


def test_an_entry_is_the_same_in_every_feed_that_has_it(files: dict[str, bytes]) -> None:
    whole = {one.id: one for one in feedparser.parse(files["changes/feed.xml"]).entries}
    yixing = feedparser.parse(files["federations/yixing/feed.xml"])
    assert yixing.feed.title == "商会名录 & 示例：宜兴市工商联的更新"
    assert yixing.entries
    assert all(whole[one.id] == one for one in yixing.entries)


def test_without_an_address_or_a_past_there_are_no_feeds(directory: Directory) -> None:
    assert feed_folders(directory, Settings()) == {}
    records = loaded()
    for missing in ("shallow", "no git", "not committed", "preview"):
        told = derive.directory(records, DAY, history=History(missing=missing))
        assert feed_folders(told, SETTINGS) == {}
    with pytest.raises(ValueError, match="absolute"):
        Feeds(directory, Settings(), str)


def test_a_feed_has_the_newest_and_no_more_than_a_reader_asks_for() -> None:
    start = datetime.fromisoformat("2026-01-01T12:00:00+08:00")
    events = tuple(
        Event("corrected", "a", {"fields": ("name",)}, when=start + timedelta(hours=n), commit=f"{n}")
        for n in range(3 * MOST, 0, -1)
    )
    history = History({"a": start}, {"a": start}, events)
    directory = derive.directory(
        replace(loaded(), chambers={"a": make_loaded("a")}), date(2026, 2, 1), history=history
    )
    feed = feedparser.parse(made(directory)["changes/feed.xml"])
    assert [one.updated for one in feed.entries] == [
        event.when.isoformat() for event in events[:MOST] if event.when
    ]


def test_names_cannot_break_a_feed() -> None:
    start = datetime.fromisoformat("2026-01-01T12:00:00+08:00")
    name = "宜兴<b>&\"'商会]]>"
    event = Event("renamed", "a", {"from": "旧\x1b名", "to": name}, when=start)
    one = make_loaded("a", name=name)
    records = replace(loaded(), chambers={"a": one})
    directory = derive.directory(records, DAY, history=History({"a": start}, {}, (event,)))
    files = made(directory)
    feed = feedparser.parse(files["changes/feed.xml"], sanitize_html=False)
    assert feed.bozo == 0
    assert feed.entries[0].title == f"更名：{name}"
    assert json.loads(files["changes/feed.json"])["items"][0]["title"] == f"更名：{name}"
