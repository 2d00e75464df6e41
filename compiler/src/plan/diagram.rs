//! Hash-consed decision diagrams: facts in one fixed order, sets of classes on the edges.

use super::model::{CoverId, FactId, PipelineId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Index into [`Diagrams::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeId(pub u32);

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
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Diagrams {
    pub nodes: Vec<Node>,
    /// Facts in test order; a node's fact comes before its children's.
    pub order: Vec<FactId>,
    pub refusals: Vec<Refusal>,
    #[serde(skip)]
    index: HashMap<Node, NodeId>,
}

/// Why a record is refused.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The fact's value is above the amount given.
    Above {
        fact: FactId,
        amount: crate::plan::model::Amount,
    },
    /// The fact's value is below the amount given.
    Below {
        fact: FactId,
        amount: crate::plan::model::Amount,
    },
}
