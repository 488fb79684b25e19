"""The words of the vocabularies: what a cell shows for a code, and the code that a cell's words mean."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chamberbook.load import Loaded
from chamberbook.records import CITED_FACTS, Chamber, Contact
from chamberbook.sheets.columns import Kind

_LEVELS = {"national": "全国", "province": "省级", "prefecture": "市级", "county": "县级", "township": "乡镇"}
_STATUSES = {
    "active": "有活动记录", "preparing": "筹备中", "merged": "已并入", "dissolved": "已终止", "unknown": "材料没写",
}  # fmt: skip
_CHARTER_STATUSES = {
    "draft": "草案", "in_force": "施行中", "superseded": "已被新版替代", "repealed": "已废止", "unknown": "待核实",
}  # fmt: skip
_SOURCE_KINDS = {
    "official": "机关公告", "organisation": "商会自己公开", "press": "报道", "aggregator": "转载或汇集",
    "report": "工作材料",
}  # fmt: skip
_YES = {"true": "是", "false": "否"}


@dataclass(frozen=True, slots=True)
class Words:
    """One vocabulary: code -> label, in order. Only a `closed` one refuses other words by itself."""

    labels: Mapping[str, str]
    codes: Mapping[str, str]
    closed: bool = True

    @classmethod
    def of(cls, titles: Iterable[tuple[str, str]], *, closed: bool = True) -> Words:
        """Labels that stand for one code each: a title that two codes share carries its code."""
        pairs = list(titles)
        shared = Counter(title for _, title in pairs)
        labels = {code: title if shared[title] == 1 else f"{title}（{code}）" for code, title in pairs}
        return cls(labels, {label: code for code, label in labels.items()}, closed)

    def label(self, code: str) -> str:
        """What a cell shows; a code outside of the vocabulary shows itself."""
        return self.labels.get(code, code)

    def code(self, text: str) -> str | None:
        """The code that words mean: a label or the code itself."""
        if text in self.codes:
            return self.codes[text]
        return text if text in self.labels or not self.closed else None

    def nearest(self, text: str) -> tuple[str, ...]:
        """At most three labels that the words may mean; the first ones when none is near."""
        labels = list(self.codes)
        return tuple(difflib.get_close_matches(text, labels, n=3, cutoff=0.4) or labels[:9])


def vocabularies(loaded: Loaded) -> dict[Kind, Words]:
    """The words of every kind of column that chooses from a vocabulary."""
    lists = loaded.vocabulary
    coded = [(region.code, f"{region.code} {region.name}") for region in lists.regions]
    return {
        "kind": Words.of((term.id, term.title) for term in lists.kinds),
        "level": Words.of(_LEVELS.items()),
        "status": Words.of(_STATUSES.items()),
        "charter_status": Words.of(_CHARTER_STATUSES.items()),
        "source_kind": Words.of(_SOURCE_KINDS.items()),
        "yes": Words.of(_YES.items()),
        "region": Words.of(coded, closed=False),
        "industries": Words.of(((i.code, f"{i.code} {i.title}") for i in lists.industries), closed=False),
        "scheme": Words.of((id_, scheme.short_name) for id_, scheme in loaded.schemes.items()),
        "charter_type": Words.of(((t.title, t.title) for t in lists.charter_types), closed=False),
        "charter_topics": Words.of(((t.title, t.title) for t in lists.charter_topics), closed=False),
        "activity_topic": Words.of(((t.title, t.title) for t in lists.activity_topics), closed=False),
        "about": Words.of(_titles((*Chamber.model_fields, *Contact.model_fields)), closed=False),
        "fact": Words.of(_titles(CITED_FACTS)),
    }


def level_words(loaded: Loaded, scheme: str) -> Words:
    """The levels of one scheme; those of an unknown scheme are not judged."""
    found = loaded.schemes.get(scheme)
    if found is None:
        return Words.of((), closed=False)
    return Words.of((level.id, level.label) for level in found.levels)


def _titles(names: Iterable[str]) -> Iterable[tuple[str, str]]:
    fields = {**Contact.model_fields, **Chamber.model_fields}
    return [(name, str(fields[name].title)) for name in names]
