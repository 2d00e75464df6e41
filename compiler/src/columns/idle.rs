//! Decisions taken for an event, a year, or another id, of which there is no claim: nothing would be decided by them, so
//! that the key is likely a slip.

use super::calendar::year_of;
use super::encode::{Batch, Column, Encoder, NO_NUMBER, day_of};
use crate::emit::program::{Per, Program, Term};
use crate::evaluate::{DecidedKey, Decisions, Refusal};
use anlan_lang::diag::codes;
use rustc_hash::FxHashSet;

/// A decision whose key no claim has named so far.
#[derive(Debug)]
struct Waiting {
    decision: String,
    key: String,
    fact: usize,
    id: u32,
}

/// A decision for a year.
#[derive(Debug)]
struct OfYear {
    decision: String,
    year: i64,
}

/// Decisions whose keys wait for a claim.
#[derive(Debug)]
pub struct Idle<'p> {
    program: &'p Program,
    waiting: Vec<Waiting>,
    of_years: Vec<OfYear>,
    /// The days of the claims, where they tell years
    days: FxHashSet<i64>,
}

impl<'p> Idle<'p> {
    /// Those of the decisions whose keys are ids or years. Where years are those of policies, or an event lies in the year of
    /// its first claim, the day of a claim does not tell its year.
    pub fn of(program: &'p Program, decisions: &Decisions, encoder: &mut Encoder) -> Self {
        let (mut waiting, mut of_years) = (Vec::new(), Vec::new());
        let told = !program.years.of_event && !matches!(program.term, Term::Policy { .. });
        for taken in &decisions.taken {
            let Some(declared) = program.decisions.get(taken.decision.index()) else {
                continue;
            };
            if let (true, Per::Year, Some(DecidedKey::Year(year))) = (told, declared.per, &taken.key) {
                of_years.push(OfYear {
                    decision: declared.id.clone(),
                    year: i64::from(*year),
                });
            }
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
        Idle {
            program,
            waiting,
            of_years,
            days: FxHashSet::default(),
        }
    }

    /// Looks for the keys among the claims of a batch.
    pub fn note(&mut self, batch: &Batch) {
        self.waiting.retain(|waiting| match batch.columns.get(waiting.fact) {
            Some(Column::Ids(ids)) => !ids.contains(&waiting.id),
            // Of what is not told apart by ids nothing can be said.
            _ => false,
        });
        let date = self.program.known.date.filter(|_| !self.of_years.is_empty());
        if let Some(Column::Numbers(moments)) = date.and_then(|date| batch.columns.get(date)) {
            let known = moments.iter().filter(|moment| **moment != NO_NUMBER);
            self.days.extend(known.map(|moment| day_of(*moment)));
        }
    }

    /// A warning for each key that no claim named (V054).
    pub fn warnings(&self) -> impl Iterator<Item = Refusal> {
        let years = self.days.iter().filter_map(|day| year_of(self.program, *day, None));
        let years: FxHashSet<i64> = years.map(|year| year.first / 10_000).collect();
        let ids = self.waiting.iter().map(|waiting| {
            Refusal::new(codes::V054)
                .arg("name", waiting.decision.as_str())
                .value(waiting.key.as_str())
        });
        let of_years = self.of_years.iter().filter(move |of| !years.contains(&of.year));
        ids.chain(of_years.map(|of| {
            Refusal::new(codes::V054)
                .arg("name", of.decision.as_str())
                .value(of.year.to_string())
                .helped("year")
        }))
    }
}
