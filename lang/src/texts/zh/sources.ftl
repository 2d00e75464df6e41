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
