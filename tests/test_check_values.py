"""What single values are taken for: telephone numbers, identity numbers, names, places; and where a finding points."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from factories import SMALL, chamber_fields, make_site

from chamberbook.check import phones, run
from chamberbook.derive import derive_place
from chamberbook.load import read_all
from chamberbook.problems import Problem

NEW = "chambers/yixing/yixing-xin.yml"


def problems(root: Path) -> list[Problem]:
    loaded = read_all(root)
    return [*loaded.problems, *run(loaded, date(2026, 11, 23))]


def record(line: str, **more: object) -> str:
    """A record that ends with the line as it is given."""
    return yaml.safe_dump(chamber_fields(**more), allow_unicode=True, sort_keys=False) + line + "\n"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("0510-87491234", "0510-87491234"), ("051087491234", "0510-87491234"), ("(0510)87491234", "0510-87491234"),
        ("0510-87491234转801", "0510-87491234 转 801"), ("021–62345678", "021-62345678"),
        ("0510-87491234,0510-87491235", "0510-87491234、0510-87491235"), ("4001234567", "400-123-4567"),
        ("+852-2345-6789", "+852 2345 6789"), ("+886 2 2345 6789", "+886 2 2345 6789"), ("95588", "95588"),
        ("+86 138 1234 5678", "13812345678"), ("010-1234567", None), ("0510-8749123", "0510-8749123"),
    ],
)  # fmt: skip
def test_the_one_way_to_write_a_telephone_number(written: str, canonical: str | None) -> None:
    assert phones.canonical(written) == canonical


@pytest.mark.parametrize(
    ("line", "columns"),
    [
        ("contact: {phone: 138-1234-5678, public_source: r1}", []),
        ("contact: {address: 人民路 13812345678, phone: 138-1234-5678, public_source: r1}", [24]),
        ("contact: {phone: 138-1234-5678, public_source: r1} " + "#" * 30 + " 13812345678", [83]),
        ("# 13812345678\ncontact: {phone: 138-1234-5678, public_source: r1}", [3]),
    ],
)
def test_only_the_telephone_itself_may_be_a_mobile_number(
    tmp_path: Path, line: str, columns: list[int]
) -> None:
    found = [one for one in problems(make_site(tmp_path, {NEW: record(line)})) if one.rule == "PII-001"]
    assert [one.place.column for one in found] == columns


@pytest.mark.parametrize("birthday", ["19900230", "19901301", "19900132", "19900100", "00000101"])
def test_what_has_no_birthday_is_no_identity_number(tmp_path: Path, birthday: str) -> None:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    body = f"110105{birthday}001"
    number = body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]
    activity = {"topic": "培训", "fact": f"凭证{number}", "source": "r1"}
    assert problems(make_site(tmp_path, {NEW: chamber_fields(activities=[activity])})) == []


@pytest.mark.parametrize(
    ("second", "near"),
    [("宜兴市示例瓷陶商会", True), ("宜兴市示例桃瓷商会", True), ("宜兴市示例木器商会", False), ("宜兴市示例瓷器商会", False)],
)  # fmt: skip
def test_names_of_one_length_are_near_by_sound_or_by_order(tmp_path: Path, second: str, near: bool) -> None:
    files = {
        NEW: chamber_fields(name="宜兴市示例陶瓷商会"),
        "chambers/yixing/yixing-er.yml": chamber_fields(name=second),
    }
    root = make_site(tmp_path, files)
    (root / "chambers/yixing/yixing-taoci.yml").unlink()
    assert ("NAME-005" in {one.rule for one in problems(root)}) == near


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("宜兴市示例⼯艺商会", "U+2F2F"), ("宜兴市示例𝟿商会", "U+1D7FF"), ("宜兴市示例𝐀商会", "U+1D400"), ("宜兴市示例㐀商会", None),
        ("宜兴市示例𠀀商会", None), ("宜兴市示例！商会", None),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_character(tmp_path: Path, name: str, written: str | None) -> None:
    found = [
        one
        for one in problems(make_site(tmp_path, {NEW: chamber_fields(name=name)}))
        if one.rule == "NAME-006"
    ]
    assert [written in one.message.text(str) for one in found] == ([] if written is None else [True])


def test_a_place_is_its_region_and_those_above() -> None:
    regions = {region.code: region for region in read_all(SMALL).vocabulary.regions}
    place = derive_place("320282", regions)
    assert place.region == regions["320282"]
    assert [region.code for region in place.chain] == ["320000", "320200", "320282"]
