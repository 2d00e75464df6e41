//! Diagrams over the joint facts of two plans: hash-consed, one target for each joint class, with a node budget.
//!
//! A leaf is a number; what it stands for is the affair of whoever made the diagram. The joint classes of a fact are few
//! (values that neither plan tells apart are one class), so a dense row of targets is both simple and fast.

use crate::plan::diagram::OverBudget;
use std::collections::HashMap;

/// A node of a [`Store`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Id(u32);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Node {
    Leaf(u32),
    /// Targets by class of the fact at this level
    Test(u16, Box<[Id]>),
}

/// Nodes allowed: far above what two documents need, and still walked within a second.
pub(crate) const BUDGET: usize = 1_000_000;

#[derive(Debug)]
pub(crate) struct Store {
    nodes: Vec<Node>,
    index: HashMap<Node, Id>,
    /// Number of classes at each level
    classes: Vec<u16>,
    budget: usize,
}

type Made = Result<Id, OverBudget>;

/// A box: for each level the classes that pass; `None` where the fact is free.
pub(crate) type Classes = Vec<Option<Vec<u16>>>;

impl Store {
    pub fn new(classes: Vec<u16>) -> Self {
        Store {
            nodes: Vec::new(),
            index: HashMap::new(),
            classes,
            budget: BUDGET,
        }
    }
    pub fn count(&self, level: u16) -> u16 {
        self.classes.get(usize::from(level)).copied().unwrap_or(1)
    }
    pub fn levels(&self) -> usize {
        self.classes.len()
    }
    pub fn leaf(&mut self, leaf: u32) -> Made {
        self.intern(Node::Leaf(leaf))
    }
    pub fn as_leaf(&self, id: Id) -> Option<u32> {
        match self.node(id) {
            Some(Node::Leaf(leaf)) => Some(*leaf),
            _ => None,
        }
    }
    fn node(&self, id: Id) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }
    /// Leaves come after every level.
    fn level(&self, id: Id) -> u16 {
        match self.node(id) {
            Some(Node::Test(level, _)) => *level,
            _ => u16::MAX,
        }
    }
    /// Where `id` goes on for a class of the fact at `level`, which is not after its own.
    fn follow(&self, id: Id, level: u16, class: usize) -> Id {
        match self.node(id) {
            Some(Node::Test(own, to)) if *own == level => to.get(class).copied().unwrap_or(id),
            _ => id,
        }
    }
    fn intern(&mut self, node: Node) -> Made {
        if let Some(&id) = self.index.get(&node) {
            return Ok(id);
        }
        if self.nodes.len() >= self.budget {
            return Err(OverBudget { budget: self.budget });
        }
        let id = Id(self.nodes.len() as u32);
        self.nodes.push(node.clone());
        self.index.insert(node, id);
        Ok(id)
    }
    /// The test of a level whose targets all test later levels.
    fn make(&mut self, level: u16, to: Vec<Id>) -> Made {
        match to.first() {
            Some(&first) if to.iter().all(|id| *id == first) => Ok(first),
            _ => self.intern(Node::Test(level, to.into())),
        }
    }
    /// For each class of the fact at `level` the diagram given, which may test any level.
    pub fn select(&mut self, level: u16, to: Vec<Id>) -> Made {
        self.select_from(level, to, &mut HashMap::new())
    }
    fn select_from(&mut self, level: u16, to: Vec<Id>, memo: &mut HashMap<Vec<Id>, Id>) -> Made {
        let first = to.iter().map(|id| self.level(*id)).min().unwrap_or(u16::MAX);
        if first > level {
            return self.make(level, to);
        }
        if let Some(&done) = memo.get(&to) {
            return Ok(done);
        }
        let made = if first == level {
            let own = to.iter().enumerate().map(|(class, id)| self.follow(*id, level, class));
            let own = own.collect();
            self.make(level, own)?
        } else {
            let mut targets = Vec::new();
            for class in 0..usize::from(self.count(first)) {
                let restricted = to.iter().map(|id| self.follow(*id, first, class)).collect();
                targets.push(self.select_from(level, restricted, memo)?);
            }
            self.make(first, targets)?
        };
        memo.insert(to, made);
        Ok(made)
    }
    /// The diagram given that the fact at `level` is in the class.
    pub fn restrict(&mut self, id: Id, level: u16, class: u16) -> Made {
        self.restrict_from(id, level, usize::from(class), &mut HashMap::new())
    }
    fn restrict_from(&mut self, id: Id, level: u16, class: usize, memo: &mut HashMap<Id, Id>) -> Made {
        let Some(Node::Test(own, to)) = self.node(id).cloned() else {
            return Ok(id);
        };
        if own > level {
            return Ok(id);
        }
        if own == level {
            return Ok(to.get(class).copied().unwrap_or(id));
        }
        if let Some(&done) = memo.get(&id) {
            return Ok(done);
        }
        let mut targets = Vec::with_capacity(to.len());
        for target in &to {
            targets.push(self.restrict_from(*target, level, class, memo)?);
        }
        let made = self.make(own, targets)?;
        memo.insert(id, made);
        Ok(made)
    }
    /// The diagram whose leaf is `join` of the leaves of the given ones for every assignment.
    pub fn product(&mut self, ids: &[Id], join: &mut dyn FnMut(&[u32]) -> u32) -> Made {
        self.product_from(ids.to_vec(), join, &mut HashMap::new())
    }
    fn product_from(
        &mut self,
        ids: Vec<Id>,
        join: &mut dyn FnMut(&[u32]) -> u32,
        memo: &mut HashMap<Vec<Id>, Id>,
    ) -> Made {
        if let Some(&done) = memo.get(&ids) {
            return Ok(done);
        }
        let first = ids.iter().map(|id| self.level(*id)).min().unwrap_or(u16::MAX);
        let made = if first == u16::MAX {
            let leaves: Vec<u32> = ids.iter().filter_map(|id| self.as_leaf(*id)).collect();
            let leaf = join(&leaves);
            self.leaf(leaf)?
        } else {
            let mut targets = Vec::new();
            for class in 0..usize::from(self.count(first)) {
                let next = ids.iter().map(|id| self.follow(*id, first, class)).collect();
                targets.push(self.product_from(next, join, memo)?);
            }
            self.make(first, targets)?
        };
        memo.insert(ids, made);
        Ok(made)
    }
    /// The same diagram with a diagram in the place of each leaf.
    pub fn compose(&mut self, id: Id, place: &mut dyn FnMut(&mut Store, u32) -> Made) -> Made {
        self.compose_from(id, place, &mut HashMap::new())
    }
    fn compose_from(
        &mut self,
        id: Id,
        place: &mut dyn FnMut(&mut Store, u32) -> Made,
        memo: &mut HashMap<Id, Id>,
    ) -> Made {
        if let Some(&done) = memo.get(&id) {
            return Ok(done);
        }
        let made = match self.node(id).cloned() {
            Some(Node::Test(level, to)) => {
                let mut targets = Vec::with_capacity(to.len());
                for target in &to {
                    targets.push(self.compose_from(*target, place, memo)?);
                }
                self.select(level, targets)?
            }
            Some(Node::Leaf(leaf)) => place(self, leaf)?,
            None => id,
        };
        memo.insert(id, made);
        Ok(made)
    }
    /// The same diagram with other leaves.
    pub fn relabel(&mut self, id: Id, change: &mut dyn FnMut(u32) -> u32) -> Made {
        self.compose(id, &mut |store, leaf| store.leaf(change(leaf)))
    }
    /// The distinct leaves, ascending.
    pub fn leaves(&self, id: Id) -> Vec<u32> {
        let mut seen = std::collections::HashSet::new();
        let mut found = std::collections::BTreeSet::new();
        let mut stack = vec![id];
        while let Some(next) = stack.pop() {
            if !seen.insert(next) {
                continue;
            }
            match self.node(next) {
                Some(Node::Leaf(leaf)) => {
                    found.insert(*leaf);
                }
                Some(Node::Test(_, to)) => stack.extend(to.iter().copied()),
                None => {}
            }
        }
        found.into_iter().collect()
    }
    /// The boxes in which the diagram ends in `leaf`: disjoint, in the order of the classes, and no two mergeable along
    /// one fact (SEMANTICS §8). `None` where there are more than `most`.
    pub fn boxes(&mut self, id: Id, leaf: u32, most: usize) -> Result<Option<Vec<Classes>>, OverBudget> {
        let indicator = self.relabel(id, &mut |found| u32::from(found == leaf))?;
        let mut found = Vec::new();
        let mut way: Classes = vec![None; self.levels()];
        let whole = self.collect(indicator, &mut way, &mut found, most);
        Ok(whole.then(|| merged(found, &self.classes)))
    }
    fn collect(&self, id: Id, way: &mut Classes, found: &mut Vec<Classes>, most: usize) -> bool {
        match self.node(id) {
            Some(Node::Leaf(1)) => {
                found.push(way.clone());
                found.len() <= most
            }
            Some(Node::Test(level, to)) => {
                let mut targets: Vec<(Id, Vec<u16>)> = Vec::new();
                for (class, target) in (0u16..).zip(to.iter()) {
                    match targets.iter_mut().find(|(id, _)| id == target) {
                        Some((_, classes)) => classes.push(class),
                        None => targets.push((*target, vec![class])),
                    }
                }
                for (target, classes) in targets {
                    if let Some(place) = way.get_mut(usize::from(*level)) {
                        *place = Some(classes);
                    }
                    if !self.collect(target, way, found, most) {
                        return false;
                    }
                }
                if let Some(place) = way.get_mut(usize::from(*level)) {
                    *place = None;
                }
                true
            }
            _ => true,
        }
    }
}

/// Joins boxes that differ in one fact only, from the last fact to the first, until no two do.
fn merged(mut boxes: Vec<Classes>, counts: &[u16]) -> Vec<Classes> {
    loop {
        let before = boxes.len();
        for (level, count) in counts.iter().enumerate().rev() {
            let mut order: Vec<Classes> = Vec::new();
            let mut joined: HashMap<Classes, Vec<u16>> = HashMap::new();
            for mut one in boxes {
                let own = one.get_mut(level).and_then(Option::take);
                let own = own.unwrap_or_else(|| (0..*count).collect());
                match joined.get_mut(&one) {
                    Some(classes) => classes.extend(own),
                    None => {
                        order.push(one.clone());
                        joined.insert(one, own);
                    }
                }
            }
            boxes = order
                .into_iter()
                .map(|mut one| {
                    let mut own = joined.remove(&one).unwrap_or_default();
                    own.sort_unstable();
                    own.dedup();
                    if let Some(place) = one.get_mut(level) {
                        *place = (own.len() < usize::from(*count)).then_some(own);
                    }
                    one
                })
                .collect();
        }
        if boxes.len() == before {
            boxes.sort();
            return boxes;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use super::*;

    fn test(store: &mut Store, level: u16, classes: &[u16], yes: Id, no: Id) -> Id {
        let to = (0..store.count(level))
            .map(|class| if classes.contains(&class) { yes } else { no })
            .collect();
        store.select(level, to).unwrap()
    }

    #[test]
    fn selection_keeps_the_order_of_levels() {
        let mut store = Store::new(vec![2, 3]);
        let (no, yes) = (store.leaf(0).unwrap(), store.leaf(1).unwrap());
        let early = test(&mut store, 0, &[1], yes, no);
        let late = test(&mut store, 1, &[0, 2], early, no);
        let other = test(&mut store, 1, &[0, 2], yes, no);
        assert_eq!(late, test(&mut store, 0, &[1], other, no));
        assert_eq!(store.restrict(late, 1, 1).unwrap(), no);
        assert_eq!(store.restrict(late, 1, 2).unwrap(), early);
    }

    #[test]
    fn no_two_boxes_can_be_merged_along_one_fact() {
        let mut store = Store::new(vec![3, 3, 2]);
        let (no, yes, other) = (store.leaf(0).unwrap(), store.leaf(1).unwrap(), store.leaf(7).unwrap());
        // Under class 0: 1 in {0}, else 7; under 1: 1 in {0, 1}; under 2: 7.
        let first = test(&mut store, 1, &[0], yes, other);
        let second = test(&mut store, 1, &[0, 1], yes, no);
        let root = store.select(0, vec![first, second, other]).unwrap();
        let boxes = store.boxes(root, 1, 100).unwrap().unwrap();
        // They share a corner but differ in two facts.
        let one = vec![Some(vec![0]), Some(vec![0]), None];
        let two = vec![Some(vec![1]), Some(vec![0, 1]), None];
        assert_eq!(boxes, [one, two]);
        assert_eq!(store.boxes(root, 1, 1).unwrap(), None);
    }
}
