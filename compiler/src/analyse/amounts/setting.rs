//! Pipelines with what a scheme leaves open set to values.

use super::apart::{Open, atoms};
use crate::money::{Fen, Ratio};
use crate::plan::{Amount, Count, FactId, Operation, Pipeline, RatioValue, Step};
use std::collections::{BTreeMap, BTreeSet};

/// 分, where they are whole.
fn fixed(value: Ratio) -> Option<Amount> {
    let whole = i64::try_from(value.numerator())
        .ok()
        .filter(|_| value.denominator() == 1);
    whole.map(|fen| Amount::Fixed(Fen(fen)))
}

pub(super) fn amounts_of(pipeline: &Pipeline) -> impl Iterator<Item = &Amount> {
    let steps = pipeline.steps.iter().filter_map(|step| match &step.operation {
        Operation::Less(amount) | Operation::UpTo(amount) | Operation::AtLeast(amount) => Some(amount),
        Operation::Share(_) | Operation::Round { .. } => None,
    });
    [&pipeline.start].into_iter().chain(steps)
}

pub(super) fn quantities(pipeline: &Pipeline) -> BTreeSet<FactId> {
    amounts_of(pipeline).flat_map(Amount::facts).collect()
}

/// Whether the scheme, a date or a decision moves it.
pub(super) fn is_open(pipeline: &Pipeline) -> bool {
    fn of(amount: &Amount) -> bool {
        match amount {
            Amount::Fixed(_) | Amount::Fact(_) | Amount::Unlimited => false,
            Amount::Scaled { ratio, of: part } => matches!(ratio, RatioValue::Parameter { .. }) || of(part),
            Amount::PerUnit { rate, units, .. } => matches!(units, Some(Count::Parameter(_))) || of(rate),
            Amount::Sum(parts) => parts.iter().any(of),
            Amount::Parameter { .. }
            | Amount::Premium
            | Amount::Balance(_)
            | Amount::DecisionValue(_)
            | Amount::Dated(_)
            | Amount::Decided { .. } => true,
        }
    }
    let open = |step: &Step| matches!(step.operation, Operation::Share(RatioValue::Parameter { .. }));
    amounts_of(pipeline).any(of) || pipeline.steps.iter().any(open)
}

/// Parameters by which something that varies is multiplied, or of which there are so many units.
pub(super) fn multipliers(pipeline: &Pipeline, found: &mut BTreeSet<Open>) {
    amounts_of(pipeline).for_each(|amount| multipliers_of(amount, found));
    for step in &pipeline.steps {
        if let Operation::Share(RatioValue::Parameter { parameter, value }) = &step.operation {
            found.insert((*parameter, *value));
        }
    }
}

pub(super) fn multipliers_of(amount: &Amount, found: &mut BTreeSet<Open>) {
    match amount {
        Amount::Scaled { ratio, of } => {
            if let RatioValue::Parameter { parameter, value } = ratio {
                found.insert((*parameter, *value));
            }
            multipliers_of(of, found);
        }
        Amount::PerUnit { rate, units, .. } => {
            let mut within = Vec::new();
            atoms(rate, &mut within);
            for atom in within {
                if let Amount::Parameter { parameter, value } = atom {
                    found.insert((parameter, value));
                }
            }
            if let Some(Count::Parameter(parameter)) = units {
                found.insert((*parameter, None));
            }
            multipliers_of(rate, found);
        }
        Amount::Sum(parts) => parts.iter().for_each(|part| multipliers_of(part, found)),
        Amount::Dated(values) => values.iter().for_each(|(_, value)| multipliers_of(value, found)),
        Amount::Decided { then, otherwise, .. } => {
            multipliers_of(then, found);
            multipliers_of(otherwise, found);
        }
        _ => {}
    }
}

/// The pipeline with these parameters set.
pub(super) fn set(pipeline: &Pipeline, values: &BTreeMap<Open, Ratio>) -> Pipeline {
    if values.is_empty() {
        return pipeline.clone();
    }
    let known = |amount: &Amount| match amount {
        Amount::Parameter { parameter, value } => values.get(&(*parameter, *value)).and_then(|value| fixed(*value)),
        _ => None,
    };
    let mut pipeline = each_amount(pipeline, &|amount| multiplied(&replaced(amount, &known), values));
    for step in &mut pipeline.steps {
        if let Operation::Share(ratio) = &mut step.operation {
            *ratio = ratio_set(ratio, values);
        }
    }
    pipeline
}

fn ratio_set(ratio: &RatioValue, values: &BTreeMap<Open, Ratio>) -> RatioValue {
    match ratio {
        RatioValue::Parameter { parameter, value } => match values.get(&(*parameter, *value)) {
            Some(set) => RatioValue::Exact(*set),
            None => ratio.clone(),
        },
        RatioValue::Exact(_) => ratio.clone(),
    }
}

/// The amount with the ratios and counts that multiply set.
fn multiplied(amount: &Amount, values: &BTreeMap<Open, Ratio>) -> Amount {
    let part = |amount: &Amount| multiplied(amount, values);
    match amount {
        Amount::Scaled { ratio, of } => Amount::Scaled {
            ratio: ratio_set(ratio, values),
            of: Box::new(part(of)),
        },
        Amount::PerUnit { rate, count, units } => Amount::PerUnit {
            rate: Box::new(part(rate)),
            count: *count,
            units: match units {
                Some(Count::Parameter(parameter)) => match values.get(&(*parameter, None)) {
                    Some(set) => i64::try_from(set.numerator().div_euclid(set.denominator()))
                        .ok()
                        .map(Count::Exact),
                    None => units.clone(),
                },
                other => other.clone(),
            },
        },
        other => other.with_parts(&part),
    }
}

/// The amount with what is known in place of some parts.
pub(super) fn replaced(amount: &Amount, known: &dyn Fn(&Amount) -> Option<Amount>) -> Amount {
    known(amount).unwrap_or_else(|| amount.with_parts(&|part| replaced(part, known)))
}

pub(super) fn each_amount(pipeline: &Pipeline, change: &dyn Fn(&Amount) -> Amount) -> Pipeline {
    let mut pipeline = pipeline.clone();
    pipeline.start = change(&pipeline.start);
    for step in &mut pipeline.steps {
        if let Operation::Less(amount) | Operation::UpTo(amount) | Operation::AtLeast(amount) = &mut step.operation {
            *amount = change(amount);
        }
    }
    pipeline
}
