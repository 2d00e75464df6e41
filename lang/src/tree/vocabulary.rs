//! What a file declares: domains, facts, parameters, decisions, funds, groups, units, areas.

use super::*;

/// `域 peril 灾因 { flood 洪涝 又称 洪水 代码 "010200" { … } … }` / `domain`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    /// The id in Latin letters (`peril`), or the name of the extended domain.
    pub id: Name,
    pub zh: Option<Name>,
    /// `有序` / `ordered`: values are graded, the first the gravest (injury) — `重者在前` / `worst first`, or `重者在后` / `worst last`.
    pub order: Option<Order>,
    /// `缺省 居民` / `default resident`: the value of a record that leaves the fact blank.
    pub default: Option<Name>,
    pub values: Vec<DomainValue>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    WorstFirst,
    WorstLast,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DomainValue {
    /// The fixed id (`flood`); equal to `zh` where a scheme adds a value with a Chinese name only.
    pub id: Name,
    pub zh: Option<Name>,
    pub aliases: Vec<Name>,
    pub code: Option<Quoted>,
    /// Harms that this cause can do (`致 死亡, 残疾` / `harms death, disability`), for impossible pairs; empty: any.
    pub harms: Vec<Name>,
    /// Perils that can follow from this one (`引发 溺水, 滑坡` / `leads to drowning, landslide`).
    pub leads_to: Vec<Name>,
    pub children: Vec<DomainValue>,
    pub notes: Notes,
    pub span: Span,
}

/// `事实 政府给付: 金额` / `fact government_payment 政府给付: money`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactDeclaration {
    pub id: Name,
    pub zh: Option<Name>,
    pub kind: FactKind,
    /// `由 区级及以上部门` / `by`: who establishes it.
    pub by: Option<Name>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactKind {
    /// 金额
    Money,
    /// 计数
    Count,
    /// 比例
    Ratio,
    /// 日期
    Date,
    /// 文本
    Text,
    /// 是否
    YesNo,
    /// `{ 居住, 商业 }`
    Inline(Vec<Name>),
    /// An existing domain by name
    Domain(Name),
    /// `数 厘米 精确到 1 自 0 至 1000` / `number cm to 1 from 0 to 1000`
    Number {
        unit: Name,
        precision: Decimal,
        from: Decimal,
        to: Decimal,
    },
}

/// `参数 死亡限额, 医疗限额: 金额 合同约定 至多 15万元` / `parameter a, b: money by contract at most 15万元`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    pub names: Vec<Name>,
    pub kind: ParameterKind,
    /// `合同约定` is `None`; `由 财政部门` / `by X` names another source.
    pub by: Option<Name>,
    pub at_least: Option<Expr>,
    pub at_most: Option<Expr>,
    /// `计划 40万元/年` / `planned`: a figure that the document plans but does not fix.
    pub planned: Option<Expr>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterKind {
    Money,
    Ratio,
    Count,
    Date,
    /// `伤残等级 到 金额` / `injury_grade to money`: one value for every value of a domain.
    Table {
        by: Name,
        of: Box<ParameterKind>,
    },
    /// `灾因清单` → `清单 灾因` / `list of peril`: a set of values, may be empty.
    List {
        of: Name,
    },
}

/// `决定 重特大灾害认定 由 市政府 每年度 效力 全期 值 金额` / `decision X by Y per year effect whole period value money`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionDeclaration {
    pub name: Name,
    /// `None` is `由 未载明` / `by unstated`
    pub by: Option<Name>,
    pub per: Vec<Key>,
    pub effect: Option<DecisionEffect>,
    pub value: Option<ParameterKind>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionEffect {
    /// `效力 全期` / `effect whole period`
    WholePeriod,
    /// `效力 自当日` / `effect from the day`; the decision's value is then its date
    FromTheDay,
}

/// `资金 专项准备金 { 计提 计提比例 × 保费总额 每年度  滚存 逐年  余额 由 管理机构 报告 }`
/// / `fund X { accrual E per year  carried yearly  balance reported by Y }`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fund {
    pub name: Name,
    pub accrual: Option<(Expr, Notes)>,
    pub carried_forward: Option<Notes>,
    pub reported_by: Option<(Name, Notes)>,
    pub span: Span,
}

/// `灾因组 气象灾害 = 洪涝, 干旱, 海啸 由 地震 引起, … 等` / `group X = …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub name: Name,
    pub members: Vec<PerilRef>,
    pub ending: ListEnding,
    /// `依据 《传染病防治法》 随法变动` / `kept by "law" as amended`; or `截至 2023-10-24` / `as of DATE`.
    pub kept_by: Option<KeptBy>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptBy {
    pub law: Quoted,
    /// The day whose version counts; `None` follows the law (`随法变动` / `as amended`).
    pub as_of: Option<Date>,
    /// Neither is written: which version counts is open.
    pub unstated: bool,
    pub span: Span,
}

/// A peril or group, perhaps with a cause: `海啸 由 地震 引起` / `tsunami caused by earthquake`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerilRef {
    pub name: Name,
    pub cause: Option<Name>,
    pub span: Span,
}

/// `单位 yuan 元 又称 CNY 量纲 金额` / `unit`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitDeclaration {
    pub id: Name,
    pub zh: Option<Name>,
    pub aliases: Vec<Name>,
    /// `= 100 分`; `None` for the base unit of its dimension.
    pub equals: Option<(Decimal, Name)>,
    /// `量纲 金额` / `dimension money`
    pub dimension: Name,
    pub span: Span,
}

/// `区域名 yunyang 云阳县 代码 "500235" 属 重庆市` / `area`; zones: `功能区` / `zone`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    pub id: Name,
    pub zh: Option<Name>,
    pub aliases: Vec<Name>,
    /// GB/T 2260 code; `None` for functional zones.
    pub code: Option<Quoted>,
    pub within: Option<Name>,
    /// `级别 区县` / `level county`
    pub level: Option<Name>,
    pub zone: bool,
    pub span: Span,
}
