### 单位（U）

dimension-money = 金额
dimension-persons = 人数
dimension-households = 户数
dimension-time = 时间长度（小时、日）
dimension-period = 期间（月、年）
dimension-length = 长度
dimension-ratio = 比例

value-money = 金额
value-rate = 按人、户或期间计的金额
value-ratio = 比例
value-number = 没有单位的数
value-date = 日期
value-unlimited = “不限”
value-table = 一列数
value-other = 别的内容

wanted-cell = 金额或比例
wanted-rate = 费率，如 1元/人/年
wanted-unit-rate = 单价，如 60元/人/月
wanted-count = 个数
wanted-figure = 数
wanted-interval = 可以比较大小的事实

U101 = “{ $value }”没有单位
    .label = 什么单位？
    .help = 写成{ $yuan }，还是{ $wan }？
    .plain = 写成“{ $value }{ $unit }”
    .cell = 金额写“0元”，比例写“0%”
U102 = 此处要写{ $wanted }，写的却是{ $found }
    .label = { $found }
    .help = 改成{ $wanted }
    .base = 比例要写明是谁的比例，如“保险金额 × 70%”；按比例赔付写“赔付比例 70%”
U103 = { $left }与{ $right }不能放在一起计算
    .label = 种类不同
    .other = { $left }
    .help = 相加减的各项必须同是金额，或同是比例、同是一种计数
    .column = 同一列的各格必须同是金额，或同是比例
U104 = 金额精确到分，这里比一分还细
    .label = 不足一分
    .help = 元后至多两位小数
U105 = 金额太大，一项至多 10 万亿元
    .label = 太大
    .help = 核对“万”“亿”
U106 = 此处的数必须大于零
    .label = 不能是负数或零
    .help = 减项用“免赔额”“扣除”，不写负数
U107 = 份额是{ $share }，超过 100%
    .label = 超过 100%
    .help = 是否要写{ $percent }？
    .most = 份额至多 100%
U108 = 这里写的是{ $amount }，是否要写{ $meant }？
    .label = { $amount }，与同类的数额相差太远
    .help = 核对单位是“元”“万元”还是“亿元”；确实如此的，用“认可 U108”写明理由
U109 = { $left }不能乘以{ $right }
    .label = 两个金额相乘
    .help = 金额只能乘以比例或个数
U110 = 个数必须是整数
    .label = 不是整数
    .help = 写整数
U111 = 费率要写明每人还是每户
    .label = 每什么？
    .help = 写成“元/人/年”或“元/户/年”
    .unit = 写成“元/人/月”之类，说明每计一个付多少
U112 = 分数的分母是零
    .label = 分母是零
    .help = 核对分数
U113 = 数值应在 { $from } 至 { $to }（{ $unit }）之间，每 { $precision } 为一格
    .label = 不在范围之内或不在格上
    .declaration = 起点、终点和精度对不上
    .declared = 在此声明
    .help = 核对数值，或改事实的精度和范围
U114 = 单位“{ $name }”的换算绕成一圈，或换算到另一量纲
    .label = 换算不成立
    .help = 单位只能用同一量纲的单位换算
U115 = { $kind }“{ $table }”{ $named ->
        [none] 没有列名，每行只能有一个数
       *[some] 有{ $columns }列
    }，此行写了{ $cells }个
    .label = { $cells }个
    .columns = { $columns }个列名
    .help = { $how ->
        [fewer] 补上缺的数，或删去多余的列名
       *[more] { $named ->
            [none] 在第一行写上列名，或删去多余的数
           *[some] 补上缺的列名，或删去多余的数
        }
    }

U301 = 两个都会变动的数量不能相乘
    .label = 这里的算式没有确定的金额含义
    .help = 一个乘积里至多有一个变动的金额或计数，另一个是写明的数或比例。

U302 = 一个乘积里有两个未写明的比例
    .label = 两个比例都由参数决定
    .help = 把两个参数合成一个，或者写明其中一个。

U303 = 条件和界限不能取决于尚未约定的数
    .label = 这里要与一个确定的金额比较
    .help = 写明数额；由合同约定的，附上合同后再检查。

U304 = 这里要的是金额
    .label = 这不是金额
    .help = 写金额、金额参数、金额事实，或者金额的赔付表。

U305 = 这里要的是比例
    .label = 这不是一个确定的比例
    .help = 写百分比、分数或比例参数。

U306 = 算出的数超出范围
    .label = 金额上限为 10 万亿元
    .help = 检查数字和单位。

U307 = 这个值与要比较的事实不合
    .label = 单位或精度不合
    .help = 按事实的单位和精度写一个确定的值。

U308 = “{ $fact }”不能这样用
    .label = 事实的类型不合
    .help = “为”用于列举的事实，大小比较用于金额、计数和数，单独书写用于是否。

U309 = 决定“{ $decision }”有几个对象
    .label = 一个决定只能按一项作出
    .help = 保留一项，例如“每次灾害”或“每 区县”。

U310 = “{ $fact }”的零头有两种算法
    .label = 与另一处的算法不同
    .help = 一个计数事实只能有一种零头算法。

U311 = “最长”只用于按数量给付的金额
    .label = 前面没有单一的单价
    .help = 写成“60元/人/月 × 月数，最长 6”。

U312 = 不知道按人还是按户
    .label = 单位里没有“人”或“户”
    .help = 费率写“2元/人/年”，基数写“计 人”。

U313 = 报告的数字里不能用这个量
    .label = 约束和指标只用报告的数字、参数和写明的数
    .help = 写成一个报告数字的名称。

U314 = 一个金额里有两个变动的数量
    .label = 加减的各项至多有一项随赔案变动，乘以零的也算
    .help = 把各项写成几项赔付，每项一个数量；要限制合计的，再写一条累计限额。

U315 = 可以为负的数不能用来计算金额
    .label = 这个数可以低于零
    .help = 金额不会为负；事实写明“自 0 至 …”，或另声明一个不为负的数，如低于警戒水位的米数
