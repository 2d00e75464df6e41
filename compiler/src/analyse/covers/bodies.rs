//! C107–C111: who is responsible.

use super::super::framework::reaches_yes;
use super::super::payable::{class_of, fact_named};
use super::super::subject::{Subject, articles, named, texts};
use super::listed;
use crate::plan::{Cover, Handler, Part, Plan, ValueId};
use crate::resolve::id;
use anlan_lang::diag::{Arg, Code, Finding, codes};
use anlan_lang::tree::{self, ClauseKind};
use std::collections::BTreeMap;

/// C107–C110.
pub(super) fn handlers(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let without: Vec<&Cover> = plan.covers.iter().filter(|cover| cover.handled_by.is_empty()).collect();
    if without.len() > 1 && without.len() == plan.covers.len() {
        // A file that names no body anywhere lacks one thing, not one thing a cover.
        found.push(
            Finding::new(codes::C107, subject.head())
                .arg(
                    "cover",
                    super::super::subject::listed(without.iter().map(|cover| &cover.name)),
                )
                .arg("perils", "none"),
        );
    } else {
        for cover in without {
            found.push(missing(subject, cover, "none".into()));
        }
    }
    for cover in plan.covers.iter().filter(|cover| !cover.handled_by.is_empty()) {
        handled(subject, cover, found);
    }
}

fn missing(subject: &Subject<'_>, cover: &Cover, perils: Arg) -> Finding {
    Finding::new(codes::C107, subject.part(&cover.source, Part::Name))
        .arg("cover", named(&cover.name))
        .arg("perils", perils)
        .articles(cover.source.articles.clone())
        .about(cover.name.zh.clone())
}

fn handled(subject: &Subject<'_>, cover: &Cover, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let report = |code, handler: &Handler| {
        Finding::new(code, subject.of(&handler.source))
            .arg("cover", named(&cover.name))
            .articles(handler.source.articles.clone())
            .about(cover.name.zh.clone())
    };
    let mut elsewhere = false;
    for handler in &cover.handled_by {
        let answered = |code| written(subject, cover, handler, code);
        match handler.bodies.as_slice() {
            [] if !answered(codes::C108) => found.push(report(codes::C108, handler)),
            [_, _, ..] if !answered(codes::C110) => {
                found.push(report(codes::C110, handler).arg("bodies", handler.bodies.clone()));
            }
            _ => {}
        }
        let foreign: Vec<ValueId> = handler
            .perils
            .iter()
            .copied()
            .filter(|peril| !cover.any_peril && !covers(plan, cover, *peril))
            .collect();
        // A name stands for itself and all below it: it is foreign only where none of these is in the cover.
        if !foreign.is_empty() && foreign.len() == handler.perils.len() {
            elsewhere = true;
            found.push(
                report(codes::C109, handler)
                    .arg("body", handler.bodies.clone())
                    .arg("perils", listed(plan, id::PERIL, &foreign)),
            );
        }
    }
    // A body for the wrong peril explains what is then missing.
    if !elsewhere && cover.handled_by.iter().all(|handler| !handler.perils.is_empty()) {
        let unhandled: Vec<ValueId> = cover
            .peril_words
            .iter()
            .flat_map(|word| &word.values)
            .copied()
            .filter(|peril| !cover.handled_by.iter().any(|handler| handler.perils.contains(peril)))
            .collect();
        if !unhandled.is_empty() {
            found.push(missing(subject, cover, listed(plan, id::PERIL, &unhandled)));
        }
    }
}

fn covers(plan: &Plan, cover: &Cover, peril: ValueId) -> bool {
    fact_named(plan, id::PERIL)
        .and_then(|fact| Some((fact, class_of(plan, fact, peril)?)))
        .is_some_and(|(fact, class)| reaches_yes(&plan.diagrams, cover.perils, fact, class))
}

/// Whether the drafter gave a reason beside the handler.
fn written(subject: &Subject<'_>, cover: &Cover, handler: &Handler, code: Code) -> bool {
    let place = subject.places().of(&handler.source);
    let same = |written: &tree::Handler| place.is_some_and(|place| place.span.start == written.span.start);
    subject
        .all(|kind| match kind {
            ClauseKind::Cover(written) if written.name.text == cover.name.zh => Some(written),
            _ => None,
        })
        .flat_map(|(written, _)| &written.handled_by)
        .any(|(handler, notes)| same(handler) && subject.assumed(code, notes))
}

/// C111: one responsibility given to different bodies.
pub(super) fn two_holders(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let mut first: BTreeMap<&str, (&tree::Clause, Vec<String>)> = BTreeMap::new();
    let stated = subject.all(|kind| match kind {
        ClauseKind::Responsibility { what, by } => Some((what, by)),
        _ => None,
    });
    for ((what, by), clause) in stated {
        let bodies: Vec<String> = by
            .iter()
            .map(|body| subject.scope.body_name(&body.text).to_owned())
            .collect();
        let Some((earlier, others)) = first.get(what.text.as_str()) else {
            first.insert(&what.text, (clause, bodies));
            continue;
        };
        if *others == bodies {
            continue;
        }
        let mut all = others.clone();
        all.extend(texts(by));
        all.sort_unstable();
        found.push(
            Finding::new(codes::C111, subject.at(clause.span))
                .arg("what", what.text.as_str())
                .arg("bodies", all)
                .label(subject.at(earlier.span), "first")
                .articles(articles(&earlier.notes))
                .articles(articles(&clause.notes))
                .about(what.text.clone()),
        );
    }
}
