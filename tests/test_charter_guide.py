"""The guide to publishing a charter and the model charter keep to what the program does."""

from __future__ import annotations

import re

import pytest
from building import ROOT

from chamberbook import wording
from chamberbook.articles import articles, blocks
from chamberbook.records import Charter

GUIDE = (ROOT / "content/about/publish-charter.md").read_text("utf-8")
MODEL = (ROOT / "content/about/model-charter.md").read_text("utf-8").split("## 范本\n", 1)[1]


def test_the_guide_names_only_fields_that_a_charter_has() -> None:
    example = re.search(r"```yaml\ncharters:\n(.*?)```", GUIDE, re.DOTALL)
    assert example is not None
    named = set(re.findall(r"^  [- ] ([a-z_0-9]+):", example[1], re.MULTILINE))
    assert len(named) > 12
    assert named <= set(Charter.model_fields)


def test_the_anchors_of_the_guide_are_those_of_the_pages() -> None:
    text = "第二章 甲\n\n第三条 乙：\n（一）丙；\n（二）丁。\n\n第十条之一 戊"
    found = [anchor for b in blocks(text) for anchor in (b.anchor, *(item.anchor for item in b.items))]
    assert found == ["c2", "a3", "a3.1", "a3.2", "a10-1"]
    assert all(f"`#{anchor}`" in GUIDE for anchor in found if anchor != "a3.1")


def test_the_model_charter_has_the_four_chapters_of_the_field_and_whole_numbers() -> None:
    headings = [b.text for b in blocks(MODEL) if b.kind == "heading"]
    assert headings == ["第一章 总则", "第二章 自律条款", "第三章 监督与违约", "第四章 附则"]
    assert [a.anchor for a in articles(MODEL)] == [f"a{n}" for n in range(1, len(articles(MODEL)) + 1)]


@pytest.mark.parametrize("article", articles(MODEL), ids=lambda article: article.anchor)
def test_no_article_of_the_model_charter_would_be_asked_about(article: object) -> None:
    assert list(wording.find(getattr(article, "text", ""))) == []
