"""Invented chambers and federations, field by field."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chamberbook.check.uscc import ALPHABET, inner_check, outer_check
from synthetic import charters, schemes
from synthetic.names import Named
from synthetic.places import Place, Places
from synthetic.words import ACTIVITIES, DOUBTS, HONORS
from synthetic.yamltext import Bare

#: How often a field is filled in; the real directory's shares or more.
_OFTEN = {"aliases": 0.36, "founded": 0.85, "uscc": 0.4, "contact": 0.5, "verified": 0.9, "two_sources": 0.35,
          "activities": 0.45, "honors": 0.1, "doubts": 0.2, "former_names": 0.06, "former_slugs": 0.03, "region_then": 0.3,
          "name_en": 0.05, "ended": 0.03}  # fmt: skip
_ORGANISATION = "示例资料"
_SITE = "example.org"
_LEVELS = {"township": "township", "subdistrict": "township", "village": "township"}
#: The facts that two sources must be told apart for.
_CITED = ("name", "name_en", "kind", "level", "industries", "trade", "region", "region_then", "origin_region", "status", "founded",
          "ended", "uscc")  # fmt: skip
_CONTACTS = ("address", "phone", "email", "website", "wechat")


@dataclass(frozen=True, slots=True)
class Setting:
    """What all chambers of a federation share."""

    places: Places
    topics: Sequence[str]
    stars: str | None
    as_of: date


@dataclass(frozen=True, slots=True)
class Written:
    """A chamber's fields and the texts of its charters by file name."""

    fields: dict[str, object]
    texts: dict[str, str]


def chamber(named: Named, number: int, heir: str | None, setting: Setting, rng: random.Random) -> Written:
    """One chamber. `number` is its own in the whole directory, `heir` another chamber that it may have merged into."""
    where = named.place.name if named.place else "全国"
    cited = ("r1", "r2") if rng.random() < _OFTEN["two_sources"] else ("r1",)
    drafted = charters.draft(rng, named.slug, where, named.trade or "", setting.topics, cited)
    fields: dict[str, object] = {"name": named.name}
    if rng.random() < _OFTEN["name_en"]:
        fields["name_en"] = f"{named.slug.replace('-', ' ').title()} Chamber of Commerce"[:160]
    fields |= _names(named, number, cited, rng)
    fields |= _facts(named, setting, rng)
    fields |= _state(named, number, heir, rng)
    fields["members"] = _members(cited, rng)
    fields["contact"] = _contact(named, number, rng)
    fields["ratings"] = schemes.awards(rng, named.place, setting.stars, setting.as_of, cited)
    fields["charters"] = drafted.fields
    fields |= _deeds(named, cited, rng)
    if len(cited) > 1:
        fields["fact_sources"] = _fact_sources(fields, cited, rng)
    fields["sources"] = _sources(named, number, cited, rng)
    if rng.random() < _OFTEN["verified"]:
        fields["verified"] = Bare(f"{rng.randrange(2015, 2026)}-{rng.randrange(1, 13):02d}")
    return Written(fields, drafted.texts)


def _names(named: Named, number: int, cited: Sequence[str], rng: random.Random) -> dict[str, object]:
    found: dict[str, object] = {}
    if rng.random() < _OFTEN["aliases"]:
        short = named.name.replace("商会", "").replace("同业公会", "")
        found["aliases"] = [f"{short}协会"] + ([f"{short}行业联合会"] if rng.random() < 0.3 else [])
    if rng.random() < _OFTEN["former_names"]:
        found["former_names"] = [
            {
                "name": f"{named.name}筹备会",
                "until": Bare(f"{rng.randrange(1998, 2012)}-05"),
                "source": rng.choice(cited),
            }
        ]
    if rng.random() < _OFTEN["former_slugs"]:
        found["former_slugs"] = [f"jiu-{number}"]
    return found


def _facts(named: Named, setting: Setting, rng: random.Random) -> dict[str, object]:
    found: dict[str, object] = {"kind": named.kind, "level": _LEVELS.get(named.kind, "national")}
    if named.place and named.kind not in _LEVELS:
        found["level"] = named.place.level
    if named.industry:
        found |= {"industries": [named.industry], "trade": named.trade}
    if named.place:
        found["region"] = named.place.code
        then = setting.places.retired.get(named.place.code)
        if then and rng.random() < _OFTEN["region_then"]:
            found["region_then"] = rng.choice(then)
    if named.origin:
        found["origin_region"] = named.origin.code
    return found


def _state(named: Named, number: int, heir: str | None, rng: random.Random) -> dict[str, object]:
    found: dict[str, object] = {"status": rng.choices(("active", "unknown", "preparing"), (5, 5, 1))[0]}
    if found["status"] == "active":
        found["status_as_of"] = Bare(f"{rng.randrange(2021, 2026)}")
    ended = heir is not None and rng.random() < _OFTEN["ended"]
    if ended:
        found |= {
            "status": rng.choice(("merged", "dissolved")),
            "status_as_of": Bare("2025"),
            "successor": heir,
        }
    if rng.random() < _OFTEN["founded"]:
        year, month, day = rng.randrange(1988, 2016), rng.randrange(1, 13), rng.randrange(1, 29)
        whole = f"{year}-{month:02d}-{day:02d}"
        found["founded"] = Bare(whole[: rng.choice((4, 7, 10))])
    if ended:
        found["ended"] = Bare("2025-10")
    if rng.random() < _OFTEN["uscc"]:
        found["uscc"] = _code(named.place.code if named.place else "100000", number)
    return found


def _code(region: str, number: int) -> str:
    """A credit code of civil affairs for a social group, both of its check characters right."""
    rest, digits = number, ""
    for _ in range(6):
        rest, digit = divmod(rest, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    code = f"51{region}MJ{digits}"
    code += inner_check(code)
    return code + outer_check(code)


def _members(cited: Sequence[str], rng: random.Random) -> list[dict[str, object]]:
    count, year = rng.randrange(20, 400), rng.randrange(2004, 2012)
    rows = []
    for _ in range(rng.choices((0, 1, 2, 3), (1, 5, 3, 1))[0]):
        row: dict[str, object] = {
            "count": count,
            "unit": rng.choice(("企业", "会员", "会员单位")),
            "as_of": Bare(str(year)),
        }
        if rng.random() < 0.2:
            row["approx"] = True
        rows.append({**row, "source": rng.choice(cited)})
        count, year = int(count * (1 + rng.random() / 2)), year + rng.randrange(3, 7)
    return rows


def _contact(named: Named, number: int, rng: random.Random) -> dict[str, object] | None:
    """An office that nobody has: no area code begins with 060, and example.org is nobody's."""
    if rng.random() > _OFTEN["contact"]:
        return None
    found: dict[str, object] = {}
    if named.place:
        found["address"] = f"{named.place.name}示例路{rng.randrange(1, 900)}号{rng.randrange(1, 20)}楼"
    found["phone"] = f"060{number % 10}-8{number:07d}"
    if rng.random() < 0.5:
        found["email"] = f"office@c{number}.{_SITE}"
    if rng.random() < 0.4:
        found["website"] = f"https://c{number}.{_SITE}/"
    if rng.random() < 0.3:
        found["wechat"] = f"{named.name[:40]}"
    return found


def _deeds(named: Named, cited: Sequence[str], rng: random.Random) -> dict[str, object]:
    found: dict[str, object] = {}
    if rng.random() < _OFTEN["activities"]:
        rows = []
        for topic, fact in rng.sample(ACTIVITIES, rng.randrange(1, 5)):
            text = fact.format(n=rng.randrange(2, 60), trade=named.trade or "会员")
            rows.append(
                {
                    "topic": topic,
                    "fact": text,
                    "as_of": Bare(str(rng.randrange(2008, 2026))),
                    "source": rng.choice(cited),
                }
            )
        found["activities"] = rows
    if rng.random() < _OFTEN["honors"]:
        by = f"{named.place.name}人民政府" if named.place else "示例机关"
        found["honors"] = [
            {
                "title": rng.choice(HONORS),
                "period": Bare(str(rng.randrange(2018, 2026))),
                "awarded_by": by,
                "source": rng.choice(cited),
            }
        ]
    if rng.random() < _OFTEN["doubts"]:
        about, note = rng.choice(DOUBTS)
        found["doubts"] = [{"about": about, "note": note}]
    return found


def _fact_sources(fields: dict[str, object], cited: Sequence[str], rng: random.Random) -> dict[str, object]:
    contact = fields.get("contact")
    held = {*fields, *(contact if isinstance(contact, dict) else ())}
    facts = [fact for fact in (*_CITED, *_CONTACTS) if fact in held]
    # Every source must be used: the name rests on both.
    return {fact: list(cited) if fact == "name" else rng.choice(cited) for fact in facts}


def _sources(named: Named, number: int, cited: Sequence[str], rng: random.Random) -> dict[str, object]:
    found: dict[str, object] = {}
    for order, id_ in enumerate(cited):
        year = rng.randrange(2015, 2026)
        row: dict[str, object] = {
            "title": f"{named.name}{('基本情况', '换届公告')[order]}（{_ORGANISATION}）",
            "publisher": _ORGANISATION,
            "date": Bare(f"{year}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"),
        }
        if rng.random() < 0.7:
            row["url"] = f"https://www.{_SITE}/notice/{year}/{number}-{order}.html"
        row["kind"] = rng.choice(("official", "organisation", "press", "report"))
        found[id_] = row
    return found


def federation(home: Place | None, rng: random.Random) -> dict[str, object]:
    """A federation with its figures over several years."""
    name = home.name if home else "全国"
    return {
        "name": f"{name}工商业联合会" if home else "中华全国工商业联合会", "short_name": f"{name}工商联",
        "level": home.level if home else "national", "region": home.code if home else None,
        "maintainers": ["shili-weihu"] if rng.random() < 0.5 else None, "figures": list(_figures(rng)),
        "documents": [{"title": f"{name}商会建设办法（{_ORGANISATION}）", "number": "示联〔2020〕1号", "date": Bare("2020-03"), "source": "r1"}],
        "contact": {"address": f"{name}示例路1号"}, "note": "示例资料：这里的数字和商会都是编的。",
        "sources": {
            "r1": {"title": f"{name}工商联工作报告（{_ORGANISATION}）", "publisher": _ORGANISATION, "date": Bare("2020-12"), "kind": "report"},
            "r2": {"title": f"{name}工商联工作报告（{_ORGANISATION}）", "publisher": _ORGANISATION, "date": Bare("2025-12"), "kind": "official"},
        },
    }  # fmt: skip


def _figures(rng: random.Random) -> Iterator[dict[str, object]]:
    rows = (
        ("会员总数", "members_total", "个", 1000),
        ("行业商会", "industry_chambers", "家", 15),
        ("异地商会", "nonlocal_chambers", "家", 8),
    )
    for label, key, unit, base in rows:
        value = base + rng.randrange(base)
        for year, source in ((2020, "r1"), (2025, "r2")):
            yield {
                "label": label,
                "key": key,
                "value": value,
                "unit": unit,
                "as_of": Bare(str(year)),
                "source": source,
            }
            value += rng.randrange(1, base)
