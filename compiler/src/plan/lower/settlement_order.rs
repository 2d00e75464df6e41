//! The order in which limits act (SEMANTICS §4.5): finer key first; same key, smaller filter first; otherwise a
//! written `after`. Each limit reads what the one before left.

use super::context::Lowering;
use super::limits::LoweredLimit;
use crate::plan::{CoverId, FactId, Filter, GroupKey, Limit, LimitId, Part, ValueId};
use crate::resolve::id;
use anlan_lang::diag::{Finding, codes};
use std::collections::BTreeSet;

/// The lines that a limit sees: pairs of cover and harm, and further tests.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Lines {
    benefits: BTreeSet<(CoverId, ValueId)>,
    /// Facts but for the harm
    tests: Vec<(FactId, BTreeSet<ValueId>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    /// The first acts before the second.
    Before,
    After,
    /// They never see the same line.
    Apart,
    /// Equal key and equal filter
    Same,
    /// They see the same lines and nothing says which acts first.
    Open,
}

impl Lowering<'_> {
    /// Limits in settlement order, those of schedules first. `benefits` are all pairs of cover and harm that pay.
    pub fn settlement(
        &mut self,
        own: Vec<Limit>,
        limits: Vec<LoweredLimit>,
        benefits: &[(CoverId, ValueId)],
    ) -> Vec<Limit> {
        let names: Vec<String> = limits.iter().map(|l| l.limit.id.clone()).collect();
        let before = self.precedence(&limits, &names, benefits);
        let order = self.sorted(&limits, &before);
        let offset = own.len();
        let position = |name: &str| {
            let index = names.iter().position(|n| n == name)?;
            let at = order.iter().position(|i| *i == index)?;
            Some(LimitId::from(offset + at))
        };
        let mut all = own;
        for &index in &order {
            if let Some(lowered) = limits.get(index) {
                let mut limit = lowered.limit.clone();
                limit.within = lowered.within.as_ref().and_then(|name| position(&name.text));
                all.push(limit);
            }
        }
        all
    }

    /// `before[a]` holds every b that must act after a.
    fn precedence(
        &mut self,
        limits: &[LoweredLimit],
        names: &[String],
        benefits: &[(CoverId, ValueId)],
    ) -> Vec<BTreeSet<usize>> {
        let mut before: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); limits.len()];
        let mut add = |a: usize, b: usize| {
            if let Some(later) = before.get_mut(a) {
                later.insert(b);
            }
        };
        let named = |name: &anlan_lang::tree::Name| names.iter().position(|n| *n == name.text);
        for (i, limit) in limits.iter().enumerate() {
            for other in limit.after.iter().filter_map(named) {
                add(other, i);
            }
            // A limit inside another one acts first: the outer one reads what it left.
            if let Some(outer) = limit.within.as_ref().and_then(named) {
                add(i, outer);
            }
        }
        let mut open = Vec::new();
        for (i, a) in limits.iter().enumerate() {
            for (j, b) in limits.iter().enumerate().skip(i + 1) {
                match self.relation(&a.limit, &b.limit, benefits) {
                    Relation::Before => add(i, j),
                    Relation::After => add(j, i),
                    Relation::Apart => {}
                    Relation::Same => self.same_limit(&a.limit, &b.limit),
                    Relation::Open => open.push((i, j)),
                }
            }
        }
        for (i, j) in open {
            if !reaches(&before, i, j)
                && !reaches(&before, j, i)
                && let (Some(a), Some(b)) = (limits.get(i), limits.get(j))
            {
                self.open_order(&a.limit, &b.limit);
            }
        }
        before
    }

    fn relation(&self, a: &Limit, b: &Limit, benefits: &[(CoverId, ValueId)]) -> Relation {
        let (lines_a, lines_b) = (self.lines(&a.filter, benefits), self.lines(&b.filter, benefits));
        if !intersects(&lines_a, &lines_b) {
            return Relation::Apart;
        }
        match (self.refines(&a.keys, &b.keys), self.refines(&b.keys, &a.keys)) {
            (true, false) => Relation::Before,
            (false, true) => Relation::After,
            (false, false) => Relation::Open,
            (true, true) => match (within(&lines_a, &lines_b), within(&lines_b, &lines_a)) {
                (true, true) => Relation::Same,
                (true, false) => Relation::Before,
                (false, true) => Relation::After,
                (false, false) => Relation::Open,
            },
        }
    }

    /// Key `a` refines `b` when each column of `b` is in `a` or determined by one of `a`: a claim determines all, an
    /// event its year. The term is the empty key.
    fn refines(&self, a: &[GroupKey], b: &[GroupKey]) -> bool {
        let has = |name: &str| {
            self.fact_named(name)
                .is_some_and(|fact| a.contains(&GroupKey::Fact(fact)))
        };
        has(id::CLAIM)
            || b.iter()
                .all(|key| a.contains(key) || (*key == GroupKey::Year && has(id::EVENT)))
    }

    fn lines(&self, filter: &Filter, benefits: &[(CoverId, ValueId)]) -> Lines {
        let harm = self.harm_fact();
        let harms = filter
            .facts
            .iter()
            .find(|(fact, _)| Some(*fact) == harm)
            .map(|(_, values)| values);
        Lines {
            benefits: benefits
                .iter()
                .filter(|(cover, _)| filter.covers.as_ref().is_none_or(|covers| covers.contains(cover)))
                .filter(|(_, harm)| harms.is_none_or(|harms| harms.contains(harm)))
                .copied()
                .collect(),
            tests: filter
                .facts
                .iter()
                .filter(|(fact, _)| Some(*fact) != harm)
                .map(|(fact, values)| (*fact, values.iter().copied().collect()))
                .collect(),
        }
    }

    /// Stable by the order of concepts; a circle is reported and then ignored.
    fn sorted(&mut self, limits: &[LoweredLimit], before: &[BTreeSet<usize>]) -> Vec<usize> {
        let mut left: Vec<usize> = (0..limits.len()).collect();
        let mut order = Vec::with_capacity(limits.len());
        while !left.is_empty() {
            let free = left.iter().position(|&i| {
                !left
                    .iter()
                    .any(|&j| j != i && before.get(j).is_some_and(|later| later.contains(&i)))
            });
            if free.is_none() {
                self.circle(limits, &left);
            }
            order.push(left.remove(free.unwrap_or_default()));
            if free.is_none() {
                order.append(&mut left);
            }
        }
        order
    }

    fn circle(&mut self, limits: &[LoweredLimit], left: &[usize]) {
        let names: Vec<String> = left
            .iter()
            .filter_map(|&i| limits.get(i))
            .map(|l| l.limit.id.clone())
            .collect();
        let first = left.first().and_then(|&i| limits.get(i));
        let place = first.and_then(|l| {
            self.places
                .exact_part(&l.limit.source, Part::After)
                .or_else(|| self.places.part(&l.limit.source, Part::Within))
        });
        self.find(Finding::new(codes::L303, place).arg("limits", names));
    }

    fn same_limit(&mut self, a: &Limit, b: &Limit) {
        let finding = self.pair(codes::L302, a, b);
        self.find(finding);
    }
    fn open_order(&mut self, a: &Limit, b: &Limit) {
        let finding = self.pair(codes::L301, a, b);
        self.find(finding);
    }
    fn pair(&self, code: anlan_lang::diag::Code, a: &Limit, b: &Limit) -> Finding {
        let mut finding = Finding::new(code, self.places.part(&b.source, Part::Name))
            .arg("first", &a.name)
            .arg("second", &b.name)
            .articles(a.source.articles.iter().chain(&b.source.articles).cloned())
            .about(&a.id)
            .about(&b.id);
        if let Some(place) = self.places.part(&a.source, Part::Name) {
            finding = finding.label(place, "other");
        }
        finding
    }
}

fn intersects(a: &Lines, b: &Lines) -> bool {
    !a.benefits.is_disjoint(&b.benefits)
        && a.tests.iter().all(|(fact, values)| {
            b.tests
                .iter()
                .filter(|(other, _)| other == fact)
                .all(|(_, others)| !values.is_disjoint(others))
        })
}

fn within(a: &Lines, b: &Lines) -> bool {
    a.benefits.is_subset(&b.benefits)
        && b.tests.iter().all(|(fact, values)| {
            a.tests
                .iter()
                .any(|(other, others)| other == fact && others.is_subset(values))
        })
}

fn reaches(before: &[BTreeSet<usize>], from: usize, to: usize) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut left = vec![from];
    while let Some(at) = left.pop() {
        for &next in before.get(at).into_iter().flatten() {
            if next == to {
                return true;
            }
            if seen.insert(next) {
                left.push(next);
            }
        }
    }
    false
}
