"""A new record from a few answers: places and trades found by name, the address by pinyin, the file, its problems."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from pypinyin import lazy_pinyin
from pypinyin.seg.mmseg import seg

from chamberbook import check
from chamberbook.canonical import shapes, write_yaml
from chamberbook.load import Loaded, LoadedChamber
from chamberbook.load.fields import validate
from chamberbook.nearest import MOST, nearest
from chamberbook.problems import Problem
from chamberbook.records import Chamber, Industry, Region
from chamberbook.source import parse_yaml
from chamberbook.source.events import Value

_HANZI = re.compile(r"[\u3400-\u9fff]+")
#: What the kind of body is called; an address does without it.
_BODY = re.compile(r"(行业|同业|企业|总)?(商会|公会|协会|联合会|促进会)$")
_REGION_END = re.compile(
    r"(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|地区|[省市区县盟旗])$"
)
#: The official spelling tells this province from its neighbour.
_SPELT = {"陕西": "shaanxi"}
_T = TypeVar("_T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Answers:
    """What is asked about a new chamber; texts as they will stand in the file, "" and () for what is not known."""

    name: str
    kind: str
    federation: str
    source: Mapping[str, str]
    region: str = ""
    origin: str = ""
    industries: tuple[str, ...] = ()
    trade: str = ""
    founded: str = ""


def draft_text(answers: Answers) -> str:
    """The canonical file of a new chamber; what is not known yet stands there as null."""
    unknown: dict[str, Value] = {"name_en": None, "uscc": None, "members": [], "ratings": [], "charters": []}
    contact: dict[str, Value] = dict.fromkeys(("address", "phone", "email", "website", "wechat"))
    source: dict[str, Value] = {
        key: answers.source.get(key) or None for key in ("title", "publisher", "date", "url", "kind")
    }
    record: dict[str, Value] = {
        "name": answers.name,
        **unknown,
        "kind": answers.kind,
        "region": answers.region or None,
        "status": "unknown",
        "founded": answers.founded or None,
        "contact": contact,
        "sources": {"r1": source},
    }
    optional: dict[str, Value] = {
        "industries": list(answers.industries),
        "trade": answers.trade,
        "origin_region": answers.origin,
        "verified": answers.source.get("date", ""),
    }
    record |= {key: value for key, value in optional.items() if value}
    return write_yaml(record, "chamber", shapes()["chamber"])


def check_draft(loaded: Loaded, path: str, text: str, as_of: date) -> tuple[Problem, ...]:
    """What `check` will say about the file beside all others."""
    document = parse_yaml(text.encode(), path)
    chamber, problems = validate(Chamber, document)
    if chamber is None:
        return tuple(problems)
    _, federation, name = path.split("/")
    slug = name.removesuffix(".yml")
    made = LoadedChamber(slug, federation, path, chamber, {})
    beside = replace(
        loaded, chambers={**loaded.chambers, slug: made}, files=loaded.files.beside({path: document.text})
    )
    return tuple(problem for problem in check.run(beside, as_of) if problem.place.path == path)


def find_regions(text: str, regions: Iterable[Region]) -> tuple[Region, ...]:
    """The region of a code or full name, or the nearest in use; of a retired one, its heirs."""
    known = {region.code: region for region in regions}
    text = text.strip().strip("\"'")
    named = [r for r in known.values() if text and text in (r.code, r.name, _REGION_END.sub("", r.name))]
    found: list[Region] = []
    for region in named:
        heirs = [known[heir.code] for heir in region.successors if heir.code in known]
        found += heirs if region.retired else [region]
    if not found:
        found += near(text, {r: (r.name, r.code) for r in known.values() if not r.retired})
    return tuple(dict.fromkeys(found))


def find_industries(text: str, industries: Iterable[Industry]) -> tuple[Industry, ...]:
    """The industry of a code or full title, or the nearest."""
    known = list(industries)
    same = [one for one in known if text.strip().upper() == one.code or text.strip() == one.title]
    return tuple(same) or near(text.strip(), {one: (one.title, one.code) for one in known})


def near(text: str, choices: Mapping[_T, tuple[str, ...]]) -> tuple[_T, ...]:
    """At most three of the choices: those whose names hold the text or begin with it in pinyin, then the nearest by
    spelling and by sound. Each choice comes with all its names.
    """
    if not text:
        return ()
    typed = re.sub(r"[^a-z]", "", text.lower())
    found = [
        choice
        for choice, names in choices.items()
        if any(text in name or (len(typed) > 2 and typed in _spelt(name)) for name in names)
    ]
    by_name = {name: choice for choice, names in choices.items() for name in names}
    found += (by_name[name] for name in nearest(text, by_name))
    return tuple(dict.fromkeys(found))[:MOST]


def region_in_name(name: str, regions: Iterable[Region]) -> Region | None:
    """The region in use whose name, or short name, a chamber's name begins with; the longest."""
    fitting = [
        (len(written), region)
        for region in regions
        if not region.retired
        for written in (region.name, _REGION_END.sub("", region.name))
        if len(written) > 1 and name.startswith(written)
    ]
    lengths = [length for length, _ in fitting]
    best = {region.code: region for length, region in fitting if length == max(lengths)}
    return next(iter(best.values())) if len(best) == 1 else None


def federation_of(code: str, loaded: Loaded) -> str | None:
    """The federation nearest to a region: its own, or that of the region around it; the national one for none."""
    regions = {region.code: region for region in loaded.vocabulary.regions}
    by_region = {federation.region or "": slug for slug, federation in loaded.federations.items()}
    while code in regions and code not in by_region:
        code = regions[code].parent or ""
    return by_region.get(code)


def pinyin_of_region(name: str) -> str:
    """A region's short name in pinyin: 陕西省 shaanxi."""
    return _spelt(_REGION_END.sub("", name))


def propose_slug(name: str, loaded: Loaded) -> str:
    """An address by pinyin, word by word, that no chamber has or had: 宜兴市花卉园艺同业商会 yixing-huahui-yuanyi."""
    parts: list[str] = []
    rest = name
    if region := region_in_name(name, loaded.vocabulary.regions):
        short = _REGION_END.sub("", region.name)
        parts.append(_spelt(short))
        rest = rest.removeprefix(region.name).removeprefix(short)
    plain = _BODY.sub("", rest)
    parts += _words(plain or rest)
    taken = {*loaded.chambers, *(s for c in loaded.chambers.values() for s in c.chamber.former_slugs)}
    taken |= {*loaded.tombstones, *(s for stone in loaded.tombstones.values() for s in stone.former_slugs)}
    slug = "-".join(part for part in parts if part)[:80].strip("-") or "shanghui"
    return _free(slug, taken, "".join(lazy_pinyin(rest.removeprefix(plain))) if plain else "")


def _free(slug: str, taken: Collection[str], body: str) -> str:
    """The slug, with what the body is called, then with a number, until it is free."""
    candidates = [slug, *([f"{slug}-{_ascii(body)}"] if body else [])]
    number = 2
    while (found := next((one for one in candidates if one not in taken), None)) is None:
        candidates = [f"{slug}-{number}"]
        number += 1
    return found


def _words(text: str) -> list[str]:
    """The words of a name in pinyin. Of what no dictionary has, two syllables make a word, as most words do."""
    words: list[str] = []
    for run in re.findall(r"[\u3400-\u9fff]+|[A-Za-z0-9]+", text):
        if not _HANZI.match(run):
            words.append(run.lower())
            continue
        loose = ""
        for word in [*seg.cut(run), ""]:
            if len(word) == 1:
                loose += word
                continue
            words += [_spelt(pair) for pair in _pairs(loose)]
            loose = ""
            if word:
                words.append(_spelt(word))
    return words


def _pairs(text: str) -> list[str]:
    """Two characters each, an odd last one with those before it."""
    pairs = [text[at : at + 2] for at in range(0, len(text), 2)]
    return [*pairs[:-2], pairs[-2] + pairs[-1]] if len(pairs) > 1 and len(pairs[-1]) == 1 else pairs


def _spelt(word: str) -> str:
    return _SPELT.get(word) or _ascii("".join(syllable.replace("v", "yu") for syllable in lazy_pinyin(word)))


def _ascii(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
