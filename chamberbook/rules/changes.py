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
        N_("删掉一家商会的资料，要写明去处或原因。"),
        N_("资料没了，网址就断了，别人不知道是并了、散了，还是误删。"),
        N_("并入别家的，在那一家写 former_slugs；终止的不删，写 status: dissolved；确要删除，在提交说明里另起一行写“删除原因：……”。"),
        "# git commit\n删去 yixing-canyin.yml",
        "# git commit\n删去 yixing-canyin.yml\n\n删除原因：和 yixing-taoci.yml 是同一家"),
    RuleText("OWNER-001", "error",
        N_("维护人写代码托管平台的账号，或一个邮箱。"),
        N_("改动凭它请人审阅；写成姓名或单位，平台找不到人。"),
        N_("只写账号名，团队写成“@组织/团队”；没有账号的，留空，由上级代看。"),
        "# chambers/yixing/federation.yml\nmaintainers: [宜兴市工商联]",
        "# chambers/yixing/federation.yml\nmaintainers: [yixing-example]"),
)  # fmt: skip
