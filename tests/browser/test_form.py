"""The form in a browser: what it makes is a file that check and fmt accept as it stands, and nothing else changes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from building import AS_OF, SMALL, Served, built, make_root, run_build, serving
from playwright.sync_api import Browser, Page, Route, expect
from test_accessibility import violations

from chamberbook import load
from chamberbook.canonical import _text

FORM = "contribute/form/"
NEW = "https://platform.example/new?filename={path}&value={value}"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small directory with an address for new files."""
    root = make_root(tmp_path_factory.mktemp("form") / "small")
    config = root / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8").replace("    jobs: 0", f'    new_file_url: "{NEW}"\n    jobs: 0'), "utf-8"
    )
    with serving(built(root.parent / "site", "--root", root)) as site:
        yield site


def opened(site: Served, open_page: Any, query: str = "", **options: Any) -> Page:
    page: Page = open_page(site.url + FORM + query, **options)
    if not query:
        page.locator("#f-name").focus()
    page.locator("#form[data-ready]").wait_for()
    return page


def yaml_of(page: Page) -> str:
    return page.locator("#yaml").text_content() or ""


def fill_new(page: Page) -> None:
    """A chamber with every kind of field, and texts that need care in YAML."""
    page.get_by_label("名称", exact=True).fill("宜兴市示例花木商会")
    page.get_by_label("又称").fill("示例花木, 花木商会、yes we: can")
    page.locator("#f-kind").select_option("industry")
    page.locator("#f-region").fill("宜兴市")
    page.locator("#f-industries").fill("C30")
    page.locator("#f-founded").fill("2009-03")
    page.locator("#f-trade").fill("no")
    page.locator("#f-contact-phone").fill("0510-87491234")
    page.locator("#f-contact-address").fill("人民路 1 号 #2: “东楼”")
    item = page.locator("#f-sources .form__item")
    item.get_by_label("题名").fill("“花木”名册")
    item.get_by_label("发布者").fill("宜兴市工商联")
    item.get_by_label("日期").fill("2024")
    item.get_by_label("种类").select_option("official")
    page.get_by_role("button", name="加一项：会员规模").click()
    members = page.locator("#f-members .form__item")
    members.get_by_label("数目").fill("120")
    members.get_by_label("单位").fill("企业")
    members.get_by_label("约数").check()
    page.get_by_role("button", name="加一项：等级与称号").click()
    rating = page.locator("#f-ratings .form__item")
    rating.get_by_label("办法").select_option("shili-xingji")
    rating.get_by_label("等级").select_option("san-xing")
    rating.get_by_label("授予日期").fill("2024-12-20")
    rating.get_by_label("说明").fill("第一行\n第二行: 末行")
    page.locator("#federation").select_option("yixing")
    page.locator("#slug").fill("yixing-huamu")


def root_with(tmp_path: Path, path: str, text: str) -> Path:
    root = tmp_path / "root"
    shutil.copytree(SMALL, root)
    (root / path).write_text(text, "utf-8", newline="\n")
    return root


def assert_accepted(root: Path, path: str) -> None:
    for command in (("check", "--as-of", AS_OF), ("fmt", "--check", root / path)):
        done = run_build(command[0], "--root", root, *command[1:])
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_new_record_passes_check_and_fmt_as_it_stands(
    small: Served, open_page: Any, tmp_path: Path
) -> None:
    page = opened(small, open_page)
    fill_new(page)
    path = page.locator("#path").inner_text()
    assert path == "chambers/yixing/yixing-huamu.yml"
    root = root_with(tmp_path, path, yaml_of(page))
    assert_accepted(root, path)
    chamber = load.read_all(root).chambers["yixing-huamu"].chamber
    assert chamber.aliases == ("示例花木", "花木商会", "yes we: can")
    assert (chamber.trade, chamber.region, chamber.contact.address) == (
        "no",
        "320282",
        "人民路 1 号 #2: “东楼”",
    )
    assert chamber.ratings[0].note == "第一行\n第二行: 末行"
    with page.expect_download() as download:
        page.locator("#download").click()
    assert download.value.suggested_filename == "yixing-huamu.yml"
    assert download.value.path().read_text("utf-8") == yaml_of(page)


def test_nothing_of_the_form_loads_before_the_first_touch(small: Served, open_page: Any) -> None:
    page = open_page(small.url + "contribute/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(small.url)))
    page.goto(small.url + FORM)
    page.wait_for_load_state("networkidle")
    assert "assets/form/start.js" in asked
    assert not {"assets/form/main.js", "contribute/form/known.json"} & set(asked)


def test_what_was_done_before_the_form_was_ready_is_done_when_it_is(small: Served, open_page: Any) -> None:
    page = open_page("about:blank")
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/known.json", hold)
    page.goto(small.url + FORM)
    page.locator("#f-name").fill("宜兴市示例花木商会")
    page.get_by_role("button", name="加一项：会员规模").click()
    expect(page.locator("#yaml")).to_be_empty()
    waiting[0].continue_()
    expect(page.locator("#f-members .form__item")).to_have_count(1)
    expect(page.locator("#yaml")).to_contain_text("name: 宜兴市示例花木商会")
    expect(page.locator("#draft")).to_contain_text("已存在这台设备上")


def test_a_form_whose_scripts_do_not_load_says_so(small: Served, browser: Browser) -> None:
    page = browser.new_page()
    page.route("**/known.json", lambda route: route.abort())
    page.goto(small.url + FORM)
    page.locator("#f-name").fill("宜兴市示例花木商会")
    expect(page.get_by_role("alert").filter(has_text="没有载入")).to_be_visible()
    page.unroute("**/known.json")
    page.close()


def test_an_existing_record_keeps_what_was_not_touched(small: Served, open_page: Any, tmp_path: Path) -> None:
    page = opened(small, open_page, "?chamber=yixing-taoci")
    before = load.read_all(SMALL).chambers["yixing-taoci"].chamber
    page.get_by_label("英文名称").fill("Yixing Chamber of Sample Ceramics")
    path = page.locator("#path").inner_text()
    root = root_with(tmp_path, path, yaml_of(page))
    assert_accepted(root, path)
    after = load.read_all(root).chambers["yixing-taoci"].chamber
    assert after == before.model_copy(update={"name_en": "Yixing Chamber of Sample Ceramics"})


def test_mistakes_are_summed_up_on_top_and_the_focus_goes_there(small: Served, open_page: Any) -> None:
    page = opened(small, open_page)
    fill_new(page)
    page.locator("#f-uscc").fill("5132O583MJ0000000X")
    page.locator("#f-contact-phone").fill("13812345678")
    page.locator("#f-founded").fill("2009-02-30")
    page.get_by_role("button", name="检查并提交").click()
    summary = page.locator("#errs")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("heading")).to_have_text("还有3处要改")
    summary.get_by_role("link", name="统一社会信用代码：第5位是“O”").click()
    code = page.locator("#f-uscc")
    expect(code).to_be_focused()
    expect(code).to_have_attribute("aria-invalid", "true")
    assert "f-uscc-e" in (code.get_attribute("aria-describedby") or "")
    assert violations(page) == []
    code.fill("")
    expect(page.locator("#errs h2")).to_have_text("还有2处要改")


def test_a_mobile_number_needs_the_consent_or_a_source_that_anyone_can_open(
    small: Served, open_page: Any, tmp_path: Path
) -> None:
    page = opened(small, open_page)
    fill_new(page)
    page.locator("#f-contact-phone").fill("13812345678")
    page.get_by_role("button", name="检查并提交").click()
    expect(page.locator("#errs li")).to_have_text(
        "办公电话：手机号是个人信息。请换成办公电话；确要公开的，在下面填机主的同意，或公开的出处。"
    )
    page.get_by_label("手机号的公开出处").fill("r1")
    expect(page.locator("#errs li")).to_contain_text("那条来源要有网址")
    page.get_by_label("手机号的公开出处").fill("")
    page.get_by_label("机主单独同意公开手机号").select_option("true")
    expect(page.locator("#errs li")).to_have_count(2)
    page.get_by_label("同意日期").fill("2024-05-06")
    page.get_by_label("取得同意的机构").fill("宜兴市工商联")
    expect(page.locator("#errs")).to_be_hidden()
    path = page.locator("#path").inner_text()
    root = root_with(tmp_path, path, yaml_of(page))
    assert_accepted(root, path)
    contact = load.read_all(root).chambers["yixing-huamu"].chamber.contact
    assert contact.consent is not None
    assert (contact.phone, contact.consent.given, contact.consent.by) == ("13812345678", True, "宜兴市工商联")
    page.get_by_label("办公电话").fill("0510-87491234")
    expect(page.locator("#errs li")).to_contain_text("这一项不用填")


def test_a_finished_record_opens_on_the_platform_with_its_text(small: Served, open_page: Any) -> None:
    page = opened(small, open_page)
    fill_new(page)
    page.evaluate("window.open = (url) => { window.asked = url; }")
    page.get_by_role("button", name="检查并提交").click()
    expect(page.locator("#done")).to_contain_text("已打开提交页面")
    asked = page.evaluate(
        "[new URL(window.asked).searchParams.get('filename'), new URL(window.asked).searchParams.get('value')]"
    )
    assert asked == ["chambers/yixing/yixing-huamu.yml", yaml_of(page)]


def test_the_draft_is_there_again_until_it_is_cleared(small: Served, open_page: Any) -> None:
    page = opened(small, open_page)
    fill_new(page)
    written = yaml_of(page)
    page.reload()
    page.locator("#form[data-ready]").wait_for()
    assert yaml_of(page) == written
    page.get_by_role("button", name="清除草稿").click()
    expect(page.get_by_label("名称", exact=True)).to_have_value("")


def test_with_two_sources_each_fact_says_which(small: Served, open_page: Any, tmp_path: Path) -> None:
    page = opened(small, open_page)
    fill_new(page)
    page.get_by_role("button", name="加一项：来源").click()
    second = page.locator("#f-sources .form__item").nth(1)
    second.get_by_label("题名").fill("年报")
    second.get_by_label("发布者").fill("商会")
    second.get_by_label("种类").select_option("report")
    page.locator("#f-fact_sources-founded").get_by_label("r2").check()
    path = page.locator("#path").inner_text()
    assert "  founded: [r1, r2]\n" in yaml_of(page)
    assert_accepted(root_with(tmp_path, path, yaml_of(page)), path)


def test_the_form_writes_texts_as_fmt_does(small: Served, open_page: Any) -> None:
    page = opened(small, open_page)
    texts = [
        start + middle + end
        for start in ("", "-", "?", ":", "- ", "“", "'", '"', "#", "是", "a", "0", "&", "%", "[", "~", "！", "‘")
        for middle in ("a", "五、六", "1", ": b", " #c", ",d", "’]", "”", "=", "\\", "\"'", ":?", ":[", "?", "-", "http://x.cn/?a=b")
        for end in ("", ":", "”", "’", " e", "}", "0", "?")
    ]  # fmt: skip
    theirs = page.evaluate(
        """async ([url, texts]) => {
          const { text } = await import(url);
          return texts.map((one) => [text(one, true, false), text(one, false, true)]);
        }""",
        [small.url + "assets/form/yaml.js", texts],
    )
    ours = [[_text(one, True, flow=False), _text(one, False, flow=True)] for one in texts]
    assert [(t, a, b) for t, a, b in zip(texts, theirs, ours, strict=True) if a != b] == []


def test_every_record_of_the_real_directory_comes_through_unchanged(
    served: Served, open_page: Any, tmp_path: Path
) -> None:
    page = opened(served, open_page)
    root = Path(shutil.copytree(SMALL.parents[2] / "chambers", tmp_path / "chambers")).parent
    before = load.read_all(root).chambers
    for slug in list(before)[::24]:
        page.goto(f"{served.url}{FORM}?chamber={slug}")
        page.locator("#form[data-ready]").wait_for()
        (root / before[slug].path).write_text(yaml_of(page), "utf-8", newline="\n")
    after = load.read_all(root).chambers
    assert {slug: one.chamber for slug, one in after.items()} == {s: one.chamber for s, one in before.items()}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_filled_form_has_no_violation(small: Served, open_page: Any, width: int, scheme: str) -> None:
    page = opened(
        small,
        open_page,
        "?chamber=yixing-taoci",
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
    )
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_field_is_added_and_filled_with_the_keyboard_alone(small: Served, open_page: Any) -> None:
    page = opened(small, open_page)
    page.get_by_role("button", name="加一项：会员规模").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("12")
    page.keyboard.press("Tab")
    page.keyboard.type("企业")
    assert "  - {count: 12, unit: 企业, source: r1}\n" in yaml_of(page)


def test_without_scripts_the_page_says_so_and_leads_on(small: Served, open_page: Any) -> None:
    page: Page = open_page(small.url + FORM, java_script_enabled=False)
    expect(page.get_by_text("这张表需要JavaScript")).to_be_visible()
    expect(page.locator("#form")).to_be_hidden()


def test_the_published_record_is_the_file_s(small: Served) -> None:
    data = json.loads((small.folder / "chambers/yixing-taoci/record.json").read_text("utf-8"))
    assert data["path"] == "chambers/yixing/yixing-taoci.yml"
    assert data["record"]["members"][1] == {
        "count": 193, "unit": "企业", "as_of": "2008", "approx": True, "source": ["r1", "r2"],
    }  # fmt: skip
