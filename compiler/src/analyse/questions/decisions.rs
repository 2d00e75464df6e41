//! What a decision must say.

use super::super::subject::{Subject, articles};
use anlan_lang::diag::{Finding, codes};
use anlan_lang::tree::ClauseKind;

/// Q113: by whom. Q114: since when.
pub(super) fn open(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let decisions = subject.all(|kind| match kind {
        ClauseKind::Decision(decision) => Some(decision),
        _ => None,
    });
    for (decision, clause) in decisions {
        for (code, open) in [
            (codes::Q113, decision.by.is_none()),
            (codes::Q114, decision.effect.is_none()),
        ] {
            if open && !subject.assumed(code, &clause.notes) {
                found.push(
                    Finding::new(code, subject.at(decision.name.span))
                        .arg("decision", decision.name.text.as_str())
                        .articles(articles(&clause.notes))
                        .about(decision.name.text.clone()),
                );
            }
        }
    }
}
