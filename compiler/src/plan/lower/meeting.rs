//! What happens when several covers apply (SEMANTICS §3): priority, closed transitively; the higher; both.

use super::context::Lowering;
use super::limits::named_covers;
use super::notes;
use super::order;
use crate::plan::{CoverId, Meeting};
use anlan_lang::diag::{Finding, Place, codes};
use anlan_lang::tree::{ClauseKind, CoverSet, Priority};
use std::collections::{BTreeMap, BTreeSet};

type Pairs = BTreeMap<(CoverId, CoverId), Place>;

impl Lowering<'_> {
    pub fn meeting(&mut self, covers: &[&str]) -> Meeting {
        let scope = self.scope;
        let (mut over, mut higher, mut stack) = (Pairs::new(), Pairs::new(), Pairs::new());
        let mut clauses: Vec<_> = scope
            .clauses()
            .iter()
            .filter(|clause| matches!(clause.kind, ClauseKind::Priority(_)))
            .collect();
        clauses.sort_by_cached_key(|clause| order::concept(notes::cited(clause), &notes::head(&clause.kind).zh));
        for clause in clauses {
            let ClauseKind::Priority(rule) = &clause.kind else {
                continue;
            };
            let place = scope.place(clause.span);
            match rule {
                Priority::Over { first, others } => {
                    let first = named_covers(&CoverSet::Named(first.clone()), covers).unwrap_or_default();
                    let others = members(others, covers);
                    for &a in &first {
                        for &b in others.iter().filter(|b| !first.contains(b)) {
                            over.entry((a, b)).or_insert(place);
                        }
                    }
                }
                Priority::Higher(set) => add_pairs(&mut higher, &members(set, covers), place),
                Priority::Stack(set) => add_pairs(&mut stack, &members(set, covers), place),
            }
        }
        let closed = close(over.keys().copied().collect());
        self.circles(&over, &closed, covers);
        self.contradictions(&higher, &stack, covers);
        let ranked = |(a, b): &(CoverId, CoverId)| closed.contains(&(*a, *b)) || closed.contains(&(*b, *a));
        Meeting {
            // In a circle neither is over the other; the finding stops everything that reads it.
            over: closed
                .iter()
                .filter(|(a, b)| !closed.contains(&(*b, *a)))
                .copied()
                .collect(),
            higher: higher.keys().filter(|pair| !ranked(pair)).copied().collect(),
            stack: stack
                .keys()
                .filter(|pair| !ranked(pair) && !higher.contains_key(pair))
                .copied()
                .collect(),
        }
    }

    fn circles(&mut self, written: &Pairs, closed: &BTreeSet<(CoverId, CoverId)>, covers: &[&str]) {
        let mut reported = BTreeSet::new();
        for (&(a, b), place) in written {
            if closed.contains(&(b, a)) && reported.insert((a.min(b), a.max(b))) {
                let finding = pair_finding(codes::C304, *place, a, b, covers);
                let finding = match written.get(&(b, a)) {
                    Some(other) if other != place => finding.label(*other, "other"),
                    _ => finding,
                };
                self.find(finding);
            }
        }
    }

    fn contradictions(&mut self, higher: &Pairs, stack: &Pairs, covers: &[&str]) {
        for (&(a, b), place) in stack {
            if let Some(other) = higher.get(&(a, b)) {
                self.find(pair_finding(codes::C305, *place, a, b, covers).label(*other, "other"));
            }
        }
    }
}

fn pair_finding(code: anlan_lang::diag::Code, place: Place, a: CoverId, b: CoverId, covers: &[&str]) -> Finding {
    let name = |id: CoverId| covers.get(id.index()).copied().unwrap_or("");
    Finding::new(code, place)
        .arg("first", name(a))
        .arg("second", name(b))
        .about(name(a))
        .about(name(b))
}

fn members(set: &CoverSet, covers: &[&str]) -> Vec<CoverId> {
    named_covers(set, covers).unwrap_or_else(|| (0..covers.len()).map(CoverId::from).collect())
}

fn add_pairs(pairs: &mut Pairs, members: &[CoverId], place: Place) {
    for &a in members {
        for &b in members.iter().filter(|b| **b > a) {
            pairs.entry((a, b)).or_insert(place);
        }
    }
}

/// Transitive closure.
fn close(mut pairs: BTreeSet<(CoverId, CoverId)>) -> BTreeSet<(CoverId, CoverId)> {
    loop {
        let mut more = Vec::new();
        for &(a, b) in &pairs {
            for &(c, d) in pairs.range((b, CoverId(0))..=(b, CoverId(u32::MAX))) {
                if b == c && a != d && !pairs.contains(&(a, d)) {
                    more.push((a, d));
                }
            }
        }
        if more.is_empty() {
            return pairs;
        }
        pairs.extend(more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priority_is_closed_transitively() {
        let c = CoverId::from;
        let closed = close(BTreeSet::from([(c(0), c(1)), (c(1), c(2)), (c(2), c(3))]));
        assert_eq!(closed.len(), 6);
        assert!(closed.contains(&(c(0), c(3))));
    }

    #[test]
    fn a_circle_shows_in_both_directions() {
        let c = CoverId::from;
        let closed = close(BTreeSet::from([(c(0), c(1)), (c(1), c(2)), (c(2), c(0))]));
        assert!(closed.contains(&(c(1), c(0))) && closed.contains(&(c(0), c(1))));
    }
}
