//! C112: one thing named twice in one list, under one name or two, or once by itself and once within something wider.

use super::super::subject::{Subject, articles};
use crate::resolve::{PerilTerm, id};
use anlan_lang::diag::{Finding, Severity, codes};
use anlan_lang::tree::{ClauseKind, Notes, PerilRef, Perils, Span};

pub(super) fn repeated(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for clause in subject.clauses() {
        match &clause.kind {
            ClauseKind::Group(group) => check(subject, &group.name.text, &group.members, &clause.notes, found),
            ClauseKind::Cover(cover) => {
                if let Some((Perils::List { perils, .. }, notes)) = &cover.perils {
                    check(subject, &cover.name.text, perils, notes, found);
                }
            }
            ClauseKind::Scope(scope) => {
                if let Some((perils, _, notes)) = &scope.perils {
                    check(subject, subject.scope.name(), perils, notes, found);
                }
            }
            _ => {}
        }
    }
}

fn check(subject: &Subject<'_>, list: &str, perils: &[PerilRef], notes: &Notes, found: &mut Vec<Finding>) {
    let scope = subject.scope;
    let Some(domain) = scope.domain_named(id::PERIL).and_then(|d| scope.domain(d)) else {
        return;
    };
    let value = |peril: &PerilRef| match scope.peril(&peril.name.text) {
        Some(PerilTerm::Value(value)) => Some(value),
        _ => None,
    };
    for (i, peril) in perils.iter().enumerate() {
        let others = || {
            perils
                .iter()
                .enumerate()
                .filter(move |(j, other)| i != *j && other.cause == peril.cause)
        };
        let same = |other: &PerilRef| match (value(peril), value(other)) {
            (Some(a), Some(b)) => a == b,
            _ => peril.name.text == other.name.text,
        };
        let outer = || {
            let inner = value(peril)?;
            others()
                .find(|(_, other)| value(other).is_some_and(|outer| outer != inner && domain.is_within(inner, outer)))
                .map(|(_, other)| other.name.text.as_str())
        };
        let report = |outer: &str| {
            Finding::new(codes::C112, subject.at(peril.span))
                .arg("list", list)
                .arg("peril", peril.name.text.as_str())
                .arg("outer", outer)
                .articles(articles(notes))
                .about(list.to_owned())
        };
        if let Some((_, first)) = others().find(|(j, other)| *j < i && same(other)) {
            let again = first.name.text == peril.name.text;
            let mut finding = report(if again { "none" } else { "synonym" })
                .arg("first", first.name.text.as_str())
                .label(subject.at(first.span), "first");
            // With the comma before it. Of two names the drafter may mean two things, and the list may say how many it has.
            if again && let Some(before) = i.checked_sub(1).and_then(|before| perils.get(before)) {
                let whole = Span {
                    start: before.span.end,
                    end: peril.span.end,
                };
                finding = finding.fixed(subject.at(whole), "");
            }
            found.push(finding);
        } else if let Some(outer) = outer() {
            // Harmless in itself: the wider word pays already.
            let mut finding = report(outer);
            finding.severity = Severity::Note;
            found.push(finding);
        }
    }
}
