//! C102, C103: what the scheme lists and no cover pays.

use super::super::framework::reaches_yes;
use super::super::payable::{class_of, fact_named};
use super::super::subject::Subject;
use super::listed;
use crate::plan::diagram::NodeId;
use crate::plan::{FactKind, Plan, ValueId};
use crate::resolve::id;
use anlan_lang::diag::{Finding, codes};
use std::collections::BTreeSet;

/// C102: a peril of a group for which no cover pays.
pub(super) fn perils(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    if plan.covers.is_empty() {
        return;
    }
    let mut reported: BTreeSet<ValueId> = BTreeSet::new();
    // Groups within groups come first as they are smaller: the inner one says it best.
    let mut groups: Vec<_> = plan.statement.groups.iter().collect();
    groups.sort_by_key(|group| group.members.iter().map(|member| member.values.len()).sum::<usize>());
    for group in groups {
        let missing: Vec<ValueId> = group
            .members
            .iter()
            .flat_map(|member| &member.values)
            .copied()
            .filter(|value| !covered(plan, *value) && !reported.contains(value))
            .collect();
        if missing.is_empty() {
            continue;
        }
        reported.extend(missing.iter().copied());
        found.push(
            Finding::new(codes::C102, subject.of(&group.source))
                .arg("list", group.name.as_str())
                .arg("perils", listed(plan, id::PERIL, &missing))
                .articles(group.source.articles.clone())
                .about(group.name.clone()),
        );
    }
}

/// Some cover pays people of no special role for the peril.
fn covered(plan: &Plan, peril: ValueId) -> bool {
    let Some(fact) = fact_named(plan, id::PERIL) else {
        return true;
    };
    plan.covers.iter().any(|cover| {
        let named = match class_of(plan, fact, peril) {
            Some(class) => reaches_yes(plan, cover.perils, fact, class),
            None => cover.perils == NodeId::YES,
        };
        named && (!cover.any_peril || cover.roles == NodeId::YES)
    })
}

/// C103: a class of the persons insured whom every cover leaves out.
pub(super) fn persons(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let (Some(persons), Some(fact)) = (&plan.statement.persons, fact_named(plan, id::ROLE)) else {
        return;
    };
    let Some(FactKind::Enumeration { domain, .. }) = plan.facts.get(fact.index()).map(|f| &f.kind) else {
        return;
    };
    let Some(domain) = plan.domains.get(domain.index()) else {
        return;
    };
    if plan.covers.is_empty() {
        return;
    }
    let paid = |value: ValueId| {
        plan.covers.iter().any(|cover| match class_of(plan, fact, value) {
            Some(class) => reaches_yes(plan, cover.roles, fact, class),
            None => cover.roles == NodeId::YES,
        })
    };
    let missing: Vec<ValueId> = persons
        .classes
        .iter()
        .filter_map(|class| {
            domain
                .values
                .iter()
                .position(|value| value.name == *class)
                .map(ValueId::from)
        })
        .filter(|value| !paid(*value))
        .collect();
    if !missing.is_empty() {
        found.push(
            Finding::new(codes::C103, subject.of(&persons.source))
                .arg("classes", listed(plan, id::ROLE, &missing))
                .articles(persons.source.articles.clone()),
        );
    }
}
