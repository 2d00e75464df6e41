//! Covers, what happens where they meet, and benefits.

use super::{Amount, CoverId, DecisionId, FactId, Names, ParameterValue, RatioValue, Source, ValueId};
use crate::money::Fen;
use crate::plan::diagram::NodeId;
use anlan_lang::tree::{Compare, RoundMode};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cover {
    pub id: String,
    pub name: Names,
    /// Boolean diagrams whose conjunction is "the cover applies"; kept apart for reasons and summaries.
    pub perils: NodeId,
    pub roles: NodeId,
    pub condition: NodeId,
    /// What was written, for summaries: names as the document gives them.
    pub peril_words: Vec<PerilWord>,
    pub peril_list_open: bool,
    pub any_peril: bool,
    pub role_words: Vec<Names>,
    /// The condition as a tree over facts, for summaries and reasons. `None`: none.
    pub condition_words: Option<ConditionWords>,
    /// Name of the schedule it pays by; `None` for rows in place.
    pub schedule: Option<String>,
    pub handled_by: Vec<Handler>,
    pub subrogation: Option<Subrogation>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PerilWord {
    pub name: Names,
    pub cause: Option<Names>,
    /// The values it stands for (a group has several).
    pub values: Vec<ValueId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionWords {
    Is {
        fact: FactId,
        negated: bool,
        values: Vec<ValueId>,
        otherwise_nothing: bool,
    },
    Compare {
        fact: FactId,
        compare: Compare,
        value: ParameterValue,
    },
    Yes {
        fact: FactId,
    },
    Decided {
        decision: DecisionId,
    },
    All(Vec<ConditionWords>),
    Any(Vec<ConditionWords>),
    Not(Box<ConditionWords>),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handler {
    /// Empty: the document names nobody (`未载明`).
    pub bodies: Vec<String>,
    /// Empty: all the cover's perils.
    pub perils: Vec<ValueId>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subrogation {
    /// `None`: there is none.
    pub against: Option<String>,
    pub except: Option<String>,
    pub source: Source,
}

/// What happens when several covers apply (SEMANTICS §3). Resolve a set in this order: drop every cover that another
/// one of the set is `over` (transitively); group what is left by `stack`; among the rest `higher` takes the largest.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Meeting {
    /// `(a, b)`: a over b; transitively closed, sorted.
    pub over: Vec<(CoverId, CoverId)>,
    /// Unordered pairs `(a < b)` that take the larger benefit.
    pub higher: Vec<(CoverId, CoverId)>,
    /// Unordered pairs `(a < b)` that both pay.
    pub stack: Vec<(CoverId, CoverId)>,
}

impl Meeting {
    /// Whether `first` is paid where both apply.
    pub fn is_over(&self, first: CoverId, second: CoverId) -> bool {
        self.over.binary_search(&(first, second)).is_ok()
    }
    /// Whether the larger benefit of the two is paid where both apply.
    pub fn takes_higher(&self, a: CoverId, b: CoverId) -> bool {
        self.higher.contains(&(a.min(b), a.max(b)))
    }
    /// Whether both are paid where both apply.
    pub fn stacks(&self, a: CoverId, b: CoverId) -> bool {
        self.stack.contains(&(a.min(b), a.max(b)))
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Benefit {
    pub cover: CoverId,
    /// Value of the domain `harm`
    pub harm: ValueId,
    /// Leaves [`crate::plan::diagram::Leaf::Pays`], `Nothing`, `Refused`.
    pub root: NodeId,
    /// Fixed or actual, for own limits and summaries.
    pub kind: BenefitKind,
    pub source: Source,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BenefitKind {
    /// 定额
    Fixed,
    /// 据实
    Actual,
    /// By count: 60元/人/月
    PerUnit,
    /// 不赔
    Nothing,
}

/// Start amount, then steps left to right; rounded half away from zero to 分 at the end.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pipeline {
    pub start: Amount,
    pub steps: Vec<Step>,
    pub articles: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Step {
    pub operation: Operation,
    pub articles: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Subtract, not below 0 (`less`, `over`).
    Less(Amount),
    UpTo(Amount),
    AtLeast(Amount),
    Share(RatioValue),
    /// To a multiple of `unit` 分
    Round {
        unit: Fen,
        mode: RoundMode,
    },
}
