"""What names and texts are made of. Trades carry their GB/T 4754-2017 division."""

from __future__ import annotations

#: Trade, division, slug. No two sound alike and none is another with one character more: that is what NAME-005 reports.
TRADES: tuple[tuple[str, str, str], ...] = (
    ("粮油", "C13", "liangyou"), ("水产养殖", "A04", "shuichan"), ("花卉苗木", "A01", "huahui"), ("畜牧", "A03", "xumu"),
    ("茶叶", "C15", "chaye"), ("白酒", "C15", "baijiu"), ("调味品", "C14", "tiaoweipin"), ("糕点烘焙", "C14", "hongbei"),
    ("肉类加工", "C13", "roulei"), ("饲料", "C13", "siliao"), ("棉纺织", "C17", "mianfangzhi"), ("家用纺织品", "C17", "jiafang"),
    ("针织", "C17", "zhenzhi"), ("印染", "C17", "yinran"), ("童装", "C18", "tongzhuang"), ("羊毛衫", "C18", "yangmaoshan"),
    ("箱包皮具", "C19", "xiangbao"), ("制鞋", "C19", "zhixie"), ("木材", "C20", "mucai"), ("竹制品", "C20", "zhuzhipin"),
    ("红木家具", "C21", "hongmu"), ("办公家具", "C21", "bangongjiaju"), ("造纸包装", "C22", "zaozhi"), ("印刷", "C23", "yinshua"),
    ("文具", "C24", "wenju"), ("玩具", "C24", "wanju"), ("乐器", "C24", "yueqi"), ("珠宝首饰", "C24", "zhubao"),
    ("工艺美术", "C24", "gongyimeishu"), ("石化", "C25", "shihua"), ("涂料", "C26", "tuliao"), ("日用化工", "C26", "rihua"),
    ("化肥农药", "C26", "huafei"), ("生物医药", "C27", "shengwuyiyao"), ("中药材", "C27", "zhongyaocai"), ("化纤", "C28", "huaxian"),
    ("塑料制品", "C29", "suliao"), ("橡胶", "C29", "xiangjiao"), ("工业陶瓷", "C30", "gongyetaoci"), ("紫砂", "C30", "zisha"),
    ("玻璃", "C30", "boli"), ("石材", "C30", "shicai"), ("水泥制品", "C30", "shuini"), ("耐火材料", "C30", "naihuo"),
    ("钢铁贸易", "F51", "gangtie"), ("不锈钢", "C33", "buxiugang"), ("铝型材", "C32", "lvxingcai"), ("铜业", "C32", "tongye"),
    ("五金机电", "C33", "wujin"), ("锁具", "C33", "suoju"), ("模具", "C35", "moju"), ("铸造", "C33", "zhuzao"),
    ("轴承", "C34", "zhoucheng"), ("阀门", "C34", "famen"), ("泵业", "C34", "bengye"), ("电梯", "C34", "dianti"),
    ("环保设备", "C35", "huanbao"), ("农业机械", "C35", "nongji"), ("医疗器械", "C35", "yiliaoqixie"), ("汽车零部件", "C36", "qichelingbujian"),
    ("船舶修造", "C37", "chuanbo"), ("电动车", "C37", "diandongche"), ("电线电缆", "C38", "dianlan"), ("照明灯具", "C38", "zhaoming"),
    ("光伏", "C38", "guangfu"), ("家用电器", "C38", "jiadian"), ("蓄电池", "C38", "xudianchi"), ("半导体", "C39", "bandaoti"),
    ("电子元件", "C39", "dianziyuanjian"), ("仪器仪表", "C40", "yiqi"), ("眼镜", "C40", "yanjing"), ("再生资源", "C42", "zaishengziyuan"),
    ("供热燃气", "D45", "ranqi"), ("房屋建筑", "E47", "fangwujianzhu"), ("市政工程", "E48", "shizheng"), ("机电安装", "E49", "jidiananzhuang"),
    ("装饰装修", "E50", "zhuangshi"), ("建材流通", "F51", "jiancai"), ("果品蔬菜", "F51", "guopin"), ("药品零售", "F52", "yaopin"),
    ("连锁超市", "F52", "chaoshi"), ("汽车销售", "F52", "qichexiaoshou"), ("图书发行", "F52", "tushu"), ("电子商务", "F52", "dianshang"),
    ("二手车", "F52", "ershouche"), ("道路货运", "G54", "huoyun"), ("内河航运", "G55", "neihe"), ("国际货代", "G58", "huodai"),
    ("冷链仓储", "G59", "lenglian"), ("快递", "G60", "kuaidi"), ("酒店", "H61", "jiudian"), ("餐饮烹饪", "H62", "canyin"),
    ("火锅", "H62", "huoguo"), ("互联网", "I64", "hulianwang"), ("软件", "I65", "ruanjian"), ("大数据", "I65", "dashuju"),
    ("典当", "J66", "diandang"), ("小额贷款", "J66", "xiaodai"), ("房地产开发", "K70", "fangdichan"), ("物业管理", "K70", "wuye"),
    ("机械租赁", "L71", "zulin"), ("人力资源", "L72", "renli"), ("会展服务", "L72", "huizhan"), ("广告传媒", "L72", "guanggao"),
    ("旅行社", "L72", "lvxingshe"), ("安保服务", "L72", "anbao"), ("工程咨询", "M74", "gongchengzixun"), ("检验检测", "M74", "jiance"),
    ("园林绿化", "N78", "yuanlin"), ("家政服务", "O80", "jiazheng"), ("美容美发", "O80", "meirong"), ("洗染", "O80", "xiran"),
    ("汽车维修", "O81", "qicheweixiu"), ("民办教育", "P83", "minbanjiaoyu"), ("民营医院", "Q84", "minyingyiyuan"), ("养老服务", "Q85", "yanglao"),
    ("影视制作", "R87", "yingshi"), ("健身休闲", "R89", "jianshen"), ("文化娱乐", "R90", "yule"), ("古玩字画", "R88", "guwan"),
)  # fmt: skip

#: Places below the county are invented from two characters; no two of one row sound alike.
PLACE_FIRST = "青石龙金南东西北新大长平和安永太高白黄双三万"
PLACE_SECOND = "桥塘湖山溪坪泉港洲坝林田湾埠店浦"

PARKS = (
    ("经济开发区", "jingkaiqu"),
    ("高新技术产业园", "gaoxinyuan"),
    ("综合保税区", "baoshuiqu"),
    ("临港物流园", "lingang"),
)
OTHERS = (
    ("青年企业家商会", "qingnian"), ("女企业家商会", "nvqiye"), ("侨商联合会", "qiaoshang"),
    ("老字号企业联合会", "laozihao"), ("退役军人创业商会", "tuiyi"),
)  # fmt: skip
GENERAL = (
    ("总商会", "zongshanghui"),
    ("民营经济促进会", "minyingjingji"),
    ("上市企业联合会", "shangshiqiye"),
)

HONORS = ("先进社会组织", "文明单位", "脱贫攻坚先进集体", "抗击疫情先进集体", "慈善突出贡献奖")
DOUBTS = (
    ("founded", "成立时间有两种说法，另一种早一年，这里取登记的那一种。"),
    ("members", "两份材料的会员数不同，各写了一条。"),
    ("trade", "材料里的行业名称和今天的分类不完全对应，按意思归类。"),
)

#: What a chamber did; {n} is a number and {trade} its trade.
ACTIVITIES: tuple[tuple[str, str], ...] = (
    ("培训", "办{trade}岗位培训班{n}期，参加的有{n}00多人次，另请高校教师到会员企业现场指导"),
    ("展会", "组织{n}家会员参加{trade}博览会，设展位{n}个，现场签约{n}项"),
    ("公益", "为山区学校捐助图书和桌椅，折合{n}万元，结对助学{n}人"),
    ("调研", "完成{trade}行业年度调查，走访企业{n}家，写成报告送有关部门"),
    ("融资", "与三家银行签订协议，为会员办理贷款{n}笔"),
    ("标准", "牵头制定团体标准{n}项，其中一项上升为行业标准"),
    ("维权", "调解会员纠纷{n}起，代为追回货款{n}万元"),
    ("就业", "举办专场招聘会{n}场，提供岗位{n}00个"),
    ("招商", "接待外地考察团{n}批，促成落地项目{n}个"),
    ("平台", "建成{trade}公共检测中心，年检测{n}00批次"),
    ("政企沟通", "每季度一次座谈，转达意见{n}条，已答复的占九成"),
    ("交流", "同外地{n}家商会结为友好商会，互访{n}次"),
    ("党建", "建立联合党支部，党员{n}名，活动场所一处"),
    ("兴农", "带动农户{n}00户种植原料，户均增收两千元"),
)

#: Articles of a charter by chapter; {trade} and {place} are the chamber's.
CHARTER_CHAPTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("总则", (
        "为了维护{place}{trade}行业的良好秩序，保护消费者和会员的合法权益，会员共同订立本公约。",
        "本公约适用于本商会全体会员；自愿加入的非会员企业，经书面申请后同样适用。",
        "会员遵守法律法规，依法纳税，自觉接受主管部门和社会的监督。",
        "会员以诚信为本，以质量求生存，以服务求发展。",
    )),
    ("自律条款", (
        "产品和服务的质量符合国家标准、行业标准；没有标准的，符合向顾客作出的承诺。",
        "进货时查验供货方的资质和合格证明，建立台账，保存不少于两年。",
        "明码标价，标价内容真实、醒目，不虚构原价，不作误导性的比较。",
        "广告内容真实，不使用绝对化的词语，不夸大功效，不贬低同行。",
        "不编造、不传播损害同行商业信誉的信息。",
        "不以贿赂、回扣等手段谋取交易机会。",
        "尊重他人的商标、专利和著作权，不仿冒他人的名称、包装和装潢。",
        "按合同履行义务；因故不能履行的，及时通知对方并协商解决。",
        "依法同员工签订劳动合同，按时足额支付工资，缴纳社会保险。",
        "落实安全生产责任，定期检查设备，组织演练，消除隐患。",
        "节约能源和材料，依法处理废水、废气和固体废物。",
        "妥善保管客户资料，未经同意不向他人提供。",
        "从业人员持证上岗，每年参加不少于十六学时的培训。",
        "会员之间：\n（一）互相尊重，有分歧先协商；\n（二）不诱使对方员工违反服务期约定；\n（三）参加投标各自独立报价，不串通。",
    )),
    ("监督与处理", (
        "商会设自律委员会，由{n}人组成，每届三年，负责监督本公约的执行。",
        "任何人都可以向商会投诉；商会在七个工作日内受理，三十日内答复。",
        "会员接受自律委员会的检查，如实提供材料。",
        "违反本公约的，视情节提醒、约谈、书面批评、会内通报，直至取消会员资格。",
        "被处理的会员不服的，十五日内可以向监事会申请复核。",
        "每年一月公布上一年度的执行情况。",
    )),
    ("附则", (
        "本公约由会员大会通过，修改时须经到会会员三分之二以上同意。",
        "本公约由理事会解释。",
        "本公约自公布之日起施行。",
    )),
)  # fmt: skip
