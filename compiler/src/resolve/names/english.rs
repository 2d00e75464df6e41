//! N133: an English name (英文名) belongs to something that the scheme names; what it is given to must exist.

use super::super::scope::Scope;
use super::super::walk::about;
use super::Pass;
use crate::plan::ValueId;
use crate::plan::lower::notes;
use crate::resolve::nearest;
use anlan_lang::diag::{Arg, Finding, codes};
use anlan_lang::tree::{ClauseKind, Deadline, Duty, Name, Property};
use rustc_hash::{FxHashMap, FxHashSet};

impl Pass<'_> {
    /// Looked up when all clauses were read: bodies and figures need no declaration.
    pub(super) fn english(&mut self) {
        let given = std::mem::take(&mut self.english);
        if given.is_empty() {
            return;
        }
        let scope = self.scope;
        let bodies = bodies(scope);
        let declared: FxHashSet<&str> = bodies.iter().flat_map(|body| named(body)).collect();
        let fact = |text: &str| {
            let mut facts = scope.facts().iter();
            facts.any(|fact| fact.fact.id == text || fact.fact.name.zh == text)
        };
        let value = |text: &str| scope.domains().iter().any(|domain| domain.value(text).is_some());
        let mut first: FxHashMap<&str, &Name> = FxHashMap::default();
        let mut spelled: Option<nearest::Names<'_, String>> = None;
        for (site, name) in given {
            let text = name.text.as_str();
            if let Some(first) = first.insert(text, name) {
                let finding = Finding::new(codes::N201, scope.place(name.span))
                    .arg("name", text)
                    .arg("kind", Arg::Message("kind-english-name"))
                    .label(scope.place(first.span), "first");
                self.report(site, name, "english", finding);
                continue;
            }
            let known = declared.contains(text) || self.used.contains(text) || value(text) || fact(text);
            if known || scope.areas.find(text).is_some() {
                continue;
            }
            let place = scope.place(name.span);
            let spelled = spelled.get_or_insert_with(|| nearest::Names::new(spellings(scope, &bodies)));
            let near = spelled.near(text);
            let finding = nearest::suggest(Finding::new(codes::N133, place), text, place, near);
            self.report(site, name, "english", finding);
        }
    }
}

/// The body, its frameworks, and for a contract those of its scheme.
fn bodies(scope: &Scope) -> Vec<&Scope> {
    let mut all = Vec::new();
    let mut at = Some(scope);
    while let Some(scope) = at {
        all.push(scope);
        all.extend(scope.frameworks().iter().map(AsRef::as_ref));
        at = scope.implements().map(AsRef::as_ref);
    }
    all
}

/// Names with what they name, in their order: of two equally near spellings of one thing the first is suggested.
fn spellings<'a>(scope: &'a Scope, bodies: &[&'a Scope]) -> Vec<(&'a str, String)> {
    let declared = bodies.iter().flat_map(|body| named(body));
    let mut all: Vec<(&str, String)> = declared.map(|name| (name, name.to_owned())).collect();
    for fact in scope.facts() {
        let names = [fact.fact.id.as_str(), fact.fact.name.zh.as_str()];
        all.extend(names.map(|name| (name, fact.fact.id.clone())));
    }
    for domain in scope.domains() {
        let of = |(spelling, value): (_, ValueId)| (spelling, format!("{} {}", domain.domain.id, value.0));
        all.extend(domain.spellings().map(of));
    }
    all
}

/// Names and texts that the body's own clauses declare, the reasons of what they assume and accept among them.
fn named(scope: &Scope) -> Vec<&str> {
    let mut all = vec![scope.name()];
    for clause in scope.clauses() {
        let notes = notes::all(clause).into_iter();
        all.extend(notes.flat_map(|notes| notes.assumptions.iter().map(|assumed| assumed.reason.text.as_str())));
        all.extend(match &clause.kind {
            ClauseKind::EnglishName { .. } => None,
            kind => about(kind).map(|name| name.text.as_str()),
        });
        match &clause.kind {
            ClauseKind::Body { aliases, .. } => all.extend(texts(aliases)),
            ClauseKind::Parameter(parameter) => all.extend(texts(&parameter.names)),
            ClauseKind::Table(table) => all.extend(texts(&table.columns)),
            ClauseKind::Split(split) => all.extend(texts(&split.payers)),
            ClauseKind::Premium(premium) => {
                all.extend(premium.payers.iter().map(|(name, ..)| name.text.as_str()));
                all.extend(premium.bases.iter().map(|(base, _)| base.kind.text.as_str()));
                all.extend(premium.rate_by_contract.iter().flat_map(|(names, _)| texts(names)));
                all.extend(premium.due.iter().map(|(due, _)| due.text.as_str()));
            }
            ClauseKind::Coinsurance(shares) => all.extend(shares.insurers.iter().map(|i| i.name.text.as_str())),
            ClauseKind::Tower(tower) => all.extend(tower.layers.iter().map(|layer| layer.name.text.as_str())),
            ClauseKind::Beneficiary { bodies, .. } => all.extend(texts(bodies)),
            ClauseKind::Subject { items, .. } => all.extend(texts(items)),
            ClauseKind::Subrogation(found) => {
                all.extend(found.against.iter().chain(&found.except).map(|name| name.text.as_str()));
            }
            ClauseKind::Review(review) => all.extend(review.text.iter().map(|text| text.text.as_str())),
            ClauseKind::Duty(duty) => all.extend(of_duty(duty)),
            ClauseKind::Require(requirement) => match &requirement.property {
                Property::Words(words) => all.push(&words.text),
                Property::Duty(duty) => all.extend(of_duty(duty)),
                _ => {}
            },
            ClauseKind::Acknowledge(accepted) => all.push(&accepted.reason.text),
            ClauseKind::Prose { reason, .. } => all.push(&reason.text),
            ClauseKind::Group(group) => all.extend(group.kept_by.iter().map(|kept| kept.law.text.as_str())),
            ClauseKind::Forbids(what) | ClauseKind::Supplement(what) => all.push(&what.text),
            _ => {}
        }
    }
    all
}

/// What a duty is, and its deadline in words.
fn of_duty(duty: &Duty) -> impl Iterator<Item = &str> {
    let deadline = match &duty.deadline {
        Some(Deadline::Words(words)) => Some(words.text.as_str()),
        _ => None,
    };
    std::iter::once(duty.what.text.as_str()).chain(deadline)
}

fn texts(names: &[Name]) -> impl Iterator<Item = &str> {
    names.iter().map(|name| name.text.as_str())
}
