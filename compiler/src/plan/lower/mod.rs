//! From a resolved scheme (and perhaps a contract) to the decision plan.
//!
//! | part | what it lowers |
//! |---|---|
//! | [`context`] | what all parts share: ids, sources, findings |
//! | [`vocabulary`], [`counts`] | facts, parameters, decisions, funds; what parts of a unit count as |
//! | [`predicate`] | what rules test; classes; diagrams |
//! | [`amount`], [`cases`], [`table`], [`sum_insured`] | amounts, and amounts that depend on facts |
//! | [`perils`], [`condition`], [`cover`] | when a cover applies |
//! | [`schedule`], [`pipeline`] | what it pays |
//! | [`own_limits`], [`limits`], [`settlement_order`] | scoped steps |
//! | [`meeting`] | covers that meet |
//! | [`assemble`] | classes, diagrams, the final numbering |
//! | [`premium`], [`figures`] | premium, split, coinsurance, tower; covenants and metrics |
//! | [`contract`] | what a contract sets |
//! | [`statement`], [`duties`], [`framework`], [`examples`] | what no evaluator reads, and requirements |
//! | [`order`], [`notes`] | the order of concepts; articles and assumptions |

mod amount;
mod assemble;
mod calendar;
mod cases;
mod condition;
mod context;
mod contract;
mod counts;
mod cover;
mod duties;
mod examples;
mod figures;
mod framework;
mod limits;
mod meeting;
pub(crate) mod notes;
pub mod order;
mod own_limits;
mod perils;
mod pipeline;
mod predicate;
mod premium;
mod schedule;
mod scheme;
mod settlement_order;
mod statement;
mod sum_insured;
mod table;
#[cfg(test)]
mod tests;
mod vocabulary;

use super::Lowered;
use crate::resolve::Scope;
use context::Lowering;

/// Lowers a scheme or a framework, with a contract bound in where one is given.
///
/// The names pass has reported what is unknown; here an unresolved name is left out silently. Findings say what cannot
/// be given a meaning, and the plan then lacks that part.
pub fn lower(scheme: &Scope, contract: Option<&Scope>) -> Lowered {
    let mut lowering = Lowering::new(scheme, contract);
    let plan = lowering.plan();
    Lowered {
        plan,
        places: lowering.places,
        findings: lowering.findings,
    }
}
