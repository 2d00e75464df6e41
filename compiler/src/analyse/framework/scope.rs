//! Persons and perils that a framework speaks of, in the vocabulary of the scheme.

use super::{Breach, Verdict};
use crate::plan::{Domain, ListEnding, Plan, ValueId};
use crate::resolve::{Scope, id};
use anlan_lang::tree::{self, ClauseKind, Notes};
use std::collections::BTreeSet;

/// The classes of persons are among those insured.
pub(super) fn persons(plan: &Plan, wanted: &[ValueId]) -> Verdict {
    let Some(domain) = plan.domains.iter().find(|domain| domain.id == id::ROLE) else {
        return Verdict::Undecided { bodies: Vec::new() };
    };
    let listed: Vec<ValueId> = plan
        .statement
        .persons
        .iter()
        .flat_map(|persons| &persons.classes)
        .filter_map(|class| domain.values.iter().position(|v| v.name == *class).map(ValueId::from))
        .collect();
    let ending = plan.statement.persons.as_ref().map(|persons| persons.ending);
    let limited = matches!(ending, Some(ListEnding::Closed | ListEnding::Counted(_)));
    let everybody = plan.statement.persons.as_ref().is_some_and(|p| p.at_loss_in_territory);
    if everybody && !limited {
        // 含 only names some of all who are in the territory at the loss.
        return Verdict::Met { reached: None };
    }
    let missing: Vec<String> = wanted
        .iter()
        .filter(|class| !listed.iter().any(|listed| within(domain, **class, *listed)))
        .filter_map(|class| domain.values.get(class.index()).map(|v| v.name.zh.clone()))
        .collect();
    if missing.is_empty() {
        Verdict::Met { reached: None }
    } else if ending == Some(ListEnding::Open) {
        Verdict::Undecided { bodies: missing }
    } else {
        Verdict::Broken {
            reached: None,
            breach: Breach::Missing(missing),
        }
    }
}

/// Whether a class of persons, and all classes in it and around it, stand outside a closed list of the persons insured.
pub(super) fn listed_apart(plan: &Plan, domain: &Domain, role: ValueId) -> bool {
    let Some(persons) = &plan.statement.persons else {
        return false;
    };
    let closed = matches!(persons.ending, ListEnding::Closed | ListEnding::Counted(_));
    let listed = persons
        .classes
        .iter()
        .filter_map(|class| domain.values.iter().position(|v| v.name == *class));
    let mut listed = listed.map(ValueId::from);
    closed && !persons.classes.is_empty() && !listed.any(|class| near(domain, class, role))
}

/// Whether one of the values is the other or lies below it.
pub(super) fn near(domain: &Domain, a: ValueId, b: ValueId) -> bool {
    within(domain, a, b) || within(domain, b, a)
}

/// Whether a value is another one or lies below it.
pub(super) fn within(domain: &Domain, value: ValueId, ancestor: ValueId) -> bool {
    let mut at = Some(value);
    // Parents stand before their children, so no walk is longer than the domain.
    for _ in 0..=domain.values.len() {
        match at {
            Some(v) if v == ancestor => return true,
            Some(v) => at = domain.values.get(v.index()).and_then(|v| v.parent),
            None => return false,
        }
    }
    false
}

/// The perils of one scope of a framework, in the vocabulary of the scheme.
pub(super) struct FrameworkScope<'a> {
    pub kind: tree::ScopeKind,
    pub perils: BTreeSet<ValueId>,
    /// As written, without what lies below them
    pub harms: Vec<ValueId>,
    pub roles: Vec<ValueId>,
    /// The list itself or a group in it ends with 等.
    pub open: bool,
    pub notes: &'a Notes,
    pub span: tree::Span,
}

/// All scopes of a framework that list perils.
pub(super) fn scopes<'a>(child: &Scope, framework: &'a Scope) -> Vec<FrameworkScope<'a>> {
    let domains = |scope: &'a Scope| scope.domain_named(id::PERIL).and_then(|d| scope.domain(d));
    let (Some(theirs), Some(ours)) = (
        domains(framework),
        child.domain_named(id::PERIL).and_then(|d| child.domain(d)),
    ) else {
        return Vec::new();
    };
    framework
        .clauses()
        .iter()
        .filter_map(|clause| match &clause.kind {
            ClauseKind::Scope(scope) => {
                let (list, ending, _) = scope.perils.as_ref()?;
                let set = framework.perils(list);
                let caused = set.caused.iter().flat_map(|(values, _)| values);
                let perils = set
                    .plain
                    .iter()
                    .chain(caused)
                    .filter_map(|value| ours.value(&theirs.get(*value)?.id))
                    .collect();
                Some(FrameworkScope {
                    kind: scope.kind,
                    perils,
                    harms: translated(child, framework, id::HARM, scope.harms.as_ref()),
                    roles: translated(child, framework, id::ROLE, scope.roles.as_ref()),
                    open: set.open
                        || !set.decisions.is_empty()
                        || !set.lists.is_empty()
                        || matches!(ending, tree::ListEnding::Open { .. }),
                    notes: &clause.notes,
                    span: clause.span,
                })
            }
            _ => None,
        })
        .collect()
}

/// The names of a list in the scheme's domain of the same id.
fn translated(
    child: &Scope,
    framework: &Scope,
    domain: &str,
    list: Option<&(Vec<tree::Name>, tree::ListEnding, Notes)>,
) -> Vec<ValueId> {
    let domains = framework.domain_named(domain).zip(child.domain_named(domain));
    let Some(((theirs, ours), (names, ..))) = domains.zip(list) else {
        return Vec::new();
    };
    let (theirs, ours) = (framework.domain(theirs), child.domain(ours));
    let Some((theirs, ours)) = theirs.zip(ours) else {
        return Vec::new();
    };
    let own = |name: &tree::Name| ours.value(&theirs.get(theirs.value(&name.text)?)?.id);
    names.iter().filter_map(own).collect()
}

/// Whether the framework lets schemes choose from its basic scope.
pub(super) fn menu(framework: &Scope) -> bool {
    framework
        .clauses()
        .iter()
        .any(|clause| matches!(clause.kind, ClauseKind::Menu(tree::ScopeKind::Basic)))
}
