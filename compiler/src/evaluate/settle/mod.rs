//! Many claims (SEMANTICS §4): a function of the *set* of rows, the plan, and the inputs. Row order never matters.
//!
//! | part | what it does |
//! |---|---|
//! | [`accept`] | each row by itself, then repeated ids and contradictions |
//! | [`reads`] | the facts that rules read, which keys and contradictions turn on |
//! | [`lines`] | the total order of lines, events, years |
//! | [`limits`] | every limit in turn: groups, tiers, what is kept |
//! | [`results`] | rows, shares, earlier payments, sums |

mod accept;
mod limits;
mod lines;
mod looker;
mod reads;
mod results;

use super::evaluator::Evaluator;
use super::model::{Inputs, Outcome, Refusal, Row, Settlement};
use crate::plan::{GroupKey, Plan, Term, Tier, Use};
use accept::Accepted;
use anlan_lang::diag::codes;
pub use looker::Looker;
use reads::KeyFacts;

/// Settles a set of claims.
///
/// # Errors
/// What refuses the whole run: an unset parameter, premium or balance, a term left open, an exhaustion rule not stated
/// where a limit binds, shares that do not add up, an overflow. Rows are rejected one by one instead.
pub fn settle(plan: &Plan, inputs: &Inputs, rows: Vec<Row>) -> Result<Settlement, Refusal> {
    let evaluator = Evaluator::new(plan, inputs, Use::Settlement)?;
    let mut settler = Settler::new(&evaluator)?;
    for row in rows {
        settler.push(row)?;
    }
    settler.finish()
}

/// Takes rows one at a time, keeping of each only what the limits need.
#[derive(Debug)]
pub struct Settler<'e, 'a> {
    evaluator: &'e Evaluator<'a>,
    facts: KeyFacts,
    values: accept::Interner,
    rows: Vec<Prepared>,
}

/// One row after it was looked at by itself.
#[derive(Debug)]
struct Prepared {
    number: u64,
    claim: Option<Box<str>>,
    state: Result<Box<Accepted>, Vec<Refusal>>,
}

impl<'e, 'a> Settler<'e, 'a> {
    /// Begins a settlement with an evaluator made for [`Use::Settlement`].
    ///
    /// # Errors
    /// The term is left to a contract that is not given, or the shares do not add up.
    pub fn new(evaluator: &'e Evaluator<'a>) -> Result<Self, Refusal> {
        let plan = evaluator.plan;
        let reads_year = |limit: &crate::plan::Limit| limit.keys.contains(&GroupKey::Year);
        let no_years = plan.calendar.term == Term::Unstated
            && plan.calendar.year != Some(anlan_lang::tree::YearKind::Calendar)
            && plan.limits.iter().any(reads_year);
        if no_years || matches!(plan.calendar.term, Term::Contract { .. }) {
            return Err(Refusal::new(codes::V045));
        }
        results::insurers(plan)?;
        Ok(Settler {
            evaluator,
            facts: KeyFacts::of(plan),
            values: accept::Interner::default(),
            rows: Vec::new(),
        })
    }

    /// Looks at one row.
    ///
    /// # Errors
    /// What refuses the run (see [`settle`]).
    pub fn push(&mut self, row: Row) -> Result<(), Refusal> {
        let claim = row.claim.map(String::into_boxed_str);
        let state = match row.record {
            Err(refusals) => Err(refusals),
            Ok(record) => {
                accept::row(self.evaluator, &self.facts, &mut self.values, claim.as_deref(), &record)?.map(Box::new)
            }
        };
        self.rows.push(Prepared {
            number: row.number,
            claim,
            state,
        });
        Ok(())
    }

    /// Settles what was pushed.
    ///
    /// # Errors
    /// See [`settle`].
    pub fn finish(mut self) -> Result<Settlement, Refusal> {
        accept::repeated(&mut self.rows);
        accept::contradicting(self.evaluator, &self.facts, &self.values, &mut self.rows);
        let mut book = lines::Book::new(self.evaluator, self.facts, self.values, self.rows);
        for index in 0..self.evaluator.plan.limits.len() {
            limits::apply(&mut book, index)?;
        }
        results::settlement(book)
    }
}

/// The facts that settlement keeps of every row: those that limits and decisions are keyed by, and those of wider
/// records, each with the fact that identifies its record.
pub(crate) fn key_facts(
    plan: &Plan,
) -> (
    Vec<crate::plan::FactId>,
    Vec<(crate::plan::FactId, crate::plan::FactId)>,
) {
    let facts = KeyFacts::of(plan);
    let wide = facts.wide.iter();
    let wide = wide
        .filter_map(|wide| Some((wide.fact, *facts.keys.get(wide.key)?)))
        .collect();
    (facts.keys, wide)
}

/// The order of a limit's tiers by name, for rank tables.
fn rank_filters(tier: &Tier) -> &[crate::plan::Filter] {
    match tier {
        Tier::Rank(filters) => filters,
        Tier::Date | Tier::Event | Tier::Claim => &[],
    }
}

impl Settlement {
    /// The rows that were settled.
    pub fn settled(&self) -> impl Iterator<Item = &super::model::Settled> {
        self.rows.iter().filter_map(|row| match row {
            Outcome::Settled(settled) => Some(&**settled),
            Outcome::Rejected { .. } => None,
        })
    }
}

#[cfg(test)]
mod property;
#[cfg(test)]
mod tests;
