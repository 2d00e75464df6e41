//! Family D: the document's life, the term, and dated amounts.

mod years;

use super::Rule;
use super::subject::{Subject, articles};
use crate::plan::Term as PlanTerm;
use crate::types;
use anlan_lang::diag::{Arg, Finding, codes};
use anlan_lang::texts::{Language, text};
use anlan_lang::tree::{self, Clause, ClauseKind, Date, Document, Span, Term};

pub(super) const RULES: &[Rule] = &[
    Rule::of(&[codes::D101, codes::D102], document_life),
    Rule::of(&[codes::D103, codes::D104], term_and_validity),
    Rule::of(&[codes::D105], retroactive),
    Rule::of(&[codes::D106], repeals_itself),
    Rule::of(&[codes::D107], deadline_before_issue),
    Rule::of(&[codes::D108], dated_in_vain),
    Rule::sound(&[codes::D109], years::partial_year),
    Rule::of(&[codes::D110], years::unfitting),
    Rule::of(&[codes::D111], no_first_day),
    Rule::of(&[codes::D112], before_framework),
];

fn document<'a>(subject: &Subject<'a>) -> Option<(&'a Document, &'a Clause)> {
    subject
        .all(|kind| match kind {
            ClauseKind::Document(document) => Some(document),
            _ => None,
        })
        .last()
}

/// A day and where it is written.
type Day = (Date, Span);

/// The first day on which the document applies.
fn begins(document: &Document) -> Option<Day> {
    document.effective.or(document.issued)
}

/// D101: in force before it was issued. D102: ends before it begins.
fn document_life(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some((document, clause)) = document(subject) else {
        return;
    };
    if let (Some((issued, at)), Some((effective, span))) = (document.issued, document.effective)
        && effective < issued
    {
        found.push(
            Finding::new(codes::D101, subject.at(span))
                .arg("effective", Arg::Date(effective))
                .arg("issued", Arg::Date(issued))
                .label(subject.at(at), "issued")
                .articles(articles(&clause.notes)),
        );
    }
    if let (Some((begin, _)), Some((end, span))) = (begins(document), document.valid_until)
        && end < begin
    {
        found.push(
            Finding::new(codes::D102, subject.at(span))
                .arg("begin", Arg::Date(begin))
                .arg("end", Arg::Date(end))
                .articles(articles(&clause.notes)),
        );
    }
}

/// D111: the document does not say since when it is in force.
fn no_first_day(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    if let Some((document, clause)) = document(subject)
        && document.effective.is_none()
        && !subject.is_contract()
        && !subject.assumed(codes::D111, &clause.notes)
    {
        found.push(
            Finding::new(codes::D111, subject.at(clause.span))
                .arg("document", document.number.text.as_str())
                .articles(articles(&clause.notes)),
        );
    }
}

/// D112: the document is in force, and nothing says that it insures later, before a framework that it conforms to.
fn before_framework(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some((document, clause)) = document(subject).filter(|_| subject.is_scheme()) else {
        return;
    };
    let Some((effective, span)) = document.effective else {
        return;
    };
    let insures = match &subject.plan().calendar.term {
        PlanTerm::Fixed { start, .. } => effective.max(*start),
        _ => effective,
    };
    for framework in subject.scope.frameworks() {
        let mut theirs = framework.clauses().iter().filter_map(|clause| match &clause.kind {
            ClauseKind::Document(document) => begins(document),
            _ => None,
        });
        let Some((begins, at)) = theirs.next_back().filter(|(begins, _)| *begins > insures) else {
            continue;
        };
        found.push(
            Finding::new(codes::D112, subject.at(span))
                .arg("framework", framework.name())
                .arg("begins", Arg::Date(begins))
                .arg("effective", Arg::Date(effective))
                .label(framework.place(at), "framework")
                .articles(articles(&clause.notes))
                .about(framework.name().to_owned()),
        );
    }
}

/// First and last day of a term, as far as it states them, and its length in months.
#[derive(Debug, Clone, Copy, Default)]
struct Extent {
    first: Option<Date>,
    last: Option<Date>,
    months: Option<i64>,
}

fn extent(subject: &Subject<'_>, term: &Term) -> Extent {
    match term {
        Term::Length { quantity, start, .. } => {
            let months = types::months(subject.scope.units(), quantity).ok();
            let first = start.map(|(first, _)| first);
            Extent {
                first,
                last: first.zip(months).and_then(|(first, months)| last_day(first, months)),
                months,
            }
        }
        Term::Range { first, last } => Extent {
            first: Some(first.0),
            last: Some(last.0),
            months: None,
        },
        Term::Policy | Term::Contract => Extent::default(),
    }
}

/// The last day of so many months that begin on `first`.
fn last_day(first: Date, months: i64) -> Option<Date> {
    let span = jiff::Span::new().try_months(months).ok()?;
    first.checked_add(span).ok()?.yesterday().ok()
}

fn term<'a>(subject: &Subject<'a>) -> Option<(&'a Term, &'a Clause)> {
    subject
        .all(|kind| match kind {
            ClauseKind::Term(term) => Some(term),
            _ => None,
        })
        .last()
}

/// D103: the term ends after the document. D104: it would even if it began on the document's first day.
fn term_and_validity(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let (Some((document, clause)), Some((term, stated))) = (document(subject), term(subject)) else {
        return;
    };
    let Some((end, end_span)) = document.valid_until else {
        return;
    };
    // A document that ends before it begins is reported for that.
    let Some((from, _)) = begins(document).filter(|(from, _)| *from <= end) else {
        return;
    };
    let extent = extent(subject, term);
    if let Some(last) = extent.last.filter(|last| *last > end) {
        found.push(
            Finding::new(codes::D103, subject.at(stated.span))
                .arg("last", Arg::Date(last))
                .arg("end", Arg::Date(end))
                .label(subject.at(end_span), "end")
                .articles(articles(&stated.notes))
                .articles(articles(&clause.notes)),
        );
    } else if let (None, Some(months)) = (extent.first, extent.months)
        && last_day(from, months).is_some_and(|last| last > end)
    {
        found.push(
            Finding::new(codes::D104, subject.at(stated.span))
                .arg("length", length(months))
                .arg("from", Arg::Date(from))
                .arg("end", Arg::Date(end))
                .label(subject.at(end_span), "end")
                .articles(articles(&stated.notes))
                .articles(articles(&clause.notes)),
        );
    }
}

/// `3年`, `18个月`
fn length(months: i64) -> Arg {
    let (id, count) = if months % 12 == 0 {
        ("length-years", months / 12)
    } else {
        ("length-months", months)
    };
    phrase(id, [("count", Arg::Count(count))])
}

fn phrase<const N: usize>(id: &str, args: [(&'static str, Arg); N]) -> Arg {
    let args = args.into_iter().collect();
    Arg::Names {
        zh: text(Language::Zh, id, &args),
        en: text(Language::En, id, &args),
    }
}

/// D105: losses are insured from before the document applies.
fn retroactive(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let (Some((document, clause)), Some((term, stated))) = (document(subject), term(subject)) else {
        return;
    };
    let (Some((effective, at)), Some(start)) = (begins(document), extent(subject, term).first) else {
        return;
    };
    if start < effective {
        found.push(
            Finding::new(codes::D105, subject.at(stated.span))
                .arg("start", Arg::Date(start))
                .arg("effective", Arg::Date(effective))
                .label(subject.at(at), "effective")
                .articles(articles(&stated.notes))
                .articles(articles(&clause.notes)),
        );
    }
}

/// D106: `废止` names the document itself.
fn repeals_itself(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some((document, _)) = document(subject) else { return };
    let repeals = subject.all(|kind| match kind {
        ClauseKind::Repeals(repealed) => Some(repealed),
        _ => None,
    });
    for (repealed, clause) in repeals {
        if repealed.text == document.number.text {
            found.push(
                Finding::new(codes::D106, subject.at(repealed.span))
                    .arg("document", repealed.text.as_str())
                    .articles(articles(&clause.notes)),
            );
        }
    }
}

/// D107: a duty was due before the document was issued.
fn deadline_before_issue(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some((issued, issued_span)) = document(subject).and_then(|(document, _)| document.issued) else {
        return;
    };
    let duties = subject.all(|kind| match kind {
        ClauseKind::Duty(duty) => Some(duty),
        _ => None,
    });
    for (duty, clause) in duties {
        if let Some(tree::Deadline::On(deadline, span)) = duty.deadline
            && deadline < issued
        {
            found.push(
                Finding::new(codes::D107, subject.at(span))
                    .arg("duty", duty.what.text.as_str())
                    .arg("deadline", Arg::Date(deadline))
                    .arg("issued", Arg::Date(issued))
                    .label(subject.at(issued_span), "issued")
                    .articles(articles(&clause.notes))
                    .about(duty.what.text.clone()),
            );
        }
    }
}

/// D108: a dated amount outside the term.
fn dated_in_vain(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let PlanTerm::Fixed { start, end } = subject.plan().calendar.term else {
        return;
    };
    let limits = subject.all(|kind| match kind {
        ClauseKind::Limit(limit) => Some(limit),
        _ => None,
    });
    for (limit, clause) in limits {
        for (from, amount) in &limit.dated {
            let late = end.is_some_and(|end| *from >= end);
            if !late && *from > start {
                continue;
            }
            let last = end.and_then(|end| end.yesterday().ok()).unwrap_or(start);
            found.push(
                Finding::new(codes::D108, subject.at(amount.span()))
                    .arg("when", if late { "late" } else { "early" })
                    .arg("date", Arg::Date(*from))
                    .arg("start", Arg::Date(start))
                    .arg("end", Arg::Date(last))
                    .articles(articles(&clause.notes))
                    .about(limit.name.text.clone()),
            );
        }
    }
}
