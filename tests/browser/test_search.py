"""Search on the built real directory in a real Chromium: what is found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from building import ROOT, Served
from playwright.sync_api import Browser, Page
from searching import ask

from chamberbook.derive import ChamberEntry, CharterEntry, Directory
from chamberbook.pages.views import shown_trade

CASES = json.loads((ROOT / "tests" / "search_cases.json").read_text("utf-8"))
RECALL, PRECISION = 0.98, 0.95


@pytest.fixture(scope="module")
def home(browser: Browser, served: Served) -> Iterator[Page]:
    """The home page, for asking the modules themselves."""
    page = browser.new_page()
    page.goto(served.url)
    yield page
    page.close()


def find(page: Page, query: str) -> list[str]:
    """The addresses of all results of a query but for guesses, best first."""
    rows = "Promise.all((await m.find(v[0])).results.filter((one) => !one.guess).map((one) => one.data()))"
    return [row["url"] for row in ask(page, "engine.js", f"await {rows}", query)]


# What is found


def words_of(entry: ChamberEntry | CharterEntry) -> str:
    """The text in which a person would look, without any cutting: what the results are measured against."""
    chamber, places = entry.chamber, [region.name for region in entry.place.chain]
    about = [chamber.name, *places, *(i.title for i in entry.industries)]
    if isinstance(entry, CharterEntry):
        charters = [entry]
        own = [chamber.trade or "", entry.charter.summary or "", entry.text or "", entry.type.title]
    else:
        charters = list(entry.charters)
        own = [
            *chamber.aliases, *(former.name for former in chamber.former_names), shown_trade(entry),
            chamber.uscc or "", entry.kind.title,
            *(f"{a.scheme.short_name}\n{a.level.label}" for a in entry.awards),
        ]  # fmt: skip
    drawn = [c.charter.title or c.type.title for c in charters]
    topics = [topic.title for c in charters for topic in c.topics]
    return "\n".join([*about, *own, *drawn, *topics])


def test_a_hand_made_set_of_queries_finds_what_it_means(home: Page, real: Directory) -> None:
    texts = {entry.url: words_of(entry) for entry in (*real.chambers, *real.charters)}
    recalls, precisions, poor = [], [], []
    for case in CASES:
        if case["kind"] == "nothing":
            continue
        wanted = {url for url, text in texts.items() if all(part in text for part in case["all"])}
        assert wanted, f"nothing fits {case['query']}: the case belongs to those that find nothing"
        found = find(home, case["query"])
        recall = len(wanted & set(found[:10])) / min(10, len(wanted))
        precision = len(wanted & set(found)) / len(found) if found else 0.0
        recalls.append(recall)
        precisions.append(precision)
        if recall < 1 or precision < 1:
            missed, extra = sorted(wanted - set(found))[:5], sorted(set(found) - wanted)[:5]
            poor.append(f"{case['query']}: {recall:.2f} {precision:.2f} missed {missed} extra {extra}")
    assert len(recalls) >= 60
    print(
        f"{len(recalls)} queries: recall {mean(recalls):.3f}, precision {mean(precisions):.3f}",
        *poor,
        sep="\n",
    )
    assert mean(recalls) >= RECALL, "\n".join(poor)
    assert mean(precisions) >= PRECISION, "\n".join(poor)


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


@pytest.mark.parametrize("query", [case["query"] for case in CASES if case["kind"] == "nothing"])
def test_a_query_that_names_nothing_finds_nothing(home: Page, query: str) -> None:
    assert find(home, query) == []


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("宜兴市陶瓷同业商会", "chambers/yixing-taoci/"),
        ("深圳市青年商会", "chambers/shen-zhen-shi-qing-nian-shang-hui/"),
        ("徐州市福建商会", "chambers/xu-zhou-shi-fu-jian-shang-hui/"),
        ("中国旅游协会", "chambers/zhong-guo-lu-you-xie-hui/"),
    ],
)
def test_the_whole_name_comes_first(home: Page, real: Directory, query: str, first: str) -> None:
    named = [entry.url for entry in real.chambers if entry.chamber.name == query]
    assert find(home, query)[0] in (named or [first])


def test_any_part_of_any_name_finds_it(home: Page, real: Directory) -> None:
    """Every name once, a part of four characters from its middle."""
    parts = {}
    for entry in real.chambers[::3]:
        name = re.sub(r"\W", "", entry.chamber.name)
        parts[entry.url] = name[len(name) // 2 - 2 : len(name) // 2 + 2]
    missed = {url: part for url, part in parts.items() if url not in find(home, part)}
    assert missed == {}
