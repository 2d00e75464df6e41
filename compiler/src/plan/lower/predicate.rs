//! What rules test, before and after the domains are refined to the values that no rule distinguishes (SEMANTICS §8).

use crate::plan::diagram::{Diagrams, NodeId, OverBudget};
use crate::plan::{Class, Fact, FactId, FactKind, ValueId};
use std::collections::{BTreeMap, BTreeSet};

/// Integers `from..below` in the fact's units; `None` is unbounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    pub from: Option<i64>,
    pub below: Option<i64>,
}

impl Interval {
    pub const ALL: Interval = Interval {
        from: None,
        below: None,
    };
    fn is_empty(self) -> bool {
        matches!((self.from, self.below), (Some(from), Some(below)) if from >= below)
    }
    pub fn intersect(self, other: Interval) -> Option<Interval> {
        let both = Interval {
            from: self.from.max(other.from),
            below: match (self.below, other.below) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            },
        };
        (!both.is_empty()).then_some(both)
    }
    fn contains(self, other: Interval) -> bool {
        self.intersect(other) == Some(other)
    }
    /// What of this lies outside the other: at most two intervals.
    pub fn minus(self, other: Interval) -> Vec<Interval> {
        let left = other.from.map(|from| Interval {
            from: None,
            below: Some(from),
        });
        let right = other.below.map(|below| Interval {
            from: Some(below),
            below: None,
        });
        [left, right]
            .into_iter()
            .flatten()
            .filter_map(|part| self.intersect(part))
            .collect()
    }
}

/// What one fact must satisfy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Sorted
    In(Vec<ValueId>),
    Range(Interval),
    Is(bool),
}

impl Test {
    fn intersect(&self, other: &Test) -> Option<Test> {
        match (self, other) {
            (Test::In(a), Test::In(b)) => {
                let both: Vec<ValueId> = a.iter().copied().filter(|v| b.contains(v)).collect();
                (!both.is_empty()).then_some(Test::In(both))
            }
            (Test::Range(a), Test::Range(b)) => a.intersect(*b).map(Test::Range),
            (Test::Is(a), Test::Is(b)) => (a == b).then_some(Test::Is(*a)),
            // One fact has one kind, so tests of different kinds never meet.
            _ => None,
        }
    }
}

/// A conjunction of tests, one a fact.
pub type Region = BTreeMap<FactId, Test>;

/// The part common to two regions, if there is any.
pub fn meet(a: &Region, b: &Region) -> Option<Region> {
    let mut both = a.clone();
    for (fact, test) in b {
        let test = match both.get(fact) {
            Some(mine) => mine.intersect(test)?,
            None => test.clone(),
        };
        both.insert(*fact, test);
    }
    Some(both)
}

/// A predicate on facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Predicate {
    Constant(bool),
    Test(FactId, Test),
    All(Vec<Predicate>),
    Any(Vec<Predicate>),
    Not(Box<Predicate>),
}

impl Predicate {
    pub fn within(fact: FactId, mut values: Vec<ValueId>) -> Self {
        values.sort_unstable();
        values.dedup();
        if values.is_empty() {
            Predicate::Constant(false)
        } else {
            Predicate::Test(fact, Test::In(values))
        }
    }
    pub fn yes(fact: FactId) -> Self {
        Predicate::Test(fact, Test::Is(true))
    }
}

/// Everything that rules tell apart, fact by fact.
#[derive(Debug, Clone, Default)]
pub struct Atoms {
    sets: BTreeMap<FactId, BTreeSet<Vec<ValueId>>>,
    cuts: BTreeMap<FactId, BTreeSet<i64>>,
    answers: BTreeSet<FactId>,
}

impl Atoms {
    pub fn predicate(&mut self, predicate: &Predicate) {
        match predicate {
            Predicate::Constant(_) => {}
            Predicate::Test(fact, test) => self.test(*fact, test),
            Predicate::All(parts) | Predicate::Any(parts) => parts.iter().for_each(|part| self.predicate(part)),
            Predicate::Not(part) => self.predicate(part),
        }
    }
    pub fn region(&mut self, region: &Region) {
        for (fact, test) in region {
            self.test(*fact, test);
        }
    }
    pub fn test(&mut self, fact: FactId, test: &Test) {
        match test {
            Test::In(values) => {
                self.sets.entry(fact).or_default().insert(values.clone());
            }
            Test::Range(interval) => {
                let cuts = self.cuts.entry(fact).or_default();
                cuts.extend(interval.from);
                cuts.extend(interval.below);
            }
            Test::Is(_) => {
                self.answers.insert(fact);
            }
        }
    }

    /// Fills the classes of each fact that is tested, and gives these facts.
    pub fn refine(&self, facts: &mut [Fact], values: &dyn Fn(&FactKind) -> usize) -> BTreeSet<FactId> {
        let mut tested = BTreeSet::new();
        for (i, fact) in facts.iter_mut().enumerate() {
            let id = FactId::from(i);
            if let Some(sets) = self.sets.get(&id) {
                fact.classes = partition(values(&fact.kind), sets);
            } else if let Some(cuts) = self.cuts.get(&id) {
                fact.classes = intervals(cuts);
                // A class that no value can be in would give findings, and witnesses, of claims that nobody can make.
                let possible = super::condition::possible(&fact.kind);
                fact.classes.retain(|class| match class {
                    Class::Interval { from, below } => {
                        let class = Interval {
                            from: *from,
                            below: *below,
                        };
                        possible.intersect(class).is_some()
                    }
                    _ => true,
                });
            } else if self.answers.contains(&id) {
                fact.classes = vec![Class::No, Class::Yes];
            } else {
                continue;
            }
            tested.insert(id);
        }
        tested
    }
}

/// Values that lie in the same sets share a class; classes are ordered by their first value.
fn partition(count: usize, sets: &BTreeSet<Vec<ValueId>>) -> Vec<Class> {
    let mut signature: Vec<Vec<u32>> = vec![Vec::new(); count];
    for (i, set) in sets.iter().enumerate() {
        for value in set {
            if let Some(signature) = signature.get_mut(value.index()) {
                signature.push(i as u32);
            }
        }
    }
    let mut order: Vec<(Vec<u32>, Vec<ValueId>)> = Vec::new();
    let mut position: BTreeMap<Vec<u32>, usize> = BTreeMap::new();
    for (i, signature) in signature.into_iter().enumerate() {
        let next = order.len();
        let at = *position.entry(signature.clone()).or_insert(next);
        if at == next {
            order.push((signature, Vec::new()));
        }
        if let Some((_, class)) = order.get_mut(at) {
            class.push(ValueId::from(i));
        }
    }
    order.into_iter().map(|(_, class)| Class::Values(class)).collect()
}

fn intervals(cuts: &BTreeSet<i64>) -> Vec<Class> {
    let froms = std::iter::once(None).chain(cuts.iter().copied().map(Some));
    let belows = cuts.iter().copied().map(Some).chain(std::iter::once(None));
    froms
        .zip(belows)
        .map(|(from, below)| Class::Interval { from, below })
        .collect()
}

/// Builds diagrams once the classes are known.
#[derive(Debug)]
pub struct Builder<'a> {
    pub facts: &'a [Fact],
    pub diagrams: Diagrams,
}

impl Builder<'_> {
    pub fn predicate(&mut self, predicate: &Predicate) -> Result<NodeId, OverBudget> {
        match predicate {
            Predicate::Constant(value) => Ok(Diagrams::constant(*value)),
            Predicate::Test(fact, test) => self.test(*fact, test),
            Predicate::All(parts) => {
                let parts = self.parts(parts)?;
                self.diagrams.all(parts)
            }
            Predicate::Any(parts) => {
                let parts = self.parts(parts)?;
                self.diagrams.any(parts)
            }
            Predicate::Not(part) => {
                let part = self.predicate(part)?;
                self.diagrams.not(part)
            }
        }
    }
    fn parts(&mut self, parts: &[Predicate]) -> Result<Vec<NodeId>, OverBudget> {
        parts.iter().map(|part| self.predicate(part)).collect()
    }
    pub fn region(&mut self, region: &Region) -> Result<NodeId, OverBudget> {
        let tests = region
            .iter()
            .map(|(fact, test)| self.test(*fact, test))
            .collect::<Result<Vec<_>, _>>()?;
        self.diagrams.all(tests)
    }
    pub fn test(&mut self, fact: FactId, test: &Test) -> Result<NodeId, OverBudget> {
        let classes = self.facts.get(fact.index()).map_or(&[][..], |fact| &fact.classes);
        let passing: Vec<u16> = classes
            .iter()
            .zip(0u16..)
            .filter(|(class, _)| passes(class, test))
            .map(|(_, i)| i)
            .collect();
        self.diagrams
            .test(fact, classes.len(), &passing, NodeId::YES, NodeId::NO)
    }
}

/// Classes refine every test, so a class passes whole or not at all.
fn passes(class: &Class, test: &Test) -> bool {
    match (class, test) {
        (Class::Values(values), Test::In(set)) => values.iter().all(|v| set.contains(v)),
        (Class::Interval { from, below }, Test::Range(interval)) => interval.contains(Interval {
            from: *from,
            below: *below,
        }),
        (Class::Yes, Test::Is(yes)) => *yes,
        (Class::No, Test::Is(yes)) => !*yes,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn interval(from: Option<i64>, below: Option<i64>) -> Interval {
        Interval { from, below }
    }

    #[test]
    fn intervals_meet_and_differ() {
        let middle = interval(Some(10), Some(20));
        assert_eq!(
            interval(None, Some(15)).intersect(middle),
            Some(interval(Some(10), Some(15)))
        );
        assert_eq!(interval(None, Some(10)).intersect(middle), None);
        assert_eq!(
            Interval::ALL.minus(middle),
            [interval(None, Some(10)), interval(Some(20), None)]
        );
        assert_eq!(middle.minus(interval(None, None)), []);
        assert_eq!(interval(Some(12), Some(14)).minus(middle), []);
    }

    #[test]
    fn a_domain_is_refined_to_what_no_rule_distinguishes() {
        let v = |i: usize| ValueId::from(i);
        let sets = BTreeSet::from([vec![v(1), v(2)], vec![v(2), v(4)]]);
        assert_eq!(
            partition(5, &sets),
            [
                Class::Values(vec![v(0), v(3)]),
                Class::Values(vec![v(1)]),
                Class::Values(vec![v(2)]),
                Class::Values(vec![v(4)]),
            ]
        );
    }

    #[test]
    fn cuts_become_interval_classes() {
        assert_eq!(
            intervals(&BTreeSet::from([50_000, 100_000])),
            [
                (None, Some(50_000)),
                (Some(50_000), Some(100_000)),
                (Some(100_000), None)
            ]
            .map(|(from, below)| Class::Interval { from, below })
        );
    }
}
