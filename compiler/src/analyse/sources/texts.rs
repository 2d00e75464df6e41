//! R108, R109: what the document's text leaves to other papers, and where it gives two amounts for one thing.

use super::super::questions::benefits::harms;
use super::super::subject::{Subject, articles};
use super::{citations, within};
use crate::types;
use anlan_lang::diag::{Arg, Finding, codes};
use anlan_lang::tree::{BenefitAmount, BenefitRow, ClauseKind, Expr, Schedule};

/// R108: rules that stand on an article whose text nobody had (`说明 @附件2 未收录 "…"`).
pub(super) fn not_at_hand(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let cited = citations(subject, true);
    let clauses = subject.all(|kind| match kind {
        ClauseKind::Prose {
            articles,
            included: false,
            ..
        } => Some(articles),
        _ => None,
    });
    for (absent, _) in clauses {
        for article in absent {
            let mut standing = cited.iter().filter(|cited| within(&cited.text, &article.text));
            let Some(first) = standing.next() else { continue };
            let count = standing.count().saturating_add(1);
            found.push(
                Finding::new(codes::R108, subject.at(article.span))
                    .arg("article", article.text.as_str())
                    .arg("count", Arg::Count(i64::try_from(count).unwrap_or(i64::MAX)))
                    .label(subject.at(first.span), "cited")
                    .articles([article.text.clone()])
                    .about(article.text.clone()),
            );
        }
    }
}

/// R109: a schedule takes over another one and changes an amount, and both amounts are said by one article: its text
/// and its table, or two of its sentences, differ.
pub(super) fn two_amounts(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let schedules: Vec<_> = subject
        .all(|kind| match kind {
            ClauseKind::Schedule(schedule) => Some(schedule),
            _ => None,
        })
        .collect();
    for (schedule, _) in &schedules {
        let Some(like) = &schedule.like else { continue };
        let Some((base, clause)) = schedules.iter().find(|(base, _)| base.name.text == like.text) else {
            continue;
        };
        for row in &schedule.rows {
            let Some((of_base, amount, other)) = changed(subject, base, row) else {
                continue;
            };
            let stated = if of_base.notes.articles.is_empty() {
                &clause.notes
            } else {
                &of_base.notes
            };
            let shared = |whole: &String| row.notes.articles.iter().any(|part| within(&part.text, whole));
            let Some(article) = articles(stated).into_iter().find(shared) else {
                continue;
            };
            if subject.assumed(codes::R109, &row.notes) {
                continue;
            }
            found.push(
                Finding::new(codes::R109, subject.at(row.span))
                    .arg("schedule", schedule.name.text.as_str())
                    .arg("base", base.name.text.as_str())
                    .arg("article", article.as_str())
                    .arg("harm", harms(subject, row))
                    .arg("amount", Arg::Money(amount))
                    .arg("other", Arg::Money(other))
                    .label(subject.at(of_base.span), "base")
                    .articles(articles(stated))
                    .articles(articles(&row.notes))
                    .about(schedule.name.text.clone()),
            );
        }
    }
}

/// The row of the base for the same harms where it states another amount, with both amounts in 分.
fn changed<'a>(subject: &Subject<'_>, base: &'a Schedule, row: &BenefitRow) -> Option<(&'a BenefitRow, i64, i64)> {
    let harms = |row: &BenefitRow| row.harms.iter().map(|harm| harm.text.clone()).collect::<Vec<_>>();
    let of_base = base
        .rows
        .iter()
        .find(|other| other.combined == row.combined && harms(other) == harms(row))?;
    let (amount, other) = (stated(subject, row)?, stated(subject, of_base)?);
    (amount != other).then_some((of_base, amount, other))
}

/// A plain amount, in 分.
fn stated(subject: &Subject<'_>, row: &BenefitRow) -> Option<i64> {
    match &row.amount {
        Some(BenefitAmount::Fixed(Expr::Quantity(quantity))) => {
            types::money(subject.scope.units(), quantity).ok().map(|fen| fen.0)
        }
        _ => None,
    }
}
