"""Pictures drawn at build time: the seal as icons, the card of a shared link, the web manifest that names them."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from building import ROOT, built, make_root
from PIL import Image, ImageFont

from chamberbook import pictures
from chamberbook.manifest import write_manifest
from chamberbook.pictures import CARD, CARD_SIZE, Card, card_image, seal, wrapped, write_card, write_icons
from chamberbook.settings import Settings

WORDS = Card("商会名录", "一份公开的商会名录：收录各地商会。", "318家商会 · 62家工商联", "example.org/mulu")
LONG = Card(
    "江苏省苏州市工商业联合会所属商会与行业协会公开名录" * 4, "很长的一句话，" * 80, "1家" * 90, "a" * 200
)
CINNABAR = (168, 50, 31)


def test_the_seal_is_that_of_the_design() -> None:
    for name in ("assets/seal.svg", "partials/symbols.html"):
        assert f'<path d="{pictures.SEAL}"' in (ROOT / "templates/theme" / name).read_text("utf-8")


def test_icons_have_the_sizes_that_browsers_and_telephones_ask_for(tmp_path: Path) -> None:
    write_icons(tmp_path)
    with Image.open(tmp_path / "favicon.ico") as icon:
        assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
    for size in (180, 192, 512):
        with Image.open(tmp_path / f"assets/icon-{size}.png") as icon:
            assert icon.size == (size, size)
            assert icon.mode == "RGB", "a home screen paints what is transparent black"
            assert icon.getpixel((0, 0)) == CINNABAR
    assert sum(path.stat().st_size for path in tmp_path.rglob("*.*")) < 40_000


@pytest.mark.parametrize("size", [192, 512])
def test_what_is_drawn_survives_a_round_mask(tmp_path: Path, size: int) -> None:
    """Android may cut everything outside a circle of 80 % (https://www.w3.org/TR/appmanifest/#icon-masks)."""
    write_icons(tmp_path)
    with Image.open(tmp_path / f"assets/icon-{size}.png") as icon:
        outside = [
            icon.getpixel((x, y))
            for x in range(size)
            for y in range(size)
            if (x - size / 2) ** 2 + (y - size / 2) ** 2 > (0.4 * size) ** 2
        ]
        assert set(outside) == {CINNABAR}
        assert icon.getpixel((size // 2, round(size * 0.24))) == (255, 255, 255), "the topmost stroke"


def test_the_seal_stands_alone_with_round_corners() -> None:
    picture = seal(64)
    assert picture.getpixel((0, 0)) == (0, 0, 0, 0)
    colour = picture.getpixel((32, 4))
    assert isinstance(colour, tuple)
    assert all(abs(one - other) < 3 for one, other in zip(colour, (*CINNABAR, 255), strict=True))


@pytest.mark.parametrize("card", [WORDS, LONG, Card("", "", "", "")], ids=["usual", "too long", "empty"])
def test_the_card_has_the_size_of_a_preview_and_keeps_its_margin(tmp_path: Path, card: Card) -> None:
    write_card(card, tmp_path)
    with Image.open(tmp_path / CARD) as picture:
        assert picture.size == CARD_SIZE == (1200, 630)
        plain = picture.convert("RGB")
    assert (tmp_path / CARD).stat().st_size < 60_000
    for x in (0, 40, 70, 1130, 1199):
        assert {plain.getpixel((x, y)) for y in range(630)} == {plain.getpixel((0, 0))}, x


def test_two_builds_draw_equal_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        write_card(WORDS, tmp_path / folder)
        write_icons(tmp_path / folder)
    for path in (tmp_path / "a").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes(), path


def font() -> ImageFont.FreeTypeFont:
    return pictures._font(20, 400)


def test_lines_do_not_begin_with_a_stop_or_end_with_an_opening_mark() -> None:
    text = "收录各地商会，等级与称号，行规行约（自律公约），每条事实都注明来源。" * 3
    for room in range(60, 240, 20):
        lines = wrapped(text, font(), room)
        assert "".join(lines) == text
        assert not any(line[0] in "，。（）"[0:2] + "）" or line[-1] == "（" for line in lines)


def test_latin_words_stay_whole() -> None:
    text = "An open register of chambers of commerce"
    assert " ".join(wrapped(text, font(), 120)) == text


def test_the_manifest_names_icons_that_exist_and_works_below_any_path(tmp_path: Path) -> None:
    write_icons(tmp_path)
    write_manifest(Settings(name="苏州市工商业联合会所属商会名录"), tmp_path)
    manifest = json.loads((tmp_path / "site.webmanifest").read_text("utf-8"))
    assert manifest["start_url"] == manifest["scope"] == "./"
    assert manifest["name"] == "苏州市工商业联合会所属商会名录"
    assert len(manifest["short_name"]) <= 12
    assert {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]} == {
        (size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")
    }
    assert all((tmp_path / icon["src"]).is_file() for icon in manifest["icons"])


def test_a_sample_is_marked_on_its_card() -> None:
    plain, marked = (Image.open(io.BytesIO(card_image(replace(WORDS, sample=word)))) for word in ("", "示例"))
    corner = (1000, 100, 1130, 170)
    assert len(plain.convert("RGB").crop(corner).getcolors() or ()) == 1
    colours = {colour for _count, colour in marked.convert("RGB").crop(corner).getcolors() or ()}
    assert any(red > 150 and green < 90 for red, green, _blue in colours), "cinnabar"


def test_each_chamber_has_a_card_of_its_own_where_the_operator_asks_for_it(tmp_path: Path) -> None:
    root = make_root(tmp_path / "root")
    config = root / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8").replace("  chamberbook:\n", "  chamberbook:\n    chamber_cards: true\n"),
        "utf-8",
    )
    base = "https://example.org/mulu/"
    site = built(tmp_path / "site", "--root", root, "--base-url", base, "--no-search")
    cards = {path.parent.name: path.read_bytes() for path in site.glob("chambers/*/card.png")}
    assert set(cards) == {path.parent.name for path in site.glob("chambers/*/record.json")}
    assert len(set(cards.values())) == len(cards) > 2
    for slug, data in cards.items():
        assert Image.open(io.BytesIO(data)).size == CARD_SIZE
        page = (site / f"chambers/{slug}/index.html").read_text("utf-8")
        assert f'itemprop="image" content="{base}chambers/{slug}/card.png"' in page
    for url in ("", "regions/", "about/"):
        assert f'content="{base}assets/card.png"' in (site / url / "index.html").read_text("utf-8")


def test_without_the_setting_no_chamber_has_a_card(real_site: Path) -> None:
    assert list(real_site.glob("chambers/*/*.png")) == []
