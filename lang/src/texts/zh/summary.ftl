### 方案要点：供审阅、公示和比对的文本

summary-title = { $title }要点
summary-title-contract = { $title }要点（{ $contract }）
summary-preamble = 本要点由方案文本编译生成，一行一事，供审阅和比对使用；与印发的文件不一致的，以印发的文件为准。
summary-unstated = 文件未载明
summary-none = 无
summary-yes = 是
summary-no = 否
summary-quoted = “{ $name }”
summary-bracketed = （{ $text }）
summary-cited = 【{ $articles }】
summary-column-article = 条款

## 章名
summary-section-identity = 基本情况
summary-section-term = 保险期间
summary-section-scope = 保障范围
summary-section-covers = 保险责任
summary-section-meeting = 多个险种同时适用
summary-section-schedules = 赔付标准
summary-section-sum-insured = 保险金额
summary-section-limits = 累计限额
summary-section-premium = 保险费
summary-section-split = 保费分担
summary-section-coinsurance = 共保
summary-section-tower = 损失分层
summary-section-funds = 资金
summary-section-exposure = 最多应赔
summary-section-decisions = 另行决定的事项
summary-section-parameters = 合同约定的事项
summary-section-bounds = 指标、约束与复核
summary-section-duties = 义务与职责
summary-section-elsewhere = 其他保险与追偿
summary-section-conformity = 遵循框架情况
summary-section-assumptions = 假定
summary-section-acknowledged = 已认可的问题
summary-section-open = 待定事项
summary-section-articles = 条款对照
summary-section-version = 版本
summary-section-applies-to = 适用对象
summary-section-scopes = 保障范围
summary-section-requirements = 要求

## 基本情况
summary-title-label = 名称
summary-id = 方案标识
summary-document = 文号
summary-document-unnumbered = 无文号（《{ $title }》）
summary-issued = 印发日期
summary-effective = 施行日期
summary-valid-until = 有效期至
summary-until-decision = { $decision }之日
summary-repeals = 同时废止
summary-under = 上位文件
summary-under-included = { $document }
summary-under-not-included = { $document }（文本未收录）
summary-frameworks = 遵循框架
summary-contract = 执行合同

## 保险期间
summary-term = 保险期间
summary-period = { $first }至{ $last }
summary-term-open = 自{ $start }起
summary-term-policy = 以保险单载明的{ $start }、{ $end }为准
summary-term-contract = 由合同约定
summary-term-contract-years = { $years }年，起止日期由合同约定
summary-renewable = 期满可以续保
summary-year = 年度
summary-year-policy = 保单年度
summary-year-calendar = 公历年度
summary-year-of-event = 以灾害发生之日所在年度为准
summary-year-n = 第{ $number }年度
summary-event = 一次灾害
summary-event-hours = 连续{ $hours }小时以内
summary-event-recorded = 以灾害编号为准

## 保障范围
summary-territory = 区域
summary-territory-except = 不含{ $areas }
summary-territory-including = 另含{ $areas }
summary-policyholder = 投保人
summary-policyholder-authorised = { $bodies }（经{ $by }授权）
summary-persons = 保障对象
summary-persons-present = 灾害发生时在区域内的自然人
summary-persons-present-including = 灾害发生时在区域内的自然人，包括{ $classes }
summary-subject = 保险标的
summary-beneficiary = 受益人
summary-beneficiary-of = { $bodies }（{ $harms }）
summary-standard = { $fact }的评定标准
summary-secondary = 次生灾害
summary-secondary-origin = 按起因登记灾因
summary-secondary-direct = 按直接原因登记灾因
summary-secondary-recorded = 以登记的灾因为准
summary-body = 机构
summary-body-alias = { $name }，又称{ $aliases }
summary-establishing = 事实认定
summary-established = { $fact }由{ $by }认定
summary-treating = 视同
summary-treated = { $fact }为{ $value }的，视同{ $as }
summary-list-unstated = { $list }（是否列举完毕，文件未载明）
summary-list-open = { $list }等
summary-list-closed = { $list }，以上列为限
summary-list-counted = { $list }，共{ $count }项

## 保险责任
summary-groups = 灾因组
summary-group-law = 以《{ $law }》的规定为准，随其修订变动
summary-group-law-as-of = 以《{ $law }》截至{ $date }的规定为准
summary-group-decided = 其他灾因是否归入，由{ $decision }确定
summary-perils = 灾因
summary-perils-any = 不限
summary-peril-caused = { $cause }引起的{ $peril }
summary-harms = 损害
summary-roles = 适用人员
summary-roles-all = 全部保障对象
summary-condition = 给付条件
summary-benefits = 赔付
summary-benefits-by = 按{ $schedule }执行，赔付{ $harms }
summary-handled-by = 责任部门
summary-handled-for = { $bodies }（负责{ $perils }）
summary-subrogation = 追偿
summary-subrogation-none = 不追偿
summary-subrogation-against = 赔付后可向{ $against }代位追偿
summary-subrogation-except = 赔付后可向{ $against }代位追偿，{ $except }除外

summary-condition-is = { $fact }为{ $values }
summary-condition-is-not = { $fact }不为{ $values }
summary-condition-otherwise-nothing = { $condition }，其余情形不赔
summary-condition-compare = { $fact }{ $compared }
summary-condition-yes = 符合{ $fact }
summary-condition-decided = 已作出{ $decision }的决定
summary-condition-not = 不属于下列情形：{ $condition }
summary-and = { $left }，且{ $right }
summary-or = { $left }，或者{ $right }
summary-alternatives = { $list }或{ $last }
summary-compare-at-least = 不低于{ $value }
summary-compare-at-most = 不超过{ $value }
summary-compare-over = 超过{ $value }
summary-compare-under = 低于{ $value }
summary-compare-equal = 等于{ $value }

summary-meeting-priority = 优先适用
summary-meeting-over = { $first }优先于{ $others }
summary-meeting-higher = 从高赔付
summary-meeting-stack = 分别赔付
summary-all-covers = 全部险种
summary-all-other-covers = 全部其他险种

## 赔付标准
summary-counted-per = 计算口径
summary-paid-by-covers = 适用险种
summary-harms-combined = { $harms }合计
summary-pays-fixed = 定额赔付{ $amount }
summary-pays-actual = 据实赔付{ $amount }
summary-pays-per-unit = 按{ $amount }计发
summary-pays-nothing = 不赔
summary-table-named = { $table }表
summary-table-column = { $table }表{ $column }栏
summary-amount-by-table = { $table }所列数额
summary-amount-by-table-of = { $of }乘以{ $table }所列比例
summary-amount-sum-insured = 保险金额
summary-step-less = 扣除{ $amount }
summary-step-up-to = 以{ $amount }为限
summary-step-at-least = 不少于{ $amount }
summary-step-share = 赔付其中的{ $ratio }
summary-step-round = 精确到{ $unit }，{ $mode }
summary-step-keyed = { $keys }合计{ $step }
summary-round-half-up = 四舍五入
summary-round-down = 尾数舍去
summary-round-up = 尾数进位
summary-injuries = 多处伤残
summary-injuries-heaviest = 按最重一处的等级赔付
summary-injuries-raised = 按最重一处的等级赔付；最重等级有两处以上的，晋升一级
summary-less-paid = 先后赔付
summary-less-paid-text = 赔付{ $harm }时，扣除同一人已付的{ $paid }赔款
summary-table-title = 表：{ $table }
summary-column-value = 标准
summary-row-otherwise = 其余
summary-interval-any = 不限
summary-interval-from = { $low }以上
summary-interval-over = 超过{ $low }
summary-interval-below = 不满{ $high }
summary-interval-to = { $high }以下
summary-interval-from-to = { $low }至{ $high }
summary-interval-from-below = { $low }以上不满{ $high }
summary-interval-over-to = 超过{ $low }至{ $high }
summary-interval-over-below = 超过{ $low }不满{ $high }

summary-amount-premium = 保费总额
summary-amount-balance = { $fund }余额
summary-amount-decided = { $decision }确定的金额
summary-amount-raised = { $otherwise }（作出{ $decision }的决定后为{ $amount }）
summary-amount-from = 自{ $date }起{ $amount }
summary-amount-times = { $of }的{ $times }倍
summary-amount-share = { $of }的{ $ratio }
summary-amount-product = { $of }乘以{ $ratio }
summary-amount-per-unit = { $rate }×{ $fact }（{ $rules }）
summary-part-up = { $unit ->
    [months] 不足1个月的按1个月计
   *[other] 不足1的按1计
 }
summary-part-down = { $unit ->
    [months] 不足1个月的不计
   *[other] 不足1的不计
 }
summary-part-pro-rata = { $unit ->
    [months] 不足1个月的按比例计
   *[other] 不足1的按比例计
 }
summary-units-at-most = { $unit ->
    [months] 最多计{ $count }个月
   *[other] 最多计{ $count }
 }
summary-units-unlimited = 数量不设上限
summary-unlimited = 不限
summary-parameter-open = 合同约定的“{ $name }”
summary-parameter-by = { $by }确定的“{ $name }”
summary-parameter-bound = { $value }（“{ $name }”）

## 保险金额
summary-sum-insured-none = 不以保险金额计算赔付
summary-sum-insured-base = 基本保险金额（{ $class }）
summary-sum-insured-negotiated = 协商保险金额
summary-sum-insured-fixed = 不另行协商
summary-sum-insured-free = 可与保险公司协商确定
summary-sum-insured-at-least-base = 可与保险公司协商确定，不低于基本保险金额
summary-sum-insured-at-most = 最高保险金额
summary-sum-insured-refused = { $amount }，超过的不予受理
summary-sum-insured-capped = { $amount }，超过的按此计算

## 累计限额
summary-limit-order = 适用次序
summary-limit-order-text = 先适用各赔付标准自身的限额，再依次适用{ $limits }
summary-limit-amount = 限额
summary-limit-amount-from = 限额（{ $date }起）
summary-limit-raised = 限额上浮
summary-limit-raised-text = 作出{ $decision }的决定后，为{ $amount }
summary-limit-less = 合计扣除
summary-limit-largest = 合计以最高一项为限
summary-limit-largest-text = 同一口径内只赔付最高的一项
summary-limit-over = 适用范围
summary-limit-within = 包含关系
summary-limit-within-text = 包含在{ $limit }之内
summary-filter-fact = 限于{ $fact }为{ $values }的
summary-exhausted = 限额用尽时
summary-tier-date = 出险日期
summary-tier-event = 灾害编号
summary-tier-claim = 赔案号
summary-tier-first = 按{ $order }先后赔付
summary-tier-rank = 按{ $ranks }的顺位赔付
summary-pro-rata-alone = 各赔案按同一比例赔付
summary-pro-rata-within = 次序相同而余额不足的，各赔案按同一比例赔付
summary-pro-rata-needless = 赔完为止
summary-ratio-to = 比例精确到{ $ratio }，尾数舍去
summary-key-person = 每人
summary-key-household = 每户
summary-key-event = 每次灾害
summary-key-year = 每年度
summary-key-term = 保险期间内
summary-key-claim = 每案
summary-key-fact = 每个{ $fact }

## 保险费
summary-rate = 费率
summary-rate-person = 每人每年{ $amount }
summary-rate-household = 每户每年{ $amount }
summary-rate-contract-by = 由合同按{ $facts }分别约定
summary-by-contract = 由合同约定
summary-base = 计费基数
summary-base-persons = { $kind }（人数）
summary-base-households = { $kind }（户数）
summary-base-current = 取投保当年数
summary-base-previous = 取上年度数
summary-base-before-last = 取上上年度数
summary-base-lag = 取{ $years }年前的数
summary-base-stated = 文件载明{ $count }{ $unit }
summary-base-stated-year = 文件载明{ $year }年为{ $count }{ $unit }
summary-unit-persons = 人
summary-unit-households = 户
summary-total = 保费总额
summary-total-stated = 每年{ $amount }
summary-total-planned = 每年{ $amount }（计划数）
summary-total-computed = 按费率和基数计算
summary-payers = 保费承担
summary-payer = { $name }{ $share }
summary-payers-split = 按“保费分担”一章执行
summary-due = 缴纳
summary-split-none = 未设分担
summary-split-round = 取整
summary-split-round-text = { $payer }部分精确到{ $unit }，{ $mode }
summary-remainder = 余数
summary-remainder-to = 归{ $payer }
summary-remainder-unstated = 文件未载明，按最大余数法分配
summary-split-override = 分担调整
summary-split-override-text = 认定{ $decision }的，改按{ $shares }分担

summary-insurer-lead = 首席承保人
summary-insurer-follow = 共保人
summary-insurer-share = { $name }，份额{ $share }
summary-insurers = 承保机构家数
summary-insurers-exactly = { $count }家
summary-insurers-between = { $least }至{ $most }家
summary-lead-at-least = 首席承保份额
summary-shares = 承保份额

## 分层与资金
summary-tower-none = 未设损失分层
summary-tower-total = 总体限额
summary-layers = 表：损失分层（自下而上）
summary-column-layer = 层次
summary-column-bearer = 承担方
summary-column-up-to = 限额
summary-column-coinsured = 按共保份额分担
summary-shortfall = 各层不足时
summary-shortfall-pro-rata = 各赔案按同一比例赔付
summary-shortfall-decided = 作出{ $decision }的决定后，各赔案按同一比例赔付
summary-funds-none = 未设资金
summary-fund-accrual = 计提
summary-fund-carrying = 结余
summary-fund-carried = 逐年滚存
summary-fund-balance = 余额
summary-fund-reported = 以{ $by }报告的数额为准

## 决定与约定
summary-decided-by = 由{ $by }作出
summary-decided-by-unstated = 文件未载明由谁作出
summary-decided-term = 保险期间内作出一次
summary-decided-year = 按年度作出
summary-decided-event = 按每次灾害作出
summary-decided-fact = 按{ $fact }分别作出
summary-effect-whole = 效力及于全期
summary-effect-day = 自作出之日起有效
summary-decided-value = 同时确定{ $kind }
summary-set-by = 由{ $by }确定
summary-planned = 计划{ $value }
summary-not-set = 尚未约定
summary-set-to = 现定为{ $value }
summary-set-to-table = 现定数额见下表
summary-empty-list = 空
summary-parameter-table-title = 表：{ $name }（合同约定）
summary-kind-money = 金额
summary-kind-ratio = 比例
summary-kind-count = 数目
summary-kind-date = 日期
summary-kind-table = 各{ $domain }的{ $kind }
summary-kind-list = { $domain }清单
summary-contract-prevails = 以合同为准
summary-contracts = 执行本方案的合同
summary-contracts-text = { $contracts }，合同约定的内容见其要点
summary-item-premium = 保费
summary-item-limits = 赔付限额
summary-item-term = 保险期间
summary-item-coinsurance = 共保

## 约束、复核、义务
summary-metric = 指标
summary-metric-text = { $name } = { $value }
summary-covenant = 约束
summary-covenant-text = { $name }{ $bound }
summary-covenant-per = 按{ $facts }分别核算
summary-review = 复核
summary-review-text = { $what }{ $every }由{ $by }复核
summary-review-decides = 可据以作出{ $decision }的决定
summary-every-year = 每年
summary-every-years = 每{ $years }年
summary-every-months = 每{ $months }个月
summary-every-month = 每月
summary-every-quarter = 每季度
summary-in-principle = 原则上
summary-encouraged = 鼓励
summary-must = 必须
summary-modality = { $modality }{ $text }
summary-responsible = 由{ $by }负责
summary-duty-by = 由{ $by }履行
summary-duty-by-to = 由{ $by }向{ $to }履行
summary-within-days = 期末后{ $days }日内
summary-by-date = { $date }前
summary-by-yearly = 每年{ $month }月{ $day }日前
summary-by-words = 期限：{ $text }
summary-duty-otherwise = 未履行的，按{ $decision }处理
summary-forbids = 禁止
summary-supplement = 补充合同可以
summary-other = 重复保险
summary-other-property = 重复保险（财产）
summary-other-person = 重复保险（人身）
summary-other-pro-rata = 与其他保险按比例分摊
summary-other-none = 不因其他保险扣减
summary-other-by-law = 依照法律规定处理

## 遵循框架情况
summary-conforms-to-none = 未声明遵循任何框架
summary-requires-nothing = 所遵循的框架没有可核对的要求
summary-standing = { $requirement }——{ $result }
summary-article-of = { $framework }{ $article }
summary-met = 达到
summary-met-at = 达到，实为{ $value }
summary-broken = 未达到
summary-broken-at = 未达到，实为{ $value }
summary-deferred = 待合同约定后核对
summary-deferred-on = 待合同约定{ $parameters }后核对
summary-not-checked = 文字要求，由审阅人核对
summary-not-decided = 未能判定
summary-not-decided-bodies = 未能判定，文件未说明{ $bodies }是否属于这类机构
summary-requirement-in-scope = { $text }（{ $scope }）
summary-require-payable = { $keys }可获赔付{ $bound }
summary-require-payable-of = { $keys }可获{ $harm }赔付{ $bound }
summary-require-limit = { $keys }累计限额{ $bound }
summary-require-payer = 保费由{ $bodies }承担
summary-require-policyholder = 投保人为{ $bodies }
summary-require-persons = 保障对象包括{ $classes }
summary-require-duty = { $what }{ $duty }
summary-scope-basic = 基本范围
summary-scope-extended = 扩展范围
summary-scope-modality = 效力
summary-scope-choice = 选择
summary-scope-menu = 可以从中选择
summary-scope-whole = 应当全部纳入
summary-scope-free = 不作硬性要求
summary-applies-to = 适用于
summary-applies-to-text = { $area }各{ $level }

## 假定、认可、待定、条款、版本
summary-accepted = { $message }认可理由：{ $reason }
summary-accepted-because = 认可理由：{ $reason }
summary-open-error = 错误 { $code }
summary-open-warning = 警告 { $code }
summary-open-question = 待定 { $code }
summary-article-encoded = 已写入方案
summary-article-prose = 不含规则：{ $reason }
summary-article-partly = 部分写入方案，其余不含规则：{ $reason }
summary-article-neither = 未写入方案，也未说明
summary-articles-unlisted = 方案未列出文件的条款
summary-hash = 方案指纹（SHA-256）
summary-plan-version = 方案格式版本

summary-near-ratio = 约{ $near }（{ $exact }）
summary-limit-of-schedule = { $schedule }的{ $harms }限额
summary-exposure-range = { $low }至{ $high }
summary-exposure-by = 取决于{ $limits }
summary-exposure-open = 还取决于{ $parameters }
summary-exposure-depends = 取决于{ $parameters }
summary-exposure-unknown = 尚未确定
summary-exposure-at-least = 不低于{ $low }，上限尚未确定
summary-exposure-premium = 每年保费
summary-exposure-rate = 保费与年度最多应赔之比
summary-exposure-no-rate = 保费或年度最多应赔未定，不计算
summary-exposure-layers = 各层最多承担
summary-exposure-unborne = 一次灾害无人承担的部分最多
summary-exposure-unborne-year = 一个年度无人承担的部分可达
summary-exposure-unborne-term = 保险期间内无人承担的部分可达
summary-exposure-layers-open = 数额未定的层按全部承担计
summary-exposure-short = 资金{ $funds }不足支付

## 网页
summary-section-glance = 赔付一览
summary-column-cover = 险种
summary-glance-title = 表：各险种赔付一览
summary-glance-note = 本表供快速查阅；给付条件、适用人员和限额，按以下各章的规定执行。
summary-glance-combined = { $harms }{ $text }
summary-amount-formal = { $amount }（{ $capitals }）
summary-html-skip = 跳到正文
summary-html-contents = 目录
summary-html-cited = 【{ $a }】
summary-tower-picture = 图：损失自下而上由各层承担（示意，高度不代表金额）
summary-tower-described = 自下而上：
summary-tower-up-to = 限额：{ $amount }

# ── 试算 ──
summary-calculator-title = 试算
summary-calculator-intro = 选择情形、填写金额，即可试算一个赔案的赔付金额。试算未计入与其他赔案共用的累计限额，结果仅供参考，实际赔付以核定为准。
summary-calculator-unset = 本方案不能试算：{ $parameters }由合同约定，尚未约定
summary-calculator-by-contract = 合同约定后即可试算，见执行本方案的合同{ $contracts }的要点。
summary-calculator-undivided = { $name }（未细分）
summary-calculator-choose = 请选择
summary-calculator-yuan = 元
summary-calculator-yes = 是
summary-calculator-no = 否
summary-calculator-missing = 请填写：
summary-calculator-colon = ：
summary-calculator-benefit = 赔付金额
summary-calculator-cover = 适用险种
summary-calculator-decisions = 另行决定的事项
summary-calculator-steps = 计算步骤
summary-calculator-step = 步骤
summary-calculator-amount = 金额
summary-calculator-article = 条款依据
summary-calculator-refused = 按所填情形无法试算
summary-calculator-V003 = 不是日期
summary-calculator-V004 = 不是金额
summary-calculator-V005 = 不能为负数
summary-calculator-V006 = 小数位数过多
summary-calculator-V007 = 数额过大
summary-calculator-V008 = 不是整数
summary-calculator-V009 = 不在可填的数值之内
summary-calculator-V010 = 不是比例
summary-calculator-V021 = 下列险种同时适用而金额不同，方案未规定适用哪一个
summary-calculator-V022 = 高于方案可以承保的上限
summary-calculator-V023 = 低于方案可以承保的下限
summary-calculator-V042 = 金额取决于尚未作出的决定
summary-calculator-reason-out-of-term = 出险日期不在保险期间内，不予赔付。
summary-calculator-reason-no-cover = 没有承保该灾因的险种，不予赔付。
summary-calculator-reason-role = 承保该灾因的险种不保此类人员，不予赔付。
summary-calculator-reason-harm = 适用的险种不赔此类损失，不予赔付。
summary-calculator-reason-condition = 不符合险种规定的条件，不予赔付。
summary-calculator-reason-nothing = 按方案规定，此种情形不予赔付。
summary-calculator-reason-zero = 按方案计算，赔付金额为零。
summary-calculator-rule-fact = 实际金额
summary-calculator-rule-amount = 定额
summary-calculator-rule-per-unit = 按数量计算
summary-calculator-rule-scaled = 按比例计算
summary-calculator-rule-less = 扣除免赔额
summary-calculator-rule-up-to = 以限额为限
summary-calculator-rule-unlimited = 不设限额
summary-calculator-rule-at-least = 不少于最低额
summary-calculator-rule-share = 按赔付比例
summary-calculator-rule-round-half-up = 四舍五入
summary-calculator-rule-round-down = 舍去尾数
summary-calculator-rule-round-up = 尾数进位
summary-calculator-rule-nothing = 不予赔付
summary-calculator-rule-own-up-to = 以该项累计限额为限
summary-calculator-rule-own-less = 扣除该项累计免赔额
