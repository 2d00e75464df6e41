//! Amounts of money as expressions.

use super::{DecisionId, FactId, FundId, ParameterId, ValueId};
use crate::money::{Fen, Ratio};
use anlan_lang::tree::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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

impl Amount {
    /// The quantities of a record that it reads, whatever is decided and on whatever day.
    pub fn facts(&self) -> BTreeSet<FactId> {
        let mut facts = BTreeSet::new();
        self.add_facts(&mut facts);
        facts
    }

    /// The amount with each of its parts changed; what has no parts stays as it is.
    pub fn with_parts(&self, change: &dyn Fn(&Amount) -> Amount) -> Amount {
        match self {
            Amount::Scaled { ratio, of } => Amount::Scaled {
                ratio: ratio.clone(),
                of: Box::new(change(of)),
            },
            Amount::PerUnit { rate, count, units } => Amount::PerUnit {
                rate: Box::new(change(rate)),
                count: *count,
                units: units.clone(),
            },
            Amount::Sum(parts) => Amount::Sum(parts.iter().map(change).collect()),
            Amount::Dated(values) => Amount::Dated(values.iter().map(|(from, value)| (*from, change(value))).collect()),
            Amount::Decided {
                decision,
                then,
                otherwise,
            } => Amount::Decided {
                decision: *decision,
                then: Box::new(change(then)),
                otherwise: Box::new(change(otherwise)),
            },
            Amount::Fixed(_)
            | Amount::Fact(_)
            | Amount::Parameter { .. }
            | Amount::Premium
            | Amount::Balance(_)
            | Amount::DecisionValue(_)
            | Amount::Unlimited => self.clone(),
        }
    }

    fn add_facts(&self, facts: &mut BTreeSet<FactId>) {
        match self {
            Amount::Fact(fact) => {
                facts.insert(*fact);
            }
            Amount::PerUnit { rate, count, .. } => {
                facts.insert(*count);
                rate.add_facts(facts);
            }
            Amount::Scaled { of, .. } => of.add_facts(facts),
            Amount::Sum(parts) => parts.iter().for_each(|part| part.add_facts(facts)),
            Amount::Dated(values) => values.iter().for_each(|(_, value)| value.add_facts(facts)),
            Amount::Decided { then, otherwise, .. } => {
                then.add_facts(facts);
                otherwise.add_facts(facts);
            }
            Amount::Fixed(_)
            | Amount::Parameter { .. }
            | Amount::Premium
            | Amount::Balance(_)
            | Amount::DecisionValue(_)
            | Amount::Unlimited => {}
        }
    }
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
