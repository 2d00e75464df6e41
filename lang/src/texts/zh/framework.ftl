### 上位框架（F）

F101 = { $keys }可获赔付{ $harm }{ $cell }最高{ $payable }，{ $side ->
        [above] 高于
       *[below] 低于
    }框架“{ $framework }”要求的{ $floor }
    .label = { $payable }
    .requirement = 框架要求不{ $side ->
        [above] 高于
       *[below] 低于
    }{ $floor }
    .help = { $side ->
        [above] 降低赔付额或其限额
       *[below] 提高赔付额或其限额
    }
F102 = 框架“{ $framework }”规定的基本范围含{ $perils }，本方案没有险种赔付
    .label = 缺{ $perils }
    .requirement = 基本范围
    .help = 列入某个险种；框架允许选择的，应由框架写“可选 基本范围”
F103 = 限额“{ $limit }”为{ $amount }，{ $side ->
        [above] 高于
       *[below] 低于
    }框架“{ $framework }”要求的{ $floor }
    .label = { $amount }
    .requirement = 框架要求不{ $side ->
        [above] 高于
       *[below] 低于
    }{ $floor }
    .help = { $side ->
        [above] 降低此限额
       *[below] 提高此限额
    }
F104 = 框架“{ $framework }”要求{ $what ->
        [premium] 保费由{ $wanted }承担
       *[policyholder] 投保人为{ $wanted }
    }，本方案没有写明
    .label = 未写明
    .requirement = 框架的要求
    .help = { $what ->
        [premium] 在“保费”中写“承担 …”
       *[policyholder] 写“投保人 …”
    }
F105 = 框架“{ $framework }”要求保障{ $classes }，本方案的保障对象不含
    .label = 不含{ $classes }
    .requirement = 框架的要求
    .help = 补入保障对象
F106 = 框架“{ $framework }”要求的义务“{ $duty }”，{ $why ->
        [rarer] 本方案没有规定同样或更短的周期
        [looser] 本方案没有规定为必须履行
        [body] 本方案规定由{ $found }履行，是否就是框架要求的{ $wanted }？
        [other] 本方案没有同名的义务：“{ $found }”主体、周期相同，是同一项义务吗？
       *[missing] 本方案没有规定
    }
    .label = { $why ->
        [missing] 缺此义务
       *[other] 与要求不一致
    }
    .requirement = 框架的要求
    .help = 写“义务 "{ $duty }" 由 …”，主体、周期和约束力与框架一致；确为同一项的，写“认可 F106 于 "{ $duty }" "理由"”
F107 = 险种“{ $cover }”赔付的{ $perils }不在框架“{ $framework }”允许选择的范围内
    .label = 超出范围：{ $perils }
    .requirement = 可选的范围
    .help = 核对灾因
F108 = 框架“{ $framework }”的要求待合同约定后核对：{ $requirement }；取决于参数{ $parameters }{ $asked ->
        [some] ，其中至少须{ $needs }
       *[none] { "" }
    }
    .label = 待合同约定
    .requirement = 框架的要求
    .help = 订立合同后，检查设定这些参数的合同文件
F109 = 不能判定{ $bodies }是否属于框架“{ $framework }”要求的{ $wanted }
    .label = 是否属于{ $wanted }？
    .requirement = 框架的要求
    .help = 属于的，写“机构 { $body } 又称 { $one }”；不属于的，请更正
    .why = 框架要求由特定机构投保或出资
    .answer1 = 属于
    .clause1 = 机构 { $body } 又称 { $one }
F110 = 限额“{ $limit }”由框架的基本范围与其他险种共用：扩展险种的赔付会占用它，是否另设？
    .label = 与{ $covers }共用
    .requirement = 框架对基本范围的要求
    .help = 另设的，用“限于险种 …”分别写明；共用的，在此限额后加“假定 F110 "理由"”
    .why = 扩展险种的赔付会占用框架要求的最低保障
    .answer1 = 另设限额
    .clause1 = 限于险种 〔险种〕
F111 = 框架“{ $framework }”的要求是否满足没有判定：{ $requirement }；{ $why ->
        [figures] 取决于保费、资金余额或决定的数额
       *[crossing] 限额互相交叉，或有数额既赔付又扣减，最多可获赔付不超过{ $most }，确有赔案达到{ $attained }
    }
    .label = 没有判定
    .requirement = 框架的要求
    .help = { $why ->
        [figures] 有了这些数额，用 anlan exposure 核对
       *[crossing] 使交叉的限额互相包含，使数额只赔付或只扣减，即可判定
    }
F112 = 区域{ $area }不在框架“{ $framework }”的适用范围{ $within }之内
    .label = 在{ $within }之外
    .applies = 框架适用于{ $within }
    .help = 核对区域和所遵循的框架
F120 = 框架的两项要求不能同时满足：{ $first }，而{ $second }
    .label = { $first }
    .other = { $second }
    .help = 核对两项要求的数额

requirement-of-harm = 的{ $harm }
requirement-in-cell = （{ $cell }）
requirement-payable = { $keys }可获赔付{ $harm }{ $compare }{ $value }
requirement-limit = { $keys }累计限额{ $compare }{ $value }
compare-at-least = 不低于
compare-at-most = 不高于
compare-over = 高于
compare-under = 低于
compare-equal = 等于
requirement-need = “{ $parameter }”{ $compare }{ $value }
