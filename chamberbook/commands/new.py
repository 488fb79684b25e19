"""`build.py new`: a new chamber's file, from questions on a terminal or from flags."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from chamberbook import load
from chamberbook.commands.ask import Choice, Question, Unclear, ask
from chamberbook.commands.common import BAD_INPUT, OK, WRONG_USE, root_of
from chamberbook.commands.day import day_of
from chamberbook.drafts import (
    Answers,
    check_draft,
    draft_text,
    federation_of,
    find_industries,
    find_regions,
    near,
    propose_slug,
    region_in_name,
)
from chamberbook.load import Loaded
from chamberbook.problems import N_, Message, Translate, WrongUse, report
from chamberbook.records.base import ID_PATTERN, PartialDate, Source
from chamberbook.records.vocabulary import Region

#: Without these a record cannot be; all of them given as flags, nothing is asked.
_REQUIRED = ("name", "kind", "source_title", "source_by", "source_kind")
_SOURCE_KINDS = (
    Choice("official", N_("机关公告（official）")),
    Choice("organisation", N_("商会自己公开的（organisation）")),
    Choice("press", N_("报道（press）")),
    Choice("aggregator", N_("转载或汇集（aggregator）")),
    Choice("report", N_("工作材料（report）")),
)


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Write the file and print its path; 1 when the rules refuse it. Nothing is written before it is right."""
    root, day = root_of(options), day_of(options)
    loaded = load.read_all(root)
    try:
        answers, slug = _Interview(options, loaded, translate).run()
    except (KeyboardInterrupt, EOFError):
        print("\n" + translate(N_("已停止，什么也没有写。")), file=sys.stderr)
        return WRONG_USE
    path = f"chambers/{answers.federation}/{slug}.yml"
    text = draft_text(answers)
    problems = check_draft(loaded, path, text, day)
    if problems:
        print(report(problems, translate))
    if any(problem.severity == "error" for problem in problems):
        print(translate(N_("没有写文件；照上面的说明改了再来。")))
        return BAD_INPUT
    _write(root / path, text)
    print(path)
    return OK


def _write(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise WrongUse(Message(N_("已有文件 {path}，没有改动"), {"path": path.name})) from None


class _Interview:
    """Takes each answer from its flag, or asks for it when no name was given and somebody sits at the terminal."""

    def __init__(self, options: argparse.Namespace, loaded: Loaded, translate: Translate) -> None:
        self.flags, self.loaded, self.translate = vars(options), loaded, translate
        self.regions = loaded.vocabulary.regions
        self.asking = not options.name and sys.stdin.isatty()
        if missing := [name for name in _REQUIRED if not self.flags[name]] if not self.asking else []:
            flags = tuple("--" + name.replace("_", "-") for name in missing)
            raise WrongUse(Message(N_("还要写：{flags}；在终端里不写 --name 就逐项问"), {"flags": flags}))

    def run(self) -> tuple[Answers, str]:
        """All answers in the order in which a person knows them, and the address."""
        name = self.answer("name", N_("商会全称"), _length(2, 80))
        kind = self.answer("kind", N_("类型，写数字"), self.kind, choices=self.kinds())
        guess = region_in_name(name, self.regions)
        region = self.answer(
            "region", N_("所在地区，名称或代码；全国性的写 -"), self.region, guess.code if guess else "-"
        )
        likely = federation_of(region.strip("-"), self.loaded)
        federation = self.answer("federation", N_("所属工商联"), self.federation, likely)
        industries = trade = origin = "-"
        if kind == "industry":
            industries = self.answer("industry", N_("行业，名称或代码；说不准的留空"), self.industries, "-")
            trade = self.answer(
                "trade", N_("材料里的行业说法，如“工业陶瓷”；没有就留空"), _length(1, 40), "-"
            )
        if kind == "nonlocal":
            origin = self.answer("origin", N_("会员来自哪里，名称或代码；说不准的留空"), self.region, "-")
        founded = self.answer("founded", N_("成立时间，如 2008、2008-06；不知道就留空"), _day, "-")
        source = self.source()
        slug = self.answer("slug", N_("编号，也就是网址"), self.slug, propose_slug(name, self.loaded))
        known = {
            key: "" if value == "-" else value
            for key, value in (("region", region), ("origin", origin), ("trade", trade), ("founded", founded))
        }
        codes = tuple(industries.split(",")) if industries != "-" else ()
        return Answers(name, kind, federation, source, industries=codes, **known), slug

    def source(self) -> dict[str, str]:
        """The source that says so."""
        parts = {
            "title": self.answer("source_title", N_("来源：题名"), _length(1, 2000)),
            "publisher": self.answer("source_by", N_("来源：谁发布的"), _length(1, 2000)),
            "date": self.answer("source_date", N_("来源：日期；没有就留空"), _day, "-"),
            "url": self.answer("source_url", N_("来源：网址；没有就留空"), _url, "-"),
        }
        shown = tuple(Choice(value, self.translate(words)) for value, words in _SOURCE_KINDS)
        parts["kind"] = self.answer(
            "source_kind", N_("来源：种类，写数字"), partial(_one_of, shown), choices=shown
        )
        return {key: "" if value == "-" else value for key, value in parts.items()}

    def answer(
        self,
        flag: str,
        text: str,
        read: Callable[[str], str],
        default: str | None = None,
        choices: tuple[Choice, ...] = (),
    ) -> str:
        """One answer. A flag that cannot be read is wrong use; an optional one that is not given is its default."""
        given = self.flags[flag]
        if not given and self.asking:
            return ask(Question(Message(text), read, default, choices), self.translate)
        if not given and default is not None:
            return default
        try:
            return read(given or "")
        except Unclear as unclear:
            name = "--" + flag.replace("_", "-")
            offered = tuple(choice.shown for choice in unclear.choices)
            values = {"flag": name, "why": unclear.message, "choices": offered}
            words = N_("{flag}：{why} {choices}") if offered else N_("{flag}：{why}")
            raise WrongUse(Message(words, values)) from None

    def kinds(self) -> tuple[Choice, ...]:
        return tuple(Choice(term.id, f"{term.title}（{term.id}）") for term in self.loaded.vocabulary.kinds)

    def kind(self, text: str) -> str:
        terms = {name: term.id for term in self.loaded.vocabulary.kinds for name in (term.id, term.title)}
        if text not in terms:
            known = {choice.value: choice for choice in self.kinds()}
            meant = near(text, {term.id: (term.title, term.id) for term in self.loaded.vocabulary.kinds})
            raise Unclear(Message(N_("没有这个类型")), [known[id_] for id_ in meant] or tuple(known.values()))
        return terms[text]

    def region(self, text: str) -> str:
        if text == "-":
            return text
        found = find_regions(text, self.regions)
        if len(found) == 1 and text in (found[0].code, found[0].name):
            return found[0].code
        if not found:
            raise Unclear(
                Message(N_("没有找到这个地区；表里没有的县，先加进 chambers/_vocabulary/regions.yml"))
            )
        raise Unclear(Message(N_("是不是")), [Choice(one.code, self._placed(one)) for one in found])

    def _placed(self, region: Region) -> str:
        """A region with what it lies in: several districts share a name."""
        around = next((one.name for one in self.regions if one.code == region.parent), "")
        return f"{around}{region.name}（{region.code}）"

    def federation(self, text: str) -> str:
        for slug, one in self.loaded.federations.items():
            if text in (slug, one.name, one.short_name):
                return slug
        names = {s: (f.short_name, f.name, s) for s, f in self.loaded.federations.items()}
        choices = [Choice(slug, f"{names[slug][0]}（{slug}）") for slug in near(text, names)]
        if not choices:
            raise Unclear(Message(N_("没有这家工商联；写它的名称，或 chambers 里的文件夹名")))
        raise Unclear(Message(N_("没有这家工商联；是不是")), choices)

    def industries(self, text: str) -> str:
        codes = []
        for part in re.split(r"[,，、\s]+", text.strip(",，、 ")) if text != "-" else ():
            found = find_industries(part, self.loaded.vocabulary.industries)
            if not found:
                raise Unclear(Message(N_("没有找到行业“{text}”；换个说法，或写门类如 C"), {"text": part}))
            if len(found) > 1 or part not in (found[0].code, found[0].title):
                choices = [Choice(one.code, f"{one.title}（{one.code}）") for one in found]
                raise Unclear(Message(N_("是不是")), choices)
            codes.append(found[0].code)
        return ",".join(codes) or "-"

    def slug(self, text: str) -> str:
        if not re.fullmatch(ID_PATTERN, text) or len(text) > 120:
            raise Unclear(Message(N_("编号用小写字母和数字，中间用减号，如 zilv-gongyue")))
        if text in self.loaded.chambers:
            path = self.loaded.chambers[text].path
            raise Unclear(Message(N_("编号和 {path} 相同"), {"path": path}))
        return text


def _length(least: int, most: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not least <= len(text.strip()) <= most:
            raise Unclear(Message(N_("要有 {least} 到 {most} 个字"), {"least": least, "most": most}))
        return text.strip()

    return read


def _one_of(choices: tuple[Choice, ...], text: str) -> str:
    if text not in [choice.value for choice in choices]:
        raise Unclear(Message(N_("没有这个种类")), choices)
    return text


def _day(text: str) -> str:
    try:
        return text if text == "-" else str(PartialDate.parse(text))
    except ValueError:
        raise Unclear(Message(N_("写成 2008、2008-06 或 2008-06-30，月和日都是两位"))) from None


def _url(text: str) -> str:
    try:
        Source.model_validate(
            {"title": "-", "publisher": "-", "kind": "press", "url": None if text == "-" else text}
        )
    except ValidationError:
        raise Unclear(Message(N_("网址以 https:// 或 http:// 开头，中间没有空格"))) from None
    return text
