//! Family C: which covers meet, what nobody covers, and who is responsible.

mod bodies;
mod cells;
mod conditions;
mod likes;
mod lists;
mod meeting;
mod outranked;
mod parts;
mod pays;
mod promises;
mod related;
mod subjects;
mod unmet;
mod words;

use super::Rule;
use super::subject::named;
use crate::plan::diagram::{Diagrams, Node, NodeId};
use crate::plan::{FactId, Plan, ValueId};
use anlan_lang::diag::{Arg, codes};
use std::collections::BTreeSet;

pub(super) const RULES: &[Rule] = &[
    Rule::sound(&[codes::C101, codes::Q104], meeting::unranked).bound(),
    Rule::sound(&[codes::C121], outranked::never_counts),
    Rule::sound(&[codes::C122], unmet::rows),
    Rule::sound(&[codes::C113], related::unsettled),
    Rule::sound(&[codes::C102], promises::perils),
    Rule::sound(&[codes::C103], promises::persons),
    Rule::of(&[codes::C104, codes::C116, codes::C117], conditions::impossible),
    Rule::sound(&[codes::C119], promises::outside_list),
    Rule::sound(&[codes::C105, codes::C106], conditions::constant),
    Rule::of(&[codes::C107, codes::C108, codes::C109, codes::C110], bodies::handlers),
    Rule::of(&[codes::C111], bodies::two_holders),
    Rule::of(&[codes::C112], lists::repeated),
    Rule::sound(&[codes::C114], parts::idle),
    Rule::sound(&[codes::C115], likes::differ),
    Rule::sound(&[codes::C118], subjects::against_harms),
];

/// The facts that diagrams test. What two of them say is independent where they share none.
fn tested(diagrams: &Diagrams, roots: &[NodeId]) -> BTreeSet<FactId> {
    let nodes = diagrams.reachable(roots).into_iter();
    let facts = nodes.filter_map(|node| match diagrams.node(node) {
        Node::Test { fact, .. } => Some(*fact),
        Node::Leaf(_) => None,
    });
    facts.collect()
}

/// Values of a domain for a message, without those that lie below another one in the list.
fn listed(plan: &Plan, domain: &str, values: &[ValueId]) -> Arg {
    let domain = plan.domains.iter().find(|d| d.id == domain);
    let get = |value: &ValueId| domain.and_then(|d| d.values.get(value.index()));
    let mut values = values.to_vec();
    values.sort_unstable();
    values.dedup();
    let topmost = values.iter().filter(|value| {
        get(value)
            .and_then(|v| v.parent)
            .is_none_or(|parent| !values.contains(&parent))
    });
    Arg::List(topmost.filter_map(|value| get(value).map(|v| named(&v.name))).collect())
}
