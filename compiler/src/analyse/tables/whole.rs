//! Sums insured by class, and shares of a whole.

use super::super::subject::{Subject, articles};
use super::{figure, value_named};
use crate::money::Ratio;
use anlan_lang::diag::{Arg, Finding, codes};
use anlan_lang::tree::{ClauseKind, SumInsured};

/// T130: a cell of a table of shares that is more than the whole. Of a step (`赔付比例`) U107 says so.
pub(super) fn more_than_whole(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let tables = subject.all(|kind| match kind {
        ClauseKind::Table(table) => Some(table.as_ref()),
        _ => None,
    });
    for (table, clause) in tables {
        for row in &table.rows {
            for cell in &row.cells {
                let share = figure(subject.scope, cell).filter(|figure| !figure.money && figure.value > Ratio::ONE);
                if let Some(share) = share {
                    found.push(
                        Finding::new(codes::T130, subject.at(cell.span()))
                            .arg("table", table.name.text.as_str())
                            .arg("share", share.arg())
                            .articles(articles(&row.notes))
                            .articles(articles(&clause.notes))
                            .about(table.name.text.clone()),
                    );
                }
            }
        }
    }
}

fn sums<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a SumInsured> {
    let sums = subject.all(|kind| match kind {
        ClauseKind::SumInsured(sum) => Some(sum.as_ref()),
        _ => None,
    });
    sums.map(|(sum, _)| sum)
}

/// T131: a class without a base sum.
pub(super) fn class_without_sum(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let scope = subject.scope;
    for sum in sums(subject) {
        let fact = sum.by.as_ref().and_then(|by| scope.fact_named(&by.text));
        let Some(domain) = fact.and_then(|fact| scope.domain(scope.domain_of(fact)?)) else {
            continue;
        };
        let named: Option<Vec<_>> = sum.bases.iter().map(|(name, ..)| domain.value(&name.text)).collect();
        // A name that the names pass has reported: completeness cannot be told.
        let Some(named) = named else { continue };
        let covered: Vec<_> = named.iter().flat_map(|value| domain.descendants(*value)).collect();
        let missing: Vec<Arg> = domain
            .ids()
            .filter(|value| domain.descendants(*value).len() == 1 && !covered.contains(value))
            .map(|value| value_named(domain, value))
            .collect();
        if !missing.is_empty() && !sum.bases.is_empty() {
            found.push(Finding::new(codes::T131, subject.at(sum.span)).arg("missing", Arg::List(missing)));
        }
    }
}

/// T132: the highest sum is below a base sum.
pub(super) fn highest_below_base(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for sum in sums(subject) {
        let Some((most, _, notes)) = &sum.at_most else { continue };
        let Some(highest) = figure(subject.scope, most).filter(|figure| figure.money) else {
            continue;
        };
        let above = sum.bases.iter().find_map(|(name, base, _)| {
            let base = figure(subject.scope, base).filter(|base| base.money && base.value > highest.value)?;
            Some((name, base))
        });
        if let Some((name, base)) = above {
            found.push(
                Finding::new(codes::T132, subject.at(most.span()))
                    .arg("most", highest.arg())
                    .arg("class", name.text.as_str())
                    .arg("base", base.arg())
                    .label(subject.at(name.span), "base")
                    .articles(articles(notes)),
            );
        }
    }
}
