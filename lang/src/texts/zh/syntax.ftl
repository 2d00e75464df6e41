### 语法（S）。每一代码：消息、.label（主位置）、.help（可选）和其他位置的属性。

S001 = “{ $context }”之后应为{ $expected }，这里却是{ $found }
    .label = 此处应为{ $expected }
    .suggest = 是否想写“{ $nearest }”？
    .covers = 按险种限定的，写“限于险种 甲险”；按事实限定的，写“限于 责任人 无法找到”
    .base = 人数或户数写“= 60万人”；“计 人”写的是按人还是按户
    .one = 一条“事实”只声明一项：其余各另写一条“事实 …”

S002 = 这里不能写{ $found }
    .label = 不认识，或不能写在这里
    .help = 这里可以写：{ $allowed }
    .suggest = 是否想写“{ $nearest }”？

S003 = 花括号没有闭合
    .label = 这个“{"{"}”缺少对应的“{"}"}”
    .help = 在这一块的末尾补上“{"}"}”

S004 = 多出一个右花括号
    .label = 没有与它对应的“{"{"}”
    .help = 删去它，或在前面补上“{"{"}”

S005 = 引号没有闭合
    .label = 这段文字到行末还没有结束
    .help = 在文字末尾补上引号；一段文字不能跨行

S006 = 文字应放在 "……" 或 “……” 之间
    .label = 这里的引号用错或前后不成对
    .help = 改为 { $fixed }

S007 = “{ $found }”中有全角字母
    .label = 应写半角：{ $half }

S008 = 没有“/* … */”这样的注释
    .label = 不读这一段
    .help = 注释写在“//”之后，到行末为止

S009 = 文件太大，一个文件至多 4 MB
    .label = 文件从这里开始，没有读入

S010 = 花括号或圆括号嵌套太深，至多 { $most } 层
    .label = 从这里起的内容没有读入

S011 = “{ $item }”重复
    .label = 又写了一次
    .first = 前面已写在这里

S012 = 没有这样的{ $what }：{ $found }
    .label = 请核对

S013 = “@”之后没有条款
    .label = 应写成 @四（一） 这样，中间不留空格

S014 = 列举的各项之间缺少“、”或“,”
    .label = 在“{ $found }”之前加上

S015 = 名称不放在引号里
    .label = 这里应为{ $expected }，不加引号
    .help = 改为 { $fixed }

S016 = 不认识的字符“{ $found }”
    .label = 字符编码 { $code }
    .help = 删去它，或检查输入法和字体

S017 = 排版后读出的内容与原文不同，文件没有改动
    .label = 从这里起不同
    .help = 这是程序的缺陷，请报告这个文件

S018 = 数用阿拉伯数字写
    .label = 应写作 { $fixed }

S019 = “{ $item }”写了两次
    .label = 又写了一次
    .first = 前面已写在这里
    .help = 删去一个；第二个本来是别的，改正

S020 = 逗号之后没有下一项
    .label = 后面没有了
    .help = 漏写一项的，补上；没有漏写的，删去逗号

## 应为什么

expect-top = 方案、框架、合同或库中的条目
expect-name = 名称
expect-amount = 金额或比例，如 10万元、20%
expect-quantity = 带单位的数，如 3年、72小时
expect-number = 数，如 3
expect-date = 日期，如 2023-11-27
expect-text = 引号中的文字，如 "……"
expect-article = 条款，如 @四（一）
expect-peril = 灾因，如 洪涝
expect-harm = 损害，如 死亡
expect-body = 机构，如 县应急管理局
expect-area = 区域，如 云阳县
expect-fact = 事实，如 责任人
expect-cover = 险种的名称
expect-value = 取值，如 无法找到
expect-column = 列名
expect-payer = 承担方，如 县财政
expect-decision = 决定的名称
expect-key = 计算范围，如 每人每次灾害
expect-brace = “{"{"}”
expect-close-paren = “）”
expect-equals = “=”
expect-colon = “：”
expect-comparison = 比较，如 >=、<=
expect-condition = 条件，如 责任人 为 无法找到
expect-kind = 类型：金额、计数、比例、日期、文本、是否或取值的域
expect-file-name = 文件名，如 重庆.框架
expect-field-value = 取值：名称、数、日期或引号中的文字
expect-same-person = 取最重 或 取最重升一级
expect-month-day = 月日，如 06-30
expect-one-of = { $allowed }

found-end-of-line = 行末
found-end = 块的末尾
found-end-of-file = 文件末尾

what-date = 日期
what-number = 数（太大或太细）
