//! The names that one body declares, what it declares twice, and what does not belong into it.

use super::scope::{BodyKind, OwnNames};
use super::vocabulary::duplicate;
use anlan_lang::diag::{Arg, FileId, Finding, Place, codes};
use anlan_lang::tree::{Body, ClauseKind, Name, Span};
use rustc_hash::FxHashMap;

/// Collects the names of a body. Reports N201 (one name for two things of a kind), N205 (one name for two kinds that
/// amounts can read) and N212 (a clause of another kind of body). A clause that stands twice is for the parser.
pub(super) fn collect(file: FileId, kind: BodyKind, body: &Body, findings: &mut Vec<Finding>) -> OwnNames {
    let mut collector = Collector {
        file,
        names: OwnNames::default(),
        places: FxHashMap::default(),
        findings,
    };
    for (index, clause) in body.clauses.iter().enumerate() {
        collector.clause(index, &clause.kind);
        if !belongs(kind, &clause.kind) {
            collector.misplaced(kind, clause.span);
        }
    }
    collector.names
}

struct Collector<'a> {
    file: FileId,
    names: OwnNames,
    /// (kind, name) → where first declared
    places: FxHashMap<(&'static str, String), Span>,
    findings: &'a mut Vec<Finding>,
}

/// The kinds whose names stand in amounts, where one name must mean one thing.
const AMOUNTS: [&str; 4] = ["kind-parameter", "kind-table", "kind-metric", "kind-fact"];

impl Collector<'_> {
    fn place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }
    fn clause(&mut self, index: usize, clause: &ClauseKind) {
        match clause {
            ClauseKind::Parameter(parameter) => {
                for (which, name) in parameter.names.iter().enumerate() {
                    if self.declare("kind-parameter", name) {
                        self.names.parameters.insert(name.text.clone(), (index, which));
                    }
                }
            }
            ClauseKind::Decision(x) => self.named("kind-decision", &x.name, index, |names| &mut names.decisions),
            ClauseKind::Fund(x) => self.named("kind-fund", &x.name, index, |names| &mut names.funds),
            ClauseKind::Group(x) => self.named("kind-group", &x.name, index, |names| &mut names.groups),
            ClauseKind::Table(x) => {
                self.named("kind-table", &x.name, index, |names| &mut names.tables);
                self.columns(&x.columns);
            }
            ClauseKind::Schedule(x) => self.named("kind-schedule", &x.name, index, |names| &mut names.schedules),
            ClauseKind::Cover(x) => self.named("kind-cover", &x.name, index, |names| &mut names.covers),
            ClauseKind::Limit(x) => self.named("kind-limit", &x.name, index, |names| &mut names.limits),
            ClauseKind::Split(x) => self.named("kind-split", &x.name, index, |names| &mut names.splits),
            ClauseKind::Metric { name, .. } => self.named("kind-metric", name, index, |names| &mut names.metrics),
            ClauseKind::Body { name, aliases } => {
                self.declare("kind-body", name);
                for alias in aliases {
                    if self.declare("kind-body", alias) {
                        self.names.bodies.insert(alias.text.clone(), name.text.clone());
                    }
                }
            }
            // Facts are declared with the vocabulary; here only against the other names of amounts.
            ClauseKind::Fact(fact) => {
                for name in [&fact.id].into_iter().chain(&fact.zh) {
                    self.clash("kind-fact", name);
                    self.places.entry(("kind-fact", name.text.clone())).or_insert(name.span);
                }
            }
            _ => {}
        }
    }
    fn named(
        &mut self,
        kind: &'static str,
        name: &Name,
        index: usize,
        map: impl Fn(&mut OwnNames) -> &mut FxHashMap<String, usize>,
    ) {
        if self.declare(kind, name) {
            map(&mut self.names).insert(name.text.clone(), index);
        }
    }
    fn columns(&mut self, columns: &[Name]) {
        for (at, name) in columns.iter().enumerate() {
            let first = columns.iter().take(at).find(|first| first.text == name.text);
            if let Some(first) = first.map(|first| self.place(first.span)) {
                let place = self.place(name.span);
                self.findings
                    .push(duplicate(&name.text, "kind-column", place, Some(first)));
            }
        }
    }
    /// Whether the name is new for its kind.
    fn declare(&mut self, kind: &'static str, name: &Name) -> bool {
        self.clash(kind, name);
        let first = *self.places.entry((kind, name.text.clone())).or_insert(name.span);
        if first.start == name.span.start {
            return true;
        }
        let (place, first) = (self.place(name.span), self.place(first));
        self.findings.push(duplicate(&name.text, kind, place, Some(first)));
        false
    }
    fn clash(&mut self, kind: &'static str, name: &Name) {
        if !AMOUNTS.contains(&kind) {
            return;
        }
        let other = AMOUNTS
            .iter()
            .filter(|other| **other != kind)
            .find_map(|other| Some((*other, *self.places.get(&(*other, name.text.clone()))?)));
        if let Some((other, first)) = other {
            let finding = Finding::new(codes::N205, self.place(name.span))
                .arg("name", name.text.as_str())
                .arg("kind", Arg::Message(kind))
                .arg("other", Arg::Message(other))
                .label(self.place(first), "first")
                .about(name.text.as_str());
            self.findings.push(finding);
        }
    }
    fn misplaced(&mut self, kind: BodyKind, span: Span) {
        let body = match kind {
            BodyKind::Scheme => "kind-scheme",
            BodyKind::Framework => "kind-framework",
            BodyKind::Contract => "kind-contract",
        };
        self.findings
            .push(Finding::new(codes::N212, self.place(span)).arg("body", Arg::Message(body)));
    }
}

/// Whether a clause has a meaning in this kind of body. What a contract may override is for the framework checks.
fn belongs(kind: BodyKind, clause: &ClauseKind) -> bool {
    let framework_only = matches!(
        clause,
        ClauseKind::Scope(_) | ClauseKind::Menu(_) | ClauseKind::Require(_) | ClauseKind::AppliesTo { .. }
    );
    let benefits = matches!(
        clause,
        ClauseKind::Cover(_)
            | ClauseKind::Schedule(_)
            | ClauseKind::Priority(_)
            | ClauseKind::Table(_)
            | ClauseKind::Limit(_)
            | ClauseKind::SumInsured(_)
            | ClauseKind::SamePerson(_)
            | ClauseKind::Tower(_)
    );
    match kind {
        BodyKind::Scheme => !framework_only && !matches!(clause, ClauseKind::Set { .. }),
        BodyKind::Framework => !benefits && !matches!(clause, ClauseKind::Set { .. } | ClauseKind::Example(_)),
        BodyKind::Contract => !framework_only && (!benefits || matches!(clause, ClauseKind::Limit(_))),
    }
}
