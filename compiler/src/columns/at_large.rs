//! What is known before any record is: decisions taken at large, the total premium.

use super::amount::{Context, Quantity};
use super::decide::Stop;
use super::decisions::{Key, Subject, Taken};
use super::row::{missing, no_premium};
use crate::emit::program::Per;

/// Knows what needs no record.
#[derive(Debug)]
pub struct AtLarge<'k> {
    pub taken: &'k Taken,
    pub premium: Option<i64>,
}

impl Subject for AtLarge<'_> {
    fn day(&self) -> Result<i64, Stop> {
        Err(missing())
    }
    fn key(&self, _: Per) -> Result<Option<Key>, Stop> {
        Err(missing())
    }
    fn no_key(&self, _: &str) -> Stop {
        missing()
    }
}

impl Context for AtLarge<'_> {
    fn day(&self) -> Result<i64, Stop> {
        Err(missing())
    }
    fn number(&self, _: usize) -> Result<Quantity, Stop> {
        Err(missing())
    }
    fn premium(&self) -> Result<i64, Stop> {
        self.premium.ok_or_else(no_premium)
    }
    fn decision_value(&self, decision: usize) -> Result<Quantity, Stop> {
        let taken = self.taken.find(decision, self)?.and_then(|entry| entry.value);
        taken.ok_or_else(|| self.taken.no_value(decision))
    }
    fn decided(&self, decision: usize) -> Result<bool, Stop> {
        Ok(self.taken.find(decision, self)?.is_some())
    }
}
