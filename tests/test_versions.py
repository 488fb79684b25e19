"""The difference between two versions of a charter."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chamberbook.articles import articles
from chamberbook.versions import Run, compare, runs

OLD = """第一条 会员企业应当守法经营，诚实守信，公平竞争。

第二条 会员应当保证质量，售后维修期不少于一年。

第三条 会员之间可就同类产品的出厂价格交换意见。

第四条 对违反本公约的会员，由理事会调查核实后提醒、批评或者通报。
"""
NEW = """第一条 会员企业应当守法经营，诚实守信，公平竞争。

第二条 会员应当按国家标准标明材质和甲醛释放量，售后维修期不少于三年。

第三条 对违反本公约的会员，由理事会调查核实后提醒、批评或者通报。

第四条 商会设投诉电话，七个工作日内答复消费者。
"""


def states(old: str, new: str) -> list[tuple[str, str, str]]:
    return [(c.label, c.old_label, c.state) for c in compare(old, new).changes]


def marked(found: tuple[Run, ...]) -> str:
    """Runs as one line: [-lost-], [+gained+]."""
    frame = {"same": "{}", "del": "[-{}-]", "ins": "[+{}+]"}
    return "".join(frame[run.kind].format(run.text) for run in found)


def test_articles_are_unchanged_changed_removed_moved_and_added() -> None:
    assert states(OLD, NEW) == [
        ("第一条", "", "same"),
        ("第二条", "", "changed"),
        ("第三条", "", "removed"),
        ("第三条", "第四条", "same"),
        ("第四条", "", "added"),
    ]
    assert compare(OLD, NEW).counts == {"same": 2, "changed": 1, "added": 1, "removed": 1, "moved": 1}


def test_a_change_is_marked_by_words_and_never_by_half_of_one() -> None:
    second = compare(OLD, NEW).changes[1]
    assert marked(second.old) == "会员应当[-保证质量-]，售后维修期不少于[-一年-]。"
    assert marked(second.new) == "会员应当[+按国家标准标明材质和甲醛释放量+]，售后维修期不少于[+三年+]。"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("第一条 明码 标价", "第一条　明码标价"),
        ("第一条 **明码标价**", "第一条 明码标价"),
        ("第一条 明码标价,不欺客.", "第一条 明码标价，不欺客."),
        ("第一条 明码标价", "## 第一条\n\n明码标价"),
    ],
)
def test_blanks_emphasis_and_width_are_no_change(old: str, new: str) -> None:
    assert states(old, new) == [("第一条", "", "same")]


def test_a_number_is_one_word() -> None:
    assert marked(runs("不超过1500元", "不超过2500元")[1]) == "不超过[+2500+]元"


def test_an_article_that_moved_and_changed_is_still_the_same_article() -> None:
    old = "第一条 诚信。\n\n第二条 收到投诉三天内答复，答复不满意的找商会。"
    new = "第一条 收到投诉五天内答复，答复不满意的找商会。"
    assert states(old, new) == [("第一条", "", "removed"), ("第一条", "第二条", "changed")]


def test_an_article_rewritten_from_end_to_end_is_removed_and_added() -> None:
    assert states("第一条 甲乙丙丁戊己", "第一条 子丑寅卯辰巳") == [
        ("第一条", "", "removed"),
        ("第一条", "", "added"),
    ]


def test_paragraphs_outside_articles_are_compared_too() -> None:
    assert states("诚信经营。\n\n互相帮助。", "诚信经营。\n\n公平买卖。") == [
        ("", "", "same"),
        ("", "", "removed"),
        ("", "", "added"),
    ]


_TEXT = st.text("甲乙丙丁，。 12a（）", max_size=60)


@settings(deadline=None)
@given(_TEXT, _TEXT)
def test_the_runs_of_a_side_make_up_its_whole_text(old: str, new: str) -> None:
    lost, gained = runs(old, new)
    assert "".join(run.text for run in lost) == old
    assert "".join(run.text for run in gained) == new
    assert {run.kind for run in lost} <= {"same", "del"}
    assert {run.kind for run in gained} <= {"same", "ins"}
    assert [r.text.split() for r in lost if r.kind == "same"] == [
        r.text.split() for r in gained if r.kind == "same"
    ]


_VERSION = st.lists(st.text("甲乙丙丁戊己", min_size=1, max_size=12), max_size=8).map(
    lambda bodies: "\n\n".join(f"第{n}条 {body}" for n, body in enumerate(bodies, start=1))
)


@settings(deadline=None)
@given(_VERSION, _VERSION)
def test_every_article_of_both_versions_is_shown_once(old: str, new: str) -> None:
    changes = compare(old, new).changes
    assert [c.label for c in changes if c.state != "removed"] == [a.label for a in articles(new)]
    before = [c.old_label or c.label for c in changes if c.state != "added"]
    assert sorted(before) == sorted(a.label for a in articles(old))


@given(_VERSION)
def test_a_version_does_not_differ_from_itself(text: str) -> None:
    assert {(c.state, c.moved) for c in compare(text, text).changes} <= {("same", False)}


def test_hostile_texts_are_compared_within_seconds() -> None:
    old = "\n".join(f"第{n}条 {'甲乙' * 600}{n}" for n in range(180))
    new = "\n".join(f"第{n}条 {'乙甲' * 600}{n}" for n in range(1, 181))
    start = process_time()
    compare(old, new)
    compare("第一条 " + "甲乙" * 100_000, "第一条 " + "乙甲" * 100_000)
    assert process_time() - start < 10
