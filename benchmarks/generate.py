"""Write an invented directory of any size: `.venv/bin/python benchmarks/generate.py --chambers 10000 OUT`.

The same number and seed give the same bytes. OUT can be built at once: `python build.py --root OUT --as-of 2026-11-23`.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import yaml

from synthetic import records, schemes
from synthetic.names import Named, Namer
from synthetic.places import read_places, share_out
from synthetic.yamltext import write_record

REPOSITORY = Path(__file__).resolve().parent.parent
#: The day for which the invented directory shows every state of an award.
AS_OF = date(2026, 11, 23)
LEAST = 20
_SITE = """# An invented directory, made by benchmarks/generate.py. Nothing in it is true.
INHERIT: site.yml
site_name: 商会名录（示例资料）
site_url: https://directory.example.org/

plugins:
  chamberbook:
    sample: true
    # Chinese alone, so that a report can be compared with those of before there were other languages.
    languages: [zh]
    as_of: "{as_of}"
"""


def generate(out: Path, chambers: int, seed: int) -> None:
    """Write the whole directory below `out`, which must be new or empty."""
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise SystemExit(f"{out} is not empty")
    if chambers < LEAST:
        raise SystemExit(f"at least {LEAST} chambers")
    for folder in ("content", "templates", "chambers/_vocabulary", "chambers/_schema"):
        shutil.copytree(REPOSITORY / folder, out / folder)
    shutil.copy(REPOSITORY / "mkdocs.yml", out / "site.yml")
    write(out / "mkdocs.yml", _SITE.format(as_of=AS_OF))
    for path, text in files(out / "chambers/_vocabulary", chambers, seed):
        write(out / "chambers" / path, text)


def files(vocabulary: Path, chambers: int, seed: int) -> Iterator[tuple[str, str]]:
    """Every record's path below chambers/ and its text."""
    places = read_places(vocabulary)
    topics = [
        row["title"]
        for row in yaml.load((vocabulary / "charter_topics.yml").read_text("utf-8"), yaml.CSafeLoader)
    ]
    namer, number = Namer(places), 0
    for slug, scheme in schemes.national_schemes().items():
        yield f"_schemes/{slug}.yml", write_record(scheme, "scheme")
    for order, (home, count) in enumerate(share_out(chambers, places, seed)):
        id_ = home.slug if home else "quanguo"
        rng = random.Random(f"{seed} {id_}")
        yield f"{id_}/federation.yml", write_record(records.federation(home, rng), "federation")
        stars = f"{id_}-xingji" if home and order <= 40 else None
        if home and stars:
            yield f"_schemes/{stars}.yml", write_record(schemes.star_scheme(home, id_), "scheme")
        setting = records.Setting(places, topics, stars, AS_OF)
        yield from _federation(id_, list(namer.name(home, count, rng)), number, setting, rng)
        number += count


def _federation(
    id_: str, named: list[Named], start: int, setting: records.Setting, rng: random.Random
) -> Iterator[tuple[str, str]]:
    for index, one in enumerate(named):
        heir = named[index - 1].slug if index else None
        written = records.chamber(one, start + index, heir, setting, rng)
        yield f"{id_}/{one.slug}.yml", write_record(written.fields, "chamber")
        for name, text in written.texts.items():
            yield f"{id_}/{name}", text


def write(path: Path, text: str) -> None:
    """Write a text; folders are made when one is missing."""
    data = text.encode()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    except FileNotFoundError:
        path.parent.mkdir(parents=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.write(handle, data)
    os.close(handle)


def main() -> None:
    """Read the arguments, write, say how long it took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path, metavar="OUT", help="a new folder")
    parser.add_argument("--chambers", type=int, default=1000, metavar="N", help="how many chambers (1000)")
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="another seed gives another directory (1)"
    )
    options = parser.parse_args()
    start = time.perf_counter()
    generate(options.out, options.chambers, options.seed)
    print(
        f"{options.chambers} chambers in {options.out}, {time.perf_counter() - start:.1f} s", file=sys.stderr
    )


if __name__ == "__main__":
    main()
