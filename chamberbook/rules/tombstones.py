"""Records that were taken out."""

from __future__ import annotations

from chamberbook.problems import N_
from chamberbook.rules.model import RuleText

RULES: tuple[RuleText, ...] = (
    RuleText("REMOVED-001", "error",
        N_("写了撤销记录的，原来的资料文件要删掉。"),
        N_("一个网址不能又说有、又说撤了。"),
        N_("要撤销的，删掉资料文件和它的公约全文；不撤销的，删掉撤销记录。"),
        "# chambers/_tombstones/yixing-taoci.yml\nreason: request",
        "# chambers/_tombstones/yixing-jiu.yml\nreason: request"),
    RuleText("REMOVED-002", "error",
        N_("撤销记录指到的商会要在名录里。"),
        N_("旧网址会转过去；指到不存在的编号，读者点过去是空的。"),
        N_("写名录里的编号；没有的删掉这一行。"),
        "# chambers/_tombstones/yixing-jiu.yml\nreason: duplicate\nsuccessor: yixing-taoc",
        "# chambers/_tombstones/yixing-jiu.yml\nreason: duplicate\nsuccessor: yixing-taoci"),
    RuleText("REMOVED-003", "error",
        N_("原因是重复收录的，写明留下的是哪一家；原因是其他的，写明是什么。"),
        N_("从旧链接来的读者要知道去哪里看、为什么没有了。"),
        N_("重复收录的写 successor；其他的用一句话写在 note。"),
        "# chambers/_tombstones/yixing-jiu.yml\nreason: other",
        "# chambers/_tombstones/yixing-jiu.yml\nreason: other\nnote: 原来的资料说的是一家企业的部门。"),
    RuleText("REMOVED-004", "warning",
        N_("因个人信息撤销的，撤销记录不再链接原来的材料。"),
        N_("资料撤下了，链接还能把人带到那些个人信息。"),
        N_("删掉网址，或换成处理这件事的公告。"),
        "# chambers/_tombstones/yixing-jiu.yml\nreason: personal\nsources:\n  r1: {title: 通讯录, publisher: 示例商会, url: https://example.org/1, kind: organisation}",
        "# chambers/_tombstones/yixing-jiu.yml\nreason: personal"),
)  # fmt: skip
