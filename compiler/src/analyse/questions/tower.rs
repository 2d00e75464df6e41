//! What a tower of layers must say.

use super::super::subject::{Subject, articles};
use anlan_lang::diag::{Finding, codes};
use anlan_lang::tree::ClauseKind;

/// Q150: what becomes of a loss above the layers. Q151: per what the layers count.
pub(super) fn tower(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let towers = subject.all(|kind| match kind {
        ClauseKind::Tower(tower) => Some(tower),
        _ => None,
    });
    for (written, clause) in towers {
        let ask = |code| Finding::new(code, subject.at(written.span)).articles(articles(&clause.notes));
        if written.keys.is_empty() {
            found.push(ask(codes::Q151));
        }
        // A limit over the same keys bounds the loss; whether the layers reach it is K102.
        let bounded = plan.tower.as_ref().is_some_and(|tower| {
            let whole = |limit: &crate::plan::Limit| limit.filter == crate::plan::Filter::default();
            plan.limits
                .iter()
                .any(|limit| !limit.own && whole(limit) && limit.keys == tower.keys)
        });
        if written.shortfall.is_none() && !bounded {
            found.push(ask(codes::Q150));
        }
    }
}
