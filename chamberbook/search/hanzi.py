"""Traditional -> Simplified for the words of one directory, from OpenCC's data at build time.

A whole conversion table is 50 KB; a reader can only find what is in the records, so only characters and phrases that
lead to something in them are kept.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import opencc

from chamberbook.problems import N_, Message, WrongUse
from chamberbook.search.tokens import Hanzi, fold, simplify

#: Phrases of Taiwan and Hong Kong usage, and phrases that character by character conversion gets wrong.
_PHRASES = ("TWPhrasesRev", "HKPhrasesRev", "TSPhrases")
#: Where Han characters lie: extension A, the unified block, the supplementary planes.
_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF))


def hanzi_of(text: str) -> Hanzi:
    """The conversions that lead to characters or phrases of `text`, the joined text of all records."""
    convert = opencc.OpenCC("t2s").convert
    corpus = convert(fold(text))
    # 著 becomes 着 also where the records write 著名: both sides convert alike, so they still meet.
    every = "\n".join(chr(code) for first, last in _BLOCKS for code in range(first, last + 1))
    used = set(corpus)
    pairs = zip(every.split("\n"), convert(every).split("\n"), strict=True)
    every_char = {char: simple for char, simple in pairs if char != simple and len(simple) == 1}
    chars = {char: simple for char, simple in every_char.items() if simple in used and fold(char) == char}
    by_char = Hanzi(every_char)
    phrases = {}
    for phrase, meant in _phrases():
        simple = simplify(convert(meant), by_char)
        plain = simplify(phrase, by_char)
        # A phrase that is also plain Simplified (支援, for which Taiwan has 支持) stays what it says.
        if plain in (simple, phrase) or simple not in corpus:
            continue
        if plain not in corpus:
            phrases[phrase] = simple
        elif len(plain) == len(simple) and set(plain) & set(simple):
            # The records write it both ways (家俱 and 家具): one word. 装置, for Taiwan's 設備, stays another.
            phrases[phrase] = phrases[plain] = simple
    return Hanzi(chars, dict(sorted(phrases.items())))


def _phrases() -> Iterator[tuple[str, str]]:
    """(phrase, its first meaning) of OpenCC's phrase dictionaries, which only its own tool can read."""
    clib = Path(opencc.__file__).parent / "clib"
    tool = next((path for path in (clib / "bin").glob("opencc_dict*") if path.is_file()), None)
    if tool is None:
        raise WrongUse(
            Message(N_("找不到 OpenCC 的 opencc_dict（应在 {path}）；请重装 opencc"), {"path": clib / "bin"})
        )
    with tempfile.TemporaryDirectory() as folder:
        for name in _PHRASES:
            source, target = clib / "share" / "opencc" / f"{name}.ocd2", Path(folder) / f"{name}.txt"
            command: list[str | Path] = [tool, "-i", source, "-o", target, "-f", "ocd2", "-t", "text"]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode or not target.is_file():
                raise WrongUse(
                    Message(N_("读不了 OpenCC 的词典 {name}：{error}"), {"name": name, "error": done.stderr})
                )
            for line in target.read_text(encoding="utf-8").splitlines():
                phrase, _, meanings = line.partition("\t")
                if meanings:
                    yield phrase, meanings.split(" ")[0]
