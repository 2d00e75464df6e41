//! Which limit acts first (SEMANTICS §4.5): an order is a number for each limit.

use super::super::model::*;
use super::{Ask, Asker};
use std::collections::{BTreeMap, BTreeSet};

/// How two limits that hold a line in common stand to each other.
enum Standing {
    /// The first acts before the second.
    First,
    /// By the same key over the same lines
    Same,
    /// Neither key nor filter tells.
    Open,
}

impl World {
    /// Every pair of limits that hold a line in common.
    fn pairs_of_limits(&self) -> Vec<(usize, usize, Standing)> {
        let lines = |limit: usize| -> BTreeSet<(usize, Harm)> {
            let all = self.benefits().into_iter();
            all.filter(|(cover, harm)| self.under(limit, *cover, *harm)).collect()
        };
        let mut pairs = Vec::new();
        for (a, b) in (0..self.limits.len()).flat_map(|a| (a + 1..self.limits.len()).map(move |b| (a, b))) {
            let (x, y) = (lines(a), lines(b));
            if x.is_disjoint(&y) {
                continue;
            }
            pairs.push(match (self.keys_refine(a, b), self.keys_refine(b, a)) {
                (true, false) => (a, b, Standing::First),
                (false, true) => (b, a, Standing::First),
                (true, true) if x == y => (a, b, Standing::Same),
                (true, true) if x.is_subset(&y) => (a, b, Standing::First),
                (true, true) if y.is_subset(&x) => (b, a, Standing::First),
                _ => (a, b, Standing::Open),
            });
        }
        pairs
    }
}

impl Asker<'_> {
    pub(super) fn order(&mut self) {
        let w = self.world();
        let pairs = w.pairs_of_limits();
        let mut before: Vec<(usize, usize)> = Vec::new();
        for (at, limit) in w.limits.iter().enumerate() {
            before.extend(limit.after.map(|other| (other, at)));
            before.extend(limit.within.map(|outer| (at, outer)));
            self.put(&format!("(declare-const place{at} Int)"));
        }
        let first = |(a, b, how): &(usize, usize, Standing)| matches!(how, Standing::First).then_some((*a, *b));
        before.extend(pairs.iter().filter_map(first));
        let ordered = |asker: &mut Self, compare: &str| {
            asker.put("(push)");
            for (a, b) in &before {
                asker.put(&format!("(assert ({compare} place{a} place{b}))"));
            }
        };
        ordered(self, "<");
        self.ask(Ask::Ordered, "true");
        self.put("(pop)");
        // Where they go round in a circle, what follows from the rest still follows.
        ordered(self, "<=");
        for (a, b, _) in pairs.iter().filter(|(.., how)| matches!(how, Standing::Open)) {
            self.ask(Ask::Before(*b, *a), &format!("(< place{b} place{a})"));
            self.ask(Ask::Before(*a, *b), &format!("(< place{a} place{b})"));
        }
        self.put("(pop)");
    }
}

/// L301, L302, L303
pub(super) fn verdicts(world: &World, answers: &BTreeMap<Ask, bool>) -> BTreeSet<String> {
    let about = |code: &str, a: usize, b: usize| {
        let mut names = [world.limits[a].name.as_str(), world.limits[b].name.as_str()];
        names.sort_unstable();
        format!("{code} {}", names.join(" "))
    };
    let can = |ask: Ask| answers.get(&ask) == Some(&true);
    let mut found = BTreeSet::new();
    if answers.get(&Ask::Ordered) == Some(&false) {
        found.insert("L303".to_owned());
    }
    for (a, b, how) in world.pairs_of_limits() {
        match how {
            Standing::First => {}
            Standing::Same => {
                found.insert(about("L302", a, b));
            }
            Standing::Open if can(Ask::Before(a, b)) && can(Ask::Before(b, a)) => {
                found.insert(about("L301", a, b));
            }
            Standing::Open => {}
        }
    }
    found
}
