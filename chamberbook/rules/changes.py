"""Between two versions: what a pull request or a push must not lose; and who is asked to look at it."""

from __future__ import annotations

from chamberbook.problems import N_
from chamberbook.rules.model import RuleText

RULES: tuple[RuleText, ...] = (
    RuleText("CHANGE-001", "error",
        N_("资料文件改了名，原来的编号要写进 former_slugs。"),
        N_("编号就是网址；别处的链接和引用还指着旧的，不写就断了。"),
        N_("加一行 former_slugs，写上原来的编号；或者把文件名改回去。"),
        "# chambers/yixing/yixing-meishi.yml（原来是 yixing-canyin.yml）\nname: 宜兴市示例餐饮业商会",
        "# chambers/yixing/yixing-meishi.yml（原来是 yixing-canyin.yml）\nname: 宜兴市示例餐饮业商会\nformer_slugs: [yixing-canyin]"),
    RuleText("CHANGE-002", "error",
        N_("撤下一家商会的资料，要写明去处或写一份撤销记录。"),
        N_("资料没了，网址就断了，别人不知道是并了、散了，还是误删。"),
        N_("并入别家的，在那一家写 former_slugs；终止的不删，写 status: dissolved；确要撤下，写一份撤销记录，写明日期和原因。"),
        "# 删去 chambers/yixing/yixing-canyin.yml",
        "# 删去 chambers/yixing/yixing-canyin.yml\n# chambers/_tombstones/yixing-canyin.yml\nremoved: 2026-03-05\nreason: mistaken"),
    RuleText("CHANGE-003", "error",
        N_("撤销记录照抄原来的旧编号和公约编号。"),
        N_("它们也是网址，不写就断了。"),
        N_("把原来的 former_slugs 抄过来，公约的编号写进 charters。"),
        "# 删去 chambers/yixing/yixing-taoci.yml\n# chambers/_tombstones/yixing-taoci.yml\nremoved: 2026-03-05\nreason: mistaken",
        "# 删去 chambers/yixing/yixing-taoci.yml\n# chambers/_tombstones/yixing-taoci.yml\nremoved: 2026-03-05\nreason: mistaken\ncharters: [zilv-gongyue, zilv-gongyue-2024]"),
    RuleText("OWNER-001", "error",
        N_("维护人写代码托管平台的账号，或一个邮箱。"),
        N_("改动凭它请人审阅；写成姓名或单位，平台找不到人。"),
        N_("只写账号名，团队写成“@组织/团队”；没有账号的，留空，由上级代看。"),
        "# chambers/yixing/federation.yml\nmaintainers: [宜兴市工商联]",
        "# chambers/yixing/federation.yml\nmaintainers: [yixing-example]"),
)  # fmt: skip
