//! Everything that can be said against a project: compiling, analysing, and what its drafters accepted.

use crate::analyse::{Subject, analyse};
use crate::compile::{Compiled, CompiledUnit, by_place, compile};
use crate::project::{Project, Settings, in_parallel};
use crate::resolve::{BodyKind, Scope, nearest};
use anlan_lang::diag::{Code, FileId, Finding, Severity, codes};
use anlan_lang::tree::{Acknowledge, ClauseKind};
use std::collections::HashMap;
use std::sync::Arc;

/// A compiled project with the findings of analysis, acknowledged ones marked, in the severities of its settings.
#[derive(Debug, Default)]
pub struct Checked {
    pub compiled: Compiled,
}

impl Checked {
    /// All findings, by file and place.
    pub fn findings(&self) -> Vec<&Finding> {
        self.compiled.all_findings()
    }
    /// Whether `check` fails: an error that is not acknowledged, or an unacknowledged finding that `denied` holds.
    pub fn fails(&self, denied: impl Fn(Severity) -> bool) -> bool {
        self.findings()
            .into_iter()
            .any(|f| f.acknowledged.is_none() && (f.severity == Severity::Error || denied(f.severity)))
    }
}

/// Compiles and analyses a project, applies its acknowledgements (`认可`) and the severities of its settings.
pub fn check(project: &Project) -> Checked {
    let mut compiled = compile(project);
    analyse_all(&mut compiled.units);
    acknowledge(&mut compiled.units);
    let mut general = std::mem::take(&mut compiled.findings);
    general.extend(settings(project.settings()));
    let units = compiled.units.iter_mut().flat_map(|unit| &mut unit.findings);
    for finding in general.iter_mut().chain(units) {
        if let Some(severity) = project.settings().severities.get(finding.code.0)
            && (codes::severity(finding.code) != Severity::Error || *severity == Severity::Error)
        {
            finding.severity = *severity;
        }
    }
    compiled.findings = general;
    for unit in &mut compiled.units {
        unit.findings.sort_by(by_place);
    }
    Checked { compiled }
}

/// Schemes and frameworks first: what is wrong with a scheme is not said again of its contracts.
fn analyse_all(units: &mut [CompiledUnit]) {
    let schemes: HashMap<(FileId, String), usize> = units
        .iter()
        .enumerate()
        .filter(|(_, unit)| unit.kind == BodyKind::Scheme)
        .map(|(index, unit)| ((unit.file, unit.name.clone()), index))
        .collect();
    for contracts in [false, true] {
        let found = in_parallel(units.len(), |index| {
            let unit = units.get(index)?;
            let lowered = unit.lowered.as_ref()?;
            if (unit.kind == BodyKind::Contract) != contracts {
                return None;
            }
            let scheme = unit.scope.implements();
            let known = scheme.and_then(|scheme| schemes.get(&(scheme.file, scheme.name().to_owned())));
            let known = known.and_then(|index| units.get(*index));
            let subject = Subject {
                scope: &unit.scope,
                lowered,
                sound: unit.sound,
            };
            Some(analyse(&subject, known.map_or(&[], |scheme| &scheme.findings)))
        });
        for (unit, found) in units.iter_mut().zip(found) {
            unit.findings.extend(found.into_iter().flatten());
        }
    }
}

/// Marks what each body accepts. An acknowledgement that matches nothing is an error (N304); one in a scheme may also
/// match what is found once a contract of the project is bound.
fn acknowledge(units: &mut [CompiledUnit]) {
    let mut used: HashMap<(*const Scope, u32), bool> = HashMap::new();
    for unit in units.iter_mut() {
        let scopes: Vec<Arc<Scope>> = std::iter::once(&unit.scope)
            .chain(unit.scope.implements())
            .cloned()
            .collect();
        for scope in &scopes {
            for acknowledged in acknowledgements(scope) {
                let matched = apply(acknowledged, &mut unit.findings);
                let key = (Arc::as_ptr(scope), acknowledged.span.start);
                *used.entry(key).or_default() |= matched;
            }
        }
    }
    for unit in units {
        let scope = unit.scope.clone();
        for acknowledged in acknowledgements(&scope) {
            let key = (Arc::as_ptr(&scope), acknowledged.span.start);
            if let Some(code) = known(acknowledged)
                && !used.get(&key).copied().unwrap_or(false)
            {
                unit.findings.push(unmatched(&scope, acknowledged, code));
            }
        }
    }
}

fn acknowledgements(scope: &Scope) -> impl Iterator<Item = &Acknowledge> {
    scope.clauses().iter().filter_map(|clause| match &clause.kind {
        ClauseKind::Acknowledge(acknowledge) => Some(acknowledge),
        _ => None,
    })
}

/// Whether it matched anything.
fn apply(acknowledged: &Acknowledge, findings: &mut [Finding]) -> bool {
    let about = acknowledged.about.as_ref().map(|name| &name.text);
    let mut matched = false;
    for finding in findings {
        let named = about.is_none_or(|about| finding.about.contains(about));
        if finding.code.0 == acknowledged.code.text && named && acceptable(finding.code) {
            finding.acknowledged.get_or_insert(acknowledged.reason.text.clone());
            matched = true;
        }
    }
    matched
}

/// The code acknowledged; an unknown one is for the names pass (N121).
fn known(acknowledged: &Acknowledge) -> Option<Code> {
    codes::ALL
        .iter()
        .map(|(code, _)| *code)
        .find(|code| code.0 == acknowledged.code.text)
}

/// Errors of syntax, names and units leave the scheme without a definite meaning, so there is nothing to accept.
fn acceptable(code: Code) -> bool {
    !(code.0.starts_with(['S', 'N', 'U']) && codes::severity(code) == Severity::Error)
}

/// N305 for a code that cannot be accepted, N304 for one that does not occur.
fn unmatched(scope: &Scope, acknowledged: &Acknowledge, code: Code) -> Finding {
    let place = scope.place(acknowledged.span);
    if !acceptable(code) {
        return Finding::new(codes::N305, place).arg("code", code.0);
    }
    let finding = Finding::new(codes::N304, place).arg("code", code.0);
    match &acknowledged.about {
        Some(about) => finding.arg("about", about.text.as_str()).labelled("about"),
        None => finding,
    }
}

/// N303 for an unknown code in the settings, N302 for an error that they lower.
fn settings(settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, severity) in &settings.severities {
        let all = || codes::ALL.iter().map(|(code, _)| *code);
        match all().find(|code| code.0 == name) {
            Some(code) if codes::severity(code) == Severity::Error && *severity != Severity::Error => {
                findings.push(Finding::new(codes::N302, None).arg("code", code.0));
            }
            Some(_) => {}
            None => {
                let near = nearest::nearest(name, all().map(|code| code.0));
                findings.push(nearest::name_near(Finding::new(codes::N303, None), name, &near));
            }
        }
    }
    findings
}
