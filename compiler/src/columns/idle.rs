//! Decisions taken for an event, or another id, of which there is no claim: nothing would be decided by them, so that the
//! key is likely a slip.

use super::encode::{Batch, Column, Encoder};
use crate::emit::program::{Per, Program};
use crate::evaluate::{DecidedKey, Decisions, Refusal};
use anlan_lang::diag::codes;

/// A decision whose key no claim has named so far.
#[derive(Debug)]
struct Waiting {
    decision: String,
    key: String,
    fact: usize,
    id: u32,
}

/// Decisions whose keys wait for a claim.
#[derive(Debug)]
pub struct Idle {
    waiting: Vec<Waiting>,
}

impl Idle {
    /// Those of the decisions whose keys are ids.
    pub fn of(program: &Program, decisions: &Decisions, encoder: &mut Encoder) -> Self {
        let mut waiting = Vec::new();
        for taken in &decisions.taken {
            let Some(declared) = program.decisions.get(taken.decision.index()) else {
                continue;
            };
            let fact = match declared.per {
                Per::Event => program.known.event,
                Per::Fact(fact) => Some(fact),
                Per::Term | Per::Year => None,
            };
            // The ids of a fact that nothing tells apart are not kept.
            let fact = fact.filter(|fact| encoder.is_key(*fact));
            if let (Some(fact), Some(DecidedKey::Text(key))) = (fact, &taken.key) {
                waiting.push(Waiting {
                    decision: declared.id.clone(),
                    key: key.clone(),
                    fact,
                    id: encoder.intern(fact, key),
                });
            }
        }
        Idle { waiting }
    }

    /// Looks for the keys among the claims of a batch.
    pub fn note(&mut self, batch: &Batch) {
        self.waiting.retain(|waiting| match batch.columns.get(waiting.fact) {
            Some(Column::Ids(ids)) => !ids.contains(&waiting.id),
            // Of what is not told apart by ids nothing can be said.
            _ => false,
        });
    }

    /// A warning for each key that no claim named (V054).
    pub fn warnings(&self) -> impl Iterator<Item = Refusal> {
        self.waiting.iter().map(|waiting| {
            Refusal::new(codes::V054)
                .arg("name", waiting.decision.as_str())
                .value(waiting.key.as_str())
        })
    }
}
