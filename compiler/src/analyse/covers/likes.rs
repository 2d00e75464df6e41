//! C115: covers of one kind whose conditions differ. Most covers for accidents say who must be liable; one that asks
//! something else, or nothing, may be meant, or may be a slip of the document, so it is asked.

use super::super::payable::fact_named;
use super::super::subject::{Subject, named};
use super::super::witness::Claim;
use crate::plan::diagram::{Diagrams, NodeId};
use crate::plan::{Cover, CoverId, FactId, Part, Plan, ValueId};
use crate::resolve::id;
use anlan_lang::diag::{Arg, Finding, Witness, codes};
use anlan_lang::tree::{self, ClauseKind};
use std::collections::BTreeSet;

/// So many covers with one condition make a custom that another cover can depart from.
const CUSTOM: usize = 3;

pub(super) fn differ(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    if !subject.is_scheme() {
        return;
    }
    let mut customs: Vec<NodeId> = Vec::new();
    for cover in plan.covers.iter().filter(|cover| cover.condition_words.is_some()) {
        if !customs.contains(&cover.condition) && alike(plan, cover.condition).len() >= CUSTOM {
            customs.push(cover.condition);
        }
    }
    // Two customs side by side are two kinds of covers.
    let [custom] = customs.as_slice() else { return };
    let like = alike(plan, *custom);
    for (index, cover) in plan.covers.iter().enumerate() {
        let departs = cover.condition != *custom && of_that_kind(plan, cover, *custom, &like);
        if departs && !answered(subject, cover) {
            found.push(report(subject, CoverId::from(index), cover, *custom, &like));
        }
    }
}

fn alike(plan: &Plan, condition: NodeId) -> Vec<&Cover> {
    plan.covers
        .iter()
        .filter(|cover| cover.condition == condition)
        .collect()
}

/// A cover that asks about the same facts, or one that asks nothing and insures perils of the same kind as at least
/// two of the others.
fn of_that_kind(plan: &Plan, cover: &Cover, custom: NodeId, like: &[&Cover]) -> bool {
    if cover.condition_words.is_some() {
        return plan.diagrams.support(cover.condition) == plan.diagrams.support(custom);
    }
    let kinds = |cover: &Cover| -> BTreeSet<ValueId> { peril_kinds(plan, cover) };
    let own = kinds(cover);
    own.len() == 1
        && cover.role_words.is_empty()
        && like.iter().filter(|other| kinds(other) == own).count() >= 2
        && like
            .iter()
            .any(|other| other.schedule.is_some() && other.schedule == cover.schedule)
}

/// The widest classes of perils (natural disasters, accidents …) that a cover's perils belong to.
fn peril_kinds(plan: &Plan, cover: &Cover) -> BTreeSet<ValueId> {
    let Some(domain) = plan.domains.iter().find(|domain| domain.id == id::PERIL) else {
        return BTreeSet::new();
    };
    let top = |mut value: ValueId| {
        while let Some(parent) = domain.values.get(value.index()).and_then(|value| value.parent) {
            value = parent;
        }
        value
    };
    let values = cover.peril_words.iter().flat_map(|word| &word.values);
    values.map(|value| top(*value)).collect()
}

/// `假定` beside the condition, or beside the perils, pays or head of a cover that has none.
fn answered(subject: &Subject<'_>, cover: &Cover) -> bool {
    let mut written = subject.all(|kind| match kind {
        ClauseKind::Cover(written) if written.name.text == cover.name.zh => Some(written),
        _ => None,
    });
    written.any(|(written, clause)| answers(subject, written) || subject.assumed(codes::C115, &clause.notes))
}

fn answers(subject: &Subject<'_>, written: &tree::Cover) -> bool {
    let answered = |notes| subject.assumed(codes::C115, notes);
    match &written.condition {
        Some((_, notes)) => answered(notes),
        None => written.perils.as_ref().is_some_and(|(_, notes)| answered(notes)),
    }
}

fn report(subject: &Subject<'_>, index: CoverId, cover: &Cover, custom: NodeId, like: &[&Cover]) -> Finding {
    let plan = subject.plan();
    let others = Arg::List(like.iter().map(|other| named(&other.name)).collect());
    let part = if cover.condition_words.is_some() {
        Part::Condition
    } else {
        Part::Name
    };
    let why = match cover.condition_words {
        Some(_) => "other",
        None => "none",
    };
    let mut finding = Finding::new(codes::C115, subject.part(&cover.source, part))
        .arg("cover", named(&cover.name))
        .arg("others", others)
        .arg("why", why)
        .articles(cover.source.articles.clone())
        .about(cover.name.zh.clone());
    if let Some(place) = like
        .iter()
        .find_map(|other| subject.places().exact_part(&other.source, Part::Condition))
    {
        finding = finding.label(place, "like");
    }
    match witness(plan, index, cover, custom) {
        Some(witness) => finding.witness(witness),
        None => finding,
    }
}

/// A claim that the cover treats otherwise than it would under the others' condition.
fn witness(plan: &Plan, index: CoverId, cover: &Cover, custom: NodeId) -> Option<Witness> {
    let mut work = plan.diagrams.clone();
    let applies = work.and(cover.perils, cover.roles).ok()?;
    let path = departing(&mut work, applies, cover.condition, custom)?;
    let benefit = plan.benefits.iter().find(|benefit| benefit.cover == index)?;
    let mut claim = Claim::new(plan, &path);
    if fact_named(plan, id::HARM).is_some() {
        claim = claim.with_value(id::HARM, benefit.harm);
    }
    Some(claim.witness())
}

/// Where exactly one of the two conditions holds.
fn departing(work: &mut Diagrams, applies: NodeId, one: NodeId, other: NodeId) -> Option<Vec<(FactId, u16)>> {
    for (holds, fails) in [(one, other), (other, one)] {
        let not = work.not(fails).ok()?;
        let all = work.all([applies, holds, not]).ok()?;
        let yes = |leaf: &crate::plan::diagram::Leaf| *leaf == crate::plan::diagram::Leaf::Yes;
        if let Some(path) = work.satisfying(all, yes) {
            return Some(path);
        }
    }
    None
}
