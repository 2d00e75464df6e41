//! What a deferred requirement needs of single parameters: necessary conditions, as `每次累计额不低于3000万元`.

use super::floors::concerned;
use crate::money::{Fen, Ratio};
use crate::plan::{Amount, Benefit, Limit, LimitRule, ParameterId, Plan, Property, Requirement};
use crate::resolve::id;
use anlan_lang::tree::Compare;
use std::collections::BTreeMap;

/// The least (or, for a ceiling on limits, the greatest) value of each parameter that stands alone as an amount which
/// everything the requirement counts must pass. Parameters that act together with others are left out.
pub(super) fn needed(plan: &Plan, requirement: &Requirement) -> Vec<(ParameterId, Compare, Fen)> {
    let scope = requirement.scope.as_ref();
    let mut needs: BTreeMap<ParameterId, (Compare, Fen)> = BTreeMap::new();
    match &requirement.property {
        Property::LimitTotal { keys, compare, value } => {
            for (_, limit) in concerned(plan, scope, keys) {
                if let Some((parameter, factor)) = alone(limit) {
                    add(plan, &mut needs, parameter, *compare, *value, factor);
                }
            }
        }
        Property::Payable {
            harm: of,
            compare,
            value,
            ..
        } if matches!(compare, Compare::AtLeast | Compare::Over) => {
            let wanted = |benefit: &&Benefit| match of {
                Some(of) => benefit.harm == *of,
                None => scope.is_none_or(|s| s.harms.is_empty() || s.harms.contains(&benefit.harm)),
            };
            for limit in &plan.limits {
                let all = plan
                    .benefits
                    .iter()
                    .filter(wanted)
                    .all(|benefit| passes_whole(plan, limit, benefit));
                if all && let Some((parameter, factor)) = alone(limit) {
                    add(plan, &mut needs, parameter, *compare, *value, factor);
                }
            }
        }
        _ => {}
    }
    needs
        .into_iter()
        .map(|(id, (compare, value))| (id, compare, value))
        .collect()
}

/// Every line of the benefit passes the limit.
pub(super) fn passes_whole(plan: &Plan, limit: &Limit, benefit: &Benefit) -> bool {
    let covers = limit
        .filter
        .covers
        .as_ref()
        .is_none_or(|covers| covers.contains(&benefit.cover));
    let of_harm = |fact: &crate::plan::FactId| plan.facts.get(fact.index()).is_some_and(|f| f.id == id::HARM);
    covers
        && limit
            .filter
            .facts
            .iter()
            .all(|(fact, values)| of_harm(fact) && values.contains(&benefit.harm))
}

/// The parameter that alone is the limit's amount, perhaps times a ratio.
fn alone(limit: &Limit) -> Option<(ParameterId, Ratio)> {
    let LimitRule::UpTo(amount) = &limit.rule else {
        return None;
    };
    match amount {
        Amount::Parameter { parameter, value: None } => Some((*parameter, Ratio::ONE)),
        Amount::Scaled {
            ratio: crate::plan::RatioValue::Exact(ratio),
            of,
        } if ratio.numerator() > 0 => match **of {
            Amount::Parameter { parameter, value: None } => Some((parameter, *ratio)),
            _ => None,
        },
        _ => None,
    }
}

fn add(
    plan: &Plan,
    needs: &mut BTreeMap<ParameterId, (Compare, Fen)>,
    parameter: ParameterId,
    compare: Compare,
    value: Fen,
    factor: Ratio,
) {
    let unset = plan
        .parameters
        .get(parameter.index())
        .is_some_and(|p| p.value.is_none());
    // value / factor, to the 分 that still satisfies
    let Some(top) = i128::from(value.0).checked_mul(factor.denominator()) else {
        return;
    };
    let by = factor.numerator();
    let up = matches!(compare, Compare::AtLeast | Compare::Under);
    let quotient = if up {
        (top + by - 1).div_euclid(by)
    } else {
        top.div_euclid(by)
    };
    if let (true, Ok(fen)) = (unset, i64::try_from(quotient)) {
        let entry = needs.entry(parameter).or_insert((compare, Fen(fen)));
        let tighter = match compare {
            Compare::AtLeast | Compare::Over => fen > entry.1.0,
            _ => fen < entry.1.0,
        };
        if tighter {
            *entry = (compare, Fen(fen));
        }
    }
}
