//! C122: a row that no claim is ever paid by, since the conditions of the covers that use it exclude its harm.

use super::super::payable::{class_of, fact_named};
use super::super::subject::{Subject, named};
use super::tested;
use crate::plan::diagram::{Diagrams, Leaf, NodeId};
use crate::plan::{Benefit, BenefitKind, CoverId, Plan, ValueId};
use crate::resolve::id;
use anlan_lang::diag::{Finding, codes};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn rows(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let Some(paid) = paid(plan) else { return };
    let alive: BTreeSet<CoverId> = paid.iter().map(|(cover, _)| *cover).collect();
    // Covers share rows: one that some cover pays is of use.
    let mut rows: BTreeMap<_, Vec<&Benefit>> = BTreeMap::new();
    let pays = |benefit: &&Benefit| benefit.kind != BenefitKind::Nothing;
    for benefit in plan.benefits.iter().filter(pays) {
        if let Some(place) = subject.places().of(&benefit.source) {
            rows.entry((place.file.0, place.span.start)).or_default().push(benefit);
        }
    }
    for benefits in rows.values() {
        let unmet = |benefit: &&Benefit| !paid.contains(&(benefit.cover, benefit.harm));
        // Of a cover that nothing is paid by, that is said.
        let told = |benefit: &&Benefit| !alive.contains(&benefit.cover);
        let Some(benefit) = benefits.first().filter(|_| benefits.iter().all(unmet)) else {
            continue;
        };
        let Some(cover) = plan.covers.get(benefit.cover.index()) else {
            continue;
        };
        if benefits.iter().any(told) {
            continue;
        }
        found.push(
            Finding::new(codes::C122, subject.of(&benefit.source))
                .arg("cover", named(&cover.name))
                .arg("harm", super::listed(plan, id::HARM, &[benefit.harm]))
                .articles(benefit.source.articles.clone())
                .articles(cover.source.articles.clone())
                .about(cover.name.zh.clone()),
        );
    }
}

/// The covers and harms for which some claim is paid, priority aside. `None` over budget, which the lowering reports.
fn paid(plan: &Plan) -> Option<BTreeSet<(CoverId, ValueId)>> {
    let fact = fact_named(plan, id::HARM);
    let mut work: Option<Diagrams> = None;
    let mut paid = BTreeSet::new();
    for (id, cover) in (0..).map(CoverId::from).zip(&plan.covers) {
        let parts = [cover.perils, cover.roles, cover.condition];
        let facts = tested(&plan.diagrams, &parts);
        let mut applies = None;
        for benefit in plan.benefits.iter().filter(|benefit| benefit.cover == id) {
            let own = tested(&plan.diagrams, &[benefit.root]);
            let of_harm = fact.is_some_and(|fact| facts.contains(&fact));
            // A condition excludes only what it looks at; whether any claim meets it at all, C105 tells.
            if !of_harm && facts.is_disjoint(&own) {
                paid.insert((id, benefit.harm));
                continue;
            }
            let work = work.get_or_insert_with(|| plan.diagrams.clone());
            let applies = match applies {
                Some(applies) => applies,
                None => *applies.insert(work.all(parts).ok()?),
            };
            let of_harm = match fact.and_then(|fact| Some((fact, class_of(plan, fact, benefit.harm)?))) {
                Some((fact, class)) => work.restrict(applies, fact, class).ok()?,
                None => applies,
            };
            if pays(work, of_harm, benefit.root) {
                paid.insert((id, benefit.harm));
            }
        }
    }
    work.is_none_or(|work| !work.is_overrun()).then_some(paid)
}

/// Whether some claim that meets the first diagram is paid by the second.
fn pays(work: &Diagrams, applies: NodeId, root: NodeId) -> bool {
    let useful = |nodes: &[NodeId]| nodes.first() != Some(&NodeId::NO);
    work.outcomes_where(&[applies, root], &useful).iter().any(|outcome| {
        let leaves: Vec<_> = outcome.leaves.iter().filter_map(|leaf| work.as_leaf(*leaf)).collect();
        matches!(leaves.as_slice(), [Leaf::Yes, Leaf::Pays(_)])
    })
}
