//! Who receives a benefit, and by which standard it is graded.

use super::super::payable::{harm, value_named};
use super::super::subject::{Subject, named};
use crate::plan::{BenefitKind, Fact, FactId, FactKind, Plan};
use crate::resolve::id;
use anlan_lang::diag::{Finding, codes};
use std::collections::BTreeSet;

/// Q122: a death benefit whose receiver the document does not name. Whoever was hurt cannot receive it.
pub(super) fn beneficiary(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let Some(death) = value_named(plan, id::HARM, harm::DEATH).filter(|_| subject.is_scheme()) else {
        return;
    };
    let named = |harms: &Vec<_>| harms.is_empty() || harms.contains(&death);
    if plan.statement.beneficiaries.iter().any(|(_, harms, _)| named(harms)) {
        return;
    }
    let paid = plan
        .benefits
        .iter()
        .find(|benefit| benefit.harm == death && benefit.kind != BenefitKind::Nothing);
    if let Some(benefit) = paid {
        found.push(Finding::new(codes::Q122, subject.of(&benefit.source)).articles(benefit.source.articles.clone()));
    }
}

/// Q123: a benefit follows a grade, and nothing says by which standard. Q124: a standard without its edition.
pub(super) fn standards(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    if !subject.is_scheme() {
        return;
    }
    let read: BTreeSet<FactId> = plan
        .benefits
        .iter()
        .flat_map(|benefit| plan.diagrams.support(benefit.root))
        .collect();
    for fact in read {
        let Some(graded) = plan.facts.get(fact.index()).filter(|fact| is_graded(plan, fact)) else {
            continue;
        };
        let stated = plan.statement.standards.iter().find(|(of, _, _)| *of == fact);
        let (code, source, text) = match stated {
            Some((_, text, source)) if !has_year(text) => (codes::Q124, source, text.as_str()),
            Some(_) => continue,
            None => {
                let reads = |benefit: &&crate::plan::Benefit| plan.diagrams.support(benefit.root).contains(&fact);
                let Some(benefit) = plan.benefits.iter().find(reads) else {
                    continue;
                };
                (codes::Q123, &benefit.source, "")
            }
        };
        let finding = Finding::new(code, subject.of(source))
            .arg("fact", named(&graded.name))
            .arg("standard", text)
            .articles(source.articles.clone())
            .about(graded.name.zh.clone());
        found.push(finding);
    }
}

/// Its values are grades.
fn is_graded(plan: &Plan, fact: &Fact) -> bool {
    match fact.kind {
        FactKind::Enumeration { domain, .. } => plan
            .domains
            .get(domain.index())
            .is_some_and(|domain| domain.order.is_some()),
        _ => false,
    }
}

/// Whether the text holds a year: four digits in a row that begin with 19 or 20.
fn has_year(text: &str) -> bool {
    let digits: Vec<char> = text.chars().collect();
    digits
        .windows(4)
        .any(|four| four.iter().all(char::is_ascii_digit) && matches!(four, ['1', '9', ..] | ['2', '0', ..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_is_a_year() {
        assert!(has_year("JR/T 0083—2013"));
        assert!(!has_year("JR/T 0083"));
        assert!(!has_year("人身保险伤残评定标准"));
    }
}
