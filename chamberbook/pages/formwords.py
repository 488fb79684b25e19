"""What the form says beyond the titles of the fields: names of choices, hints, messages."""

from __future__ import annotations

from collections.abc import Mapping

from chamberbook.derive import Directory
from chamberbook.problems import N_, Translate
from chamberbook.records import Term

#: What the script says; values in braces.
WORDS = {
    "required": N_("请填写这一项。"),
    "choose": N_("请从列表里选一项。"),
    "shortest": N_("至少写{n}个字。"),
    "longest": N_("最多写{n}个字，现在有{have}个。"),
    "number": N_("只写数字，在{min}到{max}之间。"),
    "pattern": N_("写法不对，请对照提示。"),
    "date": N_("写成2008、2008-06或2008-06-30。"),
    "calendar": N_("日历上没有这一天。"),
    "future": N_("这个日期还没有到，请核对年份。"),
    "order": N_("早于“{first}”，请核对这两个日期。"),
    "url": N_("网址以http://或https://开头，中间没有空格。"),
    "region": N_("没有这个地区，请从列表里选，或写六位代码。"),
    "industry": N_("没有这个行业代码：{text}。"),
    "slug": N_("只用小写字母、数字和减号，如yixing-taoci。"),
    "uscc_length": N_("统一社会信用代码是18位，现在有{n}位。"),
    "uscc_letter": N_("第{n}位是“{letter}”，这里不能用。信用代码不用字母I、O、S、V、Z，第3到8位是数字。"),
    "uscc_check": N_("校验码对不上，至少有一位抄错了，请对照证书。"),
    "uscc_company": N_("9开头的是企业的代码，不是商会的。"),
    "mobile": N_("这里有手机号，属于个人信息，不能公开。请换成办公电话，或删掉。"),
    "mobile_phone": N_("手机号是个人信息。请换成办公电话；确要公开的，在下面填机主的同意，或公开的出处。"),
    "needless": N_("电话里没有手机号，这一项不用填。"),
    "open_source": N_("写上面一条来源的编号，如r1；那条来源要有网址。"),
    "identity": N_("这里有身份证号，属于个人信息，不能公开。请删掉。"),
    "phone": N_("写成0510-87491234，分机写“转 801”，几个号码用顿号隔开。"),
    "source": N_("请勾选依据哪一条来源。"),
    "sources": N_("至少写一条来源。"),
    "unused": N_("这条来源没有用到：请在用到它的地方勾选，或删掉。"),
    "twice": N_("这个编号前面用过了。"),
    "mend": N_("要改："),
    "left": N_("还有{n}处要改"),
    "part_left": N_("{n}处要改"),
    "part_done": N_("已填"),
    "part_empty": N_("未填"),
    "saved": N_("{time}已存在这台设备上，关掉页面也不会丢。公用电脑请填完清除。"),
    "unsaved": N_("这个浏览器不让保存草稿，请填完再关页面。"),
    "none": N_("还没有草稿。"),
    "copied": N_("已复制。"),
    "not_copied": N_("没能复制，请在上面的框里选中全文再复制。"),
    "ready": N_("没有要改的了，可以复制、下载或提交。"),
    "sent": N_("已打开提交页面，内容已经填好，再点一次确认即可。"),
    "paste": N_("资料已复制。在打开的页面里选中全文，粘贴，再确认。"),
    "added": N_("加了一项：{title}"),
    "removed": N_("删了一项：{title}"),
    "missing": N_("没有找到这家商会的资料：{slug}。可以从头填写。"),
    "loaded": N_("已填好现有内容：{name}。原文件里的注释不会带过来。"),
}  # fmt: skip


def choices(directory: Directory, _: Translate) -> dict[str, tuple[tuple[str, str], ...]]:
    """What can be chosen, by `Model.field`: the value that is written and its name."""
    words = {
        "Chamber.status": {
            "active": _("有活动记录"), "preparing": _("筹备中"), "merged": _("已并入其他商会"),
            "dissolved": _("已终止"), "unknown": _("不清楚"),
        },
        "Chamber.level": {
            "national": _("全国"), "province": _("省级"), "prefecture": _("市级"), "county": _("县级"),
            "township": _("乡镇级"),
        },
        "Charter.status": {
            "draft": _("草案"), "in_force": _("施行中"), "superseded": _("已被新版替代"), "repealed": _("已废止"),
            "unknown": _("待核实"),
        },
        "Source.kind": {
            "official": _("机关公告"), "organisation": _("商会自己公开"), "press": _("报道"),
            "aggregator": _("转载或汇集"), "report": _("工作材料"),
        },
    }  # fmt: skip
    written = directory.source or directory
    found = {name: tuple(labels.items()) for name, labels in words.items()}
    found["Chamber.kind"] = tuple((one.id, one.title) for one in directory.kinds.values())
    found["Rating.scheme"] = ()
    found["Rating.level"] = ()
    found["Charter.type"] = _terms(written.charter_types, directory.charter_types)
    found["Charter.topics"] = _terms(written.topics, directory.topics)
    found["Activity.topic"] = _terms(written.activity_topics, directory.activity_topics)
    return found


def _terms(written: Mapping[str, Term], shown: Mapping[str, Term]) -> tuple[tuple[str, str], ...]:
    """What a record writes, whatever the language of the form, and what the form calls it."""
    return tuple((one.title, shown[id_].title) for id_, one in written.items())


def hints(_: Translate) -> dict[str, str]:
    """Hints that a form words in another way than the file does, by field or `Model.field`."""
    return {
        "Chamber.aliases": _("材料里的其他写法、简称；多个用顿号隔开。"),
        "Chamber.former_slugs": _("用过的编号，旧网址会转到这里；多个用顿号隔开。"),
        "Chamber.kind": "",
        "Chamber.status": "",
        "Charter.status": "",
        "Source.kind": "",
        "region": _("写地名或六位代码，从列表里选；全国性的留空。"),
        "region_then": _("材料所写、后来停用的六位代码。"),
        "origin_region": _("只有异地商会填：会员来自哪里。"),
        "industries": _("《国民经济行业分类》2017年版，从列表里选；多个用顿号隔开。"),
        "Rating.scheme": "",
        "Rating.level": _("先选办法。"),
        "Contact.phone": _("办公室固定电话，如0510-87654321；手机号要填下面的同意或公开出处。"),
        "Contact.public_source": _(
            "电话是手机号、商会或机主自己公开过的，写那条来源的编号，如r1；来源要有网址。"
        ),
        "Consent.given": _("机主书面同意公开的选“是”。"),
        "Charter.type": "",
        "Charter.topics": "",
        "Charter.text": _("全文是另一个文件，这里只显示，不能改。"),
        "Charter.monitoring_body": _("公约写明由谁监督，如“理事会”。"),
        "Charter.sanctions_text": _("用自己的话写违约怎么处理，如“提醒、批评、通报”。"),
        "Activity.topic": "",
        "Members.approx": _("材料写“约”“近”“多”的勾上。"),
        "Doubt.about": _("写资料文件里的栏目名，如name、founded、ratings。"),
        "source": "",
        "sources": _("每一项都要有出处。没有网址也可以，写清文件名和文号即可。"),
        "fact_sources": _("来源有两条以上时，逐项勾选出自哪里。"),
    }


def titles(_: Translate) -> dict[str, str]:
    """Titles of fields whose value is a code in the file and a name in the form."""
    return {
        "region": _("地区"),
        "region_then": _("当时的地区"),
        "origin_region": _("原籍地"),
        "industries": _("代表的行业"),
        "trade": _("行业的说法"),
    }
