//! Amounts under unknowns. Parameters, premiums, balances and facts are non-negative quantities within bounds; dates
//! and decisions choose between cases. [`form`] compares two amounts exactly as polynomials over the same unknowns;
//! [`moment`] says what an amount is on a day; [`top`] gives the most that an amount or a benefit can come to, [`joint`] at
//! which values of the quantities that it reads together, and [`apart`] whether two benefits ever differ within a
//! [`budget`] ([`behind`]: whatever comes of what they have in common, [`multiplied`]: whatever ratios are set), with what
//! is open [set](setting) to values and the [`premium`] to what bases give. For both, [`pieces`] writes benefits as straight
//! functions of whole numbers, whose greatest [`program`] finds by a [`simplex`].

mod apart;
mod behind;
mod budget;
mod form;
mod joint;
mod moment;
mod multiplied;
mod near;
mod pieces;
mod premium;
mod program;
mod setting;
mod simplex;
mod top;

pub use apart::{Apart, Difference, apart};
pub use budget::Budget;
pub use form::{Atom, Case, Comparison, Excess, Form, Guard, cases, compare};
pub use joint::{Found, Quantities, is_contrary, point};
pub use moment::{compare_on, days, decisions, is_dated, of_plan, selecting, settled, starts};
pub use premium::counts;
pub use top::{
    Attained, End, Env, Extent, Top, When, above, amount_extent, amount_reached, amount_top, least, most,
    pipeline_bound, pipeline_extent, pipeline_most, sum,
};

use crate::money::{Fen, Ratio};
use crate::plan::{Bound, ParameterId, ParameterKind, ParameterValue, Plan, ValueId};
use anlan_lang::diag::Arg;

/// An amount in 分 for a message; parts of a 分 are rounded.
pub fn money(value: Ratio) -> Arg {
    let halves = value.numerator().saturating_mul(2).saturating_add(value.denominator());
    let fen = halves.div_euclid(value.denominator().saturating_mul(2));
    Arg::Money(i64::try_from(fen).unwrap_or(i64::MAX))
}

/// The first amount of a comparison, for a message.
pub fn greater(excess: &Excess) -> Arg {
    if excess.unlimited {
        Arg::Message("amount-unlimited")
    } else {
        known(excess.amount)
    }
}

/// An amount in 分 for a message, where it is known.
pub fn known(amount: Option<Ratio>) -> Arg {
    amount.map_or(Arg::Message("amount-formula"), money)
}

/// The value that a contract sets for a parameter or a cell of a table parameter.
pub fn bound(plan: &Plan, parameter: ParameterId, cell: Option<ValueId>) -> Option<Ratio> {
    match (plan.parameters.get(parameter.index())?.value.as_ref()?, cell) {
        (Bound::One(value), _) => number(value),
        (Bound::Table(rows), Some(cell)) => rows.iter().find(|(v, _)| *v == cell).and_then(|(_, v)| number(v)),
        (Bound::Table(_), None) | (Bound::List(_), _) => None,
    }
}

/// The bounds that the scheme states for a parameter; an amount, ratio or count is never below 0.
pub fn bounds(plan: &Plan, parameter: ParameterId, cell: Option<ValueId>) -> (Ratio, Option<Ratio>) {
    if let Some(value) = bound(plan, parameter, cell) {
        return (value, Some(value));
    }
    let stated = |value: &Option<ParameterValue>| value.as_ref().and_then(number);
    match plan.parameters.get(parameter.index()) {
        Some(p) => (stated(&p.at_least).unwrap_or(Ratio::ZERO), stated(&p.at_most)),
        None => (Ratio::ZERO, None),
    }
}

/// What a contract may well set, where nothing else matters: as planned, at a bound, or a common value; of a table, in each
/// cell.
pub fn usual(plan: &Plan, parameter: ParameterId) -> Option<ParameterValue> {
    fn common(kind: &ParameterKind) -> Option<ParameterValue> {
        match kind {
            ParameterKind::Money => Some(ParameterValue::Money(COMMON)),
            ParameterKind::Ratio => Some(ParameterValue::Ratio(Ratio::ONE)),
            ParameterKind::Count => Some(ParameterValue::Count(1)),
            ParameterKind::Table { of, .. } => common(of),
            ParameterKind::Date | ParameterKind::List { .. } => None,
        }
    }
    let parameter = plan.parameters.get(parameter.index())?;
    let stated = parameter.planned.as_ref().or(parameter.at_least.as_ref());
    let stated = stated.or(parameter.at_most.as_ref()).cloned();
    stated.or_else(|| common(&parameter.kind))
}

/// An amount where nothing says how much: one 万元.
pub const COMMON: Fen = Fen(1_000_000);

/// A value as a number: of money, in 分.
fn number(value: &ParameterValue) -> Option<Ratio> {
    match value {
        ParameterValue::Money(fen) => Some(Ratio::integer(fen.0)),
        ParameterValue::Ratio(ratio) => Some(*ratio),
        ParameterValue::Count(count) => Some(Ratio::integer(*count)),
        ParameterValue::Date(_) => None,
    }
}
