//! N132: two names of one kind that differ by a slip of the pen, both declared, and nothing says that they are one.
//! Whoever names a cover, a peril or a group twice with two spellings has two of them, and amounts go astray in silence.

use super::super::domain::DomainScope;
use super::super::scope::{PerilTerm, Scope};
use super::slips::Slips;
use crate::plan::ValueId;
use anlan_lang::diag::{Finding, codes};
use anlan_lang::tree::{ClauseKind, Domain, DomainValue, Name};
use rustc_hash::{FxHashMap, FxHashSet};

pub(super) fn alike(scope: &Scope) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut covers: Vec<&Name> = Vec::new();
    let mut groups: Vec<&Name> = Vec::new();
    let mut added: Vec<&Name> = Vec::new();
    for clause in scope.clauses() {
        match &clause.kind {
            ClauseKind::Cover(cover) => covers.push(&cover.name),
            ClauseKind::Group(group) => groups.push(&group.name),
            ClauseKind::Extend(domain) => values(domain, &mut added),
            _ => {}
        }
    }
    let mut reported: FxHashSet<(&str, &str)> = FxHashSet::default();
    for (kind, names) in [("kind-cover", &covers), ("kind-group", &groups), ("kind-value", &added)] {
        let mut before = Slips::default();
        for name in names {
            let near = before.of(&name.text).first().and_then(|(at, _)| names.get(*at));
            if let Some(other) = near.filter(|other| !one_thing(scope, name, other)) {
                reported.insert((&name.text, &other.text));
                findings.push(report(scope, kind, name, &other.text).label(scope.place(other.span), "other"));
            }
            before.add(&name.text);
        }
    }
    // What the file adds to a domain, against what the library has there.
    let mut spelled: FxHashMap<usize, Spelled<'_>> = FxHashMap::default();
    for name in added {
        let own = scope.domains.iter().enumerate();
        let own = own.filter_map(|(at, domain)| Some((at, domain, domain.value(&name.text)?)));
        for (at, domain, value) in own {
            let spelled = spelled.entry(at).or_insert_with(|| Spelled::new(domain));
            let near = spelled.near(&name.text, value);
            if let Some(near) = near.filter(|near| reported.insert((&name.text, near))) {
                findings.push(report(scope, "kind-value", name, near));
                break;
            }
        }
    }
    findings
}

/// All spellings of a domain.
struct Spelled<'a> {
    slips: Slips<'a>,
    values: Vec<ValueId>,
}

impl<'a> Spelled<'a> {
    fn new(domain: &'a DomainScope) -> Self {
        let mut slips = Slips::default();
        let mut values = Vec::new();
        for (spelling, value) in domain.spellings() {
            slips.add(spelling);
            values.push(value);
        }
        Spelled { slips, values }
    }
    /// The first, in order of the text, of the spellings of other values of which this is a slip.
    fn near(&self, name: &str, value: ValueId) -> Option<&'a str> {
        let of_another = |at: &usize| self.values.get(*at).is_some_and(|of| *of != value);
        let found = self.slips.of(name).into_iter();
        found.filter(|(at, _)| of_another(at)).map(|(_, near)| near).min()
    }
}

/// Names that stand for the same perils already.
fn one_thing(scope: &Scope, name: &Name, other: &Name) -> bool {
    match (scope.peril(&name.text), scope.peril(&other.text)) {
        (Some(PerilTerm::Value(one)), Some(PerilTerm::Value(other))) => one == other,
        _ => false,
    }
}

fn report(scope: &Scope, kind: &'static str, name: &Name, near: &str) -> Finding {
    Finding::new(codes::N132, scope.place(name.span))
        .arg("kind", anlan_lang::diag::Arg::Message(kind))
        .arg("name", name.text.as_str())
        .arg("near", near)
        .about(name.text.clone())
        .about(near)
}

fn values<'a>(domain: &'a Domain, found: &mut Vec<&'a Name>) {
    fn below<'a>(values: &'a [DomainValue], found: &mut Vec<&'a Name>) {
        for value in values {
            found.push(value.zh.as_ref().unwrap_or(&value.id));
            found.extend(&value.aliases);
            below(&value.children, found);
        }
    }
    below(&domain.values, found);
}
