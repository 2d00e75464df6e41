//! Scoped steps on totals of lines (SEMANTICS §4).

use super::{Amount, CoverId, FactId, LimitId, Names, Source, ValueId};
use crate::money::Ratio;
use serde::{Deserialize, Serialize};

/// A scoped step on the total of a group of lines (SEMANTICS §4.4–4.6).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Limit {
    /// `schedule.harm` for own limits, the name otherwise; column `cut_<id>`.
    pub id: String,
    pub name: Names,
    /// From the keys of a schedule or a step; part of `benefit` in `eval`.
    pub own: bool,
    pub rule: LimitRule,
    pub filter: Filter,
    /// The group. Empty: the whole term.
    pub keys: Vec<GroupKey>,
    pub tiers: Vec<Tier>,
    /// False where the file leaves the exhaustion rule open (a question); evaluators refuse such a plan
    /// when the limit would bind.
    pub exhaustion_stated: bool,
    /// Round the pro-rata ratio down to a multiple of this first.
    pub ratio_to: Option<Ratio>,
    pub within: Option<LimitId>,
    pub source: Source,
    pub exhaustion_source: Source,
    /// Where the lift by a decision is written; empty without one.
    pub raised_source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitRule {
    /// The group's total is at most this.
    UpTo(Amount),
    /// This much of the group's total is not paid.
    Less(Amount),
    /// The group's total is at most its largest benefit, each taken as it would stand alone under the limits before
    /// (several fixed benefits of one harm pay once; death less disability paid). `raise`: when the heaviest injury grade occurs twice or more, the benefit of the grade above.
    Largest { raise: bool },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupKey {
    Fact(FactId),
    /// The insured year of [`Calendar`]
    Year,
}

/// Which lines: all of the named covers (`None`: every cover) whose facts fall in the classes named.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Filter {
    pub covers: Option<Vec<CoverId>>,
    /// For each fact, the values that pass (enumerations only).
    pub facts: Vec<(FactId, Vec<ValueId>)>,
}

/// One level of the order in which a limit is handed out; pro rata within the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    Date,
    Event,
    Claim,
    /// The position of the first filter that the line passes; lines that pass none come last.
    Rank(Vec<Filter>),
}
