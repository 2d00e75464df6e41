### 险种（C）

C101 = { $how ->
        [added] 经决定“{ $decision }”增列灾因的，
       *[listed] {""}
    }险种“{ $first }”与“{ $second }”可同时适用于一件赔案，{ $harm }赔付不同，而没有写明以哪个为准{ $more ->
        [0] {""}
       *[other] ；与{ $further }也是如此
    }
    .label = { $of ->
        [every] 赔付{ $one }
       *[witness] 所附赔案赔付{ $one }
    }
    .second = { $of ->
        [every] 赔付{ $two }
       *[witness] 所附赔案赔付{ $two }
    }
    .further = 同样可与“{ $first }”同时适用
    .help = 写“优先 { $first } 于 { $all }”、“从高 { $first }, { $second }”或“叠加 { $first }, { $second }”
C102 = 险种“{ $list }”列有{ $perils }，但它的条件使这些灾因永远得不到赔付，也没有别的险种赔付
    .label = 得不到赔付：{ $perils }
    .help = 核对条件，或从灾因中删去
C103 = { $paid ->
        [parts] 保障对象含{ $classes }：其下各类人员都有险种赔付，而案件只写“{ $classes }”的，没有险种赔付
       *[none] 保障对象含{ $classes }，但没有险种对其赔付
    }
    .label = 无险种赔付：{ $classes }
    .help = { $paid ->
        [parts] 各险种的“身份”写上{ $classes }，或保障对象改为其下各类
       *[none] 核对各险种的“身份”，或从保障对象中删去
    }
C104 = 险种“{ $cover }”只赔{ $harms }，而{ $perils }不会造成这样的损害
    .label = 不会造成{ $harms }：{ $perils }
    .help = 核对灾因清单；文件确实如此规定的，写“认可 C104 于 { $cover } "理由"”
C105 = 险种“{ $cover }”永远不会赔付：灾因、身份与条件不能同时成立
    .label = 永不成立
    .help = 核对条件的取值和“且”“或”“非”
C106 = 险种“{ $cover }”的条件在它的灾因和身份之内总是成立，没有作用
    .label = 总是成立
    .help = 核对条件的取值，或删去条件
C107 = 险种“{ $cover }”没有责任部门{ $perils ->
        [none] {""}
       *[other] ：{ $perils }
    }
    .label = 缺责任部门
    .help = 写“责任部门 …”；文件没有写明的，写“责任部门 未载明”
C108 = 文件没有载明险种“{ $cover }”的责任部门
    .label = 未载明
    .help = 请发文机关明确责任部门；暂予接受的，写“认可 C108 于 { $cover } "理由"”
C109 = 责任部门“{ $body }”负责{ $perils }，而险种“{ $cover }”不含该灾因
    .label = 不属本险种
    .help = 核对“于 …”所列的灾因
C110 = 险种“{ $cover }”由{ $bodies }共同负责，文件没有写明如何分工
    .label = { $bodies }
    .help = 可按灾因写明：责任部门 甲 于 …; 乙 于 …
C111 = 职责“{ $what }”写了不止一次，责任部门不同：{ $bodies }
    .label = { $bodies }
    .first = 另一处
    .help = 核对由谁负责
C112 = { $outer ->
        [none] “{ $list }”中{ $peril }出现不止一次
        [synonym] “{ $list }”中的{ $first }、{ $peril }在标准库中是同一个灾因
       *[other] “{ $list }”中的{ $peril }已包含在{ $outer }之内
    }
    .label = { $outer ->
        [none] 再次出现
        [synonym] 同一个灾因
       *[other] 包含于{ $outer }
    }
    .first = 已在这里
    .help = 删去重复的一项；本应是另一项的，予以改正
C113 = { $origin }引发{ $follows }的，灾因按哪一个登记？{ $of ->
        [every] {""}
       *[witness] 以所附赔案为例，
    }{ $harm }按{ $origin }赔{ $one }，按{ $follows }赔{ $two }{ $more ->
        [0] {""}
       *[other] ；同样没有写明的还有{ $others }
    }
    .label = { $origin }：{ $one }
    .second = { $follows }：{ $two }
    .help = 写“次生灾害 按起因”“次生灾害 按直接原因”或“次生灾害 以登记为准”。文件未写的，加“假定 "理由"”
    .why = 同一个人、同一件事，登记为不同的灾因，赔付就不同
    .answer1 = 登记为最初的灾害
    .clause1 = 次生灾害 按起因
    .answer2 = 登记为直接造成损害的灾因
    .clause2 = 次生灾害 按直接原因
    .answer3 = 由登记的人认定
    .clause3 = 次生灾害 以登记为准
C121 = 险种“{ $cover }”永远轮不到：它适用的赔案，{ $others }都适用并且优先
    .label = 永远轮不到
    .before = 优先于“{ $cover }”
    .help = 核对“优先”的方向；文件确实如此规定的，删去这个险种，或写“认可 C121 于 { $cover } "理由"”
C122 = 险种“{ $cover }”的{ $harm }永远得不到赔付：险种的条件排除了{ $harm }
    .label = 永远不赔
    .help = 核对条件，或删去此行
C120 = { $why ->
        [pair] 险种“{ $first }”与“{ $second }”可同时适用于一件赔案，{ $harm }赔付是否不同没有判定{ $more ->
            [0] {""}
           *[other] ；与{ $further }也是如此
        }
        [perils] { $origin }引发{ $follows }的，灾因按哪一个登记，{ $harm }赔付是否不同没有判定{ $more ->
            [0] {""}
           *[other] ；同样没有判定的还有{ $others }
        }
       *[budget] 险种和条件的组合太多，下列各项没有判定：{ $codes }
    }
    .label = { $why ->
        [pair] 试过的赔案中，两者赔付都相同
        [perils] 试过的赔案中，按两个灾因赔付都相同
       *[budget] 需要逐一检验的组合超过 { $budget } 种
    }
    .second = 与这一险种比较
    .further = 也与这一险种比较
    .help = { $why ->
        [pair] 赔付本来相同的，把两处的步骤写成一样；不同的，写明以哪个为准
        [perils] 赔付本来相同的，把两处的步骤写成一样；不同的，用“次生灾害”写明按哪一个登记
       *[budget] 合并相同的险种，或者减少互相独立的条件；没有报出这些代码的问题，不等于没有问题
    }
C114 = 险种“{ $cover }”的条件中有一部分不起作用：{ $why ->
        [never] 这一分支永远不会成立
        [within] 这一分支成立时，总有另一分支成立
       *[always] 其他部分成立时，这一部分总是成立
    }
    .never = 永不成立
    .within = 其他分支已经包括
    .always = 总是成立
    .help = 核对取值和“且”“或”“非”，或删去这一部分
C115 = 险种“{ $cover }”{ $why ->
        [none] 没有写条件
       *[other] 的条件与同类险种不同
    }，而{ $others }的条件都一样：是有意不同吗？
    .label = { $why ->
        [none] 没有条件
       *[other] 条件不同
    }
    .like = 同类险种的条件
    .help = 有意不同的，在条件（没有条件的，在灾因）后加“假定 C115 "理由"”，或写“认可 C115 于 { $cover } "理由"”；否则改为相同
    .why = 同样的情形，有的险种赔，这个险种不赔，或者相反
    .answer1 = 有意不同
    .clause1 = 假定 C115 "理由"
    .answer2 = 应当与同类险种相同
    .clause2 = 条件 〔与同类险种相同〕
C116 = 险种“{ $cover }”赔付{ $harms }，而它的灾因（{ $perils }）都不会造成这样的损害
    .label = 没有灾因会造成{ $harms }
    .help = 核对赔付标准和灾因清单；文件确实如此规定的，写“认可 C116 于 { $cover } "理由"”
C117 = 险种“{ $cover }”的灾因中，{ $perils }不会造成{ $harms }，这样的赔案不会出现
    .label = 不会造成{ $harms }：{ $perils }
    .help = 无须改动；只是提示各灾因实际能造成哪些损害
C118 = { $why ->
        [unknown] 保险标的“{ $item }”不对应任何损害，也没有在别处写明是什么
        [unpaid] 保险标的含“{ $item }”，但没有险种对它的损害赔付
       *[outside] 险种赔付{ $harms }，而保险标的没有列这一项
    }
    .unknown = 没有写明是什么
    .unpaid = 没有险种赔付
    .outside = 没有列{ $harms }
    .help = { $why ->
        [unknown] 写作“人身”“财产”或标准库的损害（见 anlan doc），或用“增列 损害”加入；文件确实没有写明的，加“假定 C118 "理由"”
        [unpaid] 补写赔付，或从保险标的中删去；文件确实如此规定的，加“假定 C118 "理由"”
       *[outside] 补列标的，或核对赔付；文件确实如此规定的，加“假定 C118 "理由"”
    }
C119 = 险种“{ $cover }”限于{ $roles }，而保障对象（列举完毕）不含
    .label = { $roles }
    .list = 保障对象
    .help = 保障对象含此类人员的，补入清单；只有本险种保障的，在“保障对象”后加“假定 C119 "理由"”
    .why = 同一类人，一处列在保障之内，一处不在，赔与不赔由此而定
    .answer1 = 保障对象也含此类人员
    .clause1 = 保障对象 〔补入此类人员〕

C301 = 险种“{ $cover }”没有写灾因
    .label = 不知道因什么赔付
    .help = 写“灾因 …”；不限灾因的写“灾因 任何”。

C302 = 险种“{ $cover }”没有写赔付
    .label = 缺少“赔付”
    .help = 写“赔付 标准名称”，或者“赔付 { "{" } … { "}" }”。

C303 = 险种“{ $cover }”的“{ $harm }”写了两次
    .label = 这一行与另一行重复
    .other = 另一行
    .help = 一个险种对一种损害只能有一行；共用的限额写“合计”。

C304 = “{ $first }”与“{ $second }”互相优先
    .label = 优先次序成环
    .other = 另一条规则
    .help = 删去其中一条“优先”。

C305 = “{ $first }”与“{ $second }”既叠加又从高
    .label = 两条规则矛盾
    .other = 另一条规则
    .help = 只留一条。

C306 = 方案的条件过于复杂，无法逐一判定
    .label = 决策图超过 { $budget } 个节点
    .help = 合并相同的险种，或者减少互相独立的条件。
