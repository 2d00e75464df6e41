### 日期与期间（D）

D101 = 文件自{ $effective }施行，早于发布日{ $issued }：发布前的事项也适用吗？
    .label = 施行
    .issued = 发布
    .help = 核对两个日期；确需溯及既往的，写“认可 D101 "理由"”
D102 = 文件有效至{ $end }，早于其{ $begin }起算
    .label = 有效至{ $end }
    .help = 核对日期
D103 = 保险期间至{ $last }，而文件有效至{ $end }：此后的赔案没有依据
    .label = 至{ $last }
    .end = 有效至{ $end }
    .help = 缩短保险期间，或写明文件失效后已订立的合同继续有效
D104 = 保险期间为{ $length }，比文件的有效期（{ $from }至{ $end }）还长
    .label = { $length }
    .end = 有效至{ $end }
    .help = 核对保险期间与有效期
D105 = 保险期间自{ $start }起，早于文件施行日{ $effective }：此前发生的灾害也赔吗？
    .label = 自{ $start }
    .effective = 施行
    .help = 核对两个日期；确需追溯的，写“认可 D105 "理由"”
D106 = 文件废止了它自己：{ $document }
    .label = 即本文件
    .help = 核对文号
D107 = 义务“{ $duty }”的期限为{ $deadline }，早于文件发布日{ $issued }
    .label = { $deadline }
    .issued = 发布于{ $issued }
    .help = 核对日期
D108 = { $when ->
        [late] 自{ $date }起的数额不会用到：保险期间至{ $end }为止
       *[early] { $date }以前的数额不会用到：保险期间自{ $start }起
    }
    .label = 自{ $date }
    .help = 核对日期
D109 = 保险期间中{ $from }至{ $to }不足一年（{ $months }个月）：限额“{ $limit }”在这段时间内是全额适用，还是按月折算？
    .label = 有一个年度不足一年
    .limit = 按年度计算
    .help = 全额适用的，在保险期间后写“假定 D109 "理由"”；文件写明的，写“认可 D109 "理由"”；否则把保险期间改为整年，或改用保单年度
    .why = 几个月用一年的限额，还是用几个月的限额，相差可以很大
    .answer1 = 不足一年的，限额全额适用
    .clause1 = 保险期间 〔照写〕 假定 D109 "不足一年的，年度限额全额适用"
    .answer2 = 保险期间应为整年
    .clause2 = 保险期间 〔整年〕
D110 = { $why ->
        [review] “{ $what }”每{ $every }复核一次，而保险期间只有{ $term }，期满前不会复核
       *[deadline] 义务“{ $what }”{ $period }一次，期限却是期末后{ $days }日，到期时下一期已经结束
    }
    .label = 与期间不合
    .term = 保险期间
    .help = 核对两个期间；文件确实如此规定的，加“假定 D110 "理由"”
period-month = 每月
period-quarter = 每季度
period-year = 每年
D111 = 文件“{ $document }”没有写明自何日起施行
    .label = 何日起施行？
    .help = 写“施行 …”；自发布之日起施行的，写发布日。文件未写的，加“假定 "理由"”
    .why = 施行以前发生的灾害赔不赔，取决于从哪一天起算
    .answer1 = 自发布之日起施行
    .clause1 = 施行 〔发布日〕
    .answer2 = 另定施行日
    .clause2 = 施行 〔日期〕

D112 = 所遵循的框架“{ $framework }”自{ $begins }施行，晚于本文件施行日{ $effective }：此前是否遵循？
    .label = 自{ $effective }施行
    .framework = 框架自{ $begins }施行
    .help = 核对两个日期；确属提前遵循的，写“认可 D112 "理由"”
length-years = { $count }年
length-months = { $count }个月
