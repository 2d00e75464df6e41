//! Hash-consed decision diagrams: facts in one fixed order, sets of classes on the edges.
//!
//! | part | what it does |
//! |---|---|
//! | this file | nodes, their one canonical form, reading them back |
//! | [`operations`] | and, or, not, if-then-else, union of cover sets, restriction |
//! | [`walk`] | evaluation, boxes, joint outcomes of several diagrams, examples |
//! | [`compact`] | the final numbering, without garbage |

mod compact;
mod operations;
#[cfg(test)]
mod tests;
mod walk;

pub use compact::Renumbering;
pub use walk::{Assignment, Boxes, Outcome, Region};

use super::model::{Amount, CoverId, FactId, PipelineId};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
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
        edges: Vec<Edge>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Edge {
    /// Sorted indices into the fact's classes
    pub classes: Vec<u16>,
    pub to: NodeId,
}

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
#[serde(try_from = "Stored")]
pub struct Diagrams {
    pub nodes: Vec<Node>,
    /// Facts in test order; a node's fact comes before its children's.
    pub order: Vec<FactId>,
    pub refusals: Vec<Refusal>,
    #[serde(skip)]
    index: FxHashMap<Node, NodeId>,
    /// Level of each fact in `order`
    #[serde(skip)]
    level: BTreeMap<FactId, u32>,
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
            index: FxHashMap::default(),
            level,
            budget: budget.max(2),
            overrun: Overrun::default(),
        };
        for leaf in [Leaf::No, Leaf::Yes] {
            let id = NodeId(diagrams.nodes.len() as u32);
            diagrams.nodes.push(Node::Leaf(leaf.clone()));
            diagrams.index.insert(Node::Leaf(leaf), id);
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
        self.level.get(&fact).copied().unwrap_or(u32::MAX)
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
        self.intern(Node::Leaf(leaf))
    }

    /// `Yes` or `No`.
    pub fn constant(value: bool) -> NodeId {
        if value { NodeId::YES } else { NodeId::NO }
    }

    /// The canonical node that tests `fact` and goes on as told. Each class of the fact must be given exactly once;
    /// targets must test only later facts. Equal targets are merged; a test that decides nothing vanishes.
    pub fn make<I>(&mut self, fact: FactId, branches: I) -> Result<NodeId, OverBudget>
    where
        I: IntoIterator<Item = (Vec<u16>, NodeId)>,
    {
        let mut by_target: BTreeMap<NodeId, Vec<u16>> = BTreeMap::new();
        for (classes, to) in branches {
            by_target.entry(to).or_default().extend(classes);
        }
        by_target.retain(|_, classes| !classes.is_empty());
        if by_target.len() == 1
            && let Some((&only, _)) = by_target.first_key_value()
        {
            return Ok(only);
        }
        let mut edges: Vec<Edge> = by_target
            .into_iter()
            .map(|(to, mut classes)| {
                classes.sort_unstable();
                Edge { classes, to }
            })
            .collect();
        edges.sort_unstable_by(|a, b| a.classes.first().cmp(&b.classes.first()));
        self.intern(Node::Test { fact, edges })
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

    fn intern(&mut self, node: Node) -> Result<NodeId, OverBudget> {
        if let Some(&id) = self.index.get(&node) {
            return Ok(id);
        }
        if self.nodes.len() >= self.budget {
            self.overrun();
            return Err(OverBudget { budget: self.budget });
        }
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(node.clone());
        self.index.insert(node, id);
        Ok(id)
    }
}

fn levels(order: &[FactId]) -> BTreeMap<FactId, u32> {
    order.iter().zip(0u32..).map(|(&fact, level)| (fact, level)).collect()
}

/// The serialised form; reading it back rebuilds the index and refuses what is not canonical.
#[derive(Deserialize)]
struct Stored {
    nodes: Vec<Node>,
    order: Vec<FactId>,
    refusals: Vec<Refusal>,
}

impl TryFrom<Stored> for Diagrams {
    type Error = String;

    fn try_from(stored: Stored) -> Result<Self, String> {
        let level = levels(&stored.order);
        let mut index = FxHashMap::with_capacity_and_hasher(stored.nodes.len(), Default::default());
        for (i, node) in stored.nodes.iter().enumerate() {
            if let Node::Test { fact, edges } = node {
                if !level.contains_key(fact) {
                    return Err(format!("node {i} tests a fact outside the order"));
                }
                if edges.iter().any(|edge| edge.to.index() >= i) {
                    return Err(format!("node {i} leads to a node that is not before it"));
                }
            }
            if index.insert(node.clone(), NodeId(i as u32)).is_some() {
                return Err(format!("node {i} occurs twice"));
            }
        }
        let constants = [NodeId::NO, NodeId::YES].map(|id| stored.nodes.get(id.index()));
        if constants != [Some(&Node::Leaf(Leaf::No)), Some(&Node::Leaf(Leaf::Yes))] {
            return Err("the first two nodes are the leaves no and yes".to_owned());
        }
        Ok(Diagrams {
            nodes: stored.nodes,
            order: stored.order,
            refusals: stored.refusals,
            index,
            level,
            budget: NODE_BUDGET,
            overrun: Overrun::default(),
        })
    }
}
