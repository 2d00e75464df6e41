//! Limits whose amount follows a decision: it must be the same for all that counts together under the limit.

use super::super::payable::fact_named;
use super::super::subject::{Subject, named};
use super::keys_worded;
use crate::plan::{Amount, Decision, DecisionId, DecisionKey, GroupKey, Limit, LimitRule, Part, Plan};
use crate::resolve::id;
use anlan_lang::diag::{Finding, codes};
use std::collections::BTreeSet;

/// L115: claims of one group may fall under different decisions on its amount, which settlement refuses (V048).
pub(super) fn apart_in_a_group(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    for limit in &plan.limits {
        let amount = match &limit.rule {
            LimitRule::UpTo(amount) | LimitRule::Less(amount) => amount,
            LimitRule::Largest { .. } => continue,
        };
        let mut read = BTreeSet::new();
        decisions(amount, &mut read);
        for decision in read.into_iter().filter_map(|id| plan.decisions.get(id.index())) {
            if is_one(plan, limit, decision) {
                continue;
            }
            let raised = subject.places().exact_part(&limit.source, Part::Raised);
            let place = raised.or_else(|| subject.part(&limit.source, Part::Amount));
            let mut finding = Finding::new(codes::L115, place)
                .arg("limit", named(&limit.name))
                .arg("decision", decision.id.as_str())
                .arg("per", keys_worded(plan, &key(plan, decision.per)))
                .arg("keys", keys_worded(plan, &limit.keys))
                .articles(limit.source.articles.clone())
                .about(limit.name.zh.clone());
            if let Some(place) = subject.places().part(&decision.source, Part::Name) {
                finding = finding.label(place, "decision");
            }
            found.push(finding);
        }
    }
}

/// The decisions that choose an amount or say how much it is.
fn decisions(amount: &Amount, read: &mut BTreeSet<DecisionId>) {
    match amount {
        Amount::Decided {
            decision,
            then,
            otherwise,
        } => {
            read.insert(*decision);
            decisions(then, read);
            decisions(otherwise, read);
        }
        Amount::DecisionValue(decision) => {
            read.insert(*decision);
        }
        Amount::Scaled { of, .. } | Amount::PerUnit { rate: of, .. } => decisions(of, read),
        Amount::Sum(parts) => parts.iter().for_each(|part| decisions(part, read)),
        Amount::Dated(values) => values.iter().for_each(|(_, value)| decisions(value, read)),
        _ => {}
    }
}

/// Whether claims that count together under a limit all fall under one decision.
fn is_one(plan: &Plan, limit: &Limit, decision: &Decision) -> bool {
    let holds = |name: &str| fact_named(plan, name).is_some_and(|fact| limit.keys.contains(&GroupKey::Fact(fact)));
    if holds(id::CLAIM) {
        return true;
    }
    match decision.per {
        DecisionKey::Term => true,
        // An event that crosses the turn of the year is of two, which is rare: nothing is said of it.
        DecisionKey::Year => limit.keys.contains(&GroupKey::Year) || holds(id::EVENT),
        DecisionKey::Event => holds(id::EVENT),
        DecisionKey::Fact(fact) => {
            let only = |(of, values): &(_, Vec<_>)| *of == fact && values.len() == 1;
            limit.keys.contains(&GroupKey::Fact(fact)) || limit.filter.facts.iter().any(only)
        }
    }
}

/// What a decision is taken for, as a limit would be keyed.
fn key(plan: &Plan, per: DecisionKey) -> Vec<GroupKey> {
    match per {
        DecisionKey::Term => Vec::new(),
        DecisionKey::Year => vec![GroupKey::Year],
        DecisionKey::Event => fact_named(plan, id::EVENT).map(GroupKey::Fact).into_iter().collect(),
        DecisionKey::Fact(fact) => vec![GroupKey::Fact(fact)],
    }
}
