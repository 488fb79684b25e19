"""The bare floor: the same pages as the Hugo site, by CSafeLoader and plain Jinja in one process.

No check, no positions, no search, no theme: what reading the files, filling templates and writing the pages costs at
least in this language. `.venv/bin/python benchmarks/floor/floor.py ROOT OUT`.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

SITE, AS_OF, PAGE_SIZE = "商会名录（示例资料）", "2026-11-23", 50
LABELS = {
    "industry": "行业商会", "nonlocal": "异地商会", "township": "乡镇商会", "subdistrict": "街道商会", "village": "村级商会",
    "market": "市场商会", "park": "园区商会", "general": "综合商会", "other": "其他商会", "national": "全国", "province": "省级",
    "prefecture": "市级", "county": "县级", "active": "在册", "unknown": "现状待核实", "preparing": "筹备中", "merged": "已并入",
    "dissolved": "已终止", "draft": "草案", "in_force": "施行中", "superseded": "已被替代", "repealed": "已废止",
}  # fmt: skip


@dataclass(slots=True)
class Chamber:
    slug: str
    federation: str
    record: dict
    regions: list[str]
    awards: list[dict]


def read(path: Path) -> dict:
    # Dates stay text: the records' dates can be a year or a month.
    return yaml.load(path.read_bytes(), Loader)


class Loader(yaml.CSafeLoader):
    pass


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def main(root: Path, out: Path) -> None:
    folder = root / "chambers"
    regions = {row["code"]: row for row in read(folder / "_vocabulary/regions.yml")}
    industries = {row["code"]: row["title"] for row in read(folder / "_vocabulary/industries.yml")}
    schemes = {path.stem: read(path) for path in sorted((folder / "_schemes").glob("*.yml"))}
    chambers = list(read_chambers(folder, regions, schemes))
    env = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)
    env.globals.update(site=SITE, labels=LABELS, regions=regions, industries=industries)
    made: set[Path] = set()

    def write(url: str, text: str, name: str = "index.html") -> None:
        place = out / url
        if place not in made:
            place.mkdir(parents=True, exist_ok=True)
            made.add(place)
        (place / name).write_text(text, "utf-8")

    write_chambers(env, chambers, folder, write)
    write_lists(env, chambers, write)


def read_chambers(folder: Path, regions: dict, schemes: dict) -> Iterator[Chamber]:
    for path in sorted(folder.glob("[a-z]*/*.yml")):
        if path.stem == "federation":
            continue
        record = read(path)
        chain, code = [], record.get("region")
        while code:
            chain.insert(0, code)
            code = regions[code].get("parent")
        yield Chamber(
            path.stem,
            path.parent.name,
            record,
            chain,
            [award(one, schemes) for one in record.get("ratings", ())],
        )


def award(rating: dict, schemes: dict) -> dict:
    scheme = schemes[rating["scheme"]]
    label = next(level["label"] for level in scheme["levels"] if level["id"] == rating["level"])
    end, state = "", "按年度认定"
    if years := scheme.get("validity_years"):
        state, day = "日期待补", str(rating.get("awarded", ""))
        if len(day) == 4:
            day += "-12-31"
        elif len(day) == 7:
            first = date.fromisoformat(day + "-01")
            day = ((first + timedelta(days=31)).replace(day=1) - timedelta(days=1)).isoformat()
        if day:
            end = f"{int(day[:4]) + years}{day[4:]}"
            soon = (date.fromisoformat(AS_OF) + timedelta(days=90)).isoformat()
            state = "已过期" if end < AS_OF else "将到期" if end <= soon else "有效"
    if "revoked" in rating:
        state = "已撤销"
    return {"rating": rating, "label": label, "scheme": scheme["short_name"], "end": end, "state": state}


def write_chambers(env: Environment, chambers: list[Chamber], folder: Path, write) -> None:
    page, law = env.get_template("chamber.html"), env.get_template("charter.html")
    for one in chambers:
        url = f"chambers/{one.slug}/"
        write(url, page.render(title=one.record["name"], url=url, chamber=one))
        write(url, json.dumps(one.record, ensure_ascii=False), "index.json")
        for charter in one.record.get("charters", ()):
            text = (folder / one.federation / charter["text"]).read_text("utf-8") if "text" in charter else ""
            parts = [part for part in text.strip().split("\n\n") if part]
            url = f"charters/{one.slug}/{charter['id']}/"
            title = charter.get("title") or charter["type"]
            write(url, law.render(title=title, url=url, chamber=one, charter=charter, paragraphs=parts))


def write_lists(env: Environment, chambers: list[Chamber], write) -> None:
    row = env.get_template("row.html")
    rows = {one.slug: Markup(row.render(chamber=one)) for one in chambers}
    names: dict[str, str] = {}
    lists: defaultdict[str, list[Markup]] = defaultdict(list)
    for one in chambers:
        for code in one.regions:
            names[f"regions/{code}/"] = env.globals["regions"][code]["name"]
        for code in one.record.get("industries", ()):
            names |= {f"industries/{c.lower()}/": env.globals["industries"][c] for c in (code[0], code)}
        for held in one.awards:
            names[f"levels/{held['rating']['scheme']}-{held['rating']['level']}/"] = (
                f"{held['scheme']} {held['label']}"
            )
        for url in urls(one):
            lists[url].append(rows[one.slug])
    charters = [
        Markup('<li class="row"><h3><a href="/charters/{}/{}/">{}</a></h3><p>{} · {}</p></li>').format(
            one.slug,
            charter["id"],
            charter.get("title") or charter["type"],
            one.record["name"],
            LABELS[charter["status"]],
        )
        for one in chambers
        for charter in one.record.get("charters", ())
    ]
    write(
        "",
        env.get_template("home.html").render(
            title=SITE, url="", chambers=len(chambers), charters=len(charters)
        ),
    )
    write_pages(env, "chambers/", "商会", list(rows.values()), write)
    write_pages(env, "charters/", "公约", charters, write)
    for url, found in lists.items():
        write_pages(env, url, names[url], found, write)
    for kind in ("regions", "industries", "levels"):
        terms = sorted((url, names[url], len(found)) for url, found in lists.items() if url.startswith(kind))
        write(f"{kind}/", env.get_template("terms.html").render(title=kind, url=f"{kind}/", terms=terms))


def urls(one: Chamber) -> Iterator[str]:
    found = [f"regions/{code}/" for code in one.regions]
    for code in one.record.get("industries", ()):
        found += [f"industries/{code[0].lower()}/", f"industries/{code.lower()}/"]
    found += [f"levels/{held['rating']['scheme']}-{held['rating']['level']}/" for held in one.awards]
    yield from dict.fromkeys(found)


def write_pages(env: Environment, url: str, title: str, rows: list[Markup], write) -> None:
    page, last = env.get_template("list.html"), max(1, -(-len(rows) // PAGE_SIZE))
    for number in range(1, last + 1):
        part = rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        here = url if number == 1 else f"{url}page/{number}/"
        write(here, page.render(title=title, url=here, total=len(rows), number=number, last=last, rows=part))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
