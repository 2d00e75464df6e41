//! Values that depend on facts: disjoint regions, each with its outcome. A region that is missing has no value
//! (a table without a row for it), and a benefit then pays nothing.

use super::predicate::{Region, Test, meet};
use crate::plan::FactId;
use crate::plan::diagram::Refusal;

/// Regions allowed in one amount: a sum of many tables by different facts has as many as their rows multiplied, and
/// becomes a finding (C306) instead of a hang.
pub const REGION_BUDGET: usize = 20_000;

/// What a region gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<T> {
    Value(T),
    Refused(Refusal),
}

/// Disjoint regions with their outcomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cases<T>(pub Vec<(Region, Outcome<T>)>);

impl<T: Clone> Cases<T> {
    /// The same value everywhere.
    pub fn always(value: T) -> Self {
        Cases(vec![(Region::new(), Outcome::Value(value))])
    }
    /// The one value that does not depend on facts.
    pub fn single(&self) -> Option<&T> {
        match self.0.as_slice() {
            [(region, Outcome::Value(value))] if region.is_empty() => Some(value),
            _ => None,
        }
    }
    /// Adds values that hold where the tests of one fact pass.
    pub fn on(fact: FactId, rows: impl IntoIterator<Item = (Test, T)>) -> Self {
        Cases(
            rows.into_iter()
                .map(|(test, value)| (Region::from([(fact, test)]), Outcome::Value(value)))
                .collect(),
        )
    }
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().filter_map(|(_, outcome)| match outcome {
            Outcome::Value(value) => Some(value),
            Outcome::Refused(_) => None,
        })
    }
    /// Each value by another; `None` leaves the region without a value.
    pub fn filter_map<U>(self, mut change: impl FnMut(T) -> Option<U>) -> Cases<U> {
        Cases(
            self.0
                .into_iter()
                .filter_map(|(region, outcome)| {
                    let outcome = match outcome {
                        Outcome::Value(value) => Outcome::Value(change(value)?),
                        Outcome::Refused(refusal) => Outcome::Refused(refusal),
                    };
                    Some((region, outcome))
                })
                .collect(),
        )
    }
    /// Both values together wherever both are known; a refusal of either refuses. `None` beyond [`REGION_BUDGET`].
    pub fn product<U: Clone, V>(
        &self,
        other: &Cases<U>,
        mut join: impl FnMut(&T, &U) -> Option<V>,
    ) -> Option<Cases<V>> {
        let mut found = Vec::new();
        for (a_region, a) in &self.0 {
            for (b_region, b) in &other.0 {
                let Some(region) = meet(a_region, b_region) else {
                    continue;
                };
                let outcome = match (a, b) {
                    (Outcome::Value(a), Outcome::Value(b)) => match join(a, b) {
                        Some(value) => Outcome::Value(value),
                        None => continue,
                    },
                    (Outcome::Refused(refusal), _) | (_, Outcome::Refused(refusal)) => {
                        Outcome::Refused(refusal.clone())
                    }
                };
                if found.len() == REGION_BUDGET {
                    return None;
                }
                found.push((region, outcome));
            }
        }
        Some(Cases(found))
    }
    /// Only what lies in the region.
    pub fn within(&self, region: &Region) -> Self {
        Cases(
            self.0
                .iter()
                .filter_map(|(own, outcome)| Some((meet(own, region)?, outcome.clone())))
                .collect(),
        )
    }
}
