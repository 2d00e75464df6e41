//! N132: two names of one kind that differ by a slip of the pen, both declared, and nothing says that they are one.
//! Whoever names a cover, a peril or a group twice with two spellings has two of them, and amounts go astray in silence.

use super::super::scope::{PerilTerm, Scope};
use super::bodies::slip;
use anlan_lang::diag::{Finding, codes};
use anlan_lang::tree::{ClauseKind, Domain, DomainValue, Name};

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
    for (kind, names) in [("kind-cover", &covers), ("kind-group", &groups), ("kind-value", &added)] {
        for (index, name) in names.iter().enumerate() {
            let near = names.iter().take(index).find(|other| slip(&name.text, &other.text));
            if let Some(other) = near.filter(|other| !one_thing(scope, name, other)) {
                findings.push(report(scope, kind, name, &other.text).label(scope.place(other.span), "other"));
            }
        }
    }
    // What the file adds to a domain, against what the library has there.
    for name in added {
        let own = scope
            .domains
            .iter()
            .filter_map(|domain| Some((domain, domain.value(&name.text)?)));
        for (domain, value) in own {
            let near = domain
                .spellings()
                .filter(|(spelling, of)| *of != value && slip(&name.text, spelling))
                .map(|(spelling, _)| spelling)
                .min();
            let reported = |near: &str| {
                let of = |finding: &Finding| finding.about == [name.text.clone(), near.to_owned()];
                findings.iter().any(of)
            };
            if let Some(near) = near.filter(|near| !reported(near)) {
                findings.push(report(scope, "kind-value", name, near));
                break;
            }
        }
    }
    findings
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
