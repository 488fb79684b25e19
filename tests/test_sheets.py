"""Spreadsheets: what goes out comes back unchanged, whatever program saved it; mistakes are told by cell."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from building import AS_OF, ROOT, run_build
from factories import make_site

from chamberbook import load
from chamberbook.load import Loaded
from chamberbook.problems import Problem
from chamberbook.records import Chamber
from chamberbook.sheets import Import, read_import, workbook_bytes, write_import
from chamberbook.sheets.columns import NOT_CARRIED, tables

DAY = date.fromisoformat(AS_OF)
FEDERATIONS = sorted(path.parent.name for path in (ROOT / "chambers").glob("*/federation.yml"))
REQUIRED = " ＊"


@pytest.fixture(scope="module")
def real() -> Loaded:
    return load.read_all(ROOT)


@pytest.fixture(scope="module")
def yixing(real: Loaded) -> bytes:
    """The workbook of a federation's real records."""
    return workbook_bytes(real, "yixing")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A directory of one's own with a federation's real records."""
    root = tmp_path / "site"
    for name in ("_vocabulary", "_schemes", "yixing", "wuxi"):
        shutil.copytree(ROOT / "chambers" / name, root / "chambers" / name)
    return root


def edited(data: bytes, edit: Callable[[Any], None]) -> bytes:
    """The workbook after an edit, as a program saves it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def cell(sheet: Any, row: int, heading: str) -> Any:
    """The cell of a row under a heading."""
    found = {str(head.value).removesuffix(REQUIRED): head.column for head in sheet[1]}
    return sheet.cell(row, found[heading])


def row_of(sheet: Any, slug: str) -> int:
    return next(line[0].row for line in sheet.iter_rows() if line[0].value == slug)


def import_after(root: Path, edit: Callable[[Any], None], federation: str = "yixing") -> Import:
    loaded = load.read_all(root)
    return read_import(edited(workbook_bytes(loaded, federation), edit), "表.xlsx", loaded, DAY)


def import_of(yixing: bytes, real: Loaded, edit: Callable[[Any], None]) -> Import:
    """What an edit of a federation's workbook asks for, nothing written."""
    return read_import(edited(yixing, edit), "表.xlsx", real, DAY)


def lines(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.line() for problem in problems]


def set_cell(
    sheet: str, slug: str, heading: str, value: object, number_format: str = ""
) -> Callable[[Any], None]:
    def edit(book: Any) -> None:
        place = cell(book[sheet], row_of(book[sheet], slug), heading)
        place.value = value
        if number_format:
            place.number_format = number_format

    return edit


def assert_unchanged(found: Import, loaded: Loaded, federation: str) -> None:
    own = [entry for entry in loaded.chambers.values() if entry.federation == federation]
    assert lines(found.problems) == []
    assert (found.federation, found.changes, found.absent) == (federation, (), ())
    assert found.unchanged == len(own)


def test_every_field_of_a_record_has_its_column() -> None:
    carried = {(t.field, c.loc[0]) for t in tables() for c in t.columns if c.loc}
    for name in Chamber.model_fields:
        if any(table.field == name for table in tables()):
            continue
        assert ("", name) in carried, name
    charter = {name for field, name in carried if field == "charters"} | {name for _, name in NOT_CARRIED}
    assert charter == set(Chamber.model_fields["charters"].annotation.__args__[0].model_fields)  # type: ignore[union-attr]


@pytest.mark.parametrize("federation", FEDERATIONS)
def test_what_is_exported_is_imported_without_a_change(real: Loaded, federation: str) -> None:
    data = workbook_bytes(real, federation)
    assert_unchanged(read_import(data, "a.xlsx", real, DAY), real, federation)


def test_every_column_that_a_user_filled_is_in_the_round_trip_of_the_samples() -> None:
    loaded = load.read_all(ROOT / "examples")
    for federation in loaded.federations:
        data = workbook_bytes(loaded, federation)
        assert_unchanged(read_import(data, "a.xlsx", loaded, DAY), loaded, federation)


def test_two_exports_are_equal_byte_for_byte(real: Loaded) -> None:
    assert workbook_bytes(real, "yixing") == workbook_bytes(real, "yixing")


def test_codes_dates_and_phones_are_text_and_formula_signs_too(site: Path) -> None:
    path = site / "chambers/yixing/yixing-canyinye.yml"
    text = (
        path.read_text("utf-8")
        .replace("trade: 餐饮", 'trade: "=1+1"')
        .replace("phone: null", 'phone: "0510-87491234"')
    )
    path.write_text(text, "utf-8")
    loaded = load.read_all(site)
    data = workbook_bytes(loaded, "yixing")
    sheet = openpyxl.load_workbook(io.BytesIO(data))["商会"]
    row = row_of(sheet, "yixing-canyinye")
    trade = cell(sheet, row, "行业")
    assert (trade.value, trade.data_type, trade.quotePrefix) == ("=1+1", "s", True)
    for heading in ("办公电话", "成立时间", "地区代码"):
        found = cell(sheet, row, heading)
        assert (found.data_type, found.number_format) == ("s", "@"), heading
    assert_unchanged(read_import(data, "a.xlsx", loaded, DAY), loaded, "yixing")


def test_the_workbook_helps_to_fill_it_in(real: Loaded) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(real, "yixing")))
    assert book.sheetnames[0] == "商会"
    assert book.sheetnames[-2:] == ["填写说明", "词表"]
    for table in tables():
        sheet = book[table.sheet]
        assert sheet.freeze_panes == "C2"
        assert [head.value for head in sheet[1]] == [
            c.heading + (REQUIRED if c.required else "") for c in table.columns
        ]
    lists = {str(rule.sqref)[0]: rule.formula1 for rule in book["商会"].data_validations.dataValidation}
    kinds = [c.value for (c,) in book["词表"][lists["E"].partition("!")[2].replace("$", "")]]
    assert kinds[:2] == ["行业商会", "乡镇商会"]
    guide = [[c.value for c in row] for row in book["填写说明"].iter_rows()]
    explained = [(row[0], row[1]) for row in guide]
    for table in tables():
        for column in table.columns:
            assert (table.sheet, column.heading) in explained
    assert all(row[3] for row in guide[guide.index(["表", "栏目", "必填", "填什么", "可以写的"]) + 1 :])


def test_edits_reach_the_file_and_leave_its_comments_and_all_else_alone(site: Path) -> None:
    path = site / "chambers/yixing/yixing-canyinye.yml"
    before = path.read_text("utf-8").replace("kind: industry", "kind: industry  # 餐饮服务\n# 下面是地区")
    path.write_text(before, "utf-8")

    def edit(book: Any) -> None:
        set_cell("商会", "yixing-canyinye", "办公电话", "０５１０－８７４９１２３４ ")(book)
        book["会员规模"].append(["yixing-canyinye", None, "１，２００", "家", "2008年6月", "是", "r1"])

    found = import_after(site, edit)
    assert lines(found.problems) == []
    assert [(c.slug, c.fields) for c in found.changes] == [("yixing-canyinye", ("会员规模", "联系方式"))]
    write_import(site, found)
    expected = before.replace("phone: null", 'phone: "0510-87491234"').replace(
        "members: []", "members:\n  - {count: 1200, unit: 家, as_of: 2008-06, approx: true, source: r1}"
    )
    assert path.read_text("utf-8") == expected
    others = [p for p in site.rglob("*.yml") if p != path]
    assert all(p.read_bytes() == (ROOT / p.relative_to(site)).read_bytes() for p in others)


def test_the_consent_to_a_mobile_number_has_its_columns_and_comes_back(site: Path) -> None:
    path = site / "chambers/yixing/yixing-canyinye.yml"

    def edit(book: Any) -> None:
        for heading, value in (
            ("办公电话", "13812345678"), ("机主单独同意公开手机号", "是"), ("同意日期", dt.datetime(2024, 5, 6)),
            ("取得同意的机构", "宜兴市工商联"),
        ):  # fmt: skip
            set_cell("商会", "yixing-canyinye", heading, value)(book)

    found = import_after(site, edit)
    assert lines(found.problems) == []
    write_import(site, found)
    consent = "  consent:\n    given: true\n    date: 2024-05-06\n    by: 宜兴市工商联\n"
    assert consent in path.read_text("utf-8")
    assert_unchanged(import_after(site, lambda _: None), load.read_all(site), "yixing")

    def clear(book: Any) -> None:
        for heading in ("办公电话", "机主单独同意公开手机号", "同意日期", "取得同意的机构"):
            set_cell("商会", "yixing-canyinye", heading, None)(book)

    cleared = import_after(site, clear)
    assert lines(cleared.problems) == []
    write_import(site, cleared)
    assert load.read_all(site).chambers["yixing-canyinye"].chamber.contact.consent is None


def test_half_a_consent_and_a_mobile_number_without_one_are_told_at_their_cells(
    real: Loaded, yixing: bytes
) -> None:
    half = import_of(yixing, real, set_cell("商会", "yixing-canyinye", "取得同意的机构", "宜兴市工商联"))
    assert all("!" in line and "FIELD-002" in line for line in lines(half.problems))
    mobile = import_of(yixing, real, set_cell("商会", "yixing-canyinye", "办公电话", "13812345678"))
    (line,) = lines(mobile.problems)
    assert "PII-001: 这里有手机号 138****5678；改写办公电话" in line
    assert "13812345678" not in line


def test_a_new_row_makes_a_file_and_a_deleted_row_deletes_nothing(site: Path) -> None:
    def edit(book: Any) -> None:
        book["商会"].delete_rows(row_of(book["商会"], "yixing-youpin"))
        book["商会"].append(
            ["yixing-xin", "宜兴市新商会", None, None, "行业商会", None, "C30；C31", None, 320282]
        )
        book["来源"].append(
            ["yixing-xin", None, "r1", "《某某》", "某报", dt.datetime(2009, 1, 2), None, "报道"]
        )

    found = import_after(site, edit)
    assert lines(found.problems) == []
    write_import(site, found)
    assert found.absent == ("yixing-youpin",)
    assert (site / "chambers/yixing/yixing-youpin.yml").is_file()
    assert (site / "chambers/yixing/yixing-xin.yml").read_text("utf-8") == (
        "# yaml-language-server: $schema=../_schema/chamber.schema.json\n"
        "name: 宜兴市新商会\nkind: industry\nindustries: [C30, C31]\n"
        'region: "320282"\n'
        "sources:\n  r1:\n    title: 《某某》\n    publisher: 某报\n    date: 2009-01-02\n    kind: press\n"
    )


@pytest.mark.parametrize(
    ("value", "number_format", "written"),
    [
        (dt.datetime(2008, 6, 1), "mmm-yy", "2008-06"),
        (dt.datetime(2008, 6, 1), 'yyyy"年"m"月"', "2008-06"),
        (dt.datetime(2008, 6, 30), "yyyy/m/d", "2008-06-30"),
        (2008, "General", "2008"),
        (20080630, "General", "2008-06-30"),
        ("2008年6月30日", "@", "2008-06-30"),
        ("２００８－０６", "@", "2008-06"),
        ("2008/6", "@", "2008-06"),
        ("\u30002008-06\xa0", "@", "2008-06"),
    ],
)
def test_a_date_is_read_as_it_was_meant(
    real: Loaded, yixing: bytes, value: object, number_format: str, written: str
) -> None:
    found = import_of(yixing, real, set_cell("商会", "wuxi-yamaye", "成立时间", value, number_format))
    assert lines(found.problems) == []
    assert str(found.changes[0].chamber.founded) == written


def test_a_day_that_a_program_added_to_a_known_month_is_no_change(real: Loaded, yixing: bytes) -> None:
    edit = set_cell("商会", "wuxi-yamaye", "状态的日期", dt.datetime(2008, 6, 1), "yyyy-mm-dd")
    found = import_of(yixing, real, edit)
    assert (found.problems, found.changes) == ((), ())


@pytest.mark.parametrize(
    ("heading", "value", "number_format", "expected"),
    [
        ("办公电话", 51087491234, "General", "SHEET-006: “办公电话”被表格软件当成了数字，区号前面的 0 丢了；把这一格的格式改成“文本”，再照原样写"),
        ("成立时间", 39600, "General", "SHEET-006: “39600”像是表格软件记日期用的数，不是日期；把格式改成“文本”，写成 2008、2008-06 或 2008-06-30"),
        ("成立时间", 2008.1, "General", "SHEET-006: “2008.1”看不出是几月；写成 2008-01 或 2008-10，月份两位"),
        ("成立时间", "2004-13", "@", "FIELD-007: “founded”（成立时间）的“2004-13”不在日历上；核对月份和日子；记不准的写到月或年"),
        ("地址", dt.datetime(2008, 1, 2), "m-d", "SHEET-006: “地址”被表格软件当成了日期（2008-01-02）；把这一格的格式改成“文本”，再照原样写"),
        ("统一社会信用代码", 514402000000000012, "0", "SHEET-006: “统一社会信用代码”被表格软件当成了数字，后几位不可靠；把这一格的格式改成“文本”，再照原样写"),
        ("类型", "行业商", "@", "SHEET-004: “类型”不能写“行业商”；可以写的有：行业商会"),
        ("地区代码", "320282 无锡市", "@", "SHEET-004: “320282 无锡市”的代码和名称对不上；这个代码是“320282 宜兴市”；改代码，或只写代码"),
        ("名称", None, "@", "SHEET-003: 缺少“名称”；这一格不能空；整行都不要的，把整行删掉"),
        ("网址", '=HYPERLINK("x")', "General", "SHEET-005: 这一格是公式，不读；写上内容本身；要留着算出来的结果，复制后“选择性粘贴”为数值"),
        ("地址", "手机13812345678", "@", "PII-001: 这里有手机号 138****5678；手机号是个人信息；删掉它，改写办公电话"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_told_by_cell(
    real: Loaded, yixing: bytes, heading: str, value: object, number_format: str, expected: str
) -> None:
    found = import_of(yixing, real, set_cell("商会", "wuxi-yamaye", heading, value, number_format))
    headings = [column.heading for column in tables()[0].columns]
    letter = openpyxl.utils.get_column_letter(headings.index(heading) + 1)
    assert found.refused
    assert lines(found.problems) == [f"表.xlsx[商会!{letter}3]: 错误 {expected}"]


def test_all_mistakes_of_all_sheets_are_told_at_once_and_nothing_is_written(site: Path) -> None:
    loaded = load.read_all(site)

    def edit(book: Any) -> None:
        cell(book["商会"], 2, "类型").value = "行业商"
        cell(book["商会"], 3, "状态").value = "活着"
        book["会员规模"].append(["nosuch", None, "12", "家", None, None, "r1"])
        book["等级与称号"].append(
            [
                "wuxi-yamaye",
                None,
                "社会组织评估",
                "六星级",
                None,
                None,
                None,
                None,
                None,
                None,
                None,
                None,
                "r9",
            ]
        )

    path = site / "bad.xlsx"
    path.write_bytes(edited(workbook_bytes(loaded, "yixing"), edit))
    before = {p: p.read_bytes() for p in (site / "chambers").rglob("*.yml")}
    done = run_build("import", "bad.xlsx", "--root", site, "--as-of", AS_OF, cwd=site)
    assert done.returncode == 1
    places = [line.split(": ")[0] for line in done.stdout.splitlines()[:-1]]
    assert places[0] == "bad.xlsx[商会!E2]"
    assert places[1] == "bad.xlsx[商会!L3]"
    assert places[2].startswith("bad.xlsx[会员规模!A")
    assert places[3].startswith("bad.xlsx[等级与称号!D")
    assert before == {p: p.read_bytes() for p in (site / "chambers").rglob("*.yml")}


def test_a_row_of_another_federation_is_refused(real: Loaded, yixing: bytes) -> None:
    other = next(slug for slug, entry in real.chambers.items() if entry.federation == "wuxi")
    row = [other, "别家商会", None, None, "行业商会"]
    found = import_of(yixing, real, lambda book: book["商会"].append(row))
    assert [p.rule for p in found.problems] == ["SHEET-007"]
    assert "别的工商联（wuxi）" in lines(found.problems)[0]


def test_a_charter_with_a_full_text_cannot_go_by_a_deleted_row() -> None:
    loaded = load.read_all(ROOT / "examples")

    def edit(book: Any) -> None:
        sheet = book["公约"]
        for row in range(sheet.max_row, 1, -1):
            sheet.delete_rows(row)

    found = read_import(edited(workbook_bytes(loaded, "shili"), edit), "a.xlsx", loaded, DAY)
    assert {p.rule for p in found.problems} == {"SHEET-007"}
    assert "全文" in lines(found.problems)[0]


def test_check_writes_nothing_and_says_what_would_change(site: Path) -> None:
    loaded = load.read_all(site)
    data = edited(workbook_bytes(loaded, "yixing"), set_cell("商会", "wuxi-yamaye", "成立时间", "2008"))
    (site / "a.xlsx").write_bytes(data)
    done = run_build("import", "--check", "a.xlsx", "--root", site, "--as-of", AS_OF, cwd=site)
    assert done.stdout == (
        "改 chambers/yixing/wuxi-yamaye.yml（无锡市亚麻业商会）：成立时间\n"
        "会新加 0 家，改 1 家，没有变化 19 家；这次没有写。\n"
    )
    assert (site / "chambers/yixing/wuxi-yamaye.yml").read_bytes() == (
        ROOT / "chambers/yixing/wuxi-yamaye.yml"
    ).read_bytes()


def test_export_names_the_nearest_federations(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    done = run_build("export", "--federation", "yixin", "a.xlsx", "--root", root, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == "没有编号是 yixin 的工商联；有的如 yixing\n"
