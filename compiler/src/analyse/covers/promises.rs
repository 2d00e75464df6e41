//! C102, C103: what the scheme promises and no cover pays.

use super::super::framework::reaches_yes;
use super::super::payable::{class_of, classes_of_values, fact_named};
use super::super::subject::{Subject, named};
use super::listed;
use crate::plan::diagram::NodeId;
use crate::plan::{FactKind, ListEnding, Names, Part, ValueId};
use crate::resolve::id;
use anlan_lang::diag::{Finding, codes};
use anlan_lang::tree::ClauseKind;
use rustc_hash::FxHashMap;

/// C102: a peril that some cover lists, and that neither this nor any other cover ever pays for.
pub(super) fn perils(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let Some(fact) = fact_named(plan, id::PERIL) else {
        return;
    };
    let mut work = plan.diagrams.clone();
    // Over budget, the lowering has reported it; nothing can be concluded here.
    let applies: Result<Vec<NodeId>, _> = plan
        .covers
        .iter()
        .map(|cover| work.all([cover.perils, cover.roles, cover.condition]))
        .collect();
    let Ok(applies) = applies else { return };
    let classes = classes_of_values(plan, fact);
    let mut known: FxHashMap<u16, bool> = FxHashMap::default();
    // A cover mostly pays for what it lists, so that it is asked before all others.
    let mut paid = |own: NodeId, peril: ValueId| match classes.get(&peril) {
        Some(class) => *known.entry(*class).or_insert_with(|| {
            let mut roots = std::iter::once(&own).chain(&applies);
            roots.any(|root| reaches_yes(&work, *root, fact, *class))
        }),
        // No rule tells perils apart.
        None => applies.iter().any(|root| *root != NodeId::NO),
    };
    for (cover, own) in plan.covers.iter().zip(&applies) {
        // A cover that never pays at all is C105.
        if *own == NodeId::NO {
            continue;
        }
        // A condition that leaves out some of what a word stands for says what is excepted.
        let words = cover.peril_words.iter();
        let missing: Vec<ValueId> = words
            .filter(|word| !word.values.iter().any(|peril| paid(*own, *peril)))
            .flat_map(|word| &word.values)
            .copied()
            .collect();
        if !missing.is_empty() {
            found.push(
                Finding::new(codes::C102, subject.part(&cover.source, Part::Perils))
                    .arg("list", named(&cover.name))
                    .arg("perils", listed(plan, id::PERIL, &missing))
                    .articles(cover.source.articles.clone())
                    .about(cover.name.zh.clone()),
            );
        }
    }
}

/// C103: a class of the persons insured whom every cover leaves out, by its roles or by its condition.
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
    let mut work = plan.diagrams.clone();
    // Over budget, the lowering has reported it; nothing can be concluded here.
    let applies: Result<Vec<NodeId>, _> = plan
        .covers
        .iter()
        .map(|cover| {
            let all = work.all([cover.perils, cover.roles, cover.condition])?;
            // A cover that no claim meets is C105: of persons it leaves out those whom its roles leave out.
            Ok::<_, crate::plan::diagram::OverBudget>(if all == NodeId::NO { cover.roles } else { all })
        })
        .collect();
    let Ok(applies) = applies else { return };
    let paid = |value: ValueId| match class_of(plan, fact, value) {
        Some(class) => applies.iter().any(|root| reaches_yes(&work, *root, fact, class)),
        None => applies.iter().any(|root| *root != NodeId::NO),
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
    // Of 居民, whom a claim names as such, nothing is paid where the covers list 户籍人口 and 常住人口 alone.
    let paid_in_parts = |value: &ValueId| {
        let mut parts = (0..)
            .map(ValueId::from)
            .zip(&domain.values)
            .filter(|(_, part)| part.parent == Some(*value))
            .peekable();
        parts.peek().is_some() && parts.all(|(part, _)| paid(part))
    };
    if !missing.is_empty() {
        let parts = missing.iter().all(paid_in_parts);
        found.push(
            Finding::new(codes::C103, subject.of(&persons.source))
                .arg("paid", if parts { "parts" } else { "none" })
                .arg("classes", listed(plan, id::ROLE, &missing))
                .articles(persons.source.articles.clone()),
        );
    }
}

/// C119: a cover for persons whom a complete list of persons insured leaves out.
pub(super) fn outside_list(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let Some(persons) = &plan.statement.persons else { return };
    let complete = matches!(persons.ending, ListEnding::Closed | ListEnding::Counted(_));
    let Some(domain) = plan.domains.iter().find(|domain| domain.id == id::ROLE) else {
        return;
    };
    let clause = subject
        .all(|kind| matches!(kind, ClauseKind::Persons { .. }).then_some(()))
        .last();
    let Some((_, clause)) = clause.filter(|_| complete) else {
        return;
    };
    // The value, and what it is a part of.
    let above = |name: &Names| {
        let first = domain.values.iter().find(|value| value.name == *name);
        std::iter::successors(first, |value| domain.values.get(value.parent?.index()))
    };
    let holds = |one: &Names, other: &Names| above(other).any(|value| value.name == *one);
    for cover in &plan.covers {
        let outside: Vec<&Names> = cover
            .role_words
            .iter()
            .filter(|role| {
                !persons
                    .classes
                    .iter()
                    .any(|class| holds(class, role) || holds(role, class))
            })
            .collect();
        if outside.is_empty() || subject.assumed(codes::C119, &clause.notes) {
            continue;
        }
        let mut finding = Finding::new(codes::C119, subject.part(&cover.source, Part::Roles))
            .arg("cover", named(&cover.name))
            .arg("roles", super::super::subject::listed(outside))
            .articles(cover.source.articles.clone())
            .articles(persons.source.articles.clone())
            .about(cover.name.zh.clone());
        if let Some(place) = subject.of(&persons.source) {
            finding = finding.label(place, "list");
        }
        found.push(finding);
    }
}
