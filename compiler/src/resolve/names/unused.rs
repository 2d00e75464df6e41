//! What a body declares and never reads, examples that expect nothing, and lists or schedules that contain themselves.

use super::super::domain::names_arg;
use super::super::scope::{BodyKind, PerilTerm, Referent, Scope};
use super::super::walk::{Reference, Site, Visitor, Wanted, walk};
use crate::plan::FactId;
use anlan_lang::diag::{Arg, Finding, codes};
use anlan_lang::tree::{ClauseKind, Expr, Group, Name, Quantity, Schedule};
use std::collections::BTreeSet;

/// N301 for each parameter, decision, table, column of a table, schedule, group and fact of the body that no clause reads. Examples and
/// contracts read nothing.
pub(super) fn unused(scope: &Scope, findings: &mut Vec<Finding>) {
    if scope.kind == BodyKind::Contract {
        return;
    }
    let mut reads = Reads {
        scope,
        clauses: BTreeSet::new(),
        columns: BTreeSet::new(),
        parameters: BTreeSet::new(),
        facts: BTreeSet::new(),
    };
    walk(scope, &mut reads);
    let mut report = |name: &Name, kind: &'static str| {
        findings.push(
            Finding::new(codes::N301, scope.place(name.span))
                .arg("name", name.text.as_str())
                .arg("kind", Arg::Message(kind))
                .about(name.text.as_str()),
        );
    };
    for (index, clause) in scope.clauses().iter().enumerate() {
        let read = reads.clauses.contains(&index);
        match &clause.kind {
            ClauseKind::Parameter(parameter) => {
                let unread = |name: &&Name| !reads.parameters.contains(name.text.as_str());
                parameter
                    .names
                    .iter()
                    .filter(unread)
                    .for_each(|name| report(name, "kind-parameter"));
            }
            ClauseKind::Decision(decision) if !read => report(&decision.name, "kind-decision"),
            ClauseKind::Table(table) if !read => report(&table.name, "kind-table"),
            ClauseKind::Table(table) => {
                let unread = |(column, _): &(usize, &Name)| !reads.columns.contains(&(index, *column));
                let columns = table.columns.iter().enumerate().filter(unread);
                columns.for_each(|(_, name)| report(name, "kind-column"));
            }
            ClauseKind::Schedule(schedule) if !read => report(&schedule.name, "kind-schedule"),
            ClauseKind::Group(group) if !read => report(&group.name, "kind-group"),
            _ => {}
        }
    }
    for (index, fact) in scope.facts().iter().enumerate() {
        if fact.own && !reads.facts.contains(&FactId::from(index)) {
            findings.push(
                Finding::new(codes::N301, fact.place)
                    .arg("name", names_arg(&fact.fact.name))
                    .arg("kind", Arg::Message("kind-fact"))
                    .about(fact.fact.id.as_str()),
            );
        }
    }
}

struct Reads<'a> {
    scope: &'a Scope,
    /// Indices of clauses whose item is read
    clauses: BTreeSet<usize>,
    /// Columns that are read, by the index of the table's clause
    columns: BTreeSet<(usize, usize)>,
    parameters: BTreeSet<&'a str>,
    facts: BTreeSet<FactId>,
}

impl<'a> Visitor<'a> for Reads<'a> {
    fn name(&mut self, site: Site<'a>, name: &'a Name, to: Reference<'a>) {
        if site.example {
            return;
        }
        let text = name.text.as_str();
        match to {
            Reference::Schedule => self.read(self.scope.schedule(text).map(|item| item.index)),
            Reference::Decision => self.read(self.scope.decision(text).map(|item| item.index)),
            Reference::Fact | Reference::YesNoFact => self.facts.extend(self.scope.fact_named(text)),
            Reference::Peril => match self.scope.peril(text) {
                // A group that names itself means the library value.
                Some(PerilTerm::Group(group)) if !std::ptr::eq(group.clause, site.clause) => {
                    self.read(Some(group.index));
                }
                Some(PerilTerm::List(parameter)) => {
                    self.parameters.insert(&parameter.name.text);
                }
                _ => {}
            },
            _ => {}
        }
    }
    fn expr(&mut self, site: Site<'a>, expr: &'a Expr, _: Wanted<'a>) {
        if !site.example {
            self.amount(expr);
        }
    }
    fn quantity(&mut self, _: Site<'a>, _: &'a Quantity, _: Wanted<'a>) {}
}

impl<'a> Reads<'a> {
    fn amount(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(path) => match self.scope.referent(path) {
                Some(Referent::Parameter(parameter)) => {
                    self.parameters.insert(&parameter.name.text);
                }
                Some(Referent::Table { table, column }) => {
                    self.columns.extend(column.map(|column| (table.index, column)));
                    self.read(Some(table.index));
                }
                Some(Referent::Decision(decision)) => self.read(Some(decision.index)),
                Some(Referent::Fact(fact)) => {
                    self.facts.insert(fact);
                }
                Some(Referent::Metric(_)) => {}
                // A column that the table lacks, or none named, is an error of its own.
                None => {
                    if let Some(table) = path.parts.first().and_then(|name| self.scope.table(&name.text)) {
                        self.columns
                            .extend((0..table.node.columns.len()).map(|column| (table.index, column)));
                        self.read(Some(table.index));
                    }
                }
            },
            Expr::Product { left, right, .. } => {
                self.amount(left);
                self.amount(right);
            }
            Expr::Sum { first, rest, .. } => {
                self.amount(first);
                rest.iter().for_each(|(_, term)| self.amount(term));
            }
            _ => {}
        }
    }
    fn read(&mut self, clause: Option<usize>) {
        self.clauses.extend(clause);
    }
}

/// N308: an example that expects nothing shows nothing.
pub(super) fn examples(scope: &Scope, findings: &mut Vec<Finding>) {
    for clause in scope.clauses() {
        if let ClauseKind::Example(example) = &clause.kind
            && example.expect.is_empty()
        {
            let title = &example.title;
            findings.push(
                Finding::new(codes::N308, scope.place(title.span))
                    .arg("example", title.text.as_str())
                    .about(title.text.as_str()),
            );
        }
    }
}

/// N207: a group whose members lead back to itself, or schedules that are `like` one another in a circle.
pub(super) fn circles(scope: &Scope, findings: &mut Vec<Finding>) {
    for clause in scope.clauses() {
        let name = match &clause.kind {
            ClauseKind::Group(group) if reaches(scope, group, &group.name.text, &mut BTreeSet::new()) => &group.name,
            ClauseKind::Schedule(schedule) if like_itself(scope, schedule) => &schedule.name,
            _ => continue,
        };
        findings.push(
            Finding::new(codes::N207, scope.place(name.span))
                .arg("name", name.text.as_str())
                .about(name.text.as_str()),
        );
    }
}

/// Whether the members of `group` lead to the group `target` through at least one other group. A group that names
/// itself directly means the library value that it shadows.
fn reaches<'a>(scope: &'a Scope, group: &'a Group, target: &str, seen: &mut BTreeSet<&'a str>) -> bool {
    group.members.iter().any(|member| {
        if member.name.text == group.name.text {
            return false;
        }
        let Some(inner) = scope.group(&member.name.text) else {
            return false;
        };
        inner.node.name.text == target
            || (seen.insert(&inner.node.name.text) && reaches(scope, inner.node, target, seen))
    })
}

fn like_itself(scope: &Scope, schedule: &Schedule) -> bool {
    let mut seen = BTreeSet::new();
    let mut at = schedule.like.as_ref();
    while let Some(name) = at {
        if name.text == schedule.name.text {
            return true;
        }
        if !seen.insert(name.text.as_str()) {
            return false;
        }
        at = scope.schedule(&name.text).and_then(|item| item.node.like.as_ref());
    }
    false
}
