### 限额（L）

L101 = { $dated ->
        [some] { $day }出险的，
       *[none] { "" }
    }{ $keys }限额「{ $limit }」为{ $amount }，高于包含它的{ $outer_keys }限额「{ $outer }」（{ $other }）
    .label = { $amount }
    .outer = 包含它的限额：{ $other }
    .help = 两个数额必有一误：下调「{ $limit }」，或上调「{ $outer }」
L102 = { $how ->
        [together] 险种「{ $cover }」的{ $harm }最高赔付{ $most }，而无论何日出险、作何决定，限额{ $limit }中总有一个低于此数，永远不能足额赔付
       *[one] 险种「{ $cover }」的{ $harm }最高赔付{ $most }，而{ $keys }限额「{ $limit }」只有{ $amount }，永远不能足额赔付
    }
    .label = 最高{ $most }
    .limit = 此限额为{ $amount }
    .each = 在一些情形下低于{ $most }
    .help = { $how ->
        [together] 下调赔付额，或使这些限额在同一情形下都不低于它
       *[one] 下调赔付额，或上调「{ $limit }」
    }
L103 = { $why ->
        [step] 赔付标准「{ $limit }」中的这项限额从不起作用：在它之前的金额不会超过它
        [total] { $keys }限额「{ $limit }」为{ $amount }，从不起作用：在它之前的合计最多{ $most }
       *[nothing] 限额「{ $limit }」从不起作用：没有任何险种的赔付落入它的范围
    }
    .label = 从不起作用
    .help = { $why ->
        [step] 删去此项限额，或核对其数额
        [total] 核对数额；属实的，可以删去此限额
       *[nothing] 核对「全部险种」「限于险种」「限于」所列的范围，或删去此限额
    }
L104 = 险种「{ $cover }」死亡赔付{ $death }，低于残疾最高赔付{ $disability }
    .label = 死亡{ $death }
    .disability = 残疾最高{ $disability }
    .help = 核对原文；文件确实如此规定的，写「认可 L104 于 { $cover } "理由"」
L105 = { $dated ->
        [some] { $day }出险的，分项限额
       *[none] 分项限额
    }「{ $limit }」为{ $amount }，高于所属合计限额「{ $outer }」（{ $other }）
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
L111 = 限额「{ $limit }」为{ $amount }，高于分层总额{ $total }，超出部分没有一层承担
    .label = { $amount }
    .total = 分层总额{ $total }
    .help = 两个数额必有一误：下调限额，或上调分层总额
L112 = 没有限额也没有分层约束一次灾害、一个年度或整个保险期间的赔付总额，最多应赔不限
    .label = 赔付总额不限
    .help = 文件有累计限额的，写「累计限额」；确实没有的，无须处理
L113 = { $what ->
        [full] 险种「{ $cover }」的{ $harm }（最高{ $most }）能否足额赔付没有判定：出险日期和决定的组合超过 { $tried } 种
        [binds] { $keys }限额「{ $limit }」（{ $amount }）是否起作用没有判定：在它之前有范围互相交叉的限额，合计不超过{ $most }，确有赔案达到{ $attained }
       *[borne] 最多应赔是否超过各层合计（{ $layers }）没有判定：限额的范围互相交叉，最多应赔不超过{ $most }，确有赔案达到{ $attained }
    }
    .label = 没有判定
    .help = { $what ->
        [full] 减少改变限额的决定和分段日期
       *[other] 使交叉的限额互相包含（一个的险种和损害全部列入另一个），即可判定
    }

L301 = “{ $first }”与“{ $second }”谁先扣没有写明
    .label = 这两个限额管同一笔赔款，次序会改变金额
    .other = 另一个限额
    .help = 在后扣的一个写“后于 { $first }”。

L302 = “{ $first }”与“{ $second }”的范围和对象完全相同
    .label = 只有较小的一个起作用
    .other = 另一个限额
    .help = 删去一个，或者写明各自的范围。

L303 = 限额的次序成环：{ $limits }
    .label = 次序不能成立
    .help = 检查“后于”和“包含于”：按键较细的限额总在前面。

L304 = 这一步不能作用于合计
    .label = 合计之后只能再按比例赔付
    .help = 把只管单件赔案的步骤写在前面；合计上可以写“限额”和“免赔额”，金额不能随赔案变化。

L305 = 这里的金额不能随赔案变化
    .label = 金额取决于赔案的事实
    .help = 限额、分层、资金、表格的单元格和对合计起作用的步骤，要写一个对所有赔案相同的金额。

L306 = 这一行没有写赔多少
    .label = 只有步骤，没有金额
    .help = 写“定额 …”“据实 …”或“不赔”；几项损害共用一个限额的，写“合计”。

L307 = 没有写按什么合计
    .label = 不知道这一规则管哪几笔赔款
    .help = 在赔付标准后面写“每人每次灾害”之类，或者写在这一步后面。
