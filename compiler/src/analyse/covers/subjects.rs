//! C118: what is insured (`保险标的`) against what the covers pay for.

use super::super::maximum::Kind;
use super::super::payable::{harm, is_property};
use super::super::subject::{Subject, articles, named};
use super::super::witness::dearest;
use crate::plan::{BenefitKind, ValueId};
use crate::resolve::{DomainScope, id};
use anlan_lang::diag::{Arg, Finding, codes};
use anlan_lang::tree::{ClauseKind, ListEnding, Name};
use std::collections::BTreeSet;

pub(super) fn against_harms(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let scope = subject.scope;
    let plan = subject.plan();
    let Some(harms) = scope.domain_named(id::HARM).and_then(|domain| scope.domain(domain)) else {
        return;
    };
    let paid: BTreeSet<ValueId> = plan
        .benefits
        .iter()
        .filter(|benefit| benefit.kind != BenefitKind::Nothing)
        .map(|benefit| benefit.harm)
        .collect();
    let subjects = subject.all(|kind| match kind {
        ClauseKind::Subject { items, ending } => Some((items, ending)),
        _ => None,
    });
    for ((items, ending), clause) in subjects {
        if !subject.is_scheme() {
            continue;
        }
        let answered = || subject.assumed(codes::C118, &clause.notes);
        let report = |item: &Name, why: &'static str| {
            Finding::new(codes::C118, subject.at(item.span))
                .arg("item", item.text.as_str())
                .arg("why", why)
                .labelled(why)
                .articles(articles(&clause.notes))
                .about(item.text.clone())
        };
        let mut meant: BTreeSet<ValueId> = BTreeSet::new();
        let mut unknown = false;
        for item in items {
            match harms_of(subject, harms, item) {
                None => {
                    unknown = true;
                    if !answered() {
                        found.push(report(item, "unknown"));
                    }
                }
                Some(of_item) => {
                    if !of_item.iter().any(|harm| paid.contains(harm)) && !answered() {
                        found.push(report(item, "unpaid"));
                    }
                    meant.extend(of_item);
                }
            }
        }
        let closed = matches!(ending, ListEnding::Closed(_) | ListEnding::Counted(_));
        let outside: Vec<ValueId> = paid.difference(&meant).copied().collect();
        if closed
            && !unknown
            && !outside.is_empty()
            && let Some(last) = items.last()
            && !answered()
        {
            let names = outside.iter().filter_map(|harm| harms.get(*harm));
            let paid = |kind: &Kind| outside.contains(&kind.harm);
            found.push(
                report(last, "outside")
                    .arg("harms", Arg::List(names.map(|harm| named(&harm.name)).collect()))
                    .witness(dearest(subject, paid, |shown| shown.paid > 0)),
            );
        }
    }
}

/// The harms that an insured thing can suffer: its own, or all to persons or to property.
fn harms_of(subject: &Subject<'_>, harms: &DomainScope, item: &Name) -> Option<Vec<ValueId>> {
    if let Some(harm) = harms.value(&item.text) {
        return Some(harms.descendants(harm));
    }
    let plan = subject.plan();
    match item.text.as_str() {
        "财产" | "property" => Some(harms.ids().filter(|harm| is_property(plan, *harm)).collect()),
        // Water and relief are aid to persons, and no harm to life or limb.
        "人身" | "人身伤亡" | "persons" => {
            let named = [harm::DEATH, harm::DISABILITY, harm::MEDICAL];
            Some(named.iter().filter_map(|id| harms.value(id)).collect())
        }
        _ => None,
    }
}
