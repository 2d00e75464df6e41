### 分担与份额（P）

P101 = 共保份额合计{ $sum }，不是 100%
    .label = 合计{ $sum }
    .help = 核对各家份额；部分份额由合同约定的，写“份额 合同约定”
P102 = { $what }各方比例合计{ $sum }，不是 100%
    .label = 合计{ $sum }
    .help = 核对此行各方的比例
P103 = 保费由各方承担的比例合计{ $sum }，不是 100%
    .label = 合计{ $sum }
    .help = 核对各方的比例
P104 = 分担“{ $split }”没有{ $missing }
    .label = 缺{ $missing }
    .territory = 区域
    .help = 把缺少的区域写入相应的行；不在区域内的，在“区域”中写“除 …”
P105 = 分担“{ $split }”中{ $region }出现不止一次
    .label = 再次出现
    .first = 首次出现
    .help = 一个区域只能在一行中
P107 = 分担“{ $split }”有取整而没有写明余数归谁：取整后的差额由谁承担？
    .label = 余数归谁？
    .help = 写“余数归 …”；文件未写的，加“假定 "理由"”
    .why = 取整的差额总要有人多付或少付
    .answer1 = 写明由谁承担
    .clause1 = 余数归 〔承担方〕
P108 = 共保写明家数为{ $stated }，实际列有{ $listed }家
    .label = 列有{ $listed }家
    .help = 核对家数与所列承保机构
P109 = 首席承保人“{ $lead }”份额为{ $share }，低于规定的下限{ $floor }
    .label = { $share }
    .floor = 下限{ $floor }
    .help = 核对首席承保人的份额
P110 = 共保列有{ $count }家首席承保人
    .label = 首席承保人
    .help = 首席承保人只能有一家；其余写“共保人”
P111 = 保费既写“承担”，又写分担“{ $split }”：同一笔保费有两种负担办法
    .label = 承担
    .split = 分担
    .help = 只留其一
P112 = { $what ->
        [premium] 保费的承担方
        [split] 分担的承担方
        [case] 这一情形的承担方
        [insurers] 承保机构
       *[layers] 损失的各层
    }中“{ $name }”列了两次{ $same ->
        [yes] {""}
       *[no] ：它就是“{ $first }”
    }
    .label = 又列一次
    .first = 先列在此处
    .help = 两处是同一方的，合并为一项；应为另一方的，改正名称
P113 = 共保没有写明各家承担多少份额
    .label = 各家多少？
    .help = 在各家名称后写份额；由合同约定的，写“份额 合同约定”。文件未写的，加“假定 "理由"”
    .why = 每一笔赔款由各家分摊，没有份额就无从分摊
    .answer1 = 由合同约定
    .clause1 = 份额 合同约定

what-split-row = { $name }一行
what-split-case = “{ $name }”时
