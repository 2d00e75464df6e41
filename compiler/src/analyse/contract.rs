//! Which contract a finding is about, and which of its clauses make it.

use super::framework::set_by_contract;
use super::subject::Subject;
use crate::plan::diagram::Leaf;
use crate::plan::reads::Reads;
use crate::plan::{LimitRule, ParameterId, Source};
use anlan_lang::diag::{Args, Finding, Place};
use std::collections::BTreeSet;

/// Labels what a contract sets where the finding stands on it, or else the contract's name: two contracts of one scheme
/// may be found wanting at one place.
pub(super) fn named(subject: &Subject<'_>, finding: &mut Finding) {
    let name = || Args::from([("contract", subject.scope.name().into())]);
    let mut places: Vec<Place> = Vec::new();
    for parameter in parameters(subject, finding) {
        let one = set_by_contract(subject, BTreeSet::from([parameter]));
        places.extend(one.filter(|place| !shown(finding, *place)));
    }
    let own = |finding: &Finding| finding.primary.is_some_and(|place| place.file == subject.scope.file);
    let attribute = if places.is_empty() {
        "contract-bound"
    } else {
        "contract-sets"
    };
    if places.is_empty() && !own(finding) {
        places.extend(subject.head());
    }
    for place in places {
        *finding = std::mem::replace(finding, Finding::new(finding.code, None)).label_with(place, attribute, name());
    }
}

fn shown(finding: &Finding, place: Place) -> bool {
    finding.primary == Some(place) || finding.labels.iter().any(|label| label.place == place)
}

/// The parameters that the rows and limits read at which the finding points.
fn parameters(subject: &Subject<'_>, finding: &Finding) -> BTreeSet<ParameterId> {
    let plan = subject.plan();
    let at: Vec<Place> = finding
        .primary
        .into_iter()
        .chain(finding.labels.iter().map(|label| label.place))
        .collect();
    let pointed = |source: &Source| {
        subject
            .places()
            .of(source)
            .is_some_and(|item| at.iter().any(|place| inside(*place, item)))
    };
    let mut reads = Reads::new(plan);
    for benefit in plan.benefits.iter().filter(|benefit| pointed(&benefit.source)) {
        for leaf in plan.diagrams.leaves(benefit.root) {
            if let Leaf::Pays(pipeline) = leaf
                && let Some(pipeline) = plan.pipelines.get(pipeline.index())
            {
                reads.pipeline(pipeline);
            }
        }
    }
    for limit in plan.limits.iter().filter(|limit| pointed(&limit.source)) {
        if let LimitRule::UpTo(amount) | LimitRule::Less(amount) = &limit.rule {
            reads.amount(amount);
        }
    }
    reads.parameters
}

fn inside(place: Place, item: Place) -> bool {
    place.file == item.file && item.span.start <= place.span.start && place.span.end <= item.span.end
}
