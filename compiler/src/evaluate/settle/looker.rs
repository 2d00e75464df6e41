//! One row at a time, for its words: why it is refused, or why nothing is paid. The native evaluator decides; the
//! reference, asked for a row, says the same at length.

use super::accept::{self, Interner};
use super::reads::KeyFacts;
use crate::evaluate::evaluator::Evaluator;
use crate::evaluate::model::{Reason, Record, Refusal};

/// Looks at rows by themselves.
#[derive(Debug)]
pub struct Looker<'e, 'a> {
    evaluator: &'e Evaluator<'a>,
    facts: KeyFacts,
}

impl<'e, 'a> Looker<'e, 'a> {
    /// With an evaluator made for [`crate::plan::Use::Settlement`].
    pub fn new(evaluator: &'e Evaluator<'a>) -> Self {
        Looker {
            evaluator,
            facts: KeyFacts::of(evaluator.plan),
        }
    }

    pub fn evaluator(&self) -> &'e Evaluator<'a> {
        self.evaluator
    }

    /// Why the row's benefit is 0, or why the row is refused.
    ///
    /// # Errors
    /// The refusals of the row by itself.
    pub fn look(&self, claim: Option<&str>, record: &Record) -> Result<Option<Reason>, Vec<Refusal>> {
        match accept::row(self.evaluator, &self.facts, &mut Interner::default(), claim, record) {
            Ok(Ok(accepted)) => Ok(accepted.reason),
            Ok(Err(refusals)) => Err(refusals),
            Err(refusal) => Err(vec![refusal]),
        }
    }
}
