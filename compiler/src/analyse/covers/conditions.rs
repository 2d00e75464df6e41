//! C104–C106: causes that cannot do the harm, and conditions that decide nothing.

use super::super::subject::{Subject, named};
use super::listed;
use crate::plan::diagram::{Leaf, NodeId};
use crate::plan::{CoverId, Part, ValueId};
use crate::resolve::id;
use anlan_lang::diag::{Finding, codes};

/// C104: a peril of a cover that can do none of the harms that the cover pays for.
pub(super) fn impossible(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    for (index, cover) in plan.covers.iter().enumerate() {
        let harms: Vec<ValueId> = plan
            .benefits
            .iter()
            .filter(|benefit| benefit.cover == CoverId::from(index))
            .map(|benefit| benefit.harm)
            .collect();
        if cover.any_peril || harms.is_empty() {
            continue;
        }
        let cannot = |peril: &ValueId| {
            subject
                .scope
                .possible_harms(*peril)
                .is_some_and(|possible| !harms.iter().any(|harm| possible.contains(harm)))
        };
        let impossible: Vec<ValueId> = cover
            .peril_words
            .iter()
            .flat_map(|word| &word.values)
            .copied()
            .filter(cannot)
            .collect();
        if !impossible.is_empty() {
            found.push(
                Finding::new(codes::C104, subject.part(&cover.source, Part::Perils))
                    .arg("cover", named(&cover.name))
                    .arg("harms", listed(plan, id::HARM, &harms))
                    .arg("perils", listed(plan, id::PERIL, &impossible))
                    .articles(cover.source.articles.clone())
                    .about(cover.name.zh.clone()),
            );
        }
    }
}

/// C105, C106: a cover that no claim meets, and a condition that every claim meets.
pub(super) fn constant(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    for cover in &plan.covers {
        // Perils that only the contract lists are not known yet.
        if cover.perils == NodeId::NO && cover.peril_words.iter().all(|word| word.values.is_empty()) {
            continue;
        }
        let report = |code, part| {
            Finding::new(code, subject.part(&cover.source, part))
                .arg("cover", named(&cover.name))
                .articles(cover.source.articles.clone())
                .about(cover.name.zh.clone())
        };
        let roots = [cover.perils, cover.roles, cover.condition];
        let applies = plan.diagrams.outcomes(&roots).iter().any(|outcome| {
            let yes = |id: &NodeId| plan.diagrams.as_leaf(*id) == Some(&Leaf::Yes);
            outcome.leaves.iter().all(yes)
        });
        if !applies {
            found.push(report(codes::C105, Part::Condition));
        } else if cover.condition_words.is_some() && cover.condition == NodeId::YES {
            found.push(report(codes::C106, Part::Condition));
        }
    }
}
