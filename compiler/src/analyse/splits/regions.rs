//! P104, P105: every part of the territory stands in exactly one row of a split.

use super::super::subject::{Subject, articles, named};
use crate::plan::ValueId;
use crate::resolve::{DomainScope, id};
use anlan_lang::diag::{Arg, Finding, Place, codes};
use anlan_lang::tree::{ClauseKind, Name, Split};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn placed(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let splits = subject.all(|kind| match kind {
        ClauseKind::Split(split) => Some(split),
        _ => None,
    });
    for (split, clause) in splits {
        let scope = subject.scope;
        let Some(fact) = scope.fact_named(&split.by.text) else {
            continue;
        };
        let Some(domain) = scope.domain_of(fact).and_then(|domain| scope.domain(domain)) else {
            continue;
        };
        let territory = (scope.fact(fact).is_some_and(|f| f.fact.id == id::REGION)).then(|| territory(subject));
        // Without a stated territory nothing is known to be missing or outside.
        if let Some(None) = territory {
            continue;
        }
        let territory = territory.flatten();
        let inside: BTreeSet<ValueId> = match territory {
            Some(_) => scope.territory().iter().copied().collect(),
            None => domain.ids().collect(),
        };
        let mut first: BTreeMap<ValueId, &Name> = BTreeMap::new();
        let mut unknown = false;
        for (region, row) in split
            .rows
            .iter()
            .flat_map(|row| row.regions.iter().map(move |r| (r, row)))
        {
            let Some(value) = domain.value(&region.text) else {
                unknown = true;
                continue;
            };
            // A region outside the territory is unknown to the names pass.
            if let Some(earlier) = domain.descendants(value).iter().find_map(|v| first.get(v)) {
                found.push(
                    report(subject, codes::P105, region, split)
                        .arg("region", word(domain, value))
                        .label(subject.at(earlier.span), "first")
                        .articles(articles(&row.notes)),
                );
            }
            for value in domain.descendants(value) {
                first.entry(value).or_insert(region);
            }
        }
        let missing = missing(domain, &inside, &first);
        if !unknown && !missing.is_empty() {
            let names = missing.iter().map(|value| word(domain, *value)).collect();
            let mut finding = report(subject, codes::P104, &split.name, split)
                .arg("missing", Arg::List(names))
                .articles(articles(&clause.notes));
            if let Some(place) = territory {
                finding = finding.label(place, "territory");
            }
            found.push(finding);
        }
    }
}

/// Where the territory is stated.
fn territory(subject: &Subject<'_>) -> Option<Place> {
    let stated = subject.all(|kind| matches!(kind, ClauseKind::Territory { .. }).then_some(()));
    stated.map(|((), clause)| subject.at(clause.span)).last()
}

fn report(subject: &Subject<'_>, code: anlan_lang::diag::Code, name: &Name, split: &Split) -> Finding {
    Finding::new(code, subject.at(name.span))
        .arg("split", split.name.text.as_str())
        .about(split.name.text.clone())
}

/// The smallest parts of what is inside that no row names, neither themselves nor with what they lie in.
fn missing(domain: &DomainScope, inside: &BTreeSet<ValueId>, placed: &BTreeMap<ValueId, &Name>) -> Vec<ValueId> {
    let wider: BTreeSet<ValueId> = inside.iter().filter_map(|value| domain.parent(*value)).collect();
    inside
        .iter()
        .copied()
        .filter(|value| !wider.contains(value) && !placed.contains_key(value))
        .collect()
}

fn word(domain: &DomainScope, value: ValueId) -> Arg {
    domain.get(value).map_or_else(|| "".into(), |value| named(&value.name))
}
