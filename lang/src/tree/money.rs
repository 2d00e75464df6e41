//! Money beyond claims: premium, splits, coinsurance, towers, covenants, reviews and duties.

use super::*;

/// `保费 { … }` / `premium { … }`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Premium {
    /// `费率 1元/人/年` / `rate`
    pub rates: Vec<(Expr, Notes)>,
    /// `费率 合同约定 按 地区, 结构` / `rate by contract by …`
    pub rate_by_contract: Option<(Vec<Name>, Notes)>,
    /// `基数 …` / `base …`
    pub bases: Vec<(PremiumBase, Notes)>,
    /// `总额 92.6万元/年` / `total`; `planned` for `计划` / `planned`
    pub total: Option<(Expr, bool, Notes)>,
    /// `承担 县财政 100%` / `paid by`
    pub payers: Vec<(Name, Expr, Notes)>,
    /// `缴纳 按年` / `due yearly`
    pub due: Option<(Quoted, Notes)>,
    pub span: Span,
}

/// `基数 常住人口 当年 = 92.6万人 于 2022年` / `base resident_population current year = 92.6万人 in 2022`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PremiumBase {
    /// Population or household kind, a term of the document (`常住人口`, `公安户籍人数`)
    pub kind: Name,
    /// `人` or `户`, by `计 人` / `counts person`; `None` where `stated` or the rates tell
    pub unit: Option<Name>,
    /// Years before the insured year: `当年` 0, `上年度` 1, `上上年度` 2; `None` unstated
    pub lag: Option<u8>,
    /// A figure the document states, and the year it is of
    pub stated: Option<(Quantity, Option<i16>)>,
    pub span: Span,
}

/// What each payer bears instead, after `当 …:` / `when …:`.
pub type PayerShares = Vec<(Name, Expr)>;

/// `分担 保费分担 按 区县 { … }` / `split X of premium by region { … }`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    pub name: Name,
    pub by: Name,
    pub payers: Vec<Name>,
    pub rows: Vec<SplitRow>,
    /// `市级 精确到 万元` / `round 市级 to 万元`; no mode written is a question
    pub rounds: Vec<(Name, Quantity, Option<RoundMode>, Notes)>,
    /// `余数归 县级` / `remainder to 县级`
    pub remainder: Option<(Name, Notes)>,
    /// `当 未按期申报: 省级 0%, 市级 0%, 县级 100%` / `when …`
    pub overrides: Vec<(Name, PayerShares, Notes)>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitRow {
    pub regions: Vec<Name>,
    /// One per payer; `None` for `-` / `—`
    pub shares: Vec<Option<Expr>>,
    pub notes: Notes,
    pub span: Span,
}

/// `共保 { 首席承保人 主承保机构 50%  共保人 共保机构甲 25%  家数 3  首席 >= 50% }`
/// / `coinsurance { lead X 50%  follow Y 25%  insurers 3  lead at least 50% }`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coinsurance {
    pub insurers: Vec<Insurer>,
    /// `家数 2 至 3` / `insurers 2 to 3`
    pub count: Option<(Decimal, Decimal, Notes)>,
    /// `首席至少 50%` / `lead at least 50%`
    pub lead_at_least: Option<(Expr, Notes)>,
    /// `份额 合同约定` / `shares by contract`
    pub by_contract: Option<Notes>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insurer {
    pub name: Name,
    pub lead: bool,
    /// `None`: left to the contract
    pub share: Option<Expr>,
    pub notes: Notes,
    pub span: Span,
}

/// `分层 每次灾害 总额 总体限额 { … }` / `tower per event total X { … }`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tower {
    pub keys: Vec<Key>,
    pub total: Option<Expr>,
    pub layers: Vec<Layer>,
    pub shortfall: Option<(Shortfall, Notes)>,
    pub span: Span,
}

/// `层 保险公司 限额 直保限额` / `layer X up to E`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    pub name: Name,
    pub up_to: Expr,
    /// `由 共保` / `shared by coinsurance`
    pub coinsured: bool,
    pub notes: Notes,
    pub span: Span,
}

/// `不足时 按比例 经 决定 X` / `shortfall pro rata when decided X`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortfall {
    pub decision: Option<Name>,
    pub span: Span,
}

/// `约束 综合费用率 <= 20%` / `covenant`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covenant {
    pub name: Name,
    pub compare: Compare,
    pub value: Expr,
    /// `每 地区` / `per region`
    pub keys: Vec<Key>,
    pub span: Span,
}

/// `复核 费率 每3年 由 市应急局, 市财政局 "…"` / `review rate every 3 years by …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    pub what: Name,
    pub every: Quantity,
    pub by: Vec<Name>,
    /// What is compared and what may follow, in words
    pub text: Option<Quoted>,
    /// `可作 决定 费率调整` / `may decide X`
    pub decision: Option<Name>,
    pub span: Span,
}

/// `义务 "月报" 由 主承保机构 向 市专项小组办公室 每月 期限 月末后10日 违反时 未按期申报`
/// / `duty "…" by X to Y every month within 10 days of month end otherwise Z`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    pub what: Quoted,
    /// Empty for `由 未载明` / `by unstated`.
    pub by: Vec<Name>,
    pub to: Vec<Name>,
    /// `每月`, `每季度`, `每年` / `every month|quarter|year`
    pub every: Option<(Period, Span)>,
    pub deadline: Option<Deadline>,
    /// Decision that a breach leads to
    pub otherwise: Option<Name>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    Month,
    Quarter,
    Year,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deadline {
    /// `期限 期末后 10日` / `within 10 days of period end`
    AfterPeriod(Quantity),
    /// `期限 2022-06-10` / `by 2022-06-10`
    On(Date, Span),
    /// `期限 每年 06-30` / `by 06-30 each year`: month and day
    Yearly { month: i8, day: i8, span: Span },
    /// `期限 "第一时间"` / `deadline "…"`: in words
    Words(Quoted),
}

/// `追偿 代位 对 责任方 除 政府部门` / `subrogation against X except Y`; `追偿 无` / `subrogation none`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subrogation {
    pub against: Option<Name>,
    pub except: Option<Name>,
    pub span: Span,
}

/// 财产 / 人身
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherKind {
    Property,
    Person,
}

/// 按比例 / 不扣减 / 依法
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherRule {
    /// `按比例` / `pro rata`
    ProRata,
    /// `不扣减` / `none`
    None,
    /// `依法` / `by law`
    ByLaw,
}

/// What a contract may override.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overridable {
    /// 保费
    Premium,
    /// 赔付限额
    Limits,
    /// 保险期间
    Term,
    /// 共保
    Coinsurance,
}
