"""The filters beside a list: what they offer, what they count, and what is left to the script."""

from __future__ import annotations

from dataclasses import replace

from factories import make_loaded
from planning import (
    make_directory,
    parsed,
    real_directory,
    rendered,
    with_class,
)
from test_pages_lists import choices, list_pages, many, pager_of

from chamberbook.pages import facets


def test_each_choice_counts_what_its_page_lists() -> None:
    found = list_pages(real_directory())
    totals = {url: pager_of(page).total for url, page in found.items()}
    checked = 0
    for page in found.values():
        for choice in choices(page.data["list"].filters):
            if choice.url in totals and not choice.js_only:
                assert (choice.url, choice.count) == (choice.url, totals[choice.url])
                checked += 1
    assert checked > 1000


def test_only_the_first_page_of_all_chambers_is_a_live_filter() -> None:
    found = list_pages(many(60))
    assert [
        page.url for page in found.values() if page.template == "directory.html" and page.data["list"].live
    ] == ["chambers/"]
    live = parsed(rendered(found["chambers/"]))
    assert {"facets", "count", "sort", "chips", "rows", "pager", "go"} <= {
        element.attrib.get("id") for element in live.iter()
    }
    second = parsed(rendered(found["chambers/page/2/"]))
    assert not any(element.attrib.get("id") == "facets" for element in second.iter())


def test_the_list_of_all_chambers_carries_only_topmost_choices() -> None:
    directory = real_directory()
    found = list_pages(directory)
    first, second = found["chambers/"].data["list"], found["chambers/page/2/"].data["list"]
    (opened,) = [choice for choice in choices(first.filters) if choice.children]
    assert (opened.value, opened.open) == ("320000", True)
    assert any(choice.lazy for choice in opened.children)
    assert not any(choice.lazy for choice in choices(second.filters))
    assert not any(choice.children or choice.js_only for choice in choices(second.filters))


def test_of_many_options_a_page_holds_some_and_leads_to_the_others() -> None:
    options = tuple(
        facets.Choice(f"办法{n}", 100 - n, f"ratings/banfa-{n}/", f"banfa-{n}") for n in range(75)
    )
    whole = replace(facets.group("rating", "等级与称号", options), index="ratings/")
    for (found,) in (facets.topmost([whole]), facets.without_children([whole])):
        assert (*found.options, *found.rest) == options[: facets.HELD]
        assert found.beyond == 75 - facets.HELD
    (closed,) = facets.topmost([replace(whole, open=False)])
    assert (closed.options, closed.rest, closed.beyond) == (options[: facets.SHOWN], (), 75 - facets.SHOWN)
    listed = list_pages(many(1))["chambers/"]
    shown = replace(listed.data["list"], filters=(closed,))
    tree = parsed(rendered(replace(listed, data={**listed.data, "list": shown})))
    (link,) = [element for item in with_class(tree, "choice--beyond") for element in item.iter("a")]
    assert (link.attrib["href"], link.text) == ("../ratings/", "另有65项")
    assert facets.topmost([replace(whole, index="")])[0].beyond == 0
    assert facets.topmost([facets.group("rating", "", options[: facets.HELD])])[0].beyond == 0


def test_filters_of_all_chambers_offer_what_the_script_filters_by() -> None:
    directory = real_directory()
    groups = {
        group.name: group for group in facets.directory_facets(directory, facets.outline(directory), str)
    }
    assert list(groups) == ["region", "industry", "rating", "kind", "charter", "topic", "status"]
    values = {name: {choice.value for choice in choices((group,))} for name, group in groups.items()}
    assert {*directory.by_region, "national"} == values["region"]
    assert set(directory.by_industry) == values["industry"]
    assert {"in_force", "none", *directory.by_scheme} <= values["rating"]
    assert values["charter"] == {"yes", "no"}


def test_a_level_that_somebody_holds_today_can_be_chosen_with_its_validity() -> None:
    scheme = "shehui-zuzhi-pinggu"
    directory = make_directory(
        *(
            make_loaded(
                slug,
                name=f"示例{slug}商会",
                ratings=[{"scheme": scheme, "level": level, "source": "r1", **rating}],
            )
            for slug, level, rating in (
                ("youxiao", "5a", {"awarded": "2024"}),
                ("guoqi", "5a", {"awarded": "2014"}),
                ("daoqi", "4a", {"awarded": "2021-12-01"}),
                ("weizhi", "3a", {}),
            )
        )
    )
    (option,) = [choice for choice in facets.rating_facet(directory, str).options if choice.value == scheme]
    held = {choice.value: choice.children for choice in option.children}
    assert [(c.label, c.value, c.count, c.url) for children in held.values() for c in children] == [
        ("5A，现在有效", f"{scheme}:5a:in_force", 1, f"ratings/{scheme}/5a/#in_force"),
        ("4A，现在有效", f"{scheme}:4a:in_force", 1, f"ratings/{scheme}/4a/#expiring"),
    ]
    assert held[f"{scheme}:3a"] == ()


def test_choices_without_a_page_of_their_own_need_the_script() -> None:
    tree = parsed(rendered(list_pages(real_directory())["chambers/"]))
    for item in with_class(tree, "choice"):
        link = next(item.iter("a"))
        if link.attrib["href"] == "../chambers/":
            hidden = "js-only" in item.attrib["class"].split()
            assert hidden, link.attrib


def test_a_county_stands_below_its_prefecture_in_the_filter() -> None:
    directory = make_directory(make_loaded(region="320282"))
    group = facets.directory_facets(directory, facets.outline(directory), str)[0]
    province = group.options[0]
    assert [province.value, province.children[0].value] == ["320000", "320200"]
    assert [choice.value for choice in province.children[0].children] == ["320282"]
