//! Hash-consed decision diagrams: facts in one fixed order, sets of classes on the edges.
//!
//! | part | what it does |
//! |---|---|
//! | this file | nodes, their one canonical form, reading them back |
//! | [`operations`] | and, or, not, if-then-else, union of cover sets, restriction |
//! | [`walk`] | evaluation, boxes, joint outcomes of several diagrams, examples |
//! | [`compact`] | the final numbering, without garbage |
//! | [`stored`] | how they are written into a stored plan |

mod compact;
mod operations;
mod stored;
#[cfg(test)]
mod tests;
mod walk;

pub use compact::Renumbering;
pub use walk::{Assignment, Boxes, Outcome, Region, Wanted};

use super::model::{Amount, CoverId, FactId, PipelineId};
use hashbrown::HashTable;
use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::hash::BuildHasher;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Index into [`Diagrams::nodes`]. The default is the leaf [`Leaf::No`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeId(pub u32);

impl NodeId {
    /// The leaf [`Leaf::No`] of every [`Diagrams`].
    pub const NO: NodeId = NodeId(0);
    /// The leaf [`Leaf::Yes`] of every [`Diagrams`].
    pub const YES: NodeId = NodeId(1);

    pub fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    Leaf(Leaf),
    Test {
        fact: FactId,
        /// Every class of the fact is in exactly one edge; edges sorted by their first class; no two edges lead to the same node.
        #[serde(with = "stored::edges")]
        edges: Arc<[Edge]>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Edge {
    /// Sorted indices into the fact's classes
    #[serde(with = "stored::classes")]
    pub classes: Classes,
    pub to: NodeId,
}

/// Some of a fact's classes, mostly few.
pub type Classes = SmallVec<[u16; 8]>;

/// Edges of a node that is perhaps not there yet.
type Edges = SmallVec<[Edge; 4]>;

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leaf {
    No,
    Yes,
    /// Sorted
    Covers(Vec<CoverId>),
    Pays(PipelineId),
    /// The cover applies and pays nothing.
    Nothing,
    /// The record is refused (sum insured above its maximum …); the index names the reason in [`Diagrams::refusals`].
    Refused(u32),
}

/// All diagrams of one plan share their nodes. Equal nodes have equal ids, so equality of functions is equality of ids.
///
/// Nodes 0 and 1 are the leaves `No` and `Yes`. In a finished plan a node's children have smaller ids than the node.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "stored::Stored")]
pub struct Diagrams {
    pub nodes: Vec<Node>,
    /// Facts in test order; a node's fact comes before its children's.
    pub order: Vec<FactId>,
    pub refusals: Vec<Refusal>,
    /// All nodes, found by what they hold.
    #[serde(skip)]
    index: HashTable<NodeId>,
    /// Level in `order`, by the fact's number
    #[serde(skip)]
    level: Vec<u32>,
    #[serde(skip)]
    budget: usize,
    /// Copies share it: rules work in copies.
    #[serde(skip)]
    overrun: Overrun,
}

/// Why a record is refused.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The fact's value is above the amount given.
    Above { fact: FactId, amount: Amount },
    /// The fact's value is below the amount given.
    Below { fact: FactId, amount: Amount },
}

/// A diagram would need more nodes than the budget allows (SEMANTICS §8): a finding, never a hang.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverBudget {
    /// The number of nodes allowed.
    pub budget: usize,
}

/// Set where a walk over several diagrams was given up; shared by all copies of the diagrams.
#[derive(Debug, Clone, Default)]
struct Overrun(Arc<AtomicBool>);

/// Nodes allowed unless [`Diagrams::with_budget`] says otherwise: far above what documents need (hundreds), and
/// still built within a second.
pub const NODE_BUDGET: usize = 100_000;

impl Default for Diagrams {
    fn default() -> Self {
        Diagrams::new(Vec::new())
    }
}

/// Up to so many edges are found one by one; more by a table.
const FEW_EDGES: usize = 16;

/// Joint nodes of several diagrams that one walk visits: beyond them it ends (SEMANTICS §8).
pub const JOINT_BUDGET: usize = 100_000;

impl Diagrams {
    /// Whether something was given up for a budget in these diagrams or a copy since the last call: what was found
    /// meanwhile is then not the whole.
    pub fn take_overrun(&self) -> bool {
        self.overrun.0.swap(false, Ordering::Relaxed)
    }
    /// The same without forgetting it.
    pub fn is_overrun(&self) -> bool {
        self.overrun.0.load(Ordering::Relaxed)
    }
    /// Says again that something was given up, where what was found then is used later.
    pub fn overrun(&self) {
        self.overrun.0.store(true, Ordering::Relaxed);
    }
    /// No diagrams yet; facts will be tested in the order given.
    pub fn new(order: Vec<FactId>) -> Self {
        Diagrams::with_budget(order, NODE_BUDGET)
    }

    /// As [`Diagrams::new`], with a node budget of one's own.
    pub fn with_budget(order: Vec<FactId>, budget: usize) -> Self {
        let level = levels(&order);
        let mut diagrams = Diagrams {
            nodes: Vec::new(),
            order,
            refusals: Vec::new(),
            index: HashTable::new(),
            level,
            budget: budget.max(2),
            overrun: Overrun::default(),
        };
        for leaf in [Leaf::No, Leaf::Yes] {
            // The budget allows for both.
            let _ = diagrams.intern_leaf(leaf);
        }
        diagrams
    }

    /// The node of an id of these diagrams. An id from elsewhere, out of range, reads as the leaf `No`.
    pub fn node(&self, id: NodeId) -> &Node {
        static NO: Node = Node::Leaf(Leaf::No);
        self.nodes.get(id.index()).unwrap_or(&NO)
    }

    /// The leaf at an id, if it is one.
    pub fn as_leaf(&self, id: NodeId) -> Option<&Leaf> {
        match self.node(id) {
            Node::Leaf(leaf) => Some(leaf),
            Node::Test { .. } => None,
        }
    }

    /// The position of a fact in the test order; facts that no diagram may test come after all others.
    pub fn level(&self, fact: FactId) -> u32 {
        self.level.get(fact.index()).copied().unwrap_or(u32::MAX)
    }

    /// The node of a leaf.
    pub fn leaf(&mut self, leaf: Leaf) -> Result<NodeId, OverBudget> {
        let leaf = match leaf {
            Leaf::Covers(mut covers) => {
                covers.sort_unstable();
                covers.dedup();
                Leaf::Covers(covers)
            }
            other => other,
        };
        self.intern_leaf(leaf)
    }

    /// `Yes` or `No`.
    pub fn constant(value: bool) -> NodeId {
        if value { NodeId::YES } else { NodeId::NO }
    }

    /// The canonical node that tests `fact` and goes on as told. Each class of the fact must be given exactly once;
    /// targets must test only later facts. Equal targets are merged; a test that decides nothing vanishes.
    pub fn make<C: AsRef<[u16]>>(
        &mut self,
        fact: FactId,
        branches: impl IntoIterator<Item = (C, NodeId)>,
    ) -> Result<NodeId, OverBudget> {
        let mut edges = Edges::new();
        let mut at: FxHashMap<NodeId, usize> = FxHashMap::default();
        for (classes, to) in branches {
            let classes = classes.as_ref();
            if classes.is_empty() {
                continue;
            }
            let known = match at.is_empty() {
                true => edges.iter().position(|edge| edge.to == to),
                false => at.get(&to).copied(),
            };
            match known.and_then(|known| edges.get_mut(known)) {
                Some(edge) => edge.classes.extend_from_slice(classes),
                None => {
                    if edges.len() == FEW_EDGES {
                        at.extend(edges.iter().map(|edge| edge.to).zip(0..));
                    }
                    if edges.len() >= FEW_EDGES {
                        at.insert(to, edges.len());
                    }
                    edges.push(Edge {
                        classes: Classes::from_slice(classes),
                        to,
                    });
                }
            }
        }
        if let [only] = edges.as_slice() {
            return Ok(only.to);
        }
        edges.iter_mut().for_each(|edge| edge.classes.sort_unstable());
        edges.sort_unstable_by(|a, b| a.classes.first().cmp(&b.classes.first()));
        self.intern_test(fact, &edges)
    }

    /// `yes` where the fact is in one of `classes`, else `no`; the fact has `count` classes in all.
    pub fn test(
        &mut self,
        fact: FactId,
        count: usize,
        classes: &[u16],
        yes: NodeId,
        no: NodeId,
    ) -> Result<NodeId, OverBudget> {
        let all = 0..u16::try_from(count).unwrap_or(u16::MAX);
        let (inside, outside): (Vec<u16>, Vec<u16>) = all.partition(|class| classes.contains(class));
        self.make(fact, [(inside, yes), (outside, no)])
    }

    /// Adds a reason of refusal and gives its leaf.
    pub fn refuse(&mut self, refusal: Refusal) -> Result<NodeId, OverBudget> {
        let index = match self.refusals.iter().position(|r| *r == refusal) {
            Some(index) => index,
            None => {
                self.refusals.push(refusal);
                self.refusals.len() - 1
            }
        };
        self.leaf(Leaf::Refused(index as u32))
    }

    fn intern_leaf(&mut self, leaf: Leaf) -> Result<NodeId, OverBudget> {
        let hash = hash_leaf(&leaf);
        let same = |node: &Node| matches!(node, Node::Leaf(other) if *other == leaf);
        match self.find(hash, same) {
            Some(known) => Ok(known),
            None => self.add(hash, Node::Leaf(leaf)),
        }
    }

    fn intern_test(&mut self, fact: FactId, edges: &[Edge]) -> Result<NodeId, OverBudget> {
        let hash = hash_test(fact, edges);
        let same = |node: &Node| matches!(node, Node::Test { fact: f, edges: e } if *f == fact && **e == *edges);
        match self.find(hash, same) {
            Some(known) => Ok(known),
            None => {
                let edges = edges.into();
                self.add(hash, Node::Test { fact, edges })
            }
        }
    }

    fn find(&self, hash: u64, same: impl Fn(&Node) -> bool) -> Option<NodeId> {
        self.index.find(hash, |id| same(self.node(*id))).copied()
    }

    /// Adds a node that is not there yet.
    fn add(&mut self, hash: u64, node: Node) -> Result<NodeId, OverBudget> {
        if self.nodes.len() >= self.budget {
            self.overrun();
            return Err(OverBudget { budget: self.budget });
        }
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(node);
        let nodes = &self.nodes;
        self.index
            .insert_unique(hash, id, |id| nodes.get(id.index()).map_or(0, hash_node));
        Ok(id)
    }
}

fn hash_leaf(leaf: &Leaf) -> u64 {
    FxBuildHasher.hash_one(leaf)
}

fn hash_test(fact: FactId, edges: &[Edge]) -> u64 {
    FxBuildHasher.hash_one((fact, edges))
}

fn hash_node(node: &Node) -> u64 {
    match node {
        Node::Leaf(leaf) => hash_leaf(leaf),
        Node::Test { fact, edges } => hash_test(*fact, edges),
    }
}

/// Facts that an order can hold: a plan that is read from a file may name any, and gets no memory for it.
const FACTS: usize = 1 << 20;

/// The level of each fact by its number; `u32::MAX` of facts that are in no order.
fn levels(order: &[FactId]) -> Vec<u32> {
    let last = order.iter().map(|fact| fact.index()).filter(|fact| *fact < FACTS).max();
    let mut levels = vec![u32::MAX; last.map_or(0, |last| last + 1)];
    for (fact, level) in order.iter().zip(0u32..) {
        if let Some(of) = levels.get_mut(fact.index()) {
            *of = level;
        }
    }
    levels
}
