//! C121: a cover that never counts, since covers before it apply wherever it does.

use super::super::subject::{Subject, listed, named};
use super::super::witness::Claim;
use crate::plan::diagram::Leaf;
use crate::plan::{CoverId, FactId, Part};
use anlan_lang::diag::{Finding, codes};
use std::collections::{BTreeMap, BTreeSet};

/// The covers before one, and the classes of a first claim that both meet.
#[derive(Default)]
struct Beaten {
    by: BTreeSet<CoverId>,
    path: Vec<(FactId, u16)>,
}

pub(super) fn never_counts(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    // Without a priority none is beaten.
    if plan.meeting.over.is_empty() {
        return;
    }
    let leaves = plan.diagrams.reachable(&[plan.applying]);
    let leaves = leaves.iter().filter_map(|node| plan.diagrams.as_leaf(*node));
    let (mut applying, mut counts): (BTreeSet<CoverId>, BTreeSet<CoverId>) = Default::default();
    for leaf in leaves {
        let Leaf::Covers(covers) = leaf else { continue };
        let over = |cover: &CoverId| covers.iter().any(|other| plan.meeting.is_over(*other, *cover));
        applying.extend(covers);
        counts.extend(covers.iter().filter(|cover| !over(cover)));
    }
    // Only for what is found is a claim looked for.
    if applying == counts {
        return;
    }
    let mut beaten: BTreeMap<CoverId, Beaten> = BTreeMap::new();
    for outcome in plan.diagrams.outcomes(&[plan.applying]) {
        let leaf = outcome.leaves.first().and_then(|leaf| plan.diagrams.as_leaf(*leaf));
        let Some(Leaf::Covers(covers)) = leaf else { continue };
        for cover in covers {
            let over = |other: &&CoverId| plan.meeting.is_over(**other, *cover);
            let by: Vec<CoverId> = covers.iter().filter(over).copied().collect();
            if by.is_empty() {
                continue;
            }
            let known = beaten.entry(*cover).or_default();
            if known.by.is_empty() {
                known.path = outcome.example.clone();
            }
            known.by.extend(by);
        }
    }
    for (id, Beaten { by, path }) in beaten.into_iter().filter(|(cover, _)| !counts.contains(cover)) {
        let Some(cover) = plan.covers.get(id.index()) else {
            continue;
        };
        let before: Vec<_> = by.iter().filter_map(|other| plan.covers.get(other.index())).collect();
        let mut finding = Finding::new(codes::C121, subject.part(&cover.source, Part::Name))
            .arg("cover", named(&cover.name))
            .arg("others", listed(before.iter().map(|other| &other.name)))
            .articles(cover.source.articles.clone())
            .about(cover.name.zh.clone())
            .witness(Claim::new(plan, &path).witness());
        for other in before {
            if let Some(place) = subject.places().part(&other.source, Part::Name) {
                finding = finding.label(place, "before");
            }
        }
        found.push(finding);
    }
}
