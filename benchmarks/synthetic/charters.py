"""Invented charters: two versions where there are two, the text for a part of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from synthetic.words import CHARTER_CHAPTERS
from synthetic.yamltext import Bare

_NUMBERS = "零一二三四五六七八九"
_TYPES = ("自律公约", "诚信自律公约", "质量公约", "行规行约", "倡议书", "承诺", "章程")
_WITH_CHARTER, _WITH_TEXT, _WITH_SECOND = 0.3, 0.5, 0.25


@dataclass(frozen=True, slots=True)
class Drafted:
    """A chamber's charters as fields, and the Markdown files beside it by name."""

    fields: tuple[dict[str, object], ...]
    texts: dict[str, str]


def draft(
    rng: random.Random, slug: str, place: str, trade: str, topics: Sequence[str], cited: Sequence[str]
) -> Drafted:
    """The charters of one chamber, the newest first."""
    if rng.random() > _WITH_CHARTER:
        return Drafted((), {})
    type_, year = rng.choice(_TYPES), rng.randrange(2016, 2026)
    years = [year, year - rng.randrange(4, 8)] if rng.random() < _WITH_SECOND else [year]
    fields: list[dict[str, object]] = []
    texts: dict[str, str] = {}
    for then in years:
        one = _charter(rng, f"{place}{trade}行业{type_}", type_, then, topics)
        if rng.random() < _WITH_TEXT:
            text, chapters, articles = _text(rng, place, trade)
            name = f"{slug[:100]}-{then}.md"
            texts[name] = f"{text}\n"
            one |= {"chapters": chapters, "articles": articles, "text": name}
        fields.append({**one, "source": rng.choice(cited)})
    for newer, older in pairwise(fields):
        newer["supersedes"] = older["id"]
        older |= {"status": "superseded", "superseded": newer["in_force"]}
    return Drafted(tuple(fields), texts)


def _charter(
    rng: random.Random, title: str, type_: str, year: int, topics: Sequence[str]
) -> dict[str, object]:
    watched, punished = rng.random() < 0.5, rng.random() < 0.5
    found: dict[str, object] = {
        "id": f"gongyue-{year}",
        "title": title,
        "type": type_,
        "status": rng.choices(("in_force", "unknown", "draft", "repealed"), (7, 2, 1, 1))[0],
        "adopted": Bare(f"{year}-04"),
        "in_force": Bare(f"{year}-06-01"),
        "adopted_by": rng.choice(("会员大会", "理事会", "会员代表大会")),
        "signatories": rng.randrange(20, 400),
        "topics": rng.sample(topics, rng.randrange(2, 7)),
    }
    if watched:
        found |= {"monitoring": True, "monitoring_body": "自律委员会"}
    if punished:
        found |= {"sanctions": True, "sanctions_text": "先提醒，再书面批评，仍不改的会内通报。"}
    found["summary"] = f"{title}，共同约定诚信经营和质量，写明投诉的受理和答复期限。"
    return found


def _text(rng: random.Random, place: str, trade: str) -> tuple[str, int, int]:
    """The Markdown of a charter, with the number of its chapters and articles."""
    lines: list[str] = []
    number = 0
    for chapter, (title, clauses) in enumerate(CHARTER_CHAPTERS, 1):
        lines.append(f"# 第{_numeral(chapter)}章 {title}")
        keep = max(2, len(clauses) - rng.randrange(4))
        for index in sorted(rng.sample(range(len(clauses)), min(keep, len(clauses)))):
            number += 1
            clause = clauses[index].format(place=place, trade=trade, n=_numeral(rng.randrange(5, 16)))
            lines.append(f"第{_numeral(number)}条 {clause}")
    return "\n\n".join(lines), len(CHARTER_CHAPTERS), number


def _numeral(value: int) -> str:
    """1-99 in Chinese numerals."""
    tens, ones = divmod(value, 10)
    if not tens:
        return _NUMBERS[ones]
    return ("" if tens == 1 else _NUMBERS[tens]) + "十" + (_NUMBERS[ones] if ones else "")
