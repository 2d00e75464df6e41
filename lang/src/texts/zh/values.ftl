### 命令拒收的记录与数值（V）

## 保费与分层报表（V2）
V201 = 参数「{ $parameter }」尚无取值
    .help = 用 --contract 给出设定该参数的合同
V202 = 金额以保费总额计，而本次未给出投保基数
    .help = 用 --bases 给出各区县的人数与户数
V203 = 资金「{ $fund }」的余额未给出
    .help = 在合同中写「设 { $fund } = 金额」
V204 = 决定「{ $decision }」尚未作出，金额无从确定
    .help = 已作出的，用 --decide { $decision }=金额 给出；金额以元计
V205 = 决定「{ $decision }」须带金额
    .help = 写作 --decide { $decision }=金额，金额以元计
V206 = 此处的金额随赔案而变，报表无从取值
V207 = 数值超出可精确计算的范围
    .help = 请核对所给的数字：单项金额不得超过十万亿元
V210 = 方案没有保费规则
    .help = 写「保费 …」后再计算
V211 = 方案的保费按基数计算，而文件未载明基数
    .help = 用 --bases 给出各区县的人数与户数（region,persons,households）
V212 = 基数中区县「{ $region }」出现不止一次
    .help = 每个区县一行
V213 = 方案没有费率，也没有可用的保费总额
    .help = 保费由合同约定的，用 --contract 给出合同
V214 = 区县「{ $region }」缺少{ $base }
    .help = 费率按{ $base }计收，请补上该列
V215 = 区县「{ $region }」不在保费分担表内
    .help = 分担表所列：{ $known }
V216 = 区县「{ $region }」按规定取整后，各方合计超过保费，承担余数的「{ $payer }」为负
    .help = 保费太小，不足一个取整单位；请核对基数，或改取整方式
V220 = 方案没有损失分层
V221 = 损失金额须在 0 至十万亿元之间
V222 = 损失超出各层合计 { $unpaid }，而方案未写不足时如何处理
    .help = 在「分层」中写「不足时 按比例 经 决定 …」
V223 = 损失超出各层合计 { $unpaid }，须先作出决定「{ $decision }」才能按比例赔付
    .help = 已作出的，加 --decide { $decision }
base-persons = 人数
base-households = 户数
