"""Invented rating schemes, modelled on the real ones, and awards by them in every state."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from synthetic.places import Place
from synthetic.yamltext import Bare

_SOURCE = {
    "title": "评定办法（示例资料）",
    "publisher": "示例资料",
    "date": Bare("2016-03"),
    "kind": "official",
}
_STARS = (
    ("san-xing", "三星级", 3, 70, 80),
    ("si-xing", "四星级", 4, 80, 90),
    ("wu-xing", "五星级", 5, 90, None),
)
_LETTERS = ("1a", "2a", "3a", "4a", "5a")
SOCIAL, FOUR_GOOD = "shili-shehui-pinggu", "shili-sihao"


def national_schemes() -> dict[str, dict[str, object]]:
    """The two that any chamber can be rated by: letters for five years, a title by round."""
    letters = [
        {"id": letter, "label": letter.upper(), "form": "letter", "rank": rank}
        for rank, letter in enumerate(_LETTERS, 1)
    ]
    return {
        SOCIAL: {
            "name": "社会组织评估（示例资料）", "short_name": "社会组织评估", "summary": "民政部门评 1A 到 5A，有效期五年。",
            "issuer": "民政部门", "issuers": ["*民政局", "*民政厅"], "levels": letters, "validity_years": 5,
            "since": Bare("2011"), "total_points": 1000,
            "items": [{"text": t, "points": p} for t, p in (("基础条件", 60), ("内部治理", 400), ("工作绩效", 430), ("社会评价", 110))],
            "sources": {"r1": _SOURCE},
        },
        FOUR_GOOD: {
            "name": "“四好”商会（示例资料）", "short_name": "四好商会", "summary": "工商联按届认定，不设有效期。",
            "issuer": "中华全国工商业联合会", "issuers": ["*工商业联合会"], "frequency": "两年一届",
            "levels": [{"id": "sihao", "label": "四好", "form": "title", "rank": 1}],
            "items": [{"text": t} for t in ("政治引领好", "队伍建设好", "服务发展好", "自律规范好")],
            "sources": {"r1": _SOURCE},
        },
    }  # fmt: skip


def star_scheme(home: Place, federation: str) -> dict[str, object]:
    """Stars by one federation: bands of a score, a lower level held for a year, three years' validity."""
    levels: list[dict[str, object]] = []
    for id_, label, stars, low, high in _STARS:
        level = {
            "id": id_,
            "label": label,
            "form": "stars",
            "stars": stars,
            "rank": stars,
            "score_min": low,
            "score_max": high,
        }
        if levels:
            below = levels[-1]
            level |= {
                "prerequisite": f"须已是{below['label']}且满一年",
                "requires": [{"level": below["id"], "years": 1}],
            }
        levels.append(level)
    return {
        "name": f"{home.name}星级商会考评（示例资料）", "short_name": f"{home.name}星级", "summary": "工商联评三到五星，有效期三年。",
        "issuer": f"{home.name}工商业联合会", "issuer_region": home.code, "federation": federation, "levels": levels,
        "validity_years": 3, "since": Bare("2012"), "frequency": "每年一次", "total_points": 100,
        "items": [{"text": t, "points": p} for t, p in (("会务", 30), ("硬件", 20), ("发展", 50))],
        "process": [{"actor": "区县工商联", "action": "择优申报", "when": "每年三季度"}, {"actor": "工作组", "action": "到场验收、打分"}],
        "results": [{"label": "五星级", "level": "wu-xing", "count": 12, "period": Bare("2024"), "source": "r1"}],
        "clauses": {"prerequisite": "第六条", "validity": "第九条"}, "sources": {"r1": _SOURCE},
    }  # fmt: skip


def awards(
    rng: random.Random, place: Place | None, stars: str | None, as_of: date, cited: Sequence[str]
) -> list[dict[str, object]]:
    """The ratings of one chamber: none, one, or a career; each state of an award comes up."""
    found: list[dict[str, object]] = []
    if place and stars and rng.random() < 0.45:
        found += _stars(rng, stars, as_of)
    if place and rng.random() < 0.2:
        found.append(_letter(rng, place, as_of))
    if rng.random() < 0.15:
        period = rng.choice(("2019-2020", "2021-2022", "2023"))
        row: dict[str, object] = {"scheme": FOUR_GOOD, "level": "sihao"}
        row["period"] = period if "-" in period else Bare(period)
        if place:
            row["awarded_by"] = f"{place.name}工商业联合会"
        found.append(row)
    return [{**row, "source": rng.choice(cited)} for row in found]


def _stars(rng: random.Random, scheme: str, as_of: date) -> list[dict[str, object]]:
    """A ladder from three stars up, a year or two on each; the last one decides the state of today."""
    last = as_of - timedelta(days=rng.choice((200, 400, 700, 1010, 1060, 1400, 2000)) + rng.randrange(30))
    top = rng.choices((1, 2, 3), (5, 3, 2))[0]
    rows: list[dict[str, object]] = []
    for step in range(top):
        day = last - timedelta(days=rng.randrange(500, 560) * (top - 1 - step))
        level, _label, _stars, low, _high = _STARS[step]
        rows.append(
            {
                "scheme": scheme,
                "level": level,
                "score": low + rng.randrange(10),
                "awarded": Bare(day.isoformat()),
            }
        )
    newest = rows[-1]
    newest["document"] = f"示联发〔{last.year}〕{rng.randrange(1, 90)}号"
    if top == 1 and rng.random() < 0.15:
        del newest["awarded"]
    elif top == 1 and rng.random() < 0.2:
        newest["awarded"] = Bare(str(last.year))
    elif rng.random() < 0.05:
        newest["revoked"] = Bare((last + timedelta(days=150)).isoformat())
    return rows


def _letter(rng: random.Random, place: Place, as_of: date) -> dict[str, object]:
    year = as_of.year - rng.randrange(1, 9)
    when = rng.choice(
        (f"{year}", f"{year}-{rng.randrange(1, 13):02d}", f"{year}-{rng.randrange(1, 13):02d}-18")
    )
    row: dict[str, object] = {
        "scheme": SOCIAL,
        "level": rng.choices(_LETTERS, (1, 2, 8, 6, 3))[0],
        "awarded": Bare(when),
    }
    if len(when) == 10:
        row["valid_until"] = Bare(f"{year + 5}{when[4:]}")
    row["awarded_by"] = f"{place.name}民政{'厅' if place.level == 'province' else '局'}"
    return row
