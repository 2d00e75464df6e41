### 限额（L）

L101 = { $keys }限额「{ $limit }」为{ $amount }，高于包含它的{ $outer_keys }限额「{ $outer }」（{ $other }）
    .label = { $amount }
    .outer = 包含它的限额：{ $other }
    .help = 两个数额必有一误：下调「{ $limit }」，或上调「{ $outer }」
L102 = 险种「{ $cover }」的{ $harm }最高赔付{ $most }，而{ $keys }限额「{ $limit }」只有{ $amount }，永远不能足额赔付
    .label = 最高{ $most }
    .limit = 此限额为{ $amount }
    .help = 下调赔付额，或上调「{ $limit }」
L103 = { $why ->
        [step] 赔付标准「{ $limit }」中的这项限额从不起作用：在它之前的金额不会超过它
       *[nothing] 限额「{ $limit }」从不起作用：没有任何险种的赔付落入它的范围
    }
    .label = 从不起作用
    .help = { $why ->
        [step] 删去此项限额，或核对其数额
       *[nothing] 核对「全部险种」「限于险种」「限于」所列的范围，或删去此限额
    }
L104 = 险种「{ $cover }」死亡赔付{ $death }，低于残疾最高赔付{ $disability }
    .label = 死亡{ $death }
    .disability = 残疾最高{ $disability }
    .help = 核对原文；文件确实如此规定的，写「认可 L104 于 { $cover } "理由"」
L105 = 分项限额「{ $limit }」为{ $amount }，高于所属合计限额「{ $outer }」（{ $other }）
    .label = 分项：{ $amount }
    .outer = 合计：{ $other }
    .help = 「其中」的数额不能大于总额，请核对两处
L106 = 险种「{ $cover }」的{ $harm }据实赔付而没有限额
    .label = 没有限额
    .help = 写「限额 …」；按月、按件计的写「最长 …」；确实没有上限的，写「限额 不限」或「最长 不限」
L107 = 此处至少赔付{ $floor }，同一项的限额却只有{ $cap }，两者不能同时成立
    .label = 至少{ $floor }
    .cap = 限额{ $cap }
    .help = 核对两个数额
L108 = 险种「{ $cover }」的{ $harm }无论损失多大，赔付都是 0
    .label = 恒为 0
    .help = 核对免赔额、限额与比例；确实不赔的，写「不赔」
L109 = 限额「{ $limit }」经决定上浮后并不高于上浮前
    .label = 并未上浮
    .help = 核对两个数额
L110 = 限额「{ $limit }」为 0，任何赔付都会被削减为 0
    .label = 限额为 0
    .help = 0 不表示没有限额；没有限额的，写「不限」，或删去此限额
