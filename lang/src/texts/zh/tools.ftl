### 工具与文件错误（X）

X001 = 不认识参数“{ $argument }”
    .help = 运行 anlan --help 查看用法
    .near = 是否要写“{ $near }”？
X002 = 没有命令“{ $argument }”
    .help = 运行 anlan --help 查看全部命令
    .near = 是否要写“{ $near }”？
X003 = “{ $argument }”不能取“{ $value }”
    .help = 运行 anlan --help 查看用法
    .allowed = 可取：{ $allowed }
X004 = 缺少 { $argument }
    .help = 运行 anlan --help 查看用法
    .near = 是否要写“{ $near }”？
    .allowed = 可取：{ $allowed }
X005 = “{ $argument }”与“{ $other }”不能同时使用
    .help = 只保留其中一个
    .near = 是否要写“{ $near }”？
X006 = 命令行有误：{ $detail }
    .help = 运行 anlan --help 查看用法

X010 = 找不到 { $path }
    .help = 请核对路径
X011 = 无法读取 { $path }：{ $reason }
X012 = 无法写入 { $path }：{ $reason }
X013 = { $path } 不是 UTF-8 文本，第 { $line } 行起无法读取
    .help = 请另存为 UTF-8 编码
X014 = { $path } 超过 { $cap } MB
    .help = 请拆成几个文件，用“引用”连接
X015 = { $path } 指向项目之外
    .help = 项目只读自己文件夹内的文件；需要项目外的文件时，在命令行写明
X016 = { $path } 中没有 .anlan 文件
X018 = 文件名不是 UTF-8 文本：{ $path }

X017 = { $path } 不是正确的 TOML：{ $detail }
    .label = 在这里
X019 = { $path } 中的值不对：此处应是 { $expected }
    .label = 值不对
X020 = { $path } 中不认识“{ $key }”
    .label = 不认识
    .near = 是否要写“{ $near }”？
manifest-table = 表，即 [名称] 及其下各行
manifest-list = 文件夹清单，如 sources = ["."]
manifest-folder = 项目内的文件夹，用 / 分隔
manifest-severity = note、question、warning、error 之一

X021 = { $path } 中没有方案
    .help = 请指定写有“方案”的文件，或含有它的文件夹
X022 = { $path } 中不止一个方案：{ $schemes }
    .help = 请指定其中一个文件
X023 = { $path } 中没有执行方案“{ $scheme }”的合同
    .help = 合同以“合同 名称 执行 { $scheme } {"{"} … {"}"}”开头
X024 = 方案“{ $scheme }”有 { $count } 处错误，不能运行
    .help = 请先用 anlan check 查看并改正

X025 = { $path } 中不止一份合同：{ $contracts }
    .help = 每个文件只写一份合同
X026 = 这个命令只用一份合同，给出了 { $count } 份
    .help = eval 和 settle 可以给出几份，按出险日期选用；其他命令每次给出一份
X027 = 合同“{ $contract }”的保险期间没有起止日期，无从按出险日期选用
    .help = 每次只给出一份合同；保险期间不按保单、由合同约定的方案，可以在每份合同中写明起止
X028 = 合同“{ $one }”与“{ $other }”的保险期间重叠：{ $from }都在期内
    .help = 一天的赔案只能适用一份合同；请核对两份合同的起止日期
X029 = 结算期间 { $path } 有改动，没有写出结果
    .help = 等文件写完后再结算
X030 = 没有代码“{ $code }”
    .help = 运行 anlan explain 列出全部代码
    .near = 是否要查“{ $near }”？
X031 = 没有名为“{ $name }”的域
    .help = 运行 anlan doc 列出全部域
    .near = 是否要查“{ $near }”？
X032 = { $path } 已经存在
    .help = 请换一个名称，或先移走它
X033 = “{ $name }”不能作名称
    .help = 名称由汉字、字母和数字组成，以汉字或字母开头
X034 = 标准输入不能与其他路径同时给出
X037 = 给出了 { $bases } 份基数、{ $contracts } 份合同，对不上
    .help = --bases 只给一份，即各合同通用；给出几份的，与 --contract 一一对应、顺序相同
X036 = 项目中没有框架“{ $name }”
    .help = 在含有 anlan.toml 和该框架的项目文件夹中运行
    .near = 是否要写“{ $near }”？

X040 = { $path } 会覆盖另一个文件
    .help = 结果、拒收和明细各写一个新文件，不与赔案等输入文件相同
X041 = 这个 anlan 没有启用 files 功能，不读写 .{ $ending } 文件：{ $path }
    .help = 另存为 .csv，或用启用 files 功能的 anlan（cargo build --features files）
X042 = 看不出 { $path } 是哪种文件
    .help = 文件名以 .csv、.tsv、.jsonl、.ndjson 或 .json 结尾；启用了 files 功能的，还可以是 .parquet、.xlsx
X043 = 临时存放的数据无法读写：{ $reason }
    .help = 磁盘放不下时，用环境变量 TMPDIR 指定另一处
X044 = 一次结算不能超过 { $most } 件赔案
X045 = { $path } 的列“{ $column }”存的是 { $holds }，读不出文本、数、日期
    .help = 写文件时把这一列转成文本（VARCHAR）；方案不读的列可以不写
X046 = { $path } 不是完整的 { $kind } 文件（{ $detail }）
    .help = 文件可能没有传完、加了密码，或者只改了后缀；请重新导出，电子表格另存为 .xlsx
X050 = 网页未能排版：{ $reason }
    .help = 用 --format md
X051 = { $what ->
        [benefit] 险种“{ $cover }”的{ $harm }赔付
        [limit] 累计限额“{ $limit }”
       *[other] 有一处金额
    }超出整数形式的范围，不能结算和生成
    .help = 每处金额须能写成 ⌊(2(a·x+b)+d)/2d⌋，其中 |a|、d 不超过 10¹²，|b| 不超过 10²⁷
X052 = 文件夹 { $path } 已有其他文件
    .help = 请换一个空文件夹；确要覆盖时加 --force
X053 = --dialect 选的是 sql 的引擎，{ $target } 没有引擎
    .help = 去掉 --dialect；要数据库脚本的，目标写 sql
X060 = 不能运行 git：{ $detail }
    .help = 用“版本:路径”取旧版需要安装 git
X061 = git 仓库中没有 { $path }：{ $detail }
    .help = 写作“版本:路径”，路径从仓库的最上层起，如 HEAD~1:policies/yunyang
