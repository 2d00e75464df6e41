### 命令拒收的记录与数值（V）

## 赔案记录（V00）
V001 = 没有名为“{ $value }”的列，已忽略
    .help = 可用的列：{ $known }
    .near = 是否为“{ $near }”？
V002 = “{ $field }”没有“{ $value }”这个取值
    .help = 可取：{ $known }
    .some = 可取：{ $known } 等，全部取值见 anlan doc
    .near = 是否为“{ $near }”？
    .short = 没有这个取值
V003 = “{ $field }”的“{ $value }”不是日期
    .help = 写作 2024-07-01，或带时刻 2024-07-01T08:30
    .short = 日期有误
V004 = “{ $field }”的“{ $value }”不是金额
    .help = 以元为单位写数字，如 12000 或 12000.50
    .short = 金额有误
V005 = “{ $field }”不能为负：{ $value }
    .help = 更正以前的赔案请重新填报该赔案，不用负数冲减
    .short = 为负
V006 = “{ $field }”的小数位数过多：{ $value }
    .help = 金额以元为单位，最多两位小数
    .short = 小数过多
V007 = “{ $field }”数额过大：{ $value }
    .help = 单项金额不得超过十万亿元
    .short = 数额过大
V008 = “{ $field }”的“{ $value }”不是计数
    .help = 写不小于零的整数
    .short = 计数有误
V009 = “{ $field }”的“{ $value }”不在许可的数值之列
    .help = 自{ $from }至{ $to }{ $unit }，精确到{ $precision }{ $unit }
    .short = 数值不在许可之列
V010 = “{ $field }”的“{ $value }”不是比例
    .help = 写作 0.95 或 95%
    .short = 比例有误
V011 = “{ $field }”的“{ $value }”不是“是”或“否”
    .help = 写“是”或“否”
    .short = 是否有误
V012 = “{ $field }”含有控制字符
    .help = 编号写在一行内，不含换行和制表符
    .short = 编号含控制字符
V013 = “{ $field }”给出了不止一次
    .help = 列名的标识与中文名指同一列，只留一列
    .short = 重复给出一项
V014 = 没有名为“{ $value }”的项
    .help = 可用的项：{ $known }
    .near = 是否为“{ $near }”？

## 赔案的认定（V02）
V020 = 缺少{ $names }，无法定赔
    .help = 按其余各项，赔与不赔或赔多少取决于所缺的项，请补上
    .short = 缺少所需的项
V021 = { $names }同时适用而金额不同，方案未写何者优先
    .help = 在方案中写“优先”“从高”或“叠加”
    .short = 险种未排序
V022 = “{ $field }”为{ $value }，超过{ $bound }，按方案拒收
    .help = 请核对该项
    .short = 超过上限
V023 = “{ $field }”为{ $value }，低于{ $bound }，按方案拒收
    .help = 请核对该项
    .short = 低于下限

## 一批赔案（V03）
V030 = 赔案号“{ $value }”出现{ $count }次，各行均不受理
    .help = 每件赔案一行；更正时只留更正后的一行
    .short = 赔案号重复
V031 = 缺少{ $names }，限额{ $limits }无从累计
    .help = 请补上；空白不会合并为一组，也不免于限额
    .short = 缺少限额所需的项
V032 = “{ $field }”为{ $value }，与同一{ $key }“{ $id }”的其他行（{ $other }）不一致
    .help = 同一{ $key }的{ $field }只能有一个值
    .short = 与其他行矛盾
V033 = 没有赔案号
    .help = 每行须有赔案号，且不得重复
    .short = 没有赔案号
V034 = 没有出险日期
    .help = 结算按出险日期判断保险期间和年度，每行都要有
    .short = 没有出险日期
V035 = “{ $field }”为{ $value }，而 { $path } 中{ $key }“{ $id }”为{ $other }
    .help = 两处改为一致；这一列留空，即以该文件为准
    .short = 与事件或标的文件不一致
V036 = { $path } 中没有赔案所写的{ $key } { $ids }（共{ $count }个）
    .help = 请核对编号；这些赔案只按本行所写的各项计算
V037 = “{ $field }”是每件赔案自己的项，已忽略
    .help = 灾害文件写灾因、致因、区县和方案声明的事实；标的文件写户编号、区县、城乡、保险金额、保单起止和方案声明的事实
V038 = { $path } 与 { $other } 都写了“{ $field }”
    .help = 一项只写在一个文件里，删去其中一列

## 计算所需（V04）
V040 = 参数尚无取值：{ $names }
    .help = 用 --contract 给出设定这些参数的合同
V041 = 金额以保费总额计，而本次未给出投保基数
    .help = 用 --bases 给出各区县的人数与户数
V042 = 决定“{ $name }”尚未作出，金额无从确定
    .help = 已作出的，用 --decide { $name }=值 给出
    .year = 已作出的，用 --decide { $name }@年份=值 给出，年份是年度开始的公历年份
    .event = 已作出的，用 --decide { $name }@灾害编号=值 给出
    .fact = 已作出的，用 --decide { $name }@{ $field }=值 给出
V043 = 限额“{ $name }”不足以赔付，而方案未写用尽时如何处理
    .help = 在方案中写“用尽时 按比例”“用尽时 按时间”等
V044 = 数值超出可精确计算的范围，本次计算不予进行
    .help = 请核对金额：单项不得超过十万亿元，合计不得超过 9.2 亿亿元
V045 = 保险期间未定，无从划分年度
    .help = 期间由合同约定的，用 --contract 给出合同
V046 = 资金余额未给出：{ $names }
    .help = 在合同中写“设 资金 = 金额”
V047 = 共保份额合计为{ $sum }，不是 100%
    .help = 请改正方案或合同中的份额
V048 = 限额“{ $limit }”的一组赔案对应不止一个“{ $name }”的决定
    .help = 决定的范围应与限额的范围一致，或用 --decide { $name } 对全部作出
V049 = 限额“{ $limit }”取自“{ $field }”，而同组赔案的该项不一致
    .help = 请核对这些赔案的“{ $field }”

## 决定（V05）
V050 = 没有名为“{ $value }”的决定
    .help = 方案中的决定：{ $known }
    .near = 是否为“{ $near }”？
    .none = 方案中没有任何决定
V051 = 决定“{ $name }”的范围“{ $value }”写错
    .help = 写作 --decide { $name }@范围
    .term = 该决定及于整个保险期间，不写范围
    .year = 范围是年度开始的公历年份，如 { $name }@2024
    .event = 范围是灾害编号，如 { $name }@E1
    .fact = 范围是{ $field }的一个取值
V052 = 决定“{ $name }”的值“{ $value }”写错
    .help = 写作 --decide { $option }=值
    .none = 该决定不带值
    .money = 值为金额，如 { $option }=50000000 或 { $option }=5000万元
    .ratio = 值为比例，如 { $option }=95%
    .count = 值为整数，如 { $option }=3
    .date = 值为日期，如 { $option }=2024-07-01
V053 = 决定“{ $name }”给出了不止一次
    .help = 每个范围只写一次
V054 = 决定“{ $name }”是对“{ $value }”作出的，而赔案中没有“{ $value }”
    .help = 核对 --decide { $name }@ 后面的编号；编号不符的决定对谁都不起作用
    .year = 年度以它开始的那一年称呼；核对 --decide { $name }@ 后面的年份，没有赔案的年度，决定对谁都不起作用

## 赔案文件（V06、V07）
V060 = { $path } 第 { $line } 行的列名不是 { $encoding } 编码
    .help = 表格软件另存的文件多为 GB18030，可加 --encoding gb18030；或另存为 UTF-8
V061 = 有不属于 { $encoding } 编码的字节
    .help = 整个文件都是 GB18030 的，加 --encoding gb18030；只有这一行的，请更正这一行
    .other = 文件是 UTF-8 的，去掉 --encoding；只有这一行的，请更正这一行
    .short = 编码有误
V062 = { $path } 没有这些列：{ $names }
    .help = 结算所需的列名用标识或中文名写在第一行
V063 = “{ $field }”的值是列表或对象
    .help = 一件赔案是一个只有一层的 JSON 对象
    .short = 值不是单项
V064 = { $path } 不是可读的文本
    .help = 请在表格软件中另存为 CSV（UTF-8）
V065 = { $path } 是空的
    .help = 第一行写列名，以下每件写一行
V066 = { $path } 不是由对象组成的 JSON 数组
    .help = 每行一个对象的文件请以 .jsonl 结尾
V067 = 这一行超过 1 MB
    .help = 请核对引号和换行
    .short = 行过长
V068 = 引号没有配对
    .help = 单元格内的引号写两个，整个单元格用引号括起
    .short = 引号没有配对
V069 = 不是正确的 JSON 对象，第 { $column } 个字符处有误
    .help = 每行一个对象，如 {"{"}"claim": "C1", "peril": "洪涝"{"}"}
    .short = 不是正确的 JSON 对象
V070 = 有 { $cells } 个单元格，而列名有 { $columns } 个
    .help = 缺的单元格留空，但分隔符不能少；含分隔符的文字用引号括起
    .short = 单元格数目不对
V071 = { $path } 没有 claim 和 paid 两列
    .help = 以前的结算结果可直接使用；自己编制的，列名写 claim 和 paid
V072 = { $path } 第 { $line } 行：赔案号“{ $claim }”已经出现过
    .help = 同一赔案以前各次已付的金额请合为一行
V073 = { $path } 第 { $line } 行：没有赔案号
    .help = 请补上或删去这一行
V074 = { $path } 第 { $line } 行：已付金额“{ $value }”不是金额
    .help = 以元为单位写数字，最多两位小数
V075 = { $path } 第 { $line } 行无法读取
    .help = 请核对该行；漏读会造成重复支付，因此整个文件不予采用
V076 = { $name } 不是只有一层的 JSON 对象
    .label = 在这里
    .help = 写作 {"{"}"peril": "洪涝", "harm": "死亡"{"}"}
V077 = { $path } 第 { $line } 行没有{ $keys }
    .help = 每一行写明是哪一个的项目：灾害写 event（灾害编号），标的写 household（户编号），或方案声明的保单、房屋编号
V078 = { $path } 第 { $line } 行：{ $reason }
    .help = 改正后再结算；漏读一行，会使它的各件赔案缺项或误赔，因此整个文件不予采用
V079 = { $path } 第 { $line } 行：{ $key }“{ $id }”在第 { $first } 行已经有了
    .help = 同一{ $key }只写一行

## 样例（V08）
V080 = 参数“{ $name }”是清单，样例不能设定
    .help = 清单决定险种的灾因，写在合同中，样例也写在该合同中
V081 = 样例没有写损失
    .help = 分层的结果以“损失 金额”为前提
V082 = 样例没有赔案
    .help = 应付和实付以“赔案 …”为前提
expect-benefit = 应付
expect-paid = 实付
expect-paid-in-all = 实付合计
expect-nothing = 不赔
expect-refused = 拒收
expect-premium = 保费
expect-bears = 承担 { $name }
expect-ratio = 比例
expect-unpaid = 未付
test-differs = { $what }：应为 { $expected }，实为 { $actual }
test-otherwise = { $what }：{ $actual }
test-accepted = 没有拒收
test-nobody = 没有这一方
test-expects-nothing = 没有写应有的结果
test-totals = 样例 { $count } 个：通过 { $passed }，未通过 { $failed }

## 单件赔案
eval-benefit = 应付：{ $amount } 元
eval-cover = 险种：{ $cover }（{ $articles }）
eval-cover-uncited = 险种：{ $cover }
eval-reason = 理由：{ $text }
eval-note = 注：{ $text }
eval-step = 步骤
eval-amount = 金额
eval-article = 条款

## 结算
settle-contract = 合同“{ $contract }”（{ $first }至{ $last }）：{ $rows } 行，结算 { $settled } 件，拒收 { $rejected } 行
settle-contract-open = 合同“{ $contract }”（{ $first }起）：{ $rows } 行，结算 { $settled } 件，拒收 { $rejected } 行
settle-events = 已读灾害 { $count } 条
settle-exposures = 已读标的 { $count } 条
settle-reading = 已读 { $count } 行{ $percent ->
    [none] {""}
   *[other] ，约 { $percent }%
}
settle-settling = 读完 { $count } 行，正在结算
settle-writing = 已写 { $count } 行，{ $percent }%
settle-rows = { $scheme }：读入 { $rows } 行，结算 { $settled } 件，拒收 { $rejected } 行；另有空行 { $blank } 行
settle-sum = 合计
settle-amount = 金额（元）
settle-benefit = 应付
settle-cut = 减：{ $name }
settle-paid = 实付
settle-share = 其中：{ $name }
settle-earlier = 以前已付
settle-due = 本次应补
settle-over = 以前多付
settle-rejected = 拒收 { $code } { $text }：{ $count } 行
settle-year = 年度 { $first }至{ $last }：{ $claims } 件，实付 { $paid } 元
settle-year-open = 年度自{ $first }起：{ $claims } 件，实付 { $paid } 元
settle-long-event = 灾害“{ $event }”自{ $first }至{ $last }，超过 { $hours } 小时，应核对是否为一次灾害
settle-absent = 以前付过而本次没有结算：{ $claim }，{ $paid } 元
settle-written = 写入 { $path }

## 定赔过程
value-blank = 空白
value-yes = 是
value-no = 否
step-fixed = 定额 { $amount }
step-actual = 据实：{ $field } { $amount }
step-fact = { $field } { $amount }
step-amount = { $amount }
step-per-unit = { $rate } × { $field } { $count }
step-scaled = { $amount } × { $ratio }
step-less = 免赔额 { $amount }
step-up-to = 限额 { $amount }
step-unlimited = 不设限额
step-at-least = 至少 { $amount }
step-share = 赔付比例 { $ratio }
step-round-half-up = 精确到{ $unit }，四舍五入
step-round-down = 精确到{ $unit }，舍去
step-round-up = 精确到{ $unit }，进位
step-nothing = 不赔
step-own-up-to = “{ $name }”限额 { $amount }
step-own-less = “{ $name }”免赔额 { $amount }
note-term-no-date = 未给出险日期，未判断是否在保险期间内
note-term-no-policy = 未给保单起止日期，未判断是否在保险期间内
note-term-by-contract = 保险期间由合同约定，未判断是否在保险期间内
note-term-unstated = 方案未写保险期间，未判断是否在保险期间内

## 不赔的理由
reason-out-of-term = 出险日期{ $date }不在保险期间（{ $first }至{ $last }）内
reason-before-term = 出险日期{ $date }早于保险期间起日{ $first }
reason-no-cover = 没有承保“{ $peril }”的险种
reason-no-cover-at-all = 没有适用的险种
reason-role = “{ $cover }”只保{ $roles }，不保{ $role }
reason-harm = “{ $cover }”不赔“{ $harm }”
reason-condition = 不符合“{ $cover }”的条件
reason-condition-is = “{ $cover }”以{ $field }为{ $values }为条件，本案{ $field }为{ $value }
reason-condition-is-not = “{ $cover }”以{ $field }不为{ $values }为条件，本案{ $field }为{ $value }
reason-condition-at-least = “{ $cover }”以{ $field }不低于{ $bound }为条件，本案为{ $value }
reason-condition-at-most = “{ $cover }”以{ $field }不超过{ $bound }为条件，本案为{ $value }
reason-condition-over = “{ $cover }”以{ $field }超过{ $bound }为条件，本案为{ $value }
reason-condition-under = “{ $cover }”以{ $field }不满{ $bound }为条件，本案为{ $value }
reason-condition-equal = “{ $cover }”以{ $field }等于{ $bound }为条件，本案为{ $value }
reason-condition-yes = “{ $cover }”以{ $field }为条件，本案不具备
reason-condition-decided = “{ $cover }”以决定“{ $name }”已作出为条件，该决定尚未作出
reason-treated-as = 本方案将“{ $value }”视同“{ $as }”
reason-nothing = “{ $cover }”对“{ $harm }”不赔
reason-nothing-for = “{ $cover }”对“{ $harm }”不赔：{ $facts }
reason-zero = “{ $cover }”对“{ $harm }”的计算结果为零
reason-limit = 累计限额“{ $limit }”已用尽

## 保费与分层报表（V2）
V205 = 决定“{ $decision }”须带金额
    .help = 写作 --decide { $decision }=金额，金额以元计
V206 = 此处的金额随赔案而变，报表无从取值
V210 = 方案没有保费规则
    .help = 写“保费 …”后再计算
V211 = 方案的保费按基数计算，而文件未载明基数
    .help = 用 --bases 给出各区县的人数与户数（region,persons,households）
V212 = 基数中区县“{ $region }”出现不止一次
    .help = 每个区县一行
V213 = 方案没有费率，也没有可用的保费总额
    .help = 保费由合同约定的，用 --contract 给出合同
V214 = 区县“{ $region }”缺少{ $base }
    .help = 费率按{ $base }计收，请补上该列
V215 = 区县“{ $region }”不在保费分担表内
    .help = 分担表所列：{ $known }
V216 = 区县“{ $region }”按规定取整后，各方合计超过保费，承担余数的“{ $payer }”为负
    .help = 保费太小，不足一个取整单位；请核对基数，或改取整方式
V217 = 基数中区县“{ $region }”不在方案的适用地区内
    .help = 适用地区：{ $known }
V218 = 基数中区县“{ $region }”在“{ $outer }”之内，而“{ $outer }”也单列一行，人数会计两次
    .help = 只留其中一行
V219 = 保费总额是整个地区的，而基数有 { $rows } 行，每行都会计一次总额
    .help = 基数只写一行；分区县计收的，在“保费”中写费率
V220 = 方案没有损失分层
V221 = 损失金额须在 0 至十万亿元之间
V222 = 损失超出各层合计 { $unpaid }，而方案未写不足时如何处理
    .help = 在“分层”中写“不足时 按比例 经 决定 …”
V223 = 损失超出各层合计 { $unpaid }，须先作出决定“{ $decision }”才能按比例赔付
    .help = 已作出的，加 --decide { $decision }
base-persons = 人数
base-households = 户数

## 基数与指标数值的表（V23、V24）
V230 = { $path } 有不认识的列“{ $column }”
    .help = 可用的列：{ $known }
V231 = { $path } 的列“{ $column }”出现不止一次
    .help = 同一列只写一次；中文列名与英文列名是同一列
V232 = { $path } 第 { $line } 行有 { $cells } 格，表头有 { $columns } 格
    .help = 含逗号的内容须加双引号
V233 = { $path } 除表头外没有内容
V234 = { $path } 缺少列“{ $column }”
    .help = 可用的列：{ $known }
V235 = { $path } 第 { $line } 行不是有效的 CSV：{ $detail }
V236 = { $path } 第 { $line } 行“{ $column }”为空
V237 = { $path } 第 { $line } 行“{ $column }”的值“{ $value }”不是人数或户数
    .help = 写非负整数，如 800000 或 80万
V238 = { $path } 中指标“{ $figure }”报告了不止一次
V239 = { $path } 第 { $line } 行的数值“{ $value }”无法识别
    .help = 写数、百分数或分数，如 0.21、21%、1/2
V240 = { $path } 第 { $line } 行不是有效的 JSON：{ $detail }
    .help = 写成一个对象，如 {"{"}"综合费用率": "0.21"{"}"}
V241 = { $path } 中指标“{ $figure }”的数值“{ $value }”无法识别
    .help = 写数、百分数或分数，如 0.21、21%、1/2
V224 = 损失“{ $value }”无法识别
    .help = 写 0 至十万亿元的金额，最多两位小数，如 120亿元 或 12000000000

V301 = 方案“{ $scheme }”没有把这一项留给合同
    .label = 合同不能另行规定
    .scheme = 方案的规定
    .help = 合同只能设定参数，以及方案写明“合同约定”或“以合同为准”的事项。

V302 = “{ $parameter }”的值类型不合
    .label = 与参数的类型不同
    .scheme = 参数在这里声明
    .help = 按参数声明的类型写金额、比例、计数、日期、表或清单。

V303 = “{ $parameter }”的值{ $value }越出界限{ $bound }
    .label = 合同约定的值
    .at-least = 不得低于这个值
    .at-most = 不得高于这个值
    .help = 改为界限之内的值。

V304 = “{ $parameter }”缺少这些行：{ $rows }
    .label = 合同约定的表
    .scheme = 参数在这里声明
    .help = 逐行写全，或者用“其余”。

V305 = 合同没有约定“{ $parameter }”
    .label = 方案把它留给合同
    .scheme = 参数在这里声明
    .help = 在合同里写“设 { $parameter } = …”。

V306 = “{ $parameter }”设了两次
    .label = 第二次
    .scheme = 参数在这里声明
    .help = 删去一处。

V307 = 合同没有约定保险期间
    .label = 方案把保险期间留给合同
    .scheme = 方案的规定
    .help = 在合同里写“保险期间 2023-04-01 至 2026-03-31”。

V308 = 方案没有列“{ $insurer }”
    .label = 合同里的承保人
    .scheme = 方案的规定
    .help = 核对承保人的名称。

V309 = 合同的保险期间不是方案规定的 { $years } 年
    .label = 合同的保险期间
    .scheme = 方案的规定
    .help = 改为 { $years } 年；合同确实另有约定的，方案要写“以合同为准 保险期间”。
