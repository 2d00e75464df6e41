//! What rules read of a plan: facts and values by their ids, classes, whether lines pass a filter, and which covers pay.

use crate::plan::{Class, CoverId, Fact, FactId, Filter, Meeting, Plan, ValueId};
use crate::resolve::id;
use rustc_hash::FxHashMap;

/// Ids of harms with a rule of their own.
pub mod harm {
    pub const DEATH: &str = "death";
    pub const DISABILITY: &str = "disability";
    pub const MEDICAL: &str = "medical";
    /// Harms to things; all others are harms to a person.
    pub const PROPERTY: &[&str] = &["dwelling", "goods", "crops", "public_facilities"];
}

/// Whether a harm is one to things.
pub fn is_property(plan: &Plan, harm: ValueId) -> bool {
    harm::PROPERTY
        .iter()
        .any(|name| value_named(plan, id::HARM, name) == Some(harm))
}

/// The fact with this id.
pub fn fact_named(plan: &Plan, fact: &str) -> Option<FactId> {
    plan.facts.iter().position(|f| f.id == fact).map(FactId::from)
}

/// The domain value of an enumeration fact by its id.
pub fn value_named(plan: &Plan, fact: &str, value: &str) -> Option<ValueId> {
    let domain = match plan.facts.get(fact_named(plan, fact)?.index())?.kind {
        crate::plan::FactKind::Enumeration { domain, .. } => plan.domains.get(domain.index())?,
        _ => return None,
    };
    domain.values.iter().position(|v| v.id == value).map(ValueId::from)
}

/// The class of a fact that holds a value.
pub fn class_of(plan: &Plan, fact: FactId, value: ValueId) -> Option<u16> {
    let holds = |class: &Class| matches!(class, Class::Values(values) if values.contains(&value));
    let at = plan.facts.get(fact.index())?.classes.iter().position(holds)?;
    u16::try_from(at).ok()
}

/// The class that holds each value of a fact.
pub fn classes_of_values(plan: &Plan, fact: FactId) -> FxHashMap<ValueId, u16> {
    let classes = plan.facts.get(fact.index()).map(|fact| fact.classes.as_slice());
    let numbered = (0u16..).zip(classes.unwrap_or_default());
    numbered
        .flat_map(|(number, class)| {
            match class {
                Class::Values(values) => values.as_slice(),
                Class::Interval { .. } | Class::No | Class::Yes => &[],
            }
            .iter()
            .map(move |value| (*value, number))
        })
        .collect()
}

/// The values of a class.
pub fn values_of(fact: &Fact, class: u16) -> &[ValueId] {
    match fact.classes.get(usize::from(class)) {
        Some(Class::Values(values)) => values,
        _ => &[],
    }
}

/// Whether lines of a cover and harm on a path pass a filter. A fact that the path leaves free passes.
pub fn passes(plan: &Plan, filter: &Filter, cover: CoverId, harm: ValueId, path: &[(FactId, u16)]) -> bool {
    if filter.covers.as_ref().is_some_and(|covers| !covers.contains(&cover)) {
        return false;
    }
    filter.facts.iter().all(|(fact, values)| {
        let Some(of) = plan.facts.get(fact.index()) else {
            return true;
        };
        if of.id == id::HARM {
            return values.contains(&harm);
        }
        match path.iter().find(|(on_path, _)| on_path == fact) {
            Some((_, class)) => values_of(of, *class).iter().any(|value| values.contains(value)),
            None => true,
        }
    })
}

/// The covers of a set that pay, in groups that stack: only one of the groups is paid.
pub fn chosen(meeting: &Meeting, applying: &[CoverId]) -> Vec<Vec<CoverId>> {
    let beaten = |cover: &CoverId| applying.iter().any(|other| meeting.is_over(*other, *cover));
    let left = applying.iter().copied().filter(|cover| !beaten(cover));
    let mut groups: Vec<Vec<CoverId>> = Vec::new();
    for cover in left {
        match groups
            .iter_mut()
            .find(|group| group.iter().any(|other| meeting.stacks(*other, cover)))
        {
            Some(group) => group.push(cover),
            None => groups.push(vec![cover]),
        }
    }
    groups
}
