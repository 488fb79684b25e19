"""Pictures drawn at build time in the design's look: the seal as icons, and the card that a shared link shows.

The card is one for the site, unless the operator asks for one for each chamber (`chamber_cards`): it shows no more than
title and description, which every chat prints beside it, and 50,000 take an hour of one core and most of a gigabyte.

Chinese is set in Noto Sans CJK SC from the package manimgx-fonts-cjk (SIL OFL 1.1, 20 MB), so that a build needs no font
of the system. What is lighter on PyPI will not do: zhplot (6 MB) has one weight and asks for matplotlib,
chineseize-matplotlib (9 MB) and mplfonts (85 MB) ship SimHei, which may not be passed on, pymupdf-fonts (4 MB) has no
Chinese.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from chamberbook.derive import ChamberEntry
from chamberbook.formats import short_place
from chamberbook.pages.chamber import description
from chamberbook.problems import Translate
from chamberbook.settings import Settings

ICO = "favicon.ico"
CARD = "assets/card.png"
CARD_SIZE = (1200, 630)
TOUCH = "assets/icon-180.png"
MASKABLE = {192: "assets/icon-192.png", 512: "assets/icon-512.png"}
ICONS = (ICO, TOUCH, *MASKABLE.values())

#: The strokes of the seal, as assets/seal.svg draws them in a square of 32, 2 wide with square ends; a test compares.
SEAL = (
    "M16 4.5v3M6 8.5h20M11.6 10.5l1 2.6M20.4 10.5l-1 2.6M6.8 27.5V14.2h18.4v13.3M13 16.5c0 1.6-.9 2.6-2.4 3.3"
    "M19 16.5c0 1.6.9 2.6 2.4 3.3M12 21.6h8v4.4h-8z"
)
_CINNABAR, _PAPER, _INK, _INK_2, _INK_3 = "#a8321f", "#fbfaf6", "#1c1e21", "#474b52", "#62666d"
#: Drawn so many times larger and scaled down, for smooth edges.
_FINE = 8
_STEP = re.compile(r"([MLHVCZmlhvcz])([^A-Za-z]*)")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_MARGIN = 84
#: A word of Latin letters stays whole; a Han character is a word.
_WORD = re.compile(r"[!-~\u00c0-\u024f]+|\s+|.", re.DOTALL)
#: What may not begin a line, and what may not end one (GB/T 15834).
_NOT_FIRST, _NOT_LAST = frozenset("，。、；：！？）》〉」』”’·…—,.;:!?)]%"), frozenset("（《〈「『“‘([")

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Card:
    """The words of a card: the name of the site or of a chamber, what it is, its figures, its address."""

    title: str
    text: str
    figures: str
    address: str
    #: The word that marks what is invented, or empty.
    sample: str = ""


def write_icons(out: Path) -> None:
    """Write the seal for browsers (favicon.ico), for home screens, and with room to be cut round by Android."""
    (out / "assets").mkdir(parents=True, exist_ok=True)
    seal(48).save(out / ICO, format="ICO", sizes=[(16, 16), (32, 32), (48, 48)])
    seal(180, share=0.86, whole=True).save(out / TOUCH, optimize=True)
    for size, name in MASKABLE.items():
        seal(size, share=0.7, whole=True).save(out / name, optimize=True)


def seal(size: int, *, share: float = 1.0, whole: bool = False) -> Image.Image:
    """The seal in a square of `size` pixels; its drawing takes `share` of it. `whole`: cinnabar to the very edge."""
    fine = size * _FINE
    picture = Image.new("RGB" if whole else "RGBA", (fine, fine), _CINNABAR if whole else (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    unit = fine * share / 32
    inset = fine * (1 - share) / 2
    if not whole:
        draw.rounded_rectangle((unit, unit, fine - unit, fine - unit), 2.5 * unit, _CINNABAR)
    for stroke in _strokes(SEAL):
        points = [(inset + x * unit, inset + y * unit) for x, y in stroke]
        draw.line(points, "#fff", round(2 * unit), joint="curve")
        for x, y in points if len(points) < 8 else (points[0], points[-1]):
            draw.rectangle((x - unit, y - unit, x + unit, y + unit), "#fff")
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def chamber_card(entry: ChamberEntry, settings: Settings, _: Translate) -> Card:
    """The card of a chamber: its name, what its page is about, its kind and place, the site."""
    place = entry.place.region
    figures = (entry.kind.title, short_place(place.name) if place else _("全国"), entry.chamber.trade)
    return Card(
        entry.chamber.name,
        description(entry, _),
        " · ".join(part for part in figures if part),
        settings.name,
        _("示例") if settings.sample else "",
    )


def write_card(card: Card, out: Path) -> None:
    """Write the card of the site."""
    path = out / CARD
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(card_image(card))


def card_image(card: Card) -> bytes:
    """A card as PNG: paper, the double rule of a thread-bound book, the seal, and the words."""
    picture = _drawn(card).quantize(64, dither=Image.Dither.NONE)
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _drawn(card: Card) -> Image.Image:
    width, height = CARD_SIZE
    picture = Image.new("RGB", CARD_SIZE, _PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((_MARGIN, 72, width - _MARGIN, 80), _INK)
    draw.rectangle((_MARGIN, 86, width - _MARGIN, 87), _INK)
    mark = _mark()
    picture.paste(mark, (_MARGIN - 4, 132), mark)  # the seal leaves a thirty-second free around it
    left, room = _MARGIN + 124 + 40, width - 2 * _MARGIN - 164 - (140 if card.sample else 0)
    lines, title = _fitted(card.title, room, (96, 80, 64, 52), 800, 2)
    top: float = 194 - len(lines) * title.size * 0.62
    for line in lines:
        draw.text((left, top), line, _INK, title)
        top += title.size * 1.24
    lines, text = _fitted(card.text, width - 2 * _MARGIN, (36, 32, 28), 400, 3)
    top = 318.0 if len(lines) < 3 else 306.0
    for line in lines:
        draw.text((_MARGIN, top), line, _INK_2, text)
        top += text.size * 1.6
    draw.rectangle((_MARGIN, height - 132, width - _MARGIN, height - 131), "#ded9cd")
    (figures,), font = _fitted(card.figures, width - 2 * _MARGIN, (32, 26, 20), 600, 1)
    draw.text((_MARGIN, height - 72), figures, _INK, font, anchor="ls")
    beside = width - 2 * _MARGIN - font.getlength(figures) - 40
    (address,), font = _fitted(card.address, beside, (26, 22, 18), 400, 1)
    draw.text((width - _MARGIN, height - 72), address, _INK_3, font, anchor="rs")
    if card.sample:
        _stamp(draw, card.sample)
    return picture


def _stamp(draw: ImageDraw.ImageDraw, word: str) -> None:
    """The mark of a sample page, a broken frame in cinnabar, in the upper right corner."""
    font = _font(30, 400)
    right, top, bottom = CARD_SIZE[0] - _MARGIN, 108, 156
    left = round(right - font.getlength(word) - 32)
    for x in range(left, right, 12):
        for y in (top, bottom):
            draw.line((x, y, min(x + 7, right), y), _CINNABAR, 2)
    for y in range(top, bottom, 12):
        for x in (left, right):
            draw.line((x, y, x, min(y + 7, bottom)), _CINNABAR, 2)
    draw.text(((left + right) / 2, (top + bottom) / 2), word, _CINNABAR, font, anchor="mm")


@lru_cache(maxsize=1)
def _mark() -> Image.Image:
    """The seal of a card, which thousands may have."""
    return seal(124)


def wrapped(text: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    """The lines of a text in Chinese or Latin: no line begins with a closing mark or ends with an opening one."""
    lines = [""]
    for word in _WORD.findall(" ".join(text.split())):
        line = lines[-1]
        if not line or font.getlength(line + word.rstrip()) <= room or word[0] in _NOT_FIRST:
            lines[-1] += word
            continue
        carried = ""
        while len(line) > 1 and line[-1] in _NOT_LAST:
            carried, line = line[-1] + carried, line[:-1]
        lines[-1] = line.rstrip()
        lines.append(carried + word.lstrip())
    return lines


def _fitted(
    text: str, room: float, sizes: tuple[int, ...], weight: int, most: int
) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """The lines of a text in the largest size in which they are few enough; in the smallest they are cut."""
    for size in sizes:
        font = _font(size, weight)
        lines = wrapped(text, font, room)
        if len(lines) <= most and all(font.getlength(line) <= room + size / 2 for line in lines):
            return lines, font
    lines = lines[:most]
    while len(lines[-1]) > 1 and font.getlength(lines[-1] + "…") > room:
        lines[-1] = lines[-1][:-1]
    lines[-1] += "…"
    return lines, font


def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    with as_file(files("manimgx_fonts_cjk") / "NotoSansCJK-VF.otf.ttc") as path:
        font = ImageFont.truetype(str(path), size, index=2)  # the face for simplified Chinese
    font.set_variation_by_axes([weight])
    return font


def _strokes(path: str) -> Iterator[list[Point]]:
    """The strokes of an SVG path of moves, lines and cubic curves, as points; curves become eight lines."""
    points: list[Point] = []
    for step, words in _STEP.findall(path):
        numbers = [float(number) for number in _NUMBER.findall(words)]
        x, y = points[-1] if points else (0.0, 0.0)
        if step == "M":
            if points:
                yield points
            points = [(numbers[0], numbers[1])]
        elif step == "z":
            points.append(points[0])
        elif step == "c":
            points += _curve((x, y), [(x + numbers[i], y + numbers[i + 1]) for i in (0, 2, 4)])
        else:
            dx, dy = {"h": (numbers[0], 0.0), "v": (0.0, numbers[0]), "V": (0.0, numbers[0] - y)}.get(
                step, (numbers[0], numbers[-1])
            )
            points.append((x + dx, y + dy))
    yield points


def _curve(start: Point, handles: list[Point]) -> Iterator[Point]:
    for n in range(1, 9):
        t = n / 8
        parts = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        corners = (start, *handles)
        yield (
            sum(part * corner[0] for part, corner in zip(parts, corners, strict=True)),
            sum(part * corner[1] for part, corner in zip(parts, corners, strict=True)),
        )
