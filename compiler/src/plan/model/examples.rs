//! Examples and framework requirements, resolved.

use super::{Bound, DecisionId, Duty, FundId, ParameterId, ParameterValue, ScheduleKey, Source, ValueId};
use crate::money::{Fen, Ratio};
use anlan_lang::tree::{Compare, Modality, ScopeKind};
use serde::{Deserialize, Serialize};

/// An example, resolved; `anlan test` runs it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Example {
    pub title: String,
    pub claims: Vec<ExampleClaims>,
    pub decided: Vec<ExampleDecision>,
    /// (region, persons, households)
    pub bases: Vec<(ValueId, i64, i64)>,
    /// Parameters that the example sets
    pub set: Vec<(ParameterId, Bound)>,
    pub balances: Vec<(FundId, Fen)>,
    pub loss: Option<Fen>,
    pub expect: Vec<Expectation>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExampleClaims {
    pub count: u32,
    /// Fact id → the value as a claim file would spell it
    pub fields: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExampleDecision {
    pub decision: DecisionId,
    pub key: Option<String>,
    pub value: Option<ParameterValue>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expectation {
    Benefit(Fen, Source),
    Paid(Fen, Source),
    PaidInAll(Fen, Source),
    Nothing(Source),
    Refused(Source),
    Premium(Fen, Source),
    Bears(String, Fen, Source),
    Ratio(Ratio, Source),
    Unpaid(Fen, Source),
}

/// One requirement of a framework, resolved against the child's vocabulary. Whether it is met is for the analysis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    pub framework: String,
    pub property: Property,
    /// Cells the requirement speaks of; `None`: everything.
    pub scope: Option<ScopeCells>,
    pub modality: Modality,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeCells {
    pub kind: ScopeKind,
    pub perils: Vec<ValueId>,
    pub perils_open: bool,
    pub harms: Vec<ValueId>,
    pub roles: Vec<ValueId>,
    /// The child may take a subset of the perils.
    pub menu: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Property {
    Payable {
        keys: Vec<ScheduleKey>,
        harm: Option<ValueId>,
        compare: Compare,
        value: Fen,
    },
    LimitTotal {
        keys: Vec<ScheduleKey>,
        compare: Compare,
        value: Fen,
    },
    /// Kinds of body (`区县财政`) as the framework words them
    PremiumPaidBy(Vec<String>),
    Policyholder(Vec<String>),
    Persons(Vec<ValueId>),
    Duty(Duty),
    Words(String),
}
