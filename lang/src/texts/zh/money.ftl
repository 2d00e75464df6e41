### 金额守恒（K）

K101 = 分担「{ $split }」承担余数的「{ $payer }」自己也取整，取整后的差额无人承担
    .label = 余数归{ $payer }
    .round = { $payer }也取整
    .help = 余数须归一个不取整的承担方
K102 = 各层合计{ $layers }，低于一次灾害最多应赔的{ $owed }，超出部分无人承担
    .label = 各层合计{ $layers }
    .limit = 最多应赔{ $owed }
    .help = 提高层的限额，或写「不足时 按比例」
K103 = 分层总额为{ $total }，各层合计{ $layers }
    .label = 总额{ $total }
    .help = 核对总额与各层限额
