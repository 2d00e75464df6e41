### 命令行的帮助与输出

help-usage = 用法：
help-usage-options = [选项]
help-commands = 命令：
help-arguments = 参数：
help-options = 选项：

value-OLD = 旧版
value-NEW = 新版
value-DIFF_FORMAT = 形式
value-COMMAND = 命令
value-LANG = zh|en
value-PATH = 路径
value-FILE = 文件
value-OUT = 文件
value-SCHEME = 方案
value-DECISION = 决定
value-CLAIM = 赔案
value-CLAIMS = 赔案文件
value-AMOUNT = 金额
value-ENCODING = 编码
value-CODE = 代码
value-NAME = 名称
value-TARGET = 目标
value-DIR = 文件夹
value-DOMAIN = 域
value-ENGINE = 引擎
value-FORMAT = 形式
value-RESULT_FORMAT = 形式
value-SUMMARY_FORMAT = 形式
value-QUESTIONS_FORMAT = 形式
value-LEVEL = 级别

command-anlan = 安澜：公共巨灾保险方案的语言与编译器
    .lang = 使用的语言（zh、en）；缺省随系统，否则为中文
    .help = 显示帮助
    .version = 显示版本

command-check = 检查方案、框架和合同
    .paths = 文件或文件夹；缺省为当前文件夹
    .format = human、short、json、sarif 或 github；缺省 human
    .deny = 除错误外，警告（warnings）或待定事项（questions）也使检查不通过；可重复

command-test = 运行文件中的样例
    .paths = 文件或文件夹；缺省为当前文件夹
    .format = human 或 json；缺省 human

command-fmt = 按统一版式排版
    .paths = 文件或文件夹；缺省为当前文件夹；- 为从标准输入到标准输出
    .keywords = 把关键词换成中文（zh）或英文（en）
    .check = 不改文件，只列出版式不同的文件

command-eval = 计算一件赔案：金额、步骤、条款
    .scheme = 方案文件，或只含一个方案的文件夹
    .contract = 执行该方案的合同文件；可重复，按出险日期选用
    .decide = 已作出的决定：名称[@键][=值]；可重复
    .claim = JSON 对象，或写有它的文件
    .bases = 各区县的人数与户数：region,persons,households；可重复，与各合同一一对应
    .explain = 列出每一步及其条款
    .format = human 或 json；缺省 human

command-settle = 结算一批赔案：给付、限额、分摊、份额
    .scheme = 方案文件，或只含一个方案的文件夹
    .claims = 赔案文件：CSV、TSV、JSON Lines、JSON、Parquet 或 XLSX，按文件名结尾区分
    .contract = 执行该方案的合同文件；可重复，按出险日期选用
    .decide = 已作出的决定：名称[@键][=值]；可重复
    .out = 结果文件，每件赔案一行
    .rejects = 拒收的行及其理由
    .bases = 各区县的人数与户数：region,persons,households；可重复，与各合同一一对应
    .earlier = 以前各批已付的金额
    .events = 各次灾害的项目，按 event；赔案留空的由它补上
    .exposures = 各户、保单或房屋的项目，按 household、policy 或 dwelling；赔案留空的由它补上
    .lines = 每件赔案每个险种一行的明细
    .encoding = 赔案、灾害和标的文件的编码：utf-8 或 gb18030；缺省 utf-8
    .format = 汇总的形式：human 或 json；缺省 human

command-fund = 按区县和承担方计算保费与补贴
    .scheme = 方案文件，或只含一个方案的文件夹
    .contract = 执行该方案的合同文件
    .decide = 已作出的决定：名称[@键][=值]；可重复
    .bases = 各区县的人数与户数：region,persons,households
    .format = human 或 json；缺省 human

command-layer = 计算一次灾害的损失由哪几层承担
    .scheme = 方案文件，或只含一个方案的文件夹
    .contract = 执行该方案的合同文件
    .decide = 已作出的决定：名称[@键][=值]；可重复
    .loss = 损失金额，如 120亿元，或以元计的数
    .bases = 保费的基数，层的限额以保费总额计时须给出
    .format = human 或 json；缺省 human

command-exposure = 计算方案最多可能应赔多少，并与保费、分层和资金对照
    .scheme = 方案文件，或只含一个方案的文件夹
    .contract = 执行该方案的合同文件
    .decide = 已作出的决定：名称[@键][=值]；可重复
    .bases = 保费的基数；不给出的，按文件自己载明的总额或基数
    .format = human 或 json；缺省 human

command-audit = 用填报的数字核对约束
    .scheme = 方案文件，或只含一个方案的文件夹
    .contract = 执行该方案的合同文件
    .figures = 填报数字的文件
    .format = human 或 json；缺省 human

command-summary = 生成供人审阅和比对的方案要点
    .scheme = 方案文件，或只含一个方案的文件夹
    .contract = 执行该方案的合同文件
    .format = md；缺省 md
    .out = 写入文件；缺省为标准输出

command-questions = 列出还要决定的事项，作为起草人的问卷
    .scheme = 方案文件，或只含一个方案的文件夹
    .contract = 执行该方案的合同文件
    .format = human、json 或 md；缺省 human

command-diff = 比较两个版本的含义：谁的赔付变了，变多少，限额、份额、义务等有何变化
    .old = 旧版：方案文件或文件夹，或 git 的“版本:路径”
    .new = 新版：同上
    .at = 旧版、新版是该文件的两个文本（供 git 调用），引用的文件从其项目读取
    .contract = 执行该方案的合同文件，两版都用它
    .claims = 用两版结算这些赔案并比较
    .bases = 保费基数文件（CSV），限额按保费计算时需要
    .decide = 结算赔案时已作出的决定：名称[@键][=值]；可重复，各版只取自己有的
    .encoding = 赔案文件的编码：utf-8 或 gb18030；缺省 utf-8
    .format = md、html 或 json；缺省 md
    .out = 写入文件；缺省为标准输出

command-explain = 解释一个代码，附错误和正确的写法；不给代码则列出全部
    .code = 代码，如 L104

command-emit = 把方案写成别的语言或形式
    .target = ir（方案的整数形式）、json-schema（赔案记录）、python、rust、sql、typescript 或 vectors（样例和边界赔案）
    .scheme = 方案文件，或只含一个方案的文件夹
    .contract = 执行该方案的合同文件
    .out = 写入的文件夹；须为空，或由本命令写成
    .force = 文件夹里有其他文件时也写入
    .dialect = sql 的引擎：duckdb、postgres 或 spark；缺省 duckdb
emit-done = 已写入 { $path }，共 { $count } 个文件

command-new = 新建一个方案，内有注释详尽的模板
    .name = 方案名称，也是文件夹名
    .framework = 所遵循的框架的名称

command-doc = 列出标准库的各个域及其标识和名称
    .domain = 只列这个域，如 灾因 或 peril
    .format = human 或 json；缺省 human

check-units = 方案 { $schemes } 个、框架 { $frameworks } 个、合同 { $contracts } 个
check-counts = 错误 { $errors }，警告 { $warnings }，待定 { $questions }，提示 { $notes }；已认可 { $acknowledged }，假定 { $assumptions }
check-of-code = { $code } { $count } 处
check-acknowledged = 已认可：{ $codes }

fmt-changed = 已排版：{ $path }
fmt-differs = 版式不同：{ $path }
fmt-refused = 有语法错误，未改动：{ $path }

questions-title = { $scheme }：待定事项问卷
questions-head = { $scheme }还有 { $count } 项要决定。
questions-none = { $scheme }没有待定事项。
questions-why = 影响：{ $text }
questions-answer = { $letter }. { $answer }：写“{ $clause }”
questions-articles = 涉及条款：{ $text }
questions-place = 位置：{ $text }
questions-silent = 文件没有写的，仍要选一个答案，并在后面加：假定 "理由"。

explain-index = { $code }  { $severity }  { $message }
new-made = 已建立 { $path }。下一步：
new-next = anlan check { $path }

type-money = 金额
type-count = 计数
type-ratio = 比例
type-date = 日期
type-text = 文本
type-yes-no = 是否
type-number = 数
type-area = 区域
doc-facts = 赔案的列
doc-areas = 区域（引用 区域）
doc-units = 单位
doc-domain = 域 { $name }（标识 { $id }；引用 { $import }）
doc-domain-core = 域 { $name }（标识 { $id }；不必引用）
doc-aliases = 又称 { $text }
doc-code = 代码 { $text }
## 保费、分层、约束的报表
fund-title = { $scheme }：保费与各方分担
fund-region = 区县
fund-premium = 保费
fund-total = 合计
fund-unit = 金额单位：元
layer-title = { $scheme }：一次灾害损失 { $loss } 的分担
layer-name = 层
layer-width = 限额
layer-amount = 承担
layer-unpaid = 未付
layer-sum = 损失合计
layer-ratio = 赔付比例：{ $ratio }
audit-title = { $scheme }：约束核对
audit-none = 方案没有约束。
audit-kept = 符合　{ $name }：报告 { $figure }，要求 { $compare } { $bound }
audit-broken = 违反　{ $name }：报告 { $figure }，要求 { $compare } { $bound }
audit-departed = 偏离　{ $name }：报告 { $figure }，原则上 { $compare } { $bound }
audit-not-reported = 未报　{ $name }：没有报告“{ $figure }”
audit-unset = 未定　{ $name }：参数“{ $parameter }”尚无取值，用 --contract 给出合同
audit-circular = 未定　{ $name }：指标“{ $metric }”引用了自身
audit-too-large = 未定　{ $name }：数值超出可精确计算的范围
audit-metric = 指标　{ $name } = { $value }
audit-unread = 提示　没有约束或指标用到“{ $figure }”
audit-unread-near = 提示　没有约束或指标用到“{ $figure }”，是否应为“{ $near }”？

exposure-title = { $scheme }：最多应赔
exposure-scope = 范围
exposure-most = 最多应赔
exposure-by = 取决于
exposure-unlimited = 不限
exposure-unreported = 未报告
exposure-claim = 每案
exposure-person = 每人每次灾害（人身）
exposure-household = 每户每次灾害（财产）
exposure-event = 每次灾害
exposure-year = 每年度
exposure-term = 保险期间内
exposure-not-decided = { $scope }：限额交叉，未能判定；前一数额确能达到，后一数额不会超过
exposure-open = { $scope }：还取决于{ $parameters }
exposure-premium-open = 保费总额
exposure-premium = 每年保费：{ $premium }
exposure-rate = 保费与{ $scope }最多应赔之比：{ $ratio }
exposure-borne = 各层最多承担{ $layers }，一次灾害无人承担的部分最多{ $unborne }
exposure-unborne = { $scope }{ $events ->
        [-1] 的灾害次数没有限制
       *[other] 有 { $events } 次灾害各达最多应赔
    }，无人承担的部分{ $unborne }{ $count ->
        [0] { "" }
       *[other] ；资金{ $funds }不足支付
    }{ $open ->
        [some] （数额未定的层按全部承担计）
       *[none] { "" }
    }
exposure-fund = 资金“{ $fund }”余额：{ $amount }
