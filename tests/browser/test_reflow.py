"""Zoomed to 400 %, in large type, with wide spacing: each kind of page flows anew, nothing is cut off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from building import Served, built, make_root, serving
from playwright.sync_api import Page, expect
from site_pages import examples

#: 1280 x 1024 zoomed to 400 %.
ZOOMED = {"width": 320, "height": 256}
#: The spacing of WCAG 1.4.12.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""
#: What sticks out to the right, but for what lies in a box that scrolls by itself.
WIDE = """() => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= innerWidth) return [];
  const own = (node) => { for (let up = node.parentElement; up && up !== root; up = up.parentElement)
    if (getComputedStyle(up).overflowX !== "visible") return true; return false; };
  return Array.from(document.body.querySelectorAll("*"))
    .filter((node) => node.getBoundingClientRect().right > innerWidth + 1 && !own(node))
    .map((node) => `${node.tagName.toLowerCase()}.${node.className} to ${node.getBoundingClientRect().right}`).slice(0, 5)
    .concat([`page ${root.scrollWidth}`]);
}"""
#: Texts that their box cuts off. What is for screen readers alone is one pixel; a field scrolls by itself.
CUT = """() => Array.from(document.body.querySelectorAll("*")).filter((node) => {
  const style = getComputedStyle(node);
  return node.clientWidth > 1 && node.clientHeight > 1 && !node.matches("input, select, svg, svg *")
    && ((style.overflowX === "hidden" && node.scrollWidth > node.clientWidth + 1)
      || (style.overflowY === "hidden" && node.scrollHeight > node.clientHeight + 1));
}).map((node) => `${node.tagName.toLowerCase()}.${node.className}`)"""


def against(page: Page) -> dict[str, list[str]]:
    """What is wrong with the layout of the page as it stands, in the type of everybody and in large type."""
    found = {}
    for name in ("", "large"):
        page.evaluate(
            "(name) => { document.documentElement.classList.toggle('large', name === 'large'); }", name
        )
        found[f"{name} wide"] = page.evaluate(WIDE)
        style = page.add_style_tag(content=SPACING)
        found[f"{name} wide with spacing"] = page.evaluate(WIDE)
        found[f"{name} cut with spacing"] = page.evaluate(CUT)
        style.evaluate("style => style.remove()")
    return {name: lines for name, lines in found.items() if lines}


def test_at_400_percent_and_in_large_type_no_kind_of_page_scrolls_sideways(
    served: Served, open_page: Any
) -> None:
    page: Page = open_page(served.url, viewport=ZOOMED, bypass_csp=True)
    found = {}
    for urls in examples(served.folder).values():
        page.goto(served.url + urls[0])
        if wrong := against(page):
            found[urls[0] or "/"] = wrong
    assert found == {}


def test_a_text_that_is_cut_off_or_sticks_out_is_found(served: Served, open_page: Any) -> None:
    page: Page = open_page(served.url + "about/keyboard/", viewport=ZOOMED, bypass_csp=True)
    page.evaluate("""() => {
      const [first, second] = document.querySelectorAll(".md-typeset p");
      Object.assign(first.style, { height: "1em", overflow: "hidden" });
      Object.assign(second.style, { width: "400px" });
    }""")
    found = against(page)
    assert found[" cut with spacing"] == ["p."]
    assert "page" in found[" wide"][-1]


#: How far the name of the site reaches out of the header.
OUT = """() => {
  const box = document.querySelector(".md-header").getBoundingClientRect();
  const range = document.createRange();
  range.selectNodeContents(document.querySelector(".brand"));
  const name = range.getBoundingClientRect();
  return Math.max(box.top - name.top, name.bottom - box.bottom, name.right - innerWidth);
}"""


def test_a_long_name_of_the_site_stays_in_the_header(tmp_path: Path, open_page: Any) -> None:
    root = make_root(tmp_path / "root", "[zh, en]")
    config, names = (
        root / "mkdocs.yml",
        ("江苏省工商业联合会所属商会名录", "Register of Chambers of Commerce in Jiangsu"),
    )
    text = config.read_text("utf-8").replace("site_name: 商会名录", f"site_name: {names[0]}")
    config.write_text(text.replace("    jobs: 0", f"    names: {{en: {names[1]}}}\n    jobs: 0"), "utf-8")
    with serving(built(tmp_path / "site", "--root", root, "--no-search")) as served:
        page: Page = open_page(served.url)
        for address, name in zip(("", "en/"), names, strict=True):
            page.goto(served.url + address)
            expect(page.locator(".brand")).to_contain_text(name)
            for width in (360, 390, 430, 768, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate(OUT) <= 0, (name, width)
