//! Domains, facts and the classes that rules tell apart.

use super::{DecisionId, DomainId, FactId, Names, ValueId};
use crate::money::{Grid, Ratio};
use anlan_lang::tree::{Order, PartRule};
use serde::{Deserialize, Serialize};

/// A finite domain, flattened from its tree.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Domain {
    pub id: String,
    pub name: Names,
    pub order: Option<Order>,
    pub values: Vec<DomainValue>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DomainValue {
    pub id: String,
    pub name: Names,
    /// All other accepted spellings.
    pub aliases: Vec<String>,
    pub parent: Option<ValueId>,
    pub code: Option<String>,
}

/// The sort of record that a fact belongs to (SEMANTICS §1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    Claim,
    Household,
    Dwelling,
    Policy,
    Event,
    Year,
}

/// One fact of a record: a column of the claims table, or a decision seen as a fact.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Fact {
    /// The fixed id of the data contract (`peril`), or the declared id.
    pub id: String,
    pub name: Names,
    pub sort: Sort,
    pub kind: FactKind,
    pub role: FactRole,
    /// How the values are told apart in diagrams; empty for keys and facts that no diagram tests.
    pub classes: Vec<Class>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    Enumeration {
        domain: DomainId,
        /// The value of a blank (`role`: `resident`).
        default: Option<ValueId>,
    },
    /// 分, 0 ..= 10^15
    Money,
    /// Whole number ≥ 0. `part` says what decimals count as; without it decimals are refused.
    Count {
        part: Option<PartRule>,
    },
    /// Fixed-point number on a grid: the value is `units × precision`.
    Number {
        unit: String,
        precision: Ratio,
        from: Ratio,
        to: Ratio,
    },
    Ratio,
    Date,
    /// An id; usable as a key only
    Text,
    YesNo,
}

impl FactKind {
    /// Whether a record may give parts of the unit that count as such, as two and a half months.
    pub fn is_in_parts(&self) -> bool {
        let part = Some(PartRule::ProRata);
        *self == FactKind::Count { part }
    }
    /// The points with which rules compare what may lie between them; `None` for what is always a whole number of units.
    pub fn grid(&self) -> Option<Grid> {
        match self {
            FactKind::Ratio => Some(Grid::RATIOS),
            _ if self.is_in_parts() => Some(Grid::UNITS),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactRole {
    /// Read from the record.
    Given,
    /// Yes where the record carries the (optional) fact, no where it is blank. Kind is `YesNo`.
    Present(FactId),
    /// Yes where the decision was taken for this record's key (or at large). Kind is `YesNo`.
    Decided(DecisionId),
}

/// One class of a fact's values that no rule tells apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Values of an enumeration (every value is in exactly one class).
    Values(Vec<ValueId>),
    /// Integers `from..below`: 分, counts, grid units, days since 1970-01-01, or, of ratios and counts in parts, positions
    /// on their grid ([`FactKind::grid`]). `None`: unbounded.
    Interval {
        from: Option<i64>,
        below: Option<i64>,
    },
    /// Yes/no facts have the classes `[No, Yes]`, in this order.
    No,
    Yes,
}

/// Shared items as a list.
pub(super) mod shared {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::sync::Arc;

    pub fn serialize<T: Serialize, S: Serializer>(items: &[Arc<T>], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(items.iter().map(Arc::as_ref))
    }
    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Arc<T>>, D::Error> {
        Ok(Vec::deserialize(deserializer)?.into_iter().map(Arc::new).collect())
    }
}
