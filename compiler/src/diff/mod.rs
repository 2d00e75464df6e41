//! What changed in meaning between two versions of a scheme: plan against plan, never text against text.
//!
//! | part | what it does |
//! |---|---|
//! | [`align`] | facts, values and classes of both plans as one vocabulary |
//! | [`names`] | what only changed its name |
//! | [`store`] | diagrams over the joint facts, with a budget; canonical boxes |
//! | [`formula`], [`money`] | amounts and payments without the indices of their plan |
//! | [`compare`] | where two payments differ, and by how much at most |
//! | [`payments`] | what every claim is paid in each version, as a diagram |
//! | [`regions`], [`witness`] | where that changed, with a claim that `eval` reproduces in both versions |
//! | [`hidden`] | what payments of single claims cannot show |
//! | [`canonical`] | a plan whose lines can be compared |
//! | [`items`] | the rest, fact by fact: limits, premium, shares, duties … |
//! | [`claims`] | real claims settled by both versions |
//! | [`topics`] | regions that differ in harm and grade alone as one table |
//! | [`report`], [`words`], [`markdown`], [`html`] | the difference in words, and its formats |

mod align;
mod canonical;
pub mod claims;
mod compare;
mod formula;
mod hidden;
pub mod html;
mod items;
pub mod markdown;
mod model;
mod money;
mod names;
mod payments;
mod regions;
pub mod report;
mod store;
mod topics;
mod witness;
mod words;

#[cfg(test)]
mod tests;

pub use claims::ClaimsDifference;
pub use model::{Difference, FindingChange, RegionKind};
pub use names::{NamedKind, Renaming};
pub use report::{Report, report};

use crate::plan::diagram::OverBudget;
use crate::plan::{Names, Plan};
use crate::summarise::words::Words;
use anlan_lang::diag::Finding;
use anlan_lang::texts::Language;
use payments::Payments;
use std::collections::HashMap;

/// What a language calls a value of a plan.
pub fn named(plan: &Plan, names: &Names, language: Language) -> String {
    Words { plan, language }.names(names)
}

/// One version: its plan, and what `check` says of it.
#[derive(Debug, Clone)]
pub struct Version<'a> {
    pub plan: &'a Plan,
    pub findings: Vec<&'a Finding>,
}

/// Everything that differs between two versions.
pub fn difference(old: &Version, new: &Version) -> Difference {
    let mut difference = match of_plans(old.plan, new.plan) {
        Ok(difference) => difference,
        Err(over) => Difference {
            over_budget: Some(over.budget),
            ..Difference::default()
        },
    };
    difference.findings = findings(old, new, &difference.renamed);
    difference
}

fn of_plans(old: &Plan, new: &Plan) -> Result<Difference, OverBudget> {
    let mut payments = Payments::new(old, new)?;
    let (regions, moved) = regions::regions(&mut payments)?;
    let all: Vec<&model::Region> = regions.iter().chain(&moved).collect();
    let hidden = hidden::hidden(&mut payments, &all);
    Ok(Difference {
        facts: payments.align.facts,
        covers: payments.covers,
        renamed: payments.names.list,
        regions,
        moved,
        hidden,
        findings: Vec::new(),
        over_budget: None,
    })
}

/// Findings that only one version has, by code and what they are about.
fn findings(old: &Version, new: &Version, renamed: &[Renaming]) -> Vec<FindingChange> {
    let key = |finding: &Finding, rename: bool| {
        let about = |name: &String| {
            let found = renamed.iter().find(|r| rename && r.old == *name);
            found.map_or_else(|| name.clone(), |r| r.new.clone())
        };
        let mut about: Vec<String> = finding.about.iter().map(about).collect();
        about.sort_unstable();
        (finding.code, about, finding.acknowledged.is_some())
    };
    let olds: Vec<_> = old.findings.iter().map(|f| key(f, true)).collect();
    let news: Vec<_> = new.findings.iter().map(|f| key(f, false)).collect();
    let only = |these: &[&Finding], own: &[_], others: &[_], appears: bool| -> Vec<FindingChange> {
        let mut left: HashMap<&_, usize> = HashMap::new();
        for other in others {
            *left.entry(other).or_default() += 1;
        }
        let mut found = Vec::new();
        for (finding, key) in these.iter().zip(own) {
            match left.get_mut(key) {
                Some(count) if *count > 0 => *count -= 1,
                _ => found.push(FindingChange {
                    finding: (*finding).clone(),
                    appears,
                }),
            }
        }
        found
    };
    let mut all = only(&new.findings, &news, &olds, true);
    all.extend(only(&old.findings, &olds, &news, false));
    all.sort_by(|a, b| (b.finding.severity, a.finding.code).cmp(&(a.finding.severity, b.finding.code)));
    all
}
