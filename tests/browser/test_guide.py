"""The contributor's guide, followed step by step in a browser: every word that it quotes is pressed or filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from building import ROOT, Served, built, make_root, serving
from playwright.sync_api import Locator, Page, expect
from test_form import assert_accepted, root_with, yaml_of

from chamberbook import load

GUIDE = (ROOT / "content/contribute/guide.md").read_text("utf-8")
SETTINGS = (
    "    report_mail: gengzheng@example.org\n"
    '    edit_url: "https://platform.example/edit/{path}?value={value}"\n'
    '    history_url: "https://platform.example/log/{path}"\n'
    '    new_file_url: "https://platform.example/new?filename={path}&value={value}"\n'
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small directory with everything set up that a publisher can set up."""
    root = make_root(tmp_path_factory.mktemp("guide") / "small")
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("    jobs: 0", SETTINGS + "    jobs: 0"), "utf-8")
    with serving(built(root.parent / "site", "--root", root)) as served:
        yield served


class Steps:
    """The steps of a section; a word is used only if they quote it, and at the end all must have been used."""

    def __init__(self, anchor: str) -> None:
        section = re.split(r"^#+ ", GUIDE.partition(f"{{#{anchor}}}")[2], flags=re.MULTILINE)[0]
        steps = re.findall(r"^\d+\. (.*)$", section, re.MULTILINE)
        assert steps, anchor
        self.left = [word for step in steps for word in re.findall("“(.*?)”", step)]

    def word(self, text: str) -> str:
        self.left.remove(text)
        return text


def pressed(page: Page, name: str, role: Any = "button", within: Locator | None = None) -> None:
    (within or page).get_by_role(role, name=name, exact=True).first.click()


def find(page: Page, steps: Steps) -> None:
    """Step 1 of the first way: from the home page to the chamber."""
    page.locator("#main input[name=q]").fill("taoci")
    pressed(page, steps.word("搜索"), within=page.locator("#main"))
    page.wait_for_url(re.compile("/search/"))
    page.locator("#main").get_by_role("link", name="宜兴市示例陶瓷商会").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("宜兴市示例陶瓷商会")


def test_saying_a_sentence(site: Served, open_page: Any) -> None:
    steps, page = Steps("say"), open_page(site.url)
    find(page, steps)
    link = page.get_by_role("link", name=steps.word("报告错误"), exact=True).first
    mail = urlsplit(link.get_attribute("href") or "")
    assert (mail.scheme, mail.path) == ("mailto", "gengzheng@example.org")
    written = " ".join(part for parts in parse_qs(mail.query).values() for part in parts)
    assert "宜兴市示例陶瓷商会" in written
    assert "chambers/yixing-taoci/" in written
    for asked in ("哪里不对", "应该是什么", "凭什么"):
        assert asked in GUIDE
        assert asked in written
    assert steps.left == []


def test_correcting_a_chamber_in_the_form(site: Served, open_page: Any, tmp_path: Path) -> None:
    steps, page = Steps("form-old"), open_page(site.url)
    find(page, Steps("say"))
    pressed(page, steps.word("填表更正"), "link")
    page.locator("#form[data-ready]").wait_for()
    expect(page.get_by_label("名称", exact=True).first).to_have_value("宜兴市示例陶瓷商会")
    page.locator("#office").get_by_label(steps.word("成立时间")).first.fill("2003-09")
    pressed(page, steps.word("加一项：来源"))
    source = page.locator("#f-sources .form__item").last
    for label, text in (("题名", "关于成立大会的报道"), ("发布者", "宜兴日报"), ("日期", "2003-09-12")):
        source.get_by_label(steps.word(label)).fill(text)
    source.get_by_label(steps.word("种类")).select_option(label="报道")
    facts = page.get_by_role("group", name=steps.word("各项的来源"), exact=True)
    new = source.get_attribute("data-source") or ""
    founded = facts.get_by_role("group", name="成立时间", exact=True)
    for box in founded.get_by_role("checkbox").all():
        box.set_checked((box.get_attribute("value") or "") == new)
    page.evaluate("window.open = (url) => { window.asked = url; }")
    pressed(page, steps.word("检查并提交"))
    expect(page.locator("#done")).to_contain_text("已打开提交页面")
    assert page.evaluate("window.asked").startswith("https://platform.example/edit/")
    with page.expect_download() as download:
        pressed(page, steps.word("下载文件"), "link")
    assert download.value.path().read_text("utf-8") == yaml_of(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    pressed(page, steps.word("复制"))
    expect(page.locator("#done")).to_have_text("已复制。")
    path = page.locator("#path").inner_text()
    root = root_with(tmp_path, path, yaml_of(page))
    assert_accepted(root, path)
    chamber = load.read_all(root).chambers["yixing-taoci"].chamber
    assert (str(chamber.founded), chamber.fact_sources["founded"]) == ("2003-09", (new,))
    assert steps.left == []


def test_adding_a_chamber_in_the_form(site: Served, open_page: Any, tmp_path: Path) -> None:
    steps, page = Steps("form-new"), open_page(site.url)
    pressed(page, steps.word("参与"), "link")
    pressed(page, steps.word("打开表格"), "link")
    page.get_by_label(steps.word("名称"), exact=True).fill("宜兴市示例花木商会")
    page.locator("#form[data-ready]").wait_for()
    page.get_by_label(steps.word("类型"), exact=True).select_option(label="乡镇商会")
    page.locator("#place").get_by_label(steps.word("地区")).first.fill("宜兴市")
    source = page.locator("#f-sources .form__item").last
    source.get_by_label("题名").fill("花木名册")
    source.get_by_label("发布者").fill("宜兴市工商联")
    source.get_by_label("种类").select_option(label="机关公告")
    page.get_by_label(steps.word("归哪家工商联")).select_option("yixing")
    page.get_by_label(steps.word("编号"), exact=True).fill("yixing-huamu")
    page.evaluate("window.open = (url) => { window.asked = url; }")
    pressed(page, "检查并提交")
    expect(page.locator("#done")).to_contain_text("已打开提交页面")
    assert page.evaluate("window.asked").startswith("https://platform.example/new?")
    path = page.locator("#path").inner_text()
    assert_accepted(root_with(tmp_path, path, yaml_of(page)), path)
    assert steps.left == []


def test_the_first_step_on_the_platform_begins_on_the_page(site: Served, open_page: Any) -> None:
    page = open_page(site.url + "chambers/yixing-taoci/")
    for word, start in (
        ("编辑此页", "https://platform.example/edit/"),
        ("查看历史", "https://platform.example/log/"),
    ):
        assert f"“{word}”" in GUIDE
        link = page.get_by_role("link", name=word, exact=True)
        assert (link.get_attribute("href") or "").startswith(start + "chambers/yixing/yixing-taoci.yml")


def test_the_picture_of_a_record_shows_the_buttons_of_today(site: Served, open_page: Any) -> None:
    page = open_page(site.url + "chambers/yixing-taoci/")
    buttons = [text.strip() for text in page.locator(".acts > *").all_inner_texts()]
    alternative = re.search(r"!\[([^]]*)\]\(record\.png\)", GUIDE)
    assert alternative
    assert alternative[1].endswith("一排按钮：" + "、".join(buttons))
