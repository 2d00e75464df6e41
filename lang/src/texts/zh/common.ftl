### 通用词语

severity-error = 错误
severity-warning = 警告
severity-question = 待定
severity-note = 提示

header-separator = ：
note-help = 帮助：{ $text }
note-fix = 改法：{ $text }
fix-replace = 第{ $line }行，将“{ $old }”改为“{ $new }”
fix-insert = 第{ $line }行第{ $column }列，加上“{ $new }”
fix-delete = 第{ $line }行，删去“{ $old }”
label-contract-sets = 合同“{ $contract }”的约定
label-contract-bound = 按合同“{ $contract }”
note-articles = 涉及条款：{ $text }
note-witness = 复现：{ $text }
witness-several = 把下列赔案存为 { $file }，再运行 { $command }
witness-times = 先写出 { $times } 件赔案（编号、人员、住户各不相同），再运行 { $command }
witness-set = 合同须有：{ $clauses }
witness-contract = 把下列合同存为 { $file }：
    { $text }
witness-bases = 把下列基数存为 { $file }：
    { $rows }

stdout = 标准输出
stdin = 标准输入

io-not-found = 文件或文件夹不存在
io-permission = 没有权限
io-directory = 这是一个文件夹
io-exists = 已经存在
io-full = 磁盘已满

amount-unlimited = 不限
amount-formula = 按公式计算的金额
key-person = 每人
key-household = 每户
key-event = 每次灾害
key-year = 每年度
key-term = 保险期间内
key-claim = 每案

explain-wrong = 错误的写法
explain-right = 正确的写法
