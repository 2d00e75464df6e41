//! Who, where and when: the document, the term, the event, lists of persons, sums insured.

use super::*;

/// `文件 "云阳府办规〔2023〕9号" 发布 2023-10-24 施行 2023-11-27 有效至 2025-06-30`, or `文件 无文号 "标题" …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The document number, or its title where `numbered` is false.
    pub number: Quoted,
    pub numbered: bool,
    pub issued: Option<(Date, Span)>,
    pub effective: Option<(Date, Span)>,
    /// Last day of validity.
    pub valid_until: Option<(Date, Span)>,
    /// `至 决定 条例出台` / `until decided X`: validity that ends with an event.
    pub until_decision: Option<Name>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// `3年 自 2023-11-27` / `3 years from 2023-11-27`; `start` `None` is `自 合同约定` / `from contract`, or nothing at
    /// all where `start_stated` is false.
    Length {
        quantity: Quantity,
        start: Option<(Date, Span)>,
        start_stated: bool,
        renewable: bool,
    },
    /// `2023-04-01 至 2026-03-31` / `2023-04-01 to 2026-03-31`, both days included.
    Range { first: (Date, Span), last: (Date, Span) },
    /// `按保单` / `per policy`: facts `policy_start` and `policy_end` of each claim.
    Policy,
    /// `合同约定` / `by contract`
    Contract,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YearKind {
    /// 保单年度
    Policy,
    /// 公历年度
    Calendar,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventRule {
    /// `72小时`
    Hours(Quantity),
    /// `合同约定` / `by contract`
    Contract(Span),
    /// `以编号为准` / `as recorded`
    AsRecorded(Span),
}

/// Which peril a claim records where one peril led to another (a flood in which somebody drowns).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondaryRule {
    /// `按起因` / `by origin`: the flood
    Origin,
    /// `按直接原因` / `by direct cause`: the drowning
    DirectCause,
    /// `以登记为准` / `as recorded`: whatever the record says
    AsRecorded,
}

/// How a list ends. Absent in the text is [`ListEnding::Unstated`], which is a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListEnding {
    Unstated,
    /// `等` / `and others`; optionally `由 决定 X` / `by decision X`: who says what else belongs.
    Open {
        decision: Option<Name>,
        span: Span,
    },
    /// `以上为限` / `closed`
    Closed(Span),
    /// `共13种` / `counted 13`
    Counted(Quantity),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SumInsured {
    /// Which key the sum belongs to (`每户`).
    pub keys: Vec<Key>,
    /// The fact that selects the base (`dwelling_kind`), if any.
    pub by: Option<Name>,
    /// `城镇 5万元`
    pub bases: Vec<(Name, Expr, Notes)>,
    /// `协商` / `negotiated`: a claim may carry its own sum.
    pub negotiated: Option<Notes>,
    /// `至少 基本` / `at least base`: the negotiated sum may not be below its base.
    pub at_least_base: Option<Notes>,
    /// `最高 100万元 超过 拒收` / `at most X otherwise refused`; `refused` false caps instead (`超过 按最高`).
    pub at_most: Option<(Expr, bool, Notes)>,
    pub span: Span,
}
