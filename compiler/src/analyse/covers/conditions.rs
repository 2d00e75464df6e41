//! C104–C106, C116, C117: causes that cannot do the harm, and conditions that decide nothing.

use super::super::subject::{Subject, named};
use super::{listed, tested};
use crate::plan::diagram::{Leaf, NodeId};
use crate::plan::{BenefitKind, Cover, CoverId, Part, ValueId};
use crate::resolve::id;
use anlan_lang::diag::{Finding, codes};
use std::collections::BTreeMap;

/// What each peril of a cover can do of the harms that the cover pays for.
struct Causes {
    harms: Vec<ValueId>,
    /// Those of them for which anything is paid
    paid: Vec<ValueId>,
    /// Perils of which the library says what they can do; the others can do anything.
    perils: Vec<(ValueId, Vec<ValueId>)>,
    /// All that the cover names
    named: Vec<ValueId>,
}

fn causes(subject: &Subject<'_>, index: usize, cover: &Cover) -> Option<Causes> {
    let plan = subject.plan();
    let own = || {
        plan.benefits
            .iter()
            .filter(|benefit| benefit.cover == CoverId::from(index))
    };
    let harms: Vec<ValueId> = own().map(|benefit| benefit.harm).collect();
    let paid = own().filter(|benefit| benefit.kind != BenefitKind::Nothing);
    let paid = paid.map(|benefit| benefit.harm).collect();
    if cover.any_peril || harms.is_empty() {
        return None;
    }
    let mut named: Vec<ValueId> = cover
        .peril_words
        .iter()
        .flat_map(|word| &word.values)
        .copied()
        .collect();
    named.sort_unstable();
    named.dedup();
    let perils = named
        .iter()
        .filter_map(|peril| Some((*peril, subject.scope.possible_harms(*peril)?)))
        .collect();
    Some(Causes {
        harms,
        paid,
        perils,
        named,
    })
}

/// C104: a peril of a cover that can do none of the harms that the cover pays for. C116: a harm that none of its perils
/// can do. C117: the pairs left that cannot meet.
pub(super) fn impossible(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    for (index, cover) in plan.covers.iter().enumerate() {
        let Some(causes) = causes(subject, index, cover) else {
            continue;
        };
        let report = |code, part, harms: &[ValueId], perils: &[ValueId]| {
            Finding::new(code, subject.part(&cover.source, part))
                .arg("cover", named(&cover.name))
                .arg("harms", listed(plan, id::HARM, harms))
                .arg("perils", listed(plan, id::PERIL, perils))
                .articles(cover.source.articles.clone())
                .about(cover.name.zh.clone())
        };
        let idle: Vec<ValueId> = causes
            .perils
            .iter()
            .filter(|(_, possible)| !causes.harms.iter().any(|harm| possible.contains(harm)))
            .map(|(peril, _)| *peril)
            .collect();
        if !idle.is_empty() {
            found.push(report(codes::C104, Part::Perils, &causes.harms, &idle));
        }
        // Where nothing can happen at all, C104 has said so.
        if idle.len() == causes.named.len() {
            continue;
        }
        let all_known = causes.perils.len() == causes.named.len() && !cover.peril_list_open;
        let (never, sometimes): (Vec<ValueId>, Vec<ValueId>) = causes
            .paid
            .iter()
            .partition(|harm| all_known && !causes.perils.iter().any(|(_, possible)| possible.contains(harm)));
        if !never.is_empty() {
            found.push(report(codes::C116, Part::Pays, &never, &causes.named));
        }
        for (harms, perils) in pairs(&causes, &idle, &sometimes) {
            found.push(report(codes::C117, Part::Perils, &harms, &perils));
        }
    }
}

/// The perils that cannot do some of the harms, by what they cannot do.
fn pairs(causes: &Causes, idle: &[ValueId], harms: &[ValueId]) -> BTreeMap<Vec<ValueId>, Vec<ValueId>> {
    let mut pairs: BTreeMap<Vec<ValueId>, Vec<ValueId>> = BTreeMap::new();
    for (peril, possible) in causes.perils.iter().filter(|(peril, _)| !idle.contains(peril)) {
        let cannot: Vec<ValueId> = harms.iter().filter(|harm| !possible.contains(harm)).copied().collect();
        if !cannot.is_empty() {
            pairs.entry(cannot).or_default().push(*peril);
        }
    }
    pairs
}

/// C105, C106: a cover that no claim meets, and a condition that every claim of its perils and roles meets.
pub(super) fn constant(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    // Over budget, the lowering has reported it; nothing can be concluded here.
    let always = |cover: &Cover| {
        let of_list = tested(&plan.diagrams, &[cover.perils, cover.roles]);
        if tested(&plan.diagrams, &[cover.condition]).is_disjoint(&of_list) {
            return Some(cover.condition == NodeId::YES);
        }
        let mut work = plan.diagrams.clone();
        let listed = work.and(cover.perils, cover.roles).ok()?;
        let fails = work.not(cover.condition).ok()?;
        Some(work.and(listed, fails).ok()? == NodeId::NO)
    };
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
        } else if cover.condition_words.is_some() && always(cover) == Some(true) {
            found.push(report(codes::C106, Part::Condition));
        }
    }
}
