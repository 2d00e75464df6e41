//! Worked examples and acknowledged findings.

use super::*;

/// `样例 "河中溺亡" { … }` / `example`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    pub title: Quoted,
    pub given: Vec<Given>,
    pub expect: Vec<(Expectation, Span)>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// `赔案 { 灾因 溺水, 损害 死亡 }`, `赔案 400 件 { … }` / `claim { … }`, `claims 400 of { … }`
    Claims { count: u32, fields: Vec<Field>, span: Span },
    /// `决定 X`, `决定 X 于 "2023" = 5亿元` / `decided X at "2023" = …`
    Decided {
        name: Name,
        key: Option<Quoted>,
        /// An amount or ratio, or the date of a decision whose effect starts with its day.
        value: Option<SetValue>,
        span: Span,
    },
    /// `基数 临清市 人数 800000 户数 250000` / `bases 临清市 persons 800000 households 250000`
    Bases {
        region: Name,
        persons: Decimal,
        households: Decimal,
        span: Span,
    },
    /// `设 自留限额 = …` / `set`: contract values for this example
    Set { name: Name, value: SetValue, span: Span },
    /// `损失 120亿元` / `loss`: an event loss through the tower
    Loss(Expr),
}

/// `灾因 溺水` in an example's claim: fact (id or name) and value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub fact: Name,
    pub value: FieldValue,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    Name(Name),
    Quantity(Quantity),
    Date(Date, Span),
    Text(Quoted),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// `应付 3万元` / `pays 3万元`: benefit of the one claim (or of each claim); `每件 应付` / `each`
    Benefit(Expr),
    /// `实付 7.5万元` / `paid`: what each claim gets after limits
    Paid(Expr),
    /// `实付合计 3000万元` / `pays … in all`
    PaidInAll(Expr),
    /// `不赔` / `pays nothing`, optionally with the cover's reason in words left free
    Nothing,
    /// `拒收` / `refused`: the claim is rejected
    Refused,
    /// `保费 210万元` / `premium 210万元`
    Premium(Expr),
    /// `省级 承担 189万元` / `省级 bears 189万元`: a payer's or layer's or insurer's part
    Bears(Name, Expr),
    /// `赔付比例 95%` / `ratio`: pro-rata ratio of the tower
    Ratio(Expr),
    /// `未付 0元` / `unpaid`
    Unpaid(Expr),
}

/// `认可 L104 "理由"` / `acknowledge L104 "reason"`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledge {
    pub code: Name,
    /// `于 溺水赔付` / `for X`: narrows to findings that name this item
    pub about: Option<Name>,
    pub reason: Quoted,
    pub span: Span,
}
