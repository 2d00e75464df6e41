### 金额守恒（K）

K101 = 分担“{ $split }”承担余数的“{ $payer }”自己也取整，取整后的差额无人承担
    .label = 余数归{ $payer }
    .round = { $payer }也取整
    .help = 余数须归一个不取整的承担方
K102 = 各层合计{ $layers }，低于一次灾害最多应赔的{ $owed }，超出部分无人承担
    .label = 各层合计{ $layers }
    .limit = 最多应赔{ $owed }
    .help = 提高层的限额，或写“不足时 按比例”
K103 = 分层总额为{ $total }，各层合计{ $layers }
    .label = 总额{ $total }
    .help = 核对总额与各层限额
K104 = 分担“{ $split }”：保费为{ $premium }时，其他承担方取整后合计{ $others }，超过保费，承担余数的“{ $payer }”为{ $rest }；{ $from ->
        [some] 保费不低于{ $safe }的，不会为负
       *[none] “{ $payer }”自己没有份额，保费再大也可能如此
    }
    .label = 余数归{ $payer }
    .help = 改为舍去，或缩小取整单位；保费不会这样小的，写“认可 K104 于 { $split } "理由"”
K105 = 一个年度内 { $events } 次灾害各赔{ $owed }，须从资金“{ $fund }”支取{ $drawn }，而余额只有{ $balance }，不足部分无人承担
    .label = 须从“{ $fund }”支取{ $drawn }
    .fund = 余额{ $balance }
    .help = 写“不足时 按比例”，或以年度限额约束，或核对余额
