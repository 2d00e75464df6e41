//! Questions that only a clause that could not be read raises: it may well say what is asked.

use crate::compile::{Compiled, CompiledUnit};
use crate::project::Project;
use anlan_lang::diag::{Finding, Place, Severity, codes};
use anlan_lang::tree::Span;

/// Takes out the questions of bodies with errors of syntax that those may have raised: about the clause that could not be
/// read to its end, and about clauses that are missing. They are asked again once everything can be read.
pub(super) fn withhold(project: &Project, compiled: &mut Compiled) {
    let of_syntax = |finding: &&Finding| finding.code.0.starts_with('S') && finding.severity == Severity::Error;
    let errors: Vec<Place> = compiled
        .findings
        .iter()
        .filter(of_syntax)
        .filter_map(|finding| finding.primary)
        .collect();
    if errors.is_empty() {
        return;
    }
    for unit in &mut compiled.units {
        in_body(project, &errors, unit);
    }
}

fn in_body(project: &Project, errors: &[Place], unit: &mut CompiledUnit) {
    let scope = unit.scope.clone();
    let Some(body) = scope.body() else { return };
    let inside = |error: &&Place| {
        error.file == scope.file && body.span.start <= error.span.start && error.span.start <= body.span.end
    };
    let here: Vec<Span> = errors.iter().filter(inside).map(|error| error.span).collect();
    if here.is_empty() {
        return;
    }
    let text = project.source(scope.file).map_or("", |source| source.text.as_str());
    // A clause ends before what could not be read of it, on the same line.
    let goes_on = |clause: Span, error: Span| {
        let rest = text.get(clause.end as usize..error.start as usize);
        error.start <= clause.end || rest.is_some_and(|rest| rest.trim().is_empty() && !rest.contains('\n'))
    };
    let concerned = |clause: Span| {
        let reaches = |error: &Span| clause.start <= error.start && goes_on(clause, *error);
        here.iter().any(reaches)
    };
    let unread: Vec<Span> = scope
        .clauses()
        .iter()
        .map(|clause| clause.span)
        .filter(|span| concerned(*span))
        .collect();
    let head = scope.place(body.name.span);
    let within = |place: Place| {
        let holds = |clause: &Span| clause.start <= place.span.start && place.span.end <= clause.end;
        // Spans are equal wherever they stand.
        let at_head = place.span.start == head.span.start;
        place.file == head.file && (at_head || unread.iter().any(holds))
    };
    unit.findings
        .retain(|finding| codes::severity(finding.code) != Severity::Question || !finding.primary.is_some_and(within));
}
