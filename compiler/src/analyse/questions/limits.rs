//! What a limit must say.

use super::super::limits::encloses_covers;
use super::super::subject::{Subject, articles, named};
use crate::plan::{GroupKey, Limit, Part, Plan};
use crate::resolve::id;
use anlan_lang::diag::{Finding, codes};
use anlan_lang::tree::{self, ClauseKind, Property};

fn written<'a>(subject: &Subject<'a>, limit: &Limit) -> Option<(&'a tree::Limit, &'a tree::Clause)> {
    subject
        .all(|kind| match kind {
            ClauseKind::Limit(written) if written.name.text == limit.name.zh => Some(written.as_ref()),
            _ => None,
        })
        .last()
}

/// Q103: who is cut when the limit runs out.
pub(super) fn exhaustion(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let open = |limit: &&Limit| !limit.own && !limit.exhaustion_stated && !alone(plan, limit);
    for limit in plan.limits.iter().filter(open) {
        found.push(
            Finding::new(codes::Q103, subject.part(&limit.source, Part::Name))
                .arg("limit", named(&limit.name))
                .articles(limit.source.articles.clone())
                .about(limit.name.zh.clone()),
        );
    }
}

/// Each claim has the limit for itself, so nobody competes for it.
fn alone(plan: &Plan, limit: &Limit) -> bool {
    limit.keys.iter().any(|key| match key {
        GroupKey::Fact(fact) => plan.facts.get(fact.index()).is_some_and(|f| f.id == id::CLAIM),
        GroupKey::Year => false,
    })
}

/// Q105: a limit over some covers beside one over more of them: part of it, or in addition?
pub(super) fn inside_or_besides(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    for limit in plan.limits.iter().filter(|limit| !limit.own && limit.within.is_none()) {
        let Some((inner, clause)) = written(subject, limit) else {
            continue;
        };
        if inner.within.is_some() {
            continue;
        }
        let outer = plan
            .limits
            .iter()
            .find(|outer| !outer.own && encloses_covers(plan, limit, outer));
        let Some(outer) = outer else { continue };
        if subject.assumed(codes::Q105, &clause.notes) {
            continue;
        }
        let mut finding = Finding::new(codes::Q105, subject.part(&limit.source, Part::Name))
            .arg("limit", named(&limit.name))
            .arg("outer", named(&outer.name))
            .articles(limit.source.articles.clone())
            .articles(outer.source.articles.clone())
            .about(limit.name.zh.clone());
        if let Some(place) = subject.places().part(&outer.source, Part::Name) {
            finding = finding.label(place, "outer");
        }
        found.push(finding);
    }
}

/// Q119: a limit without keys, or what a framework requires of one or of what can be paid.
pub(super) fn bare_limit(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let limits = subject.all(|kind| match kind {
        ClauseKind::Limit(limit) => Some(limit),
        _ => None,
    });
    for (limit, clause) in limits {
        if limit.keys.is_empty() {
            found.push(
                Finding::new(codes::Q119, subject.at(limit.name.span))
                    .arg("what", "limit")
                    .arg("limit", limit.name.text.as_str())
                    .articles(articles(&clause.notes))
                    .about(limit.name.text.clone()),
            );
        }
    }
    let requirements = subject.all(|kind| match kind {
        ClauseKind::Require(requirement) => Some(requirement),
        _ => None,
    });
    for (requirement, clause) in requirements {
        let bare = match &requirement.property {
            Property::Payable { keys, .. } | Property::LimitTotal { keys, .. } => keys.is_empty(),
            _ => false,
        };
        if bare {
            found.push(
                Finding::new(codes::Q119, subject.at(clause.span))
                    .arg("what", "requirement")
                    .arg("limit", "")
                    .articles(articles(&clause.notes)),
            );
        }
    }
}
