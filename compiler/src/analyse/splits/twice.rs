//! P112: one payer, insurer or layer named twice where each should bear one part, under one name or two.

use super::super::subject::{Subject, articles};
use anlan_lang::diag::{Finding, codes};
use anlan_lang::tree::{Clause, ClauseKind, Name, Notes};

pub(super) fn named_twice(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for clause in subject.clauses() {
        for (what, names, notes) in lists(clause) {
            for (index, name) in names.iter().enumerate() {
                let body = subject.scope.body_name(&name.text);
                let first = names
                    .iter()
                    .take(index)
                    .find(|other| subject.scope.body_name(&other.text) == body);
                let Some(first) = first else { continue };
                found.push(
                    Finding::new(codes::P112, subject.at(name.span))
                        .arg("what", what)
                        .arg("name", name.text.as_str())
                        .arg("first", first.text.as_str())
                        .arg("same", if first.text == name.text { "yes" } else { "no" })
                        .label(subject.at(first.span), "first")
                        .articles(articles(notes))
                        .about(name.text.clone()),
                );
            }
        }
    }
}

/// Who bears one sum together, list by list: what the list divides, the names, and the notes beside it.
fn lists(clause: &Clause) -> Vec<(&'static str, Vec<&Name>, &Notes)> {
    match &clause.kind {
        ClauseKind::Premium(premium) => {
            let payers = premium.payers.iter().map(|(name, _, _)| name).collect();
            vec![("premium", payers, &clause.notes)]
        }
        ClauseKind::Split(split) => {
            let own = ("split", split.payers.iter().collect(), &clause.notes);
            let cases = split.overrides.iter().map(|(_, shares, notes)| {
                let payers = shares.iter().map(|(name, _)| name).collect();
                ("case", payers, notes)
            });
            std::iter::once(own).chain(cases).collect()
        }
        ClauseKind::Coinsurance(coinsurance) => {
            let insurers = coinsurance.insurers.iter().map(|insurer| &insurer.name).collect();
            vec![("insurers", insurers, &clause.notes)]
        }
        ClauseKind::Tower(tower) => {
            let layers = tower.layers.iter().map(|layer| &layer.name).collect();
            vec![("layers", layers, &clause.notes)]
        }
        _ => Vec::new(),
    }
}
