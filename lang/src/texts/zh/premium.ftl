### 保费（M）

M101 = 保费总额写作{ $stated }，按费率与基数计算为{ $computed }，相差{ $difference }
    .label = 写作{ $stated }
    .base = 基数
    .help = 核对费率、基数与总额
M102 = 基数写作{ $kind ->
        [current] 投保当年
       *[other] 投保年度前第{ $lag }年
    }，应为{ $expected }年的数字，而所列的是{ $year }年的数字
    .label = { $year }年
    .term = 保险期间自{ $start }
    .help = 换用{ $expected }年的数字，或把基数的年度改为{ $year }年所对应的年度；文件确实如此规定的，写“认可 M102 "理由"”
M103 = { $what ->
        [rate] 费率按{ $unit }计收，却没有以{ $unit }计的基数
       *[base] 基数“{ $kind }”以{ $unit }计，却没有按{ $unit }计收的费率
    }
    .label = { $what ->
        [rate] 没有对应的基数
       *[base] 没有对应的费率
    }
    .help = { $what ->
        [rate] 写“基数 … 计 { $unit }”
       *[base] 写“费率 …元/{ $unit }/年”，或删去此基数
    }
M104 = 费率没有写明按多长时间计收：每年，还是整个保险期间？
    .label = 每年？整个期间？
    .help = 按年的写“元/人/年”；文件未写的，加“假定 "理由"”
    .why = 按年还是按期，保费相差几倍
    .answer1 = 按年
    .clause1 = 元/人/年
M105 = 基数“{ $kind }”没有写明用哪一年的数字：当年、上年度，还是上上年度？
    .label = 哪一年？
    .help = 写“当年”“上年度”或“上上年度”；文件未写的，加“假定 "理由"”
    .why = 各年人口不同，保费总额随之不同
    .answer1 = 当年
    .clause1 = 当年
    .answer2 = 上年度
    .clause2 = 上年度
    .answer3 = 上上年度
    .clause3 = 上上年度
M106 = 限额“{ $limit }”按保费总额计算，而方案没有费率，也没有保费总额
    .label = 无从计算
    .help = 写“保费 …”，或把限额写成固定数额
M107 = 方案没有写明保费由谁承担
    .label = 由谁承担？
    .help = 写“承担 … 100%”，或写“分担 …”；文件未写的，加“假定 "理由"”
    .why = 没有人承担的保费收不到，保险就不生效
    .answer1 = 写明承担方
    .clause1 = 承担 〔机构〕 100%

unit-person = 人
unit-household = 户
