"""The catalogue of rules: every rule that a check, a comparison or the import of a table can report, explained. Text only; the rules work in their own modules."""

from __future__ import annotations

from typing import NamedTuple

from chamberbook.problems import N_
from chamberbook.rules import awards, chambers, changes, files, sheets, texts, tombstones, writing
from chamberbook.rules.model import RuleText

__all__ = ["CATALOGUE", "GROUPS", "RuleGroup", "RuleText"]

#: Every rule, in the order in which a file is read and judged.
CATALOGUE: tuple[RuleText, ...] = (
    *writing.RULES,
    *files.RULES,
    *chambers.RULES,
    *tombstones.RULES,
    *awards.RULES,
    *texts.RULES,
    *changes.RULES,
    *sheets.RULES,
)


class RuleGroup(NamedTuple):
    """Rules that belong together for a reader: a title, an id for the address, the families of rule ids."""

    id: str
    title: str
    families: tuple[str, ...]

    @property
    def rules(self) -> tuple[RuleText, ...]:
        """The rules of the group, in the order of the catalogue."""
        return tuple(rule for rule in CATALOGUE if rule.id.partition("-")[0] in self.families)


GROUPS: tuple[RuleGroup, ...] = (
    RuleGroup("writing", N_("文件写法"), ("YAML",)),
    RuleGroup("files", N_("文件与栏目"), ("FILE", "FIELD")),
    RuleGroup("names", N_("名称与编号"), ("NAME", "SLUG", "STATUS", "REMOVED", "USCC")),
    RuleGroup("places", N_("地区与行业"), ("REGION", "INDUSTRY", "KIND")),
    RuleGroup("contacts", N_("联系与个人信息"), ("CONTACT", "PII")),
    RuleGroup("ratings", N_("等级与称号"), ("RATE",)),
    RuleGroup("schemes", N_("评定办法"), ("SCHEME",)),
    RuleGroup("charters", N_("公约与活动"), ("CHARTER", "ACTIVITY")),
    RuleGroup("sources", N_("来源与日期"), ("SOURCE", "DATE")),
    RuleGroup("vocabularies", N_("词表"), ("VOCABULARY",)),
    RuleGroup("changes", N_("改动与维护人"), ("CHANGE", "OWNER")),
    RuleGroup("sheets", N_("表格"), ("SHEET",)),
)
