//! Amounts of money as expressions.

use super::{DecisionId, FactId, FundId, ParameterId, ValueId};
use crate::money::{Fen, Ratio};
use anlan_lang::tree::Date;
use serde::{Deserialize, Serialize};

/// An amount of money. Lowering guarantees that it has at most one varying quantity and at most one
/// ratio in each product, so that with bound parameters it has the normal form a·x + b ([`crate::plan::linear`]).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    Fixed(Fen),
    /// `value`: the cell of a table parameter.
    Parameter {
        parameter: ParameterId,
        value: Option<ValueId>,
    },
    /// A money fact of the record (`expense`, `loss`, `sum_insured`).
    Fact(FactId),
    /// `rate × count`: rate in 分 for one unit of a count or number fact, at most `units` units.
    PerUnit {
        rate: Box<Amount>,
        count: FactId,
        units: Option<Count>,
    },
    /// ratio × amount
    Scaled {
        ratio: RatioValue,
        of: Box<Amount>,
    },
    Sum(Vec<Amount>),
    /// Chosen by date (limits: by the group's date, SEMANTICS §4.4; benefits: by date of loss); ascending; the first
    /// entry's date is `None` (from the beginning).
    Dated(Vec<(Option<Date>, Amount)>),
    /// Total premium of the settled bases
    Premium,
    /// Balance of a fund
    Balance(FundId),
    /// The value a decision carries
    DecisionValue(DecisionId),
    Decided {
        decision: DecisionId,
        then: Box<Amount>,
        otherwise: Box<Amount>,
    },
    Unlimited,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RatioValue {
    Exact(Ratio),
    Parameter {
        parameter: ParameterId,
        value: Option<ValueId>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    Exact(i64),
    Parameter(ParameterId),
}
