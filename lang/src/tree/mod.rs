//! The syntax tree of one `.anlan` file: what was written, in typed form, before any name is resolved.
//!
//! Both keyword languages give the same tree. Equality of two trees ignores [`Span`]s, so
//! `fmt` can prove that it changed nothing (`Span` compares equal to every other `Span`).

mod benefits;
mod clause;
mod example;
mod framework;
mod identity;
mod money;
mod vocabulary;

pub use benefits::*;
pub use clause::*;
pub use example::*;
pub use framework::*;
pub use identity::*;
pub use money::*;
pub use vocabulary::*;

use rust_decimal::Decimal;
use std::hash::{Hash, Hasher};

pub use jiff::civil::Date;

/// A half-open byte range `start..end` in one source file. All spans compare equal, see the module page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl PartialEq for Span {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
impl Eq for Span {}
impl Hash for Span {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        // Sources are capped at 4 MB, so the conversion cannot lose anything.
        Span {
            start: start as u32,
            end: end as u32,
        }
    }
    /// The smallest span that holds both.
    pub fn to(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A word that names something: `云阳县`, `flood`, `主承保机构`. Compared by text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Name {
    pub text: String,
    pub span: Span,
}

/// A dotted name: `伤残赔付.一般`, `chongqing.framework`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path {
    pub parts: Vec<Name>,
    pub span: Span,
}

/// Text between quotation marks (`"…"` or `“…”`), unescaped.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quoted {
    pub text: String,
    pub span: Span,
}

/// `@四（一）`: the text after `@`, brackets normalised to full width.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Article {
    pub text: String,
    pub span: Span,
}

/// `假定 "…"` / `assume "…"`: an answer that the document does not give; `假定 D109, Q103 "…"` / `assume D109, Q103 "…"`
/// answers these questions and no others.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Assumption {
    /// The codes of the questions; none where it answers the one question of the item that it trails
    pub answers: Vec<Name>,
    pub reason: Quoted,
    pub span: Span,
}

/// What may trail every clause: articles, assumptions, and a modality (`必须`, `原则上`, `鼓励`).
///
/// Notes belong to the nearest item before them that can carry notes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Notes {
    /// From the start of the item that they trail to the end of the last note.
    pub span: Span,
    pub articles: Vec<Article>,
    pub assumptions: Vec<Assumption>,
    pub modality: Option<Modality>,
}

/// How binding a provision is. Absent means [`Modality::Must`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// 必须
    Must,
    /// 原则上
    InPrinciple,
    /// 鼓励
    Encouraged,
}

/// A number with its unit: `10万元`, `1元/人/年`, `92.6万人`, `3年`, `72小时`, `20%`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quantity {
    /// The value with its multiplier applied (`10万` is 100000); of `%` and `‰` the number as printed (20).
    pub value: Decimal,
    /// One in the last digit that is printed, in the unit of `value`: of `92.6万` 1000, of `926,000` 1.
    pub step: Decimal,
    /// `None` for a bare number. `%` and `‰` are units with exactly that text.
    pub unit: Option<Unit>,
    pub span: Span,
}

/// `元/人/年`: head `元`, per `[人, 年]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unit {
    pub head: Name,
    pub per: Vec<Name>,
    pub span: Span,
}

/// An amount, ratio or count.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Expr {
    Quantity(Quantity),
    /// `1/2`
    Fraction {
        numerator: Decimal,
        denominator: Decimal,
        span: Span,
    },
    /// A parameter, fact, metric, decision with a value, or a table column (`伤残赔付.一般`).
    Name(Path),
    /// `保费总额` / `total premium`: the premium of the settled bases.
    TotalPremium(Span),
    /// `保险金额` / `sum insured` as an amount.
    SumInsured(Span),
    /// `专项准备金 余额` / `balance of 专项准备金`
    Balance {
        fund: Name,
        span: Span,
    },
    /// `不限` / `unlimited`
    Unlimited(Span),
    /// `15 × 保费总额`, `保险金额 × 损失比例`, `70% of 基本保费` (`基本保费 的 70%`)
    Product {
        left: Box<Expr>,
        right: Box<Expr>,
        span: Span,
    },
    /// `1 - 综合赔付率 - 综合费用率`
    Sum {
        first: Box<Expr>,
        rest: Vec<(Sign, Expr)>,
        span: Span,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    Plus,
    Minus,
}

impl Expr {
    pub fn span(&self) -> Span {
        match self {
            Expr::Quantity(q) => q.span,
            Expr::Name(p) => p.span,
            Expr::TotalPremium(s) | Expr::SumInsured(s) | Expr::Unlimited(s) => *s,
            Expr::Fraction { span, .. }
            | Expr::Balance { span, .. }
            | Expr::Product { span, .. }
            | Expr::Sum { span, .. } => *span,
        }
    }
}

/// `>= <= > < =`, or 以上 以下 超过 不满 (Civil Code art. 1259: 以上/以下 include the number, 超过/不满 exclude it).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compare {
    AtLeast,
    AtMost,
    Over,
    Under,
    Equal,
}

/// A condition on facts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Condition {
    /// `责任人 为 无法找到 或 无力赔偿，其余不赔` / `liable is not_found or unable, otherwise nothing`
    Is {
        fact: Name,
        /// `不为` / `is not`
        negated: bool,
        values: Vec<Name>,
        /// `其余不赔` / `otherwise nothing`: the values not named were considered and do not pay.
        otherwise_nothing: bool,
        span: Span,
    },
    /// `财产损失 >= 500元`
    Compare {
        fact: Name,
        compare: Compare,
        value: Expr,
        span: Span,
    },
    /// A yes/no fact standing alone (`合法产权`), or a decision taken (`决定 政府认定救助` / `decided 政府认定救助`).
    Holds { name: Name, decided: bool, span: Span },
    /// `且` / `and`
    All { parts: Vec<Condition>, span: Span },
    /// `或` / `or` between conditions
    Any { parts: Vec<Condition>, span: Span },
    /// `非 （…）` / `not (…)`
    Not { part: Box<Condition>, span: Span },
}

impl Condition {
    pub fn span(&self) -> Span {
        match self {
            Condition::Is { span, .. }
            | Condition::Compare { span, .. }
            | Condition::Holds { span, .. }
            | Condition::All { span, .. }
            | Condition::Any { span, .. }
            | Condition::Not { span, .. } => *span,
        }
    }
}

/// What a limit, schedule or step is counted per.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// 每人
    Person(Span),
    /// 每户
    Household(Span),
    /// 每次灾害 (also 每次事故)
    Event(Span),
    /// 每年度 (also 每年, 全年)
    Year(Span),
    /// 保险期间内
    Term(Span),
    /// 每案 / per claim
    Claim(Span),
    /// `每 区县` / `per region`: any other fact
    Fact(Name),
}
