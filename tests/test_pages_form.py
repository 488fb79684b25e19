"""The form is the schema: every field of a record, with its words and its rules."""

from __future__ import annotations

import json
from typing import Any

from planning import parsed, plan, real_directory, rendered, texts

from chamberbook import exports
from chamberbook.pages import form
from chamberbook.pages.form import SECTIONS
from chamberbook.pages.model import Page
from chamberbook.records import Chamber, Charter, Contact, Members, Rating, Source
from chamberbook.settings import Settings


def form_page() -> Page:
    return plan(real_directory())["contribute/form/"]


def known() -> dict[str, Any]:
    return dict(json.loads(form.known(real_directory(), Settings(), str, parts())))


def parts() -> str:
    return rendered(form.parts(real_directory(), str))


def fields() -> dict[str, dict[str, Any]]:
    return {field["key"]: field for field in known()["fields"]}


def test_every_field_of_a_chamber_is_in_one_section() -> None:
    placed = [key for _, _, keys in SECTIONS for key in keys]
    assert sorted(placed) == sorted(Chamber.model_fields)
    assert list(fields()) == list(Chamber.model_fields)


def test_repeated_parts_have_all_their_fields() -> None:
    parts = {
        "members": Members,
        "ratings": Rating,
        "charters": Charter,
        "contact": Contact,
        "sources": Source,
    }
    for key, model in parts.items():
        assert [field["key"] for field in fields()[key]["fields"]] == list(model.model_fields), key


def test_rules_come_from_the_schema() -> None:
    name, founded = fields()["name"], fields()["founded"]
    assert (name["required"], name["shortest"], name["longest"]) == (True, 2, 80)
    assert (founded["type"], founded["number"]) == ("date", True)
    count = fields()["members"]["fields"][0]
    assert (count["type"], count["min"], count["max"]) == ("number", 0, 1_000_000_000)
    period = next(field for field in fields()["ratings"]["fields"] if field["key"] == "period")
    assert (period["type"], period["number"]) == ("text", True)


def test_every_field_has_a_label_and_its_error_is_tied_to_it() -> None:
    tree = parsed(rendered(form_page()) + parts())
    labels = {label.attrib["for"] for label in tree.iter("label") if "for" in label.attrib}
    ids = {element.attrib["id"] for element in tree.iter() if "id" in element.attrib}
    for control in (
        e for e in tree.iter() if e.tag in ("select", "textarea") or e.attrib.get("class") == "inp"
    ):
        assert control.attrib["id"] in labels
        for described in control.attrib.get("aria-describedby", "").split():
            assert described in ids


def test_a_region_is_offered_with_all_its_names() -> None:
    assert "320282 江苏省 无锡市 宜兴市" in known()["regions"]
    assert "C30 非金属矿物制品业" in known()["industries"]


def test_what_grows_with_the_directory_is_not_in_the_page() -> None:
    directory, page = real_directory(), rendered(form_page()) + parts()
    federation = next(iter(directory.federations.values()))
    scheme = next(iter(directory.schemes))
    assert [federation.id, federation.federation.name] in known()["federations"]
    assert f'value="{federation.id}"' not in page
    assert f'value="{scheme}"' not in page
    assert scheme in known()["levels"]
    assert not any({"hint", "choices"} & set(field) for field in fields()["ratings"]["fields"])


def test_the_section_titles_are_numbered() -> None:
    tree = parsed(rendered(form_page()))
    assert texts(tree.iter("h2"))[1:3] == ["一 名称与类型", "二 地区与行业"]


def test_a_published_record_says_no_more_than_its_file() -> None:
    entry = real_directory().chambers[0]
    data = json.loads(exports.record_json(entry))
    assert data["path"] == entry.path
    assert Chamber.model_validate(data["record"]) == entry.chamber
