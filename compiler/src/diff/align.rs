//! One vocabulary for two plans: facts by id, values by id or alias, classes refined to a common partition.

use super::formula::Renamed;
use super::names::fact_id;
use crate::money::Grid;
use crate::plan::{Class, Fact, FactId, FactKind, Plan, ValueId};
use crate::resolve::id;
use anlan_lang::tree::PartRule;
use std::collections::{BTreeSet, HashMap};

/// The two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Version {
    Old,
    New,
}

/// A thing of the old plan, the new one, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pair<T> {
    pub old: Option<T>,
    pub new: Option<T>,
}

impl<T: Copy> Pair<T> {
    pub fn of(&self, version: Version) -> Option<T> {
        match version {
            Version::Old => self.old,
            Version::New => self.new,
        }
    }
}

/// A fact that a diagram of either plan tests. Facts stand in test order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JointFact {
    pub fact: Pair<FactId>,
    /// The points with which either plan compares what may lie between them: intervals then hold positions.
    pub grid: Option<Grid>,
    pub classes: Vec<JointClass>,
}

/// Values of a fact that neither plan tells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JointClass {
    /// The class of each plan; `None` where that plan does not test the fact, or does not know the values.
    pub class: Pair<u16>,
    /// Whether each plan knows the values.
    pub known: (bool, bool),
    pub members: Members,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Members {
    Values(Vec<Pair<ValueId>>),
    /// Integers `from..below` in the fact's units, or positions on its grid
    Interval {
        from: Option<i64>,
        below: Option<i64>,
    },
    No,
    Yes,
}

impl JointClass {
    pub fn is_known(&self, version: Version) -> bool {
        match version {
            Version::Old => self.known.0,
            Version::New => self.known.1,
        }
    }
}

/// The facts of both plans, joined.
#[derive(Debug)]
pub(crate) struct Alignment<'a> {
    pub old: &'a Plan,
    pub new: &'a Plan,
    pub facts: Vec<JointFact>,
}

impl<'a> Alignment<'a> {
    pub fn new(old: &'a Plan, new: &'a Plan, renamed: &Renamed) -> Self {
        let ids = test_order(old, new, renamed);
        let facts = ids
            .into_iter()
            .map(|name| {
                let fact = Pair {
                    old: old
                        .facts
                        .iter()
                        .position(|f| fact_id(renamed, &f.id) == name)
                        .map(FactId::from),
                    new: new.facts.iter().position(|f| f.id == name).map(FactId::from),
                };
                JointFact {
                    fact,
                    grid: grid(old, new, fact),
                    classes: classes(old, new, fact),
                }
            })
            .collect();
        Alignment { old, new, facts }
    }
    pub fn plan(&self, version: Version) -> &'a Plan {
        match version {
            Version::Old => self.old,
            Version::New => self.new,
        }
    }
    /// The level of a fact of one plan in the joint test order.
    pub fn level(&self, version: Version, fact: FactId) -> Option<u16> {
        let position = self
            .facts
            .iter()
            .position(|joint| joint.fact.of(version) == Some(fact))?;
        u16::try_from(position).ok()
    }
    /// The level of a fact by its id.
    pub fn level_of(&self, name: &str) -> Option<u16> {
        let named = |joint: &JointFact| self.declared(joint).is_some_and(|fact| fact.id == name);
        u16::try_from(self.facts.iter().position(named)?).ok()
    }
    /// The declaration of a joint fact, in the new plan where it has one.
    pub fn declared(&self, joint: &JointFact) -> Option<&'a Fact> {
        let new = joint.fact.new.and_then(|fact| self.new.facts.get(fact.index()));
        new.or_else(|| joint.fact.old.and_then(|fact| self.old.facts.get(fact.index())))
    }
    /// The class of `harm` in the joint facts that holds a harm of one plan.
    pub fn harm_class(&self, version: Version, harm: ValueId) -> Option<u16> {
        let level = self.level_of(id::HARM)?;
        let joint = self.facts.get(usize::from(level))?;
        let holds = |class: &JointClass| match &class.members {
            Members::Values(values) => values.iter().any(|value| value.of(version) == Some(harm)),
            _ => false,
        };
        u16::try_from(joint.classes.iter().position(holds)?).ok()
    }
}

/// The new plan's test order, with what only the old one tests after what came before it there.
fn test_order(old: &Plan, new: &Plan, renamed: &Renamed) -> Vec<String> {
    let order = |plan: &Plan| -> Vec<String> {
        let facts = plan.diagrams.order.iter();
        facts
            .filter_map(|f| Some(plan.facts.get(f.index())?.id.clone()))
            .collect()
    };
    let mut joint = order(new);
    let mut after = 0;
    for name in order(old) {
        let name = fact_id(renamed, &name);
        match joint.iter().position(|known| *known == name) {
            Some(position) => after = position + 1,
            None => {
                joint.insert(after.min(joint.len()), name);
                after += 1;
            }
        }
    }
    // Harms are walked one by one, so the harm always has a level.
    if !joint.iter().any(|name| name == id::HARM) {
        joint.insert(0, id::HARM.to_owned());
    }
    joint
}

fn grid(old: &Plan, new: &Plan, fact: Pair<FactId>) -> Option<Grid> {
    let of = |plan: &Plan, fact: Option<FactId>| plan.facts.get(fact?.index())?.kind.grid();
    of(new, fact.new).or_else(|| of(old, fact.old))
}

fn classes(old: &Plan, new: &Plan, fact: Pair<FactId>) -> Vec<JointClass> {
    let of = |plan: &'_ Plan, fact: Option<FactId>| fact.and_then(|f| plan.facts.get(f.index()).cloned());
    let (old_fact, new_fact) = (of(old, fact.old), of(new, fact.new));
    let kind = new_fact.as_ref().or(old_fact.as_ref()).map(|f| f.kind.clone());
    match kind {
        Some(FactKind::Enumeration { .. }) => enumeration(old, new, old_fact.as_ref(), new_fact.as_ref()),
        Some(FactKind::YesNo) => {
            let at = |fact: &Option<Fact>, class: &Class| {
                let position = fact.as_ref()?.classes.iter().position(|c| c == class)?;
                u16::try_from(position).ok()
            };
            [(Class::No, Members::No), (Class::Yes, Members::Yes)]
                .into_iter()
                .map(|(class, members)| JointClass {
                    class: Pair {
                        old: at(&old_fact, &class),
                        new: at(&new_fact, &class),
                    },
                    known: (true, true),
                    members,
                })
                .collect()
        }
        _ => intervals(old_fact.as_ref(), new_fact.as_ref()),
    }
}

fn class_of_value(fact: Option<&Fact>, value: ValueId) -> Option<u16> {
    let holds = |class: &Class| matches!(class, Class::Values(values) if values.contains(&value));
    u16::try_from(fact?.classes.iter().position(holds)?).ok()
}

fn enumeration(old: &Plan, new: &Plan, old_fact: Option<&Fact>, new_fact: Option<&Fact>) -> Vec<JointClass> {
    let mut order: Vec<JointClass> = Vec::new();
    let mut seen: HashMap<(Pair<u16>, (bool, bool)), usize> = HashMap::new();
    for value in values(old, new, old_fact, new_fact) {
        let class = Pair {
            old: value.old.and_then(|v| class_of_value(old_fact, v)),
            new: value.new.and_then(|v| class_of_value(new_fact, v)),
        };
        // A plan without the fact ignores it.
        let known = (
            value.old.is_some() || old_fact.is_none(),
            value.new.is_some() || new_fact.is_none(),
        );
        let index = *seen.entry((class, known)).or_insert_with(|| {
            order.push(JointClass {
                class,
                known,
                members: Members::Values(Vec::new()),
            });
            order.len() - 1
        });
        if let Some(JointClass {
            members: Members::Values(values),
            ..
        }) = order.get_mut(index)
        {
            values.push(value);
        }
    }
    order
}

/// The values of an enumeration in both plans: the new domain's order, with what is gone after it.
pub(crate) fn values(old: &Plan, new: &Plan, old_fact: Option<&Fact>, new_fact: Option<&Fact>) -> Vec<Pair<ValueId>> {
    let domain = |plan: &'_ Plan, fact: Option<&Fact>| match fact.map(|f| &f.kind) {
        Some(FactKind::Enumeration { domain, .. }) => plan.domains.get(domain.index()).cloned(),
        _ => None,
    };
    let (old_domain, new_domain) = (domain(old, old_fact), domain(new, new_fact));
    let old_values = old_domain.as_ref().map_or(&[][..], |d| &d.values);
    let new_values = new_domain.as_ref().map_or(&[][..], |d| &d.values);
    let by_id: HashMap<&str, usize> = old_values.iter().enumerate().map(|(i, v)| (v.id.as_str(), i)).collect();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut pairs: Vec<Pair<ValueId>> = Vec::new();
    for (index, value) in new_values.iter().enumerate() {
        let old = by_id.get(value.id.as_str()).copied();
        taken.extend(old);
        pairs.push(Pair {
            old: old.map(ValueId::from),
            new: Some(ValueId::from(index)),
        });
    }
    // What has another id may still be the same thing under a name that the other version knows as an alias.
    for pair in pairs.iter_mut().filter(|pair| pair.old.is_none()) {
        let Some(value) = pair.new.and_then(|v| new_values.get(v.index())) else {
            continue;
        };
        let same = |(index, other): &(usize, &crate::plan::DomainValue)| {
            !taken.contains(index)
                && (value.aliases.contains(&other.id)
                    || value.aliases.contains(&other.name.zh)
                    || other.aliases.contains(&value.id)
                    || other.aliases.contains(&value.name.zh))
        };
        if let Some((index, _)) = old_values.iter().enumerate().find(same) {
            taken.insert(index);
            pair.old = Some(ValueId::from(index));
        }
    }
    let gone = (0..old_values.len()).filter(|index| !taken.contains(index));
    pairs.extend(gone.map(|index| Pair {
        old: Some(ValueId::from(index)),
        new: None,
    }));
    pairs
}

/// A bound of a fact's classes as one of records: where the other version counts parts, a version that does not takes a part
/// for a whole unit or leaves it out.
fn of_records(kind: &FactKind, grid: Option<Grid>, bound: Option<i64>) -> Option<i64> {
    let bound = bound?;
    Some(match kind {
        FactKind::Count { part } if grid.is_some() && kind.grid().is_none() => {
            let up = *part == Some(PartRule::Up);
            bound.saturating_mul(2).saturating_sub(i64::from(up))
        }
        _ => bound,
    })
}

fn intervals(old: Option<&Fact>, new: Option<&Fact>) -> Vec<JointClass> {
    let grid = [new, old].into_iter().flatten().find_map(|fact| fact.kind.grid());
    let bounds_of = |fact: &Fact, class: &Class| match class {
        Class::Interval { from, below } => [*from, *below].map(|bound| of_records(&fact.kind, grid, bound)),
        _ => [None, None],
    };
    let cuts: BTreeSet<i64> = [old, new]
        .into_iter()
        .flatten()
        .flat_map(|fact| fact.classes.iter().map(move |class| (fact, class)))
        .flat_map(|(fact, class)| bounds_of(fact, class))
        .flatten()
        .collect();
    let mut bounds: Vec<Option<i64>> = vec![None];
    bounds.extend(cuts.into_iter().map(Some));
    let mut ends: Vec<Option<i64>> = bounds.iter().skip(1).copied().collect();
    ends.push(None);
    let class = |fact: Option<&Fact>, from: Option<i64>, below: Option<i64>| {
        let fact = fact?;
        let holds = |class: &Class| match class {
            Class::Interval { .. } => {
                let [low, high] = bounds_of(fact, class);
                let above = low.is_none_or(|low| from.is_some_and(|from| low <= from));
                let under = high.is_none_or(|high| below.is_some_and(|below| below <= high));
                above && under
            }
            _ => false,
        };
        u16::try_from(fact.classes.iter().position(holds)?).ok()
    };
    let mut classes: Vec<JointClass> = bounds
        .into_iter()
        .zip(ends)
        .map(|(from, below)| JointClass {
            class: Pair {
                old: class(old, from, below),
                new: class(new, from, below),
            },
            known: (true, true),
            members: Members::Interval { from, below },
        })
        .collect();
    // Below and above the bounds of both versions there is no claim.
    if classes.iter().any(has_class) {
        classes.retain(has_class);
    }
    classes
}

fn has_class(joint: &JointClass) -> bool {
    joint.class.old.is_some() || joint.class.new.is_some()
}
