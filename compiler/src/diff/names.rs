//! What the two versions call the same thing: decisions, parameters, funds, facts by id, and by their content where
//! only the name changed.

use super::formula::Renamed;
use crate::plan::{Decision, Fact, FactRole, Fund, Parameter, Plan};
use serde::Serialize;

/// A thing that kept its meaning under another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Renaming {
    pub kind: NamedKind,
    pub old: String,
    pub new: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NamedKind {
    Cover,
    Schedule,
    Limit,
    Insurer,
    Decision,
    Parameter,
    Fund,
    Fact,
}

impl NamedKind {
    pub fn id(self) -> &'static str {
        match self {
            NamedKind::Cover => "diff-kind-cover",
            NamedKind::Schedule => "diff-kind-schedule",
            NamedKind::Limit => "diff-kind-limit",
            NamedKind::Insurer => "diff-kind-insurer",
            NamedKind::Decision => "diff-kind-decision",
            NamedKind::Parameter => "diff-kind-parameter",
            NamedKind::Fund => "diff-kind-fund",
            NamedKind::Fact => "diff-kind-fact",
        }
    }
}

/// Everything renamed so far, and the map that reads the old plan in the new one's words.
#[derive(Debug, Default)]
pub(crate) struct Renames {
    pub list: Vec<Renaming>,
    pub map: Renamed,
}

impl Renames {
    pub fn add(&mut self, kind: NamedKind, old: &str, new: &str) {
        self.map.insert(old.to_owned(), new.to_owned());
        self.list.push(Renaming {
            kind,
            old: old.to_owned(),
            new: new.to_owned(),
        });
    }
    /// What amounts name: these come before anything can be compared.
    pub fn of(old: &Plan, new: &Plan) -> Self {
        let mut names = Renames::default();
        let decisions = |a: &Decision, b: &Decision| {
            a.by == b.by && a.effect == b.effect && a.value == b.value && key(old, a) == key(new, b)
        };
        pair(&old.decisions, &new.decisions, |d| &d.id, decisions, &mut |a, b| {
            names.add(NamedKind::Decision, a, b);
        });
        let parameters = |a: &Parameter, b: &Parameter| {
            a.kind == b.kind && a.by == b.by && a.at_least == b.at_least && a.at_most == b.at_most && a.value == b.value
        };
        pair(&old.parameters, &new.parameters, |p| &p.id, parameters, &mut |a, b| {
            names.add(NamedKind::Parameter, a, b);
        });
        let funds = |a: &Fund, b: &Fund| a.reported_by == b.reported_by && a.balance == b.balance;
        pair(&old.funds, &new.funds, |f| &f.id, funds, &mut |a, b| {
            names.add(NamedKind::Fund, a, b);
        });
        let given = |plan: &Plan| -> Vec<Fact> {
            let facts = plan.facts.iter().filter(|f| f.role == FactRole::Given);
            facts.cloned().collect()
        };
        let facts = |a: &Fact, b: &Fact| a.sort == b.sort && a.kind == b.kind && a.classes == b.classes;
        pair(&given(old), &given(new), |f| &f.id, facts, &mut |a, b| {
            names.add(NamedKind::Fact, a, b);
        });
        names
    }
}

fn key(plan: &Plan, decision: &Decision) -> String {
    match decision.per {
        crate::plan::DecisionKey::Fact(fact) => plan.facts.get(fact.index()).map_or_else(String::new, |f| f.id.clone()),
        other => format!("{other:?}"),
    }
}

/// Calls `found` for every item that only one version names and that has exactly one alike among the other's.
fn pair<T>(
    old: &[T],
    new: &[T],
    id: impl Fn(&T) -> &String,
    alike: impl Fn(&T, &T) -> bool,
    found: &mut dyn FnMut(&str, &str),
) {
    let gone: Vec<&T> = old.iter().filter(|a| !new.iter().any(|b| id(a) == id(b))).collect();
    let come: Vec<&T> = new.iter().filter(|b| !old.iter().any(|a| id(a) == id(b))).collect();
    for a in &gone {
        let matches: Vec<&&T> = come.iter().filter(|b| alike(a, b)).collect();
        let rivals = gone
            .iter()
            .filter(|other| matches.first().is_some_and(|b| alike(other, b)))
            .count();
        if let ([b], 1) = (matches.as_slice(), rivals) {
            found(id(a), id(b));
        }
    }
}

/// The id of a fact of the old plan in the new one's words; `decided:X` follows its decision.
pub(crate) fn fact_id(map: &Renamed, id: &str) -> String {
    let renamed = |name: &str| map.get(name).map_or(name, String::as_str).to_owned();
    for prefix in ["decided:", "present:"] {
        if let Some(name) = id.strip_prefix(prefix) {
            return format!("{prefix}{}", renamed(name));
        }
    }
    renamed(id)
}
