//! F120: requirements that no scheme can meet together.

use super::super::subject::Subject;
use super::report::requirement_names;
use crate::money::Fen;
use crate::plan::{Property, Requirement, ScheduleKey, ValueId};
use anlan_lang::diag::{Finding, codes};
use anlan_lang::tree::{Compare, Modality};

/// What a requirement about money bounds: of what, and from which side.
struct Bounded<'a> {
    limit: bool,
    keys: &'a [ScheduleKey],
    harm: Option<ValueId>,
    floor: bool,
    value: Fen,
}

pub(super) fn contradictory(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let binding: Vec<&Requirement> = plan
        .statement
        .requirements
        .iter()
        .filter(|r| r.modality == Modality::Must)
        .collect();
    for (at, first) in binding.iter().enumerate() {
        for second in binding.iter().skip(at + 1) {
            // A framework's own contradictions are its own; a scheme is told of those between its frameworks.
            if subject.is_scheme() && first.framework == second.framework || subject.is_contract() {
                continue;
            }
            let (low, high) = match (bounded(first), bounded(second)) {
                (Some(a), Some(b)) if a.floor && !b.floor => ((first, a), (second, b)),
                (Some(a), Some(b)) if !a.floor && b.floor => ((second, b), (first, a)),
                _ => continue,
            };
            if !(clash(&low.1, &high.1) && scopes_meet(low.0, high.0)) {
                continue;
            }
            let mut finding = Finding::new(codes::F120, subject.of(&low.0.source))
                .arg("first", requirement_names(plan, low.0))
                .arg("second", requirement_names(plan, high.0))
                .articles(low.0.source.articles.clone())
                .articles(high.0.source.articles.clone())
                .about(low.0.framework.clone());
            if let Some(place) = subject.places().of(&high.0.source) {
                finding = finding.label(place, "other");
            }
            found.push(finding);
        }
    }
}

fn bounded(requirement: &Requirement) -> Option<Bounded<'_>> {
    let (limit, keys, harm, compare, value) = match &requirement.property {
        Property::Payable {
            keys,
            harm,
            compare,
            value,
        } => (false, keys, *harm, *compare, *value),
        Property::LimitTotal { keys, compare, value } => (true, keys, None, *compare, *value),
        _ => return None,
    };
    let (floor, value) = match compare {
        Compare::AtLeast => (true, value),
        Compare::Over => (true, Fen(value.0.saturating_add(1))),
        Compare::AtMost => (false, value),
        Compare::Under => (false, Fen(value.0.saturating_sub(1))),
        Compare::Equal => return None,
    };
    Some(Bounded {
        limit,
        keys,
        harm,
        floor,
        value,
    })
}

/// The floor is above the ceiling, and what must be at least the floor is at most the ceiling: the same quantity; a part
/// payable under a whole; what is payable to a finer key under a limit over a coarser one.
fn clash(floor: &Bounded<'_>, ceiling: &Bounded<'_>) -> bool {
    let same_keys = refines(floor.keys, ceiling.keys) && refines(ceiling.keys, floor.keys);
    let under = match (floor.limit, ceiling.limit) {
        (true, true) => same_keys,
        (false, false) => same_keys && (ceiling.harm.is_none() || ceiling.harm == floor.harm),
        // One that is paid so much passes every limit over its keys or coarser ones; there must be such a limit.
        (false, true) => refines(floor.keys, ceiling.keys),
        (true, false) => false,
    };
    under && floor.value > ceiling.value
}

/// Everything in the floor's scope is in the ceiling's. A ceiling for everything holds in every scope.
fn scopes_meet(floor: &Requirement, ceiling: &Requirement) -> bool {
    match (&floor.scope, &ceiling.scope) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(a), Some(b)) => {
            // An empty list is everything.
            let inside =
                |a: &[ValueId], b: &[ValueId]| b.is_empty() || (!a.is_empty() && a.iter().all(|v| b.contains(v)));
            inside(&a.perils, &b.perils) && inside(&a.roles, &b.roles) && inside(&a.harms, &b.harms)
        }
    }
}

fn refines(fine: &[ScheduleKey], coarse: &[ScheduleKey]) -> bool {
    fine.contains(&ScheduleKey::Claim)
        || coarse.iter().all(|key| {
            let event_in_year = *key == ScheduleKey::Year && fine.contains(&ScheduleKey::Event);
            *key == ScheduleKey::Term || fine.contains(key) || event_in_year
        })
}
