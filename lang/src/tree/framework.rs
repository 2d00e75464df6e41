//! Scopes and requirements of a framework, and what a contract sets.

use super::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScopeKind {
    /// 基本范围
    Basic,
    /// 扩展范围
    Extended,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    pub kind: ScopeKind,
    pub perils: Option<(Vec<PerilRef>, ListEnding, Notes)>,
    pub harms: Option<(Vec<Name>, ListEnding, Notes)>,
    pub roles: Option<(Vec<Name>, ListEnding, Notes)>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    pub property: Property,
    /// `于 基本范围` / `for basic scope`
    pub scope: Option<ScopeKind>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Property {
    /// `每人每次灾害 可获赔付 [之 医疗] >= 10万元` / `payable per person per event [of medical] >= 10万元`
    Payable {
        keys: Vec<Key>,
        harm: Option<Name>,
        compare: Compare,
        value: Expr,
    },
    /// `每次灾害 累计限额 >= 3000万元` / `limit per event >= 3000万元`
    LimitTotal {
        keys: Vec<Key>,
        compare: Compare,
        value: Expr,
    },
    /// `保费承担 区县财政` / `premium paid by 区县财政`; the names are kinds of body
    PremiumPaidBy(Vec<Name>),
    /// `投保人 区县政府, 指定部门` / `policyholder one of …`
    Policyholder(Vec<Name>),
    /// `保障对象 户籍人口, …` / `persons …`: classes that must be insured
    Persons(Vec<Name>),
    /// `义务 "年度报告" 由 承保机构 每年` / `duty …`: binds those under the framework
    Duty(Duty),
    /// Words only, with a modality: `"原则上3年内不变更承保机构"`
    Words(Quoted),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetValue {
    Expr(Expr),
    Date(Date, Span),
    /// `{ 一级 10万元 … }`
    Table(Vec<TableRow>),
    /// `清单 { 疟疾, … }` → names; may be empty
    List(Vec<Name>),
}
