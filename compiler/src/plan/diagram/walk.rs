//! Reading diagrams: evaluation, boxes, the joint outcomes of several diagrams, examples.

use super::operations::{Nodes, Split, each, falling, refine, steps};
use super::{Diagrams, JOINT_BUDGET, Leaf, Node, NodeId};
use crate::plan::model::FactId;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// One class for each of some facts; facts that are not named are free.
pub type Assignment = Vec<(FactId, u16)>;

/// A box: for each fact tested on the way, the classes that pass. Facts that are not named are free.
pub type Region = Vec<(FactId, Vec<u16>)>;

/// What several diagrams give together for some record, and one record that shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The leaf node of each diagram, in the order of the roots
    pub leaves: Vec<NodeId>,
    pub example: Assignment,
}

/// Which values of a fact examples are to have, where one combination of leaves is reached with several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    pub great: bool,
    pub small: bool,
    /// Each of them
    pub every: bool,
}

impl Wanted {
    fn any(self) -> bool {
        self.great || self.small || self.every
    }
    /// Whether whoever has the one class needs no example with the other.
    fn no_worse(self, one: u16, other: u16) -> bool {
        (!self.great || one >= other) && (!self.small || one <= other) && (!self.every || one == other)
    }
}

/// The classes of wanted facts along a way; a fact that is not tested is free, so as good as can be.
type Label = SmallVec<[(FactId, u16); 2]>;

fn label(wanted: &dyn Fn(FactId) -> Wanted, way: &[(FactId, u16)]) -> Label {
    way.iter().filter(|(fact, _)| wanted(*fact).any()).copied().collect()
}

/// Whether one way is as good as the other in every wanted fact.
fn as_good(wanted: &dyn Fn(FactId) -> Wanted, one: &Label, other: &Label) -> bool {
    let tested = |fact: FactId| other.iter().find(|(tested, _)| *tested == fact);
    one.iter()
        .all(|(fact, class)| tested(*fact).is_some_and(|(_, other)| wanted(*fact).no_worse(*class, *other)))
}

/// A walk over the joint outcomes of several diagrams.
struct Walk<'a> {
    useful: &'a dyn Fn(&[NodeId]) -> bool,
    wanted: &'a dyn Fn(FactId) -> Wanted,
    way: Assignment,
    /// Joint nodes, with the ways that led there of which none is as good as another
    seen: FxHashMap<Nodes, SmallVec<[Label; 1]>>,
    steps: usize,
    /// Places in `found` by their leaves
    at: FxHashMap<Nodes, SmallVec<[usize; 1]>>,
    found: Vec<Option<Outcome>>,
}

impl<'a> Walk<'a> {
    fn new(useful: &'a dyn Fn(&[NodeId]) -> bool, wanted: &'a dyn Fn(FactId) -> Wanted) -> Self {
        Walk {
            useful,
            wanted,
            way: Vec::new(),
            seen: FxHashMap::default(),
            steps: 0,
            at: FxHashMap::default(),
            found: Vec::new(),
        }
    }
    /// Whether the nodes are new, or reached in a way that no earlier one is as good as.
    fn enter(&mut self, nodes: &[NodeId]) -> bool {
        let label = label(self.wanted, &self.way);
        let wanted = self.wanted;
        let known = match self.seen.get_mut(nodes) {
            Some(known) => known,
            None => self.seen.entry(Nodes::from_slice(nodes)).or_default(),
        };
        let new = !known.iter().any(|earlier| as_good(wanted, earlier, &label));
        if new {
            known.retain(|earlier| !as_good(wanted, &label, earlier));
            known.push(label);
            self.steps += 1;
        }
        new
    }
    /// Adds an outcome, in place of those that are no better.
    fn arrive(&mut self, leaves: &[NodeId]) {
        let wanted = self.wanted;
        let new = label(wanted, &self.way);
        let places = self.at.entry(Nodes::from_slice(leaves)).or_default();
        let found = &mut self.found;
        places.retain(|place| {
            let Some(earlier) = found.get_mut(*place) else {
                return false;
            };
            let worse = earlier
                .as_ref()
                .is_none_or(|earlier| as_good(wanted, &new, &label(wanted, &earlier.example)));
            if worse {
                *earlier = None;
            }
            !worse
        });
        places.push(found.len());
        found.push(Some(Outcome {
            leaves: leaves.to_vec(),
            example: self.way.clone(),
        }));
    }
}

impl Diagrams {
    /// The leaf that a record reaches. `class_of` is asked only for the facts on the path; its error ends the walk.
    pub fn evaluate<E>(&self, root: NodeId, mut class_of: impl FnMut(FactId) -> Result<u16, E>) -> Result<&Leaf, E> {
        // Classes cover every value of a fact, so the fallback is for a class of another plan only.
        static NO: Leaf = Leaf::No;
        let mut node = root;
        loop {
            match self.node(node) {
                Node::Leaf(leaf) => return Ok(leaf),
                Node::Test { fact, .. } => match self.follow(node, class_of(*fact)?) {
                    Some(next) => node = next,
                    None => return Ok(&NO),
                },
            }
        }
    }

    /// Where a test goes on for a class of its fact.
    pub fn follow(&self, node: NodeId, class: u16) -> Option<NodeId> {
        match self.node(node) {
            Node::Leaf(_) => None,
            Node::Test { edges, .. } => edges
                .iter()
                .find(|edge| edge.classes.binary_search(&class).is_ok())
                .map(|edge| edge.to),
        }
    }

    /// All nodes that the roots lead to, children before parents, in the one canonical order.
    pub fn reachable(&self, roots: &[NodeId]) -> Vec<NodeId> {
        let mut seen = FxHashSet::default();
        let mut order = Vec::new();
        for &root in roots {
            self.visit(root, &mut seen, &mut order);
        }
        order
    }

    fn visit(&self, node: NodeId, seen: &mut FxHashSet<NodeId>, order: &mut Vec<NodeId>) {
        if !seen.insert(node) {
            return;
        }
        if let Node::Test { edges, .. } = self.node(node) {
            for edge in edges.iter() {
                self.visit(edge.to, seen, order);
            }
        }
        order.push(node);
    }

    /// The distinct leaves that a diagram can reach.
    pub fn leaves(&self, root: NodeId) -> Vec<&Leaf> {
        self.reachable(&[root])
            .into_iter()
            .filter_map(|id| self.as_leaf(id))
            .collect()
    }

    /// Those that it can reach with this class of a fact.
    pub fn leaves_with(&self, root: NodeId, fact: FactId, class: u16) -> Vec<&Leaf> {
        let mut seen = FxHashSet::default();
        let mut left = vec![root];
        let mut leaves = Vec::new();
        while let Some(node) = left.pop() {
            if !seen.insert(node) {
                continue;
            }
            match self.node(node) {
                Node::Leaf(leaf) => leaves.push(leaf),
                Node::Test { fact: tested, .. } if *tested == fact => left.extend(self.follow(node, class)),
                Node::Test { edges, .. } => left.extend(edges.iter().map(|edge| edge.to)),
            }
        }
        leaves
    }

    /// The facts that a diagram tests.
    pub fn support(&self, root: NodeId) -> BTreeSet<FactId> {
        self.reachable(&[root])
            .into_iter()
            .filter_map(|id| match self.node(id) {
                Node::Test { fact, .. } => Some(*fact),
                Node::Leaf(_) => None,
            })
            .collect()
    }

    /// The disjoint boxes of a diagram with their leaves, in the order of the classes.
    pub fn boxes(&self, root: NodeId) -> Boxes<'_> {
        Boxes {
            diagrams: self,
            stack: vec![(root, Vec::new())],
        }
    }

    /// Calls `visit` for every disjoint box of the diagrams taken together, with the leaf of each. There may be very
    /// many: prefer [`Diagrams::outcomes`] where one example of each outcome is enough.
    pub fn product(
        &self,
        roots: &[NodeId],
        visit: &mut dyn FnMut(&Region, &[&Leaf]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.product_from(roots, &mut Vec::new(), visit)
    }

    fn product_from(
        &self,
        nodes: &[NodeId],
        region: &mut Region,
        visit: &mut dyn FnMut(&Region, &[&Leaf]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        match self.split(nodes) {
            Split::Leaves => {
                let leaves: Vec<&Leaf> = nodes.iter().filter_map(|&id| self.as_leaf(id)).collect();
                visit(region, &leaves)
            }
            Split::On(fact, edges) => {
                for (classes, targets) in refine(nodes, &edges) {
                    region.push((fact, classes.to_vec()));
                    let flow = self.product_from(&targets, region, visit);
                    region.pop();
                    flow?;
                }
                ControlFlow::Continue(())
            }
        }
    }

    /// Every combination of leaves that the diagrams reach together, each once, with the first example in class
    /// order. Takes time in the number of distinct joint nodes, not of boxes; beyond [`JOINT_BUDGET`] of them it ends
    /// with what it has, and [`Diagrams::take_overrun`] says so. Until that is asked, no further walk is begun.
    pub fn outcomes(&self, roots: &[NodeId]) -> Vec<Outcome> {
        self.outcomes_where(roots, &|_| true)
    }

    /// The same without what lies below joint nodes that are not `useful`.
    pub fn outcomes_where(&self, roots: &[NodeId], useful: &dyn Fn(&[NodeId]) -> bool) -> Vec<Outcome> {
        self.outcomes_wanted(roots, useful, &|_| Wanted::default())
    }

    /// The same, with examples in which facts are as great or as small as `wanted` says. An amount moves with the numbers
    /// that it reads, and one row may be reached with several: of each combination of leaves there is an example for all
    /// classes of the wanted facts together that some record of the combination has, but for those that another one has
    /// no worse in any of them.
    pub fn outcomes_wanted(
        &self,
        roots: &[NodeId],
        useful: &dyn Fn(&[NodeId]) -> bool,
        wanted: &dyn Fn(FactId) -> Wanted,
    ) -> Vec<Outcome> {
        let mut walk = Walk::new(useful, wanted);
        if !self.is_overrun() {
            self.outcomes_from(roots, &mut walk);
        }
        walk.found.into_iter().flatten().collect()
    }

    /// The outcomes in which none of the first `conditions` diagrams is `No`, with the examples that are wanted.
    pub fn outcomes_under(
        &self,
        roots: &[NodeId],
        conditions: usize,
        wanted: &dyn Fn(FactId) -> Wanted,
    ) -> Vec<Outcome> {
        let useful = |nodes: &[NodeId]| !nodes.iter().take(conditions).any(|node| *node == NodeId::NO);
        self.outcomes_wanted(roots, &useful, wanted)
    }

    fn outcomes_from(&self, nodes: &[NodeId], walk: &mut Walk<'_>) {
        if !(walk.useful)(nodes) {
            return;
        }
        if walk.steps >= JOINT_BUDGET {
            self.overrun();
        }
        if self.is_overrun() || !walk.enter(nodes) {
            return;
        }
        match self.split(nodes) {
            Split::Leaves => walk.arrive(nodes),
            Split::On(fact, edges) => {
                let parts = match (walk.wanted)(fact) {
                    Wanted { every: true, .. }
                    | Wanted {
                        great: true,
                        small: true,
                        ..
                    } => each(nodes, &edges),
                    Wanted { great: true, .. } => falling(nodes, &edges),
                    Wanted { great: false, .. } => steps(nodes, &edges),
                };
                for (class, targets) in parts {
                    walk.way.push((fact, class));
                    self.outcomes_from(&targets, walk);
                    walk.way.pop();
                }
            }
        }
    }

    /// The first assignment, in class order, that leads to a leaf which `wanted` accepts.
    pub fn satisfying(&self, root: NodeId, wanted: impl Fn(&Leaf) -> bool) -> Option<Assignment> {
        let mut dead = FxHashSet::default();
        let mut way = Vec::new();
        self.search(root, &wanted, &mut dead, &mut way).then_some(way)
    }

    fn search(
        &self,
        node: NodeId,
        wanted: &dyn Fn(&Leaf) -> bool,
        dead: &mut FxHashSet<NodeId>,
        way: &mut Assignment,
    ) -> bool {
        match self.node(node) {
            Node::Leaf(leaf) => wanted(leaf),
            Node::Test { .. } if dead.contains(&node) => false,
            Node::Test { fact, edges } => {
                for edge in edges.iter() {
                    way.push((*fact, edge.classes.first().copied().unwrap_or_default()));
                    if self.search(edge.to, wanted, dead, way) {
                        return true;
                    }
                    way.pop();
                }
                dead.insert(node);
                false
            }
        }
    }
}

/// Iterator over the boxes of one diagram, see [`Diagrams::boxes`].
#[derive(Debug, Clone)]
pub struct Boxes<'a> {
    diagrams: &'a Diagrams,
    stack: Vec<(NodeId, Region)>,
}

impl<'a> Iterator for Boxes<'a> {
    type Item = (Region, &'a Leaf);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (node, region) = self.stack.pop()?;
            match self.diagrams.node(node) {
                Node::Leaf(leaf) => return Some((region, leaf)),
                Node::Test { fact, edges } => {
                    for edge in edges.iter().rev() {
                        let mut next = region.clone();
                        next.push((*fact, edge.classes.to_vec()));
                        self.stack.push((edge.to, next));
                    }
                }
            }
        }
    }
}
