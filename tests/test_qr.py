"""QR codes: a reader reads them, and a page shows one only where the address is known."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from planning import plan as planned
from planning import real_directory, rendered

from chamberbook.qr import QUIET, Code, qr_code
from chamberbook.settings import Settings

BASE = "https://example.org/mulu/"
SLUGS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=60)


def modules(code: Code) -> list[list[int]]:
    """How often the strokes of a path cover each module, without the quiet zone."""
    side = code.size - 2 * QUIET
    found = [[0] * side for _ in range(side)]
    x = y = 0
    assert re.fullmatch(r"M\d+ \d+\.5h\d+(m-?\d+ \d+h\d+)*", code.path)
    for kind, dx, dy, length in re.findall(r"([Mm])(-?\d+) (\d+)(?:\.5)?h(\d+)", code.path):
        x, y = (int(dx), int(dy)) if kind == "M" else (x + int(dx), y + int(dy))
        for _ in range(int(length)):
            found[y - QUIET][x - QUIET] += 1
            x += 1
    return found


def read(code: Code) -> str:
    """What a reader makes of the code's picture at four pixels a module."""
    picture = Image.new("L", (code.size, code.size), 255)
    for y, row in enumerate(modules(code)):
        for x, dark in enumerate(row):
            assert dark <= 1
            if dark:
                picture.putpixel((x + QUIET, y + QUIET), 0)
    (found,) = zxingcpp.read_barcodes(
        picture.resize((code.size * 4, code.size * 4), Image.Resampling.NEAREST)
    )
    assert found.ec_level == "M"
    return found.text


@settings(max_examples=20, deadline=None)
@given(SLUGS)
def test_a_reader_reads_the_code_of_any_address(slug: str) -> None:
    """The library writes codes with Zint and reads them with ZXing: two programs that know nothing of each other."""
    assert read(qr_code(BASE + slug)) == BASE + slug


def test_a_reader_reads_the_code_of_real_chambers() -> None:
    for entry in real_directory().chambers[::10]:
        assert read(qr_code(BASE + entry.url)) == BASE + entry.url


def test_an_address_that_no_code_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="long"):
        qr_code(BASE + "a" * 3000)


def test_the_page_of_a_chamber_and_of_a_charter_shows_its_code_only_when_the_site_knows_its_address() -> None:
    pages = planned(real_directory())
    chamber = next(page for url, page in pages.items() if re.fullmatch("chambers/[a-z][^/]+/", url))
    charter = next(page for url, page in pages.items() if page.template == "charter.html")
    for page in (chamber, charter):
        with_address = rendered(page, Settings(base_url=BASE))
        code = qr_code(BASE + page.url)
        assert with_address.count(f'd="{code.path}"') == 1, "the path stands once and is used twice"
        assert with_address.count('href="#qr"') == 1
        assert with_address.count("rec__head--qr") == 1
        assert "分享二维码" in with_address
        assert "扫码看最新版" in with_address
        assert "二维码" not in rendered(page, Settings())
