//! Rows by the values of a domain: none missing, none twice, none in vain, none that pays a worse grade less.

use super::super::subject::{Subject, articles};
use super::{Written, by_values, column, figure, key_worded, value_named, values};
use crate::plan::ValueId;
use crate::resolve::id;
use anlan_lang::diag::{Arg, Finding, codes};
use anlan_lang::keywords::Keyword;
use anlan_lang::texts::Language;
use anlan_lang::tree::{ClauseKind, Name, Order, RowKey, TableRow};
use std::collections::{BTreeMap, BTreeSet};

/// T101, T102, T103.
pub(super) fn keys(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for table in by_values(subject) {
        let mut first: BTreeMap<ValueId, &TableRow> = BTreeMap::new();
        let mut otherwise = None;
        let mut unknown = false;
        for row in table.rows {
            if let RowKey::Otherwise(_) = row.key {
                otherwise = Some(row);
                continue;
            }
            let Some(values) = values(table.domain, &row.key) else {
                // A name that the names pass has reported, or an interval: completeness cannot be told.
                unknown = true;
                continue;
            };
            let twice: Vec<ValueId> = values.iter().copied().filter(|v| first.contains_key(v)).collect();
            if let Some(earlier) = twice.first().and_then(|value| first.get(value)) {
                found.push(repeated(subject, &table, row, earlier, &twice));
            }
            for value in values {
                first.entry(value).or_insert(row);
            }
        }
        let missing: Vec<ValueId> = required(subject, &table)
            .into_iter()
            .filter(|value| !first.contains_key(value))
            .collect();
        match otherwise {
            _ if unknown => {}
            None if !missing.is_empty() => {
                let names = missing.iter().map(|value| value_named(table.domain, *value)).collect();
                found.push(
                    Finding::new(codes::T101, subject.at(table.name.span))
                        .arg("table", table.name.text.as_str())
                        .arg("missing", Arg::List(names))
                        .articles(cited(subject, &table))
                        .about(table.name.text.clone()),
                );
            }
            Some(row) if missing.is_empty() => found.push(
                Finding::new(codes::T103, subject.at(row.span))
                    .arg("table", table.name.text.as_str())
                    .articles(articles(&row.notes))
                    .about(table.name.text.clone()),
            ),
            _ => {}
        }
    }
}

fn repeated(
    subject: &Subject<'_>,
    table: &Written<'_>,
    row: &TableRow,
    earlier: &TableRow,
    twice: &[ValueId],
) -> Finding {
    let names = twice.iter().map(|value| value_named(table.domain, *value)).collect();
    Finding::new(codes::T102, subject.at(row.span))
        .arg("table", table.name.text.as_str())
        .arg("value", Arg::List(names))
        .label(subject.at(earlier.span), "first")
        .articles(articles(&row.notes))
        .about(table.name.text.clone())
}

/// T102 for a class that has two sums insured.
pub(super) fn sums(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let stated = subject.all(|kind| match kind {
        ClauseKind::SumInsured(sum) => Some(sum),
        _ => None,
    });
    for (sum, clause) in stated {
        let scope = subject.scope;
        let fact = sum.by.as_ref().and_then(|by| scope.fact_named(&by.text));
        let domain = fact.and_then(|fact| scope.domain_of(fact));
        let Some(domain) = domain.and_then(|domain| scope.domain(domain)) else {
            continue;
        };
        let mut first: BTreeMap<ValueId, &Name> = BTreeMap::new();
        for (class, _, notes) in &sum.bases {
            let Some(value) = domain.value(&class.text) else {
                continue;
            };
            let Some(earlier) = first.insert(value, class) else {
                continue;
            };
            first.insert(value, earlier);
            let form = |language| Keyword::SumInsured.form(language).to_owned();
            let table = Arg::Names {
                zh: form(Language::Zh),
                en: form(Language::En),
            };
            found.push(
                Finding::new(codes::T102, subject.at(class.span))
                    .arg("table", table)
                    .arg("value", Arg::List(vec![value_named(domain, value)]))
                    .label(subject.at(earlier.span), "first")
                    .articles(articles(notes))
                    .articles(articles(&clause.notes)),
            );
        }
    }
}

/// The articles of the clause that holds the table.
fn cited(subject: &Subject<'_>, table: &Written<'_>) -> Vec<String> {
    subject
        .clauses()
        .iter()
        .find(|clause| clause.span.start == table.span.start)
        .map(|clause| articles(&clause.notes))
        .unwrap_or_default()
}

/// The values that need a row: of regions those of the territory, of perils those that some cover names, of all
/// other domains every value that has none below it.
fn required(subject: &Subject<'_>, table: &Written<'_>) -> Vec<ValueId> {
    let domain = table.domain;
    let fact = table
        .fact
        .and_then(|fact| subject.scope.fact(fact))
        .map(|fact| fact.fact.id.as_str());
    let wanted: Option<BTreeSet<ValueId>> = match fact {
        Some(id::REGION) => Some(subject.scope.territory().iter().copied().collect()),
        Some(id::PERIL) => Some(
            subject
                .plan()
                .covers
                .iter()
                .flat_map(|cover| &cover.peril_words)
                .flat_map(|word| word.values.iter().copied())
                .collect(),
        ),
        _ => None,
    };
    let inner: BTreeSet<ValueId> = domain.ids().filter_map(|value| domain.parent(value)).collect();
    domain
        .ids()
        .filter(|value| !inner.contains(value) && wanted.as_ref().is_none_or(|wanted| wanted.contains(value)))
        .collect()
}

/// T106: along an ordered domain, a worse grade gets less than the next milder one.
pub(super) fn worse_pays_less(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for table in by_values(subject) {
        let Some(order) = table.domain.domain.order else {
            continue;
        };
        let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        for index in 0..columns {
            found.extend(inversions(subject, &table, order, index));
        }
    }
}

/// The rows of a table with their gravest value first, and the cell of one column.
pub(super) fn graded<'a>(
    subject: &Subject<'_>,
    table: &Written<'a>,
    order: Order,
    index: usize,
) -> Vec<(&'a TableRow, super::Figure)> {
    let mut rows: Vec<(ValueId, &TableRow, super::Figure)> = table
        .rows
        .iter()
        .filter_map(|row| {
            let first = values(table.domain, &row.key)?.into_iter().min()?;
            Some((first, row, figure(subject.scope, row.cells.get(index)?)?))
        })
        .collect();
    rows.sort_by_key(|(first, _, _)| *first);
    if order == Order::WorstLast {
        rows.reverse();
    }
    rows.into_iter().map(|(_, row, figure)| (row, figure)).collect()
}

fn inversions(subject: &Subject<'_>, table: &Written<'_>, order: Order, index: usize) -> Vec<Finding> {
    let rows = graded(subject, table, order, index);
    rows.iter()
        .zip(rows.iter().skip(1))
        .filter(|((_, worse), (_, milder))| worse.value < milder.value)
        .map(|((worse_row, worse), (milder_row, milder))| {
            let cell = |row: &TableRow| row.cells.get(index).map_or(row.span, |cell| cell.span());
            Finding::new(codes::T106, subject.at(cell(worse_row)))
                .arg("table", table.name.text.as_str())
                .arg("column", column(table, index))
                .arg("worse", key_worded(&worse_row.key))
                .arg("less", worse.arg())
                .arg("better", key_worded(&milder_row.key))
                .arg("more", milder.arg())
                .label(subject.at(cell(milder_row)), "better")
                .articles(articles(&worse_row.notes))
                .about(table.name.text.clone())
        })
        .collect()
}
