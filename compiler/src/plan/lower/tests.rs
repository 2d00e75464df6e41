//! Small sources, lowered, and what their plans say.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

mod benefits;
mod contract;
mod covers;
mod limits;
mod statement;

use crate::compile::{Compiled, compile};
use crate::money::Fen;
use crate::plan::diagram::Leaf;
use crate::plan::*;
use crate::project::{Project, Settings, Source as File};
use crate::resolve::BodyKind;
use std::collections::BTreeMap;

const USES: &str = "引用 perils, injury, damage, dwelling, persons, liability, harms, facts, areas, units\n";

fn compiled(text: &str) -> Compiled {
    let source = File {
        path: "main.anlan".to_owned(),
        text: format!("{USES}{text}"),
    };
    compile(&Project::new(vec![source], Settings::default()))
}

/// The plan of the one scheme, and all codes found on the way but for questions and warnings.
fn scheme(clauses: &str) -> (Lowered, Vec<&'static str>) {
    unit(&format!("方案 试 {{\n{clauses}\n}}"), BodyKind::Scheme)
}

fn unit(text: &str, kind: BodyKind) -> (Lowered, Vec<&'static str>) {
    let compiled = compiled(text);
    let codes = compiled
        .all_findings()
        .into_iter()
        .filter(|finding| finding.severity == anlan_lang::diag::Severity::Error)
        .map(|finding| finding.code.0)
        .collect();
    let unit = compiled.units.into_iter().find(|unit| unit.kind == kind).unwrap();
    (unit.lowered.unwrap(), codes)
}

/// The plan of a scheme in which nothing is wrong.
fn plan(clauses: &str) -> Plan {
    let (lowered, codes) = scheme(clauses);
    assert_eq!(codes, [""; 0]);
    lowered.plan
}

/// The codes found in a scheme.
fn codes(clauses: &str) -> Vec<&'static str> {
    scheme(clauses).1
}

/// A record by fact names: `灾因 洪涝, 损害 死亡`; money in 元. A decision taken is `决定 X`.
struct Record<'p> {
    plan: &'p Plan,
    given: BTreeMap<String, String>,
}

impl<'p> Record<'p> {
    fn new(plan: &'p Plan, text: &str) -> Self {
        let given = text
            .split(", ")
            .filter_map(|field| field.split_once(' '))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Record { plan, given }
    }

    fn text(&self, fact: &Fact) -> Option<&str> {
        let found = self.given.get(&fact.id).or_else(|| self.given.get(&fact.name.zh));
        found.map(String::as_str)
    }

    /// The class of a fact; panics where the record does not give it.
    fn class(&self, id: FactId) -> u16 {
        let fact = &self.plan.facts[id.index()];
        let yes = |answer: bool| {
            fact.classes
                .iter()
                .position(|c| *c == if answer { Class::Yes } else { Class::No })
        };
        let at = match (&fact.role, &fact.kind) {
            (FactRole::Present(of), _) => yes(self.text(&self.plan.facts[of.index()]).is_some()),
            (FactRole::Decided(decision), _) => {
                let name = &self.plan.decisions[decision.index()].id;
                yes(self.given.get("决定").is_some_and(|taken| taken == name))
            }
            (_, FactKind::Enumeration { domain, default }) => {
                let domain = &self.plan.domains[domain.index()];
                let value = match self.text(fact) {
                    Some(text) => ValueId::from(position(domain, text)),
                    None => default.unwrap_or_else(|| panic!("the record lacks {}", fact.id)),
                };
                fact.classes
                    .iter()
                    .position(|class| matches!(class, Class::Values(values) if values.contains(&value)))
            }
            (_, FactKind::YesNo) => yes(self.text(fact) == Some("是")),
            (_, kind) => {
                let number: i64 = self.text(fact).unwrap().parse().unwrap();
                let units = if *kind == FactKind::Money { number * 100 } else { number };
                fact.classes.iter().position(|class| match class {
                    Class::Interval { from, below } => {
                        from.is_none_or(|from| units >= from) && below.is_none_or(|below| units < below)
                    }
                    _ => false,
                })
            }
        };
        u16::try_from(at.unwrap()).unwrap()
    }

    fn leaf(&self, root: crate::plan::diagram::NodeId) -> &'p Leaf {
        self.plan
            .diagrams
            .evaluate(root, |fact| Ok::<_, ()>(self.class(fact)))
            .unwrap()
    }
}

fn position(domain: &Domain, text: &str) -> usize {
    domain
        .values
        .iter()
        .position(|value| value.id == text || value.name.zh == text || value.aliases.iter().any(|alias| alias == text))
        .unwrap_or_else(|| panic!("{} has no {text}", domain.id))
}

/// Ids of the covers that apply to a record.
fn applying(plan: &Plan, record: &str) -> Vec<String> {
    match Record::new(plan, record).leaf(plan.applying) {
        Leaf::Covers(covers) => covers.iter().map(|id| plan.covers[id.index()].id.clone()).collect(),
        other => panic!("{other:?}"),
    }
}

/// What the benefit of a cover and harm says of a record.
fn outcome(plan: &Plan, cover: &str, record: &str) -> Leaf {
    let record = Record::new(plan, record);
    let harm = record.given["损害"].clone();
    let domain = plan.domains.iter().find(|domain| domain.id == "harm").unwrap();
    let harm = ValueId::from(position(domain, &harm));
    let benefit = plan
        .benefits
        .iter()
        .find(|b| plan.covers[b.cover.index()].id == cover && b.harm == harm)
        .unwrap();
    record.leaf(benefit.root).clone()
}

/// The pipeline that pays a record.
fn pipeline<'p>(plan: &'p Plan, cover: &str, record: &str) -> &'p Pipeline {
    match outcome(plan, cover, record) {
        Leaf::Pays(id) => &plan.pipelines[id.index()],
        other => panic!("{other:?}"),
    }
}

fn fixed(yuan: i64) -> Amount {
    Amount::Fixed(Fen(yuan * 100))
}

fn fact_id(plan: &Plan, id: &str) -> FactId {
    FactId::from(plan.facts.iter().position(|fact| fact.id == id).unwrap())
}
