//! D109: years of the insurance that are no whole year, against what counts per year. D110: periods that do not fit.

use super::super::subject::{Subject, articles, named};
use super::{extent, term};
use crate::plan::{GroupKey, Limit, Part, Plan, Term as PlanTerm};
use crate::types;
use anlan_lang::diag::{Arg, Finding, codes};
use anlan_lang::tree::{self, ClauseKind, Date, Deadline, Period, Term};

/// A year of the term that is shorter than a year.
struct Partial {
    from: Date,
    /// Last day
    to: Date,
    months: i64,
}

/// D109: a limit for a year, and a first or last year of fewer months: is it in full for those months too?
pub(super) fn partial_year(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let Some(limit) = yearly(plan) else { return };
    if !subject.is_scheme() {
        return;
    }
    let Some(partial) = partials(plan).into_iter().next() else {
        return;
    };
    let Some((_, stated)) = term(subject) else { return };
    let mut finding = Finding::new(codes::D109, subject.at(stated.span))
        .arg("limit", named(&limit.name))
        .arg("from", Arg::Date(partial.from))
        .arg("to", Arg::Date(partial.to))
        .arg("months", Arg::Count(partial.months))
        .articles(articles(&stated.notes))
        .articles(limit.source.articles.clone());
    if let Some(place) = subject.places().part(&limit.source, Part::Name) {
        finding = finding.label(place, "limit");
    }
    found.push(finding);
}

/// The first limit of the scheme that counts per year.
fn yearly(plan: &Plan) -> Option<&Limit> {
    let counts = |limit: &&Limit| !limit.own && limit.keys.contains(&GroupKey::Year);
    plan.limits.iter().find(counts)
}

fn partials(plan: &Plan) -> Vec<Partial> {
    let calendar = &plan.calendar;
    if !matches!(calendar.term, PlanTerm::Fixed { end: Some(_), .. }) {
        return Vec::new();
    }
    let years = calendar.boundaries.iter().zip(calendar.boundaries.iter().skip(1));
    years.filter_map(|(from, below)| partial(*from, *below)).collect()
}

fn partial(from: Date, below: Date) -> Option<Partial> {
    let year = jiff::Span::new().try_years(1).ok()?;
    // 29 February begins a year that ends on 28 February.
    let whole = from.checked_add(year).ok()?;
    if below >= whole {
        return None;
    }
    let months = from.until((jiff::Unit::Month, below)).ok()?.get_months();
    Some(Partial {
        from,
        to: below.yesterday().ok()?,
        months: i64::from(months),
    })
}

/// D110: a review that comes after the insurance has ended; a deadline later than the next period's.
pub(super) fn unfitting(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    reviews(subject, found);
    let duties = subject.all(|kind| match kind {
        ClauseKind::Duty(duty) => Some(duty),
        _ => None,
    });
    for (duty, clause) in duties {
        let (Some((period, _)), Some(Deadline::AfterPeriod(after))) = (&duty.every, &duty.deadline) else {
            continue;
        };
        let Ok(days) = types::days(subject.scope.units(), after) else {
            continue;
        };
        let (most, id) = match period {
            Period::Month => (31, "period-month"),
            Period::Quarter => (92, "period-quarter"),
            Period::Year => (366, "period-year"),
        };
        if days > most && !subject.assumed(codes::D110, &clause.notes) {
            found.push(
                Finding::new(codes::D110, subject.at(after.span))
                    .arg("why", "deadline")
                    .arg("what", duty.what.text.as_str())
                    .arg("days", Arg::Count(days))
                    .arg("period", Arg::Message(id))
                    .articles(articles(&clause.notes))
                    .about(duty.what.text.clone()),
            );
        }
    }
}

fn reviews(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some((stated, term_clause)) = term(subject) else {
        return;
    };
    let renewable = matches!(stated, Term::Length { renewable: true, .. });
    let Some(length) = months(subject, stated).filter(|_| !renewable) else {
        return;
    };
    let reviews = subject.all(|kind| match kind {
        ClauseKind::Review(review) => Some(review),
        _ => None,
    });
    for (review, clause) in reviews {
        let Ok(every) = types::months(subject.scope.units(), &review.every) else {
            continue;
        };
        if every > length && !subject.assumed(codes::D110, &clause.notes) {
            found.push(
                Finding::new(codes::D110, subject.at(review.every.span))
                    .arg("why", "review")
                    .arg("what", review.what.text.as_str())
                    .arg("every", super::length(every))
                    .arg("term", super::length(length))
                    .label(subject.at(term_clause.span), "term")
                    .articles(articles(&clause.notes))
                    .about(review.what.text.clone()),
            );
        }
    }
}

/// The length of the term in months, the last one begun counted as whole.
fn months(subject: &Subject<'_>, term: &tree::Term) -> Option<i64> {
    let extent = extent(subject, term);
    if extent.months.is_some() {
        return extent.months;
    }
    let (first, last) = extent.first.zip(extent.last)?;
    let span = first.until((jiff::Unit::Month, last.tomorrow().ok()?)).ok()?;
    Some(i64::from(span.get_months()).saturating_add(i64::from(span.get_days() > 0)))
}
