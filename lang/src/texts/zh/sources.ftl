### 出处（R）

R101 = 引用了条款“{ $article }”，而文件的条款清单中没有
    .label = 清单中没有
    .list = 条款清单
    .help = { $nearest ->
        [none] 核对条款号，或补入条款清单
       *[other] 是否为“{ $nearest }”？
    }
R102 = 条款“{ $article }”既没有写成规则，也没有说明为何不写
    .label = 未落实
    .help = 在相应的规则后写“@{ $article }”；不含规则的，写“说明 @{ $article } "理由"”
R103 = 条款“{ $article }”既被引用为规则的出处，又被说明为不含规则
    .label = 说明为不含规则
    .encoded = 此处引用
    .help = 从“说明”中删去，或删去此处的引用
R104 = 文件“{ $document }”没有列出条款清单，无从核对是否逐条落实
    .label = 有哪些条款？
    .help = 写“条款 @一 @二 …”
    .why = 没有条款清单，漏掉的条款查不出来
    .answer1 = 列出各条
    .clause1 = 条款 @一 @二
R105 = 条款“{ $article }”在清单中出现不止一次
    .label = 再次出现
    .help = 原文编号重复的，第二个写作“@{ $article }#2”
R106 = 条款编号“{ $article }”在文件中不止印了一次
    .label = 又一个“{ $article }”
    .first = 前一个
    .help = 只写编号，分不清指哪一条；请发文机关更正，暂予接受的，写“认可 R106 于 { $article } "理由"”
R107 = 条款编号不连续：“{ $before }”之后是“{ $after }”，没有{ $missing }
    .label = 之前缺号
    .before = 前一个
    .help = 条款清单漏列的，请补入；原文缺号的，写“认可 R107 于 { $after } "理由"”
R108 = “{ $article }”的正文没有收录，方案却有 { $count } 处以它为出处，无从核对
    .label = 正文没有收录
    .cited = 以它为出处
    .help = 请补齐正文后逐条核对；暂予接受的，写“认可 R108 于 { $article } "理由"”
R109 = { $article }对{ $harm }写了两个数：“{ $base }”为{ $other }，“{ $schedule }”为{ $amount }。以哪个为准？
    .label = { $amount }
    .base = { $other }
    .help = 删去不作数的一个；两个都作数、各有所指的，在此行后加“假定 R109 "理由"”
    .why = 同一条的正文与附表不一致，照哪个赔，数额不同
    .answer1 = 以此行为准
    .clause1 = 假定 R109 "〔以哪处为准，为什么〕"
