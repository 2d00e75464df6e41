//! Parameters, decisions and funds: what the document leaves to others.

use super::{Amount, DomainId, FactId, Source, ValueId};
use crate::money::{Fen, Ratio};
use anlan_lang::tree::{Date, DecisionEffect};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    pub id: String,
    pub kind: ParameterKind,
    /// Who sets it; `None`: the contract.
    pub by: Option<String>,
    pub at_least: Option<ParameterValue>,
    pub at_most: Option<ParameterValue>,
    pub planned: Option<ParameterValue>,
    /// Set when a contract is bound.
    pub value: Option<Bound>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterKind {
    Money,
    Ratio,
    Count,
    Date,
    /// One value for each value of the domain
    Table {
        by: DomainId,
        of: Box<ParameterKind>,
    },
    /// A set of values of the domain. It shapes the diagrams, so binding lowers again.
    List {
        of: DomainId,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterValue {
    Money(Fen),
    Ratio(Ratio),
    Count(i64),
    Date(Date),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    One(ParameterValue),
    Table(Vec<(ValueId, ParameterValue)>),
    List(Vec<ValueId>),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub id: String,
    /// Who decides; `None`: the document does not say.
    pub by: Option<String>,
    /// What `@KEY` stands for.
    pub per: DecisionKey,
    pub effect: DecisionEffect,
    /// The value it carries, if any.
    pub value: Option<ParameterKind>,
    pub source: Source,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionKey {
    /// Once for the whole term
    Term,
    /// Keyed by the calendar year in which the insured year begins (`@2024`)
    Year,
    Event,
    /// By another fact: region, peril, claim …
    Fact(FactId),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fund {
    pub id: String,
    pub accrual: Option<Amount>,
    pub carried_forward: bool,
    pub reported_by: Option<String>,
    /// Known once a contract sets it.
    pub balance: Option<Fen>,
    pub source: Source,
}
